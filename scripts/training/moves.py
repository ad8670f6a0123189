"""Trains what weighs moves, on the project's own gold: `python scripts/training/moves.py`.

First the words of each type (`categories.py`), then, each on what the ones before it say of articles they have not
seen: whether a mention speaks of a move, its status, and whether a cluster of mentions is reported. Prints what
cross-validation over articles says of each. Writes `weights/categories.npz` and `weights/moves.json`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
if str(ROOT / "scripts") not in sys.path:
    sys.path.insert(0, str(ROOT / "scripts"))

from readout.extract import categories, frames, instruments, judge, linear, merging, moves, participants  # noqa: E402
from readout.extract.patterns import compile_pattern  # noqa: E402
from readout.records import MOVE_STATUSES, Move  # noqa: E402
from training import categories as words  # noqa: E402
from training import movesdata, softmax  # noqa: E402
from training.movesdata import Read  # noqa: E402

FOLDS = 5
L2 = {"mention": 2.0, "status": 10.0, "stage": 4.0, "cluster": 1.0}
YES = ("no", "yes")


class Sample(NamedTuple):
    """One instance: its article, features and class."""

    article: str
    features: dict[str, float]
    label: str


def penalty(name: str) -> float:
    """How much dearer a feature is than a plain one: words and patterns must earn their weight."""
    if name.startswith("pat="):
        return 10.0
    if name.startswith("code="):
        return 8.0
    return 2.0 if "&" in name else 1.0


def fit(name: str, samples: Sequence[Sample], classes: Sequence[str]) -> linear.Model:
    """One model; of two classes only the odds of the second are kept."""
    weights = softmax.fit(
        [s.features for s in samples],
        [classes.index(s.label) for s in samples],
        len(classes),
        L2[name],
        penalty if name in ("mention", "cluster") else (lambda feature: 1.0),
        4,
    )
    if len(classes) == 2:
        return linear.Model((classes[1],), {k: (round(yes - no, 2),) for k, (no, yes) in weights.items()})
    return linear.Model(tuple(classes), weights)


def predict(model: linear.Model, features: dict[str, float]) -> dict[str, float]:
    """Class → probability."""
    z = np.array(linear.sums(model, features))
    if len(z) == 1:
        yes = float(1 / (1 + np.exp(-np.clip(z[0], -30, 30))))
        return {"yes": yes, "no": 1 - yes}
    p = np.exp(z - z.max())
    return dict(zip(model.classes, (p / p.sum()).tolist(), strict=True))


def fold_of(articles: Sequence[str]) -> dict[str, int]:
    """Article → fold, spread evenly."""
    return {a: i % FOLDS for i, a in enumerate(sorted(set(articles)))}


def cross(name: str, samples: Sequence[Sample], classes: Sequence[str]) -> list[dict[str, float]]:
    """What models trained on the other folds say of each sample."""
    folds = fold_of([s.article for s in samples])
    out: list[dict[str, float]] = [{} for _ in samples]
    for f in range(FOLDS):
        model = fit(name, [s for s in samples if folds[s.article] != f], classes)
        for i, s in enumerate(samples):
            if folds[s.article] == f:
                out[i] = predict(model, s.features)
    return out


def report(
    name: str, samples: Sequence[Sample], shares: Sequence[dict[str, float]], say: Callable[[str], None]
) -> None:
    """Print what cross-validation says."""
    if set(shares[0]) == set(YES):
        y = np.array([s.label == "yes" for s in samples])
        p = np.array([x["yes"] for x in shares])
        best = max(
            (2 * ((p >= t) & y).sum() / max((p >= t).sum() + y.sum(), 1), t)
            for t in np.arange(0.1, 0.9, 0.05)
        )
        loss = -np.mean(np.where(y, np.log(p), np.log(1 - p)))
        say(
            f"{name}: {len(y)} samples, {y.mean():.3f} yes; F1 {best[0]:.3f} at {best[1]:.2f}; loss {loss:.4f}"
        )
    else:
        right = np.mean([max(x, key=lambda k: x[k]) == s.label for s, x in zip(samples, shares, strict=True)])
        say(f"{name}: {len(samples)} samples; accuracy {right:.3f}")


# ------------------------------------------------------------------ what is learned
def meets(a: Sequence[int], b: Sequence[int]) -> bool:
    """Whether two spans share something."""
    return a[0] < b[1] and b[0] < a[1]


def mention_label(read: Read, m: moves.Mention) -> str | None:
    """Whether a mention speaks of a gold move of its type; None where that move is optional."""
    span = read.doc.sentences[m.candidate.sentence].span
    hits = [
        g
        for g in read.gold
        if g["type"] == m.code and any(meets(span, e) for e in [*g["evidence"], *g.get("also", [])])
    ]
    if any(not g.get("optional") for g in hits):
        return "yes"
    return None if hits else "no"


def trigger_mention(read: Read, found: Sequence[moves.Mention], g: dict[str, Any]) -> moves.Mention | None:
    """The mention at the trigger of a gold move."""
    tokens = read.doc.tokens
    start, end = g["trigger"]
    near = [
        m
        for m in found
        if m.code == g["type"]
        and tokens[m.candidate.first].start < end + 3
        and tokens[m.candidate.last - 1].end > start - 3
    ]
    return max(near, key=lambda m: m.score) if near else None


def made_mention(read: Read, tools: participants.Cast_, g: dict[str, Any]) -> moves.Mention | None:
    """A mention at the trigger of a gold move that the extraction does not see."""
    w, doc = tools.w, read.doc
    start, end = g["trigger"]
    inside = [i for i, t in enumerate(doc.tokens) if t.start < end and t.end > start]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    number = next(n for n, s in enumerate(doc.sentences) if s.first <= first < s.last)
    head = next((i for i in inside if not first <= w.heads[i] < last and w.tags[i][0] in "NVJ"), first)
    strength = "verb" if w.tags[head][0] == "V" else "strong"
    pattern = compile_pattern(g["type"], strength, "measure", {})
    c = instruments.Candidate(g["type"], strength, first, last, head, number, pattern)
    frame = frames.climb(instruments.status_words(), w, head, strength == "verb")
    frames.read_status(frame, g["type"] in judge.HARMFUL, "")
    return moves.Mention(c, frame, participants.assign(tools, c, frame), [], 10_000)


def reported(made: Sequence[Move], used: set[int], g: dict[str, Any]) -> int | None:
    """The index of the move that stands for a gold one, by its trigger or else by its evidence; it joins `used`."""
    options = [i for i, m in enumerate(made) if i not in used and m.type == g["type"] and rests(m, g)]
    hit = [i for i in options if meets(made[i].trigger.span, g["trigger"])] or options
    used.update(hit[:1])
    return hit[0] if hit else None


Clusters = Sequence[list[moves.Mention]]


def taught(
    read: Read, tools: participants.Cast_, mentions: Sequence[moves.Mention], clusters: Clusters
) -> Iterator[tuple[dict[str, Any], list[moves.Mention], bool]]:
    """Each gold move with the cluster that is reported for it, and True; else with the mention at its trigger, seen or
    made, alone, and False. One whose trigger is no word is left out.
    """
    made = [moves.make(read.doc, tools, c) for c in clusters]
    used: set[int] = set()
    for g in read.gold:
        hit = reported(made, used, g)
        if hit is not None:
            yield g, clusters[hit], True
            continue
        spare = trigger_mention(read, mentions, g) or made_mention(read, tools, g)
        if spare is not None:
            yield g, [spare], False


Found = dict[str, tuple[list[moves.Mention], participants.Cast_]]


def main() -> None:
    """Train everything and write the weights."""
    reads, alone = movesdata.articles(), movesdata.sentences()
    linear.PATH.unlink(missing_ok=True)
    linear.models.cache_clear()
    print(f"{len(reads)} articles, {len(alone)} sentences")
    found = learn_words(reads, alone)
    models: dict[str, linear.Model] = {}

    samples = mention_samples(reads, found)
    shares = cross("mention", samples, YES)
    report("mention", samples, shares, print)
    models["mention"] = fit("mention", samples, YES)
    score_out_of_fold(reads, found, samples)

    stages = [*status_samples(reads, found), *status_samples(alone, {})]
    report("status", stages, cross("status", stages, MOVE_STATUSES), print)
    models["status"] = fit("status", stages, MOVE_STATUSES)

    decide_out_of_fold(reads, found, stages)
    final = stage_samples(reads, found)
    report("stage", final, cross("stage", final, MOVE_STATUSES), print)
    models["stage"] = fit("stage", final, MOVE_STATUSES)
    models["cluster"] = learn_clusters(reads, found)
    write(models)


def learn_words(reads: list[Read], alone: list[Read]) -> Found:
    """Learn the words of the types, and read every article with weights that have not seen it."""
    examples, lines = [words.example(r) for r in reads], [words.example(r) for r in alone]
    coder = words.Coder([*examples, *lines], *words.classes())
    folds = fold_of([r.id for r in reads])
    found: Found = {}
    tables: dict[str, Any] = {}
    for f in range(FOLDS):
        model = words.fit([*(x for x in examples if folds[x.read.id] != f), *lines], coder)
        for x in examples:
            if folds[x.read.id] == f:
                r = x.read
                found[r.id] = moves.read_mentions(r.doc, r.parse, r.cast, r.quotes, model)
                tables[r.id] = words.table(x, model)
    print("words of sentences:", words.score(examples, [tables[r.id] for r in reads]))
    words.save(words.fit([*examples, *lines], coder), categories.PATH)
    categories.load.cache_clear()
    return found


def mention_samples(reads: list[Read], found: Found) -> list[Sample]:
    """Every mention that does or does not speak of a move."""
    out = []
    for r in reads:
        for m in found[r.id][0]:
            label = mention_label(r, m)
            if label:
                out.append(Sample(r.id, m.features, label))
    return out


def score_out_of_fold(reads: list[Read], found: Found, samples: list[Sample]) -> None:
    """Give each mention the score of a model that has not seen its article."""
    folds = fold_of([s.article for s in samples])
    by_fold = [fit("mention", [s for s in samples if folds[s.article] != f], YES) for f in range(FOLDS)]
    for r in reads:
        model = by_fold[folds.get(r.id, 0)]
        for m in found[r.id][0]:
            m.score = judge.lift(m.features, predict(model, m.features)["yes"] * judge.damp(m.features))


def status_samples(reads: list[Read], found: Found) -> list[Sample]:
    """The status of each gold move, as the mention at its trigger shows it."""
    out = []
    for r in reads:
        wanted = [g for g in r.gold if not g.get("optional")]
        if not wanted:
            continue
        mentions, tools = found.get(r.id) or moves.read_mentions(r.doc, r.parse, r.cast, r.quotes)
        for g in wanted:
            m = trigger_mention(r, mentions, g) or made_mention(r, tools, g)
            if m is not None:
                out.append(Sample(r.id, judge.status_features(r.doc, tools.w, tools, m), g["status"]))
    return out


def decide_out_of_fold(reads: list[Read], found: Found, samples: list[Sample]) -> None:
    """Give each mention its status by a model that has not seen its article."""
    folds = fold_of([s.article for s in samples])
    by_fold = [
        fit("status", [s for s in samples if folds[s.article] != f], MOVE_STATUSES) for f in range(FOLDS)
    ]
    for r in reads:
        mentions, tools = found[r.id]
        model = by_fold[folds.get(r.id, 0)]
        for m in mentions:
            if m.score >= judge.MENTION_FLOOR:
                shares = predict(model, judge.status_features(r.doc, tools.w, tools, m))
                moves.decide(r.doc, m, judge.trusting(m, shares))


def stage_samples(reads: list[Read], found: Found) -> list[Sample]:
    """The status of each gold move, as the mentions that make it up show it together."""
    out = []
    for r in reads:
        mentions, tools = found[r.id]
        clusters = merging.merge(r.doc, tools, [m for m in mentions if m.score >= judge.MENTION_FLOOR])
        made = [moves.make(r.doc, tools, c) for c in clusters]
        used: set[int] = set()
        for g in r.gold:
            if g.get("optional"):
                continue
            hit = reported(made, used, g)
            if hit is not None:
                cluster = clusters[hit]
                main = merging.main_mention(cluster)
                if len(cluster) == 1:
                    continue
                out.append(Sample(r.id, merging.stage_features(cluster, main), g["status"]))
    return out


def learn_clusters(reads: list[Read], found: Found) -> linear.Model:
    """The weighing of whole clusters, over mentions as they score out of fold."""
    out: list[Sample] = []
    total = 0
    for r in reads:
        ms, tools = found[r.id]
        clusters = merging.merge(r.doc, tools, [m for m in ms if m.score >= judge.MENTION_FLOOR])
        made = [moves.make(r.doc, tools, c) for c in clusters]
        total += sum(not g.get("optional") for g in r.gold)
        taken: dict[int, str] = {}
        order = sorted(range(len(clusters)), key=lambda i: -max(m.score for m in clusters[i]))
        for g in sorted(r.gold, key=lambda g: bool(g.get("optional"))):
            options = [i for i in order if i not in taken and made[i].type == g["type"] and rests(made[i], g)]
            if options:
                hit = [i for i in options if meets(made[i].trigger.span, g["trigger"])]
                taken[(hit or options)[0]] = "skip" if g.get("optional") else "yes"
        for i, c in enumerate(clusters):
            label = taken.get(i, "no")
            if label != "skip":
                out.append(Sample(r.id, judge.cluster_features(r.doc, tools, c, clusters), label))
    shares = cross("cluster", out, YES)
    report("cluster", out, shares, print)
    y = np.array([s.label == "yes" for s in out])
    p = np.array([x["yes"] for x in shares])
    for t in np.arange(0.2, 0.6, 0.05):
        print(f"  at {t:.2f}: detection F1 {2 * ((p >= t) & y).sum() / ((p >= t).sum() + total):.3f}")
    return fit("cluster", out, YES)


def rests(move: Any, g: dict[str, Any]) -> bool:
    """Whether at least half of a move's evidence lies in a gold move's sentences, as the scorer has it."""
    size = sum(p.span.length for p in move.evidence)
    inside = sum(
        max(0, min(p.span.end, e) - max(p.span.start, s))
        for p in move.evidence
        for s, e in [*g["evidence"], *g.get("also", [])]
    )
    return inside * 2 >= size


def write(models: dict[str, linear.Model]) -> None:
    """The weights as JSON, every model's features in order."""
    note = "Linear models that weigh moves, by scripts/training/moves.py on the project's own gold (MIT)."
    plain = {name: {"classes": m.classes, "weights": m.weights} for name, m in models.items()}
    linear.PATH.write_text(
        json.dumps({"what": note, "models": plain}, separators=(",", ":"), sort_keys=True) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
