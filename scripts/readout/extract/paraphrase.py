"""Cues → contents: what a reporting verb, noun or `according to` reports in the article's own words.

For each cue: does it report, and on which side does its content stand; then where the content begins and
ends, among the clause boundaries of the sentence. Each choice is ranked by learned weights over clause
relations, tags, order and punctuation; contents longer than their sentence are left alone, but for labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from readout.extract.attribution import MARK_NUMBER, RELATION_NUMBER, REPORTS, TAG_NUMBER, CuePoint
from readout.extract.cues import Reading, verbs
from readout.extract.syntax import FINITE

REJECT, AFTER, BEFORE, AROUND = range(4)

SIDE_FEATURES = (
    "direct_before",
    "direct_after",
    "direct_n",
    "direct_p",
    "next_tag",
    "next_mark",
    "before_tag",
    "before_mark",
    "tokens_after",
    "tokens_before",
    "complement_right",
    "complement_left",
    "complement_finite",
    "complement_mark",
    "complement_gap",
    "verb_first",
    "source_gap",
    "clause_left_edge",
    "clause_right_edge",
    "quoted_after",
    "quoted_before",
    "cues_after",
    "cues_before",
    "headline",
    "has_to",
    "embedded_relation",
    "root_distance",
    "next_relation",
    "next_head_is_cue",
    "subject_of_complement",
    "sentence_words",
)


def sides(
    r: Reading,
    points: list[CuePoint],
    direct: dict[int, list[int]],
    strength: dict[int, float],
    wanted: Sequence[int] | None = None,
) -> list[tuple[float, ...]]:
    """The features by which each cue is accepted; `direct` holds the stretches each cue was chosen for.

    Only those of the cues `wanted`, if given.
    """
    out: list[tuple[float, ...]] = []
    reporting = [i for i, pt in enumerate(points) if pt.cue.kind in REPORTS and r.stretch[pt.cue.at] < 0]
    per_sentence: dict[int, list[int]] = {}
    for i in reporting:
        per_sentence.setdefault(r.sentence[points[i].cue.at], []).append(points[i].cue.at)
    for i in range(len(points)) if wanted is None else wanted:
        pt = points[i]
        c = pt.cue
        at = c.at
        s = r.doc.sentences[r.sentence[at]]
        mine = direct.get(i, ())
        before = sum([r.tokens_of[k][1] <= at for k in mine])
        low, high = pt.low, pt.high
        right = left = -1
        for g in r.children[at]:
            if r.rels[g] in ("ccomp", "xcomp") or (
                r.base[g] in ("obj", "parataxis", "obl", "advcl") and right < 0 and g > at
            ):
                if g > at:
                    if right < 0 or r.rels[g] in ("ccomp", "xcomp"):
                        right = g
                else:
                    left = g
        comp = right if right >= 0 else left
        mark = finite = 0
        subject_in = False
        gap = -1
        if comp >= 0:
            edge = r.subtree(comp)
            gap = edge[0] - high if comp > at else low - edge[1]
            finite = r.tags[comp] in ("VBD", "VBZ", "VBP") or any([r.tags[g] in FINITE for g in r.children[comp]])
            for g in r.children[comp]:
                if r.base[g] == "mark":
                    mark = 1 if r.words[g] == "that" else 2 if r.words[g] == "to" else 3
                elif r.base[g] in ("nsubj", "csubj"):
                    subject_in = True
        nxt = high if high < s.last else -1
        prv = low - 1 if low > s.first else -1
        others = per_sentence.get(r.sentence[at], ())
        depth, up = 0, r.heads[at]
        while up >= 0 and depth < 8:
            depth, up = depth + 1, r.heads[up]
        h = r.heads[at]
        clause = r.subtree(at)
        out.append(
            (
                *pt.base,
                before,
                len(mine) - before,
                len(mine),
                strength.get(i, 0.0),
                TAG_NUMBER.get(r.tags[nxt], 0) if nxt >= 0 else -1,
                MARK_NUMBER.get(r.words[nxt], 0) if nxt >= 0 else -1,
                TAG_NUMBER.get(r.tags[prv], 0) if prv >= 0 else -1,
                MARK_NUMBER.get(r.words[prv], 0) if prv >= 0 else -1,
                min(s.last - high, 40),
                min(low - s.first, 40),
                RELATION_NUMBER.get(r.base[right], 0) if right >= 0 else -1,
                RELATION_NUMBER.get(r.base[left], 0) if left >= 0 else -1,
                finite,
                mark,
                max(-5, min(gap, 20)),
                c.head > at,
                max(-5, min(abs(c.head - at), 20)) if c.head >= 0 else -9,
                min(low - clause[0], 30),
                min(clause[1] - high, 40),
                max(r.stretch[high : s.last], default=-1) >= 0,
                max(r.stretch[s.first : low], default=-1) >= 0,
                sum([x > at for x in others]),
                sum([x < at for x in others]),
                s.paragraph == 0,
                nxt >= 0 and r.words[nxt] == "to",
                TAG_NUMBER.get(r.tags[h], 0) if h >= 0 else -1,
                depth,
                RELATION_NUMBER.get(r.base[nxt], 0) if nxt >= 0 else -1,
                nxt >= 0 and r.heads[nxt] == at,
                subject_in,
                min(s.last - s.first, 60),
            )
        )
    return out


EDGE_FEATURES = (
    "class",
    "how",
    "side",
    "quotes_share",
    "reports_share",
    "cue_tag",
    "cue_relation",
    "negated",
    "tag",
    "mark",
    "relation",
    "previous_tag",
    "previous_mark",
    "top_relation",
    "top_tag",
    "top_head",
    "length",
    "remaining",
    "complement_edge",
    "crossing_out",
    "crossing_in",
    "commas_inside",
    "finite_inside",
    "finite_outside",
    "cue_outside",
    "quote_outside",
    "quote_inside",
    "children_edge",
    "ordinal",
    "that",
    "top_depth",
    "cc_before",
    "comma_paired",
    "subtree_edge",
)

OPENING_TAGS = frozenset(("CC", "WDT", "WP", "WRB"))
OPENING_PARTS = frozenset("conj parataxis advcl acl ccomp nmod obl appos".split())
"""Relations of what may be cut off before its first word from the verb that it stands behind."""
CLOSING_PARTS = frozenset("conj ccomp advcl obj xcomp".split())
"""Relations of what may be cut off behind its last word."""


def boundaries(r: Reading, pt: CuePoint, low: int, high: int) -> list[int]:
    """Token indices in [low, high] before which a content may begin or end, ascending; both ends are in."""
    cue = pt.cue.at
    edges = {low, high}
    for g in r.children[cue]:
        if low <= g < high:
            a, b = r.subtree(g)
            if low < a < high:
                edges.add(a)
            if low < b < high:
                edges.add(b)
            if r.rels[g] in COMPLEMENTS:
                for m in r.children[g]:
                    relation = r.base[m]
                    opens, closes = relation in OPENING_PARTS, relation in CLOSING_PARTS
                    if m <= g or not (opens or closes):
                        continue
                    x, y = r.subtree(m)
                    if opens and low < x < high:
                        edges.add(x)
                    if closes and low < y < high:
                        edges.add(y)
    words, tags, base, stretch = r.words, r.tags, r.base, r.stretch
    for j in range(low + 1, high):
        if words[j] in MARK_NUMBER:
            edges.add(j)
            if j + 1 < high:
                edges.add(j + 1)
        elif tags[j] in OPENING_TAGS or base[j] == "mark":
            edges.add(j)
    return [e for e in sorted(edges) if e in (low, high) or stretch[e] < 0 or stretch[e - 1] != stretch[e]]


def edge_rows(
    r: Reading, pt: CuePoint, side: int, edges: list[int], low: int, high: int, *, ends: bool
) -> list[tuple[float, ...]]:
    """Features of each boundary as the end (or the beginning) of the content that lies in `tokens[low:high]`.

    `ends`: content is `[low, e)`, what is outside `[e, high)`; otherwise content is `[e, high)`.
    """
    c = pt.cue
    cue = c.at
    words, tags, heads, base = r.words, r.tags, r.heads, r.base
    comp = -1
    for g in r.children[cue]:
        fits = low <= g < high and r.rels[g] in ("ccomp", "xcomp", "parataxis", "obj", "advcl")
        if fits and (comp < 0 or (r.rels[g] == "ccomp" and r.rels[comp] != "ccomp")):
            comp = g
    comp_edges = r.subtree(comp) if comp >= 0 else (-1, -1)
    child_edges: set[int] = set()
    for g in r.children[cue]:
        child_edges.update(r.subtree(g))
    ancestors = set()
    up, n = heads[cue], 0
    while up >= 0 and n < 10:
        ancestors.add(up)
        up, n = heads[up], n + 1
    # running counts over tokens low..high
    size = high - low
    known = verbs()
    finite_at = [t in FINITE for t in tags[low:high]]
    cue_at = [w in known and t[:2] == "VB" for w, t in zip(words[low:high], tags[low:high], strict=True)]
    if low <= cue < high:
        finite_at[cue - low] = cue_at[cue - low] = False
    finite = list(accumulate(finite_at, initial=0))
    commas = list(accumulate([w == "," for w in words[low:high]], initial=0))
    cues = list(accumulate(cue_at, initial=0))
    quotes = list(accumulate([k >= 0 for k in r.stretch[low:high]], initial=0))
    total = finite[size]
    out: list[tuple[float, ...]] = []
    that = low < r.n and words[low] == "that"
    b = pt.base
    shared = b[0], c.how, side, b[1], b[2], b[4], b[5], b[7]
    comp_edge = comp_edges[ends]
    for ordinal, e in enumerate(edges):
        k = e - low
        inside_a, inside_b = (low, e) if ends else (e, high)
        outside_a, outside_b = (e, high) if ends else (low, e)
        # the top of the clause that the boundary cuts off
        top = e if ends else e - 1
        if low <= top < high:
            guard = 0
            h = heads[top]
            while outside_a <= h < outside_b and guard < 20:
                top, guard = h, guard + 1
                h = heads[top]
            relation = RELATION_NUMBER.get(base[top], 0)
            top_tag = TAG_NUMBER.get(tags[top], 0)
            if h < 0:
                where = depth = 0
            else:
                where = (
                    1
                    if h == cue
                    else 2
                    if h in ancestors
                    else 3
                    if h == comp
                    else 4
                    if inside_a <= h < inside_b
                    else 5
                )
                depth = h - top if h > top else top - h
        else:
            relation = top_tag = where = depth = -1
        # arcs that cross the boundary: from outside the content, and from inside it
        near = heads[outside_a : min(outside_b, outside_a + 25)]
        crossing_in = sum([inside_a <= h < inside_b for h in near])
        near = heads[max(inside_a, inside_b - 25) : inside_b]
        crossing_out = sum([outside_a <= h < outside_b for h in near])
        f_in = finite[k] if ends else total - finite[k]
        f_out = total - f_in
        c_in = commas[k] if ends else commas[size] - commas[k]
        q_in = quotes[k] if ends else quotes[size] - quotes[k]
        c_out = cues[size] - cues[k] if ends else cues[k]
        inside, outside = inside_b - inside_a, outside_b - outside_a
        at_edge = e == comp_edge if comp >= 0 else -1
        apart = comp_edge - e
        if ends and not -20 < apart < 20:
            apart = comp_edges[0] - e
        edge, begun = e < high, e > low
        # each count up to a limit; `min` would take twice as long
        out.append(
            (
                *shared,
                TAG_NUMBER.get(tags[e], 0) if edge else -1,
                MARK_NUMBER.get(words[e], 0) if edge else -1,
                RELATION_NUMBER.get(base[e], 0) if edge else -1,
                TAG_NUMBER.get(tags[e - 1], 0) if begun else -1,
                MARK_NUMBER.get(words[e - 1], 0) if begun else -1,
                relation,
                top_tag,
                where,
                inside if inside < 60 else 60,
                outside if outside < 60 else 60,
                at_edge,
                crossing_out if crossing_out < 5 else 5,
                crossing_in if crossing_in < 5 else 5,
                c_in if c_in < 5 else 5,
                f_in if f_in < 4 else 4,
                f_out if f_out < 4 else 4,
                c_out if c_out < 3 else 3,
                quotes[size] > q_in,
                q_in > 0,
                e in child_edges,
                ordinal if ordinal < 10 else 10,
                that,
                depth if depth < 20 else 20,
                edge and tags[e] == "CC",
                c_in % 2,
                apart if comp >= 0 and -20 < apart < 20 else 30,
            )
        )
    return out


COMPLEMENTS = frozenset(("ccomp", "xcomp", "parataxis", "obj", "obl", "advcl"))


def trimmed(r: Reading, first: int, last: int) -> tuple[int, int]:
    """`tokens[first:last]` without commas and full stops at its ends."""
    while last > first and r.words[last - 1] in TRIM and r.stretch[last - 1] < 0:
        last -= 1
    while first < last and r.words[first] in TRIM and r.stretch[first] < 0:
        first += 1
    return first, last


TRIM = frozenset((",", ".", ";", ":", "—", "–", "--", "-", "?", "!", "…", "..."))
REACH = 18


def field(r: Reading, pt: CuePoint, side: int) -> tuple[int, int]:
    """The tokens among which the content of a cue stands, on one side of its clause."""
    c = pt.cue
    s = r.doc.sentences[r.sentence[c.at]]
    if side == AFTER:
        last = s.last
        if c.kind in ("colon", "dash"):
            last = r.tokens_in(s.paragraph)[1]
        low = pt.high if c.head > c.at else c.last
        if c.head > c.at and pt.high - c.at > 25:
            low = c.last
        return trimmed(r, min(low, last), last)
    if c.kind == "dash":
        return s.first, s.first
    return trimmed(r, s.first, pt.low)


def starts_after(r: Reading, pt: CuePoint, low: int, high: int) -> list[int]:
    """Where a content that follows its cue may begin."""
    return [e for e in boundaries(r, pt, low, high) if e < high and e - low < REACH]


def ends_after(r: Reading, pt: CuePoint, start: int, high: int) -> list[int]:
    """Where a content that begins at `start` may end."""
    return [e for e in boundaries(r, pt, start, high) if e > start]


def starts_before(r: Reading, pt: CuePoint, low: int, high: int) -> list[int]:
    """Where a content that stands before its cue may begin."""
    return [e for e in boundaries(r, pt, low, high) if e < high]
