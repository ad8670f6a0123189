"""Choices → choices: the cue that a quoted stretch hangs on, exchanged where grammar leaves no doubt.

The ranking of `attribution` sees order and distance; which of two verbs of one speaker reports, and whose words end a
relative clause, is a matter of the tree.
"""

from __future__ import annotations

from collections.abc import Sequence

from readout.extract import attribution
from readout.extract.attribution import NEVER, Choice
from readout.extract.cues import CAUSING, Cue, Reading, bracketed, gesture_before
from readout.extract.kinds import noun_class
from readout.extract.syntax import FINITE


def rehung(r: Reading, cues: Sequence[Cue], k: int, choice: Choice) -> Choice:
    """The choice of the stretch `k` with the cue that grammar demands; `cues` are those that choices speak of."""
    for exchange in (nearest_of_source, outside, inner, controlled, put_it, led_in, gesture):
        choice = exchange(r, cues, k, choice)
    return choice


def nearest_of_source(r: Reading, cues: Sequence[Cue], k: int, choice: Choice) -> Choice:
    """The choice, its cue exchanged for the nearest before the stretch that shares its source.

    “Speaking in Lisbon, Silva called the plan “mad”.” Either verb has the right speaker; the nearer one
    reports.
    """
    if choice.best < 0:
        return choice
    best = cues[choice.best]
    first = r.tokens_of[k][0]
    if best.head < 0 or best.at >= first or r.sentence[best.at] != r.sentence[first]:
        return choice
    better = choice.best
    best_of: dict[int, float] = {}
    for i, score in zip(choice.cues, choice.scores, strict=True):
        best_of[cues[i].at] = max(score, best_of.get(cues[i].at, score))
    for i, score in zip(choice.cues, choice.scores, strict=True):
        c = cues[i]
        if (
            c.head == best.head
            and c.kind in attribution.REPORTS
            and cues[better].at < c.at < first
            and score > choice.score - SAME_SOURCE
            and score >= best_of[c.at]
            and not (c.kind in STANCES and within(r, c.at, best.at))
            and not any(r.stretch[j] >= 0 for j in range(c.at, first))
        ):
            better = i
    return choice._replace(best=better)


SAME_SOURCE = 4.0


def within(r: Reading, verb: int, outer: int) -> bool:
    """Whether a verb stands in a clause that is the object of another: “[said] she would [back] the plan”."""
    for _ in range(DEEP):
        above = r.heads[verb]
        if above < 0:
            return False
        if above == outer:
            bare = r.base[verb] == "conj" and r.tags[verb] == "VB"  # goes with a “would” in what is said
            return r.base[verb] == "ccomp" or bare
        if r.base[verb] not in ("conj", "xcomp", "ccomp"):
            return False  # “said he welcomed it, [calling] it “a gift””
        verb = above
    return False


STANCES = frozenset(("judge", "urge", "think", "commit"))
"""Classes of verbs that, within what somebody says, tell what he thinks or will do rather than what else he says."""
DEEP = 6
"""Steps up the tree from a verb to the one whose object it stands in."""


def inner(r: Reading, cues: Sequence[Cue], k: int, choice: Choice) -> Choice:
    """The choice, its cue exchanged for the verb of a relative clause that ends in the stretch: “accuse him of fraud,
    a charge he dismisses as “fairy tales””."""
    first = r.tokens_of[k][0]
    if choice.best < 0 or cues[choice.best].at >= first:
        return choice
    for i, score in zip(choice.cues, choice.scores, strict=True):
        c = cues[i]
        if (
            cues[choice.best].at < c.at < first
            and r.base[c.at] == "acl"
            and r.tags[c.at] in FINITE
            and c.kind in attribution.REPORTS
            and c.source is not None
            and r.heads[c.at] < c.source[0] < c.at
            and first - c.last <= 2
            and r.sentence[c.at] == r.sentence[first]
            and score > choice.score - RIVALS
            and r.tags[c.head][:1] != "W"
            and (r.words[c.source[0] - 1] in ("which", "whom") or added(r, r.heads[c.at]))
        ):
            return choice._replace(best=i)
    return choice


RIVALS = 3.0
"""So much worse a relative clause may stand in the ranking."""


