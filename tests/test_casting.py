"""Casting of roles: the way through the tree, the bars, and the rules' answer where nothing is better."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout.extract import casting, extract
from readout.extract.patterns import Words
from readout.records import Article


def words(*rows: tuple[str, str, int, str]) -> Words:
    """A sentence from (word, tag, head, relation)."""
    children: list[list[int]] = [[] for _ in rows]
    for i, row in enumerate(rows):
        if row[2] >= 0:
            children[row[2]].append(i)
    return Words(
        [r[0] for r in rows],
        [r[1] for r in rows],
        [r[2] for r in rows],
        [r[3] for r in rows],
        children,
        [""] * len(rows),
    )


BANNED = words(
    ("chile", "NNP", 3, "nsubj"),
    ("and", "CC", 2, "cc"),
    ("peru", "NNP", 0, "conj"),
    ("imposed", "VBD", -1, "root"),
    ("tariffs", "NNS", 3, "obj"),
    ("on", "IN", 6, "case"),
    ("oil", "NN", 4, "nmod"),
)


@pytest.mark.parametrize(
    ("end", "expected"),
    [(0, ("^obj nsubj", 2)), (2, ("^obj nsubj", 2)), (3, ("^obj", 1)), (6, ("nmod", 1)), (4, ("same", 0))],
)
def test_the_way_from_a_trigger_leaves_out_coordination(end: int, expected: tuple[str, int]) -> None:
    assert casting.path(BANNED, 4, end) == expected


def test_the_preposition_of_a_noun_is_found() -> None:
    assert casting.case_of(BANNED, 6) == "on"
    assert casting.case_of(BANNED, 2) == ""


def someone(ref: str, actor: float, target: float) -> casting.Candidate:
    """A candidate that has been weighed."""
    return casting.Candidate(ref, 0, {}, (1 - actor - target, actor, target))


def test_an_unlikely_actor_gives_way_only_to_a_likely_one() -> None:
    found = [someone("envoy", 0.1, 0.0), someone("norway", 0.7, 0.1)]
    assert casting.decide("tariff", found, ["envoy"], [])[0] == ["norway"]
    assert casting.decide("tariff", found[:1], ["envoy"], [])[0] == ["envoy"]


def test_where_the_rules_are_silent_one_acts_and_all_sides_of_talks_do() -> None:
    found = [someone("chad", 0.5, 0.1), someone("niger", 0.6, 0.1)]
    assert casting.decide("loan", found, [], []) == (["niger"], [])
    assert casting.decide("talks", found, [], []) == (["niger", "chad"], [])


def test_nobody_acts_on_himself_and_one_side_is_named_once() -> None:
    found = [someone("oman", 0.5, 0.4), someone("rebels", 0.1, 0.5), someone("northern rebels", 0.1, 0.4)]
    assert casting.decide("military-operation", found, ["oman"], []) == (["oman"], ["rebels"])


def test_a_place_in_the_sentence_but_no_trigger_is_far() -> None:
    apart = words(("oman", "NNP", -1, "root"), ("talks", "NNS", -1, "root"))
    assert casting.path(apart, 1, 0) == ("apart", 9)


def test_without_weights_the_rules_answer_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = "Canada imposed a 25% tariff on Brazilian steel on Monday."
    learned = extract(Article("case", text)).moves
    monkeypatch.setattr(casting, "PATH", tmp_path / "none.json")
    assert [(m.actors, m.targets) for m in learned] == [(("canada",), ("brazil",))]
    assert [(m.actors, m.targets) for m in extract(Article("case", text)).moves] == [
        (("canada",), ("brazil",))
    ]


def test_who_stands_in_no_clause_of_the_trigger_is_still_cast() -> None:
    weights = casting.weights()
    assert set(casting.ROLES) == {"none", "actor", "target"}
    assert weights and all(len(row) == len(casting.ROLES) for row in weights.values())
    subject = {"rule=none": 1.0, "way=^obj nsubj": 1.0, "kind=country": 1.0}
    below = {"rule=none": 1.0, "case=against": 1.0, "kind=country": 1.0, "order=after": 1.0}
    assert casting.weigh(weights, subject)[1] > casting.weigh(weights, below)[1]
    assert casting.weigh(weights, below)[2] > casting.weigh(weights, subject)[2]


def cast_of(text: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Actors and targets of each move."""
    return [(m.actors, m.targets) for m in extract(Article("case", text, published="2031-05-06")).moves]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "President Ana Ruiz will deploy the National Guard to the border with Peru.",
            (("ana-ruiz",), ("peru",)),
            id="the forces that are sent are no target",
        ),
        pytest.param(
            "A meeting between Chile and Peru was set for Wednesday.",
            (("chile", "peru"), ()),
            id="those between whom a meeting is held are its sides",
        ),
        pytest.param(
            "Ministers praised Norway for lifting its ban on imports of Chilean salmon.",
            (("norway",), ()),
            id="who is praised for it did it",
        ),
    ],
)
def test_roles_by_the_taxonomy(
    text: str, expected: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    assert cast_of(text) == [expected]


def test_an_office_without_a_state_belongs_to_the_dateline() -> None:
    text = "LIMA — President Ana Ruiz imposed tariffs on Chilean copper on Monday. Peru and Chile had quarrelled."
    found = extract(Article("case", text, published="2031-05-06"))
    assert any(a.id == "peru" for a in found.actors)
    assert all("peru" not in m.targets for m in found.moves)


def test_plain_plurals_that_one_and_joins_are_one_target() -> None:
    text = "Police arrested journalists and opposition activists on Monday."
    assert [t for _, targets in cast_of(text) for t in targets] == ["journalists and opposition activists"]


@pytest.mark.parametrize(
    "text",
    [
        "The United States under President Ana Ruiz brokered a 30-day ceasefire in Sudan on Monday.",
        "Ana Ruiz threatened tariffs on Chile. The Peruvian president said that Peru would not wait.",
    ],
)
def test_none_is_aimed_at_its_own_side(text: str) -> None:
    for actors, targets in cast_of(text):
        assert not {"united-states", "peru", "ana-ruiz"} & set(targets), (actors, targets)
