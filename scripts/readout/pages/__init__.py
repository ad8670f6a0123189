"""Corpus → Pages: one module for each kind of page."""

from __future__ import annotations

from collections.abc import Iterator

from readout.pages import briefing
from readout.records import Corpus, Page


def all_pages(corpus: Corpus) -> Iterator[Page]:
    """Every derived file of the site's source."""
    for item in corpus.briefings:
        yield briefing.page(item, corpus)
