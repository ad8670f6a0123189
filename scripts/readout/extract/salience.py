"""How central each actor is to the article: position, headline, subjecthood, speech, moves, spread.

A logistic model over a handful of features, learned from graded salience (how many of five summaries of a
text mention the entity; Lin and Zeldes 2024, “GUMsley”); its weights stand in `weights/salience.json` and are
printed on the method page.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import cache
from math import exp, log2

from readout import lexicon
from readout.extract import dateline, gazetteer, syntax
from readout.extract.layout import laid
from readout.records import Cast, Doc, Mention, Move, Parse, Quote, Span

FEATURES = (
    "bias",
    "headline",
    "lead",
    "opening",
    "early",
    "order",
    "mentions",
    "share",
    "names",
    "spread",
    "subject",
    "subjects",
    "speaker",
    "quoted",
    "mover",
    "target",
    "possessor",
    "descriptions",
    "last",
    "person",
    "organization",
    "country",
    "place",
    "group",
    "full",
)
"""In the order of the weights."""
KINDS = FEATURES[-6:-1]


def features(
    doc: Doc, parse: Parse, cast: Cast, quotes: tuple[Quote, ...], moves: tuple[Move, ...]
) -> dict[str, list[float]]:
    """Actor id → its features, each between 0 and about 1, in the order of `FEATURES`."""
    title = doc.article.title or ""
    starts = laid(doc).starts
    n = max(len(doc.tokens), 1)
    size = max(len(doc.text), 1)
    paragraphs = max(len(doc.paragraphs), 1)
    par_starts = [p.span.start for p in doc.paragraphs]
    title_end = headline_end(doc)
    lead, opening = opening_ends(doc, title_end)
    telling = [
        any(
            parse.tags[i].startswith("VB")
            for s in doc.sentences[p.first : p.last]
            for i in range(s.first, s.last)
        )
        or p.span.end <= title_end
        for p in doc.paragraphs
    ]
    # what stands in captions and credits, and “Russian” before a noun, says less
    # where a report was written is not what it is about, nor who wrote it
    apart = [*dateline.spans(doc), *credits_of(doc, parse)]
    written = {m.span for mentions in cast.mentions.values() for m in mentions for line in apart if line.covers(m.span)}
    kinds = {a.id: a.kind for a in cast.actors}
    weighing = {
        a: []
        if kinds[a] == "organization" and any(m.span in written for m in mentions)
        else [m for m in mentions if m.span not in written and weighty(doc, m, telling, par_starts)]
        for a, mentions in cast.mentions.items()
    }
    most = max(map(len, weighing.values()), default=1) or 1
    speech: dict[str, int] = {}
    words: dict[str, int] = {}
    for q in quotes:
        if q.speaker:
            speech[q.speaker] = speech.get(q.speaker, 0) + 1
            words[q.speaker] = words.get(q.speaker, 0) + sum(p.span.length for p in q.content)
    all_words = max(sum(words.values()), size // 5, 1)
    movers: dict[str, int] = {}
    targets: dict[str, int] = {}
    for move in moves:
        for a in move.actors:
            movers[a] = movers.get(a, 0) + 1
        for a in move.targets:
            targets[a] = targets.get(a, 0) + 1
    firsts = {a: (weighing[a] or mentions)[0].span for a, mentions in cast.mentions.items()}
    order = {a: k for k, a in enumerate(sorted(firsts, key=lambda a: (firsts[a] in written, firsts[a])))}
    found: dict[str, list[float]] = {}
    for actor in cast.actors:
        every = cast.mentions[actor.id]
        mentions = weighing[actor.id] or every[:1]
        first = mentions[0].span.start
        if mentions[0].span in written:
            first = size
        places = [bisect_right(starts, m.span.end - 1) - 1 for m in mentions]
        roles = [role(parse, i, m, starts) for i, m in zip(places, mentions, strict=True)]
        subjects = sum([r.startswith("nsubj") for r in roles])
        found[actor.id] = [
            1.0,
            float(first < title_end or any(name in title for name in (actor.name, *actor.aliases))),
            float(first < lead),
            float(first < opening),
            1 - first / size,
            1 / (1 + order[actor.id]),
            log2(1 + len(mentions)) / 5,
            len(mentions) / most,
            log2(1 + sum([m.form == "name" for m in mentions])) / 5,
            len({bisect_right(par_starts, m.span.start) for m in mentions}) / paragraphs,
            subjects / len(mentions),
            log2(1 + subjects) / 4,
            float(actor.id in speech),
            words.get(actor.id, 0) / all_words,
            min(movers.get(actor.id, 0), 3) / 3,
            min(targets.get(actor.id, 0), 3) / 3,
            roles.count("nmod:poss") / len(mentions),
            log2(1 + sum([m.form == "nominal" for m in mentions])) / 4,
            places[-1] / n,
            *[float(actor.kind == kind) for kind in KINDS],
            float(" " in actor.name),
        ]
    return found


def role(parse: Parse, i: int, mention: Mention, starts: list[int]) -> str:
    """The relation of a mention whose last token is `i`."""
    heads, relations = parse.heads, parse.relations
    for _ in range(8):
        h = heads[i]
        if (h >= 0 and mention.span.start <= starts[h] < mention.span.end) or (
            h >= 0 and relations[i] in {"flat", "conj"}
        ):
            i = h
        else:
            break
    return relations[i]


def headline_end(doc: Doc) -> int:
    """Behind the headline: the first paragraph, where it is short and ends without a full stop."""
    if not doc.paragraphs:
        return 0
    first = doc.paragraphs[0].span
    text = doc.text[first.start : first.end].rstrip()
    return first.end if len(text) < 160 and text[-1:] not in '.!?”"' and len(doc.paragraphs) > 1 else 0


def opening_ends(doc: Doc, title_end: int) -> tuple[int, int]:
    """Behind the first and the second sentence of the body; lines of a few words are stepped over."""
    body = [s for s in doc.sentences if s.span.start >= title_end and s.last - s.first > 8]
    if not body:
        return title_end, title_end
    return body[0].span.end, body[min(1, len(body) - 1)].span.end


def weighty(doc: Doc, mention: Mention, telling: list[bool], par_starts: list[int]) -> bool:
    """Whether a mention counts: in a paragraph that tells something, and no mere adjective."""
    if doc.text[mention.span.start : mention.span.end] in gazetteer.adjectives():
        return False
    return telling[bisect_right(par_starts, mention.span.start) - 1]


def credits_of(doc: Doc, parse: Parse) -> list[Span]:
    """The paragraphs that name who wrote: a byline near the top, “Reporting by …” at the end."""
    found = []
    last = len(doc.paragraphs)
    for n, p in enumerate(doc.paragraphs):
        if BYLINE <= n < last - BYLINE:
            continue
        first, end = doc.sentences[p.first].first, doc.sentences[p.last - 1].last
        words = [t.text.lower() for t in doc.tokens[first : min(first + 4, end)] if t.text != "("]
        signed = words[:1] == ["by"] or (words[:1] and words[0] in CREDITS and "by" in words)
        if signed and end - first <= LINE and not any(parse.tags[i] in syntax.FINITE for i in range(first, end)):
            found.append(p.span)
    return found


BYLINE = 4
"""Paragraphs from either end in which a byline may stand."""
LINE = 20
"""Tokens of a byline at most."""
CREDITS = frozenset(("reporting", "additional", "editing", "written", "compiled", "photographs", "photo"))


@cache
def weights() -> tuple[float, ...]:
    """One weight a feature, in order. Raises ValueError where the file does not fit the program."""
    table = json.loads((lexicon.WEIGHTS / "salience.json").read_text(encoding="utf-8"))
    if list(table) != list(FEATURES):
        raise ValueError("salience.json does not hold the features of salience.py")
    return tuple(table.values())


def score(
    doc: Doc, parse: Parse, cast: Cast, quotes: tuple[Quote, ...], moves: tuple[Move, ...]
) -> dict[str, float]:
    """Actor id → how likely a summary speaks of it, 0 to 1."""
    w = weights()
    return {
        actor: 1 / (1 + exp(-sum([a * b for a, b in zip(w, values, strict=True)])))
        for actor, values in features(doc, parse, cast, quotes, moves).items()
    }
