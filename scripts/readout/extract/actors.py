"""Names → Cast: one actor for everyone the article speaks of, with all mentions."""

from __future__ import annotations

from readout.records import Cast, Doc, Move, Name, Parse, Quote


def resolve(doc: Doc, parse: Parse, names: tuple[Name, ...]) -> Cast:
    """Merge names into actors, and tie pronouns and descriptions to them."""
    return Cast((), {})


def rank(doc: Doc, parse: Parse, cast: Cast, quotes: tuple[Quote, ...], moves: tuple[Move, ...]) -> Cast:
    """The cast with salience, most central actor first."""
    return cast
