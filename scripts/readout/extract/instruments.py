"""Finds the words that name an instrument of policy: candidates for moves, before any judgement of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from readout.extract.categories import TYPES, Odds
from readout.extract.frames import StatusWords
from readout.extract.layout import laid
from readout.extract.patterns import (
    Match,
    Matcher,
    Pattern,
    Words,
    compile_pattern,
    forms,
    load_classes,
    spread,
)
from readout.extract.syntax import FINITE, below
from readout.records import Doc, Parse

if sys.version_info >= (3, 11):
    import tomllib
else:  # pragma: no cover
    import tomli as tomllib  # type: ignore[import-not-found, unused-ignore]

LEXICONS = Path(__file__).resolve().parent.parent / "lexicons"


def read_toml(name: str) -> dict[str, Any]:
    """One lexicon file as plain data."""
    data: dict[str, Any] = tomllib.loads((LEXICONS / name).read_text(encoding="utf-8"))
    return data


@lru_cache(maxsize=1)
def instruments() -> tuple[Matcher, dict[str, dict[str, Any]]]:
    """The instruments, compiled, and the lexicon's tables by type."""
    table = read_toml("instruments.toml")
    classes = load_classes(table.pop("classes"))
    patterns: list[Pattern] = []
    for code, entry in table.items():
        for strength in ("never", "strong", "weak", "verb"):
            for source in entry.get(strength, ()):
                patterns += [compile_pattern(code, strength, one, classes) for one in spread(source)]
    return Matcher(patterns), table


