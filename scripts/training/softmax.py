"""Softmax regression over named features, sparse, by L-BFGS: what the weights of moves are learned with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Features = Mapping[str, float]


def fit(
    rows: Sequence[Features],
    labels: Sequence[int],
    classes: int,
    l2: float,
    penalty: Callable[[str], float] = lambda name: 1.0,
    least: int = 3,
    digits: int = 2,
    smallest: float = 0.02,
) -> dict[str, tuple[float, ...]]:
    """Feature → one weight a class.

    `penalty` makes some features dearer than others; features seen fewer than `least` times are left out, and so are
    those whose weights stay below `smallest`.
    """
    from scipy import sparse  # training only
    from scipy.optimize import minimize

    counts = Counter(k for f in rows for k in f)
    vocabulary = {k: i for i, k in enumerate(sorted(k for k, n in counts.items() if n >= least))}
    where = [(i, vocabulary[k], v) for i, f in enumerate(rows) for k, v in f.items() if k in vocabulary]
    a = sparse.csr_matrix(
        ([v for _, _, v in where], ([i for i, _, _ in where], [j for _, j, _ in where])),
        shape=(len(rows), len(vocabulary)),
    )
    y = np.zeros((len(rows), classes))
    y[np.arange(len(rows)), list(labels)] = 1
    reg = np.array([0.01 if k == "bias" else l2 * penalty(k) for k in vocabulary])[:, None]

    def loss(flat: NDArray[np.float64]) -> tuple[float, Any]:
        b = flat.reshape(-1, classes)
        z = a @ b
        z -= z.max(1, keepdims=True)
        p = np.exp(z)
        p /= p.sum(1, keepdims=True)
        value = -float(np.sum(np.log(p[y > 0] + 1e-12))) + 0.5 * float(np.sum(reg * b * b))
        return value, (a.T @ (p - y) + reg * b).ravel()

    start = np.zeros(len(vocabulary) * classes)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    table = np.round(best.x.reshape(-1, classes), digits)
    return {
        k: tuple(float(v) for v in table[i])
        for k, i in vocabulary.items()
        if np.abs(table[i]).max() >= smallest
    }


def weigh(weights: Mapping[str, Sequence[float]], features: Features, classes: int) -> NDArray[np.float64]:
    """The probability of each class."""
    z = np.zeros(classes)
    for name, value in features.items():
        row = weights.get(name)
        if row is not None:
            z += np.asarray(row) * value
    z = np.exp(z - z.max())
    shares: NDArray[np.float64] = z / z.sum()
    return shares
