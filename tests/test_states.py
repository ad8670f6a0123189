"""States that no list knows are told from the article's own use of their names."""

from __future__ import annotations

import pytest

from readout.extract import extract, names, states, syntax
from readout.records import Article
from readout.segment import segment


def found(text: str) -> dict[str, tuple[str, ...]]:
    """The unknown states of a text, with their adjectives."""
    doc = segment(Article("a", text))
    parse = syntax.parse(doc)
    return dict(states.find(doc, parse, names.find(doc, parse)))


def kinds(text: str) -> dict[str, str]:
    """Name → kind of the actors."""
    return {a.name: a.kind for a in extract(Article("a", text)).actors}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Troskia imposed a tariff on Monday. A Troskian official said so.", {"Troskia": ("Troskian",)}),
        ("She met the president of Belmora in the harbour on Friday.", {"Belmora": ()}),
        ("Troskia’s foreign minister, Ana Silva, said talks in Troskia would go on.", {"Troskia": ()}),
        ("Oster’s foreign minister, Ana Silva, left. The Oster government said she was ill.", {"Oster": ()}),
        ("KARSE, Velmora (AP) — The town is dying. Velmora shot down a drone on Monday.", {"Velmora": ()}),
        (
            "Hundland rejected the plan on Monday. The Hundish army stayed where it was.",
            {"Hundland": ("Hundish",)},
        ),
    ],
)
def test_a_state_is_told_by_what_only_states_have(text: str, wanted: dict[str, tuple[str, ...]]) -> None:
    assert found(text) == wanted
    assert kinds(text)[next(iter(wanted))] == "country"


def test_a_state_joined_by_and_with_a_state_is_one() -> None:
    assert set(found("Kenya and Belmoro signed the treaty on Monday, officials said.")) <= {"Belmoro"}


@pytest.mark.parametrize(
    "text",
    [
        "Ana Belmora’s government fell on Monday. Belmora’s ministers left in silence.",
        "President Belmora said on Monday that Belmora’s army would stay. He spoke to the Belmoran press.",
        "France imposed a tariff on Monday. A French official said so. Bavaria’s premier and the Bavarian parliament agreed.",
        "Acme Steel said its president, Ana Silva, had left. Microsoft’s president stayed.",
        "They met in Porto Belo on Monday and spoke of the weather.",
    ],
)
def test_persons_companies_and_what_the_lists_know_stay_as_they_are(text: str) -> None:
    assert found(text) == {}


def test_the_adjective_belongs_to_its_state_and_not_to_a_group() -> None:
    text = "Troskia imposed a tariff on steel. Troskian troops moved to the border on Monday, the Troskian government said."
    actors = kinds(text)
    assert actors["Troskia"] == "country" and "Troskian" not in actors


def test_the_city_of_a_dateline_is_a_place_wherever_it_is_named() -> None:
    text = "TROSKEL, Belmora (XYZ) — The ministers met on Monday. Troskel was quiet, and in Troskel nobody spoke.\n"
    assert kinds(text)["Troskel"] == "place"
    for text in (
        "SILVA: We agree.\n",
        "NATO — that is all — said so.\n",
        "UNITED NATIONS — Ministers met.\n",
    ):
        assert states.datelines(segment(Article("a", text))) == frozenset()
