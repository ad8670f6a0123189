"""Small linear models over named features: what the judgements of moves are weighed with.

The weights lie in `weights/moves.json`: model → class → feature → weight, trained by
`scripts/training/moves.py`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

Features = Mapping[str, float]
PATH = Path(__file__).resolve().parent.parent / "weights" / "moves.json"


@lru_cache(maxsize=1)
def models() -> dict[str, dict[str, dict[str, float]]]:
    """All models; empty where there is no file."""
    if not PATH.exists():
        return {}
    found: dict[str, dict[str, dict[str, float]]] = json.loads(PATH.read_text(encoding="utf-8"))["models"]
    return found


def raw(weights: Mapping[str, float], features: Features) -> float:
    """The weighted sum."""
    get = weights.get
    return sum(get(k, 0.0) * v for k, v in features.items())


def probability(name: str, features: Features) -> float:
    """The probability that a yes-or-no model gives; 0.5 where it is not trained."""
    model = models().get(name)
    if model is None:
        return 0.5
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, raw(model["yes"], features)))))


def distribution(name: str, features: Features) -> dict[str, float]:
    """The probability of each class; empty where the model is not trained."""
    model = models().get(name)
    if model is None:
        return {}
    sums = {label: raw(weights, features) for label, weights in model.items()}
    top = max(sums.values())
    powers = {label: math.exp(s - top) for label, s in sums.items()}
    total = sum(powers.values())
    return {label: p / total for label, p in powers.items()}


def best(shares: Mapping[str, float], order: Iterable[str]) -> str:
    """The most likely class; of equals, the first in `order`."""
    return max(order, key=lambda k: shares.get(k, 0.0))
