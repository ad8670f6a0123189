"""Fits the weights of named features together with the small network over the vectors of words (`extract/pairing.py`).

Needs PyTorch. On one thread the same samples give the same weights.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import nn

ROOT = Path(__file__).resolve().parent.parent.parent
if str(ROOT / "scripts") not in sys.path:
    sys.path.insert(0, str(ROOT / "scripts"))

from readout.extract import pairing  # noqa: E402

WIDTH = 96
RATE = 2e-3
DECAY = 0.02


class Row(NamedTuple):
    """One answer: its features, the class it should have (None: unknown, seen by the others only), its pair."""

    features: Mapping[str, float]
    label: int | None
    pair: pairing.Pair


class Group(NamedTuple):
    """Answers to one question."""

    states: pairing.States
    rows: Sequence[Row]


class How(NamedTuple):
    """How hard to train."""

    epochs: int
    l2: float
    drop: float
    batch: int
    """Groups at a time."""
    together: bool = True
    least: int = 4
    """In how many rows a feature must stand."""


class Fitted(NamedTuple):
    """What was learned."""

    features: dict[str, tuple[float, ...]]
    """Feature → weight a class."""
    net: pairing.Net


class Scorer(nn.Module):
    """Named features and vectors, one sum a class."""

    def __init__(self, features: int, classes: int, size: int, drop: float, together: bool) -> None:
        super().__init__()
        self.together = together
        self.named = nn.EmbeddingBag(features, classes, mode="sum")
        nn.init.zeros_(self.named.weight)
        self.trigger, self.other = nn.Linear(2 * size, WIDTH), nn.Linear(size, WIDTH)
        self.codes = nn.Embedding(len(pairing.CODES), WIDTH)
        nn.init.normal_(self.codes.weight, std=0.1)
        self.norm = nn.LayerNorm(3 * WIDTH)
        self.hidden = nn.Linear(3 * WIDTH + 1, WIDTH)
        self.out = nn.Linear(3 * WIDTH, classes, bias=False)
        nn.init.zeros_(self.out.weight)
        self.drop = nn.Dropout(drop)

    def forward(self, b: dict[str, torch.Tensor]) -> torch.Tensor:
        """`[rows, classes]`."""
        named: torch.Tensor = self.named(b["feature"], b["offset"], per_sample_weights=b["value"])
        there, group = b["there"], b["group"]
        trigger, code = self.trigger(self.drop(b["left"])), self.codes(b["code"])
        other = self.other(self.drop(b["right"])) * there
        both = torch.cat([torch.relu(trigger + code), torch.relu(other + code), torch.relu(trigger) * other], 1)
        seen = torch.relu(self.hidden(torch.cat([self.norm(both), there], 1)))
        mean = most = seen
        if self.together:
            groups = int(group[-1]) + 1
            empty = seen.new_zeros(groups, seen.shape[1])
            mean = (empty.index_add(0, group, seen) / torch.bincount(group, minlength=groups)[:, None])[group]
            most = empty.scatter_reduce(0, group[:, None].expand_as(seen), seen, "amax")[group]
        answer: torch.Tensor = named + self.out(self.drop(torch.cat([seen, mean, seen - most], 1)))
        return answer

    def weights(self) -> pairing.Net:
        """As the extraction reads them."""
        parts = (
            self.trigger.weight.T, self.trigger.bias, self.other.weight.T, self.other.bias, self.codes.weight,
            self.norm.weight, self.norm.bias, self.hidden.weight.T, self.hidden.bias, self.out.weight.T,
        )  # fmt: skip
        return pairing.Net(*(p.detach().numpy().astype(np.float16) for p in parts))


class Table:
    """All groups as arrays, to take batches from."""

    def __init__(self, groups: Sequence[Group], index: Mapping[str, int]) -> None:
        self.starts = np.cumsum([0, *(len(g.rows) for g in groups)])
        rows = [r for g in groups for r in g.rows]
        pieces = [pairing.inputs(g.states, [r.pair for r in g.rows]) for g in groups]
        self.left = np.concatenate([p[0] for p in pieces]).astype(np.float16)
        self.right = np.concatenate([p[1] for p in pieces]).astype(np.float16)
        self.code = np.array([pairing.CODES[r.pair.code] for r in rows])
        self.there = np.array([[r.pair.other >= 0] for r in rows], np.float32)
        self.label = np.array([-1 if r.label is None else r.label for r in rows])
        known = [[(index[f], v) for f, v in r.features.items() if f in index] for r in rows]
        self.offset = np.cumsum([0, *(len(k) for k in known)])
        self.feature = np.array([f for k in known for f, _ in k])
        self.value = np.array([v for k in known for _, v in k], np.float32)

    def batch(self, groups: Sequence[int]) -> dict[str, torch.Tensor]:
        """The rows of some groups."""
        sizes = [self.starts[g + 1] - self.starts[g] for g in groups]
        rows = np.concatenate([np.arange(self.starts[g], self.starts[g + 1]) for g in groups])
        named = np.concatenate([np.arange(self.offset[r], self.offset[r + 1]) for r in rows])
        counts = self.offset[rows + 1] - self.offset[rows]
        parts = {
            "feature": self.feature[named],
            "value": self.value[named],
            "offset": np.cumsum([0, *counts[:-1]]),
            "left": self.left[rows].astype(np.float32),
            "right": self.right[rows].astype(np.float32),
            "code": self.code[rows],
            "there": self.there[rows],
            "label": self.label[rows],
            "group": np.repeat(np.arange(len(groups)), sizes),
        }
        return {name: torch.from_numpy(part) for name, part in parts.items()}


def fit(groups: Sequence[Group], classes: int, how: How, penalty: Callable[[str], float]) -> Fitted:
    """Minimise the cross entropy over all labelled rows, with a penalty on each named feature's squared weights."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    groups = [g for g in groups if any(r.label is not None for r in g.rows)]
    counts = Counter(f for g in groups for r in g.rows if r.label is not None for f in r.features)
    names = sorted(f for f, n in counts.items() if n >= how.least)
    table = Table(groups, {f: i for i, f in enumerate(names)})
    model = Scorer(len(names), classes, groups[0].states.shape[1], how.drop, how.together)
    dear = torch.tensor([[penalty(f)] for f in names]) * how.l2 / 2 / max(int((table.label >= 0).sum()), 1)
    rest = [p for name, p in model.named_parameters() if name != "named.weight"]
    optimizer = torch.optim.AdamW(
        [{"params": [model.named.weight], "weight_decay": 0.0}, {"params": rest, "weight_decay": DECAY}], lr=RATE
    )
    order = np.random.RandomState(0)
    steps, step = how.epochs * math.ceil(len(groups) / how.batch), 0
    for _ in range(how.epochs):
        mixed = order.permutation(len(groups))
        for at in range(0, len(groups), how.batch):
            rate = RATE * max(0.02, 1 - step / steps)
            optimizer.param_groups[0]["lr"], optimizer.param_groups[1]["lr"] = 2 * rate, rate
            step += 1
            b = table.batch(mixed[at : at + how.batch].tolist())
            loss = nn.functional.cross_entropy(model(b), b["label"], ignore_index=-1)
            if torch.isnan(loss):  # no row of the batch has a label
                continue
            optimizer.zero_grad()
            (loss + (dear * model.named.weight**2).sum()).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    model.eval()
    found = model.named.weight.detach().numpy().round(3)
    return Fitted({f: tuple(float(x) for x in row) for f, row in zip(names, found, strict=True)}, model.weights())


