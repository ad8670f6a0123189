"""A doc's tokens as plain lists: every step looks places and words up in them, so they are laid out once an article."""

from __future__ import annotations

from typing import NamedTuple

from readout.records import Doc, Token


class Layout(NamedTuple):
    """Lists parallel to `doc.tokens`, never changed after they are made."""

    tokens: tuple[Token, ...]
    texts: list[str]
    lower: list[str]
    """The texts in lower case."""
    starts: list[int]
    ends: list[int]


_last: list[Layout] = []


def laid(doc: Doc) -> Layout:
    """The lists of a doc. The last doc's are kept; a copy that differs in its quoted stretches only shares them."""
    for known in _last:
        if known.tokens is doc.tokens:
            return known
    starts, ends, texts = map(list, zip(*doc.tokens, strict=True)) if doc.tokens else ([], [], [])
    made = Layout(doc.tokens, texts, [text.lower() for text in texts], starts, ends)
    _last[:] = [made]
    return made
