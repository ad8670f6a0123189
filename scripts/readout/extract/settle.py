"""Choices and statements → findings: no word stands in two quotes."""

from __future__ import annotations

from typing import NamedTuple

from readout.extract import extents, unsaid
from readout.extract.attribution import Choice, CuePoint
from readout.extract.contents import Statement
from readout.extract.cues import Reading
from readout.extract.syntax import FINITE
from readout.records import Span


class Finding(NamedTuple):
    """A quote before its speaker is known."""

    kind: str
    spans: tuple[Span, ...]
    cue: int
    """Index of the cue; -1 without one."""
    rule: str


def settle(
    r: Reading,
    points: list[CuePoint],
    last: list[Choice],
    quoted: list[float],
    said: list[Statement],
    least_quoted: float,
    least_sourced: float,
) -> list[Finding]:
    """Join stretches and statements of one cue, and part those of different cues.

    A stretch that hangs on the cue of a statement around it makes the statement mixed. A stretch that
    hangs on
    another cue stays out of it. Of two statements that overlap the surer one keeps the words.
    """
    owner: dict[int, int] = {}
    for k, choice in enumerate(last):
        if quoted[k] > least_quoted and r.tokens_of[k][1] > r.tokens_of[k][0]:
            owner[k] = choice.best if choice.best >= 0 and choice.score > least_sourced else -1
    taken = [False] * r.n
    pieces = turns(r, points, quoted)
    closed = extents.closing(r, points)
    opening = [p.cue.first for p in points if p.cue.rank == 0 and extents.opened(r, p.cue) is not None]
    for spoken in pieces.values():
        for a, b in spoken:
            # with the label, and the mark before it
            for j in range(r.doc.sentences[r.sentence[a]].first, b):
                taken[j] = True
    for told in outer_first(points, said):
        # the runner-up source of a cue stands beside it: the same token, another index
        at = points[told.cue].cue.at
        own = {k for k, cue in owner.items() if cue >= 0 and points[cue].cue.at == at}
        key = owner[min(own)] if own else told.cue
        if key in pieces or unsaid.denied(points[told.cue], told):
            continue
        if own:
            place = points[told.cue]
            told = told._replace(ranges=tuple(x for x in told.ranges if not extents.where_said(r, place, *x)))
        if not told.ranges or unsaid.says_nothing(r, told) or unsaid.mere_act(r, points[told.cue], told):
            continue
        if unsaid.cut_off(r, points[told.cue], told):
            continue
        kept: list[tuple[int, int]] = []
        ranges = [
            (extents.begun(r, points[told.cue], first, end), extents.ended(r, closed, points[told.cue], first, end))
            for first, end in told.ranges
        ]
        for cut in (extents.without_venue, extents.before_dash, extents.before_added):
            ranges = [(first, cut(r, first, end)) for first, end in ranges]
        for stop in opening:  # “… suggested otherwise[: according to Silva, …]”
            ranges = [(first, stop - 1 if first < stop < end else end) for first, end in ranges]
        for first, end in ranges:
            for a, b in parts(r, first, end, taken, owner, own):
                kept.append((a, b))
        whole = sum(max(b - a, 0) for a, b in ranges)
        if not kept or sum(b - a for a, b in kept) * 2 < whole:
            continue
        pieces[key] = kept
        for a, b in kept:
            for i in range(a, b):
                taken[i] = True
    for k, cue in owner.items():
        a, b = r.tokens_of[k]
        if cue >= 0 and cue not in pieces:
            a = min(a, judged(r, points[cue], a, taken))
        if not all(taken[a:b]):
            mine = pieces.setdefault(cue if cue >= 0 else -2 - k, [])
            mine.append((a, b))
            for i in range(a, b):
                taken[i] = True
    findings: list[Finding] = []
    for cue, ranges in pieces.items():
        for group in groups(r, sorted(ranges)):
            spans = tuple(r.span(a, b) for a, b in group)
            inside = sum(1 for a, b in group for i in range(a, b) if r.stretch[i] >= 0)
            total = sum(
                1 for a, b in group for i in range(a, b) if r.words[i][:1].isalnum() or r.stretch[i] >= 0
            )
            kind = "direct" if inside >= total else "mixed" if inside else "indirect"
            name = points[cue].cue.kind if cue >= 0 else "none"
            if kind == "indirect" and name in ATTITUDES:
                continue
            findings.append(Finding(kind, spans, max(cue, -1), f"{kind}:{name}"))
    findings.sort(key=lambda f: f.spans[0])
    return findings


