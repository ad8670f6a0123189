"""Articles of a case, each on a line, as briefings; identities and threads as text a person can read.

    one 2031-03-04 Ostrel Courier: C Varnia = Varnian; P Benedikta Rao (foreign minister of Elmarra)
    - ceasefire proposed: 45-day ceasefire | Benedikta Rao > Varnia, Sulland | duration 45-day = P45D
    “a 45-day ceasefire is all we want” Benedikta Rao

A line with a colon begins an article: slug, date (`?` for none), outlet; then its actors, parted by `;`: a letter for
the kind (P O C L G), name, `=` aliases parted by `/`, roles in brackets. Then its moves: type, status, label, actors
and targets, terms. A quotation stands on the move before it. After a line `---` come decisions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from readout.corpus import decisions, history, identity
from readout.records import (
    Actor,
    Briefing,
    Decision,
    Header,
    Identity,
    Move,
    Passage,
    Problem,
    Quote,
    Role,
    Span,
    Term,
    Thread,
)
from readout.slugs import slug

KINDS = {"P": "person", "O": "organization", "C": "country", "L": "place", "G": "group"}
ARTICLE = re.compile(r"(?P<slug>[\w-]+) (?P<date>\?|\d{4}-\d\d-\d\d)(?: (?P<source>[^:]+))?:(?P<actors>.*)")
ACTOR = re.compile(
    r"(?P<kind>[POCLG]) (?P<name>[^=(]+?)(?: = (?P<aliases>[^(]+?))?(?: \((?P<roles>[^)]*)\))?"
)
MOVE = re.compile(
    r"- (?P<type>[\w-]+) (?P<status>[\w-]+): (?P<label>[^|]*?)(?: \| (?P<sides>[^|]*?)(?: \| (?P<terms>.*))?)?"
)
STATUSES = ("former", "acting", "elect")


def role(words: str) -> Role:
    """A role; `former president of Peru` keeps its word and has the status."""
    first = words.split()[0]
    return Role(words, first if first in STATUSES else "current", None)


def passage(words: str, start: int, length: int | None = None) -> Passage:
    return Passage(Span(start, start + (length or len(words))), words)


def briefings(lines: Iterable[str]) -> list[Briefing]:
    """The briefings of a case's lines."""
    found: list[Briefing] = []
    heads: list[tuple[Header, list[Actor], list[Move], list[Quote]]] = []
    at = 0
    for line in lines:
        head, act, move = ARTICLE.fullmatch(line), None, MOVE.fullmatch(line)
        if head:
            actors: list[Actor] = []
            for item in filter(None, (x.strip() for x in head["actors"].split(";"))):
                act = ACTOR.fullmatch(item)
                assert act, item
                roles = tuple(role(r.strip()) for r in (act["roles"] or "").split(",") if r.strip())
                aliases = tuple(a.strip() for a in (act["aliases"] or "").split("/") if a.strip())
                name = act["name"].strip()
                own = slug(name)
                while any(a.id == own for a in actors):
                    own += "-2"
                actors.append(Actor(own, name, KINDS[act["kind"]], roles, aliases, None, 1, 0.5))
            date = None if head["date"] == "?" else head["date"]
            heads.append(
                (
                    Header(head["slug"], f"{head['slug']}.txt", "", source=head["source"], published=date),
                    actors,
                    [],
                    [],
                )
            )
            at = 0
        elif move:
            _, actors, moves, _ = heads[-1]
            names = {a.name: a.id for a in actors}
            who, _, whom = (move["sides"] or "").partition(">")
            sides = [
                tuple(names.get(n.strip(), n.strip()) for n in part.split(",") if n.strip())
                for part in (who, whom)
            ]
            at += 1000
            terms = []
            for n, item in enumerate(filter(None, (t.strip() for t in (move["terms"] or "").split(";")))):
                words, _, norm = item.partition(" = ")
                kind, _, words = words.partition(" ")
                terms.append(Term(kind, passage(words, at + 100 + 50 * n), norm or None))
            label = move["label"]
            moves.append(
                Move(
                    move["type"],
                    label,
                    move["status"],
                    *sides,
                    tuple(terms),
                    passage(label or "x", at),
                    (passage(label or "x", at),),
                )
            )
        elif line.startswith("“"):
            words, _, speaker = line[1:].partition("” ")
            own = next(a.id for a in heads[-1][1] if a.name == speaker)
            heads[-1][3].append(Quote("direct", (passage(words, at, 900),), own))
        else:
            raise ValueError(f"not understood: {line!r}")
    for header, actors, moves, quotes in heads:
        found.append(Briefing(header, (), tuple(actors), tuple(quotes), tuple(moves)))
    return found


def read(given: str) -> tuple[list[Briefing], tuple[Decision, ...], list[Problem]]:
    """Briefings and decisions of a case."""
    articles, _, decided = given.partition("\n---\n")
    known, problems = decisions.parse(decided)
    return briefings(line for line in articles.split("\n") if line.strip()), known, problems


def show_identities(identities: Sequence[Identity], problems: Sequence[Problem] = ()) -> str:
    """`id | name: slugs of its articles, oldest first, undated ones before`, then problems."""
    rows = []
    for i in identities:
        name = "" if i.id.startswith(slug(i.name)) else f" | {i.name}"
        rows.append(f"{i.id}{name}: {', '.join(s for s, _ in reversed(i.members))}")
    return "\n".join([*rows, *(f"! {p}" for p in problems)])


def show_threads(threads: Sequence[Thread], problems: Sequence[Problem] = ()) -> str:
    """`label | status: article status, …` oldest thread first, with what differs; then problems."""
    rows = []
    for t in sorted(threads, key=lambda t: (t.events[0].date or "9", t.events[0].slug, t.events[0].index)):
        rows.append(f"{t.label} | {t.status}: {', '.join(f'{e.slug} {e.status}' for e in t.events)}")
        for d in (*t.differences, *t.statements):
            rows.append(
                f"  {d.about}{' of ' + d.who if d.who else ''}: {' / '.join(f'{a.slug} {a.value}' for a in d.accounts)}"
            )
    return "\n".join([*rows, *(f"! {p}" for p in problems)])


def link(given: str) -> str:
    """The identities of a case, as text."""
    known, decided, problems = read(given)
    identities, more = identity.linked(known, decided)
    return show_identities(identities, [*problems, *more])


def weave(given: str) -> str:
    """The threads of a case, as text."""
    known, decided, problems = read(given)
    identities, more = identity.linked(known, decided)
    threads, still = history.threaded(known, identities, decided)
    return show_threads(threads, [*problems, *more, *still])
