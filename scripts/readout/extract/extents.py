"""Where the content of a cue begins and ends: without datelines, hearers, places and times of saying, asides.

The learned boundaries of `contents` come close; what is left over at the edges, or lost where a report stands in the
middle of its own clause, is told by the words and the tree.
"""

from __future__ import annotations

from bisect import bisect_left

from readout.extract import dateline
from readout.extract.attribution import CuePoint
from readout.extract.contents import Ranges
from readout.extract.cues import Cue, Reading, nouns
from readout.extract.kinds import noun_class
from readout.extract.paraphrase import trimmed
from readout.extract.syntax import FINITE


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
    if c.last <= first < end - 2 and r.words[first] in ("is", "was") and r.words[first + 1] == "that":
        first += 1  # “what she said [was] that …”
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


def placed(r: Reading, i: int) -> bool:
    """Whether a preposition of place, time or manner stands at a token."""
    return r.tags[i] == "IN" and r.words[i] not in REPORTING


def verbal(r: Reading, i: int) -> bool:
    """Whether a token is a verb, and no noun for somebody that a tagger takes for one (“broadcaster”)."""
    return r.tags[i][:2] in ("VB", "MD") and noun_class(r.words[i]) == "thing"


def clausal(r: Reading, first: int, end: int) -> bool:
    """Whether `tokens[first:end]` hold a finite verb, or words in quotation marks."""
    return any(r.tags[i] in FINITE or r.stretch[i] >= 0 for i in range(first, end))


def where_said(r: Reading, point: CuePoint, first: int, end: int) -> bool:
    """Whether `tokens[first:end]` tell where or how the quotation was said: “[In a post on X], she said, ‘…’”."""
    return end <= point.cue.at and placed(r, first) and not clausal(r, first, end)


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
    if end == c.first:  # “who [has been] described as …”
        while end - 1 > first and r.base[end - 1] == "aux" and r.heads[end - 1] == c.at:
            end -= 1
    verb = r.heads[c.at]
    if r.tags[c.at][:2] == "NN" and r.base[c.at] == "nsubj" and c.at < first < verb < end:
        end = opening_of(r, verb, first)  # “the claim that it cost 4,000 jobs [was rejected …]”
    above = matrix(r, c.at)
    subjects = [i for i in r.children[above] if r.base[i] == "nsubj"] if first < above < end else []
    if subjects and max(subjects) < c.at < c.last <= first and r.stretch[above] < 0:
        end = opening_of(r, above, first)  # “Silva, whom Costa called “a gift,” [has left]”
    return end


def opening_of(r: Reading, verb: int, first: int) -> int:
    """Where a verb begins behind token `first`, with its auxiliaries, adverbs and the marks before it."""
    before = [i for i in r.children[verb] if i > first and r.base[i] in ("aux", "cop", "advmod", "punct")]
    return min([verb, *before])


def matrix(r: Reading, at: int) -> int:
    """The verb over the relative clause that holds a verb; -1 where it is in none."""
    relative = False
    for _ in range(6):
        up = r.heads[at]
        if up < 0:
            return -1
        relative = relative or r.base[at] == "acl"
        if relative and r.tags[up][:2] == "VB":
            return up
        at = up
    return -1


def before_added(r: Reading, first: int, end: int) -> int:
    """Where a content ends without a noun in apposition to it, with a clause of the article's own: “that it would cost
    millions[, a figure the ministry disputes]”."""
    last = end - 1
    while last > first and r.words[last] != "," and r.stretch[last] < 0:
        last -= 1
    within = r.stretch[last] >= 0  # “that it was “a ruin,” [an allegation he denies]”
    if last == first or (within and r.words[last - 1] != ",") or r.words[last + 1 : last + 2] not in (["a"], ["an"]):
        return end
    k = r.chunk_of[last + 1]
    behind = r.chunks[k][1] if k >= 0 else end
    if behind + 1 < end and r.tags[behind] == "IN" and r.words[behind + 1] == "which":
        behind += 1
    relative = behind < end and (r.chunk_of[behind] >= 0 or r.words[behind] in ("that", "which"))
    return last + within if relative and any(r.tags[i] in FINITE for i in range(behind, end)) else end


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


def opened(r: Reading, cue: Cue) -> Ranges | None:
    """What follows an “according to” that opens a part of a sentence, behind a colon or semicolon, or None.

    “The memo says more: according to Silva, [the port will close].”
    """
    if cue.kind != "according" or cue.source is None or cue.first == 0 or r.words[cue.first - 1] not in (":", ";"):
        return None
    end = r.doc.sentences[r.sentence[cue.at]].last
    comma = next((i for i in range(cue.source[1], min(cue.source[1] + FARTHEST, end)) if r.words[i] == ","), end)
    first, end = trimmed(r, min(comma + 1, end), end)
    return ((first, end),) if first < end else None


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
    return (opens, first - 1), trimmed(r, comma + 1, s.last)
