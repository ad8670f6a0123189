"""Cues → what they report outside quotation marks: contents proposed by their parts, then chosen as wholes.

Side, beginning and end are scored apart (`paraphrase`); of each the likely ones are combined, and the whole
contents of a cue compete with each other and with “nothing is reported here”.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from readout.extract import paraphrase
from readout.extract.attribution import CUE_FEATURES, CuePoint
from readout.extract.cues import Reading
from readout.extract.paraphrase import AFTER, AROUND, BEFORE
from readout.extract.syntax import FINITE
from readout.extract.trees import Forest

SECOND_SIDE = 0.05
"""A second side is tried where it is likelier than this."""
STARTS, ENDS = 2, 3
"""So many beginnings are tried, and ends for each of them."""
BEHIND = 3.5
"""No beginning or end that lies further behind the best is tried."""

Ranges = tuple[tuple[int, int], ...]
Row = tuple[float, ...]


class Content(NamedTuple):
    """One whole content of a cue, as token ranges `[first, last)`."""

    side: int
    ranges: Ranges
    row: Row
    """The features by which it is chosen."""


class Proposal(NamedTuple):
    """A cue and its possible contents, the likeliest by their parts first; never empty."""

    cue: int
    probability: float
    """That the cue reports, by its side alone."""
    contents: tuple[Content, ...]


class Statement(NamedTuple):
    """A cue with content in the article's own words, as token ranges `[first, last)`."""

    cue: int
    ranges: Ranges
    probability: float


class Edge(NamedTuple):
    """A beginning or an end that may be tried."""

    at: int
    row: Row
    """Features, score, distance from the best, and rank."""


EDGE = (*paraphrase.EDGE_FEATURES, "score", "behind", "rank")
NO_EDGE: Row = (-3.0,) * len(EDGE)
WHOLE = (
    "tokens",
    "finite",
    "like_complement",
    "complement",
    "heads_outside",
    "quoted_inside",
    "pieces",
    "opens_sentence",
    "closes_sentence",
    "quoted_outside",
    "sentence",
)
FEATURES = (
    *CUE_FEATURES,
    *("reject", "after", "before", "around", "side"),
    *(f"{part}_{name}" for part in ("start_before", "start_after", "end_after") for name in EDGE),
    "likelihood",
    *WHOLE,
    *("behind", "rank", "options"),
)


def propose(
    r: Reading,
    points: Sequence[CuePoint],
    forests: dict[str, Forest],
    asked: Sequence[tuple[int, Sequence[float]]],
) -> list[Proposal]:
    """The contents of each cue asked for, given the probabilities of its sides (`REJECT` first)."""
    tried = [Trial(i, side, p) for i, p in asked for side in sides_of(p)]
    found: dict[int, list[tuple[float, Content]]] = {}
    for trial, before, behind in zip(tried, *parts(r, points, forests, tried), strict=True):
        options = found.setdefault(trial.cue, [])
        # a side on which nothing can stand leaves what stands on the other
        for opening in before or (None,):
            for start, end in behind or ((None, None),):
                option = combined(r, points[trial.cue], trial, opening, start, end)
                if option is not None:
                    options.append(option)
    chances = {i: 1.0 - p[0] for i, p in asked}
    return [Proposal(i, chances[i], ordered(options)) for i, options in found.items() if options]


class Trial(NamedTuple):
    """A side on which the content of a cue is sought."""

    cue: int
    side: int
    sides: Sequence[float]


Pair = tuple[Edge, Edge]


def parts(
    r: Reading, points: Sequence[CuePoint], forests: dict[str, Forest], tried: Sequence[Trial]
) -> tuple[list[list[Edge]], list[list[Pair]]]:
    """For each trial the likely beginnings before its cue, and the likely beginnings and ends behind it."""
    before, after = (
        ranked(
            forests[name],
            [edges_of(r, points[t.cue], t.side, which) if t.side in (which, AROUND) else None for t in tried],
            STARTS,
        )
        for name, which in (("start_before", BEFORE), ("start_after", AFTER))
    )
    opened = [(n, start) for n, starts in enumerate(after) for start in starts]
    closed = ranked(
        forests["end_after"],
        [ends_of(r, points[tried[n].cue], tried[n].side, start.at) for n, start in opened],
        ENDS,
    )
    behind: list[list[Pair]] = [[] for _ in tried]
    for (n, start), ends in zip(opened, closed, strict=True):
        behind[n] += [(start, end) for end in ends]
    return before, behind


