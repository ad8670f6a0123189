"""Quoted stretches and cues → for each stretch, whether it is a quotation, and which cue reports it.

Each stretch ranks the cues around it, by order, distance, punctuation, clause relations and the class of
the cue: what Pareti et al. (2013) and Newell et al. (2018) found to tell speakers apart. The weights are
learned (`scripts/training/quotes.py`); nothing in them knows a word that is not a reporting verb or noun.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from readout.extract.cues import CLASS_NUMBER, VERB_CLASSES, Cue, Reading

NEVER = -9.0
"""The score of what cannot be, whatever its features say."""
REPORTS = frozenset((*VERB_CLASSES, "according", "colon", "dash"))

TAG_GROUPS = (
    ("NN", "NNS"),
    ("NNP", "NNPS"),
    ("PRP",),
    ("VBD",),
    ("VBZ", "VBP"),
    ("VBG",),
    ("VBN",),
    ("VB", "MD"),
    ("DT", "PRP$", "POS"),
    ("IN", "TO"),
    ("CC",),
    ("JJ", "JJR", "JJS"),
    ("RB", "RBR", "RBS"),
    ("WP", "WDT", "WRB"),
    (",",),
    (".",),
    (":",),
    ("CD",),
    ("``", "''"),
)
TAG_NUMBER = {tag: i + 1 for i, group in enumerate(TAG_GROUPS) for tag in group}
MARK_NUMBER = {
    ",": 1,
    ".": 2,
    "?": 3,
    "!": 4,
    ":": 5,
    ";": 6,
    "—": 7,
    "–": 7,
    "--": 7,
    "-": 7,
    "…": 8,
    "...": 8,
}
RELATION_NUMBER = {
    name: i
    for i, name in enumerate(
        "root ccomp parataxis xcomp obj obl nmod conj advcl acl nsubj appos amod compound dep csubj".split(),
        1,
    )
}
SOURCE_PRONOUNS = {
    "he": 1,
    "she": 1,
    "they": 2,
    "it": 3,
    "we": 4,
    "i": 4,
    "you": 4,
    "who": 5,
    "which": 5,
    "that": 5,
    "whom": 5,
    "this": 3,
    "these": 3,
    "those": 3,
    "him": 1,
    "her": 1,
    "them": 2,
    "his": 1,
    "their": 2,
    "its": 3,
    "our": 4,
    "my": 4,
}


class Stretch(NamedTuple):
    """What is known of a quoted stretch before any cue is looked at."""

    first: int
    last: int
    base: tuple[float, ...]
    tops: tuple[int, ...]
    """The tokens of the stretch whose heads lie outside, first and last sentence of it."""


STRETCH_FEATURES = (
    "words",
    "double",
    "closed",
    "capital",
    "ends",
    "after",
    "before",
    "before_tag",
    "first_tag",
    "last_tag",
    "whole_sentence",
    "whole_paragraph",
    "finite",
    "headline",
    "nth",
    "count",
    "outside",
    "top_relation",
    "top_head_tag",
    "para_stretch_before",
    "sentences",
    "paragraph_before_quoted",
    "opens_sentence",
    "closes_sentence",
    "previous_gap",
    "previous_same_sentence",
    "capitals",
    "lower_case",
    "pronouns",
    "verbs",
    "name_before",
    "number_inside",
)


def stretches(r: Reading) -> list[Stretch]:
    """Describe each stretch of `doc.quoted` in order."""
    doc = r.doc
    result: list[Stretch] = []
    by_paragraph: dict[int, list[int]] = {}
    for k, (a, b) in enumerate(r.tokens_of):
        if b > a:
            by_paragraph.setdefault(r.paragraph[a], []).append(k)
    ends_quoted: dict[int, int] = {}
    for k, (a, b) in enumerate(r.tokens_of):
        if b <= a:
            result.append(Stretch(a, b, (0.0,) * len(STRETCH_FEATURES), ()))
            continue
        q = doc.quoted[k]
        p = r.paragraph[a]
        first, last = r.tokens_in(p)
        inner_a = a + 1 if r.starts[a] < q.inner.start else a
        inner_b = b - 1 if b - 1 > inner_a and r.ends[b - 1] > q.inner.end else b
        inner_a = min(inner_a, b - 1)
        inner_b = max(inner_b, inner_a + 1)
        lead = doc.tokens[inner_a].text
        s_first, s_last = r.sentence[a], r.sentence[b - 1]
        tops = []
        for s in {s_first, s_last}:
            low, high = max(a, doc.sentences[s].first), min(b, doc.sentences[s].last)
            for i in range(low, high):
                h = r.heads[i]
                if (h < low or h >= high) and r.base[i] != "punct":
                    tops.append(i)
                    break
        tops.sort()
        top = tops[-1] if tops else a
        n_words = inner_b - inner_a
        mine = by_paragraph[p]
        nth = mine.index(k)
        outside = (last - first) - sum(r.tokens_of[m][1] - r.tokens_of[m][0] for m in mine)
        finite = any(
            r.tags[i] in ("VBD", "VBZ", "VBP", "MD") for i in range(inner_a, min(inner_b, inner_a + 40))
        )
        prev = r.tokens_of[mine[nth - 1]] if nth else None
        opens = a == doc.sentences[s_first].first
        closes = b >= doc.sentences[s_last].last - (1 if b < last and r.words[b] in MARK_NUMBER else 0)
        base = (
            min(n_words, 60),
            q.double,
            q.closed,
            lead[:1].isupper(),
            MARK_NUMBER.get(r.words[inner_b - 1], 0),
            -1 if b >= last else MARK_NUMBER.get(r.words[b], 0),
            -1 if a <= first else MARK_NUMBER.get(r.words[a - 1], 0),
            0 if a <= first else TAG_NUMBER.get(r.tags[a - 1], 0),
            TAG_NUMBER.get(r.tags[inner_a], 0),
            TAG_NUMBER.get(r.tags[inner_b - 1], 0),
            opens and closes,
            a <= first and b >= last,
            finite,
            p == 0,
            nth,
            len(mine),
            min(outside, 60),
            RELATION_NUMBER.get(r.base[top], 0),
            0 if r.heads[top] < 0 else TAG_NUMBER.get(r.tags[r.heads[top]], 0),
            nth > 0,
            s_last - s_first,
            ends_quoted.get(p - 1, 0),
            opens,
            closes,
            a - prev[1] if prev else -1,
            prev is not None and r.sentence[prev[1] - 1] == s_first,
            *looks(r, inner_a, inner_b),
            a > first and r.tags[a - 1][:3] == "NNP",
            any(r.tags[i] == "CD" for i in range(inner_a, min(inner_b, inner_a + 12))),
        )
        ends_quoted[p] = (2 if a <= first and b >= last else 1) if b >= last else 0
        if not q.closed:
            ends_quoted[p] = 3
        result.append(Stretch(a, b, tuple(map(float, base)), tuple(tops)))
    return result


def looks(r: Reading, first: int, last: int) -> tuple[float, float, float, float]:
    """Of the first words of a stretch: share with a capital, count without, pronouns, verbs. A title has
    only capitals."""
    words = [i for i in range(first, min(last, first + 12)) if r.words[i][:1].isalpha()]
    long = [i for i in words if r.tags[i] not in ("IN", "TO", "DT", "CC", "POS")]
    capital = sum(r.text[r.starts[i]].isupper() for i in long)
    return (
        round(capital / len(long), 2) if long else 0.0,
        len(long) - capital,
        sum(r.tags[i] in ("PRP", "PRP$") for i in words),
        sum(r.tags[i][:2] == "VB" for i in words),
    )


CUE_FEATURES = (
    "class",
    "quotes_share",
    "reports_share",
    "cue_share",
    "tag",
    "relation",
    "passive",
    "negated",
    "modal",
    "how",
    "source_pronoun",
    "source_tag",
    "source_plural",
    "source_words",
    "source_capital",
    "kind",
    "touches_before",
    "touches_after",
    "complement",
    "complement_that",
    "source_quoted",
    "cue_in_report",
    "object",
    "first_in_sentence",
    "cue_index_from_end",
    "has_colon",
    "source_sure",
    "source_rank",
)


class CuePoint(NamedTuple):
    """A cue, described."""

    cue: Cue
    low: int
    high: int
    """The reporting clause, source and cue, is `tokens[low:high]`."""
    base: tuple[float, ...]
    left: int
    right: int
    """The stretches that the reporting clause touches before and behind; -1 where it touches none."""


def touching(r: Reading, low: int, high: int) -> tuple[int, int]:
    """The stretches right before and right behind `tokens[low:high]`, a mark between them allowed; or -1."""
    left = right = -1
    for i in (low - 1, low - 2):
        if i >= 0 and r.paragraph[i] == r.paragraph[low]:
            if r.stretch[i] >= 0:
                left = r.stretch[i]
                break
            if r.words[i] not in MARK_NUMBER:
                break
    for i in (high, high + 1):
        if i < r.n and r.paragraph[i] == r.paragraph[low]:
            if r.stretch[i] >= 0:
                right = r.stretch[i]
                break
            if r.words[i] not in MARK_NUMBER:
                break
    return left, right


def describe(
    r: Reading,
    cues: list[Cue],
    shares: dict[str, tuple[float, ...]],
    kinds: dict[int, int],
    inside: bool = True,
) -> list[CuePoint]:
    """Describe each cue; `shares` is the learned table of lemmas, `kinds` the kind of actor by head token.

    `inside`: also the features of cues inside quotations, which report nothing of their own.
    """
    points: list[CuePoint] = []
    words, tags, heads, rels, stretch = r.words, r.tags, r.heads, r.rels, r.stretch
    reporting = {c.at for c in cues if c.kind in REPORTS and stretch[c.at] < 0}
    for c in cues:
        low, high = c.first, c.last
        if c.source is not None and abs(c.head - c.at) < 40:
            low, high = min(low, c.source[0]), max(high, c.source[1])
        left, right = touching(r, low, high)
        if not inside and stretch[c.at] >= 0:
            points.append(CuePoint(c, low, high, (), left, right))
            continue
        passive = negated = modal = complement = that = obj = 0
        for g in r.children[c.at]:
            rel = rels[g]
            if rel == "aux:pass":
                passive = 1
            elif r.base[g] == "aux" and tags[g] == "MD":
                modal = 1
            elif rel == "advmod" and words[g] in ("n't", "not", "never"):
                negated = 1
            elif rel in ("ccomp", "xcomp") and stretch[g] < 0:
                complement = 1 if rel == "ccomp" else 2
                that = any([rels[m] == "mark" and words[m] == "that" for m in r.children[g]])
            elif rel == "obj":
                obj = 1 if stretch[g] < 0 else 2
        nested = 0
        up, steps = heads[c.at], 0
        while up >= 0 and steps < 6:
            if up in reporting:
                nested = 1
                break
            up, steps = heads[up], steps + 1
        if nested and r.base[c.at] == "conj":
            nested = 2
        elif nested and r.base[c.at] == "advcl":
            nested = 3
        share = shares.get(c.lemma) or shares.get("?" + c.kind) or (0.0, 0.0, 0.0)
        head = c.head
        s = r.doc.sentences[r.sentence[c.at]]
        base = (
            CLASS_NUMBER[c.kind],
            *share[:3],
            TAG_NUMBER.get(tags[c.at], 0),
            RELATION_NUMBER.get(r.base[c.at], 0),
            passive,
            negated,
            modal,
            c.how,
            SOURCE_PRONOUNS.get(words[head], 0) if head >= 0 else -1,
            TAG_NUMBER.get(tags[head], 0) if head >= 0 else -1,
            tags[head] in ("NNS", "NNPS") if head >= 0 else -1,
            min(c.source[1] - c.source[0], 12) if c.source else 0,
            r.text[r.starts[head]].isupper() if head >= 0 else -1,
            kinds.get(head, 0),
            left >= 0,
            right >= 0,
            complement,
            that,
            stretch[head] >= 0 if head >= 0 else -1,
            nested,
            obj,
            low - s.first,
            min(s.last - high, 30),
            c.last < r.n and words[c.last] == ":",
            c.sure,
            c.rank,
        )
        points.append(CuePoint(c, low, high, tuple(map(float, base)), left, right))
    return points


PAIR_FEATURES = (
    "side",
    "gap",
    "same_sentence",
    "sentences_between",
    "paragraphs_between",
    "cues_between",
    "stretches_between",
    "rank",
    "depth",
    "path_cues",
    "path_relation",
    "cue_under_stretch",
    "verb_first",
    "touch",
    "touches_other",
    "inside_complement",
    "gap_marks",
    "cue_gap",
    "nearest_before",
    "nearest_after",
)
CHAIN_FEATURES = (
    "score",
    "rank_by_score",
    "margin",
    "chosen_by_previous",
    "chosen_by_next",
    "source_of_previous",
    "source_of_next",
    "previous_score",
    "next_score",
    "previous_paragraphs",
    "next_paragraphs",
    "times_chosen",
    "previous_open",
)
FEATURES = (*STRETCH_FEATURES, *CUE_FEATURES, *PAIR_FEATURES)

REACH_BEFORE, REACH_AFTER = 7, 4


def candidates(r: Reading, s: Stretch, points: list[CuePoint], ats: list[int]) -> list[int]:
    """Indices of the cues a stretch may hang on: its signature; else those of its paragraph, and the nearest
    around it."""
    p = r.paragraph[s.first]
    i = bisect_left(ats, s.last)
    if i < len(ats) and signs(r, points[i].cue, s):
        return [i]
    found: list[int] = []
    i = bisect_left(ats, s.first) - 1
    n = 0
    while i >= 0 and n < REACH_BEFORE:
        at = ats[i]
        distance = p - r.paragraph[at]
        if distance > 1 and (n or distance > 2):
            break
        kind = points[i].cue.kind
        if r.stretch[at] < 0 and (distance == 0 or (kind in REPORTS and kind != "dash")):
            found.append(i)
            n += points[i].cue.rank == 0
        i -= 1
    i = bisect_left(ats, s.last)
    n = 0
    while i < len(ats) and n < REACH_AFTER:
        at = ats[i]
        distance = r.paragraph[at] - p
        if distance > 1:
            break
        if r.stretch[at] < 0 and (distance == 0 or points[i].cue.kind in REPORTS):
            found.append(i)
            n += points[i].cue.rank == 0
            if distance and n > 1:
                break
        i += 1
    return found


def signs(r: Reading, cue: Cue, s: Stretch) -> bool:
    """Whether `― Name` right behind a stretch that opens its paragraph, or below it, says whose words these are."""
    if cue.kind != "dash" or cue.at != s.last or cue.source is None:
        return False
    opens = s.first == r.tokens_in(r.paragraph[s.first])[0]
    return opens and all(r.tags[i][:3] == "NNP" for i in range(*cue.source))


def pairs(
    r: Reading, k: int, s: Stretch, points: list[CuePoint], chosen: list[int], reporting_before: list[int]
) -> list[tuple[float, ...]]:
    """The features of each candidate of a stretch; `reporting_before[i]` counts reporting cues before
    token i."""
    rows: list[tuple[float, ...]] = []
    a, b = s.first, s.last
    p, sa, sb = r.paragraph[a], r.sentence[a], r.sentence[b - 1]
    # climb from the tops of the stretch to the cues above it
    above: dict[int, tuple[int, int, int]] = {}
    for top in s.tops:
        h, depth, passed = r.heads[top], 0, 0
        rel = RELATION_NUMBER.get(r.base[top], 0)
        while h >= 0 and depth < 8:
            if h not in above:
                above[h] = (depth, passed, rel)
            if reporting_before[h + 1] > reporting_before[h]:
                passed += 1
            rel = RELATION_NUMBER.get(r.base[h], 0)
            h, depth = r.heads[h], depth + 1
    order_before = sorted((i for i in chosen if points[i].cue.at < a), key=lambda i: -points[i].high)
    order_after = sorted((i for i in chosen if points[i].cue.at >= b), key=lambda i: points[i].low)
    near_before = next((points[i].high for i in order_before if points[i].cue.kind in REPORTS), -1)
    near_after = next((points[i].low for i in order_after if points[i].cue.kind in REPORTS), -1)
    rank = {i: n for n, i in enumerate(order_before)}
    rank.update({i: n for n, i in enumerate(order_after)})
    gap_before = max(-5, min(a - near_before, 40)) if near_before >= 0 else 50
    gap_after = max(-5, min(near_after - b, 40)) if near_after >= 0 else 50
    for i in chosen:
        point = points[i]
        c = point.cue
        at = c.at
        low, high = point.low, point.high
        if high <= a:
            side, gap, x, y = 0, a - high, high, a
        elif low >= b:
            side, gap, x, y = 1, low - b, b, low
        else:
            side, gap, x, y = (2 if at < a else 3), 0, 0, 0
        stretches_between = 0
        if y > x:
            if r.stretch[x] >= 0 or r.stretch[y - 1] >= 0:
                stretches_between = 1
            step = -1 if side == 0 else 1
            t = k + step
            while gap > 3 and 0 <= t < len(r.tokens_of) and x <= r.tokens_of[t][0] and r.tokens_of[t][1] <= y:
                stretches_between += 1
                t += step
        marks = 0
        for j in range(x, min(y, x + 12)):
            if r.words[j] in MARK_NUMBER:
                marks += 1
        depth, passed, rel = above.get(at, (-1, 0, 0))
        distance = r.paragraph[at] - p
        rows.append(
            (
                *s.base,
                *point.base,
                side,
                min(gap, 40),
                r.sentence[at] in (sa, sb),
                min(abs(r.sentence[at] - (sa if at < a else sb)), 6),
                max(-4, min(distance, 4)),
                min(reporting_before[y] - reporting_before[x], 6),
                min(stretches_between, 4),
                rank.get(i, 0),
                depth,
                passed,
                rel,
                a <= r.heads[at] < b,
                c.head > at,
                1 if point.left == k else 2 if point.right == k else 0,
                (point.left >= 0 and point.left != k) + 2 * (point.right >= 0 and point.right != k),
                depth == 0,
                marks,
                min(a - c.last if at < a else c.first - b, 40),
                gap_before,
                gap_after,
            )
        )
    return rows


class Choice(NamedTuple):
    """What a stretch has been given: its candidates, their scores, and the best of them."""

    cues: list[int]
    rows: list[tuple[float, ...]]
    scores: list[float]
    best: int
    """Index into the cues of the doc; -1 without a candidate."""
    score: float


def chain(
    r: Reading, found: list[Stretch], points: list[CuePoint], first: list[Choice], reporting_before: list[int]
) -> list[tuple[list[int], list[tuple[float, ...]]]]:
    """For each stretch its candidates and their features once more, with what its neighbours have chosen.

    The choice of the stretch before joins the candidates: a speaker may go on in the next paragraph.
    """
    times: dict[int, int] = {}
    for choice in first:
        if choice.score > 0:
            times[choice.best] = times.get(choice.best, 0) + 1
    result: list[tuple[list[int], list[tuple[float, ...]]]] = []
    before = -1
    for k, s in enumerate(found):
        choice = first[k]
        cues, rows, scores = list(choice.cues), list(choice.rows), list(choice.scores)
        p = r.paragraph[s.first] if s.last > s.first else 0
        behind = k + 1 if k + 1 < len(found) and found[k + 1].last > found[k + 1].first else -1
        prev = first[before] if before >= 0 else None
        after = first[behind] if behind >= 0 else None
        joins = prev is not None and prev.best >= 0 and prev.best not in cues and s.last > s.first
        if prev is not None and joins and p - r.paragraph[found[before].first] <= 3:
            cues.append(prev.best)
            rows += pairs(r, k, s, points, [prev.best], reporting_before)
            scores.append(-9.0)
        order = sorted(scores, reverse=True)
        prev_cue = points[prev.best].cue if prev is not None and prev.best >= 0 else None
        next_cue = points[after.best].cue if after is not None and after.best >= 0 else None
        extra = []
        for i, score in zip(cues, scores, strict=True):
            c = points[i].cue
            word = r.words[c.head] if c.head >= 0 else ""
            extra.append(
                (
                    score,
                    order.index(score),
                    score - order[0] if score < order[0] else score - order[1] if len(order) > 1 else 5.0,
                    prev is not None and prev.best == i,
                    after is not None and after.best == i,
                    bool(word)
                    and prev_cue is not None
                    and prev_cue.head >= 0
                    and r.words[prev_cue.head] == word,
                    bool(word)
                    and next_cue is not None
                    and next_cue.head >= 0
                    and r.words[next_cue.head] == word,
                    prev.score if prev is not None else -9.0,
                    after.score if after is not None else -9.0,
                    min(p - r.paragraph[found[before].first], 4) if before >= 0 else -1,
                    min(r.paragraph[found[behind].first] - p, 4) if behind >= 0 else -1,
                    times.get(i, 0),
                    not r.doc.quoted[before].closed if before >= 0 else -1,
                )
            )
        result.append((cues, [(*row, *more) for row, more in zip(rows, extra, strict=True)]))
        if choice.best >= 0 and choice.score > 0:
            before = k
    return result


QUOTE_FEATURES = (
    *FEATURES,
    *CHAIN_FEATURES,
    "final",
    "second",
    "previous_final",
    "next_final",
    "sum_before",
)
