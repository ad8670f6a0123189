"""Extraction against the project's own annotated articles: the part held back, and the samples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from readout import goldtext, interchange, measure_actors, measure_moves, measure_quotes
from readout.extract import extract
from readout.records import Article, Extraction

FOLDERS = {"held": "wire/held", "moves": "moves/held", "quiet": "moves/quiet", "samples": "samples"}
"""Name → folder below `tests/gold/`; nothing is learned from any. In `moves` and `quiet` only moves are annotated."""
ONLY = {"moves": ("moves",), "quiet": ("moves",)}
"""Folder → the parts annotated there, where that is not all."""


def count_actors(extraction: Extraction, gold: goldtext.GoldText) -> Counter[Any]:
    """The actors' counts of one article."""
    actors = interchange.to_object(extraction)["actors"]
    return measure_actors.count(measure_actors.of_wire(extraction.article.id, gold), actors)


PARTS = {
    "actors": (count_actors, measure_actors.figures),
    "quotes": (measure_quotes.count, measure_quotes.figures),
    "moves": (measure_moves.count, measure_moves.figures),
}
"""Part → how one article is counted, and the figures from all counts together."""


def figures(folder: Path, parts: Collection[str] = tuple(PARTS)) -> dict[str, float]:
    """The figures of some parts over the annotated articles of a folder, keyed `part.figure`, and how many they are.

    Raises FileNotFoundError where there are none.
    """
    read = list(extracted(folder))
    found: dict[str, float] = {"articles": len(read), "words": sum(len(g.text.split()) for g, _ in read)}
    for count, named in (PARTS[part] for part in parts):
        found |= named(measure_actors.summed(count(extraction, gold) for gold, extraction in read))
    return found


def extracted(folder: Path) -> Iterator[tuple[goldtext.GoldText, Extraction]]:
    """The annotated articles of a folder, with what is read out of them.

    Raises FileNotFoundError where there are none.
    """
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise FileNotFoundError(2, "no annotated articles", str(folder))
    for path in paths:
        for name, source in goldtext.split(path.stem, path.read_text(encoding="utf-8")):
            gold = goldtext.parse(source)
            article = Article(
                name, gold.text, title=gold.header.get("title"), published=gold.header.get("published")
            )
            yield gold, extract(article)


def quote_errors(root: Path) -> Iterator[str]:
    """The wrong quotes, a line each, of the articles that may be learned from: those held back stay unread."""
    for gold, extraction in extracted(root / "tests" / "gold" / LEARNED):
        for line in measure_quotes.errors(extraction, gold):
            yield f"{extraction.article.id} | {' '.join(line.split())}"


LEARNED = "wire/train"


def run(root: Path) -> dict[str, dict[str, float]]:
    """Folder → its figures; `root` is the project's folder."""
    gold = root / "tests" / "gold"
    return {name: figures(gold / below, ONLY.get(name, tuple(PARTS))) for name, below in FOLDERS.items()}


def shown(key: str, value: float | None) -> str:
    """One figure of the table; a dash where the folder does not annotate it."""
    if value is None:
        return "–"
    return f"{value:.0f}" if key in ("articles", "words") else f"{100 * value:.1f}"


def table(result: dict[str, dict[str, float]]) -> str:
    """The figures as text, a line each."""
    keys = list(dict.fromkeys(key for found in result.values() for key in found))
    lines = [" " * 24 + "".join(f"{name:>10}" for name in result)]
    for key in keys:
        values = (found.get(key) for found in result.values())
        lines.append(f"{key:<24}" + "".join(f"{shown(key, value):>10}" for value in values))
    return "\n".join(lines)
