"""Choices and statements → findings: no word stands in two quotes."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from readout.extract import dateline
from readout.extract.attribution import Choice, CuePoint
from readout.extract.contents import Ranges, Statement
from readout.extract.cues import Cue, Reading, nouns
from readout.extract.kinds import noun_class
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
    closed = closing(r, points)
    opening = [p.cue.first for p in points if p.cue.rank == 0 and opened(r, p.cue) is not None]
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
        if key in pieces or denied(points[told.cue], told):
            continue
        if own:
            told = told._replace(ranges=tuple(x for x in told.ranges if not where_said(r, points[told.cue], *x)))
        if not told.ranges or says_nothing(r, told) or mere_act(r, points[told.cue], told):
            continue
        if cut_off(r, points[told.cue], told):
            continue
        kept: list[tuple[int, int]] = []
        ranges = [
            (begun(r, points[told.cue], first, end), ended(r, closed, points[told.cue], first, end))
            for first, end in told.ranges
        ]
        ranges = [(first, without_venue(r, first, end)) for first, end in ranges]
        ranges = [(first, before_dash(r, first, end)) for first, end in ranges]
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


def where_said(r: Reading, point: CuePoint, first: int, end: int) -> bool:
    """Whether `tokens[first:end]` tell where or how the quotation was said: “[In a post on X], she said, ‘…’”."""
    return end <= point.cue.at and placed(r, first) and not clausal(r, first, end)


def placed(r: Reading, i: int) -> bool:
    """Whether a preposition of place, time or manner stands at a token."""
    return r.tags[i] == "IN" and r.words[i] not in REPORTING


def clausal(r: Reading, first: int, end: int) -> bool:
    """Whether `tokens[first:end]` hold a finite verb, or words in quotation marks."""
    return any(r.tags[i] in FINITE or r.stretch[i] >= 0 for i in range(first, end))


def outer_first(points: list[CuePoint], said: list[Statement]) -> list[Statement]:
    """The statements, those within a likely one behind it: of “Peru said Chile had claimed it” the whole is Peru's."""
    likely = [told for told in said if told.probability > OUTER]

    def depth(told: Statement) -> int:
        at = points[told.cue].cue.at
        return sum(any(a <= at < b for a, b in outer.ranges) for outer in likely if outer.cue != told.cue)

    return sorted(said, key=depth)


OUTER = 0.6


def says_nothing(r: Reading, told: Statement) -> bool:
    """Whether a content is but a time (“spoke [on Monday]”) or the wish to stay unnamed (“asked [not to be named]”)."""
    words = [r.words[i] for a, b in told.ranges for i in range(a, b) if r.words[i][0].isalnum()]
    plain = [w for w in words if w not in ("not", "to", "be", "only", "further")]
    if len(plain) < len(words) and plain[:1] in (["named"], ["identified"], ["quoted"]):
        return True
    return all(w in WHEN or w[0].isdigit() for w in words)


def cut_off(r: Reading, point: CuePoint, told: Statement) -> bool:
    """Whether a content is but the subject of its cue with an auxiliary: “[Silva was] quoted by Radio Sol”."""
    end = told.ranges[-1][1]
    if point.cue.lemma not in ("quote", "cite") or len(told.ranges) > 1:
        return False
    return end == point.cue.first and r.base[end - 1] == "aux" and r.heads[end - 1] == end


def mere_act(r: Reading, point: CuePoint, told: Statement) -> bool:
    """Whether a content is but the object of an act: “called [the police]”, “declined [to comment]”.

    What is called something has a second noun, an adjective or a quotation behind it: “called [the plan a trap]”.
    """
    c = point.cue
    first, end = told.ranges[0]
    if c.lemma in ("decline", "refuse"):
        return r.words[first] != "to" or (first + 1 < r.n and r.words[first + 1] in UNANSWERED)
    k = r.chunk_of[first]
    if c.lemma != "call" or first < c.last or k < 0 or r.chunks[k][0] != first:
        return False
    if any(r.stretch[i] >= 0 for a, b in told.ranges for i in range(a, b)):
        return False
    behind = r.chunks[k][1]
    return behind >= end or not (
        r.chunk_of[behind] >= 0
        or r.stretch[behind] >= 0
        or r.tags[behind][:2] in ("JJ", "RB", "VB")
        or r.words[behind] == "as"
    )


