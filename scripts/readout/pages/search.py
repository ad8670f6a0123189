"""What the search index is made of: one small HTML file for each briefing, actor and thread, for Pagefind to read.

These files are no pages of the site: `site` puts them aside, has Pagefind index them, and the results lead to the
pages of the same address. So the index holds what readers look for and nothing of the pages' frames, and it is the
same whichever program builds the pages.

Each statement is an element with its anchor as id; Pagefind tells at which word each begins, so a hit is traced to
its statement. What kind of statement each is stands in the record's `statements` (JSON: id → words). Filters hold
words for readers, as they are shown.

One index for each year, one for the newest month, which alone grows, and one for what spans years (`names`: actors,
threads, the hand-written pages). A year that is over keeps its files byte by byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from readout.pages.atlas import Atlas, move_id, outlet, quote_id, title
from readout.pages.taxonomy import FAMILY_OF, status_words, type_words
from readout.pages.words import clean, date_words, day, esc, office
from readout.records import Briefing, Identity, Thread

NAMES = "names"
UNDATED = "undated"


Known = Mapping[tuple[str, str], Sequence[str]]
"""(Kind, usual name) → other names, whether or not an article has used them."""


class Entry(NamedTuple):
    """A record of the index: which index, the address it leads to (`actors/x/`), and its HTML."""

    part: str
    path: str
    html: str


def meta(name: str, value: str) -> str:
    """A value that results carry along, not itself searched for."""
    return f'<i data-pagefind-meta="{name}[data-v]" data-v="{esc(value)}"></i>'


def filters(name: str, values: Iterator[str] | list[str]) -> str:
    """Values to filter by, each once."""
    return "".join(
        f'<i data-pagefind-filter="{name}[data-v]" data-v="{esc(v)}"></i>'
        for v in dict.fromkeys(values)
        if clean(v)
    )


def document(name: str, weight: int, body: str) -> str:
    """A file that Pagefind reads; its heading is the result's title and weighs more than the rest."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{esc(name)}</title></head><body data-pagefind-body>'
        f'<h1 id="top" data-pagefind-meta="title" data-pagefind-weight="{weight}">{esc(name)}</h1>\n{body}</body></html>\n'
    )


def statement(anchor: str, words: str) -> str:
    """A statement with its anchor."""
    return f'<p id="{esc(anchor)}">{esc(words)}</p>\n'


def indexes(atlas: Atlas) -> dict[str, str]:
    """Briefing's slug → name of its index: its year, or its month where that is the newest."""
    months = {b.header.slug: day(b.header.published) for b in atlas.corpus.briefings}
    newest = max((d.isoformat()[:7] for d in months.values() if d), default="")
    return {
        slug: UNDATED if d is None else newest if d.isoformat()[:7] == newest else str(d.year)
        for slug, d in months.items()
    }


