"""Where a user's own parts go in: who finds names, who parses, who ties mentions. Ours are the default.

A part is an object with the one method of its protocol, made by a factory without arguments (or with one, the
text behind the colon). Factories are found through the entry points `readout.recognizer` and
`readout.syntax` and `readout.coref`; which one is used is named in the environment:

    READOUT_RECOGNIZER=spacy                  the installed English spaCy model (the largest of several)
    READOUT_RECOGNIZER=spacy:en_core_web_lg   this one (name or folder)
    READOUT_SYNTAX=mine                       the entry point `mine` of the group `readout.syntax`
    READOUT_COREF=mine                        the entry point `mine` of the group `readout.coref`

All parts speak in spans of the article's text. What they say is laid over our tokens and sentences, and every
passage is still cut by `Doc.cut`: a part can be wrong, but it cannot put words into a briefing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple, Protocol

from readout.records import Doc, Name, Parse, Span

KINDS = frozenset(("person", "organization", "country", "place", "location", "group", "other"))


class Word(NamedTuple):
    """One word of a foreign parser."""

    start: int
    end: int
    """Half-open, in code points of the text; words stand in order and do not overlap."""
    tag: str
    """Penn Treebank tag."""
    head: int
    """Index of the head among the words; -1 for a root."""
    relation: str
    """Universal Dependencies relation."""


class Recognizer(Protocol):
    """Finds names in a text."""

    def names(self, text: str) -> Iterable[tuple[int, int, str]]:
        """Start, end (half-open, code points) and kind: `person`, `organization`, `country`, `place`,
        `location` (country or place, decided by our lists), `group` or `other`."""
        ...


class Syntax(Protocol):
    """Tags and parses a text."""

    def words(self, text: str) -> Sequence[Word]:
        """The words of the text with tags and heads."""
        ...


class Coref(Protocol):
    """Ties what speaks of one and the same."""

    def links(self, text: str, names: Sequence[tuple[int, int]]) -> Iterable[Iterable[tuple[int, int]]]:
        """Groups of spans (half-open, code points) that mean one entity; `names` are the names found.

        A group counts by the names in it: its other spans become descriptions and pronouns of the actor that
        most of these name. Groups without a name are left aside, and so are spans that meet a name.
        """
        ...


class UnknownPart(LookupError):
    """The part named in the settings is not installed; says which and what there is."""


def chosen(group: str) -> str:
    """The part that the environment names for `recognizer`, `syntax` or `coref`; empty for ours."""
    value = os.environ.get(f"READOUT_{group.upper()}", "").strip()
    return "" if value in ("", "readout") else value


def entry_points(group: str) -> Iterable[Any]:
    """The installed entry points of a group; looked up only where a part is named, for it costs a start 20 ms."""
    from importlib.metadata import entry_points as installed

    return installed(group=group)


@cache
def part(group: str, named: str) -> Any:
    """Make the part `name` or `name:argument` of a group. Raises UnknownPart where there is none."""
    name, _, argument = named.partition(":")
    found: dict[str, Callable[..., Any]] = {}
    for point in sorted(entry_points(group=f"readout.{group}"), key=lambda p: (p.name, p.value)):
        found.setdefault(point.name, point.load)
    if name in found:
        factory = found[name]()
    elif name == "spacy" and group != "coref":  # ours, also where the package runs without being installed
        from readout.extract import spacy_parts

        factory = spacy_parts.SpacyRecognizer if group == "recognizer" else spacy_parts.SpacySyntax
    else:
        there = ", ".join(sorted({*found, "readout", *(() if group == "coref" else ("spacy",))}))
        raise UnknownPart(f"READOUT_{group.upper()}={named}: there is no such {group}; installed: {there}")
    return factory(argument) if argument else factory()


def recognizer() -> Recognizer | None:
    """The user's recognizer; None for ours."""
    named = chosen("recognizer")
    return part("recognizer", named) if named else None


def syntax() -> Syntax | None:
    """The user's parser; None for ours."""
    named = chosen("syntax")
    return part("syntax", named) if named else None


def coref() -> Coref | None:
    """The user's way of tying mentions; None for ours."""
    named = chosen("coref")
    return part("coref", named) if named else None


# ------------------------------------------------------------------ laid over our tokens
def laid_names(doc: Doc, found: Iterable[tuple[int, int, str]]) -> tuple[Name, ...]:
    """Foreign names as ours: in order, inside the text, widened to tokens, the longer of two that meet."""
    starts = [t.start for t in doc.tokens]
    from bisect import bisect_right

    kept: list[Name] = []
    wanted = sorted((s, -e, k) for s, e, k in found if 0 <= s < e <= len(doc.text) and k in KINDS)
    for s, minus_e, kind in wanted:
        e = -minus_e
        first = max(bisect_right(starts, s) - 1, 0)
        last = bisect_right(starts, e - 1)
        if first < len(doc.tokens) and doc.tokens[first].end <= s:
            first += 1
        if first >= last:
            continue
        span = Span(doc.tokens[first].start, doc.tokens[last - 1].end)
        if not kept or span.start >= kept[-1].span.end:
            kept.append(Name(span, kind))
    return tuple(kept)


def laid_parse(doc: Doc, words: Sequence[Word]) -> Parse:
    """A foreign parse over our tokens and sentences.

    A token of several words takes the word whose head lies outside of it; the pieces of a word that we cut
    hang on its last one. Each of our sentences is one tree: heads outside of it are cut, further roots hang
    on the first, and a token that no word covers hangs on the one before.
    """
    n = len(doc.tokens)
    owner: list[list[int]] = [[] for _ in range(n)]
    last: list[int] = [-1] * len(words)
    t = 0
    for w, word in enumerate(words):
        while t < n and doc.tokens[t].end <= word.start:
            t += 1
        k = t
        while k < n and doc.tokens[k].start < word.end:
            owner[k].append(w)
            last[w] = k
            k += 1
    tags = ["NN"] * n
    heads = [-2] * n
    relations = ["dep"] * n
    for k, own in enumerate(owner):
        if not own:
            continue
        outer = [w for w in own if words[w].head not in own]
        w = outer[0] if outer else own[0]
        tags[k] = words[w].tag
        if last[w] != k:
            heads[k], relations[k] = last[w], "compound"
        elif words[w].head < 0:
            heads[k] = -1
        else:
            heads[k], relations[k] = last[words[w].head], words[w].relation
    for sentence in doc.sentences:
        rooted(heads, relations, sentence.first, sentence.last)
    return Parse(tuple(tags), tuple(heads), tuple(relations))


def rooted(heads: list[int], relations: list[str], first: int, last: int) -> None:
    """Make the heads of the tokens `[first, last)` one tree, in place."""
    for i in range(first, last):
        if heads[i] == -2:
            heads[i] = i - 1 if i > first else -1
        elif heads[i] == i or (heads[i] >= 0 and not first <= heads[i] < last):
            heads[i] = -1
    for i in range(first, last):  # a chain that never ends is cut where it closes
        seen: set[int] = set()
        at = i
        while heads[at] >= 0 and at not in seen:
            seen.add(at)
            at = heads[at]
        if heads[at] >= 0:
            heads[at] = -1
    roots = [i for i in range(first, last) if heads[i] < 0]
    for i in roots[1:]:
        heads[i] = roots[0]
        if relations[i] == "root" or not relations[i]:
            relations[i] = "parataxis"
    if roots:
        relations[roots[0]] = "root"
