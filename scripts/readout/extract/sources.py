"""Cue → its source: which noun phrase near a reporting verb names the one who reports.

The parse proposes its subject; noun phrases before and behind the verb stand beside it, since a quotation in
the sentence misleads a parser. A learned ranking over order, distance, tags and relations chooses.
"""

from __future__ import annotations

from bisect import bisect_left

from readout.extract import dateline
from readout.extract.attribution import MARK_NUMBER, NEVER, RELATION_NUMBER, SOURCE_PRONOUNS, TAG_NUMBER
from readout.extract.cues import CLASS_NUMBER, DAYS, HOW, Cue, Reading
from readout.extract.syntax import FINITE

FEATURES = (
    "class",
    "cue_tag",
    "cue_relation",
    "passive",
    "before_cue_tag",
    "before_cue_mark",
    "after_cue_tag",
    "after_cue_mark",
    "before_cue_quoted",
    "after_cue_quoted",
    "side",
    "distance",
    "ordinal",
    "commas",
    "finite",
    "quotes_between",
    "is_subject",
    "subject_how",
    "relation",
    "head_is_cue",
    "tag",
    "pronoun",
    "plural",
    "capital",
    "length",
    "preposition",
    "before_tag",
    "before_mark",
    "after_tag",
    "after_mark",
    "sentence_start",
    "kind",
    "time",
    "is_child",
    "possessive",
    "ccomp_between",
    "wh_between",
    "agrees",
    "subject_known",
    "first_chunk",
    "has_name",
    "head_noun_tag",
)

TIMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight week month
    year morning
    evening night afternoon january february march april may june july august september october november
    december
    mondays tuesdays wednesdays thursdays fridays saturdays sundays weekend hours days weeks months years
    time times
    hour minute minutes day moment jan feb mar apr jun jul aug sept sep oct nov dec""".split()
)
SURE = frozenset(("according", "dash"))
"""Classes of cues whose source stands right behind them."""
BEFORE, AFTER = 5, 2
HOW_BEFORE, HOW_AFTER = HOW["before"], HOW["after"]


def propose(r: Reading, c: Cue) -> list[tuple[tuple[int, int], int, int]]:
    """Noun phrases that may be the source of a cue: tokens, head, how.  The parse's subject stands first."""
    v = c.at
    found: list[tuple[tuple[int, int], int, int]] = []
    seen: set[int] = set()
    s = r.doc.sentences[r.sentence[v]]
    if c.kind in SURE or (c.kind == "colon" and c.source is not None):
        return [(c.source, c.head, c.how)] if c.source is not None else []
    if c.lemma == "tell" and not any(r.words[i][:1].isalnum() for i in range(c.last, s.last)):
        return []  # “Duties to return, Peru told”: Peru hears it
    if c.head >= 0:
        k = r.chunk_of[c.head]
        if k >= 0:
            seen.add(k)
            found.append((r.chunks[k], c.head, c.how))
        elif c.source is not None:
            found.append((c.source, c.head, c.how))
    at = bisect_left(r.chunk_starts, v)
    n = 0
    k = at - 1
    while k >= 0 and n < BEFORE and r.chunks[k][0] >= s.first:
        if k not in seen and r.chunks[k][1] <= v:
            seen.add(k)
            found.append((r.chunks[k], r.chunks[k][1] - 1, HOW_BEFORE))
        n += 1
        k -= 1
    if k >= 0 and r.chunks[k][0] >= s.first:  # the sentence's first phrase, over whatever stands between
        while k > 0 and r.chunks[k - 1][0] >= s.first:
            k -= 1
        if k not in seen:
            seen.add(k)
            found.append((r.chunks[k], r.chunks[k][1] - 1, HOW_BEFORE))
    k, n = at, 0
    while k < len(r.chunks) and n < AFTER and r.chunks[k][0] < s.last:
        if r.chunks[k][0] - v > 8:
            break
        if k not in seen and r.chunks[k][0] > v:
            seen.add(k)
            found.append((r.chunks[k], r.chunks[k][1] - 1, HOW_AFTER))
        n += 1
        k += 1
    if (
        r.tags[v][:2] == "NN" and v > s.first
    ):  # “his claim”, “Silva's claim”: the possessor, inside the phrase itself
        k = r.chunk_of[v]
        if k >= 0:
            for i in range(r.chunks[k][0], v):
                if r.tags[i] == "PRP$":
                    found.append(((i, i + 1), i, HOW["possessive"]))
                elif r.words[i] == "'s" and i > r.chunks[k][0]:
                    found.append(((r.chunks[k][0], i), i - 1, HOW["possessive"]))
    return found


QUESTIONS = frozenset(("WP", "WDT", "WRB"))

Look = tuple[tuple[float, ...], bool, bool, bool, bool, bool]
"""The features of a noun phrase that are the same for every cue: those from `tag` to `sentence_start`, then
`plural`, `time`, `possessive`, `first_chunk`, `has_name`."""


