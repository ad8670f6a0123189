"""The corpus as data: `api/*.json` and the same as CSV, documented in `docs/data.md`.

Every record has its permalink; ids are those of the pages. A value that the article does not give is null in JSON
and empty in CSV. Nothing says when the files were made: they change only when a briefing does.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from readout.pages.atlas import Atlas, first_date, last_date, move_id, quote_id
from readout.pages.taxonomy import FAMILY_OF
from readout.pages.words import office
from readout.records import Briefing, Page, Passage, Site

VERSION = 1
"""Grows when a field changes its meaning or goes; new fields may come at any time."""

Row = dict[str, Any]


def words(passages: tuple[Passage, ...]) -> str:
    """Passages as one string, an ellipsis between them."""
    return " … ".join(p.words for p in passages)


def spans(passages: tuple[Passage, ...]) -> list[list[int]]:
    """Their places in the article, half-open, in code points."""
    return [[p.span.start, p.span.end] for p in passages]


def briefings(atlas: Atlas, site: Site) -> Iterator[Row]:
    """One record a briefing, newest first."""
    for b in atlas.corpus.briefings:
        h = b.header
        yield {
            "id": h.slug,
            "url": f"{site.address}briefings/{h.slug}/",
            "title": h.title,
            "source": h.source,
            "author": h.author,
            "published": h.published,
            "article_url": h.url,
            "words": h.words,
            "invented": h.invented,
            "edited": h.slug in atlas.corpus.edited,
            "key_sentences": [p.words for p in b.summary],
            "actors": [i.id for a in b.actors if (i := atlas.who.get((h.slug, a.id)))],
            "quotes": len(b.quotes),
            "moves": len(b.moves),
            "sha256": h.digest,
        }


def actors(atlas: Atlas, site: Site) -> Iterator[Row]:
    """One record an actor across briefings, by id."""
    for i in atlas.corpus.identities:
        seen = atlas.seen.get(i.id, [])
        dates = sorted(s.briefing.header.published for s in seen if s.briefing.header.published)
        yield {
            "id": i.id,
            "url": f"{site.address}actors/{i.id}/",
            "name": i.name,
            "kind": i.kind,
            "aliases": list(i.aliases),
            "roles": list(dict.fromkeys(office(r) for s in reversed(seen) for r in s.actor.roles)),
            "briefings": len({s.briefing.header.slug for s in seen}),
            "mentions": sum(s.actor.count for s in seen),
            "quotes": len(atlas.said.get(i.id, ())),
            "moves_as_actor": len(atlas.acts.get(i.id, ())),
            "moves_as_target": len(atlas.suffers.get(i.id, ())),
            "first_seen": dates[0] if dates else None,
            "last_seen": dates[-1] if dates else None,
        }


def identity(atlas: Atlas, b: Briefing, actor: str | None) -> str | None:
    """The id of an actor's page, from its id in a briefing."""
    found = atlas.who.get((b.header.slug, actor)) if actor else None
    return found.id if found else None


def quotes(atlas: Atlas, site: Site) -> Iterator[Row]:
    """One record a quote: newest briefing first, in the article's order."""
    for b in atlas.corpus.briefings:
        names = {a.id: a.name for a in b.actors}
        for q in sorted(b.quotes, key=lambda q: q.content[0].span):
            yield {
                "id": f"{b.header.slug}#{quote_id(q)}",
                "url": f"{site.address}briefings/{b.header.slug}/#{quote_id(q)}",
                "briefing": b.header.slug,
                "published": b.header.published,
                "source": b.header.source,
                "kind": q.kind,
                "words": words(q.content),
                "speaker": identity(atlas, b, q.speaker),
                "speaker_name": names.get(q.speaker or ""),
                "said": words(q.cue) or None,
                "via": q.via,
                "spans": spans(q.content),
                "rule": q.rule or None,
            }


