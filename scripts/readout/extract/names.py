"""Doc, Parse → Names: who and what is named, with kind."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from readout.extract import features, network, syntax
from readout.records import Doc, Name, Parse, Span

Piece = tuple[int, int, str]
"""First token, token behind the last, kind."""


def find(doc: Doc, parse: Parse) -> tuple[Name, ...]:
    """The proper names of a doc in order, none overlapping.

    A people or its adjective (“Kenyan”) is a `group`; a country's name a `country`, every other
    location a `place`; events, works, laws are `other`.
    """
    if not doc.tokens:
        return ()
    scores = syntax.reading(doc).names
    pieces = decode(scores, syntax.bounds_of(doc))
    pieces = [trimmed(doc, p) for p in pieces]
    tokens = doc.tokens
    names = []
    for first, last, kind in pieces:
        span = Span(tokens[first].start, tokens[last - 1].end)
        names.append(Name(span, final_kind(doc.text[span.start : span.end], kind)))
    return tuple(names)


@cache
def transitions() -> NDArray[np.float32]:
    """0 where a label may follow another, else a forbidding number; rows: before, columns: after."""
    labels = network.network().labels
    table = np.full((len(labels), len(labels)), -1e4, np.float32)
    for i, a in enumerate(labels):
        for j, b in enumerate(labels):
            opened = a[0] in "BI"
            goes_on = b[0] in "IE"
            if (opened and goes_on and a[1:] == b[1:]) or (not opened and not goes_on):
                table[i, j] = 0
    return table


def decode(scores: NDArray[np.float32], bounds: list[tuple[int, int]]) -> list[Piece]:
    """The best consistent labels of each sentence, as pieces."""
    labels = network.network().labels
    best = scores.argmax(1).tolist()
    pieces: list[Piece] = []
    allowed = transitions()
    starts = [i for i, label in enumerate(labels) if label[0] in "IE"]
    ends = [i for i, label in enumerate(labels) if label[0] in "BI"]
    closed = {i for i, label in enumerate(labels) if label[0] in "OES"}
    for first, last in bounds:
        path = best[first:last]
        if not any(path):
            continue
        sound = path[0] not in starts and path[-1] in closed
        if sound:
            before = path[0]
            for now in path[1:]:
                if allowed[before, now] < 0:
                    sound = False
                    break
                before = now
        if not sound:
            path = viterbi(scores[first:last], allowed, starts, ends)
        begun = first
        for i, label in enumerate(path, first):
            name = labels[label]
            if name[0] in "BS":
                begun = i
            if name[0] in "ES":
                pieces.append((begun, i + 1, name[2:]))
    return pieces


def viterbi(
    scores: NDArray[np.float32], allowed: NDArray[np.float32], starts: list[int], ends: list[int]
) -> list[int]:
    """The best path of labels under the transitions; not from `starts`, not to `ends`."""
    n = len(scores)
    total = scores[0].copy()
    total[starts] -= 1e4
    back = np.zeros((n, scores.shape[1]), np.int64)
    for i in range(1, n):
        step = total[:, None] + allowed
        back[i] = step.argmax(0)
        total = step.max(0) + scores[i]
    total[ends] -= 1e4
    path = [int(total.argmax())]
    for i in range(n - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]


def trimmed(doc: Doc, piece: Piece) -> Piece:
    """Without article before and possessive ending behind."""
    first, last, kind = piece
    tokens = doc.tokens
    if last - first > 1 and tokens[last - 1].text.lower() in ("'s", "’s", "'", "’"):
        last -= 1
    if last - first > 1 and tokens[first].text in ("the", "The", "THE", "a", "A", "an"):
        first += 1
    return first, last, kind


@cache
def countries() -> frozenset[str]:
    """Names of countries as they stand in texts, in lower case."""
    names = features.country_words()[0]
    return frozenset(n.lower() for n in names)


def final_kind(words: str, kind: str) -> str:
    """`location` parted into country and place."""
    if kind != "location":
        return kind
    plain = " ".join(words.split()).lower().removeprefix("the ")
    return "country" if plain in countries() else "place"
