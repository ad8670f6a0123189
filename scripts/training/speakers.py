"""Learn whom pronouns and descriptions mean as sources: `python scripts/training/speakers.py FILE…`.

Reads the project's own annotated articles (format: tests/gold/README.md). Multinomial logistic regression
over the
candidates of each source, by gradient descent from zero: the same articles give the same bytes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from readout import goldtext
from readout.extract import with_cast
from readout.extract.actors import Index
from readout.extract.antecedents import Field, best
from readout.extract.cues import Reading
from readout.lexicon import WEIGHTS
from readout.measure_quotes import entity_of
from readout.records import Article, Extraction

HE = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
# What tells whom a pronoun means tells much of whom a description means, of which there are fewer.
# Where the examples are few or silent the weights stay near what is known of news: the last speaker goes
# on speaking,
# and who is spoken of often is spoken of again.
PRIOR = {
    "spoke 0": 1.2,
    "introduced": 1.2,
    "spoke 1": 0.4,
    "count": 0.5,
    "spoke last, another subject since": -0.5,
    "subject 1": 0.6,
    "opens 1": 0.3,
    "opens 2": 0.2,
    "subject 2": 0.2,
    "near 1": 0.4,
    "quoted": -0.5,
    "reported": -0.4,
    "modifier": -0.4,
    "preposition": -0.4,
    "noun in name": 1.5,
    "noun of such a body": 1.0,
    "nobody, none such a body": 2.0,
    "nobody, determiner the": -1.0,
    "nobody, named office": -0.5,
}
LEARNED_FROM = {"he": ("he",), "person": ("he", "person", "person"), "body": ("body",)}
Example = tuple[str, list[tuple[str, dict[str, float]]], list[int]]


def examples(source: str, read: Any = None) -> list[Example]:
    """The pronouns and descriptions that are sources in one article: kind, candidates, and which of them
    are right."""
    from readout.extract.kinds import noun_class

    gold = goldtext.parse(source)
    if read is None:
        doc, parse, cast = with_cast(Article("gold", gold.text))
    else:
        doc, parse, cast = read
    r = Reading(doc, parse)
    index = Index(doc, cast)
    reported = {i for q in gold.quotes for s, e in q["content"] for i in range(r.at(s), r.at(e - 1) + 1)}
    field = Field(r, cast, index, reported)
    extraction = Extraction(doc.article, cast.actors, cast.mentions, (), ())
    entities = {a.id: entity_of(extraction, gold, a.id) for a in cast.actors}
    named = {m.entity for m in gold.mentions if m.form == "name"}
    found: list[Example] = []
    heard: list[tuple[int, str]] = []
    for q in sorted((q for q in gold.quotes if q["source"]), key=lambda q: q["source"][0][0]):
        start, end = q["source"][0]
        first, last = r.at(start), r.at(end - 1) + 1
        if last > r.n or first >= last:
            continue
        k = r.chunk_of[first]
        if last - first > 1 and k >= 0:
            last = min(last, r.chunks[k][1])
        want = q["speaker"] if q["speaker"] in named else None
        word = r.words[last - 1]
        options: list[tuple[str, dict[str, float]]] = []
        kind = ""
        if last - first == 1 and word in HE:
            kind, options = "he", field.candidates(first, HE[word], "he", heard)
        elif r.tags[last - 1] in ("NN", "JJ") and not any(
            m.form == "name" and m.start < r.ends[last - 1] and m.end > r.starts[last - 1]
            for m in gold.mentions
        ):
            noun = noun_class(word)
            if noun in ("person", "organization", "country"):
                kind = "person" if noun == "person" else "body"
                options = field.described(first, last, kind, heard)
        if kind:
            if want is not None:
                right = [
                    n for n, (e, _) in enumerate(options) if e and e[0] != "?" and entities.get(e) == want
                ]
            elif kind == "he":
                phrase = (q["speaker"] or "").split()
                right = [
                    n
                    for n, (e, _) in enumerate(options)
                    if e[0] == "?" and r.words[r.chunks[int(e[1:])][1] - 1] in phrase
                ]
            else:
                right = [n for n, (e, _) in enumerate(options) if not e]
            if right and len(options) > 1:
                found.append((kind, options, right))
        actor = next((a for a, e in entities.items() if e == want), None) if want is not None else None
        if actor is not None:
            heard.append((first, actor))
            if kind == "he":
                field.genders.setdefault(actor, HE[word])
    return found


def fit(rows: list[Example], steps: int = 300, rate: float = 0.5, decay: float = 0.5) -> dict[str, float]:
    """Weights by feature."""
    names_ = sorted({name for _, options, _ in rows for _, f in options for name in f})
    place = {name: i for i, name in enumerate(names_)}
    blocks = []
    for _, options, right in rows:
        x = np.zeros((len(options), len(names_)))
        for n, (_, f) in enumerate(options):
            for name, value in f.items():
                x[n, place[name]] = value
        blocks.append((x, right))
    prior = np.array([PRIOR.get(name, 0.0) for name in names_])
    w = prior.copy()
    total = np.zeros(len(names_))
    for _ in range(steps):
        gradient = decay * (prior - w) * len(blocks) / 10
        for x, right in blocks:
            s = x @ w
            p = np.exp(s - s.max())
            p /= p.sum()
            good = p[right] / p[right].sum()
            gradient += x[right].T @ good - x.T @ p
        total += gradient**2
        w += rate * gradient / (np.sqrt(total) + 1e-8)
    return {name: round(float(w[place[name]]), 3) for name in names_ if abs(w[place[name]]) >= 0.0005}


def main() -> None:
    """Read the files named, learn, write `weights/speakers.json`."""
    rows = [e for path in sorted(sys.argv[1:]) for e in examples(Path(path).read_text(encoding="utf-8"))]
    table = {
        kind: fit([e for part in parts for e in rows if e[0] == part]) for kind, parts in LEARNED_FROM.items()
    }
    (WEIGHTS / "speakers.json").write_text(
        json.dumps(table, indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )
    for kind, weights in table.items():
        mine = [e for e in rows if e[0] == kind]
        hits = sum(
            next(n for n, (c, _) in enumerate(o) if c == best(kind, o, weights)[0]) in right
            for _, o, right in mine
        )
        print(kind, f"{hits} of {len(mine)}")


if __name__ == "__main__":
    main()
