"""Reads what is learned from: treebanks, names, and the project's own annotated wire."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from readout import goldtext
from readout.records import Article
from readout.segment import segment, tokenize
from training import lists

KINDS = ("person", "organization", "location", "group", "other")
LABELS = ("O", *(f"{b}-{k}" for k in KINDS for b in "BIES"))
LABEL_ID = {label: i for i, label in enumerate(LABELS)}
LONGEST = 120
"""Tokens a sentence is cut at."""


@dataclass
class Text:
    """One document: its sentences' forms, and what is known of them (None: not annotated)."""

    source: str
    sentences: list[list[str]]
    allowed: list[list[int]] | None = None
    """For each token a bit set of the name labels that agree with the annotation."""
    tags: list[list[str]] | None = None
    heads: list[list[int]] | None = None
    """Index in the sentence; -1 for the root."""
    relations: list[list[str]] | None = None


# ------------------------------------------------------------------ treebanks
def treebank(path: Path, source: str) -> Iterator[Text]:
    """The documents of a CoNLL-U file, in the project's own tokens."""
    text: Text | None = None
    for block in gzip.decompress(path.read_bytes()).decode().split("\n\n"):
        if not block.strip():
            continue
        if "# newdoc" in block or text is None:
            if text and text.sentences:
                yield text
            text = Text(source, [], None, [], [], [])
        sentence = retokenize(block)
        if sentence is not None:
            forms, tags, heads, relations = sentence
            assert text.tags is not None and text.heads is not None and text.relations is not None
            text.sentences.append(forms)
            text.tags.append(tags)
            text.heads.append(heads)
            text.relations.append(relations)
    if text and text.sentences:
        yield text


def retokenize(block: str) -> tuple[list[str], list[str], list[int], list[str]] | None:
    """Forms, tags, heads and relations of a CoNLL-U sentence; None where it cannot be laid over its text."""
    rows = [line.split("\t") for line in block.split("\n") if line and line[0] != "#"]
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    words: list[list[str]] = []
    at = 0
    covered: tuple[int, int, int, int] | None = None  # first and last word of a multi-word token, its span
    for row in rows:
        if "." in row[0]:
            continue
        if "-" in row[0]:
            a, b = row[0].split("-")
            covered = (int(a), int(b), at, at + len(row[1]))
            pieces.append(row[1])
            at += len(row[1])
            if "SpaceAfter=No" not in row[9]:
                pieces.append(" ")
                at += 1
            continue
        words.append(row)
        n = int(row[0])
        if covered and covered[0] <= n <= covered[1]:
            start = covered[2] if n == covered[0] else spans[-1][1]
            end = min(start + len(row[1]), covered[3]) if n < covered[1] else covered[3]
            spans.append((start, max(end, start)))
            continue
        form = row[1].replace(" ", "_")
        pieces.append(form)
        spans.append((at, at + len(form)))
        at += len(form)
        if "SpaceAfter=No" not in row[9]:
            pieces.append(" ")
            at += 1
    tokens = tokenize("".join(pieces))
    if not tokens:
        return None
    # overlap: for each word the tokens it shares characters with
    owner: list[list[int]] = [[] for _ in tokens]
    last_piece: list[int] = [-1] * len(words)
    t = 0
    for w, (s, e) in enumerate(spans):
        while t < len(tokens) and tokens[t].end <= s:
            t += 1
        k = t
        while k < len(tokens) and tokens[k].start < e:
            owner[k].append(w)
            last_piece[w] = k
            k += 1
    if any(not o for o in owner) or any(p < 0 for p in last_piece):
        return None
    # the word that stands for each token: the one whose head lies outside the token's words
    heads_of = [int(w[6]) - 1 for w in words]
    stands: list[int] = []
    for o in owner:
        outer = [w for w in o if heads_of[w] not in o]
        stands.append(outer[0] if outer else o[0])
    forms = [k.text for k in tokens]
    tags, heads, relations = [], [], []
    for k, w in enumerate(stands):
        if last_piece[w] != k and len(owner[k]) == 1:  # an earlier piece of a word that is cut here
            punct = not forms[k][0].isalnum()
            tags.append("HYPH" if forms[k] == "-" else "," if punct else words[w][4])
            heads.append(last_piece[w])
            relations.append("punct" if punct else "compound")
            continue
        h = heads_of[w]
        target = -1 if h < 0 else last_piece[h]
        tags.append(words[w][4])
        heads.append(target if target != k else -2)
        relations.append(words[w][7])
    if -2 in heads or heads.count(-1) != 1 or len(forms) > LONGEST:
        return None
    return forms, tags, heads, relations


# ------------------------------------------------------------------ names
def allowed_sets(
    n: int, spans: list[tuple[int, int, str]], source: str, forms: list[str], adjectives: frozenset[str]
) -> list[int]:
    """For each of n tokens the labels that agree with names at token ranges `[first, last)`."""
    outside = 1 << LABEL_ID["O"]
    if source == "uner":  # no “other” there: an unmarked capitalised word may be one
        for kind in ("group", "other"):
            for b in "BIES":
                outside |= 1 << LABEL_ID[f"{b}-{kind}"]
    sets = [
        (outside if form[0].isupper() or form[0].isdigit() else 1 << LABEL_ID["O"])
        if source == "uner"
        else outside
        for form in forms
    ]
    for first, last, label in spans:
        kinds: tuple[str, ...] = (label,)
        if label == "other":
            words = forms[first:last]
            demonym = last - first == 1 and words[0] in adjectives
            kinds = ("group",) if demonym else ("other",) if last - first > 2 else ("group", "other")
        for k in range(first, last):
            b = "S" if last - first == 1 else "B" if k == first else "E" if k == last - 1 else "I"
            sets[k] = sum(1 << LABEL_ID[f"{b}-{kind}"] for kind in kinds)
    return sets


