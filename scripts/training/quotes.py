"""Learn the weights of quotation attribution: `python scripts/training/quotes.py ARTICLES.jsonl`.

ARTICLES holds one article a line: `text`, and `attributions` with `source`, `cue` and `content`, each a
list of
half-open spans in code points. Needs lightgbm (4.6). The same articles give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from readout.extract import attribution, paraphrase, quotes, with_cast
from readout.extract.cues import Cue, Reading, find
from readout.extract.trees import Forest
from readout.records import Article, Doc, Parse

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
Rows = list[tuple[float, ...]]

SETTINGS: dict[str, dict[str, Any]] = {
    "source": {"num_leaves": 31, "rounds": 300, "learning_rate": 0.05, "choice": "or none"},
    "pair": {"num_leaves": 31, "rounds": 240, "learning_rate": 0.05, "choice": "or none"},
    "chain": {"num_leaves": 31, "rounds": 300, "learning_rate": 0.03, "choice": "or none"},
    "quote": {"num_leaves": 15, "rounds": 200, "learning_rate": 0.03, "seeds": 4},
    "again": {"num_leaves": 15, "rounds": 200, "learning_rate": 0.03, "least": 30, "share": 0.3, "seeds": 8},
    "side": {"num_leaves": 23, "rounds": 200, "learning_rate": 0.05},
    "start_after": {"num_leaves": 23, "rounds": 250, "learning_rate": 0.05, "choice": "one"},
    "end_after": {"num_leaves": 31, "rounds": 250, "learning_rate": 0.05, "choice": "one"},
    "start_before": {"num_leaves": 15, "rounds": 150, "learning_rate": 0.05, "choice": "one"},
    "content": {"num_leaves": 23, "rounds": 300, "learning_rate": 0.04, "share": 0.4, "choice": "or none"},
}
"""How each forest is learned.

