"""The corpus with ways through it: who is who on which page, which move belongs to which thread, what stood when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from readout.pages.words import day
from readout.records import (
    Actor,
    Briefing,
    Corpus,
    Difference,
    Event,
    Identity,
    Move,
    Quote,
    Site,
    Span,
    Thread,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A quote and the briefing it stands in."""

    briefing: Briefing
    quote: Quote


@dataclass(frozen=True, slots=True)
class Seen:
    """An actor of one briefing, with the briefing."""

    briefing: Briefing
    actor: Actor


@dataclass(frozen=True, slots=True)
class Atlas:
    """Lookups over a corpus; made by `survey`, never changed after."""

    corpus: Corpus
    briefings: dict[str, Briefing] = field(default_factory=dict)
    """By slug."""
    identities: dict[str, Identity] = field(default_factory=dict)
    """By id."""
    threads: dict[str, Thread] = field(default_factory=dict)
    """By id."""
    who: dict[tuple[str, str], Identity] = field(default_factory=dict)
    """(briefing's slug, actor's id there) → identity; an ignored actor has none."""
    thread_of: dict[tuple[str, int], Thread] = field(default_factory=dict)
    """(briefing's slug, index into its moves) → thread."""
    seen: dict[str, list[Seen]] = field(default_factory=dict)
    """Identity's id → where it occurs, newest briefing first."""
    said: dict[str, list[Said]] = field(default_factory=dict)
    """Identity's id → its quotes, newest briefing first."""
    acts: dict[str, list[Thread]] = field(default_factory=dict)
    """Identity's id → threads it initiates, newest first."""
    suffers: dict[str, list[Thread]] = field(default_factory=dict)
    """Identity's id → threads aimed at it, newest first."""
    days: dict[str, list[Briefing]] = field(default_factory=dict)
    """ISO day → its briefings, by slug; newest day first."""
    undated: tuple[Briefing, ...] = ()
    site: Site = field(default_factory=Site)
    """What `mkdocs.yml` says of the site: its address stands in metadata and citations."""
    weights: dict[str, float] = field(default_factory=dict)
    """Identity's id → the sum of its centrality."""
    own_words: dict[str, list[tuple[Thread, Difference]]] = field(default_factory=dict)
    """Identity's id → its statements on one move that differ."""

    def weight(self, identity: str) -> float:
        """How central an actor is over all briefings: the sum of its centrality in each."""
        return self.weights.get(identity, 0.0)


def survey(corpus: Corpus, site: Site | None = None) -> Atlas:
    """The atlas of a corpus."""
    briefings = {b.header.slug: b for b in corpus.briefings}
    who = {member: i for i in corpus.identities for member in i.members}
    thread_of = {(e.slug, e.index): t for t in corpus.threads for e in t.events}
    seen: dict[str, list[Seen]] = defaultdict(list)
    said: dict[str, list[Said]] = defaultdict(list)
    days: dict[str, list[Briefing]] = defaultdict(list)
    undated: list[Briefing] = []
    for b in corpus.briefings:
        slug = b.header.slug
        for actor in b.actors:
            identity = who.get((slug, actor.id))
            if identity:
                seen[identity.id].append(Seen(b, actor))
        for quote in sorted(b.quotes, key=lambda q: q.content[0].span):
            identity = who.get((slug, quote.speaker)) if quote.speaker else None
            if identity:
                said[identity.id].append(Said(b, quote))
        date = day(b.header.published)
        if date:
            days[date.isoformat()].append(b)
        else:
            undated.append(b)
    acts: dict[str, list[Thread]] = defaultdict(list)
    suffers: dict[str, list[Thread]] = defaultdict(list)
    ids = {i.id for i in corpus.identities}
    for thread in corpus.threads:
        for found, parties in ((acts, thread.actors), (suffers, thread.targets)):
            for party in dict.fromkeys(parties):
                if party in ids:
                    found[party].append(thread)
    own_words: dict[str, list[tuple[Thread, Difference]]] = defaultdict(list)
    for thread in corpus.threads:
        for difference in thread.statements:
            if difference.who:
                own_words[difference.who].append((thread, difference))
    return Atlas(
        corpus=corpus,
        briefings=briefings,
        identities={i.id: i for i in corpus.identities},
        threads={t.id: t for t in corpus.threads},
        who=who,
        thread_of=thread_of,
        seen=dict(seen),
        said=dict(said),
        acts=dict(acts),
        suffers=dict(suffers),
        days={d: days[d] for d in sorted(days, reverse=True)},
        undated=tuple(undated),
        site=site or Site(),
        own_words=dict(own_words),
        weights={i: sum(s.actor.salience for s in found) for i, found in seen.items()},
    )


def move_at(atlas: Atlas, event: Event) -> Move | None:
    """The move behind a thread's event; None where the briefing is not there."""
    briefing = atlas.briefings.get(event.slug)
    return briefing.moves[event.index] if briefing and event.index < len(briefing.moves) else None


def quote_id(quote: Quote) -> str:
    """A quote's anchor on its briefing's page."""
    return f"q-{quote.content[0].span.start}"


def move_id(move: Move) -> str:
    """A move's anchor on its briefing's page."""
    return f"m-{move.trigger.span.start}"


def last_date(thread: Thread) -> str | None:
    """The date of a thread's latest dated event."""
    return max((e.date for e in thread.events if e.date), default=None)


def first_date(thread: Thread) -> str | None:
    """The date of a thread's first dated event."""
    return min((e.date for e in thread.events if e.date), default=None)


def outlet(briefing: Briefing) -> str:
    """The outlet's name, or that it is unknown."""
    return briefing.header.source or "outlet unknown"


def title(briefing: Briefing) -> str:
    """The headline, or that there is none."""
    return briefing.header.title or "Untitled article"


def length(briefing: Briefing) -> int:
    """The article's length in characters, near enough to say how far into it a passage stands.

    The briefing knows the words only; English news runs at six characters a word, spaces included.
    """
    spans: list[Span] = [p.span for p in briefing.summary]
    spans += [p.span for q in briefing.quotes for p in q.content]
    spans += [p.span for m in briefing.moves for p in m.evidence]
    return max([briefing.header.words * 6, 1, *(s.end for s in spans)])
