"""The page of one briefing."""

from __future__ import annotations

from readout.pages.words import safe
from readout.records import Briefing, Corpus, Page


def page(briefing: Briefing, corpus: Corpus) -> Page:
    """Headline, key points, actors, quotes and moves of one article."""
    names = {a.id: a.name for a in briefing.actors}
    lines = [f"# {safe(briefing.header.title or 'Untitled article')}", ""]
    lines += ["## In brief", "", *(f"- {safe(p.words)}" for p in briefing.summary), ""]
    lines += ["## Quotes", ""]
    for quote in briefing.quotes:
        lines.append(f"- **{safe(names.get(quote.speaker or '', 'Speaker not named'))}** {' … '.join(safe(p.words) for p in quote.content)}")
    lines += ["", "## Policy moves", ""]
    for move in briefing.moves:
        lines.append(f"- {safe(move.label)}: {move.type}, {move.status}")
    return Page(f"briefings/{briefing.header.slug}.md", "\n".join(lines) + "\n")
