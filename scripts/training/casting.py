"""Trains what casts the roles of moves, on the project's own newswire: `python scripts/training/casting.py`.

Reads `tests/gold/wire/train`. Each gold move teaches through the cluster of mentions that the extraction finds for
it, or, where it finds none, through a mention made at its trigger. Prints what cross-validation over articles says
of the rules and of the learned answer, and writes `weights/casting.json`.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from readout.extract import casting, judge, merging, moves, participants  # noqa: E402
from training import moves as training  # noqa: E402
from training import movesdata, softmax  # noqa: E402

Floats = NDArray[np.float64]
FOLDS = 5
LEAST = 3
L2 = 3.0


class Case(NamedTuple):
    """One gold move with the candidates for its roles."""

    article: str
    code: str
    found: bool
    """Whether the extraction reports it and it counts; else a mention was made at its trigger, or it is optional."""
    candidates: list[casting.Candidate]
    labels: list[int | None]
    """Index into `casting.ROLES` for each candidate; None for a second name of one that another names too."""
    rules: tuple[list[str], list[str]]
    wanted: tuple[list[list[str]], list[list[str]]]
    tools: participants.Cast_
    main: moves.Mention


# ------------------------------------------------------------------ names
FILLER = frozenset("the a an of its government governments administration president prime minister".split())


def key(name: str) -> frozenset[str]:
    """The words of a name that tell, without marks and case."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'s", ""))
    return frozenset([x for x in words if x not in FILLER] or words)


def same(gold: Iterable[str], ours: Iterable[str]) -> bool:
    """Whether any name of one is a shorter or longer form of a name of the other."""
    ours = [key(o) for o in ours]
    return any(k <= o or o <= k for k in (key(g) for g in gold) for o in ours if k and o)


def names_of(tools: participants.Cast_, ref: str) -> list[str]:
    """All names of a candidate."""
    known = tools.index.actors.get(ref)
    return [ref] if known is None else [known.name, *known.aliases]


# ------------------------------------------------------------------ samples
def cases_of(reads: Sequence[movesdata.Read]) -> list[Case]:
    """All gold moves as cases."""
    out = []
    for r in reads:
        mentions, tools = moves.read_mentions(r.doc, r.parse, r.cast, r.quotes)
        clusters = merging.merge(r.doc, tools, [m for m in mentions if m.score >= judge.MENTION_FLOOR])
        kept = [c for c in clusters if judge.keeps(r.doc, tools, c, clusters)]
        for g, cluster, hit in training.taught(r, tools, mentions, kept):
            main = merging.main_mention(cluster)
            rules = merging.who(tools, cluster, main)
            found = casting.candidates(tools, cluster, main, *rules)
            wanted = g["actor_names"], g["target_names"]
            out.append(
                Case(
                    r.id,
                    g["type"],
                    hit and not g.get("optional"),
                    found,
                    label(tools, found, rules, wanted),
                    rules,
                    wanted,
                    tools,
                    main,
                )
            )
    return out


def sentence_cases(reads: Sequence[movesdata.Read]) -> list[Case]:
    """The gold moves of single sentences as cases: their roles are marked in the text."""
    out = []
    for r in reads:
        mentions, tools = moves.read_mentions(r.doc, r.parse, r.cast, r.quotes)
        for g in r.gold:
            main = training.trigger_mention(r, mentions, g) or training.made_mention(r, tools, g)
            if main is None:
                continue
            rules = merging.who(tools, [main], main)
            found = casting.candidates(tools, [main], main, *rules)
            labels: list[int | None] = [0] * len(found)
            for role, letter in ((1, "a"), (2, "t")):
                for span in (x[1:] for x in r.roles if x[0] == letter):
                    hits = [k for k in preferred(tools, found, rules) if stands_in(tools, found[k], span)]
                    fresh = [k for k in hits if labels[k] == 0]
                    if fresh:
                        labels[fresh[0]] = role
                    for k in fresh[1:]:
                        labels[k] = None
            wanted = g["actor_names"], g["target_names"]
            out.append(Case(r.id, g["type"], False, found, labels, rules, wanted, tools, main))
    return out


def stands_in(tools: participants.Cast_, x: casting.Candidate, span: Sequence[int]) -> bool:
    """Whether a candidate, or any mention of the same actor, stands in a span."""
    tokens = tools.doc.tokens
    if x.token >= 0 and tokens[x.token].start < span[1] and span[0] < tokens[x.token].end:
        return True
    return any(
        m.span.start < span[1] and span[0] < m.span.end for m in tools.index.cast.mentions.get(x.ref, ())
    )