def added(r: Reading, noun: int) -> bool:
    """Whether a noun is added behind a comma to what was said before it: “…, [a charge] he dismisses”."""
    k = r.chunk_of[noun]
    first = r.chunks[k][0] if k >= 0 else 0
    return first > 0 and r.words[first - 1] == "," and r.words[first] in ("a", "an")


def outside(r: Reading, cues: Sequence[Cue], k: int, choice: Choice) -> Choice:
    """The choice, without a cue that follows a stretch in brackets: “… include Silva (“a farce”) and Costa, who
    called it “a trap.””"""
    first, last = r.tokens_of[k]
    if choice.best < 0 or cues[choice.best].at < last or not bracketed(r, first, last):
        return choice
    return choice._replace(best=-1, score=NEVER)


def controlled(r: Reading, cues: Sequence[Cue], k: int, choice: Choice) -> Choice:
    """The choice, its cue exchanged for what one is led to do: “it prompted Silva [to predict] “a long winter””."""
    first = r.tokens_of[k][0]
    if choice.best < 0:
        return choice
    best = cues[choice.best]
    for i in choice.cues:
        c = cues[i]
        if (
            c.rank == 0
            and r.heads[c.at] == best.at
            and best.kind == "verb"
            and (r.base[c.at] == "xcomp" or r.words[best.at] in CAUSING)
            and c.source is not None
            and best.last <= c.source[0] < c.source[1] <= c.first < first
        ):
            return choice._replace(best=i)
    return choice


def put_it(r: Reading, cues: Sequence[Cue], k: int, choice: Choice) -> Choice:
    """The choice, its cue exchanged for “as Silva put it” beside the stretch."""
    first, last = r.tokens_of[k]
    for i in choice.cues:
        c = cues[i]
        if c.rank or c.lemma != "put" or c.source is None or r.words[c.last : c.last + 1] != ["it"]:
            continue
        opens = c.source[0]
        if opens == 0 or r.words[opens - 1] != "as" or r.tags[c.head][:3] == "PRP":
            continue
        if r.sentence[c.at] != r.sentence[first]:
            continue
        if 0 <= first - (c.last + 1) <= 3 or 0 <= opens - 1 - last <= 1:
            return choice._replace(best=i)
    return choice


def led_in(r: Reading, cues: Sequence[Cue], k: int, choice: Choice) -> Choice:
    """The choice, its cue exchanged for one of the paragraph before, where that ends in a colon: “Silva made this
    remark: / “…””."""
    first = r.tokens_of[k][0]
    p = r.paragraph[first]
    if p == 0 or choice.best < 0 or r.tokens_in(p)[0] != first:
        return choice
    last = r.tokens_in(p - 1)[1] - 1
    if r.words[last] != ":" or r.paragraph[cues[choice.best].at] in (p - 1, p):
        return choice
    options = [
        (score, i)
        for i, score in zip(choice.cues, choice.scores, strict=True)
        if r.sentence[cues[i].at] == r.sentence[last] and cues[i].source is not None
    ]
    return choice._replace(best=max(options)[1]) if options else choice


def gesture(r: Reading, cues: Sequence[Cue], k: int, choice: Choice) -> Choice:
    """The choice, its cue exchanged for what somebody does in the sentence before the stretch: “Silva shook her head.
    “Ask me tomorrow.””"""
    before = gesture_before(r, *r.tokens_of[k])
    if choice.best < 0 or before < 0 or r.sentence[cues[choice.best].at] >= before:
        return choice
    options = [
        (score, i)
        for i, score in zip(choice.cues, choice.scores, strict=True)
        if r.sentence[cues[i].at] == before and cues[i].rank == 0 and somebody(r, cues[i])
    ]
    return choice._replace(best=max(options)[1]) if options else choice


def somebody(r: Reading, c: Cue) -> bool:
    """Whether the source of a cue is a person by its words: a name, “he”, “his wife”."""
    if c.source is None:
        return False
    if r.tags[c.head] == "PRP":
        return r.words[c.head] in ("he", "she")
    return r.tags[c.head] == "NNP" or noun_class(r.words[c.head]) == "person"
