"""Corpus → Pages: one module for each kind of page."""

from __future__ import annotations

from collections.abc import Iterator

from readout.pages import actor, briefing, cite, data, feeds, home, moved, moves, quotes, timeline, topics
from readout.pages.atlas import survey
from readout.records import Corpus, Page, Site


def all_pages(corpus: Corpus, site: Site | None = None) -> Iterator[Page]:
    """Every derived file of the site's source; `site` is what `mkdocs.yml` says of it."""
    site = site or Site()
    atlas = survey(corpus, site)
    yield from home.pages(atlas)
    yield from briefing.pages(atlas)
    yield from actor.pages(atlas)
    yield from moves.pages(atlas)
    yield from quotes.pages(atlas)
    # A letter's links lead nowhere from another machine unless the site's own address is known.
    yield from timeline.pages(atlas, "" if site.address == Site().address else site.address)
    yield from topics.pages(atlas)
    yield from moved.pages(atlas)
    for item in corpus.briefings:
        yield from cite.pages(item, site)
    yield from feeds.pages(atlas, site)
    yield from data.pages(atlas, site)
