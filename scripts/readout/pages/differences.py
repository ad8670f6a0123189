"""Where outlets differ on one move, and by which rule that is said."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from readout.pages import taxonomy
from readout.pages.atlas import Atlas, move_at
from readout.pages.parts import source_line, status_chip
from readout.pages.words import clean, day, esc, marked
from readout.records import Briefing, Event, Move, Passage, Span, Thread

DAYS = 3
"""Accounts further apart may both be right: things move on."""
RULES = {
    "status": f"Rule: two outlets, at most {DAYS} days apart, give the same move different statuses.",
    "term": f"Rule: two outlets, at most {DAYS} days apart, give the same kind of term different values.",
}


class Account(NamedTuple):
    """What one briefing says of the point at issue."""

    briefing: Briefing
    move: Move
    value: str
    """HTML."""
    evidence: Passage
    marks: tuple[tuple[Span, str], ...]


class Difference(NamedTuple):
    """Two accounts that differ."""

    rule: str
    about: str
    one: Account
    other: Account


def near(a: Event, b: Event) -> bool:
    """Whether two accounts are of the same time."""
    one, other = day(a.date), day(b.date)
    return one is not None and other is not None and abs((one - other).days) <= DAYS


def between_outlets(atlas: Atlas, thread: Thread) -> list[Difference]:
    """The differences in a thread, in its order; the same difference once."""
    found: list[Difference] = []
    said: set[tuple[str, str, str]] = set()
    for a, b in combinations(thread.events, 2):
        one, other = atlas.briefings.get(a.slug), atlas.briefings.get(b.slug)
        x, y = move_at(atlas, a), move_at(atlas, b)
        if not one or not other or not x or not y or not near(a, b):
            continue
        if one.header.source == other.header.source or not one.header.source or not other.header.source:
            continue
        if x.status != y.status and ("status", *sorted((x.status, y.status))) not in said:
            said.add(("status", *sorted((x.status, y.status))))  # type: ignore[arg-type]
            found.append(Difference("status", "Status", account(one, x, status_chip(x.status), x.trigger), account(other, y, status_chip(y.status), y.trigger)))
        for kind in taxonomy.TERMS:
            # Only values that can be compared, and only where each account has exactly one of the kind.
            left = [t for t in x.terms if t.kind == kind and t.norm]
            right = [t for t in y.terms if t.kind == kind and t.norm]
            if kind in ("scope", "condition") or len(left) != 1 or len(right) != 1 or left[0].norm == right[0].norm:
                continue
            key = (kind, *sorted((left[0].norm or "", right[0].norm or "")))
            if key not in said:
                said.add(key)  # type: ignore[arg-type]
                found.append(Difference("term", taxonomy.TERMS[kind], account(one, x, f"<strong>{esc(left[0].passage.words)}</strong>", left[0].passage),
                                        account(other, y, f"<strong>{esc(right[0].passage.words)}</strong>", right[0].passage)))  # fmt: skip
    return found


def account(briefing: Briefing, move: Move, value: str, mark: Passage) -> Account:
    """One side, with the sentence that holds the words at issue."""
    evidence = next((e for e in move.evidence if e.span.covers(mark.span)), move.evidence[0])
    return Account(briefing, move, value, evidence, ((mark.span, ""),))


def difference_table(atlas: Atlas, difference: Difference, root: str) -> str:
    """The two accounts side by side, with the rule."""
    cells = "".join(
        f'<div class="ro-side"><p class="ro-meta">{source_line(a.briefing, root, f"#m-{a.move.trigger.span.start}")}</p>'
        f'<p>{clean(difference.about)}: {a.value}</p><blockquote class="ro-sentence">{marked(a.evidence, a.marks)}</blockquote></div>'
        for a in (difference.one, difference.other)
    )
    return f'<div class="ro-differ"><div class="ro-sides">{cells}</div><p class="ro-hint">{esc(RULES[difference.rule])}</p></div>'