UNANSWERED = frozenset("comment elaborate answer respond discuss speak talk".split())
"""What one declines who says nothing."""


WHEN = dateline.WEEKDAYS | frozenset("on at in late early last next this morning afternoon evening night week".split())


def circumstance(r: Reading, point: CuePoint, ranges: Ranges) -> bool:
    """Whether a content tells but where or when something was said: “…, Peru said [in a letter to the court]”."""
    c = point.cue
    first, end = ranges[0][0], ranges[-1][1]
    if not 0 <= first - c.last <= 1 or not placed(r, first):
        return False
    stop = next((i for i in range(first, end) if r.words[i] == ","), end)
    written = any(nouns().get(r.words[i], ("", ""))[1] == "message" for i in range(first, stop))
    if c.kind not in ("say", "add", "tell", "write") and not (written and c.kind in SAYING):
        return False
    return not clausal(r, first, stop)


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


def opened(r: Reading, cue: Cue) -> Ranges | None:
    """What follows an “according to” that opens a part of a sentence, behind a colon or semicolon, or None.

    “The memo says more: according to Silva, [the port will close].”
    """
    if cue.kind != "according" or cue.source is None or cue.first == 0 or r.words[cue.first - 1] not in (":", ";"):
        return None
    end = r.doc.sentences[r.sentence[cue.at]].last
    comma = next((i for i in range(cue.source[1], min(cue.source[1] + FARTHEST, end)) if r.words[i] == ","), end)
    while end > comma and not r.words[end - 1][:1].isalnum() and r.stretch[end - 1] < 0:
        end -= 1
    return ((comma + 1, end),) if comma + 1 < end else None


TELLING = frozenset("say add tell write argue admit announce".split())
"""Classes of verbs that may stand in the middle of what they report."""


def interrupted(r: Reading, cue: Cue) -> Ranges | None:
    """The two halves of a clause in which its report stands between subject and verb, or None.

    “The port, Silva said on Monday, will close in May.”
    """
    if cue.source is None or cue.rank or cue.kind not in TELLING or r.tags[cue.at] not in FINITE:
        return None
    if r.tags[cue.head][:1] == "W" or not -1 <= cue.first - cue.source[1] <= 2:
        return None
    s = r.doc.sentences[r.sentence[cue.at]]
    first, behind = min(cue.source[0], cue.first), max(cue.source[1], cue.last)
    if first - 1 <= s.first or r.words[first - 1] != ",":
        return None
    comma = next((i for i in range(behind, min(behind + FARTHEST, s.last)) if r.words[i] == ","), -1)
    verb = comma + 1 + (comma > 0 and comma + 1 < s.last and r.tags[comma + 1] == "RB")
    opens = s.first + (r.tags[s.first] == "CC")
    if comma < 0 or verb >= s.last or r.tags[verb] not in FINITE:
        return None
    between = [*range(opens, first - 1), *range(behind, comma)]
    if any(r.tags[i] in FINITE or r.stretch[i] >= 0 or r.words[i] in (",", ";", ":") for i in between):
        return None
    end = s.last
    while end > verb and not r.words[end - 1][:1].isalnum() and r.stretch[end - 1] < 0:
        end -= 1
    return (opens, first - 1), (comma + 1, end)


SAYING = frozenset("say add argue admit announce write boast warn".split())


def denied(point: CuePoint, told: Statement) -> bool:
    """Whether a content is what somebody denies: “the mayor took money, a charge he rejects”."""
    return point.cue.lemma in DENIALS and all(end <= point.cue.at for _, end in told.ranges)


DENIALS = frozenset(("deny", "reject", "dispute", "refute", "dismiss"))
"""Verbs that never follow the words of whoever is their subject."""


