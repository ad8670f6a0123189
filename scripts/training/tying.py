"""Trains what ties terms to moves, on the project's own gold: `python scripts/training/tying.py`.

Each gold move teaches through the cluster of mentions that the extraction finds for it, or through a mention made at
its trigger. Prints what cross-validation over articles says of the rules and of the learned answer, and writes
`weights/tying.json`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
if str(ROOT / "scripts") not in sys.path:
    sys.path.insert(0, str(ROOT / "scripts"))

from readout.extract import judge, merging, moves, terms, tying  # noqa: E402
from readout.records import Doc  # noqa: E402
from training import moves as training  # noqa: E402
from training import movesdata, softmax  # noqa: E402

FOLDS = 5
L2 = 5.0


class Case(NamedTuple):
    """One gold move with the candidates for its terms."""

    article: str
    doc: Doc
    found: bool
    """Whether the extraction reports it and it counts."""
    candidates: list[tying.Candidate]
    labels: list[bool]
    rules: list[terms.Found]
    wanted: list[dict[str, Any]]


def cases_of(reads: Sequence[movesdata.Read]) -> list[Case]:
    """All gold moves as cases."""
    out = []
    for r in reads:
        if not r.gold:
            continue
        mentions, tools = moves.read_mentions(r.doc, r.parse, r.cast, r.quotes)
        clusters = merging.merge(r.doc, tools, [m for m in mentions if m.score >= judge.MENTION_FLOOR])
        for g, cluster, hit in training.taught(r, tools, mentions, clusters):
            main = merging.main_mention(cluster)
            found = tying.candidates(r.doc, tools, cluster, main)
            labels = [any(same(r.doc, x.term, t) for t in g["terms"]) for x in found]
            rules = [x.term for x in moves.by_rule(r.doc, cluster, main)]
            kept = hit and not g.get("optional")
            out.append(Case(r.id, r.doc, kept, found, labels, rules, g["terms"]))
    return out


WORD = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*|[$£€%]")
NUMERIC = frozenset({"duration", "rate", "amount"})


def same(doc: Doc, found: terms.Found, gold: dict[str, Any]) -> bool:
    """Whether a candidate is a gold term: the same kind, overlapping, and the same figures or most words in common."""
    start, end = gold["span"]
    if found.kind != gold["kind"] or found.start >= end or start >= found.end:
        return False
    a, b = (WORD.findall(doc.text[x:y].lower()) for x, y in ((found.start, found.end), (start, end)))
    if found.kind in NUMERIC:
        one, two = ([x for x in part if x[0].isdigit()] for part in (a, b))
        if one or two:
            return sorted(one) == sorted(two)
    shared = len(set(a) & set(b))
    return 2 * shared >= 0.6 * (len(set(a)) + len(set(b)))


def penalty(name: str) -> float:
    """How much dearer a feature is than a plain one: words must earn their weight."""
    return 3.0 if name.startswith(("head=", "first=", "last=", "verb=")) else 1.0 + 0.5 * name.count("&")


def fit(cases: Sequence[Case]) -> dict[str, float]:
    """Feature → weight."""
    rows = [(x.features, y) for c in cases for x, y in zip(c.candidates, c.labels, strict=True)]
    table = softmax.fit([f for f, _ in rows], [int(y) for _, y in rows], 2, L2, penalty)
    return {name: round(yes - no, 2) for name, (no, yes) in table.items()}


def score(cases: Sequence[Case], answers: Sequence[Sequence[terms.Found]]) -> float:
    """F1 over the terms, one to one."""
    hit = 0
    for c, answer in zip(cases, answers, strict=True):
        left = list(answer)
        for t in c.wanted:
            k = next((x for x in left if same(c.doc, x, t)), None)
            if k is not None:
                left.remove(k)
                hit += 1
    return 2 * hit / max(sum(len(a) for a in answers) + sum(len(c.wanted) for c in cases), 1)


def chosen_in(cases: Sequence[Case], shares: Mapping[int, Sequence[float]]) -> list[list[terms.Found]]:
    """The terms of each case, those of one article kept apart."""
    articles: dict[str, list[int]] = {}
    for k, c in enumerate(cases):
        articles.setdefault(c.article, []).append(k)
    out: list[list[terms.Found]] = [[] for _ in cases]
    for ks in articles.values():
        weighed = [tying.choose(list(zip(cases[k].candidates, shares[k], strict=True))) for k in ks]
        for k, found in zip(ks, tying.apart(weighed), strict=True):
            out[k] = [x.term for x in found]
    return out


def main() -> None:
    """Train, say what it is worth, write the weights."""
    tying.PATH.unlink(missing_ok=True)
    tying.load.cache_clear()
    cases = cases_of(movesdata.articles())
    alone = cases_of(movesdata.sentences())
    fold = {a: i % FOLDS for i, a in enumerate(sorted({c.article for c in cases}))}
    shares: dict[int, list[float]] = {}
    for f in range(FOLDS):
        model = fit([*(c for c in cases if fold[c.article] != f), *alone])
        for k, c in enumerate(cases):
            if fold[c.article] == f:
                shares[k] = [tying.probability(model, x.features) for x in c.candidates]
    wanted = sum(len(c.wanted) for c in cases)
    held = sum(any(same(c.doc, x.term, t) for x in c.candidates) for c in cases for t in c.wanted)
    print(
        f"{len(cases)} moves, {wanted} terms, {held} of them among the candidates; {len(alone)} in single sentences"
    )
    for name, part in (("all", range(len(cases))), ("found", [k for k, c in enumerate(cases) if c.found])):
        chosen = [cases[k] for k in part]
        print(f"{name}: rules {score(chosen, [c.rules for c in chosen]):.3f}", end="")
        for bar in (0.3, 0.35, 0.4, 0.45, 0.5):
            tying.BARS[False] = bar
            found = chosen_in(cases, shares)
            answers = [found[k] for k in part]
            print(f"  at {bar}: {score(chosen, answers):.3f}", end="")
        print()
    note = "Logistic regression that ties terms to moves, by scripts/training/tying.py on the project's own gold."
    tying.PATH.write_text(
        json.dumps({"what": note, "weights": fit([*cases, *alone])}, separators=(",", ":"), sort_keys=True)
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
