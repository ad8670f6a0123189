"""Reads `tests/cases/<module>.md`: a title that says what must hold, an input, the expected result."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).resolve().parent / "cases"


class Case(NamedTuple):
    """One row: `## title`, then the input in a ``` block, then the expected result in another."""

    title: str
    given: str
    expected: str


BLOCK = re.compile(r"^```[a-z]*\n(.*?)^```$", re.M | re.S)


def read(module: str) -> list[Case]:
    """The cases of a module, in order; raises ValueError for one without exactly two blocks."""
    found = []
    text = (CASES / f"{module}.md").read_text(encoding="utf-8")
    for part in re.split(r"^## ", text, flags=re.M)[1:]:
        title, _, rest = part.partition("\n")
        blocks = [m[1].rstrip("\n") for m in BLOCK.finditer(rest)]
        if len(blocks) != 2:
            raise ValueError(f"{module}.md: {title!r} has {len(blocks)} blocks, wanted input and result")
        found.append(Case(title.strip(), *blocks))
    if not found:
        raise ValueError(f"{module}.md holds no case")
    return found
