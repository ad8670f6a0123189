"""Tying of terms: what may be a term, and which of those that are weighed stay."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from readout.extract import extract, terms, tying
from readout.records import Article
from readout.segment import segment


def term(kind: str, start: int, end: int, norm: str | None = None, *, rule: bool = False) -> Any:
    """A weighed candidate, tied by a rule or not."""
    found = terms.Found(kind, start, end, norm)
    return tying.Candidate(found, SimpleNamespace(terms=[found] if rule else []), 0)  # type: ignore[arg-type]


def test_a_term_of_the_rules_stays_with_less() -> None:
    low = 0.2
    assert tying.choose([(term("rate", 0, 3, rule=True), low)]) != []
    assert tying.choose([(term("rate", 0, 3), low)]) == []


def test_of_two_that_overlap_the_likelier_stays() -> None:
    long, short = term("scope", 0, 20), term("scope", 5, 15)
    assert tying.choose([(long, 0.6), (short, 0.8)]) == [(short, 0.8)]
    assert tying.choose([(term("scope", 0, 20), 0.6), (term("amount", 5, 15), 0.8)]).__len__() == 2


def test_what_is_said_twice_counts_once() -> None:
    assert len(tying.choose([(term("rate", 0, 3, "25%"), 0.9), (term("rate", 90, 93, "25%"), 0.8)])) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru imposed a 25% duty on copper wire.", {("rate", "25%"), ("scope", "copper wire")}),
        ("Oslo will send 300 soldiers to Kenya for six months.", {("amount", "300 soldiers"), ("duration", "six months")}),
        ("The fund approved a loan of $400 million to Ghana on Friday.", {("amount", "$400 million")}),
    ],
)  # fmt: skip
def test_terms_are_tied_to_their_move(text: str, expected: set[tuple[str, str]]) -> None:
    found = extract(Article("case", text, published="2031-05-06")).moves
    assert {(t.kind, t.passage.words) for m in found for t in m.terms} == expected


def test_a_phrase_is_a_length_or_a_date_and_not_both() -> None:
    assert len(tying.choose([(term("deadline", 0, 10), 0.9), (term("duration", 0, 10), 0.8)])) == 1


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("LENGTH", "a truce of three\n  months", ["three\n  months"]),
        ("LENGTH", "four years and two months in prison", ["four years and two months"]),
        ("TIME", "by the year's end", ["the year's end"]),
        ("TIME", "early next week or in mid-February", ["early next week", "mid-February"]),
        ("TIME", "within his first 100 days", ["within his first 100 days"]),
        ("SUM", "from 35% to 30%", ["from 35% to 30%"]),
        ("SUM", "by two pence", ["two pence"]),
        ("SUM", "1.2 mln bags", ["1.2 mln bags"]),
    ],
)
def test_what_may_be_a_length_a_time_or_a_sum(pattern: str, text: str, expected: list[str]) -> None:
    assert [m[0] for m in getattr(tying, pattern).finditer(text)] == expected


def test_a_phrase_is_a_term_of_the_move_it_most_likely_belongs_to() -> None:
    one, other, third = (term("deadline", 0, 10) for _ in range(3))
    assert tying.apart([[(one, 0.9)], [(other, 0.4)], [(third, 0.88)]]) == [[one], [], [third]]


@pytest.mark.parametrize(
    ("text", "kind", "start", "expected"),
    [
        ("the 1987/88 crop", "deadline", 4, True),
        ("by 1988, he said", "deadline", 3, False),
        ("$10bn (£7.5bn) a year", "amount", 7, True),
    ],
)
def test_what_only_looks_like_a_term(text: str, kind: str, start: int, expected: bool) -> None:
    doc = segment(Article("case", text))
    length = 7 if kind == "amount" else 4
    first = terms.Found("amount", 0, 5, None)
    found = terms.Found(kind, start, start + length - (kind == "amount"), None)
    nobody: Any = SimpleNamespace(relations=["dep"] * 9, heads=[0] * 9)
    assert tying.misread(doc, nobody, found, 1, [first, found]) is expected


def test_two_scopes_in_the_same_words_are_one() -> None:
    one, other = term("scope", 0, 12), term("scope", 40, 52)
    one.words, other.words = frozenset({"oils", "fats"}), frozenset({"fats", "oils"})
    assert tying.choose([(one, 0.9), (other, 0.8)]) == [(one, 0.9)]