`choice`: rows compete for one place (“one”), or for it or none (“or none”); without it each row stands for
itself. `least`: rows a leaf, 20 by default; `share`: of the features a tree may use, 0.5 by default;
`seeds`: so many forests, averaged.
"""


class Example(NamedTuple):
    """An annotated article, read."""

    id: str
    doc: Doc
    parse: Parse
    gold: list[dict[str, Any]]
    kinds: dict[int, int]


def covered(spans: list[list[int]], starts: list[int], ends: list[int]) -> set[int]:
    """The tokens that spans cover, marks left in."""
    found: set[int] = set()
    for s, e in spans:
        i = bisect_left(ends, s + 1)
        while i < len(starts) and starts[i] < e:
            found.add(i)
            i += 1
    return found


class Gold(NamedTuple):
    """An attribution in tokens."""

    content: set[int]
    source: set[int]
    cue: set[int]
    heads: set[int]


NP_END = re.compile(
    r"[,;(—–\"“”]|\s(?:of|for|to|in|at|on|from|with|by|who|whom|whose|that|which|during|as|after|before|when|while|"
    r"about|against|near|over|under|since|-)(?=\s)",
    re.I,
)
NO_HEAD = set(
    "monday tuesday wednesday thursday friday saturday sunday himself herself themselves itself also here "
    "there alike jr sr iii".split()
)


def head_tokens(text: str, spans: list[list[int]], starts: list[int], ends: list[int]) -> set[int]:
    """The last word of the core of a source, one a conjunct."""
    heads: set[int] = set()
    for s, e in spans:
        for part in re.finditer(r"(?:(?!\s(?:and|or)\s).)+", text[s:e], re.S):
            chunk = part[0].strip()
            if not chunk:
                continue
            offset = s + part.start() + part[0].index(chunk)
            cut = next((m.start() for m in NP_END.finditer(chunk) if m.start() > 0), len(chunk))
            words = sorted(
                i
                for i in covered([[offset, offset + cut]], starts, ends)
                if any(ch.isalnum() for ch in text[starts[i] : ends[i]])
                and text[starts[i] : ends[i]] not in ("'s", "’s")
            )
            words = [i for i in words if text[starts[i] : ends[i]].lower() not in NO_HEAD] or words
            if words:
                heads.add(words[-1])
    return heads or covered(spans, starts, ends)


def gold_of(example: Example, r: Reading) -> list[Gold]:
    """The attributions of an article, in tokens."""
    text = r.text
    found = []
    for g in example.gold:
        content = {i for i in covered(g["content"], r.starts, r.ends)}
        if words_of(r, content):
            found.append(
                Gold(
                    content,
                    covered(g["source"], r.starts, r.ends),
                    covered(g["cue"], r.starts, r.ends),
                    head_tokens(text, g["source"], r.starts, r.ends),
                )
            )
    return found


def cue_shares(examples: list[Example]) -> dict[str, tuple[float, ...]]:
    """For each lemma of the cue lexicons: how often it reports a quotation, a statement, anything."""
    seen: Counter[str] = Counter()
    hits: dict[str, Counter[str]] = {}
    for x in examples:
        r = Reading(x.doc, x.parse)
        gold = gold_of(x, r)
        of: dict[int, str] = {}
        for g in gold:
            kind = "q" if any(r.stretch[i] >= 0 for i in g.content) else "i"
            for i in g.cue:
                of[i] = kind
        for c in find(r):
            if r.stretch[c.at] >= 0 or c.kind == "verb":
                continue
            for key in (c.lemma, "?" + c.kind):
                seen[key] += 1
                hits.setdefault(key, Counter())[of.get(c.at, "")] += 1
    table = {}
    for key in sorted(seen):
        if seen[key] < 5 and not key.startswith("?"):
            continue
        n, h = seen[key], hits[key]
        table[key] = tuple(
            round(v, 3)
            for v in ((h["q"] + 0.5) / (n + 3), (h["i"] + 0.5) / (n + 3), (h["q"] + h["i"] + 1) / (n + 3))
        )
    return table


def right_source(gold: Gold, cue: Cue) -> bool:
    """Whether a cue's source covers the head of the gold source, and is not much longer."""
    if cue.source is None:
        return False
    mine = set(range(*cue.source))
    return bool(mine & gold.heads) and len(mine) <= 2 * len(gold.source) + 8


def words_of(r: Reading, tokens: Iterable[int]) -> set[int]:
    """The tokens among some that are words."""
    return {i for i in tokens if WORD.search(r.text[r.starts[i] : r.ends[i]])}


def gold_of_stretch(r: Reading, k: int, gold: list[Gold]) -> Gold | None:
    """The attribution that holds most of a stretch's words."""
    a, b = r.tokens_of[k]
    mine = set(range(a, b))
    best = max(gold, key=lambda g: len(g.content & mine), default=None)
    return best if best is not None and best.content & words_of(r, mine) else None


class Data:
    """Rows, labels, groups (articles) and sets (the rows among which one is chosen) for one forest."""

    def __init__(self) -> None:
        self.rows: Rows = []
        self.labels: list[float] = []
        self.groups: list[int] = []
        self.sets: list[int] = []
        self.weights: list[float] = []

    def add(self, rows: Rows, labels: list[float], group: int, weight: float = 1.0) -> None:
        """Add the rows of one choice."""
        number = self.sets[-1] + 1 if self.sets else 0
        self.rows += rows
        self.labels += labels
        self.groups += [group] * len(rows)
        self.sets += [number] * len(rows)
        self.weights += [weight] * len(rows)


