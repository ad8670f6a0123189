"""A move's label names it in the article's words, whole numbers and parties included."""

from __future__ import annotations

import pytest

from readout.extract import extract
from readout.records import Article


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Norland and Sutland signed a 30-day ceasefire on Monday.", "30-day ceasefire"),
        (
            "The government of Kenya imposed a 25 percent tariff on imported steel on Monday.",
            "25 percent tariff",
        ),
        (
            "The United Nations announced a truce between Chad and Libya on Friday.",
            "truce between Chad and Libya",
        ),
        (
            "Norland suggested imposing tariffs of 10–20% on buyers of timber.",
            "tariffs of 10–20% on buyers of timber",
        ),
        ("Kenya and Chad reached a 10-day ceasefire agreement on Monday.", "10-day ceasefire agreement"),
        ("The European Union lifted the arms embargo on Chad on Friday.", "arms embargo"),
    ],
)
def test_a_label_is_whole(text: str, label: str) -> None:
    labels = [m.label for m in extract(Article("a", text + "\n", published="2030-01-01")).moves]
    assert any(label in found for found in labels), labels


def test_a_garbled_sentence_leaves_no_label_empty() -> None:
    text = "Silva will work witever is elected Peru president and is committed to maintaininge sp relatio, the mir’s spokesman said."
    assert all(m.label for m in extract(Article("a", text + "\n")).moves)