def look(r: Reading, span: tuple[int, int]) -> Look:
    """What a noun phrase looks like by itself."""
    a, b = span
    words, tags = r.words, r.tags
    s = r.doc.sentences[r.sentence[a]]
    word, tag = words[b - 1], tags[b - 1]
    opens, closes = a <= s.first, b >= s.last
    plural = tag in ("NNS", "NNPS") or word in ("they", "we")
    inside = tags[a:b]
    shape = (
        TAG_NUMBER.get(tag, 0),
        SOURCE_PRONOUNS.get(word, 0),
        plural,
        r.text[r.starts[b - 1]].isupper(),
        min(b - a, 10),
        not opens and tags[a - 1] in ("IN", "TO"),
        -1 if opens else TAG_NUMBER.get(tags[a - 1], 0),
        -1 if opens else MARK_NUMBER.get(words[a - 1], 0),
        -1 if closes else TAG_NUMBER.get(tags[b], 0),
        -1 if closes else MARK_NUMBER.get(words[b], 0),
        opens or r.stretch[a - 1] >= 0,
    )
    possessive = not closes and words[b] in ("'s", "'")
    return shape, plural, word in TIMES, possessive, opens, "NNP" in inside or "NNPS" in inside


def rows(
    r: Reading, c: Cue, proposed: list[tuple[tuple[int, int], int, int]], kinds: dict[int, int]
) -> list[tuple[float, ...]]:
    """The features of each proposed source of a cue."""
    v = c.at
    s = r.doc.sentences[r.sentence[v]]
    words, tags, heads, base, stretch = r.words, r.tags, r.heads, r.base, r.stretch
    looks = r.looks
    before = c.first - 1
    after = c.last
    below = [(g, r.rels[g]) for g in r.children[v]]
    passive = "aux:pass" in [relation for _, relation in below]
    inside = before >= s.first
    follows = after < s.last
    shared = (
        CLASS_NUMBER[c.kind],
        TAG_NUMBER.get(tags[v], 0),
        RELATION_NUMBER.get(base[v], 0),
        passive,
        TAG_NUMBER.get(tags[before], 0) if inside else -1,
        MARK_NUMBER.get(words[before], 0) if inside else -1,
        TAG_NUMBER.get(tags[after], 0) if follows else -1,
        MARK_NUMBER.get(words[after], 0) if follows else -1,
        inside and r.stretch[before] >= 0,
        follows and r.stretch[after] >= 0,
    )
    known = c.head >= 0
    above = heads[v]
    complements = [r.subtree(g) for g, relation in below if relation in ("ccomp", "xcomp")]
    # the verb itself or the auxiliary before it tells the number of its subject
    forms = (tags[v], tags[v - 1] if v > s.first else "")
    singular, number_shown = "VBZ" in forms, "VBZ" in forms or "VBP" in forms
    out: list[tuple[float, ...]] = []
    nth_before = nth_after = 0
    for span, head, how in proposed:
        a, b = span
        if b <= v:
            side, x, y = 0, b, v
            ordinal = nth_before
            nth_before += how == HOW_BEFORE
        else:
            side, x, y = 1, v + 1, a
            ordinal = nth_after
            nth_after += how == HOW_AFTER
        commas = finite = quotes = wh = 0
        if y > x:
            end = y if y < x + 40 else x + 40
            for word, tag, k in zip(words[x:end], tags[x:end], stretch[x:end], strict=True):
                if word == ",":
                    commas += 1
                elif tag in FINITE:
                    finite += k < 0
                elif tag in QUESTIONS:
                    wh += 1
                if k >= 0:
                    quotes = 1
        seen = looks.get(span)
        if seen is None:
            seen = looks[span] = look(r, span)
        shape, plural, time, possessive, opens, named = seen
        up = heads[head]
        agrees = plural is not singular if number_shown else -1
        out.append(
            (
                *shared,
                side,
                -1 if y < x else y - x if y < x + 40 else 40,
                ordinal,
                commas if commas < 4 else 4,
                finite if finite < 3 else 3,
                quotes,
                head == c.head,
                how,
                RELATION_NUMBER.get(base[head], 0),
                up == v,
                *shape,
                max(kinds.get(b - 1, 0), kinds.get(head, 0)),
                time,
                up >= 0 and up in (v, above),
                possessive,
                bool(complements) and any([m <= head < n for m, n in complements]),
                wh,
                agrees,
                known,
                opens,
                named,
                TAG_NUMBER.get(tags[head], 0),
            )
        )
    return out


