"""Quotes against gold: the table of the evaluation set, and the figures on the project's own annotated
articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from readout.goldtext import GoldText
from readout.records import Extraction, Quote, Span

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

ROWS = (
    ("quoted segment + right speaker, by name", "quote and speaker by name", 0.80, 0.92),
    ("quoted segment + right speaker, by mention", "quote and speaker by mention", 0.82, 0.93),
    ("speaker named right, source is a pronoun", "  name, source is a pronoun", 0.80, 0.90),
    ("speaker named right, source is a description", "  name, source is a description", 0.70, 0.80),
    ("quoted segments (0.8)", "quoted segments, overlap 0.8", 0.97, 0.98),
    ("indirect statements (0.5)", "indirect statements, overlap 0.5", 0.76, 0.85),
    ("indirect words", "indirect words", 0.84, 0.90),
)
"""What is shown, the scorer's name for it, first bar and goal."""


def table(result: dict[str, dict[str, Any]]) -> str:
    """The scorer's result as the table people compare by: value, 95% interval over articles, bar and goal."""
    lines = [f"{'':46}{'n':>5}  {'value':>5}  {'95% interval':14}  bar  goal"]
    for label, key, bar, goal in ROWS:
        row = result.get(key)
        if row is None:
            continue
        value = row.get("f1", row.get("accuracy", 0.0))
        low, high = row.get("ci95", (float("nan"), float("nan")))
        reached = "goal" if value >= goal else "bar" if value >= bar else "below"
        lines.append(
            f"{label:46}{row['gold']:5}  {value:5.3f}  [{low:.3f}, {high:.3f}]  "
            f"{bar:.2f} {goal:.2f}  {reached}"
        )
    return "\n".join(lines)


def words_in(starts: list[Span], spans: Iterable[Span]) -> set[int]:
    """The words (by index) of which spans cover a part."""
    found = set()
    for span in spans:
        for i, word in enumerate(starts):
            if word.start < span.end and span.start < word.end:
                found.add(i)
    return found


def entity_of(extraction: Extraction, gold: GoldText, actor: str | None) -> str | None:
    """The gold entity that a found actor stands for: the one most of its named mentions lie on; else None."""
    if actor is None:
        return None
    votes: Counter[str] = Counter()
    for mention in extraction.mentions.get(actor, ()):
        if mention.form != "name":
            continue
        for m in gold.mentions:
            if m.form == "name" and m.start < mention.span.end and mention.span.start < m.end:
                votes[m.entity] += 1
    return max(sorted(votes), key=lambda e: votes[e]) if votes else None


class Match(NamedTuple):
    """A quote of the gold and the one found for it; or one of them alone, missed or false."""

    direct: bool
    """Whether words in quotation marks belong to it."""
    wanted: dict[str, Any] | None
    found: Quote | None
    speaker: str | None
    """The gold entity who says it, None where that is nobody named; of the gold."""
    heard: str | None
    """The gold entity the speaker found stands for."""


def matches(extraction: Extraction, gold: GoldText) -> Iterator[Match]:
    """The quotes of one article, of the gold and found, in pairs that share at least half their words."""
    words = [Span(*m.span()) for m in WORD.finditer(gold.text)]
    marks: set[int] = set()
    for span in quoted_spans(gold.text):
        marks |= words_in(words, [span])
    wanted = [(words_in(words, [Span(*s) for s in g["content"]]), g) for g in gold.quotes]
    found = [(words_in(words, [p.span for p in q.content]), q) for q in extraction.quotes]
    named = {m.entity for m in gold.mentions if m.form == "name"}

    def speaker(g: dict[str, Any]) -> str | None:
        return g["speaker"] if g["speaker"] in named else None

    for direct in (True, False):
        g_side = [x for x in wanted if bool(x[0] & marks) == direct]
        p_side = [x for x in found if bool(x[0] & marks) == direct]
        pairs = sorted(
            (
                (len(g[0] & p[0]) / max(1, len(g[0] | p[0])), i, j)
                for i, g in enumerate(g_side)
                for j, p in enumerate(p_side)
                if g[0] & p[0]
            ),
            key=lambda x: (-x[0], x[1], x[2]),
        )
        left_g, left_p = dict(enumerate(g_side)), dict(enumerate(p_side))
        for value, i, j in pairs:
            if value >= 0.5 and i in left_g and j in left_p:
                _, g = left_g.pop(i)
                _, q = left_p.pop(j)
                yield Match(direct, g, q, speaker(g), entity_of(extraction, gold, q.speaker))
        for _, g in left_g.values():
            yield Match(direct, g, None, speaker(g), None)
        for _, q in left_p.values():
            yield Match(direct, None, q, None, entity_of(extraction, gold, q.speaker))


def count(extraction: Extraction, gold: GoldText) -> Counter[tuple[str, str]]:
    """Hits, found and wanted of one article, by metric.

    `quotes.direct`: quotations with words in quotation marks, half their words found, and the right speaker;
    `quotes.indirect`: statements without, matched by half their words; `quotes.speaker`: right among the
    found.
    """
    c: Counter[tuple[str, str]] = Counter()
    for m in matches(extraction, gold):
        name = "quotes.direct" if m.direct else "quotes.indirect"
        c[name, "wanted"] += m.wanted is not None
        c[name, "given"] += m.found is not None
        if m.wanted is not None and m.found is not None:
            right = m.heard == m.speaker
            c["quotes.speaker", "wanted"] += 1
            c["quotes.speaker", "hit"] += right
            c[name, "hit"] += right if m.direct else 1
    return c


def errors(extraction: Extraction, gold: GoldText) -> Iterator[str]:
    """What is wrong in one article, a line each: quotes missed, false, or of another speaker."""
    for m in matches(extraction, gold):
        kind = "direct" if m.direct else "indirect"
        if m.found is None and m.wanted is not None:
            said = " … ".join(gold.text[s:e] for s, e in m.wanted["content"])
            yield f"missed | {kind} | {m.wanted['speaker']} | {said}"
        elif m.found is not None and (m.wanted is None or m.heard != m.speaker):
            said = " … ".join(p.words for p in m.found.content)
            source = " … ".join(p.words for p in m.found.source)
            what = "false" if m.wanted is None else f"speaker, not {m.wanted['speaker']}"
            yield f"{what} | {kind} | {m.found.speaker} ({source}) | {said}"


def quoted_spans(text: str) -> list[Span]:
    """The stretches between quotation marks of a text, by the project's own segmentation."""
    from readout.records import Article
    from readout.segment import segment

    return [q.inner for q in segment(Article("gold", text)).quoted]


def figures(c: Counter[Any]) -> dict[str, float]:
    """F1 of the two kinds, and the share of right speakers, from the counts of all articles."""
    out: dict[str, float] = {}
    for name in ("quotes.direct", "quotes.indirect"):
        total = c[name, "wanted"] + c[name, "given"]
        out[name] = round(2 * c[name, "hit"] / total, 4) if total else 0.0
    n = c["quotes.speaker", "wanted"]
    out["quotes.speaker"] = round(c["quotes.speaker", "hit"] / n, 4) if n else 0.0
    return out
