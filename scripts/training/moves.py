"""Trains the linear models that weigh moves, on the project's own newswire: `python
scripts/training/moves.py`.

Reads `tests/gold/wire/train`, runs the extraction up to the candidates, fits the models one after the
other (each
on what the ones before it say out of fold) and writes `weights/moves.json`. Prints what cross-validation
over articles says of each.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from readout import goldtext  # noqa: E402
from readout.extract import actors as actor_rules  # noqa: E402
from readout.extract import judge, linear, merging, moves, names, quotes, syntax  # noqa: E402
from readout.records import Article  # noqa: E402
from readout.segment import segment  # noqa: E402

Floats = NDArray[np.float64]
FOLDS = 5


class Read(NamedTuple):
    """One gold article, read up to the candidates."""

    id: str
    gold: list[dict[str, Any]]
    doc: Any
    parse: Any
    cast: Any
    quotes: Any


def read_gold(folder: Path) -> list[Read]:
    """Every annotated article of a folder, read by the steps before the moves."""
    out = []
    for path in sorted(folder.glob("*.txt")):
        try:
            gold = goldtext.parse(path.read_text(encoding="utf-8"))
        except goldtext.BadAnnotation:
            continue
        known: dict[str, list[str]] = {}
        for m in gold.mentions:
            if m.form == "name":
                known.setdefault(m.entity, []).append(gold.text[m.start : m.end])
        rows = []
        for row in gold.moves:
            row = dict(row)
            row["actor_names"] = [known.get(a, [a]) for a in row["actors"]]
            row["target_names"] = [known.get(a, [a]) for a in row["targets"]]
            rows.append(row)
        doc = segment(Article(path.stem, gold.text, published=gold.header.get("published")))
        parse = syntax.parse(doc)
        cast = actor_rules.resolve(doc, parse, names.find(doc, parse))
        out.append(Read(path.stem, rows, doc, parse, cast, quotes.find(doc, parse, cast)))
    return out


class Sample(NamedTuple):
    """One instance: its article, features and class."""

    article: str
    features: dict[str, float]
    label: str
    weight: float = 1.0


def penalty(name: str) -> float:
    """How much dearer a feature is than a plain one: words and patterns must earn their weight."""
    if name.startswith("pat="):
        return 10.0
    if name.startswith("code="):
        return 8.0
    if name.startswith(("head=", "verb=", "verb1=", "word=", "prep=", "up=")):
        return 4.0
    return 2.0 if "&" in name else 1.0


def matrix(samples: Sequence[Sample], vocabulary: dict[str, int]) -> Floats:
    """Samples × features."""
    a = np.zeros((len(samples), len(vocabulary)))
    for i, s in enumerate(samples):
        for k, v in s.features.items():
            j = vocabulary.get(k)
            if j is not None:
                a[i, j] = v
    return a


def fit(samples: Sequence[Sample], l2: float, least: int = 4) -> dict[str, dict[str, float]]:
    """A logistic regression, one class against the rest or softmax; class → feature → weight."""
    counts = Counter(k for s in samples for k in s.features)
    vocabulary = {k: i for i, k in enumerate(sorted(k for k, c in counts.items() if c >= least))}
    a = matrix(samples, vocabulary)
    share = np.array([s.weight for s in samples])
    reg = np.array([1e-2 if k == "bias" else l2 * penalty(k) for k in vocabulary])
    labels = sorted({s.label for s in samples})
    if set(labels) <= {"yes", "no"}:
        y = np.array([s.label == "yes" for s in samples], float)
        w = np.zeros(len(vocabulary))
        for _ in range(25):
            p = 1 / (1 + np.exp(-np.clip(a @ w, -30, 30)))
            g = a.T @ (share * (p - y)) + reg * w
            h = (a * (share * p * (1 - p))[:, None]).T @ a + np.diag(reg + 1e-6)
            d = np.linalg.solve(h, g)
            w -= d
            if np.abs(d).max() < 1e-5:
                break
        return {"yes": {k: round(float(w[i]), 3) for k, i in vocabulary.items() if abs(w[i]) >= 0.01}}
    y2 = np.array([[s.label == k for k in labels] for s in samples], float)
    w2 = np.zeros((len(vocabulary), len(labels)))
    step, m1, m2 = 0.05, np.zeros_like(w2), np.zeros_like(w2)
    for t in range(1, 401):
        z = a @ w2
        z -= z.max(1, keepdims=True)
        p2 = np.exp(z)
        p2 /= p2.sum(1, keepdims=True)
        g2 = a.T @ (share[:, None] * (p2 - y2)) + reg[:, None] * w2
        m1 = 0.9 * m1 + 0.1 * g2
        m2 = 0.999 * m2 + 0.001 * g2 * g2
        w2 -= step * (m1 / (1 - 0.9**t)) / (np.sqrt(m2 / (1 - 0.999**t)) + 1e-8)
        if t == 250:
            step = 0.01
    return {
        label: {k: round(float(w2[i, n]), 3) for k, i in vocabulary.items() if abs(w2[i, n]) >= 0.01}
        for n, label in enumerate(labels)
    }


def predict(model: dict[str, dict[str, float]], f: dict[str, float]) -> dict[str, float]:
    """Class → probability."""
    linear.models.cache_clear()
    if set(model) == {"yes"}:
        p = 1 / (1 + np.exp(-np.clip(linear.raw(model["yes"], f), -30, 30)))
        return {"yes": float(p), "no": float(1 - p)}
    z = {k: linear.raw(w, f) for k, w in model.items()}
    top = max(z.values())
    e = {k: float(np.exp(v - top)) for k, v in z.items()}
    total = sum(e.values())
    return {k: v / total for k, v in e.items()}


def fold_of(articles: Sequence[str]) -> dict[str, int]:
    """Article → fold, spread evenly."""
    return {a: i % FOLDS for i, a in enumerate(sorted(set(articles)))}


def cross(samples: Sequence[Sample], l2: float) -> list[dict[str, float]]:
    """What models trained on the other folds say of each sample."""
    folds = fold_of([s.article for s in samples])
    out: list[dict[str, float]] = [{} for _ in samples]
    for f in range(FOLDS):
        model = fit([s for s in samples if folds[s.article] != f], l2)
        for i, s in enumerate(samples):
            if folds[s.article] == f:
                out[i] = predict(model, s.features)
    return out


def report(
    name: str, samples: Sequence[Sample], shares: Sequence[dict[str, float]], say: Callable[[str], None]
) -> None:
    """Print what cross-validation says."""
    if {s.label for s in samples} <= {"yes", "no"}:
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


L2 = {"mention": 2.0, "status": 1.0, "cluster": 1.0}


def main() -> None:
    """Train everything and write the weights."""
    reads = read_gold(ROOT / "tests/gold/wire/train")
    linear.PATH.unlink(missing_ok=True)
    linear.models.cache_clear()
    found = {r.id: moves.read_mentions(r.doc, r.parse, r.cast, r.quotes) for r in reads}
    models: dict[str, Any] = {}

    samples: list[Sample] = []
    for r in reads:
        for m in found[r.id][0]:
            label = mention_label(r, m)
            if label:
                samples.append(Sample(r.id, m.features, label))
    shares = cross(samples, L2["mention"])
    report("mention", samples, shares, print)
    models["mention"] = fit(samples, L2["mention"])

    learn_clusters(reads, found, samples, models)
    write(models)


def learn_clusters(
    reads: list[Read], found: dict[str, Any], samples: list[Sample], models: dict[str, Any]
) -> None:
    """The weighing of whole clusters, over mentions as they score out of fold."""
    folds = fold_of([s.article for s in samples])
    by_fold = [fit([s for s in samples if folds[s.article] != f], L2["mention"]) for f in range(FOLDS)]
    out: list[Sample] = []
    total = 0
    for r in reads:
        ms, tools = found[r.id]
        model = by_fold[folds.get(r.id, 0)]
        for m in ms:
            m.score = judge.lift(m.features, predict(model, m.features)["yes"] * judge.damp(m.features))
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
    shares = cross(out, L2["cluster"])
    report("cluster", out, shares, print)
    y = np.array([s.label == "yes" for s in out])
    p = np.array([x["yes"] for x in shares])
    for t in np.arange(0.2, 0.6, 0.05):
        print(f"  at {t:.2f}: detection F1 {2 * ((p >= t) & y).sum() / ((p >= t).sum() + total):.3f}")
    models["cluster"] = fit(out, L2["cluster"])


def rests(move: Any, g: dict[str, Any]) -> bool:
    """Whether at least half of a move's evidence lies in a gold move's sentences, as the scorer has it."""
    size = sum(p.span.length for p in move.evidence)
    inside = sum(
        max(0, min(p.span.end, e) - max(p.span.start, s))
        for p in move.evidence
        for s, e in [*g["evidence"], *g.get("also", [])]
    )
    return inside * 2 >= size


def write(models: dict[str, Any]) -> None:
    """The weights as JSON, every model's features in order."""
    note = (
        "Logistic regressions that weigh moves, by scripts/training/moves.py on tests/gold/wire/train (MIT)."
    )
    linear.PATH.write_text(
        json.dumps({"what": note, "models": models}, separators=(",", ":"), sort_keys=True) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
