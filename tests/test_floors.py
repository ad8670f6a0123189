"""Quality has floors: what is measured on the held-back parts of the project's own gold may not fall unnoticed.

`tests/gold/floors.json` holds one floor a figure, keyed `part.figure` for `tests/gold/wire/held`; before a slash stands another folder
of `measure_own.FOLDERS` (`moves/moves.status`). A figure that rises by a point or more should take its floor along: change the file.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from readout import measure_own

GOLD = Path(__file__).resolve().parent / "gold"
FLOORS: dict[str, float] = json.loads((GOLD / "floors.json").read_text(encoding="utf-8"))


@cache
def measured(folder: str) -> dict[str, float]:
    """All figures of a folder."""
    parts = measure_own.ONLY.get(folder, tuple(measure_own.PARTS))
    return measure_own.figures(GOLD / measure_own.FOLDERS[folder], parts)


@pytest.mark.parametrize("key", list(FLOORS))
def test_no_figure_falls_below_its_floor(key: str) -> None:
    folder, _, name = key.rpartition("/")
    value = measured(folder or "held")[name]
    assert value >= FLOORS[key], f"{key} is {value}, its floor {FLOORS[key]}"
