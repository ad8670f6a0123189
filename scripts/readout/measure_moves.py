"""The table of the moves: detection, status, roles, terms and complete moves against gold, with intervals.

Evaluation articles are scored by the scorer that comes with them (a file outside the project, loaded by
path);
the project's own wire by `count` and `figures` here, which follow the same rules in brief: a move is found
where
its type is right and half of its evidence lies in sentences of the gold move; each found once.
"""

from __future__ import annotations

import importlib.util
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from readout.goldtext import GoldText, alternatives
from readout.records import Extraction, Move, Span

ROUNDS = 1000
GOALS = {
    "detection": (0.72, 0.88),
    "status": (0.80, 0.90),
    "actors": (0.75, 0.92),
    "targets": (0.60, 0.83),
    "terms": (0.70, 0.85),
    "complete": (0.45, 0.75),
}
"""Row → the first bar and the goal."""


class Row(NamedTuple):
    """One row of the table: an F1 (status: accuracy) with its 95% interval over articles."""

    name: str
    value: float
    low: float
    high: float
    precision: float
    recall: float
    bar: float
    goal: float


def load_scorer(path: Path) -> Any:
    """The scorer's module. Raises FileNotFoundError where there is none."""
    spec = importlib.util.spec_from_file_location("score_moves", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(
    scorer: Any, golds: dict[str, Any], predicted: dict[str, Any], report: Callable[..., None] | None = None
) -> list[Row]:
    """The issue's table. Articles are drawn anew ROUNDS times, each time scored as a whole from their
    own counts.
    """
    whole = scorer.score(golds, predicted, report)
    single = {key: scorer.score({key: gold}, {key: predicted.get(key, {})}) for key, gold in golds.items()}
    keys = sorted(golds)
    chance = random.Random(1987)
    drawn: dict[str, list[float]] = {name: [] for name in GOALS}
    for _ in range(ROUNDS):
        sample = chance.choices(keys, k=len(keys))
        for name in GOALS:
            correct = sum(single[k][name]["correct"] for k in sample)
            both = sum(single[k][name]["predicted"] + single[k][name]["gold"] for k in sample)
            drawn[name].append(2 * correct / both if both else 0.0)
    out = []
    for name, (bar, goal) in GOALS.items():
        values = sorted(drawn[name])
        row = whole[name]
        out.append(
            Row(
                name,
                row["f1"],
                values[int(0.025 * ROUNDS)],
                values[int(0.975 * ROUNDS)],
                row["precision"],
                row["recall"],
                bar,
                goal,
            )
        )
    return out


def table(found: Sequence[Row], seed: dict[str, Any] | None, speed: int) -> str:
    """The rows as text."""
    lines = [f"{'moves':<10} {'F1':>5}  {'95% interval':<12} {'P':>5} {'R':>5}  {'bar':>4} {'goal':>4}"]
    for r in found:
        lines.append(
            f"{r.name:<10} {r.value:5.3f}  {r.low:.3f}–{r.high:.3f}  {r.precision:5.3f} {r.recall:5.3f}"
            f"  {r.bar:4.2f} {r.goal:4.2f}"
        )
    if seed is not None:
        lines.append(
            f"seed article: {seed['found']} of {seed['gold']} moves, {seed['status']} statuses right, {seed['terms']} of"  # noqa: E501
            f" {seed['gold_terms']} terms, {seed['false']} false"
        )
    lines.append(f"{speed} words a second, the whole extraction")
    return "\n".join(lines)


def seed_row(scorer: Any, gold: dict[str, Any], predicted: dict[str, Any]) -> dict[str, int]:
    """How the project's own example fares."""
    score = scorer.score({gold["id"]: gold}, {gold["id"]: predicted})
    detection, status, terms = score["detection"], score["status"], score["terms"]
    wanted = sum(len(m["terms"]) for m in gold["moves"] if not m.get("optional"))
    return {
        "found": detection["correct"],
        "gold": detection["gold"],
        "status": status["correct"],
        "terms": terms["correct"],
        "gold_terms": wanted,
        "false": detection["predicted"] - detection["correct"],
    }


# ------------------------------------------------------------------ the project's own wire
WORD = re.compile(r"[^\W_]+")


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two lists of names share one, the shorter contained in the longer.

    >>> alike(["United Nations"], ["the United Nations"])
    True
    """
    for a in one:
        for b in other:
            x, y = set(WORD.findall(a.lower())), set(WORD.findall(b.lower()))
            if x and y and (x <= y or y <= x):
                return True
    return False


def paired(wanted: Sequence[Sequence[str]], got: Sequence[Sequence[str]]) -> int:
    """How many names find their like, one to one."""
    left = list(range(len(got)))
    hits = 0
    for names in wanted:
        for i in left:
            if alike(names, got[i]):
                left.remove(i)
                hits += 1
                break
    return hits


def rests(move: Move, sentences: Sequence[Sequence[int]]) -> bool:
    """Whether half of a move's evidence lies in the sentences of a gold move."""
    size = sum(p.span.length for p in move.evidence)
    shared = sum(
        max(0, min(p.span.end, e) - max(p.span.start, s)) for p in move.evidence for s, e in sentences
    )
    return 2 * shared >= size


def count(extraction: Extraction, gold: GoldText) -> Counter[str]:
    """The counts of one article: found, predicted and wanted of each row."""
    out: Counter[str] = Counter()
    known: dict[str, list[str]] = {}
    for named in gold.mentions:
        if named.form == "name":
            known.setdefault(named.entity, []).append(gold.text[named.start : named.end])
    mine = {a.id: [a.name, *a.aliases] for a in extraction.actors}
    pairs: list[tuple[dict[str, Any], Move]] = []
    left = list(extraction.moves)
    for g in sorted(gold.moves, key=lambda g: bool(g.get("optional"))):
        options = [m for m in left if m.type == g["type"] and rests(m, [*g["evidence"], *g.get("also", [])])]
        if not options:
            continue
        hit = max(
            options,
            key=lambda m: (
                Span(*g["trigger"]).meets(m.trigger.span),
                m.status == g["status"],
                -m.trigger.span.start,
            ),
        )
        left.remove(hit)
        if not g.get("optional"):
            pairs.append((g, hit))
    out["detection.found"] = len(pairs)
    out["detection.predicted"] = len(left) + len(pairs)
    out["detection.wanted"] = sum(not g.get("optional") for g in gold.moves)
    for g, m in pairs:
        status = m.status in g.get("status_ok", [g["status"]])
        out["status.found"] += status
        out["status.predicted"] += 1
        out["status.wanted"] += 1
        hits = {}
        for field, refs in (("actors", m.actors), ("targets", m.targets)):
            wanted = [known.get(a, alternatives(a)) for a in g[field]]
            hits[field] = paired(wanted, [mine.get(r, [r]) for r in refs])
            out[f"{field}.found"] += hits[field]
            out[f"{field}.predicted"] += len(refs)
            out[f"{field}.wanted"] += len(wanted)
        terms = [t for t in m.terms]
        for t in g["terms"]:
            for k in terms:
                if k.kind == t["kind"] and alike([k.passage.words], [t["text"]]):
                    out["terms.found"] += 1
                    terms.remove(k)
                    break
        out["terms.predicted"] += len(m.terms)
        out["terms.wanted"] += len(g["terms"])
        out["complete.found"] += status and hits["actors"] == len(g["actors"]) == len(m.actors)
    out["complete.predicted"], out["complete.wanted"] = out["detection.predicted"], out["detection.wanted"]
    return out


def figures(counts: Counter[str]) -> dict[str, float]:
    """`moves.<row>` → F1 (status: accuracy), three decimals."""
    found = {}
    for name in GOALS:
        both = counts[f"{name}.predicted"] + counts[f"{name}.wanted"]
        found[f"moves.{name}"] = round(2 * counts[f"{name}.found"] / both, 3) if both else 0.0
    return found
