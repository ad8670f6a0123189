"""Forests: many rows at once score as each row does when it walks each tree alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.extract import trees
from readout.extract.trees import Forest

Tree = Any
"""A leaf's value, or (feature, threshold, left, right)."""

FEATURES = 3
numbers = st.integers(-8, 8).map(float)
tree: st.SearchStrategy[Tree] = st.recursive(
    numbers, lambda below: st.tuples(st.integers(0, FEATURES - 1), numbers, below, below), max_leaves=6
)


def laid_out(grown: list[Tree], outputs: int) -> dict[str, Any]:
    """Trees as the arrays that a forest is made from."""
    nodes = list(grown)
    depth = [0] * len(nodes)
    rows: list[tuple[int, float, int, float]] = []
    for at, node in enumerate(nodes):  # grows while it is read
        if isinstance(node, tuple):
            rows.append((node[0], node[1], len(nodes), 0.0))
            nodes += node[2:]
            depth += [depth[at] + 1] * 2
        else:
            rows.append((0, np.inf, at, node))
    feature, threshold, child, value = zip(*rows, strict=True)
    return {
        "feature": feature,
        "threshold": threshold,
        "child": child,
        "value": value,
        "roots": range(len(grown)),
        "depth": max(*depth, 1),
        "outputs": outputs,
    }


def walked(node: Tree, row: tuple[float, ...]) -> float:
    """The value of the leaf that a row reaches."""
    while isinstance(node, tuple):
        node = node[2] if row[node[0]] <= node[1] else node[3]
    return float(node)


@pytest.mark.parametrize("cells", [1, 7, 24000])
@settings(max_examples=60, deadline=None)
@given(
    grown=st.lists(st.tuples(tree, tree), min_size=1, max_size=6),
    rows=st.lists(st.tuples(*[numbers] * FEATURES), min_size=1, max_size=5),
)
def test_all_rows_at_once_score_as_one_walk_each(
    cells: int, grown: list[tuple[Tree, Tree]], rows: list[tuple[float, ...]]
) -> None:
    flat = [node for pair in grown for node in pair]
    forest = Forest(laid_out(flat, 2))
    before, trees.CELLS = trees.CELLS, cells
    try:
        got = forest.scores(rows)
    finally:
        trees.CELLS = before
    want = [[sum(walked(pair[k], row) for pair in grown) for k in (0, 1)] for row in rows]
    assert np.array_equal(got, np.array(want, np.float32))