def sums(fitted: Fitted, group: Group, together: bool = True) -> list[list[float]]:
    """The sum of each class for each row, as the extraction computes it."""
    net = pairing.Net(*(part.astype(np.float32) for part in fitted.net))
    more = pairing.weighed(net, group.states, [r.pair for r in group.rows], together)
    out = []
    for row, extra in zip(group.rows, more.tolist(), strict=True):
        z = list(extra)
        for name, value in row.features.items():
            for k, weight in enumerate(fitted.features.get(name, ())):
                z[k] += weight * value
        out.append(z)
    return out


def softmax(z: Sequence[float]) -> list[float]:
    """Sums as probabilities."""
    powers = [math.exp(x - max(z)) for x in z]
    return [p / sum(powers) for p in powers]


def shares(fitted: Fitted, group: Group, together: bool = True) -> list[list[float]]:
    """The probability of each class for each row."""
    return [softmax(z) for z in sums(fitted, group, together)]


def save(task: str, net: pairing.Net, path: Path = pairing.PATH) -> None:
    """Put the weights of one question into the file beside those of the others."""
    stored: dict[str, np.ndarray] = {}
    if path.exists():
        with np.load(path) as old:
            stored = {name: old[name] for name in old.files if name.split(".")[0] != task}
    stored |= {f"{task}.{part}": value for part, value in zip(pairing.Net._fields, net, strict=True)}
    np.savez(path, **{name: stored[name] for name in sorted(stored)})
    pairing.load.cache_clear()
