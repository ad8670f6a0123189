"""Extraction → Briefing: chooses the key sentences, groups the quotes by speaker."""

from __future__ import annotations

import re

from readout.records import Actor, Article, Briefing, Extraction, Header, Passage, Quote
from readout.segment import segment

SENTENCES = 3
PRONOUN_FIRST = re.compile(
    r"(?:[“\"'‘]|He|She|It|They|We|I|This|That|These|Those|His|Her|Their|But|And|So|However)\b"
)
WORD = re.compile(r"[^\W_]+")


def summary(extraction: Extraction) -> tuple[Passage, ...]:
    """The article's key sentences, in its order: at most three, each whole and word for word.

    A sentence counts for how early it stands, for the central actors it names, for the moves that rest on
    it and for the words it shares with the title; one that begins with a pronoun or a quotation mark, or is
    very short or long, says little by itself. Ties go to the earlier sentence.
    """
    doc = segment(extraction.article)
    title = {w.lower() for w in WORD.findall(extraction.article.title or "") if len(w) > 3}
    salience = {a.id: a.salience for a in extraction.actors}
    named = [
        (m.span, salience.get(i, 0.0))
        for i, ms in extraction.mentions.items()
        for m in ms
        if m.form == "name"
    ]
    scored: list[tuple[float, int]] = []
    for number, sentence in enumerate(doc.sentences):
        words = doc.text[sentence.span.start : sentence.span.end]
        length = len(WORD.findall(words))
        if length < 8 or words.rstrip()[-1] not in ".!?”\"’'":
            continue
        weight = 1.0 / (1 + 0.25 * sentence.paragraph)
        weight += 0.5 * min(1.5, sum(s for span, s in named if sentence.span.covers(span)))
        weight += 0.8 * any(e.span.meets(sentence.span) for m in extraction.moves for e in m.evidence)
        if title:
            weight += 0.6 * len(title & {w.lower() for w in WORD.findall(words)}) / len(title)
        if PRONOUN_FIRST.match(words):
            weight *= 0.5
        if length > 60:
            weight *= 0.6
        if any(q.span.meets(sentence.span) and not sentence.span.covers(q.span) for q in doc.quoted):
            weight *= 0.3  # within a quotation, or cut off in one
        scored.append((-weight, number))
    chosen = sorted(number for _, number in sorted(scored)[:SENTENCES])
    return tuple(doc.cut(*doc.sentences[n].span) for n in chosen)


def header(article: Article, file_name: str) -> Header:
    """The front matter for an article in a file of that name."""
    return Header(
        slug=article.id,
        article=file_name,
        digest=article.digest,
        title=article.title,
        source=article.source,
        author=article.author,
        url=article.url,
        published=article.published,
        words=len(article.text.split()),
        invented=article.invented,
    )


def by_speaker(extraction: Extraction) -> tuple[Quote, ...]:
    """The quotes with those of one speaker together: the most central speaker first, unknown ones last."""
    rank = {a.id: n for n, a in enumerate(extraction.actors)}
    last = len(rank)
    return tuple(
        sorted(extraction.quotes, key=lambda q: (rank.get(q.speaker or "", last), q.content[0].span))
    )


def key_actors(extraction: Extraction) -> tuple[Actor, ...]:
    """Everyone who speaks, moves or is moved against; beyond them whoever is central enough.

    A person, body or state needs less centrality than a place or a people, which are often mere setting.
    """
    involved = {q.speaker for q in extraction.quotes}
    involved |= {i for m in extraction.moves for i in (*m.actors, *m.targets)}
    least = {"place": 0.4, "group": 0.3}
    return tuple(a for a in extraction.actors if a.id in involved or a.salience >= least.get(a.kind, 0.05))


def compose(extraction: Extraction, file_name: str) -> Briefing:
    """The briefing of an extraction."""
    return Briefing(
        header=header(extraction.article, file_name),
        summary=summary(extraction),
        actors=key_actors(extraction),
        quotes=by_speaker(extraction),
        moves=extraction.moves,
    )
