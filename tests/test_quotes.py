"""Quotes: who said what (rows in cases/quotes.md), and properties that no text may break."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import casebook
from readout.extract import extract
from readout.records import Article, Extraction
from readout.segment import segment


def shown(extraction: Extraction) -> str:
    """The quotes as lines that a person can read."""
    lines = []
    for q in extraction.quotes:
        cells = [
            q.kind,
            q.speaker or "?",
            " / ".join(p.words for p in q.source) or "-",
            " / ".join(p.words for p in q.cue) or "-",
            " / ".join(p.words for p in q.content),
        ]
        lines.append(" | ".join(cells) + (f" | via {q.via}" if q.via else ""))
    return "\n".join(lines)


@pytest.mark.parametrize("case", casebook.read("quotes"), ids=lambda c: c.title)
def test_who_said_what(case: casebook.Case) -> None:
    assert shown(extract(Article("case", case.given))) == case.expected


SOUP = st.lists(
    st.sampled_from(
        [
            "“",
            "”",
            '"',
            "‘",
            "’",
            "'",
            "''",
            "``",
            "«",
            "»",
            "\n",
            " ",
            ", ",
            ". ",
            "—",
            ":",
            "(",
            "…",
            "Rita Vale",
            "said",
            "that",
            "we agree",
            "Harbour",
            "he",
            "told",
            "according to",
            "5",
            "’s",
            "é",
            "İ",
        ]
    ),
    max_size=40,
)


@given(SOUP)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_mix_of_marks_loses_an_article(pieces: list[str]) -> None:
    text = "".join(pieces)
    result = extract(Article("soup", text))
    taken: set[int] = set()
    for q in result.quotes:
        assert q.kind in {"direct", "mixed", "indirect"}
        assert q.speaker is None or q.speaker in {a.id for a in result.actors}
        for p in q.content:
            assert text[p.span.start : p.span.end] == p.words
            here = set(range(*p.span))
            assert not here & taken, "a word stands in two quotes"
            taken |= here
        for p in (*q.source, *q.cue):
            assert text[p.span.start : p.span.end] == p.words


@given(SOUP)
@settings(max_examples=100, deadline=None)
def test_stretches_are_ordered_and_apart(pieces: list[str]) -> None:
    doc = segment(Article("soup", "".join(pieces)))
    for a, b in zip(doc.quoted, doc.quoted[1:], strict=False):
        assert a.span.end <= b.span.start
    for q in doc.quoted:
        assert q.span.covers(q.inner)
        assert "\n" not in doc.text[q.span.start : q.span.end]
