"""Boosted regression trees, evaluated for many rows at once; learned in `scripts/training`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


class Forest:
    """An ensemble of binary trees, one value a row.

    All nodes of all trees stand in flat arrays; a leaf is its own child on both sides, so that every row can
    take the same number of steps.
    """

    def __init__(self, arrays: dict[str, Any]) -> None:
        self.feature = np.asarray(arrays["feature"], np.int64)
        self.threshold = np.asarray(arrays["threshold"], np.float32)
        self.child = np.asarray(arrays["child"], np.int64)
        """Child of node i: `child[2 * i]` where the feature is at most the threshold, else `child[2 * i +
        1]`."""
        self.value = np.asarray(arrays["value"], np.float32)
        self.roots = np.asarray(arrays["roots"], np.int64)
        self.depth = int(arrays["depth"])
        self.outputs = int(arrays["outputs"])
        """Trees are dealt to the outputs in turn."""

    def scores(self, rows: list[tuple[float, ...]]) -> NDArray[np.float32]:
        """The raw score of each row, shape (rows, outputs)."""
        x = np.array(rows, np.float32)
        n, width = x.shape
        flat = x.ravel()
        # a tree a row: the nodes of one tree lie close together
        offset = np.arange(0, n * width, width)[None, :]
        node = np.repeat(self.roots[:, None], n, axis=1)
        for _ in range(self.depth):
            right = flat.take(self.feature.take(node) + offset) > self.threshold.take(node)
            node = self.child.take(2 * node + right)
        result: NDArray[np.float32] = self.value.take(node).T.reshape(n, -1, self.outputs).sum(axis=1)
        return result