@lru_cache(maxsize=1)
def status_words() -> StatusWords:
    """The lexicon of status, every form of every word."""
    table = read_toml("status.toml")
    verbs: dict[str, str] = {}
    particles: dict[str, dict[str, str]] = {}
    for kind, words in table["verbs"].items():
        for word in words.split():
            verb, _, rest = word.partition("-")
            for form in forms(verb):
                if rest:
                    particles.setdefault(form, {}).setdefault(rest, kind)
                else:
                    verbs.setdefault(form, kind)
    nouns: dict[str, str] = {}
    for kind, words in table["nouns"].items():
        for word in words.split():
            for form in forms(word.partition("-")[0]):
                nouns.setdefault(form, kind)

    def flat(name: str) -> dict[str, str]:
        return {word: kind for kind, words in table[name].items() for word in words.split()}

    return StatusWords(
        verbs,
        particles,
        nouns,
        flat("modals"),
        flat("adjectives"),
        flat("likely"),
        frozenset(table["hedges"]["words"].split()),
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """An instrument named at a place: tokens `[first, last)` of a sentence, its head among them."""

    code: str
    strength: str
    first: int
    last: int
    head: int
    sentence: int
    pattern: Pattern


PAST_ONLY = frozenset(
    """froze withdrew overthrew oversaw undertook struck sought shrank swore sank upheld withheld forbade
    unfroze""".split()
)
"""Forms that are nothing but the past of a verb, whatever a tagger says that never saw them."""


SUBJECTS = frozenset({"nsubj", "nsubj:pass"})


def view(doc: Doc, parse: Parse, naming: list[str]) -> Words:
    """A doc as the matcher sees it. `naming` tells for every token the kind of the name it stands in."""
    lower = laid(doc).lower
    tags: Sequence[str] = parse.tags
    if not PAST_ONLY.isdisjoint(lower):
        tags = tuple(
            "VBD" if word in PAST_ONLY and tag[0] != "V" else tag for word, tag in zip(lower, tags, strict=True)
        )
    relations = list(parse.relations)
    subjects: dict[int, list[int]] = {}
    for c, relation in enumerate(relations):
        if relation in SUBJECTS and parse.heads[c] >= 0:
            subjects.setdefault(parse.heads[c], []).append(c)
    for i, found in subjects.items():
        if len(found) > 1 and found[0] < i < found[-1] and tags[i][0] == "V":
            relations[found[-1]] = "obj"  # a second subject, behind the verb, is its object
    return Words(lower, tags, parse.heads, relations, below(parse.heads), naming)


def wanted(w: Words, m: Match) -> bool:
    """Whether the head's tag suits the kind of pattern."""
    tag = w.tags[m.head]
    if m.pattern.strength == "verb":
        return tag[0] == "V" or tag in ("JJ", "NN", "NNS")
    if m.last - m.first > 1:  # “peace deal offers”: a noun that the tagger took for a verb
        return tag not in ("VBD", "MD")
    return tag not in FINITE and tag != "VB"


def candidates(doc: Doc, w: Words) -> list[Candidate]:
    """All candidates of a doc in order; of those that overlap in a sentence the longest stays."""
    matcher, _ = instruments()
    out: list[Candidate] = []
    for number, sentence in enumerate(doc.sentences):
        matches = matcher.find(w, sentence.first, sentence.last)
        if not matches:
            continue
        never = [(m.first, m.last, m.pattern.code) for m in matches if m.pattern.strength == "never"]
        found: list[Match] = []
        for m in matches:
            if m.pattern.strength == "never" or not wanted(w, m):
                continue
            if any(
                c == m.pattern.code and (a <= m.head < b or a <= m.argument < b or a <= m.last - 1 < b)
                for a, b, c in never
            ):
                continue
            found.append(m)
        order = {"strong": 0, "verb": 1, "weak": 2}
        found.sort(
            key=lambda m: (
                order[m.pattern.strength] == 2,
                -words_in(m),
                order[m.pattern.strength],
                m.last - m.first,
                m.first,
            )
        )
        kept: list[Match] = []
        for m in found:
            if any(
                k.head == m.head or (k.first < m.last and m.first < k.last and overlap_blocks(k, m))
                for k in kept
            ):
                continue
            kept.append(m)
        claimed = {k.argument: k for k in kept if k.argument >= 0 and k.pattern.strength == "verb"}
        kept = [
            k for k in kept if not (k.head in claimed and claimed[k.head] is not k and k.last - k.first == 1)
        ]
        kept = [
            k
            for k in kept
            if not (k.pattern.strength == "weak" and k.last - k.first == 1 and inside_name(w, k.head))
        ]
        kept.sort(key=lambda m: (m.first, m.last))
        out += [
            Candidate(m.pattern.code, m.pattern.strength, m.first, m.last, m.head, number, m.pattern)
            for m in kept
        ]
    return recode(doc, w, out)


def inside_name(w: Words, i: int) -> bool:
    """Whether a token is part of a longer name."""
    return bool(w.naming[i]) and (
        (i > 0 and bool(w.naming[i - 1])) or (i + 1 < len(w.naming) and bool(w.naming[i + 1]))
    )


GENERIC_HEADS = frozenset(
    """ban embargo deal agreement accord pact measure quota restriction restrictions order plan treaty
    move package""".split()
)


def recode(doc: Doc, w: Words, found: list[Candidate]) -> list[Candidate]:
    """“The embargo”, “the agreement”: a bare definite word means the measure named in full before it."""
    out: list[Candidate] = []
    named: dict[str, str] = {}
    agreed = ""
    for c in found:
        word = w.lower[c.head].rstrip("s")
        bare = c.last - c.first == 1
        definite = (
            bare
            and not inside_name(w, c.head)
            and word in GENERIC_HEADS
            and any(w.lower[k] in DEFINITE for k in w.children[c.head])
        )
        if definite and word in named and named[word] != c.code:
            c = replace(c, code=named[word])
        elif definite and c.code == "treaty" and agreed:
            c = replace(c, code=agreed)
        if not bare or word not in GENERIC_HEADS:
            if word in GENERIC_HEADS:
                named[word] = c.code
            if (
                c.code
                in (
                    "loan",
                    "ceasefire",
                    "peace-agreement",
                    "trade-agreement",
                    "membership",
                    "arms-transfer",
                )
                and c.strength != "weak"
            ):
                agreed = c.code
        out.append(c)
    return out


DEFINITE = frozenset("the this that its their such".split())

UNNAMED = "by its words"
"""The pattern's source of a candidate that no pattern found."""
FAINT = -2.0
"""Log odds from which a sentence's words alone make a candidate: about one in eight of these speaks of a move."""


def unnamed(doc: Doc, w: Words, found: list[Candidate], said: Odds) -> list[Candidate]:
    """Candidates in sentences whose words speak of a type that no instrument of the lexicon names there."""
    have = {(c.sentence, c.code) for c in found}
    out: list[Candidate] = []
    for number, code in zip(*(part.tolist() for part in (said.table > FAINT).nonzero()), strict=True):
        if (number, TYPES[code]) in have:
            continue
        head = said.carrier(doc, w, number, code)
        if head is not None:
            strength = "verb" if w.tags[head][0] == "V" else "strong"
            pattern = Pattern(TYPES[code], strength, UNNAMED, (), 0, ())
            out.append(Candidate(TYPES[code], strength, head, head + 1, head, number, pattern))
    return out


def words_in(m: Match) -> int:
    """How many words a match is sure of: the more, the more specific."""
    return sum(1 for i in m.pattern.items if i.kind != "gap")


def overlap_blocks(k: Match, m: Match) -> bool:
    """Whether a kept match rules out one that overlaps it: the head of either lies in the other."""
    return k.first <= m.head < k.last or m.first <= k.head < m.last
