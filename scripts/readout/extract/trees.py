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
        # Two entries a node, so that a place is 2 · node while walking and 2 · node + 1 on its way right.
        self.feature = np.repeat(np.asarray(arrays["feature"], np.int64), 2)
        self.threshold = np.repeat(np.asarray(arrays["threshold"], np.float32), 2)
        self.next = 2 * np.asarray(arrays["child"], np.int64)
        """Place → the child's place: left where the feature is at most the threshold, else right."""
        self.value = np.repeat(np.asarray(arrays["value"], np.float32), 2)
        self.roots = 2 * np.asarray(arrays["roots"], np.int64)
        self.depth = int(arrays["depth"])
        self.outputs = int(arrays["outputs"])
        """Trees are dealt to the outputs in turn."""

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays the forest was made from, as they are stored."""
        return {
            "feature": self.feature[::2].astype(np.int16),
            "threshold": self.threshold[::2],
            "child": (self.next // 2).astype(np.int32),
            "value": self.value[::2],
            "roots": (self.roots // 2).astype(np.int32),
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
            place = np.repeat(self.roots[first : first + step, None], n, axis=1)
            for _ in range(self.depth):
                cell = self.feature.take(place, mode="clip")
                cell += offset
                place += flat.take(cell, mode="clip") > self.threshold.take(place, mode="clip")
                place = self.next.take(place, mode="clip")
            total += self.value.take(place).reshape(-1, self.outputs, n).sum(axis=0)
        result: NDArray[np.float32] = total.T
        return result


CELLS = 24000