def briefing_entry(b: Briefing, atlas: Atlas, index: str) -> Entry:
    """A briefing with its statements."""
    slug = b.header.slug
    names = {a.id: a.name for a in b.actors}
    what: dict[str, list[str]] = {}
    lines = [f"<p>{esc(outlet(b))} {esc(date_words(b.header.published))}</p>\n"]
    told = {p.words for m in b.moves for p in m.evidence}
    for p in b.summary:
        # A key sentence that is a move's evidence is found there.
        if p.words not in told:
            lines.append(statement(f"s-{p.span.start}", p.words))
    for m in b.moves:
        who, whom = (", ".join(names.get(a, a) for a in parties) for parties in (m.actors, m.targets))
        what.setdefault(move_id(m), [type_words(m.type), status_words(m.status)])
        head = f"{m.label}. {who}{' → ' + whom if whom else ''}. {type_words(m.type)}, {status_words(m.status).lower()}."
        lines.append(statement(move_id(m), f"{head} {' '.join(p.words for p in m.evidence)}"))
    for q in b.quotes:
        what.setdefault(quote_id(q), [q.kind])
        speaker = names.get(q.speaker or "", "Speaker not named")
        via = f" (via {q.via})" if q.via else ""
        lines.append(statement(quote_id(q), f"{speaker}{via}: {' … '.join(p.words for p in q.content)}"))
    for a in b.actors:
        roles = ", ".join(dict.fromkeys(office(r) for r in a.roles))
        lines.append(
            statement(
                f"a-{a.id}",
                f"{a.name}{', ' + roles if roles else ''}{' · ' + ', '.join(a.aliases) if a.aliases else ''}",
            )
        )
    date = day(b.header.published)
    lines += [
        meta("kind", "briefing"),
        meta("source", outlet(b)),
        meta("date", date.isoformat() if date else ""),
        meta("statements", json.dumps(what, ensure_ascii=False, separators=(",", ":"))),
        filters("topic", [FAMILY_OF[m.type].title for m in b.moves if m.type in FAMILY_OF]),
        filters("year", [str(date.year)] if date else []),
        filters("type", [type_words(m.type) for m in b.moves]),
        filters("status", [status_words(m.status) for m in b.moves]),
        filters("outlet", [outlet(b)]),
        filters("actor", [i.name for a in b.actors if (i := atlas.who.get((slug, a.id)))]),
    ]
    return Entry(index, f"briefings/{slug}/", document(title(b), 3, "".join(lines)))


def actor_entry(identity: Identity, atlas: Atlas, known: Known) -> Entry:
    """An actor under all its names: those of the articles, and those `known` has for it."""
    aliases = list(dict.fromkeys([*identity.aliases, *known.get((identity.kind, identity.name), ())]))
    seen = atlas.seen.get(identity.id, [])
    roles = list(dict.fromkeys(clean(office(r)) for s in seen for r in s.actor.roles))[:6]
    said = len(atlas.said.get(identity.id, ()))
    body = f'<p data-pagefind-weight="8">{esc(", ".join(aliases))}</p>\n<p>{esc(", ".join(roles))}</p>\n'
    body += (
        meta("kind", "actor")
        + meta("actor", identity.kind)
        + meta("quotes", str(said))
        + meta("briefings", str(len(seen)))
    )
    return Entry(NAMES, f"actors/{identity.id}/", document(identity.name, 10, body))


def thread_entry(thread: Thread, atlas: Atlas) -> Entry:
    """A move across briefings."""

    def shown(party: str) -> str:
        found = atlas.identities.get(party)
        return found.name if found else party

    who, whom = (", ".join(shown(p) for p in parties) for parties in (thread.actors, thread.targets))
    dates = [e.date for e in thread.events if e.date]
    body = f"<p>{esc(who)}{' → ' + esc(whom) if whom else ''}. {esc(type_words(thread.type))}, {esc(status_words(thread.status).lower())}.</p>\n"
    body += (
        meta("kind", "move")
        + meta("status", status_words(thread.status))
        + meta("type", type_words(thread.type))
    )
    body += meta("date", max(dates, default="")) + meta("reports", str(len(thread.events)))
    body += filters("topic", [FAMILY_OF[thread.type].title] if thread.type in FAMILY_OF else [])
    body += filters("year", sorted({d[:4] for d in dates})) + filters("type", [type_words(thread.type)])
    body += filters("status", [status_words(thread.status)])
    body += filters(
        "actor",
        [atlas.identities[p].name for p in (*thread.actors, *thread.targets) if p in atlas.identities],
    )
    return Entry(NAMES, f"moves/{thread.id}/", document(thread.label, 4, body))


def entries(atlas: Atlas, known: Known | None = None) -> Iterator[Entry]:
    """All records; `known` are further names under which actors are found (“Kremlin” for Russia).

    A move that one article reports is found in its briefing; a thread of several has its own record.
    """
    which = indexes(atlas)
    for b in atlas.corpus.briefings:
        yield briefing_entry(b, atlas, which[b.header.slug])
    for identity in atlas.corpus.identities:
        yield actor_entry(identity, atlas, known or {})
    for thread in atlas.corpus.threads:
        if len(thread.events) > 1:
            yield thread_entry(thread, atlas)