def choice(
    sets: np.ndarray, none: bool
) -> Callable[[np.ndarray, lightgbm.Dataset], tuple[np.ndarray, np.ndarray]]:
    """The gradients of the likelihood that the one chosen of each set is a right one.

    A conditional logit (McFadden 1974): rows compete within their set, not each against a line of its own.
    With `none`, “none of them” competes too, with a score of 0; it is right where no row is.
    """
    count = int(sets.max()) + 1

    def gradients(scores: np.ndarray, data: lightgbm.Dataset) -> tuple[np.ndarray, np.ndarray]:
        label = data.get_label()
        top = np.zeros(count) if none else np.full(count, -np.inf)
        np.maximum.at(top, sets, scores)
        e = np.exp(scores - top[sets])
        total = np.bincount(sets, e, minlength=count) + (np.exp(-top) if none else 0.0)
        p = e / total[sets]
        good = np.bincount(sets, e * label, minlength=count)[sets]
        wanted = np.divide(e * label, good, out=np.zeros_like(p), where=good > 0)
        return p - wanted, np.maximum(p * (1 - p), 1e-4)

    return gradients


def fit(name: str, data: Data, classes: int = 1, keep: np.ndarray | None = None) -> Forest:
    """Learn one forest."""
    setting = SETTINGS[name]
    x = np.asarray(data.rows, np.float32)
    y = np.asarray(data.labels, np.float32)
    w = np.asarray(data.weights, np.float32)
    sets = np.asarray(data.sets)
    if keep is not None:
        x, y, w, sets = x[keep], y[keep], w[keep], sets[keep]
    objective: Any = "multiclass" if classes > 1 else "binary"
    if "choice" in setting:
        objective = choice(np.unique(sets, return_inverse=True)[1], setting["choice"] == "or none")
    parameters = {
        "objective": objective,
        "num_leaves": setting["num_leaves"],
        "max_depth": 7,
        "learning_rate": setting["learning_rate"],
        "min_data_in_leaf": setting.get("least", 20),
        "lambda_l2": 3.0,
        "feature_fraction": setting.get("share", 0.5),
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "deterministic": True,
        "force_col_wise": True,
        "num_threads": 1,
        "verbosity": -1,
        "max_bin": 63,
    }
    if classes > 1:
        parameters["num_class"] = classes
    trees: list[dict[str, Any]] = []
    seeds = setting.get("seeds", 1)
    for seed in range(7, 7 + seeds):
        booster = lightgbm.train(
            {**parameters, "seed": seed}, lightgbm.Dataset(x, y, weight=w), setting["rounds"]
        )
        trees += booster.dump_model()["tree_info"]
    return Forest(flatten(trees, classes, seeds))


def flatten(trees: list[dict[str, Any]], outputs: int, seeds: int) -> dict[str, Any]:
    """LightGBM's trees as the flat arrays of `Forest`, level by level; those of several seeds are averaged."""
    nodes = [tree["tree_structure"] for tree in trees]
    level = [1] * len(nodes)
    feature: list[int] = []
    threshold: list[float] = []
    child: list[int] = []
    value: list[float] = []
    for at, node in enumerate(nodes):  # grows while it is read
        leaf = "split_feature" not in node
        feature.append(0 if leaf else node["split_feature"])
        threshold.append(np.inf if leaf else node["threshold"])
        value.append(node["leaf_value"] / seeds if leaf else 0.0)
        child.append(at if leaf else len(nodes))
        if not leaf:
            nodes += (node["left_child"], node["right_child"])
            level += (level[at] + 1, level[at] + 1)
    return {
        "feature": np.asarray(feature, np.int16),
        "threshold": np.asarray(threshold, np.float32),
        "child": np.asarray(child, np.int32),
        "value": np.asarray(value, np.float32),
        "roots": np.arange(len(trees), dtype=np.int32),
        "depth": np.asarray(max(*level, 2) - 1, np.int16),
        "outputs": np.asarray(outputs, np.int16),
    }


