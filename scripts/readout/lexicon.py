"""Loads the word lists in `lexicons/` and the learned numbers in `weights/`, and checks their shape.

A list opens with comment lines (#) that say what it holds, its source, licence and date. Each file is read
once a run.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).resolve().parent
LEXICONS = HERE / "lexicons"
WEIGHTS = HERE / "weights"


@cache
def rows(name: str, columns: int) -> tuple[tuple[str, ...], ...]:
    """The rows of `lexicons/<name>.tsv`, each of `columns` fields; missing last fields are empty.

    Raises ValueError, with file and line, for a row with more fields, or an empty first one.
    """
    path = LEXICONS / f"{name}.tsv"
    found: list[tuple[str, ...]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split("\t")]
        if len(fields) > columns or not fields[0]:
            raise ValueError(f"{path.name}:{number}: {len(fields)} fields, wanted {columns}")
        found.append(tuple(fields + [""] * (columns - len(fields))))
    return tuple(found)


@cache
def toml(name: str) -> dict[str, Any]:
    """The tables of `lexicons/<name>.toml`."""
    tables: dict[str, Any] = tomllib.loads((LEXICONS / f"{name}.toml").read_text(encoding="utf-8"))
    return tables


def listed(field: str) -> tuple[str, ...]:
    """The items of a field parted by `|`.

    >>> listed("UK|U.K.|Britain"), listed("")
    (('UK', 'U.K.', 'Britain'), ())
    """
    return tuple(item for item in field.split("|") if item)


@cache
def words(name: str) -> frozenset[str]:
    """All words of the first column of a list; several on a line are parted by spaces.

    For lists of single words only.
    """
    return frozenset(word for row in rows(name, 8) for word in row[0].split())