def turns(r: Reading, points: list[CuePoint], quoted: list[float]) -> dict[int, list[tuple[int, int]]]:
    """The turns of a transcript, by the index of their label: what follows it, to the paragraph's end.

    A turn whose quotation marks are left open goes on in the paragraphs behind it that open with such marks
    again, until one that has a label of its own or is clearly no quotation, “(CROSSTALK)”.
    """
    labels = {r.paragraph[p.cue.at]: i for i, p in enumerate(points) if p.cue.lemma == "label"}
    whole: dict[int, int] = {}
    for k, (a, b) in enumerate(r.tokens_of) if labels else ():
        if b > a and (a, b) == r.tokens_in(r.paragraph[a]):
            whole[r.paragraph[a]] = k
    result: dict[int, list[tuple[int, int]]] = {}
    for p, i in labels.items():
        result[i] = [(points[i].cue.last, r.tokens_in(p)[1])]
        while p in whole and not r.doc.quoted[whole[p]].closed:
            p += 1
            if p in labels or p not in whole or quoted[whole[p]] < CLEARLY_NOT:
                break
            result[i].append(r.tokens_of[whole[p]])
    return result


CLEARLY_NOT = -1.0


def outer_first(points: list[CuePoint], said: list[Statement]) -> list[Statement]:
    """The statements, those within a likely one behind it: of “Peru said Chile had claimed it” the whole is Peru's."""
    likely = [told for told in said if told.probability > OUTER]

    def depth(told: Statement) -> int:
        at = points[told.cue].cue.at
        return sum(any(a <= at < b for a, b in outer.ranges) for outer in likely if outer.cue != told.cue)

    return sorted(said, key=depth)


OUTER = 0.6


def judged(r: Reading, point: CuePoint, first: int, taken: list[bool]) -> int:
    """Where the content begins of a verb that judges: with what is judged, “called [the plan “mad”]”."""
    c = point.cue
    gap = first - c.last
    if c.kind != "judge" or c.head > c.at or not 0 < gap <= 12 or r.sentence[c.at] != r.sentence[first]:
        return first
    free = not any(taken[i] or r.stretch[i] >= 0 or r.tags[i] in FINITE for i in range(c.last, first))
    return c.last if free else first


ATTITUDES = frozenset("think judge show verb opinion act".split())
"""Classes of cues that tell of a belief, a judgement or a finding; without the person's own words these
are no quotes."""


def parts(
    r: Reading, first: int, end: int, taken: list[bool], owner: dict[int, int], own: set[int]
) -> list[tuple[int, int]]:
    """The runs of `tokens[first:end]` that are free: not taken, and in no stretch that hangs on another
    cue."""
    # A boundary inside a stretch moves to the stretch's edge.
    k = r.stretch[first] if first < r.n else -1
    if k >= 0 and k in own:
        first = r.tokens_of[k][0]
    k = r.stretch[end - 1]
    if k >= 0 and k in own:
        end = r.tokens_of[k][1]
    runs: list[tuple[int, int]] = []
    start = -1
    for i in range(first, end + 1):
        k = r.stretch[i] if i < end else -1
        free = i < end and not taken[i] and not (k >= 0 and k in owner and k not in own)
        if free and start < 0:
            start = i
        elif not free and start >= 0:
            runs.append((start, i))
            start = -1
    for k, (a, b) in enumerate(runs):
        while a < b - 1 and r.words[a] in (",", ";", ":") and a != first:  # “Peru, he said[,] and Chile”
            a += 1
        runs[k] = a, b
    if len(runs) > 1:  # crumbs between two quotations of others
        runs = [(a, b) for a, b in runs if b - a > 2]
    return runs


def groups(r: Reading, ranges: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Ranges of one cue, those that touch joined; far apart ones make quotes of their own."""
    result: list[list[tuple[int, int]]] = []
    for a, b in ranges:
        if result:
            x, y = result[-1][-1]
            if a - y <= 0 and r.paragraph[a] == r.paragraph[y - 1]:
                result[-1][-1] = (x, max(b, y))
                continue
            if r.paragraph[a] - r.paragraph[y - 1] <= 1:
                result[-1].append((a, b))
                continue
        result.append([(a, b)])
    return result
