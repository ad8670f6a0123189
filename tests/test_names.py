"""Names: what is found (rows in cases/names.md), and that repeats agree."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import casebook
from readout.extract import names, syntax
from readout.records import Article
from readout.segment import segment


def found(text: str) -> list[tuple[str, str]]:
    doc = segment(Article("case", text))
    return [(n.kind, doc.text[n.span.start : n.span.end]) for n in names.find(doc, syntax.parse(doc))]


@pytest.mark.parametrize("case", casebook.read("names"), ids=lambda c: c.title)
def test_who_and_what_is_named(case: casebook.Case) -> None:
    assert "\n".join(f"{kind} | {words}" for kind, words in found(case.given)) == case.expected


@given(
    st.lists(
        st.sampled_from(
            [
                "Ana Silva",
                "NATO",
                "(ODM)",
                "the",
                "of",
                "said",
                ".",
                "\n",
                "’s",
                "“",
                "”",
                "U.S.",
                "İ",
                "Kenyan",
            ]
        ),
        max_size=40,
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_names_are_in_order_and_apart(words: list[str]) -> None:
    doc = segment(Article("case", " ".join(words)))
    edge = 0
    for n in names.find(doc, syntax.parse(doc)):
        assert edge <= n.span.start < n.span.end <= len(doc.text)
        assert n.kind in ("person", "organization", "country", "place", "group", "other")
        edge = n.span.end
