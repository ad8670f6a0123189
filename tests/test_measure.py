"""Measuring: what counts as found, and what is told of the errors."""

from __future__ import annotations

from readout import goldtext, measure_quotes
from readout.records import Article, Doc, Extraction, Quote
from readout.segment import segment

GOLD = goldtext.parse(
    """title: Case

<s1>{Ana Silva|P silva}</s1> <c1>said</c1> <q1 silva>that the port would close</q1>.
<q2 silva>“Nobody asked us,”</q2> <s2>{she|- silva}</s2> <c2>told</c2> reporters.
"""
)


def quote(doc: Doc, words: str, kind: str = "direct") -> Quote:
    """A quote of these words by nobody known."""
    start = doc.text.index(words)
    return Quote(kind, (doc.cut(start, start + len(words)),), None, (), (), None, "")


def test_what_is_missed_false_or_of_another_speaker_is_told() -> None:
    doc = segment(Article("case", GOLD.text))
    found = (quote(doc, "“Nobody asked us,”"), quote(doc, "reporters", "indirect"))
    extraction = Extraction(doc.article, (), {}, found, ())
    assert list(measure_quotes.errors(extraction, GOLD)) == [
        "speaker, not silva | direct | None () | “Nobody asked us,”",
        "missed | indirect | silva | that the port would close",
        "false | indirect | None () | reporters",
    ]
    assert measure_quotes.figures(measure_quotes.count(extraction, GOLD)) == {
        "quotes.direct": 0.0,
        "quotes.indirect": 0.0,
        "quotes.speaker": 0.0,
    }


def test_a_quote_that_shares_half_its_words_is_found() -> None:
    doc = segment(Article("case", GOLD.text))
    found = (quote(doc, "that the port", "indirect"), quote(doc, "asked", "direct"))
    extraction = Extraction(doc.article, (), {}, found, ())
    assert [(m.wanted is None, m.found is None) for m in measure_quotes.matches(extraction, GOLD)] == [
        (False, True),
        (True, False),
        (False, False),
    ]
