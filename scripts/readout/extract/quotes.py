"""Doc, Parse, Cast → Quotes: who said what."""

from __future__ import annotations

from readout.records import Cast, Doc, Parse, Quote


def find(doc: Doc, parse: Parse, cast: Cast) -> tuple[Quote, ...]:
    """The quotes of a doc in order of their first content."""
    return ()
