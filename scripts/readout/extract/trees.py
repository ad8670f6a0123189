"""Boosted regression trees, evaluated for many rows at once; learned in `scripts/training`."""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Forest:
    """An ensemble of binary trees, one value a row.

    All nodes of all trees stand in flat arrays, the two children of a node side by side; a leaf is its own
    left child and never goes right, so that every row can take the same number of steps. Trees ask the same
    questions again and again (is a feature above a threshold?): each row answers each question once, and
    walking looks up the answers.
    """

    def __init__(self, arrays: dict[str, Any]) -> None:
        """`arrays`: for each node of all trees `feature`, `threshold` (the greatest value that goes left),
        `child` (the left one; right is one further) and `value`; the `roots`, the `depth`, and the number of
        `outputs`, to which trees are dealt in turn."""
        self.given = arrays
        threshold = np.asarray(arrays["threshold"], np.float32)
        feature = np.asarray(arrays["feature"], np.int64)
        asked, question = np.unique(feature << 32 | threshold.view(np.uint32), return_inverse=True)
        self.feature = asked >> 32
        """Question → the feature it looks at."""
        self.threshold = (asked & 0xFFFFFFFF).astype(np.uint32).view(np.float32)
        """Question → the greatest value of the feature that answers no, and goes left."""
        # Child and question in one number: fetching from memory at random is what walking trees costs.
        self.node = np.asarray(arrays["child"], np.int64) << BITS | question
        """Node → its left child, and in the last `BITS` its question."""
        self.value = np.asarray(arrays["value"], np.float32)
        self.roots = np.asarray(arrays["roots"], np.int64)
        self.depth = int(arrays["depth"])
        self.outputs = int(arrays["outputs"])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays the forest was made from, as they are stored."""
        kinds = {"threshold": np.float32, "value": np.float32, "child": np.int32, "roots": np.int32}
        names = ("feature", "threshold", "child", "value", "roots", "depth", "outputs")
        return {name: np.asarray(self.given[name], kinds.get(name, np.int16)) for name in names}

    def scores(self, rows: Sequence[Sequence[float]] | NDArray[np.float32]) -> NDArray[np.float32]:
        """The raw score of each row, shape (rows, outputs)."""
        x = packed(rows)
        parts = [self._of_part(x[first : first + ROWS]) for first in range(0, len(x), ROWS)]
        return np.concatenate(parts) if parts else np.zeros((0, self.outputs), np.float32)

    def _of_part(self, x: NDArray[np.float32]) -> NDArray[np.float32]:
        n, trees = len(x), len(self.roots)
        # as numbers of the width of a place, since adding those of another costs a conversion
        answers = (x.take(self.feature, axis=1) > self.threshold).astype(np.int64).ravel()
        offset = np.arange(0, len(answers), len(self.feature))[:, None]
        total = np.zeros((self.outputs, n), np.float32)
        # So many trees at a time that what they touch stays in the processor's cache.
        step = max(1, CELLS // (n * self.outputs)) * self.outputs
        for first in range(0, trees, step):
            # the first step begins at the roots, the same for every row
            roots = self.node[self.roots[first : first + step]]
            cell = (roots & QUESTION) + offset
            right = answers.take(cell, mode="wrap")
            place = (roots >> BITS) + right
            for _ in range(1, self.depth):
                # nothing is out of bounds; of the modes with an output “wrap” is the fastest
                self.node.take(place, out=cell, mode="wrap")
                np.right_shift(cell, BITS, out=place)
                cell &= QUESTION
                cell += offset
                answers.take(cell, out=right, mode="wrap")
                place += right
            values = self.value.take(place, mode="wrap").T.copy()
            total += values.reshape(-1, self.outputs, n).sum(axis=0)
        result: NDArray[np.float32] = total.T
        return result


def packed(rows: Sequence[Sequence[float]] | NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of one width as an array; for tuples of several kinds of number numpy itself takes twice as long."""
    if isinstance(rows, np.ndarray) or not rows:
        return np.asarray(rows, np.float32)
    width = len(rows[0])
    pack = Struct(f"{width}f").pack
    return np.frombuffer(b"".join([pack(*row) for row in rows]), np.float32).reshape(-1, width)


BITS = 16
"""Bits of a question's number: a forest asks 65,536 different ones at most (the largest of ours, 1,706)."""
QUESTION = (1 << BITS) - 1
ROWS = 4096
"""So many rows at a time, lest the answers of a very long article fill the memory."""
CELLS = 24000