def out_of_fold(name: str, data: Data, classes: int = 1, folds: int = 3) -> np.ndarray:
    """The scores of each row by a forest that has not seen its article."""
    groups = np.asarray(data.groups)
    known = np.asarray(data.weights) > 0
    x = np.asarray(data.rows, np.float32)
    result = np.zeros((len(x), classes), np.float32)
    for f in range(folds):
        test = groups % folds == f
        if not test.any():
            continue
        result[test] = fit(name, data, classes, ~test & known).scores(x[test])
    return result


def train(examples: list[Example]) -> quotes.Models:
    """Learn all forests from annotated articles."""
    models = learn(examples)
    again, content = Data(), Data()
    for f in range(FOLDS):
        # a second look sees what the first says of articles it has not been learned from
        first = learn([x for n, x in enumerate(examples) if n % FOLDS != f])
        for n, x in enumerate(examples):
            if n % FOLDS == f:
                look_twice(x, first, n, again, content)
    models.forests["again"] = fit("again", again)
    models.forests["content"] = fit("content", content)
    return models


FOLDS = 3


def look_twice(x: Example, models: quotes.Models, n: int, again: Data, content: Data) -> None:
    """Add an article as the second looks see it: all stretches in quotation marks, and all contents proposed."""
    scene = quotes.laid_out(models, x.doc, x.parse, x.kinds)
    last, quoted = quotes.attribute(scene, models.forests)
    gold = gold_of(x, scene.r)
    everywhere = frozenset(range(len(x.doc.paragraphs)))
    said = quotes.hinted(quotes.propose(scene, models.forests, last, quoted, everywhere))
    wanted = [k for k, s in enumerate(scene.stretches) if s.last > s.first]
    again.add(
        quotes.again_rows(scene, last, said, wanted),
        [float(gold_of_stretch(scene.r, k, gold) is not None) for k in wanted],
        n,
    )
    for proposal in quotes.propose(scene, models.forests, last, quoted):
        wanted_words = told_by(scene, gold, proposal.cue)
        found = [
            share(words_of(scene.r, (i for a, b in c.ranges for i in range(a, b))), wanted_words)
            for c in proposal.contents
        ]
        least = max(0.5, max(found) - 0.1)
        content.add([c.row for c in proposal.contents], [float(v >= least) for v in found], n)


def share(a: set[int], b: set[int]) -> float:
    """The common part of two sets, of all they hold."""
    return len(a & b) / len(a | b) if a and b else 0.0


def told_by(scene: quotes.Scene, gold: list[Gold], i: int) -> set[int]:
    """The words that gold has a cue report in its sentence, where not all stand in quotation marks."""
    r = scene.r
    c = scene.points[i].cue
    s = r.doc.sentences[r.sentence[c.at]]
    found: set[int] = set()
    for g in gold:
        if c.at not in g.cue:
            continue
        words = words_of(r, g.content)
        if c.kind != "colon":
            words = {j for j in words if s.first <= j < s.last}
        if any(r.stretch[j] < 0 for j in words):
            found = words
    return found


SOURCELESS = 0.3
"""What a cue counts that gold gives no source: whole, such cues make sources rare elsewhere, too."""
RIVAL = -2.0
"""Learning sees more runners-up among sources than are kept later; it does better for them."""


