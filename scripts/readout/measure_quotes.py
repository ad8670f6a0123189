"""Quotes against gold: the table of the evaluation set, and the figures on the project's own annotated
articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

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


def count(extraction: Extraction, gold: GoldText) -> Counter[tuple[str, str]]:
    """Hits, found and wanted of one article, by metric.

    `quotes.direct`: quotations with words in quotation marks, half their words found, and the right speaker;
    `quotes.indirect`: statements without, matched by half their words; `quotes.speaker`: right among the
    found.
    """
    words = [Span(*m.span()) for m in WORD.finditer(gold.text)]
    marks: set[int] = set()
    for q in quoted_spans(gold.text):
        marks |= words_in(words, [q])
    wanted = [(words_in(words, [Span(*s) for s in g["content"]]), g) for g in gold.quotes]
    found: list[tuple[set[int], Quote]] = [
        (words_in(words, [p.span for p in q.content]), q) for q in extraction.quotes
    ]
    named = {m.entity for m in gold.mentions if m.form == "name"}
    c: Counter[tuple[str, str]] = Counter()
    for direct in (True, False):
        name = "quotes.direct" if direct else "quotes.indirect"
        g_side = [x for x in wanted if bool(x[0] & marks) == direct]
        p_side = [x for x in found if bool(x[0] & marks) == direct]
        c[name, "wanted"] += len(g_side)
        c[name, "given"] += len(p_side)
        pairs = sorted(
            (
                (len(g[0] & p[0]) / max(1, len(g[0] | p[0])), i, j)
                for i, g in enumerate(g_side)
                for j, p in enumerate(p_side)
                if g[0] & p[0]
            ),
            key=lambda x: (-x[0], x[1], x[2]),
        )
        used_g: set[int] = set()
        used_p: set[int] = set()
        for value, i, j in pairs:
            if value < 0.5 or i in used_g or j in used_p:
                continue
            used_g.add(i)
            used_p.add(j)
            want = g_side[i][1]["speaker"]
            got = entity_of(extraction, gold, p_side[j][1].speaker)
            right = got == (want if want in named else None)
            c["quotes.speaker", "wanted"] += 1
            c["quotes.speaker", "hit"] += right
            c[name, "hit"] += right if direct else 1
    return c


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
