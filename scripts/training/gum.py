"""Reads GUM's CoNLL-U with its entities: a Doc, and who is who in it."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from readout.extract import gazetteer
from readout.records import Article, Doc, Name, Paragraph, Sentence, Span, Token
from readout.segment import quoted_stretches
from readout.slugs import fold


class Mention(NamedTuple):
    """A gold mention: tokens `[first, last)` (of a name: the name alone), its head, and whose it is."""

    first: int
    last: int
    head: int
    entity: str
    form: str
    kind: str


class Text(NamedTuple):
    """One document with its entities."""

    doc: Doc
    genre: str
    mentions: tuple[Mention, ...]
    salience: dict[str, float]
    """Entity → share of the summaries that mention it."""

    def names(self) -> list[tuple[Name, str]]:
        """Its names with their entities, none nested."""
        kinds: dict[str, Counter[str]] = {}
        for m in self.mentions:
            kinds.setdefault(m.entity, Counter())[m.kind] += 1
        found: list[tuple[Name, str]] = []
        end = -1
        for m in sorted((m for m in self.mentions if m.form == "name"), key=lambda m: (m.first, -m.last)):
            if m.first < end:
                continue
            end = m.last
            span = Span(self.doc.tokens[m.first].start, self.doc.tokens[m.last - 1].end)
            kind = kinds[m.entity].most_common(1)[0][0]
            found.append((Name(span, kind_of(kind, self.doc.text[span.start : span.end])), m.entity))
        return found


def kind_of(kind: str, words: str) -> str:
    """The project's kind for GUM's."""
    if kind == "place":
        return "country" if fold(gazetteer.bare(words)) in gazetteer.country_names() else "place"
    return kind if kind in {"person", "organization"} else "other"


def read(path: Path) -> Iterator[Text]:
    """The documents of a file; GUM news is left out, wherever it stands."""
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    for block in re.split(r"(?m)^(?=# newdoc)", text):
        named = re.match(r"# newdoc id = (GUM_(\w+?)_\w+)", block)
        if named and named[2] != "news":
            yield build(named[1], named[2], block)


ENTITY = re.compile(r"\(([^()]+)(\))?|([^()]+)\)")


def build(name: str, genre: str, block: str) -> Text:
    """Lay one document out."""
    text = ""
    tokens: list[Token] = []
    upos: list[str] = []
    heads: list[int] = []
    sentences: list[Sentence] = []
    starts: list[int] = []
    spans: list[tuple[int, int, str, str]] = []
    open_at: dict[str, list[tuple[int, str]]] = {}
    for part in block.split("\n\n"):
        rows = [line.split("\t") for line in part.split("\n") if line and line[0] != "#"]
        if not rows:
            continue
        if "# newpar" in part or not sentences:
            text = text.rstrip(" ") + ("\n\n" if sentences else "")
            starts.append(len(sentences))
        base = len(tokens)
        covered, spaced = 0, True
        for row in rows:
            if "-" in row[0]:
                covered, spaced = int(row[0].split("-")[1]), "SpaceAfter=No" not in row[9]
                continue
            if "." in row[0]:
                continue
            n = int(row[0])
            tokens.append(Token(len(text), len(text) + len(row[1]), row[1]))
            text += row[1]
            upos.append(row[3])
            heads.append(base + int(row[6]) - 1 if row[6] != "0" else -1)
            inside = n <= covered
            if (inside and n == covered and spaced) or (not inside and "SpaceAfter=No" not in row[9]):
                text += " "
            marks = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
            for mark in ENTITY.finditer(marks[1]) if marks else ():
                if mark[1]:
                    entity, kind = mark[1].split("-")[:2]
                    if mark[2]:
                        spans.append((len(tokens) - 1, len(tokens), entity, kind))
                    else:
                        open_at.setdefault(entity, []).append((len(tokens) - 1, kind))
                else:
                    entity = mark[3].split("-")[0]
                    if open_at.get(entity):
                        first, kind = open_at[entity].pop()
                        spans.append((first, len(tokens), entity, kind))
        place = Span(tokens[base].start, tokens[-1].end)
        sentences.append(Sentence(place, base, len(tokens), len(starts) - 1))
    paragraphs = []
    for a, b in zip(starts, [*starts[1:], len(sentences)], strict=True):
        paragraphs.append(Paragraph(Span(sentences[a].span.start, sentences[b - 1].span.end), a, b))
    quoted = [q for p in paragraphs for q in quoted_stretches(text, *p.span)]
    doc = Doc(Article(name, text), tuple(paragraphs), tuple(sentences), tuple(tokens), tuple(quoted))
    mentions = tuple(mention(tokens, upos, heads, *span) for span in sorted(spans))
    salient = re.search(r"# meta::salientEntities = (.*)", block)
    salience = {m[1]: int(m[2]) / 5 for m in re.finditer(r"(\d+) \((\d)", salient[1] if salient else "")}
    return Text(doc, genre, mentions, salience)


def mention(
    tokens: list[Token], upos: list[str], heads: list[int], first: int, last: int, entity: str, kind: str
) -> Mention:
    """One gold mention; of a name only the proper nouns around its head, without title."""
    head = next((i for i in range(first, last) if not first <= heads[i] < last), last - 1)
    if upos[head] in {"PRON", "DET"}:
        return Mention(first, last, head, entity, "pronoun", kind)
    if upos[head] != "PROPN":
        return Mention(first, last, head, entity, "nominal", kind)
    a = b = head
    while a > first and (
        upos[a - 1] == "PROPN"
        or (tokens[a - 1].text[0].isupper() and upos[a - 1] in {"ADJ", "NOUN", "VERB"})
        or (tokens[a - 1].text in {"-", "&"} and a - 2 >= first and upos[a - 2] == "PROPN")
    ):
        a -= 1
    while b + 1 < last and (
        upos[b + 1] == "PROPN"
        or (
            tokens[b + 1].text in {"of", "the", "and", "for", "-", "&", "in"}
            and "PROPN" in upos[b + 2 : min(last, b + 4)]
        )
    ):
        b += 1
    titles = gazetteer.any_title() | {"prime", "vice"}
    while a < b and kind == "person" and tokens[a].text.lower().strip(".") in titles:
        a += 1
    return Mention(a, b + 1, head, entity, "name", kind)