def preferred(
    tools: participants.Cast_, found: Sequence[casting.Candidate], rules: tuple[list[str], list[str]]
) -> list[int]:
    """The candidates in the order in which they stand for a participant: those of the rules, near ones, known ones."""
    return sorted(
        range(len(found)),
        key=lambda k: (
            not (found[k].ref in rules[0] or found[k].ref in rules[1]),
            found[k].token < 0,
            tools.kind(found[k].ref) == "",
        ),
    )


def label(
    tools: participants.Cast_,
    found: Sequence[casting.Candidate],
    rules: tuple[list[str], list[str]],
    wanted: tuple[list[list[str]], list[list[str]]],
) -> list[int | None]:
    """The role of each candidate; of several that are the same participant, the nearest stands for it."""
    out: list[int | None] = [0] * len(found)
    order = preferred(tools, found, rules)
    for role, golds in ((1, wanted[0]), (2, wanted[1])):
        for g in golds:
            hits = [k for k in order if same(g, names_of(tools, found[k].ref))]
            fresh = [k for k in hits if out[k] == 0]
            if fresh:
                out[fresh[0]] = role
            for k in fresh[1:]:
                out[k] = None
    return out


# ------------------------------------------------------------------ the fit
def penalty(name: str) -> float:
    """How much dearer a feature is than a plain one."""
    return 1.0 + 1.5 * name.count("&") + (1.0 if name.startswith("way=") else 0.0)


def fit(cases: Sequence[Case], l2: float = L2, least: int = LEAST) -> dict[str, tuple[float, ...]]:
    """A softmax regression over the candidates of all cases."""
    rows = [
        (x.features, y) for c in cases for x, y in zip(c.candidates, c.labels, strict=True) if y is not None
    ]
    return softmax.fit([f for f, _ in rows], [y for _, y in rows], len(casting.ROLES), l2, penalty, least)


def folds(cases: Sequence[Case]) -> dict[str, int]:
    """Article → fold."""
    return {a: i % FOLDS for i, a in enumerate(sorted({c.article for c in cases}))}


def cross(cases: Sequence[Case], alone: Sequence[Case] = (), l2: float = L2) -> None:
    """Give every candidate the shares that a model trained on the other articles (and on `alone`) gives it."""
    fold = folds(cases)
    for k in range(FOLDS):
        model = fit([*(c for c in cases if fold[c.article] != k), *alone], l2)
        for c in cases:
            if fold[c.article] == k:
                for x in c.candidates:
                    x.shares = casting.weigh(model, x.features)


# ------------------------------------------------------------------ what it is worth
def counted(tools: participants.Cast_, wanted: Sequence[list[str]], ours: Sequence[str]) -> int:
    """How many of the wanted are named, one to one."""
    left, right = list(ours), 0
    for g in wanted:
        hit = next((o for o in left if same(g, names_of(tools, o))), None)
        if hit is not None:
            left.remove(hit)
            right += 1
    return right


def score(cases: Sequence[Case], answers: Sequence[tuple[list[str], list[str]]]) -> dict[str, float]:
    """F1 of actors and of targets, and the share of cases with exactly the right actors."""
    out = {}
    for k, name in enumerate(("actors", "targets")):
        hit = sum(counted(c.tools, c.wanted[k], a[k]) for c, a in zip(cases, answers, strict=True))
        ours, gold = sum(len(a[k]) for a in answers), sum(len(c.wanted[k]) for c in cases)
        out[name] = 2 * hit / max(ours + gold, 1)
    out["exact"] = float(
        np.mean(
            [
                counted(c.tools, c.wanted[0], a[0]) == len(c.wanted[0]) == len(a[0])
                for c, a in zip(cases, answers, strict=True)
            ]
        )
    )
    return out


def shown(figures: dict[str, float]) -> str:
    """Figures for a person."""
    return "  ".join(f"{k} {v:.3f}" for k, v in figures.items())


def main() -> None:
    """Train, say what it is worth, write the weights."""
    casting.PATH.unlink(missing_ok=True)
    casting.load.cache_clear()
    cases = cases_of(movesdata.articles())
    alone = sentence_cases(movesdata.sentences())
    print(
        f"{len(cases)} moves, {sum(c.found for c in cases)} of them found; {len(alone)} in single sentences"
    )
    cross(cases, alone)
    for name, part in (("all", cases), ("found", [c for c in cases if c.found])):
        print(f"{name}, rules:  ", shown(score(part, [c.rules for c in part])))
        print(
            f"{name}, learned:",
            shown(score(part, [casting.decide(c.code, c.candidates, *c.rules) for c in part])),
        )
    model = fit([*cases, *alone])
    note = "Softmax regression that casts roles of moves, by scripts/training/casting.py on the project's own gold."
    casting.PATH.write_text(
        json.dumps({"what": note, "weights": model}, separators=(",", ":"), sort_keys=True) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