def begun(r: Reading, point: CuePoint, first: int, end: int) -> int:
    """Where the content `tokens[first:end]` begins without a dateline, the one who is told, and adverbials."""
    paragraph = r.doc.paragraphs[r.paragraph[first]]
    opens = r.doc.sentences[paragraph.first].first
    if first - opens <= FARTHEST:
        behind = dateline.surely_behind(r.doc, paragraph)
        if first < behind < end:
            first = behind
        label = next((i for i in range(opens, min(opens + 4, end)) if r.words[i] == ":"), opens)
        if first < label and r.text[r.starts[opens] : r.starts[label]].isupper():
            first = label + 1  # “NEW DELHI: The cabinet …”
    c = point.cue
    k = r.chunk_of[first]
    if c.kind == "tell" and k >= 0 and c.last <= r.chunks[k][0] < first and r.chunks[k][1] < end:
        first = r.chunks[k][1]  # “told Radio Porto [newsmen] the port would close”
    if first == c.last:
        first = behind_day(r, first, end)
        if c.kind == "talk":
            first = behind_hearer(r, first, end)
    if c.kind == "according" and first > c.last:
        first = behind_relative(r, first, end)
    # “told [NRK that …]”, “said [on the radio that …]”
    if first - c.last <= DAY and (c.kind == "tell" or placed(r, first)):
        that = next((i for i in range(first, min(first + 9, end)) if r.words[i] == "that"), first)
        clause = c.kind == "tell" or r.tags[that] == "IN"
        if clause and not any(r.words[i] == "," or verbal(r, i) for i in range(first, that)):
            first = that
    return behind_adverbial(r, first, end)



def behind_relative(r: Reading, first: int, end: int) -> int:
    """The first token behind what is added about the source: “according to three men, [none of whom was named,] …”."""
    upto = [i for i in range(first, min(first + 3, end)) if r.words[i] in ("who", "whom", "whose", "which")]
    comma = next((i for i in range(first, end) if r.words[i] == ","), -1)
    return comma + 1 if upto and first < comma < end - 1 else first


def behind_hearer(r: Reading, first: int, end: int) -> int:
    """The first token behind the one who is spoken to: “spoke [with Costa] about the port”."""
    if r.words[first] not in ("to", "with") or first + 1 >= end:
        return first
    k = r.chunk_of[first + 1]
    behind = r.chunks[k][1] if k >= 0 else first
    return behind if behind < end and r.words[behind] in ("about", "of", "on") else first


def closing(r: Reading, points: list[CuePoint]) -> dict[int, tuple[int, int]]:
    """Sentence → the cue (its token) of a clause that reports it all from its end, and the comma before the clause.

    “Peru told Chile it would wait[, the minister said].”
    """
    found: dict[int, tuple[int, int]] = {}
    for point in points:
        c = point.cue
        if c.rank or c.kind != "say" or c.source is None or c.source[1] != c.first:
            continue
        sentence = r.sentence[c.at]
        comma, last = c.source[0] - 1, r.doc.sentences[sentence].last
        last_words = any(r.words[i][:1].isalnum() for i in range(c.last, last))
        if not last_words and r.words[comma] == "," and r.stretch[comma] < 0 and r.sentence[comma] == sentence:
            found[sentence] = c.at, comma
    return found


def ended(r: Reading, closed: dict[int, tuple[int, int]], point: CuePoint, first: int, end: int) -> int:
    """Where the content `tokens[first:end]` ends without the clause that reports its whole sentence."""
    at, comma = closed.get(r.sentence[end - 1], (-1, -1))
    if at != point.cue.at and first < comma and at < end:
        end = comma
    c = point.cue
    verb = r.heads[c.at]
    if r.tags[c.at][:2] == "NN" and r.base[c.at] == "nsubj" and c.at < first < verb < end:
        # “the claim that it cost 4,000 jobs [was rejected …]”
        before = [i for i in r.children[verb] if i > first and r.base[i] in ("aux", "cop", "advmod", "punct")]
        end = min([verb, *before])
    return end


