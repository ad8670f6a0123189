"""Boosted regression trees, evaluated for many rows at once; learned in `scripts/training`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


class Forest:
    """An ensemble of binary trees, one value a row.

    All nodes of all trees stand in flat arrays, the two children of a node side by side; a leaf is its own
    left child and never goes right, so that every row can take the same number of steps.
    """

    def __init__(self, arrays: dict[str, Any]) -> None:
        # Child and feature in one number: fetching from memory at random is what walking trees costs.
        self.node = np.asarray(arrays["child"], np.int64) << BITS | np.asarray(arrays["feature"], np.int64)
        """Node → its left child, and in the last `BITS` the feature it looks at; right is one further."""
        self.threshold = np.asarray(arrays["threshold"], np.float32)
        """Node → the greatest value of the feature that goes left."""
        self.value = np.asarray(arrays["value"], np.float32)
        self.roots = np.asarray(arrays["roots"], np.int64)
        self.depth = int(arrays["depth"])
        self.outputs = int(arrays["outputs"])
        """Trees are dealt to the outputs in turn."""

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays the forest was made from, as they are stored."""
        return {
            "feature": (self.node & FEATURE).astype(np.int16),
            "threshold": self.threshold,
            "child": (self.node >> BITS).astype(np.int32),
            "value": self.value,
            "roots": self.roots.astype(np.int32),
            "depth": np.asarray(self.depth, np.int16),
            "outputs": np.asarray(self.outputs, np.int16),
        }

    def scores(self, rows: list[tuple[float, ...]]) -> NDArray[np.float32]:
        """The raw score of each row, shape (rows, outputs)."""
        x = np.array(rows, np.float32)
        n, width = x.shape
        flat = x.ravel()
        offset = np.arange(0, n * width, width)[None, :]
        total = np.zeros((self.outputs, n), np.float32)
        # So many trees at a time that what they touch stays in the processor's cache.
        step = max(1, CELLS // (n * self.outputs)) * self.outputs
        for first in range(0, len(self.roots), step):
            place = self.roots[first : first + step, None]
            for _ in range(self.depth):
                node = self.node.take(place, mode="clip")
                cell = (node & FEATURE) + offset
                right = flat.take(cell, mode="clip") > self.threshold.take(place, mode="clip")
                place = (node >> BITS) + right
            total += self.value.take(place).reshape(-1, self.outputs, n).sum(axis=0)
        result: NDArray[np.float32] = total.T
        return result


BITS = 16
FEATURE = (1 << BITS) - 1
CELLS = 24000
