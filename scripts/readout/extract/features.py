"""Forms → numbers: what the network sees of a word. Training and reading use this one module.

A word's form gives indices into tables (its pre-trained vector, its own row, hashed affixes, shape and
three-letter pieces) and flags (which lists it stands on). All of it depends on the form alone, so the sum of
what the tables hold is computed once a form and kept. What depends on the place (headline case, the
document's other uses of the form, names of several words) comes on top as a few flags a token.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

# Rows of the hashed tables: prefix of 3, suffixes of 2, 3 and 4 letters, shape; then the three-letter pieces.
HASHED = (2048, 1024, 4096, 4096, 256)
PIECES = 8192
DIGITS = re.compile(r"\d")
QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "`": "'", "„": '"', "«": '"', "»": '"'})


class Form(NamedTuple):
    """Everything the tables are asked for one form."""

    lower: str
    """Key of the pre-trained vector and of the word's own row."""
    hashed: tuple[int, ...]
    """A row in each of the five hashed tables."""
    pieces: tuple[int, ...]
    """Rows of its three-letter pieces, empty for a form without letters."""
    flags: int
    """Bit set of the flags that are on."""


def shape(form: str) -> str:
    """The pattern of letter cases and digits, runs of four or more cut: McDonald → XxXxxx.

    >>> shape("NATO"), shape("2,500"), shape("U.S.")
    ('XXXX', 'd,ddd', 'X.X.')
    """
    out: list[str] = []
    for c in form[:24]:
        k = "X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c
        if out[-4:] != [k] * 4:
            out.append(k)
    return "".join(out)


def normal(form: str) -> str:
    """The form with straight quotes, so that both styles are one to the network."""
    if form == "''":
        return '"'
    if form == "``":
        return '"'
    return form.translate(QUOTES)


# ------------------------------------------------------------------ lists
class Lists(NamedTuple):
    """The name lists that the network was trained with; they are part of its weights."""

    single: dict[str, int]
    """Form → bit set of the lists it stands on."""
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    """First form → the other forms of names of several words, longest first; a `0` (place) or `1` (body)
    at the end."""


FLAGS = 17 + 2
"""The lists (`training.lists` names them), and: an upper-case form found by its lower-case spelling; a
form on no list."""
LOWER_PARTICLES = frozenset(("de", "al", "bin", "van", "von", "ibn", "der", "du", "la", "den", "el"))


def form_of(raw: str, lists: Lists) -> Form:
    """What the tables are asked for a token's text."""
    form = normal(raw)
    lower = DIGITS.sub("0", form.lower())
    parts = lower[:3], lower[-2:], lower[-3:], lower[-4:], shape(form)
    hashed = tuple([crc32(f"{i}{part}".encode()) % HASHED[i] for i, part in enumerate(parts)])
    pieces: tuple[int, ...] = ()
    if lower.isalpha() and len(lower) > 2:
        padded = f"<{lower}>"
        pieces = tuple([crc32(padded[i : i + 3].encode()) % PIECES for i in range(min(len(padded) - 2, 14))])
    flags = 0
    if form[0].isupper() or form in LOWER_PARTICLES:
        flags = lists.single.get(form, 0)
        if not flags and len(form) > 3 and form.isupper():
            flags = lists.single.get(form.capitalize(), 0)
            if flags:
                flags |= 1 << (FLAGS - 2)
        if not flags:
            flags = 1 << (FLAGS - 1)
    return Form(lower, hashed, pieces, flags)


# ------------------------------------------------------------------ flags of the place
PLACE_FLAGS = 10
FIRST, ALL_CAPS, TITLE_CASE, LOWER_TOO, CAPITAL_INSIDE, QUOTED_ALONE, PLACE_B, PLACE_I, BODY_B, BODY_I = (
    range(10)
)


def place_flags(
    forms: Sequence[str], bounds: Sequence[tuple[int, int]], heads: dict[str, tuple[tuple[str, ...], ...]]
) -> NDArray[np.float32]:
    """`place_marks` as an array of 0 and 1, n × PLACE_FLAGS."""
    marks = np.array(place_marks(forms, bounds, heads), np.int64)
    flags: NDArray[np.float32] = (marks[:, None] >> np.arange(PLACE_FLAGS) & 1).astype(np.float32)
    return flags


def place_marks(
    forms: Sequence[str], bounds: Sequence[tuple[int, int]], heads: dict[str, tuple[tuple[str, ...], ...]]
) -> list[int]:
    """The flags of each token's place as a bit set, from a document's forms; `bounds` are its sentences as
    `[first, last)`, `heads` the names of several words.

    FIRST: first word of its sentence. ALL_CAPS, TITLE_CASE: the sentence is written so. LOWER_TOO: a
    capitalised form that stands in lower case elsewhere in the document. CAPITAL_INSIDE: one that stands
    capitalised inside a sentence of normal case. PLACE_*, BODY_*: part of a name of several words on a list.
    """
    marks = [0] * len(forms)
    every = set(forms)
    inside: set[str] = set()
    capitals: list[int] = []
    for first, last in bounds:
        opening = -1
        shown: list[int] = []
        long_lower = False
        upper = capital = 0
        for i, form in enumerate(forms[first:last], first):
            c = form[0]
            if not c.isalpha():
                continue
            if opening < 0:
                opening = i
            if c.islower():
                if not long_lower and len(form) > 3:
                    long_lower = True
                continue
            shown.append(i)
            if len(form) > 3:
                capital += 1
                upper += form.isupper()
            if form in heads:
                mark_phrase(forms, i, last, heads[form], marks)
        capitals += shown
        if opening >= 0:
            marks[opening] |= 1 << FIRST
        if not long_lower and capital > 1 and (upper == capital or capital > 2):
            written = 1 << (ALL_CAPS if upper == capital else TITLE_CASE)
            marks[first:last] = [mark | written for mark in marks[first:last]]
        else:
            inside.update([forms[i] for i in shown if i != opening])
    for i in capitals:
        form = forms[i]
        lower = form.lower()
        if lower in every and lower[0].islower():
            marks[i] |= 1 << LOWER_TOO
        if form in inside or (len(form) > 3 and form.isupper() and form.capitalize() in inside):
            marks[i] |= 1 << CAPITAL_INSIDE
    return marks


def mark_phrase(
    forms: Sequence[str], i: int, last: int, endings: tuple[tuple[str, ...], ...], marks: list[int]
) -> None:
    """Mark the longest name of several words that opens at token `i`, if one does."""
    for ending in endings:
        n = len(ending) - 1
        if i + n < last and forms[i + 1] == ending[0] and tuple(forms[i + 1 : i + 1 + n]) == ending[:-1]:
            b = PLACE_B if ending[-1] == "0" else BODY_B
            marks[i] |= 1 << b
            for k in range(i + 1, i + 1 + n):
                marks[k] |= 1 << b + 1
            return
