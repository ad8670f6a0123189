"""The project's own gold can be read, and is as large as it says."""

from __future__ import annotations

import sys
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


def moves_alone(folder: str) -> list[goldtext.GoldText]:
    """Every article of a folder of `moves/`."""
    out = []
    for path in sorted((GOLD / "moves" / folder).glob("*.txt")):
        out += [goldtext.parse(source) for _, source in goldtext.split(path.stem, path.read_text(encoding="utf-8"))]
    return out


def test_the_articles_of_moves_alone_can_be_read_and_a_part_is_held_back() -> None:
    train, held = moves_alone("train"), moves_alone("held")
    assert len(train) >= 1500
    assert len(held) >= 100
    assert not {g.text for g in train} & {g.text for g in held}
    assert {m["type"] for g in train for m in g.moves} == goldtext.TYPES
    assert {m["status"] for g in train for m in g.moves} == goldtext.STATUSES


def test_every_type_has_its_sentences_with_and_without_a_move() -> None:
    sys.path.insert(0, str(GOLD.parent.parent / "scripts"))
    from training import movesdata

    files = sorted((GOLD / "moves" / "sentences").glob("*.txt"))
    assert {p.stem for p in files} == goldtext.TYPES
    for path in files:
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        found = [movesdata.sentence_of(line) for line in lines]
        assert sum(s.type == path.stem for s in found) >= 100, path.name
        assert sum(s.type == "-" for s in found) >= 40, path.name


def test_names_that_count_alike_stand_between_bars() -> None:
    assert goldtext.alternatives("Grace Wekesa | Kenya") == ["Grace Wekesa", "Kenya"]
