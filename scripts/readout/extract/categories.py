"""Which types of move a sentence speaks of, by its words: text categorization with a linear model.

The instruments of the lexicon know the usual words of a measure. This knows the others: every lemma, pair of
neighbours, pair of head and dependent, and class of similar words has a weight for each of the forty types, learned
from the project's own annotated sentences and articles (`scripts/training/categories.py`). The sum is the log odds
that a sentence speaks of a move of the type. All is done for a whole article at once, on arrays of integers.

One-against-rest logistic regression over n-grams and syntactic pairs: Joachims 1998, doi:10.1007/BFb0026683; classes of
words from their vectors as in Koo, Carreras and Collins 2008 (aclanthology.org/P08-1068).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from readout.extract import network, syntax
from readout.extract.kinds import noun_class
from readout.extract.layout import laid
from readout.extract.patterns import Words
from readout.records import MOVE_TYPES, Doc

PATH = Path(__file__).resolve().parent.parent / "weights" / "categories.npz"
Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

TYPES = MOVE_TYPES
NUMBER = {code: k for k, code in enumerate(TYPES)}
KINDS = {"person": 0, "organization": 1, "country": 2, "place": 3, "group": 4}
RELATIONS = {
    name: k for k, name in enumerate("obj nsubj nsubj:pass obl nmod compound amod xcomp ccomp acl".split())
}
STRENGTHS = {"strong": 0, "verb": 1, "weak": 2}
CLASSES = (1000, 250)
"""Sizes of the two divisions of the words into classes: the finer for single words, the coarser for pairs."""
NOTHING = 0
FIGURE = 1
FIRST_KIND = 2
FIRST_WORD = 8
"""Numbers of tokens: 0 says nothing, 1 is a figure, 2 to 7 are names by kind, the rest are lemmas."""

# What a feature is, with its value. A key is kind << 56 | relation << 48 | left << 24 | right.
UNIT, PAIR, SKIP, TIE, NEAR, FAR, CLASS_PAIR, CLASS_TIE, CODE, CODE_STRENGTH, CODE_WORD, PLACE = range(12)
VALUES = np.array([1.0, 0.7, 0.5, 1.0, 0.7, 0.5, 0.5, 0.7, 2.0, 1.5, 1.0, 0.5], np.float32)


class Found(NamedTuple):
    """The features of a doc, one row each."""

    key: Ints
    sentence: Ints
    token: Ints
    """The token a feature stands at; of a pair, the later or dependent one."""
    other: Ints
    """The other token of a pair; the same one for the rest."""

    @property
    def value(self) -> Floats:
        """What each counts."""
        values: Floats = VALUES[self.key >> 56]
        return values


def lemma_of(word: str, tag: str) -> str:
    """The lemma of a token in lower case; `#` for a figure, empty for a mark."""
    if tag == "CD":
        return "#"
    return syntax.lemma(word, tag).lower() if word[0].isalnum() else ""


def lemmas(doc: Doc, tags: Sequence[str]) -> list[str]:
    """The lemma of each token, as `lemma_of` gives it."""
    return [lemma_of(t.text, tag) for t, tag in zip(doc.tokens, tags, strict=True)]


def features(
    doc: Doc, w: Words, words: Ints, fine: Ints, coarse: Ints, hits: Iterable[tuple[int, str, str]]
) -> Found:
    """All features of a doc, once a sentence; see `proposed`."""
    found = proposed(doc, w, words, fine, coarse, hits)
    order = np.lexsort((found.key, found.sentence))
    key, number = found.key[order], found.sentence[order]
    fresh = np.ones(len(key), bool)
    fresh[1:] = (key[1:] != key[:-1]) | (number[1:] != number[:-1])
    return Found(*(part[order[fresh]] for part in found))


def proposed(
    doc: Doc, w: Words, words: Ints, fine: Ints, coarse: Ints, hits: Iterable[tuple[int, str, str]]
) -> Found:
    """All features of a doc as often as they come, in no order that matters but that of the tokens.

    `words`: the number of each token (see FIRST_WORD), -1 for a lemma without one; `fine`, `coarse`: the class of
    each, 0 for none; `hits`: instruments of the lexicon as (head token, type, strength).
    """
    sizes = [s.last - s.first for s in doc.sentences]
    sentence = np.repeat(np.arange(len(sizes)), sizes)
    heads = np.asarray(w.heads, np.int64)
    relation = np.array([RELATIONS.get(r, -1) for r in w.relations], np.int64)
    keys: list[Ints] = []
    where: list[Ints] = []
    others: list[Ints] = []

    def add(before: Ints | int, right: Ints, token: Ints, other: Ints) -> None:
        """Features of a kind; `before` is the key without its right part."""
        keys.append(before | right)
        where.append(token)
        others.append(other)

    good = words > 0
    ok = np.flatnonzero(good)
    add(UNIT << 56, words[ok], ok, ok)
    for kind, step in ((PAIR, 1), (SKIP, 2)):
        ok = np.flatnonzero((sentence[step:] == sentence[:-step]) & good[step:] & good[:-step]) + step
        add(kind << 56 | words[ok - step] << 24, words[ok], ok, ok - step)
    tied = (relation >= 0) & (heads >= 0) & (words != NOTHING)
    ok = np.flatnonzero(tied & good & good[heads])
    above = heads[ok]
    add(TIE << 56 | relation[ok] << 48 | words[above] << 24, words[ok], ok, above)
    ok = np.flatnonzero(fine)
    add(NEAR << 56, fine[ok], ok, ok)
    some = coarse > 0
    ok = np.flatnonzero(some)
    add(FAR << 56, coarse[ok], ok, ok)
    ok = np.flatnonzero((sentence[1:] == sentence[:-1]) & some[1:] & some[:-1]) + 1
    add(CLASS_PAIR << 56 | coarse[ok - 1] << 24, coarse[ok], ok, ok - 1)
    ok = np.flatnonzero(tied & some & some[heads])
    above = heads[ok]
    add(CLASS_TIE << 56 | relation[ok] << 48 | coarse[above] << 24, coarse[ok], ok, above)
    found = list(hits)
    if found:
        head = np.array([h for h, _, _ in found], np.int64)
        code = np.array([NUMBER[c] for _, c, _ in found], np.int64)
        strength = np.array([STRENGTHS[s] for _, _, s in found], np.int64)
        add(CODE << 56, code, head, head)
        add(CODE_STRENGTH << 56 | strength << 48, code, head, head)
        ok = np.flatnonzero(good[head])
        add(CODE_WORD << 56 | words[head[ok]] << 24, code[ok], head[ok], head[ok])
    first = np.array([s.first for s in doc.sentences if s.last > s.first], np.int64)
    add(PLACE << 56, np.minimum(sentence[first], 3), first, first)
    token = np.concatenate(where)
    return Found(np.concatenate(keys), sentence[token], token, np.concatenate(others))


class Places:
    """Where each of some keys stands in their array: a hash table on arrays, for many keys at once."""

    def __init__(self, keys: Ints) -> None:
        self.keys = keys
        self.bits = max(len(keys), 1).bit_length() + 3  # so large that few keys share a slot
        self.slots = np.full(1 << self.bits, -1, np.int64)
        left = np.arange(len(keys))
        slot = self.slot(keys)
        while len(left):
            free = self.slots[slot] < 0
            self.slots[slot[free]] = left[free]
            late = self.slots[slot] != left  # another key took the slot: the next one
            left, slot = left[late], self.next(slot[late])

    def slot(self, keys: Ints) -> Ints:
        """The slot where the search for each key begins."""
        spread = keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)  # the golden ratio's: Knuth, TAOCP 6.4
        found: Ints = (spread >> np.uint64(64 - self.bits)).astype(np.int64)
        return found

    def next(self, slot: Ints) -> Ints:
        """The slots after these."""
        return (slot + 1) & ((1 << self.bits) - 1)

    def of(self, keys: Ints) -> Ints:
        """The place of each key; -1 for one that is not there."""
        slot = self.slot(keys)
        found: Ints = self.slots[slot]
        open_ = np.flatnonzero((found >= 0) & (self.keys[found] != keys))
        while len(open_):
            slot[open_] = self.next(slot[open_])
            found[open_] = self.slots[slot[open_]]
            open_ = open_[(found[open_] >= 0) & (self.keys[found[open_]] != keys[open_])]
        return found


class Model:
    """The weights: a sorted array of keys, and for each a row with one weight a type."""

    def __init__(
        self, words: Sequence[str], keys: Ints, rows: Floats, bias: Floats, fine: Ints, coarse: Ints
    ) -> None:
        self.words = words
        """The lemmas that have a number, in order."""
        self.keys, self.rows, self.bias = keys, rows, bias
        self.places = Places(keys)
        self.fine, self.coarse = fine, coarse
        """The class of each word of the network's vectors."""
        self.number = {word: k for k, word in enumerate(words, FIRST_WORD)}
        self.number["#"] = FIGURE
        self.number[""] = NOTHING
        self._known: dict[tuple[str, str, str], int] = {}

    def numbers(self, doc: Doc, w: Words) -> tuple[Ints, Ints, Ints]:
        """The number of each token and its two classes."""
        known = self._known
        if len(known) > KNOWN:  # a bound on memory; the numbers do not depend on it
            known.clear()
        keys = list(zip(laid(doc).texts, w.tags, w.naming, strict=True))
        found = list(map(known.get, keys))
        if None in found:
            for i, number in enumerate(found):
                if number is None:
                    found[i] = known[keys[i]] = self.entry(*keys[i])
        out = np.array(found, np.int64)
        return (out >> 32) - 1, out >> 16 & 0xFFFF, out & 0xFFFF

    def entry(self, word: str, tag: str, kind: str) -> int:
        """The number of a token and its two classes in one: 16 bits for each class, the number plus one above."""
        if kind in KINDS:
            number, fine, coarse = NAMES[kind]
        else:
            lemma = lemma_of(word, tag)
            at = network.network().vector_row.get(lemma) if lemma[:1].isalnum() else None
            number = self.number.get(lemma, -1)
            fine, coarse = (0, 0) if at is None else (int(self.fine[at]) + 1, int(self.coarse[at]) + 1)
        return (number + 1) << 32 | fine << 16 | coarse


