"""What cues report: whole contents are proposed from likely parts, and compete."""

from __future__ import annotations

import numpy as np
import pytest

from readout.extract import contents, paraphrase, quotes, syntax
from readout.extract.quotes import Scene
from readout.extract.trees import Forest
from readout.records import Article
from readout.segment import segment

TEXT = """Ana Silva leads the harbour.
Silva said that the harbour would close on Monday, and the union agreed.
The harbour will stay open, Silva said, if the dredgers come.
"""


def proposals(text: str) -> tuple[Scene, list[contents.Proposal]]:
    doc = segment(Article("case", text))
    models = quotes.models()
    scene = quotes.laid_out(models, doc, syntax.parse(doc), {})
    last, quoted = quotes.attribute(scene, models.forests)
    return scene, quotes.propose(scene, models.forests, last, quoted, frozenset(range(9)))


def test_contents_lie_on_their_side_of_the_cue_and_differ() -> None:
    scene, found = proposals(TEXT)
    assert len(found) >= 2
    for p in found:
        at = scene.points[p.cue].cue.at
        sentence = scene.r.doc.sentences[scene.r.sentence[at]]
        assert len({c.ranges for c in p.contents}) >= len(p.contents) - 1
        for c in p.contents:
            for a, b in c.ranges:
                assert sentence.first <= a < b <= sentence.last and not a <= at < b
            if len(c.ranges) == 1 and c.side == paraphrase.AFTER:
                assert c.ranges[0][0] > at
            if c.side == paraphrase.BEFORE:
                assert c.ranges[-1][1] <= at


def test_the_likeliest_by_its_parts_stands_first() -> None:
    for p in proposals(TEXT)[1]:
        likelihood = [c.row[contents.FEATURES.index("likelihood")] for c in p.contents]
        assert likelihood == sorted(likelihood, reverse=True)
        assert [c.row[contents.FEATURES.index("rank")] for c in p.contents] == list(range(len(p.contents)))


def test_rows_hold_what_their_names_say() -> None:
    for p in proposals(TEXT)[1]:
        for c in p.contents:
            assert len(c.row) == len(contents.FEATURES)


class Given(Forest):
    """A forest whose score is the row's only value."""

    def __init__(self) -> None:
        pass

    def scores(self, rows: list[tuple[float, ...]]) -> np.ndarray:
        return np.array(rows, np.float32)


@pytest.mark.parametrize(
    ("scores", "kept"),
    [
        ([1.0], [0]),
        ([0.0, 2.0, 1.0], [1, 2]),  # no more than two
        ([0.0, -contents.BEHIND], [0]),  # too far behind
        ([1.0, 1.0], [0, 1]),  # a tie goes to the first
    ],
)
def test_few_and_near_edges_are_tried(scores: list[float], kept: list[int]) -> None:
    part: tuple[list[int], list[tuple[float, ...]]] = (
        list(range(len(scores))),
        [(v,) for v in scores],
    )
    first, none = contents.ranked(Given(), [part, None], 2)
    assert [e.at for e in first] == kept and none == []
