"""Small linear models over named features: what the judgements of moves are weighed with.

The weights lie in `weights/moves.json`: model → feature → one weight a class, in the order of the model's classes,
trained by `scripts/training/moves.py`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np

Features = Mapping[str, float]
PATH = Path(__file__).resolve().parent.parent / "weights" / "moves.json"


class Model:
    """A softmax over classes; one with a single class is a logistic regression: the odds of yes."""

    def __init__(self, classes: tuple[str, ...], weights: Mapping[str, tuple[float, ...]]) -> None:
        self.classes, self.weights = classes, weights
        self.row = {name: k for k, name in enumerate(weights)}
        """Feature → its row in the table of all weights."""
        self.table = np.array(list(weights.values()), float).reshape(-1, len(classes))


@lru_cache(maxsize=1)
def models() -> dict[str, Model]:
    """All models; empty where there is no file."""
    if not PATH.exists():
        return {}
    stored = json.loads(PATH.read_text(encoding="utf-8"))["models"]
    return {
        name: Model(tuple(m["classes"]), {k: tuple(row) for k, row in m["weights"].items()})
        for name, m in stored.items()
    }


def sums(model: Model, features: Features) -> list[float]:
    """The weighted sum of each class."""
    get = model.weights.get
    if len(model.classes) == 1:
        one = 0.0
        for name, value in features.items():
            row = get(name)
            if row is not None:
                one += row[0] * value
        return [one]
    number = model.row
    rows: list[int] = []
    values: list[float] = []
    for name, value in features.items():
        k = number.get(name)
        if k is not None:
            rows.append(k)
            values.append(value)
    if not rows:
        return [0.0] * len(model.classes)
    found: list[float] = (np.array(values) @ model.table.take(rows, axis=0)).tolist()
    return found


def probability(name: str, features: Features) -> float:
    """The probability that a yes-or-no model gives; 0.5 where it is not trained."""
    model = models().get(name)
    if model is None:
        return 0.5
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, sums(model, features)[0]))))


def distribution(name: str, features: Features) -> dict[str, float]:
    """The probability of each class; empty where the model is not trained."""
    model = models().get(name)
    if model is None:
        return {}
    z = sums(model, features)
    top = max(z)
    powers = [math.exp(s - top) for s in z]
    total = sum(powers)
    return {label: p / total for label, p in zip(model.classes, powers, strict=True)}


def best(shares: Mapping[str, float], order: Iterable[str]) -> str:
    """The most likely class; of equals, the first in `order`."""
    return max(order, key=lambda k: shares.get(k, 0.0))
