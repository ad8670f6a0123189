"""Whether what looks like a content says nothing: a time, a wish to stay unnamed, the object of an act, a denial's."""

from __future__ import annotations

from readout.extract import dateline, extents
from readout.extract.attribution import CuePoint
from readout.extract.contents import Ranges, Statement
from readout.extract.cues import Reading, nouns, verbs
from readout.extract.kinds import noun_class
from readout.extract.sources import SAYING


def says_nothing(r: Reading, told: Statement) -> bool:
    """Whether a content is but a time (“spoke [on Monday]”) or the wish to stay unnamed (“asked [not to be named]”)."""
    words = [r.words[i] for a, b in told.ranges for i in range(a, b) if r.words[i][0].isalnum()]
    plain = [w for w in words if w not in ("not", "to", "be", "only", "further")]
    if len(plain) < len(words) and plain[:1] in (["named"], ["identified"], ["quoted"]):
        return True
    if "not" in words and {"name", "surname", "names", "identity"} & set(words) and UNNAMED & set(words):
        return True  # “asked that her surname not be used”
    return all(w in WHEN or w[0].isdigit() for w in words)


UNNAMED = frozenset("used published disclosed revealed printed".split())
WHEN = dateline.WEEKDAYS | frozenset("on at in late early last next this morning afternoon evening night week".split())


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
        verb = r.words[first + 1] if first + 1 < end else ""
        return r.words[first] != "to" or verb in UNANSWERED or verbs().get(verb, ("", ""))[1] not in SPEECH
    if c.lemma == "read" and c.source is not None:
        noun = r.words[c.source[1] - 1]
        person = r.tags[c.head] in ("PRP", "NNP") or noun_class(noun) == "person"
        if person and r.chunk_of[first] >= 0 and r.words[first] != "that":
            return True  # “she read [the report]”
    k = r.chunk_of[first]
    if c.lemma == "recall" and c.last <= first and k >= 0 and r.chunks[k][1] == end:
        return noun_class(r.words[end - 1]) == "person"  # “recalled [its ambassador]”
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


SPEECH = frozenset("say add tell ask reply write argue admit announce".split())
"""Classes of verbs by which one might have said something: “declined to [confirm]”, but not “refused to [pay]”."""
UNANSWERED = frozenset("comment elaborate answer respond discuss speak talk".split())
"""What one declines who says nothing."""


def circumstance(r: Reading, point: CuePoint, ranges: Ranges) -> bool:
    """Whether a content tells but where or when something was said: “…, Peru said [in a letter to the court]”."""
    c = point.cue
    first, end = ranges[0][0], ranges[-1][1]
    if not 0 <= first - c.last <= 1 or not extents.placed(r, first):
        return False
    stop = next((i for i in range(first, end) if r.words[i] == ","), end)
    written = any(nouns().get(r.words[i], ("", ""))[1] == "message" for i in range(first, stop))
    if c.kind not in ("say", "add", "tell", "write") and not (written and c.kind in SAYING):
        return False
    return not extents.clausal(r, first, stop)


def denied(point: CuePoint, told: Statement) -> bool:
    """Whether a content is what somebody denies: “the mayor took money, a charge he rejects”."""
    return point.cue.lemma in DENIALS and all(end <= point.cue.at for _, end in told.ranges)


DENIALS = frozenset(("deny", "reject", "dispute", "refute", "dismiss"))
"""Verbs that never follow the words of whoever is their subject."""