def assign(
    r: Reading,
    cues: list[Cue],
    proposed: list[list[tuple[tuple[int, int], int, int]]],
    scores: list[list[float]],
    rival: float,
) -> list[Cue]:
    """Each cue with its best source; a runner-up that scores above `rival` follows as a cue of rank 1."""
    result: list[Cue] = []
    for c, options, mine in zip(cues, proposed, scores, strict=True):
        if not options:
            result.append(c._replace(source=None, head=-1))
            continue
        # “an advertisement released [Thursday] accuses”: a day is nobody
        mine = [NEVER if r.words[b - 1] in DAYS else score for ((_, b), _, _), score in zip(options, mine, strict=True)]
        order = sorted(range(len(options)), key=lambda i: -mine[i])
        top = order[0]
        span, head, how = options[top]
        if mine[top] < LEAST and c.kind not in SURE:
            result.append(Cue(*c[:5], None, -1, 0, mine[top]))
        else:
            result.append(Cue(*c[:5], span, head, how, mine[top]))
            if len(order) > 1 and mine[order[1]] > rival:
                span, head, how = options[order[1]]
                result.append(Cue(*c[:5], span, head, how, mine[order[1]], 1))
    return result


def widened(r: Reading, c: Cue, spoken: set[int]) -> tuple[int, int] | None:
    """A source as it is shown: with what follows its noun, to the next mark or the cue.

    “a study [by economists in Porto]”, “officials [who had seen the draft]”. `spoken` holds the tokens of
    contents, which no source enters.
    """
    if c.source is None or c.kind in ("colon", "dash"):
        return c.source
    first, last = c.source
    end = min(max(last, r.subtree(c.head)[1]), first + LONGEST)
    if last <= c.first:
        end = min(end, c.first)
    at = last
    while at < end and at not in spoken and r.stretch[at] < 0 and not closes(r, at):
        at += 1
    while at > last and r.tags[at - 1] in ("IN", "TO", "DT", "CC", "RB"):  # “a letter in”, cut by a parse
        at -= 1
    return first, at


def with_antecedent(r: Reading, source: tuple[int, int], spoken: set[int]) -> int:
    """The first token of a source that is a relative pronoun, with the noun it takes up: “[an industry] that”."""
    first, last = source
    if last - first != 1 or r.tags[first] not in ("WP", "WDT") or first == 0:
        return first
    k = r.chunk_of[first - 1 - (r.words[first - 1] == ",")]
    if k < 0 or r.chunks[k][1] < first - 1 or any(i in spoken for i in range(r.chunks[k][0], first)):
        return first
    return r.chunks[k][0]


def closes(r: Reading, at: int) -> bool:
    """Whether a token ends a phrase: a mark, but no hyphen within a word (“caucus-goers”)."""
    if r.words[at] not in CLOSING:
        return False
    joined = r.words[at] == "-" and 0 < at < r.n - 1
    return not (joined and r.starts[at] == r.ends[at - 1] and r.starts[at + 1] == r.ends[at])


LONGEST = 30
CLOSING = frozenset((",", ";", ":", "(", ")", "—", "–", "-", "--", ".", "“", "”", '"', "''"))
LEAST = -1.0
"""A source below this is no source: of 200 contents that nobody is said to have said, 168 got a source at -3, 112 at 0;
between them sources that are right are neither gained nor lost."""
RIVAL = 0.0
"""Above this a source is likelier than none."""


SAYING = frozenset("say add argue admit announce write boast warn".split())
"""Classes of verbs whose subject may stand behind them."""


def inverted(r: Reading, cue: Cue) -> tuple[int, int] | None:
    """The one who speaks behind a cue that a comma parts from what was said: “…, claimed [Ana Silva], its leader.”

    None where no name stands there, or the sentence goes on behind it.
    """
    k = bisect_left(r.chunk_starts, cue.last)
    if cue.kind not in SAYING or r.words[cue.first - 1] != "," or r.tags[cue.at] not in ("VBD", "VBZ"):
        return None
    if k >= len(r.chunks) or r.chunks[k][0] != cue.last or r.stretch[cue.at] >= 0:
        return None
    first, end = r.chunks[k]
    name = r.tags[end - 1][:3] == "NNP" and r.words[first] not in dateline.WEEKDAYS
    named = name or r.words[end - 1] in ("he", "she", "they")
    s = r.doc.sentences[r.sentence[cue.at]]
    told = any(r.tags[i] in FINITE for i in range(s.first, cue.first))
    over = r.words[end] in (",", ".") if end < r.n else True
    return (first, end) if named and told and over and end <= s.last else None


def was_asked(r: Reading, cue: Cue) -> bool:
    """Whether the source of “ask” is the one who was asked: “Silva, asked if he would resign, …”."""
    if cue.lemma != "ask" or cue.source is None or r.words[cue.source[0] - 1] == "by":
        return False
    relations = [r.rels[c] for c in r.children[cue.at]]
    if "aux:pass" in relations:
        return True
    before = r.words[cue.at - 1] if cue.at else ""
    reduced = r.tags[cue.at] == "VBN" or before == "when" or (before == "," and cue.source[1] == cue.at - 1)
    return reduced and not any(rel.startswith("aux") for rel in relations)