KNOWN = 100_000
"""Words with their tags and kinds whose numbers are kept."""
NAMES = {kind: (FIRST_KIND + k, 0, CLASSES[1] + 1 + k) for kind, k in KINDS.items()}
"""Kind of a name → its number and classes."""


class Odds(NamedTuple):
    """What the words of a doc say."""

    table: Floats
    """Sentences × types: the log odds that a sentence speaks of a move of the type."""
    found: Found
    weights: Floats
    """Features × types: what each adds."""

    def carrier(self, doc: Doc, w: Words, sentence: int, code: int) -> int | None:
        """The noun or verb of a sentence that says most for a type; None where there is no such word."""
        s = doc.sentences[sentence]
        low, high = np.searchsorted(self.found.sentence, (sentence, sentence + 1))
        says = np.zeros(s.last - s.first, np.float64)
        part = self.weights[low:high, code].astype(np.float64) * 0.5
        np.add.at(says, self.found.token[low:high] - s.first, part)
        np.add.at(says, self.found.other[low:high] - s.first, part)
        best, most = None, 0.0
        for i in range(s.first, s.last):
            if w.tags[i][0] not in "NV" or w.naming[i] or w.relations[i].startswith(("aux", "cop")):
                continue
            lone = w.tags[i] == "NN" and w.relations[i] == "nsubj" and i + 1 < s.last and not w.naming[i + 1]
            if lone and noun_class(w.lower[i]) == "person":
                continue  # “a judge blocked the sale”: the act is in the verb
            value = float(says[i - s.first]) + 0.2 * (w.tags[i][0] == "V")
            if best is None or value > most:
                best, most = i, value
        return best


