"""Corpus → Pages: one module for each kind of page."""

from __future__ import annotations

from collections.abc import Iterator

from readout.pages import actor, briefing, home, moves, quotes, timeline, topics
from readout.pages.atlas import survey
from readout.records import Corpus, Page


def all_pages(corpus: Corpus, address: str = "") -> Iterator[Page]:
    """Every derived file of the site's source; `address` is the site's own, with a slash at its end, where it is known."""
    atlas = survey(corpus)
    yield from home.pages(atlas)
    yield from briefing.pages(atlas)
    yield from actor.pages(atlas)
    yield from moves.pages(atlas)
    yield from quotes.pages(atlas)
    yield from timeline.pages(atlas, address)
    yield from topics.pages(atlas)
