"""Quality has floors: what is measured on the held-back part of the project's own gold may not fall unnoticed.

`tests/gold/floors.json` holds one floor a figure, keyed `part.figure`; `moves/moves.status` is of `tests/gold/moves/held`. A part is measured by the function
`figures` of its module. A figure that rises by a point or more should take its floor along: change the file.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from readout import goldtext, interchange, measure_actors, measure_moves, measure_quotes
from readout.extract import extract
from readout.records import Article, Extraction

GOLD = Path(__file__).resolve().parent / "gold"
FLOORS: dict[str, float] = json.loads((GOLD / "floors.json").read_text(encoding="utf-8"))


@cache
def held(folder: str) -> tuple[tuple[goldtext.GoldText, Extraction], ...]:
    """The articles held back, each with what is read out of it."""
    found = []
    for path in sorted((GOLD / folder / "held").glob("*.txt")):
        for name, source in goldtext.split(path.stem, path.read_text(encoding="utf-8")):
            gold = goldtext.parse(source)
            found.append((gold, extract(Article(name, gold.text, published=gold.header.get("published")))))
    return tuple(found)


def count_actors(extraction: Extraction, gold: goldtext.GoldText) -> Counter[Any]:
    """The actors' counts of one article."""
    actors = interchange.to_object(extraction)["actors"]
    return measure_actors.count(measure_actors.of_wire(extraction.article.id, gold), actors)


PARTS = {
    "actors": (count_actors, measure_actors.figures),
    "quotes": (measure_quotes.count, measure_quotes.figures),
    "moves": (measure_moves.count, measure_moves.figures),
}
"""Part → how one article is counted, and the figures from all counts together."""


@cache
def measured(part: str, folder: str) -> dict[str, float]:
    """The figures of a part."""
    count, figures = PARTS[part]
    return figures(measure_actors.summed(count(extraction, gold) for gold, extraction in held(folder)))


@pytest.mark.parametrize("key", list(FLOORS))
def test_no_figure_falls_below_its_floor(key: str) -> None:
    folder, _, name = key.rpartition("/")
    value = measured(name.split(".")[0], folder or "wire")[name]
    assert value >= FLOORS[key], f"{key} is {value}, its floor {FLOORS[key]}"