def moves(atlas: Atlas, site: Site) -> Iterator[Row]:
    """One record a move in a briefing: newest briefing first, in the briefing's order."""
    for b in atlas.corpus.briefings:
        names = {a.id: a.name for a in b.actors}
        for index, m in enumerate(b.moves):
            thread = atlas.thread_of.get((b.header.slug, index))
            family = FAMILY_OF.get(m.type)
            yield {
                "id": f"{b.header.slug}#{move_id(m)}",
                "url": f"{site.address}briefings/{b.header.slug}/#{move_id(m)}",
                "thread": thread.id if thread else None,
                "briefing": b.header.slug,
                "published": b.header.published,
                "source": b.header.source,
                "type": m.type,
                "family": family.code if family else None,
                "label": m.label,
                "status": m.status,
                "actors": [names.get(a, a) for a in m.actors],
                "actor_ids": [i for a in m.actors if (i := identity(atlas, b, a))],
                "targets": [names.get(a, a) for a in m.targets],
                "target_ids": [i for a in m.targets if (i := identity(atlas, b, a))],
                "terms": [{"kind": t.kind, "words": t.passage.words, "norm": t.norm} for t in m.terms],
                "hedge": m.hedge.words if m.hedge else None,
                "trigger": m.trigger.words,
                "evidence": [p.words for p in m.evidence],
                "spans": spans(m.evidence),
                "rule": m.rule or None,
            }


def threads(atlas: Atlas, site: Site) -> Iterator[Row]:
    """One record a thread, by latest report, newest first."""
    for t in atlas.corpus.threads:
        family = FAMILY_OF.get(t.type)
        yield {
            "id": t.id,
            "url": f"{site.address}moves/{t.id}/",
            "type": t.type,
            "family": family.code if family else None,
            "label": t.label,
            "status": t.status,
            "actors": list(t.actors),
            "targets": list(t.targets),
            "first_date": first_date(t),
            "last_date": last_date(t),
            "history": [
                {
                    "date": e.date,
                    "status": e.status,
                    "move": f"{e.slug}#{move_id(atlas.briefings[e.slug].moves[e.index])}",
                }
                for e in t.events
                if e.slug in atlas.briefings and e.index < len(atlas.briefings[e.slug].moves)
            ],
        }


TABLES = {"briefings": briefings, "actors": actors, "quotes": quotes, "moves": moves, "threads": threads}


def as_json(rows: list[Row]) -> str:
    """A list of records, one on each line, so that a difference between two versions can be read."""
    return "[" + ",\n".join(json.dumps(r, ensure_ascii=False, separators=(",", ":")) for r in rows) + "]\n"


def cell(value: Any) -> str:
    """A value in CSV: lists joined by `; `, records in them as JSON, null empty.

    What a spreadsheet would run as a formula gets an apostrophe in front. Source: OWASP, CSV Injection.

    >>> cell(["a", "b"]), cell(None), cell(True), cell("=1+1")
    ('a; b', '', 'true', "'=1+1")
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = "; ".join(
            v if isinstance(v, str) else json.dumps(v, ensure_ascii=False, separators=(",", ":"))
            for v in value
        )
    if isinstance(value, str):
        # A cell begins with what a spreadsheet would calculate: words of an article are never a formula.
        return "'" + value if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
    return str(value)


def as_csv(rows: list[Row]) -> str:
    """The records as CSV (RFC 4180) in UTF-8 with a byte order mark, which Excel needs to read it as such."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    if rows:
        writer.writerow(rows[0])
        writer.writerows([cell(v) for v in r.values()] for r in rows)
    return "\ufeff" + out.getvalue()


def pages(atlas: Atlas, site: Site) -> Iterator[Page]:
    """The files of the data, and `api/index.json`, which names them."""
    files = {}
    for name, table in TABLES.items():
        rows = list(table(atlas, site))
        files[name] = {"records": len(rows), "json": f"{site.address}api/{name}.json", "csv": f"{site.address}api/{name}.csv",
                       "fields": list(rows[0]) if rows else []}  # fmt: skip
        yield Page(f"api/{name}.json", as_json(rows))
        yield Page(f"api/{name}.csv", as_csv(rows))
    index = {
        "version": VERSION,
        "site": site.address,
        "documentation": f"{site.address}data/",
        "tables": files,
    }
    yield Page("api/index.json", json.dumps(index, ensure_ascii=False, indent=1) + "\n")