@lru_cache(maxsize=2)
def load(path: str) -> Model | None:
    """The weights of a file; None where there is none."""
    if not Path(path).exists():
        return None
    with np.load(path) as stored:
        return Model(
            bytes(stored["words"]).decode("utf-8").split("\n"),
            np.cumsum(stored["keys"]),
            stored["rows"].astype(np.float32) * stored["scale"][:, None],
            stored["bias"],
            stored["fine"].astype(np.int64),
            stored["coarse"].astype(np.int64),
        )


def odds(doc: Doc, w: Words, hits: Iterable[tuple[int, str, str]], model: Model | None = None) -> Odds | None:
    """What the words of a doc say of every sentence, by the weights that ship or others; None without any."""
    model = model or load(str(PATH))
    if model is None or not doc.tokens:
        return None
    found = proposed(doc, w, *model.numbers(doc, w), hits)
    row = model.places.of(found.key)
    known = np.flatnonzero(row >= 0)
    # of those with a weight, once a sentence each: the first
    number = found.sentence[known] * len(model.keys) + row[known]
    order = np.argsort(number, kind="stable")
    once = order[np.diff(number[order], prepend=-1) > 0]
    known = known[once]
    found = Found(*(part[known] for part in found))
    weights = model.rows[row[known]] * found.value[:, None]
    table = np.tile(model.bias, (len(doc.sentences), 1))
    if len(found.key):
        starts = np.flatnonzero(np.diff(found.sentence, prepend=-1))
        table[found.sentence[starts]] += np.add.reduceat(weights, starts, axis=0)
    return Odds(table, found, weights)
