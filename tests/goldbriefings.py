"""Gold of the project's own as briefings: what a perfect extraction would give."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from readout import goldtext
from readout.corpus import spelling, standing
from readout.records import Actor, Briefing, Header, Move, Passage, Quote, Role, Span, Term
from readout.slugs import slug

GOLD = Path(__file__).resolve().parent / "gold"
TITLE = re.compile(r"((?:[A-Z][\w’'-]*[ -](?:of (?:the )?)?){1,4})(?:\W*)$")


def briefing(path: Path) -> Briefing:
    """One annotated file as a briefing: roles are its titles and descriptions."""
    gold = goldtext.parse(path.read_text(encoding="utf-8"))
    text = gold.text

    def cut(start: int, end: int) -> Passage:
        return Passage(Span(start, end), text[start:end])

    def cuts(spans: list[list[int]]) -> tuple[Passage, ...]:
        return tuple(cut(*span) for span in spans)

    actors = []
    ids: dict[str, str] = {}
    for entity in dict.fromkeys(m.entity for m in gold.mentions):
        own = [m for m in gold.mentions if m.entity == entity]
        named = [m for m in own if m.form == "name"]
        if named[0].code == "X":
            continue
        forms = Counter(text[m.start : m.end] for m in named)
        # The fullest name of persons and bodies; of countries not an adjective, of places not a dateline.
        plain = [
            n for n in forms if not (named[0].code == "C" and n.endswith(("n", "ish"))) and not n.isupper()
        ] or list(forms)
        name = max(
            plain, key=lambda n: (len(n.split()), forms[n]) if named[0].code in "PO" else (forms[n], len(n))
        )
        if named[0].code == "C":
            name = spelling.capitals().get(spelling.plain(name)) or next(iter(spelling.nations(name)), name)
        roles: dict[str, Role] = {}
        for m in own if named[0].code == "P" else ():
            words = text[m.start : m.end] if m.form == "nominal" else ""
            before = TITLE.search(text[max(0, m.start - 40) : m.start])
            if m.form == "name" and before and standing.read(before[1].strip(), "current").office:
                words = before[1].strip()
            if words and standing.read(words, "current").office:
                roles.setdefault(words, Role(words, "current", cut(m.start, m.end)))
        ids[entity] = slug(name)
        actors.append(
            Actor(
                slug(name),
                name,
                goldtext.KINDS[named[0].code],
                tuple(roles.values()),
                tuple(f for f in forms if f != name),
                cut(named[0].start, named[0].end),
                len(own),
                round(min(1.0, len(own) / 12), 2),
            )
        )
    quotes = tuple(
        Quote(
            "direct",
            cuts(q["content"]),
            ids.get(q["speaker"] or ""),
            cuts(q["source"]),
            cuts(q["cue"]),
            q["via"],
        )
        for q in gold.quotes
    )
    moves = tuple(
        Move(
            m["type"],
            m["label"],
            m["status"],
            tuple(ids.get(a, a) for a in m["actors"]),
            tuple(ids.get(a, a) for a in m["targets"]),
            tuple(
                Term(t["kind"], cut(*t["span"]), str(t["norm"]) if t.get("norm") else None)
                for t in m["terms"]
            ),
            cut(*m["trigger"]),
            cuts(m["evidence"]),
        )
        for m in gold.moves
    )
    h = gold.header
    return Briefing(
        Header(
            path.stem,
            path.name,
            "",
            h.get("title"),
            h.get("source"),
            h.get("author"),
            h.get("url"),
            h.get("published"),
        ),
        (),
        tuple(sorted(actors, key=lambda a: -a.salience)),
        quotes,
        moves,
    )


def folder(path: Path) -> list[Briefing]:
    """All annotated files of a folder, by name."""
    return [briefing(p) for p in sorted(path.glob("*.txt"))]