def learn(examples: list[Example]) -> quotes.Models:
    """Learn all forests but those of the second looks."""
    shares = cue_shares(examples)
    scenes = [quotes.Scene(x.doc, x.parse, x.kinds) for x in examples]
    golds = [gold_of(x, s.r) for x, s in zip(examples, scenes, strict=True)]
    forests: dict[str, Forest] = {}
    # whose words a cue reports
    data0 = Data()
    for n, (scene, gold) in enumerate(zip(scenes, golds, strict=True)):
        for c, options, rows in zip(scene.bare, scene.proposed, scene.source_rows, strict=True):
            mine = [g for g in gold if c.at in g.cue]
            labels = [
                float(any(right_source(g, c._replace(source=span, head=head)) for g in mine if g.source))
                for span, head, _ in options
            ]
            # a cue that gold does not know says little of sources
            weight = 0.0 if not mine else 1.0 if any(g.source for g in mine) else SOURCELESS
            data0.add(rows, labels, n, weight)
    known = np.asarray(data0.weights) > 0
    forests["source"] = fit("source", data0, keep=known)
    scores, at = out_of_fold("source", data0)[:, 0].tolist(), 0
    for scene in scenes:
        mine = []
        for rows in scene.source_rows:
            mine.append(scores[at : at + len(rows)])
            at += len(rows)
        scene.give_sources(mine, shares, RIVAL)
    # which cue: alone, then with the neighbours' choices
    data, first_rows = Data(), []
    owners = []
    for n, (scene, gold) in enumerate(zip(scenes, golds, strict=True)):
        rows = scene.first_rows()
        first_rows.append(rows)
        mine = [gold_of_stretch(scene.r, k, gold) for k in range(len(rows))]
        owners.append(mine)
        for (chosen, features), g in zip(rows, mine, strict=True):
            data.add(features, [pair_label(scene, i, g) for i in chosen], n)
    forests["pair"] = fit("pair", data)
    scores = out_of_fold("pair", data)[:, 0].tolist()
    data2, again_rows, at = Data(), [], 0
    for n, (scene, rows) in enumerate(zip(scenes, first_rows, strict=True)):
        size = sum(len(features) for _, features in rows)
        first = quotes.choose(rows, scores[at : at + size])
        at += size
        again = attribution.chain(scene.r, scene.stretches, scene.points, first, scene.reporting_before)
        again_rows.append(again)
        for (chosen, features), g in zip(again, owners[n], strict=True):
            data2.add(features, [pair_label(scene, i, g) for i in chosen], n)
    forests["chain"] = fit("chain", data2)
    scores = out_of_fold("chain", data2)[:, 0].tolist()
    # whether it is a quotation
    data3, at = Data(), 0
    lasts = []
    for n, (scene, rows) in enumerate(zip(scenes, again_rows, strict=True)):
        size = sum(len(features) for _, features in rows)
        last = quotes.choose(rows, scores[at : at + size])
        at += size
        lasts.append(last)
        data3.add(quotes.quote_rows(scene, last), [float(g is not None) for g in owners[n]], n)
    forests["quote"] = fit("quote", data3)
    quoted = out_of_fold("quote", data3)[:, 0].tolist()
    # on which side a cue has its content, and where that begins and ends
    side, edges, at = Data(), {k: Data() for k in ("start_after", "end_after", "start_before")}, 0
    for n, (scene, last) in enumerate(zip(scenes, lasts, strict=True)):
        mine = quoted[at : at + len(last)]
        at += len(last)
        r, points = scene.r, scene.points
        direct, strength = quotes.directs(last, mine)
        found = cue_sides(scene, golds[n])
        side.add(paraphrase.sides(r, points, direct, strength), [float(f[0]) for f in found], n)
        for pt, (where, g) in zip(points, found, strict=True):
            if where and g is not None:
                edge_examples(scene, pt, where, g, edges, n)
    forests["side"] = fit("side", side, 4)
    for name, part in edges.items():
        forests[name] = fit(name, part)
    return quotes.Models(forests, shares)


def pair_label(scene: quotes.Scene, i: int, gold: Gold | None) -> float:
    """Whether a cue is the right one for a stretch of an attribution."""
    return float(gold is not None and right_source(gold, scene.points[i].cue))


