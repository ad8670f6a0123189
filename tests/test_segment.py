"""Paragraphs and sentences where lines are broken by hand, and where they are not."""

from __future__ import annotations

import pytest

from readout.records import Article
from readout.segment import segment


def sentences(text: str) -> list[str]:
    """The sentences of a text, each on one line."""
    doc = segment(Article("case", text))
    return [" ".join(text[s.span.start : s.span.end].split()) for s in doc.sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "ST. PETERSBURG, Fla. Sen. Ana Silva (R-Fla.) spoke in Miami, Fla. The port of Dover, Del. is closed.\n",
            [
                "ST. PETERSBURG, Fla. Sen. Ana Silva (R-Fla.) spoke in Miami, Fla.",
                "The port of Dover, Del. is closed.",
            ],
            id="states and titles in short end no sentence by themselves",
        ),
        pytest.param(
            "PERU SETS QUOTA FOR IMPORTS OF BEEF AND LAMB\n"
            "  The Agriculture Ministry said it set\n"
            "  Peru's quota for imports of beef for the six months to May at\n"
            "  93,000 tonnes, up from 83,000 in the second half of 2030 and\n"
            "  85,000 a year earlier.\n"
            "      Under an agreement with Chile and Brazil, Peru has\n"
            "  been increasing imports by 9,000 tonnes a year.\n",
            [
                "PERU SETS QUOTA FOR IMPORTS OF BEEF AND LAMB",
                "The Agriculture Ministry said it set Peru's quota for imports of beef for the six months to May at "
                "93,000 tonnes, up from 83,000 in the second half of 2030 and 85,000 a year earlier.",
                "Under an agreement with Chile and Brazil, Peru has been increasing imports by 9,000 tonnes a year.",
            ],
            id="names and figures at the head of lines",
        ),
        pytest.param(
            "The government will raise its duty on imports of wheat and rye from\n"
            "neighbouring countries on Monday, and it will lower those on barley\nand oats in May.\n",
            [
                "The government will raise its duty on imports of wheat and rye from neighbouring countries on Monday, "
                "and it will lower those on barley and oats in May."
            ],
            id="three lines",
        ),
        pytest.param(
            "Ministers to meet on Monday in the capital of Peru\nBy our correspondent\n"
            "The ministers of Chile and Peru will meet on Monday.\nThey will speak of the border.\n",
            [
                "Ministers to meet on Monday in the capital of Peru",
                "By our correspondent",
                "The ministers of Chile and Peru will meet on Monday.",
                "They will speak of the border.",
            ],
            id="a line a paragraph",
        ),
        pytest.param(
            "What the deal covers in the first year and later\n- wheat and rye from the north\n- beef and lamb\n",
            [
                "What the deal covers in the first year and later",
                "- wheat and rye from the north",
                "- beef and lamb",
            ],
            id="a list",
        ),
        pytest.param(
            "11:42 Silva is on her feet.\n9.15am GMT — “No,” she says.\n6:05 p.m. was too late for the port.\n"
            "10.30 metres are not enough.\n",
            [
                "11:42",
                "Silva is on her feet.",
                "9.15am GMT —",
                "“No,” she says.",
                "6:05 p.m. was too late for the port.",
                "10.30 metres are not enough.",
            ],
            id="the times of a live report",
        ),
        pytest.param(
            "LIMA, May 6 (AP) — Peru and Chile met.\nLima (AFP) – Peru left.\nPORTO, Chile -- It rained.\n"
            "Silva — a mayor — left.\nEU - Chile talks resume.\n",
            [
                "LIMA, May 6 (AP) —",
                "Peru and Chile met.",
                "Lima (AFP) –",
                "Peru left.",
                "PORTO, Chile --",
                "It rained.",
                "Silva — a mayor — left.",
                "EU - Chile talks resume.",
            ],
            id="datelines",
        ),
    ],
)
def test_lines_are_joined_only_where_they_break_a_sentence(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected
