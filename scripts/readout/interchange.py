"""Extraction ↔ one line of the extraction format (documented in docs/format.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from readout.records import Extraction, Passage, Role


def spans(passages: Iterable[Passage]) -> list[list[int]]:
    """The places of passages as `[start, end]` pairs."""
    return [[p.span.start, p.span.end] for p in passages]


def said(role: Role) -> str:
    """A role in one string; one that is not held, or not in full, says so: `former President`."""
    return f"{role.status} {role.title}" if role.status in {"former", "acting", "then"} else role.title


def to_object(extraction: Extraction) -> dict[str, Any]:
    """The extraction as plain data, keys in the order of the format."""
    article = extraction.article
    return {
        "id": article.id,
        "text": article.text,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": article.published,
        "actors": [
            {
                "id": a.id,
                "name": a.name,
                "kind": a.kind,
                "roles": list(dict.fromkeys(said(role) for role in a.roles)),
                "aliases": list(a.aliases),
                "mentions": [[m.span.start, m.span.end, m.form] for m in extraction.mentions.get(a.id, ())],
                "salience": a.salience,
            }
            for a in extraction.actors
        ],
        "quotes": [
            {
                "kind": q.kind,
                "content": spans(q.content),
                "speaker": q.speaker,
                "source": spans(q.source) or None,
                "cue": spans(q.cue) or None,
                "via": q.via,
            }
            for q in extraction.quotes
        ],
        "moves": [
            {
                "type": m.type,
                "label": m.label,
                "status": m.status,
                "actors": list(m.actors),
                "targets": list(m.targets),
                "terms": [
                    {
                        "kind": t.kind,
                        "text": t.passage.words,
                        "span": [t.passage.span.start, t.passage.span.end],
                        **({"norm": t.norm} if t.norm else {}),
                    }
                    for t in m.terms
                ],
                "trigger": [m.trigger.span.start, m.trigger.span.end],
                "evidence": spans(m.evidence),
            }
            for m in extraction.moves
        ],
    }


def to_line(extraction: Extraction) -> str:
    """One line of JSON, without a line end; characters beyond ASCII stand as they are."""
    return json.dumps(to_object(extraction), ensure_ascii=False, separators=(",", ":"))
