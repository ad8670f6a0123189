"""Doc, Parse, Cast, Quotes → Moves: what was done, by whom, on what terms, and how far it has got."""

from __future__ import annotations

from readout.records import Cast, Doc, Move, Parse, Quote


def find(doc: Doc, parse: Parse, cast: Cast, quotes: tuple[Quote, ...]) -> tuple[Move, ...]:
    """The policy moves of a doc in order of their triggers, one an act."""
    return ()
