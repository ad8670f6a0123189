"""The corpus as charts: which figures go into which, and the ways out of a page to the pages they name.

Each function gives HTML on one line, or "" where there is too little to draw. `root` is the way from the page to
the site's root (`words.root_from`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from readout.pages import charts
from readout.pages.atlas import Atlas, Said, move_at, move_id, outlet
from readout.pages.charts import Edge, Row, Step
from readout.pages.taxonomy import status_words
from readout.pages.words import day
from readout.records import Briefing, Identity, Thread

MOST = 6
"""Actors in the chart of the most quoted."""
ROUND = 14
"""Actors in a network: more cannot be told apart."""

Ties = Mapping[str, Mapping[tuple[str, str, str], int]]
"""Identity's id → (who, whom, `says` or `acts`) → how often."""


def month(briefing: Briefing) -> str | None:
    """The month of publication, `2031-03`; None where it is unknown."""
    date = day(briefing.header.published)
    return date.isoformat()[:7] if date else None


def span(atlas: Atlas) -> tuple[str, ...]:
    """All months from the first dated briefing to the last."""
    days = list(atlas.days)
    return charts.months_between(min(days)[:7], max(days)[:7]) if days else ()


def by_month(said: Iterable[Said], months: tuple[str, ...]) -> tuple[int, ...]:
    """How many quotes fall into each month."""
    found = Counter(month(s.briefing) for s in said)
    return tuple(found[m] for m in months)


def most_quoted(atlas: Atlas, root: str, key: str = "chart-quoted") -> str:
    """The actors with the most quotes, by month."""
    months = span(atlas)
    top = sorted(atlas.said, key=lambda i: (-len(atlas.said[i]), i))[:MOST]
    rows = [Row(atlas.identities[i].name, f"{root}actors/{i}/", by_month(atlas.said[i], months)) for i in top]
    return charts.over_time(key, "Who is quoted how much", "quotes", months, rows) if len(months) > 1 else ""


def quotes_of(atlas: Atlas, identity: Identity, root: str, key: str = "chart-quotes") -> str:
    """An actor's quotes by month; "" for fewer than four, or all in one month."""
    counts = by_month(atlas.said.get(identity.id, ()), span(atlas))
    if sum(counts) < 4 or sum(1 for c in counts if c) < 2:
        return ""
    row = Row(identity.name, None, counts)
    return charts.over_time(key, f"Quotes of {identity.name} by month", "quotes", span(atlas), [row])


def history_of(atlas: Atlas, thread: Thread, root: str, key: str = "chart-status") -> str:
    """A thread's status through time; "" where all reports are of one day."""
    steps = []
    for event in thread.events:
        briefing, move = atlas.briefings.get(event.slug), move_at(atlas, event)
        if briefing and move:
            link = f"{root}briefings/{event.slug}/#{move_id(move)}"
            steps.append(Step(event.date, event.status, status_words(event.status), outlet(briefing), link))
    return charts.status_history(key, "Status, report by report", steps)


def ties(atlas: Atlas) -> Ties:
    """Who speaks about whom (a name of the one in a quote of the other), and who acts on whom (moves)."""
    found: dict[str, Counter[tuple[str, str, str]]] = defaultdict(Counter)

    def note(source: Identity | None, target: Identity | None, kind: str) -> None:
        if source and target and source.id != target.id:
            for end in (source.id, target.id):
                found[end][source.id, target.id, kind] += 1

    for briefing in atlas.corpus.briefings:
        slug = briefing.header.slug
        named = [
            (a, re.compile(r"\b(?:" + "|".join(map(re.escape, (a.name, *a.aliases))) + r")\b"))
            for a in briefing.actors
        ]
        for quote in briefing.quotes:
            speaker = atlas.who.get((slug, quote.speaker)) if quote.speaker else None
            words = " ".join(p.words for p in quote.content)
            for actor, pattern in named if speaker else ():
                if pattern.search(words):
                    note(speaker, atlas.who.get((slug, actor.id)), "says")
        for move in briefing.moves:
            for who in move.actors:
                for whom in move.targets:
                    note(atlas.who.get((slug, who)), atlas.who.get((slug, whom)), "acts")
    return found


def edges(counts: Mapping[tuple[str, str, str], int]) -> list[Edge]:
    """Counts as edges, the heaviest first."""
    return sorted(
        (Edge(*tie, n) for tie, n in counts.items()), key=lambda e: (-e.times, e.kind, e.source, e.target)
    )


def network(atlas: Atlas, found: Ties, root: str, key: str = "chart-network") -> str:
    """The most connected actors and their ties."""
    weight = {i: sum(counts.values()) for i, counts in found.items()}
    top = sorted(weight, key=lambda i: (-weight[i], i))[:ROUND]
    # An actor is shown for its ties to others who are shown.
    names = {i: atlas.identities[i].name for i in top}
    inner: dict[tuple[str, str, str], int] = {}
    for i in top:
        inner.update({tie: n for tie, n in found[i].items() if tie[0] in names and tie[1] in names})
    links = {i: f"{root}actors/{i}/" for i in names}
    return charts.network(key, "Who speaks about whom, who acts on whom", names, edges(inner), links)


def network_of(atlas: Atlas, found: Ties, identity: Identity, root: str, key: str = "chart-network") -> str:
    """An actor and those it has most to do with; "" for fewer than two of them."""
    counts = found.get(identity.id, {})
    weight: Counter[str] = Counter()
    for (source, target, _), n in counts.items():
        weight[target if source == identity.id else source] += n
    near = sorted(weight, key=lambda i: (-weight[i], i))[:ROUND]
    if len(near) < 2:
        return ""
    names = {i: atlas.identities[i].name for i in (identity.id, *near)}
    links = {i: f"{root}actors/{i}/" for i in near}
    title = f"Who {identity.name} speaks about and acts on, and who on them"
    return charts.network(key, title, names, edges(counts), links, middle=identity.id)