def combined(
    r: Reading, pt: CuePoint, trial: Trial, opening: Edge | None, start: Edge | None, end: Edge | None
) -> tuple[float, Content] | None:
    """A whole content and its likelihood (the logarithm, but for a constant); None where nothing is left."""
    ranges = []
    if opening is not None:
        ranges.append(paraphrase.trimmed(r, opening.at, paraphrase.field(r, pt, BEFORE)[1]))
    if start is not None and end is not None:
        ranges.append(paraphrase.trimmed(r, start.at, end.at))
    kept = tuple((a, b) for a, b in ranges if b > a)
    if not kept:
        return None
    scores = [e.row[-2] for e in (opening, start, end) if e is not None]
    likelihood = sum(scores) + math.log(trial.sides[trial.side] + 1e-9)
    row: Row = (
        *pt.base,
        *trial.sides,
        trial.side,
        *(opening.row if opening is not None else NO_EDGE),
        *(start.row if start is not None else NO_EDGE),
        *(end.row if end is not None else NO_EDGE),
        likelihood,
        *whole(r, pt, kept),
    )
    return likelihood, Content(trial.side, kept, row)


def ordered(options: list[tuple[float, Content]]) -> tuple[Content, ...]:
    """Contents with the likeliest first, each told how far it lies behind."""
    options = sorted(options, key=lambda o: -o[0])
    best = options[0][0]
    return tuple(
        Content(c.side, c.ranges, (*c.row, likelihood - best, n, len(options)))
        for n, (likelihood, c) in enumerate(options)
    )


def sides_of(p: Sequence[float]) -> list[int]:
    """The sides worth trying, the likeliest first."""
    order = sorted((AFTER, BEFORE, AROUND), key=lambda side: -p[side])
    return order[:1] + [side for side in order[1:2] if p[side] > SECOND_SIDE]


def edges_of(r: Reading, pt: CuePoint, side: int, which: int) -> tuple[list[int], list[Row]] | None:
    """Where a content may begin on one side of its cue, with features; None where there is no room."""
    low, high = paraphrase.field(r, pt, which)
    if high <= low:
        return None
    starts = (paraphrase.starts_after if which == AFTER else paraphrase.starts_before)(r, pt, low, high)
    return starts, paraphrase.edge_rows(r, pt, side, starts, low, high, ends=False)


def ends_of(r: Reading, pt: CuePoint, side: int, start: int) -> tuple[list[int], list[Row]]:
    """Where a content that begins at `start` may end, with features."""
    _, high = paraphrase.field(r, pt, AFTER)
    ends = paraphrase.ends_after(r, pt, start, high)
    return ends, paraphrase.edge_rows(r, pt, side, ends, start, high, ends=True)


def ranked(
    forest: Forest, asked: Sequence[tuple[list[int], list[Row]] | None], most: int
) -> list[list[Edge]]:
    """For each set of places its best, best first; empty where there is none."""
    flat = [row for part in asked if part is not None for row in part[1]]
    scores: list[float] = forest.scores(flat)[:, 0].tolist() if flat else []
    result: list[list[Edge]] = []
    at = 0
    for part in asked:
        if part is None:
            result.append([])
            continue
        places, rows = part
        mine = scores[at : at + len(places)]
        at += len(places)
        order = sorted(range(len(places)), key=lambda k: (-mine[k], k))[:most]
        result.append(
            [
                Edge(places[k], (*rows[k], mine[k], mine[k] - mine[order[0]], n))
                for n, k in enumerate(order)
                if mine[k] > mine[order[0]] - BEHIND
            ]
        )
    return result


def whole(r: Reading, pt: CuePoint, ranges: Ranges) -> Row:
    """What is seen of a content as a whole: its size, its verbs, and how it lies to the clause of the cue.

    The ranges, one on each side of the cue at most, have no token in common.
    """
    size = sum([b - a for a, b in ranges])
    s = r.doc.sentences[r.sentence[pt.cue.at]]
    best, exact = 0.0, 0
    for g in r.children[pt.cue.at]:
        if r.rels[g] in paraphrase.COMPLEMENTS or r.base[g] == "obj":
            a, b = paraphrase.trimmed(r, *r.subtree(g))
            tree = max(1, b - a)
            common = sum([max(0, min(b, y) - max(a, x)) for x, y in ranges])
            share = common / (tree + size - common)
            if share > best:
                best, exact = share, (r.rels[g] in ("ccomp", "parataxis")) + 1
    out = 0
    for a, b in ranges:
        for h, base in zip(r.heads[a:b], r.base[a:b], strict=True):
            if h >= 0 and base != "punct" and not any([x <= h < y for x, y in ranges]):
                out += 1
    quoted = sum([k >= 0 for a, b in ranges for k in r.stretch[a:b]])
    # most sentences have no quotation marks at all
    outside = max(r.stretch[s.first : s.last]) >= 0 and any(
        k >= 0 and not any([x <= i < y for x, y in ranges])
        for i, k in enumerate(r.stretch[s.first : s.last], s.first)
    )
    first, last = ranges[0][0], ranges[-1][1]
    return (
        min(size, 60),
        sum([tag in FINITE for a, b in ranges for tag in r.tags[a:b]]),
        best,
        exact,
        out,
        quoted,
        len(ranges),
        first == s.first,
        last >= s.last - 1,
        outside,
        min(s.last - s.first, 60),
    )