def demonyms() -> frozenset[str]:
    """Adjectives and nouns for peoples, and for adherents."""
    _, adjectives, peoples, _, _ = lists.country_words()
    return adjectives | peoples | lists.classes()["group"]


def named(text: str, entities: list[tuple[int, int, str]], source: str, adjectives: frozenset[str]) -> Text:
    """A text with names in code points, in the project's sentences and tokens."""
    doc = segment(Article("train", text))
    out = Text(source, [], [])
    entities = sorted(entities)
    at = 0
    for sentence in doc.sentences:
        tokens = doc.tokens[sentence.first : sentence.last]
        forms = [t.text for t in tokens]
        spans = []
        while at < len(entities) and entities[at][0] < sentence.span.end:
            s, e, label = entities[at]
            at += 1
            inside = [k for k, t in enumerate(tokens) if t.start < e and s < t.end]
            if inside:
                spans.append((inside[0], inside[-1] + 1, label))
        sets = allowed_sets(len(forms), spans, source, forms, adjectives)
        for a in range(0, len(forms), LONGEST):
            out.sentences.append(forms[a : a + LONGEST])
            assert out.allowed is not None
            out.allowed.append(sets[a : a + LONGEST])
    return out


def names(path: Path) -> Iterator[Text]:
    """The texts of names.jsonl."""
    adjectives = demonyms()
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            row = json.loads(line)
            yield named(row["text"], [(s, e, k) for s, e, k in row["entities"]], row["source"], adjectives)


CODES = {"P": "person", "O": "organization", "C": "location", "L": "location", "G": "group", "X": "other"}


def wire(folder: Path) -> Iterator[Text]:
    """The project's own annotated articles."""
    adjectives = demonyms()
    for path in sorted(folder.glob("*.txt")):
        try:
            gold = goldtext.parse(path.read_text(encoding="utf-8"))
        except ValueError as error:
            print(f"{path.name}: {error}")
            continue
        yield named(gold.text, wire_names(gold, adjectives), "wire", adjectives)


def wire_names(gold: goldtext.GoldText, adjectives: frozenset[str]) -> list[tuple[int, int, str]]:
    """Outermost named mentions; a country's demonym counts as a group here."""
    found = []
    for m in gold.mentions:
        if m.form != "name":
            continue
        label = CODES[m.code]
        words = gold.text[m.start : m.end]
        if m.code in "CL" and words in adjectives:
            label = "group"
        found.append((m.start, m.end, label))
    found.sort(key=lambda x: (x[0], -x[1]))
    kept: list[tuple[int, int, str]] = []
    for f in found:
        if not kept or f[0] >= kept[-1][1]:
            kept.append(f)
    return kept


# ------------------------------------------------------------------ variety
SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "nor",
        "for",
        "of",
        "in",
        "on",
        "at",
        "by",
        "to",
        "from",
        "with",
        "as",
        "vs",
        "is",
        "over",
    ]
)


def recased(text: Text, rng: random.Random) -> Text:
    """Some sentences in the case of headlines or in capitals, as in wires; the labels stay."""
    sentences = []
    for forms in text.sentences:
        draw = rng.random()
        if draw < 0.03:
            forms = [f.upper() if f not in ("'s", "n't", "’s", "n’t") else f for f in forms]
        elif draw < 0.08 and len(forms) < 30:
            forms = [f if f in SMALL or not f[0].islower() else f[0].upper() + f[1:] for f in forms]
        sentences.append(forms)
    return Text(text.source, sentences, text.allowed, text.tags, text.heads, text.relations)


def retold(text: Text, rng: random.Random, given: list[str], family: list[str], towns: list[str]) -> Text:
    """The same text about other people and places: each form inside a person's name or one-word place is
    replaced throughout the document by one drawn from the lists (of all the world)."""
    if text.allowed is None:
        return text
    person = [1 << LABEL_ID[f"{b}-person"] for b in "BIES"]
    place = 1 << LABEL_ID["S-location"]
    swap: dict[str, str] = {}
    surnames: set[str] = set()
    for forms, sets in zip(text.sentences, text.allowed, strict=True):
        for f, s in zip(forms, sets, strict=True):
            if s in (person[2], person[3]):
                surnames.add(f)
    countries = lists.country_words()[0] | {"US", "UK", "EU"}
    sentences = []
    for forms, sets in zip(text.sentences, text.allowed, strict=True):
        new = list(forms)
        for i, (f, s) in enumerate(zip(forms, sets, strict=True)):
            if not (f.isalpha() and f[0].isupper() and len(f) > 2) or f.isupper():
                continue
            if s in person:
                if f not in swap:
                    swap[f] = rng.choice(family if f in surnames else given)
                new[i] = swap[f]
            elif s == place and f not in countries:
                if f not in swap:
                    swap[f] = rng.choice(towns)
                new[i] = swap[f]
        sentences.append(new)
    return Text(text.source, sentences, text.allowed, text.tags, text.heads, text.relations)