def cue_sides(scene: quotes.Scene, gold: list[Gold]) -> list[tuple[int, Gold | None]]:
    """For each cue on which side gold has its content, and the attribution; rejected where it has none."""
    r = scene.r
    result: list[tuple[int, Gold | None]] = [(paraphrase.REJECT, None)] * len(scene.points)
    for g in gold:
        inside = {i for i in g.content if r.stretch[i] >= 0}
        words = words_of(r, g.content)
        if len(words - inside) == 0:
            continue  # direct: the stretches see to it
        mine = [
            i
            for i, pt in enumerate(scene.points)
            if pt.cue.at in g.cue and r.stretch[pt.cue.at] < 0 and pt.cue.rank == 0
        ]
        if not mine:
            continue
        best = max(
            mine, key=lambda i: (scene.points[i].cue.kind in attribution.REPORTS, scene.points[i].cue.at)
        )
        pt = scene.points[best]
        s = r.doc.sentences[r.sentence[pt.cue.at]]
        plain = sorted(i for i in words if s.first <= i < s.last)
        if pt.cue.kind == "colon":
            plain = sorted(words)
        before = sum(1 for i in plain if i < pt.cue.at)
        after = len(plain) - before
        if before + after == 0:
            continue
        if before and after and min(before, after) >= 1:
            where = paraphrase.AROUND
            # a word before the subject that merely leads in is not worth a side of its own
        elif after:
            where = paraphrase.AFTER
        else:
            where = paraphrase.BEFORE
        result[best] = (where, g)
    return result


def edge_examples(
    scene: quotes.Scene, pt: attribution.CuePoint, where: int, g: Gold, edges: dict[str, Data], n: int
) -> None:
    """Add the boundaries of one attribution's content to the examples."""
    r = scene.r
    if where in (paraphrase.AFTER, paraphrase.AROUND):
        low, high = paraphrase.field(r, pt, paraphrase.AFTER)
        mine = sorted(i for i in g.content if low <= i < high)
        if mine:
            starts = paraphrase.starts_after(r, pt, low, high)
            if starts:
                want = nearest(starts, mine[0])
                rows = paraphrase.edge_rows(r, pt, where, starts, low, high, ends=False)
                edges["start_after"].add(rows, [float(e == want) for e in starts], n)
                ends = paraphrase.ends_after(r, pt, want, high)
                if ends:
                    stop = nearest(ends, mine[-1] + 1)
                    rows = paraphrase.edge_rows(r, pt, where, ends, want, high, ends=True)
                    edges["end_after"].add(rows, [float(e == stop) for e in ends], n)
    if where in (paraphrase.BEFORE, paraphrase.AROUND):
        low, high = paraphrase.field(r, pt, paraphrase.BEFORE)
        mine = sorted(i for i in g.content if low <= i < high)
        starts = paraphrase.starts_before(r, pt, low, high)
        if mine and starts:
            want = nearest(starts, mine[0])
            rows = paraphrase.edge_rows(r, pt, where, starts, low, high, ends=False)
            edges["start_before"].add(rows, [float(e == want) for e in starts], n)


def nearest(edges: list[int], want: int) -> int:
    """The edge nearest to where gold has it."""
    return min(edges, key=lambda e: (abs(e - want), e))


def read(path: Path) -> list[dict[str, Any]]:
    """The articles of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def example(row: dict[str, Any]) -> Example:
    """Segment and parse one article."""
    doc, parse, cast = with_cast(Article(row["id"], row["text"], published=row.get("date")))
    return Example(row["id"], doc, parse, row["attributions"], quotes.kinds_of(doc, cast))


def save(models: quotes.Models, path: Path) -> None:
    """Write the weights; the same weights give the same bytes."""
    arrays: dict[str, Any] = {}
    for name in sorted(models.forests):
        arrays |= {f"{name}/{part}": array for part, array in models.forests[name].arrays().items()}
    table = json.dumps({k: models.shares[k] for k in sorted(models.shares)}, separators=(",", ":"))
    arrays["shares"] = np.frombuffer(table.encode("utf-8"), np.uint8)
    np.savez_compressed(path, **arrays)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--out", type=Path, default=quotes.WEIGHTS)
    args = parser.parse_args()
    random.seed(0)
    save(train([example(row) for row in read(args.articles)]), args.out)


if __name__ == "__main__":
    main()
