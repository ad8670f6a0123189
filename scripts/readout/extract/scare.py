"""Doubtful stretches looked at again: is it somebody's words, or a scare quote, a title, a name?

What no cue claims clearly may stand within a statement, or an attitude, that covers it; the names that the
network sees and the words around the marks speak for titles. The weights are learned (`scripts/training/quotes.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from readout import lexicon
from readout.extract import network, settle, syntax
from readout.extract.attribution import Choice, CuePoint, Stretch
from readout.extract.contents import Statement
from readout.extract.cues import Reading

DOUBT = 1.5
"""A stretch whose first score lies nearer to 0 than this is looked at again."""

FEATURES = (
    "said",
    "thought",
    "said_n",
    "thought_n",
    "said_class",
    "thought_class",
    "said_is_chosen",
    "thought_is_chosen",
    "name_most",
    "plain_mean",
    "plain_most",
    "naming_1",
    "naming_2",
    "naming_3",
    "naming_after",
    "stretches",
    "sentence",
)


@cache
def naming() -> dict[str, int]:
    """Word → number of its class in `lexicons/naming.tsv`, from 1."""
    return {
        word: number
        for number, (_, words) in enumerate(lexicon.rows("naming", 2), 1)
        for word in words.split()
    }


@cache
def label_columns() -> tuple[tuple[int, ...], int]:
    """The network's labels: those of names that are no actors (works, events), and the one for no name."""
    labels = network.network().labels
    return tuple(i for i, label in enumerate(labels) if label.endswith("other")), labels.index("O")


class Cover(NamedTuple):
    """What a statement lends to a stretch it covers."""

    probability: float
    number: float
    """The class of its cue."""
    chosen: bool
    """Whether the stretch had chosen this cue."""


NOTHING = Cover(0.0, -1.0, False)


def covers(
    points: Sequence[CuePoint], stretch: Stretch, chosen: int, said: Sequence[Statement]
) -> tuple[list[Cover], list[Cover]]:
    """The statements, and the attitudes, whose content holds all of a stretch; `chosen` is a token or -1."""
    a, b = stretch.first, stretch.last
    found: tuple[list[Cover], list[Cover]] = ([], [])
    for told in said:
        if any(x <= a and b <= y for x, y in told.ranges):
            point = points[told.cue]
            attitude = point.cue.kind in settle.ATTITUDES
            found[attitude].append(Cover(told.probability, point.base[0], point.cue.at == chosen))
    return found


def features(
    r: Reading,
    points: Sequence[CuePoint],
    stretches: Sequence[Stretch],
    last: Sequence[Choice],
    said: Sequence[Statement],
    wanted: Sequence[int],
) -> list[tuple[float, ...]]:
    """The features of the stretches `wanted`, none empty, beside those of the first look."""
    if not wanted:
        return []
    names = syntax.reading(r.doc).names
    other, plain = label_columns()
    known = naming()
    out: list[tuple[float, ...]] = []
    for k in wanted:
        s = stretches[k]
        first, last_word = inner(r, s)
        sentence = r.doc.sentences[r.sentence[s.first]]
        chosen = points[last[k].best].cue.at if last[k].best >= 0 else -1
        facts, attitudes = covers(points, s, chosen, said)
        fact = max(facts, key=lambda c: c.probability, default=NOTHING)
        attitude = max(attitudes, key=lambda c: c.probability, default=NOTHING)
        before = [
            known.get(r.words[i], 0) if i >= sentence.first else 0
            for i in (s.first - 1, s.first - 2, s.first - 3)
        ]
        inside = np.exp(names[first:last_word])
        out.append(
            tuple(
                map(
                    float,
                    (
                        fact.probability,
                        attitude.probability,
                        len(facts),
                        len(attitudes),
                        fact.number,
                        attitude.number,
                        fact.chosen,
                        attitude.chosen,
                        inside[:, other].sum(axis=1).max(),
                        inside[:, plain].mean(),
                        inside[:, plain].max(),
                        *before,
                        known.get(r.words[s.last], 0) if s.last < sentence.last else 0,
                        len(stretches),
                        sentence.last - sentence.first,
                    ),
                )
            )
        )
    return out


def titles_work(r: Reading, s: Stretch) -> bool:
    """Whether a stretch is the title of a work that is named beside it: “the film ‘Red Dust’”, “the ‘Early Birds’
    radio show”, “CNN's ‘Early Birds’”."""
    first, last = inner(r, s)
    tokens = r.doc.tokens
    words = [tokens[i].text for i in range(first, last) if tokens[i].text[0].isalpha()]
    if not words or len(words) > LONGEST_TITLE or not words[0][0].isupper():
        return False
    if not all(w[0].isupper() or w in UNCAPITALIZED for w in words):
        return False
    works = lexicon.words("works")
    before = s.first - 1
    if len(words) > 1 and before > 0 and r.words[before] in ("'s", "'") and broadcaster(tokens[before - 1].text):
        return True
    if len(words) > 1 and before > 0 and r.words[before] == ",":
        before -= 1
    if before >= 0 and r.sentence[before] == r.sentence[s.first] and singular(r.words[before]) in works:
        return True
    behind = s.last
    if behind + 1 < r.n and r.tags[behind] in ("NN", "NNP", "JJ") and r.tags[behind + 1] in ("NN", "NNS"):
        behind += 1
    return (
        behind < r.n
        and r.tags[behind][:2] == "NN"
        and r.sentence[behind] == r.sentence[s.last - 1]
        and singular(r.words[behind]) in works
    )


def broadcaster(word: str) -> bool:
    """Whether a word may be the name of a station: capitals, three at least."""
    return len(word) > 2 and word.isalpha() and word.isupper()


def singular(word: str) -> str:
    """A regular noun without the ending of the plural."""
    return word[:-1] if word.endswith("s") and word not in lexicon.words("works") else word


LONGEST_TITLE = 10
UNCAPITALIZED = frozenset("a an and as at but by for from in is it my of on or s t the to with 's n't ll".split())


def inner(r: Reading, s: Stretch) -> tuple[int, int]:
    """The tokens of a stretch without marks at its ends, at least one."""
    first, last = s.first, s.last
    if last - first > 1 and not r.words[first][:1].isalnum():
        first += 1
    while last - 1 > first and not r.words[last - 1][:1].isalnum():
        last -= 1
    return first, last
