"""Cues → contents: what a reporting verb, noun or `according to` reports in the article's own words.

For each cue: does it report, and on which side does its content stand; then where the content begins and
ends, among the clause boundaries of the sentence. Each choice is ranked by learned weights over clause
relations, tags, order and punctuation; contents longer than their sentence are left alone, but for labels.
"""

from __future__ import annotations

from collections.abc import Sequence

from readout.extract.attribution import MARK_NUMBER, RELATION_NUMBER, REPORTS, TAG_NUMBER, CuePoint
from readout.extract.cues import Reading

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
        before = sum(1 for k in mine if r.tokens_of[k][1] <= at)
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
            finite = r.tags[comp] in ("VBD", "VBZ", "VBP") or any(
                r.tags[g] in ("VBD", "VBZ", "VBP", "MD") for g in r.children[comp]
            )
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
                min(low - r.subtree(at)[0], 30),
                min(r.subtree(at)[1] - high, 40),
                any(r.stretch[j] >= 0 for j in range(high, s.last)),
                any(r.stretch[j] >= 0 for j in range(s.first, low)),
                sum(1 for x in others if x > at),
                sum(1 for x in others if x < at),
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

BOUNDARY_TAGS = frozenset("CC WDT WP WRB IN VBG RB TO DT PRP NNP VBN MD".split())


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
            if r.rels[g] in ("ccomp", "xcomp", "obj", "parataxis", "advcl", "obl"):
                for m in r.children[g]:
                    x, y = r.subtree(m)
                    if (
                        m > g
                        and low < x < high
                        and r.base[m]
                        in ("conj", "parataxis", "advcl", "acl", "ccomp", "nmod", "obl", "appos")
                    ):
                        edges.add(x)
                    if low < y < high and m > g and r.base[m] in ("conj", "ccomp", "advcl", "obj", "xcomp"):
                        edges.add(y)
    words, tags = r.words, r.tags
    for j in range(low + 1, high):
        if words[j] in MARK_NUMBER:
            edges.add(j)
            if j + 1 < high:
                edges.add(j + 1)
        elif tags[j] in ("CC", "WDT", "WP", "WRB") or r.base[j] == "mark":
            edges.add(j)
    return sorted(
        e for e in edges if e in (low, high) or not (r.stretch[e] >= 0 and r.stretch[e - 1] == r.stretch[e])
    )


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
    finite = [0] * (size + 1)
    commas = [0] * (size + 1)
    cues = [0] * (size + 1)
    quotes = [0] * (size + 1)
    known = _known()
    for j in range(low, high):
        k = j - low
        t = tags[j]
        finite[k + 1] = finite[k] + (t in ("VBD", "VBZ", "VBP", "MD") and j != cue)
        commas[k + 1] = commas[k] + (words[j] == ",")
        cues[k + 1] = cues[k] + (words[j] in known and t[:2] == "VB" and j != cue)
        quotes[k + 1] = quotes[k] + (r.stretch[j] >= 0)
    # arcs that cross each boundary: from inside the content, and from the cue or its ancestors
    out: list[tuple[float, ...]] = []
    that = low < r.n and words[low] == "that"
    b = pt.base
    for ordinal, e in enumerate(edges):
        k = e - low
        inside_a, inside_b = (low, e) if ends else (e, high)
        outside_a, outside_b = (e, high) if ends else (low, e)
        # the top of the clause that the boundary cuts off
        top = e if ends else e - 1
        if low <= top < high:
            guard = 0
            while outside_a <= heads[top] < outside_b and guard < 20:
                top, guard = heads[top], guard + 1
            h = heads[top]
            relation = RELATION_NUMBER.get(base[top], 0)
            top_tag = TAG_NUMBER.get(tags[top], 0)
            where = (
                0
                if h < 0
                else 1
                if h == cue
                else 2
                if h in ancestors
                else 3
                if h == comp
                else 4
                if inside_a <= h < inside_b
                else 5
            )
            depth = min(abs(h - top), 20) if h >= 0 else 0
        else:
            relation = top_tag = where = depth = -1
        crossing_in = crossing_out = 0
        for j in range(outside_a, min(outside_b, outside_a + 25)):
            if inside_a <= heads[j] < inside_b:
                crossing_in += 1
        for j in range(max(inside_a, inside_b - 25), inside_b):
            if outside_a <= heads[j] < outside_b:
                crossing_out += 1
        total = finite[size]
        f_in = finite[k] if ends else total - finite[k]
        c_in = commas[k] if ends else commas[size] - commas[k]
        q_in = quotes[k] if ends else quotes[size] - quotes[k]
        c_out = cues[size] - cues[k] if ends else cues[k]
        edge = e < high
        out.append(
            (
                b[0],
                c.how,
                side,
                b[1],
                b[2],
                b[4],
                b[5],
                b[7],
                TAG_NUMBER.get(tags[e], 0) if edge else -1,
                MARK_NUMBER.get(words[e], 0) if edge else -1,
                RELATION_NUMBER.get(base[e], 0) if edge else -1,
                TAG_NUMBER.get(tags[e - 1], 0) if e > low else -1,
                MARK_NUMBER.get(words[e - 1], 0) if e > low else -1,
                relation,
                top_tag,
                where,
                min(inside_b - inside_a, 60),
                min(outside_b - outside_a, 60),
                (e == comp_edges[1] if ends else e == comp_edges[0]) if comp >= 0 else -1,
                min(crossing_out, 5),
                min(crossing_in, 5),
                min(c_in, 5),
                min(f_in, 4),
                min(total - f_in, 4),
                min(c_out, 3),
                quotes[size] - q_in > 0,
                q_in > 0,
                e in child_edges,
                min(ordinal, 10),
                that,
                depth,
                edge and tags[e] == "CC",
                c_in % 2,
                comp_edges[1] - e
                if ends and comp >= 0 and abs(comp_edges[1] - e) < 20
                else comp_edges[0] - e
                if comp >= 0 and abs(comp_edges[0] - e) < 20
                else 30,
            )
        )
    return out


def _known() -> dict[str, tuple[str, str]]:
    from readout.extract.cues import verbs

    return verbs()


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