def before_dash(r: Reading, first: int, end: int) -> int:
    """Where a content ends without what the article adds behind its only dash: “that he would go [— a step he had ruled
    out]”."""
    dashes = [i for i in range(first + 1, end - 1) if r.words[i] in SPACED and r.stretch[i] < 0 and parted(r, i)]
    return dashes[0] if len(dashes) == 1 and r.words[dashes[0] + 1] in ("a", "an", "the") else end


SPACED = frozenset(("—", "–", "--", "-"))


def parted(r: Reading, at: int) -> bool:
    """Whether a dash is no hyphen: a space stands before it, or it is long."""
    return r.words[at] != "-" or r.starts[at] > r.ends[at - 1]


def without_venue(r: Reading, first: int, end: int) -> int:
    """Where a content ends without where it was said, behind its last quoted words: “the plan “mad” [in an
    interview with Radio Sol]”."""
    last = end - 1
    while last > first and r.stretch[last] < 0:
        last -= 1
    if last + 2 >= end or last == first or r.words[last + 1] not in ("in", "on", "during", "at"):
        return end
    k = bisect_left(r.chunk_starts, last + 2)
    if k >= len(r.chunks) or r.chunks[k][0] > last + 2:
        return end
    noun = r.words[r.chunks[k][1] - 1]
    if noun not in PLACES and nouns().get(noun, ("", ""))[1] != "message":
        return end
    return end if any(r.tags[i] in FINITE for i in range(last + 1, end)) else last + 1


PLACES = frozenset("conference briefing debate appearance address twitter facebook podcast show rally".split())


def behind_day(r: Reading, first: int, end: int) -> int:
    """The first token behind the day of saying: “said [Tuesday it will close]”, “told [on Friday night that …]”."""
    i = first + (r.words[first] in ("on", "late", "early"))
    if i >= end or r.words[i] not in dateline.WEEKDAYS or r.words[i + 1 : i + 2] == ["'s"]:
        return first
    i += 1
    i += i < end and r.words[i] in ("morning", "afternoon", "evening", "night")
    i += i < end and r.words[i] == ","
    return i if i < end else first


DAY = 4
"""Tokens that a day may take."""


def verbal(r: Reading, i: int) -> bool:
    """Whether a token is a verb, and no noun for somebody that a tagger takes for one (“broadcaster”)."""
    return r.tags[i][:2] in ("VB", "MD") and noun_class(r.words[i]) == "thing"


def behind_adverbial(r: Reading, first: int, end: int) -> int:
    """Where the content `tokens[first:end]` begins without words that tell where, when or how it was said.

    “said [in a statement: ‘…’]”, “told reporters [as she left, ‘We won’]”: a comma or colon and a quotation that
    is a sentence of its own follow them. At `end` or behind it where nothing else is left.
    """
    opens = next((i for i in range(first, min(end + 2, r.n)) if r.stretch[i] >= 0), -1)
    if not 1 < opens - first <= FARTHEST or r.words[opens - 1] not in (",", ":"):
        return first
    clause = r.words[first] in CIRCUMSTANCE
    if not clause and (r.tags[first] not in ("IN", "TO") or r.words[first] in REPORTING):
        return first
    if not clause and any(r.tags[i] in FINITE or r.tags[i] == "VB" for i in range(first, opens)):
        return first
    word = next((i for i in range(opens, r.n) if r.words[i][:1].isalnum()), opens)
    alone = r.words[opens - 1] == ":" or r.text[r.starts[word]].isupper()
    return opens if alone and r.sentence[first] == r.sentence[opens] else first


FARTHEST = 15
CIRCUMSTANCE = frozenset(("as", "when", "while", "after", "before", "during"))
REPORTING = frozenset(
    ("that", "whether", "if", "because", "though", "although", "unless", "than", "like", "of", "about", "for")
)
"""Prepositions and conjunctions that open what is said."""


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
