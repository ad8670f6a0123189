"""Train the network: `python -m training.train --vectors vectors.npz --out full.npz`, then `training.shrink`.

Same data, same bytes: one thread, fixed seeds. About 15 minutes on one free core. The card beside the weights
(`readout/weights/network.md`) has the whole recipe and what it measured.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from readout.extract import features, network
from training import data, lists, model
from training.data import LABELS, Text


class Inventory:
    """Forms seen so far and their features; grows as varied texts bring new forms."""

    def __init__(self, vectors: list[str], words: list[str]) -> None:
        self.vector_row = {w: i + 1 for i, w in enumerate(vectors)}
        self.word_row = {w: i + 1 for i, w in enumerate(words)}
        self.index: dict[str, int] = {}
        self.rows: list[tuple[int, int, tuple[int, ...], tuple[int, ...], int]] = []

    def get(self, raw: str) -> int:
        i = self.index.get(raw)
        if i is None:
            f = features.form_of(raw, lists.lists())
            i = self.index[raw] = len(self.rows)
            self.rows.append(
                (self.vector_row.get(f.lower, 0), self.word_row.get(f.lower, 0), f.hashed, f.pieces, f.flags)
            )
        return i


def group_key(form: str) -> str | None:
    """Forms whose places in a document are read together: capitalised words and acronyms."""
    return form if form[0].isupper() and len(form) > 1 else None


def batch_of(texts: list[Text], inventory: Inventory) -> SimpleNamespace:
    """Tensors of a few documents."""
    forms: list[str] = []
    lengths: list[int] = []
    groups: list[int] = []
    places = []
    seen: dict[tuple[int, str], int] = {}
    count = 0
    for d, text in enumerate(texts):
        own: list[str] = []
        bounds = []
        for s in text.sentences:
            own_forms = [features.normal(f) for f in s]
            bounds.append((len(own), len(own) + len(s)))
            own += own_forms
            lengths.append(len(s))
        for f in own:
            key = group_key(f)
            if key is None:
                groups.append(count)
                count += 1
            else:
                g = seen.get((d, key))
                if g is None:
                    g = seen[d, key] = count
                    count += 1
                groups.append(g)
        places.append(features.place_flags(own, bounds, lists.lists().phrases))
        forms += own
    n = len(forms)
    p = network.pack(lengths)
    ids = np.array([inventory.get(f) for f in forms])
    unique, inverse = np.unique(ids, return_inverse=True)
    rows = [inventory.rows[i] for i in unique]
    pieces = np.full((len(rows), 14), features.PIECES)
    flags = np.zeros((len(rows), features.FLAGS), np.float32)
    for i, r in enumerate(rows):
        pieces[i, : len(r[3])] = r[3]
        flags[i] = (r[4] >> np.arange(features.FLAGS)) & 1
    token = p.token
    group = np.array(groups)[token]
    sizes = np.bincount(group, minlength=count)
    longest = max(lengths)
    grid = np.full((len(lengths), longest), n)
    at = 0
    for s, size in enumerate(lengths):
        grid[s, :size] = p.row[at : at + size]
        at += size
    t = torch.from_numpy
    b = SimpleNamespace(
        n=n,
        vector=t(np.array([r[0] for r in rows])),
        word=t(np.array([r[1] for r in rows])),
        hashed=t(np.array([r[2] for r in rows])),
        pieces=t(pieces),
        flags=t(flags),
        type=t(inverse[token]),
        place=t(np.concatenate(places)[token]),
        left=t(p.left),
        right=t(p.right),
        mirror=t(p.mirror),
        sizes=p.sizes,
        group=t(group),
        groups=count,
        group_size=t(sizes.astype(np.float32)),
        grid=t(grid),
        row=t(p.row),
        lengths=lengths,
        token=token,
    )
    return b


def syntax_targets(texts: list[Text], tags: dict[str, int], relations: dict[str, int]) -> tuple[Any, ...]:
    tag, head, rel = [], [], []
    for text in texts:
        assert text.tags and text.heads and text.relations
        for ts, hs, rs in zip(text.tags, text.heads, text.relations, strict=True):
            tag += [tags[x] for x in ts]
            head += hs
            rel += [relations.get(x, relations["dep"]) for x in rs]
    return np.array(tag), np.array(head), np.array(rel)


def arcs(net: model.Network, h: Tensor, b: Any, drop: float) -> tuple[Tensor, Tensor]:
    """Scores of heads, sentences × dependent × (root, then words); and the mask of real words."""
    dep = net.dropout(F.relu(net.arc_dep(h)), drop, net.training)
    head = net.dropout(F.relu(net.arc_head(h)), drop, net.training)
    pad = dep.new_zeros(1, model.ARC)
    near = torch.cat([net.distance(dep), dep.new_zeros(1, network.DISTANCES)])[b.grid]
    gaps = torch.from_numpy(network.distances(b.grid.shape[1]))
    dep = torch.cat([net.arc(dep), pad])[b.grid]
    padded = torch.cat([head, pad])[b.grid]
    heads = torch.cat([net.root.expand(len(padded), 1, -1), padded], 1)
    score = dep @ heads.transpose(1, 2) + net.arc_bias(heads).transpose(1, 2)
    score = score + F.pad(near.gather(2, gaps.expand(len(near), -1, -1)), (1, 0))
    real = b.grid < b.n
    allowed = torch.cat([torch.ones(len(real), 1, dtype=torch.bool), real], 1)
    return score.masked_fill(~allowed[:, None, :], -1e9), real


def relation_scores(net: model.Network, h: Tensor, head_row: Tensor, drop: float) -> Tensor:
    """Relation scores a packed row, given the packed row of its head (n for the root)."""
    as_head = torch.cat([net.rel_head(h), net.rel_root[None]])
    x = F.relu(net.rel_dep(h) + as_head[head_row])
    return net.rel(net.dropout(x, drop, net.training))


def loss_syntax(net: model.Network, b: Any, targets: tuple[Any, ...], drop: float) -> Tensor:
    tag, head, rel = targets
    h = net.dropout(net.encode(b, drop), drop, net.training)
    packed_tag = torch.from_numpy(tag[b.token])
    loss = F.cross_entropy(net.tag(h), packed_tag)
    score, real = arcs(net, h, b, drop)
    gold_head = torch.zeros_like(b.grid)
    head_row = np.full(b.n, b.n)
    at = 0
    row = b.row.numpy()
    for s, size in enumerate(b.lengths):
        hs = head[at : at + size]
        gold_head[s, :size] = torch.from_numpy(hs + 1)
        inner = hs >= 0
        head_row[row[at : at + size][inner]] = row[at + hs[inner]]
        at += size
    loss = loss + F.cross_entropy(score[real], gold_head[real])
    scores = relation_scores(net, h, torch.from_numpy(head_row), drop)
    return loss + F.cross_entropy(scores, torch.from_numpy(rel[b.token]))


def loss_names(net: model.Network, b: Any, allowed: np.ndarray, drop: float) -> Tensor:
    """Minus log of the probability of the labels that the annotation allows."""
    h = net.dropout(net.encode(b, drop), drop, net.training)
    log = F.log_softmax(net.names(h, b, drop), 1)
    mask = torch.from_numpy(allowed[b.token])
    return -torch.logsumexp(log.masked_fill(~mask, -1e9), 1).mean()


def allowed_of(texts: list[Text]) -> np.ndarray:
    sets = np.array([s for t in texts for sentence in (t.allowed or []) for s in sentence], np.int64)
    return (sets[:, None] >> np.arange(len(LABELS))) & 1 == 1


def batches(texts: list[Text], size: int, rng: random.Random) -> list[list[Text]]:
    """Shuffled documents in batches of about `size` tokens; long documents are cut."""
    pieces: list[Text] = []
    for text in texts:
        total = sum(map(len, text.sentences))
        if total <= size * 1.5:
            pieces.append(text)
            continue
        a = 0
        while a < len(text.sentences):
            z, tokens = a, 0
            while z < len(text.sentences) and tokens < size:
                tokens += len(text.sentences[z])
                z += 1
            cut = slice(a, z)
            pieces.append(
                Text(
                    text.source,
                    text.sentences[cut],
                    text.allowed[cut] if text.allowed else None,
                    text.tags[cut] if text.tags else None,
                    text.heads[cut] if text.heads else None,
                    text.relations[cut] if text.relations else None,
                )
            )
            a = z
    rng.shuffle(pieces)
    out: list[list[Text]] = []
    now: list[Text] = []
    tokens = 0
    for text in pieces:
        now.append(text)
        tokens += sum(map(len, text.sentences))
        if tokens >= size:
            out.append(now)
            now, tokens = [], 0
    if now:
        out.append(now)
    return out


def evaluate(
    net: model.Network, texts: list[Text], inventory: Inventory, tags: list[str], relations: list[str]
) -> dict[str, float]:
    """Accuracy of tags, and unlabelled and labelled attachment (all tokens, punctuation included)."""
    net.eval()
    right = Counter[str]()
    ids = ({t: i for i, t in enumerate(tags)}, {r: i for i, r in enumerate(relations)})
    with torch.no_grad():
        for group in batches(texts, 3000, random.Random(1)):
            b = batch_of(group, inventory)
            tag, head, rel = syntax_targets(group, *ids)
            h = net.encode(b, 0.0)
            row = b.row.numpy()
            right["tag"] += int((net.tag(h).argmax(1).numpy()[row] == tag).sum())
            score, _ = arcs(net, h, b, 0.0)
            best = score.argmax(2).numpy()
            guess = np.concatenate([best[s, :size] - 1 for s, size in enumerate(b.lengths)])
            first = np.repeat(np.concatenate([[0], np.cumsum(b.lengths)[:-1]]), b.lengths)
            head_row = np.full(b.n, b.n)
            inner = guess >= 0
            head_row[row[inner]] = row[first[inner] + guess[inner]]
            label = relation_scores(net, h, torch.from_numpy(head_row), 0.0).argmax(1).numpy()[row]
            right["n"] += b.n
            right["uas"] += int((guess == head).sum())
            right["las"] += int(((guess == head) & (label == rel)).sum())
    net.train()
    return {k: round(100 * right[k] / right["n"], 2) for k in ("tag", "uas", "las")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/train"))
    parser.add_argument("--wire", type=Path, default=Path("tests/gold/wire/train"))
    parser.add_argument("--vectors", type=Path, required=True, help="made by training.vectors")
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument(
        "--wire-weight", type=int, default=2, help="how often an epoch sees each wire article"
    )
    parser.add_argument("--size", type=int, default=1200, help="tokens a batch")
    parser.add_argument("--limit", type=int, help="documents of each source, to try the command")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--drop", type=float, default=0.27)
    parser.add_argument("--width", type=int, default=model.WIDTH)
    parser.add_argument("--layers", type=int, default=model.LAYERS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="for training.shrink")
    args = parser.parse_args()
    model.WIDTH, model.LAYERS = args.width, args.layers
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.use_deterministic_algorithms(True, warn_only=True)
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)

    trees = [t for s in ("ewt", "gum") for t in data.treebank(args.data / f"syntax_{s}_train.conllu.gz", s)]
    trees_dev = {s: list(data.treebank(args.data / f"syntax_{s}_dev.conllu.gz", s)) for s in ("ewt", "gum")}
    named = list(data.names(args.data / "names.jsonl"))
    wire = list(data.wire(args.wire))
    if args.limit:
        trees, named, wire = trees[: args.limit], named[: args.limit], wire[: args.limit]
        trees_dev = {s: t[: args.limit] for s, t in trees_dev.items()}
    print(
        f"{len(trees)} + {len(named)} + {len(wire)} documents, "
        f"{sum(len(s) for t in wire for s in t.sentences)} tokens of wire",
        flush=True,
    )

    tag_count = Counter(x for t in trees for s in t.tags or [] for x in s)
    rel_count = Counter(x for t in trees for s in t.relations or [] for x in s)
    tags = sorted(tag_count)
    relations = sorted({r for r, c in rel_count.items() if c >= 3} | {"dep"})
    for texts in trees_dev.values():
        for t in texts:
            t.tags = [[x if x in tag_count else "NN" for x in s] for s in t.tags or []]
    form_count = Counter(f for t in (*trees, *named, *wire) for s in t.sentences for f in s)
    word_count = Counter[str]()
    for form, count in form_count.items():
        word_count[features.form_of(form, lists.lists()).lower] += count
    words = sorted((w for w, c in word_count.items() if c >= 4), key=lambda w: (-word_count[w], w))
    loaded = np.load(args.vectors)
    inventory = Inventory(str(loaded["words"]).split("\n"), words)
    net = model.Network(
        torch.from_numpy(loaded["books"]),
        torch.from_numpy(loaded["codes"]),
        len(words) + 1,
        len(tags),
        len(relations),
        len(LABELS),
    )
    print(f"{len(words)} words of its own, {sum(p.numel() for p in net.parameters())} parameters", flush=True)
    ids = ({t: i for i, t in enumerate(tags)}, {r: i for i, r in enumerate(relations)})
    given = sorted(lists.names_of("world_given"))
    family = sorted(lists.names_of("world_surnames"))
    towns = sorted(w for w in lists.names_of("cities") if " " not in w)
    optimizer = torch.optim.AdamW(net.parameters(), lr=args.rate, betas=(0.9, 0.98), weight_decay=0.01)
    average = {k: v.detach().clone() for k, v in net.state_dict().items() if v.dtype.is_floating_point}

    def plan() -> list[tuple[str, list[Text]]]:
        # Half of the encyclopedia's single sentences an epoch: there are enough of them.
        people = [t for t in named if t.source != "crossner" or rng.random() < 0.5] + wire * args.wire_weight
        told = [
            data.recased(data.retold(t, rng, given, family, towns) if rng.random() < 0.35 else t, rng)
            for t in people
        ]
        parsed = [data.recased(t, rng) for t in trees]
        jobs = [("names", g) for g in batches(told, args.size, rng)] + [
            ("syntax", g) for g in batches(parsed, args.size, rng)
        ]
        rng.shuffle(jobs)
        return jobs

    first = plan()
    total = args.epochs * len(first)
    step = 0
    for epoch in range(args.epochs):
        begun = time.time()
        losses: dict[str, list[float]] = {"names": [], "syntax": []}
        for what, group in first if epoch == 0 else plan():
            step += 1
            progress = min(step / total, 1.0)
            rate = args.rate * min(1.0, step / 200) * max(0.02, 1 - progress)
            for g in optimizer.param_groups:
                g["lr"] = rate
            b = batch_of(group, inventory)
            if what == "names":
                loss = loss_names(net, b, allowed_of(group), args.drop) * 2
            else:
                loss = loss_syntax(net, b, syntax_targets(group, *ids), args.drop)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimizer.step()
            losses[what].append(float(loss.detach()))
            if step % 4 == 0:
                decay = min(0.995, step / (step + 100))
                for k, v in net.state_dict().items():
                    if k in average:
                        average[k].mul_(decay).add_(v, alpha=1 - decay)
        line = " ".join(f"{k} {np.mean(v):.3f}" for k, v in losses.items())
        print(f"epoch {epoch + 1}: {line}, {time.time() - begun:.0f} s", flush=True)
        if epoch % 2 == 1 or epoch == args.epochs - 1:
            own = {k: v.clone() for k, v in net.state_dict().items()}
            net.load_state_dict(average, strict=False)
            print({s: evaluate(net, t, inventory, tags, relations) for s, t in trees_dev.items()}, flush=True)
            export(net, str(loaded["words"]), words, tags, relations, args.out)
            net.load_state_dict(own)


def export(
    net: model.Network, vectors: str, words: list[str], tags: list[str], relations: list[str], out: Path
) -> None:
    """Write the weights: tables as int8 with a scale a row, the rest as float16; word lists as UTF-8."""
    single, phrases = lists.written(lists.lists())
    arrays: dict[str, np.ndarray] = {
        "single": np.frombuffer(single.encode(), np.uint8),
        "phrases": np.frombuffer(phrases.encode(), np.uint8),
        "vocabulary": np.frombuffer(vectors.encode(), np.uint8),
        "own_words": np.frombuffer("\n".join(words).encode(), np.uint8),
        "tags": np.frombuffer("\n".join(tags).encode(), np.uint8),
        "relations": np.frombuffer("\n".join(relations).encode(), np.uint8),
        "labels": np.frombuffer("\n".join(LABELS).encode(), np.uint8),
    }
    for name, value in net.state_dict().items():
        x = value.detach().numpy()
        if name == "codes":
            arrays[name] = x
        elif name in ("word.weight", "pieces.weight") or name.startswith("hashed."):
            scale = np.abs(x).max(1, keepdims=True) / 127 + 1e-12
            arrays[name] = np.round(x / scale).astype(np.int8)
            arrays[name + ".scale"] = scale.astype(np.float16)
        else:
            arrays[name] = x.astype(np.float16)
    np.savez_compressed(out, **arrays)


if __name__ == "__main__":
    main()
