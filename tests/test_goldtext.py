"""The project's own gold can be read, and is as large as it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout import goldtext

GOLD = Path(__file__).parent / "gold"
WIRE = sorted((GOLD / "wire").rglob("*.txt"))


@pytest.fixture(scope="module")
def wire() -> dict[str, goldtext.GoldText]:
    """Every annotated article of the wire."""
    return {path.name: goldtext.parse(path.read_text(encoding="utf-8")) for path in WIRE}


def test_the_wire_holds_sixty_thousand_words_a_part_of_it_held_back(wire: dict[str, goldtext.GoldText]) -> None:
    assert sum(len(g.text.split()) for g in wire.values()) >= 60_000
    held = [p for p in WIRE if p.parent.name == "held"]
    assert len(held) >= 0.15 * len(WIRE)
    assert len({p.name for p in WIRE}) == len(WIRE), "no article is in both parts"


def test_every_article_of_the_wire_says_that_it_is_invented(wire: dict[str, goldtext.GoldText]) -> None:
    assert [name for name, g in wire.items() if g.header.get("invented") is not True] == []


def test_marks_come_off_and_leave_the_text_and_their_places() -> None:
    gold = goldtext.parse(
        "---\ntitle: T\n---\n<s1>Envoy {Ana Silva|P silva}</s1> <c1>said</c1> <q1 silva>{she|- silva} would <m1>visit</m1> "
        "{Kenya|C kenya}</q1>.\n===\n- {n: 1, type: talks, status: announced, actors: [silva], targets: [], terms: []}\n"
    )
    assert gold.text == "Envoy Ana Silva said she would visit Kenya.\n"
    assert [(gold.text[m.start : m.end], m.form, m.entity) for m in gold.mentions] == [
        ("Ana Silva", "name", "silva"), ("she", "pronoun", "silva"), ("Kenya", "name", "kenya")
    ]  # fmt: skip
    quote = gold.quotes[0]
    assert [gold.text[s:e] for s, e in quote["content"]] == ["she would visit Kenya"]
    assert [gold.text[s:e] for s, e in quote["source"] + quote["cue"]] == ["Envoy Ana Silva", "said"]
    assert gold.moves[0]["evidence"] == [[0, 43]]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("{Ana Silva|P silva} spoke", None),
        ("{Ana Silva|P silva spoke", "not closed"),
        ("Ana|P silva} spoke", "not opened"),
        ("{she|- silva} spoke", "bears no name"),
        ("{Ana|P silva} and {Silva|O silva}", "is both"),
        ("<s1>Ana</s1> spoke", "without <q1>"),
        ("<q1>yes</q1>", "names no speaker"),
        ("<m1>tariff</m1>", "no entry"),
    ],
)
def test_a_wrong_annotation_is_told(source: str, why: str | None) -> None:
    if why is None:
        goldtext.parse(source)
    else:
        with pytest.raises(goldtext.BadAnnotation, match=why):
            goldtext.parse(source)
