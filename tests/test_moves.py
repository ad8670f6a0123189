"""Moves: rows in cases/moves.md; every type matches and misses its sentences; properties that no text
may break.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import casebook
from readout.extract import extract, instruments, moves, patterns, terms, with_cast
from readout.goldtext import STATUSES, TERM_KINDS, TYPES
from readout.records import Article, Extraction

TABLE: dict[str, dict[str, Any]] = instruments.instruments()[1]


def named(sentence: str) -> set[str]:
    """The types of which a sentence holds a candidate."""
    doc, parse, cast = with_cast(Article("case", sentence))
    return {
        c.code for c in instruments.candidates(doc, instruments.view(doc, parse, moves.naming_of(doc, cast)))
    }


def test_the_lexicon_knows_every_type_and_no_other() -> None:
    assert set(TABLE) == set(TYPES)


@pytest.mark.parametrize("code", sorted(TYPES))
def test_a_type_is_found_in_its_sentences(code: str) -> None:
    assert TABLE[code]["matches"], "no sentence to match"
    for sentence in TABLE[code]["matches"]:
        assert code in named(sentence), sentence


@pytest.mark.parametrize("code", sorted(TYPES))
def test_a_type_is_not_found_where_its_words_name_something_else(code: str) -> None:
    assert TABLE[code]["misses"], "no sentence to miss"
    for sentence in TABLE[code]["misses"]:
        assert code not in named(sentence), sentence


def shown(extraction: Extraction) -> str:
    """The moves as lines that a person can read."""
    lines = []
    for m in extraction.moves:
        found = "; ".join(f"{t.kind} {t.passage.words}" + (f" = {t.norm}" if t.norm else "") for t in m.terms)
        lines.append(
            f"{m.type} | {m.status} | {', '.join(m.actors) or '-'} -> {', '.join(m.targets) or '-'}"
            + (f" | {found}" if found else "")
        )
    return "\n".join(lines)


@pytest.mark.parametrize("case", casebook.read("moves"), ids=lambda c: c.title)
def test_what_was_done_by_whom_on_what_terms(case: casebook.Case) -> None:
    assert shown(extract(Article("case", case.given, published="2031-05-06"))) == case.expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a 30-day truce", ["duration 30-day P30D"]),
        ("tariffs of 25–50%", ["rate 25–50% 25-50%"]),
        ("raised by 50 basis points", ["rate 50 basis points 50bp"]),
        ("a loan of 200 mln dlrs", ["amount 200 mln dlrs USD 200000000"]),
        ("£1.5bn for roads", ["amount £1.5bn GBP 1500000000"]),
        ("cut by 3 pct from July 1", ["rate 3 pct 3%", "deadline July 1 2031-07-01"]),
        ("within six weeks", ["deadline within six weeks None"]),
        ("for two years", ["duration two years P2Y"]),
        ("a five-hour meeting", ["duration five-hour PT5H"]),
        ("ten years ago", []),
        ("unless the envoys return, he said", ["condition unless the envoys return None"]),
        ("US$70 a tonne", ["rate US$70 a tonne None"]),
    ],
)
def test_terms_have_a_normal_form(text: str, expected: list[str]) -> None:
    found = terms.propose(text, 0, len(text), "2031-05-06")
    assert [f"{t.kind} {text[t.start : t.end]} {t.norm}" for t in found] == expected


def test_a_group_of_words_counts_as_one_alternative() -> None:
    assert patterns.spread("a|b_c d") == ["a d", "b c d"]


SOUP = st.lists(
    st.sampled_from(
        [
            "tariffs",
            "a ceasefire",
            "imposed",
            "Chile",
            "will",
            "not",
            "of 25%",
            "on",
            "Peru",
            "to",
            "lift",
            "the",
            "embargo",
            ".",
            "\n",
            ",",
            "if",
            "July 1",
            "$5bn",
            "sanctions",
            "“",
            "”",
            "met",
            "President Ana Silva",
            "between",
            "and",
            "30-day",
            "é",
            "by",
            "İ",
        ]
    ),
    max_size=40,
)


@given(SOUP)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_mix_of_words_breaks_a_move(pieces: list[str]) -> None:
    text = " ".join(pieces)
    result = extract(Article("soup", text))
    known = {a.id for a in result.actors}
    for m in result.moves:
        assert m.type in TYPES and m.status in STATUSES
        assert not set(m.actors) & set(m.targets)
        for p in (m.trigger, *m.evidence, *(t.passage for t in m.terms)):
            assert text[p.span.start : p.span.end] == p.words
        assert all(t.kind in TERM_KINDS for t in m.terms)
        assert 1 <= len(m.evidence) <= 3
        for who in (*m.actors, *m.targets):
            assert who in known or who in " ".join(text.split())
