"""Trains what ties and ranks actors: `python -m training.actors --data ../shared/train`.

Learns `weights/coreference.json` and `weights/salience.json` from GUM (without its news) and from the
project's own wire (`tests/gold/wire/train`). Running it twice gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from readout import goldtext, lexicon
from readout.extract import actors, coreference, merge, moves, quotes, roles, salience, syntax
from readout.records import Article, Doc, Name, Parse, Span
from readout.segment import segment
from training import gum

Array = NDArray[np.float64]
WIRE_WEIGHT = 2.0
"""How much a mention of the wire counts: it is what the program reads."""


class Text(NamedTuple):
    """One document to learn coreference from."""

    doc: Doc
    parse: Parse
    names: list[tuple[Name, str]]
    pronouns: dict[int, str]
    """Head token of a pronoun → entity."""
    nominals: dict[int, str]
    """The same of a description."""
    complete: bool
    """Whether nameless entities are annotated too."""
    salience: dict[str, float]
    """Entity → how central, 0 to 1."""


def of_gum(texts: Iterable[gum.Text]) -> Iterator[Text]:
    """GUM's documents, parsed as the program parses them."""
    for text in texts:
        pronouns = {m.head: m.entity for m in text.mentions if m.form == "pronoun"}
        nominals: dict[int, str] = {}
        for m in text.mentions:
            if m.form == "nominal":
                nominals.setdefault(m.head, m.entity)
        yield Text(text.doc, syntax.parse(text.doc), text.names(), pronouns, nominals, True, text.salience)


def of_wire(folder: Path) -> Iterator[Text]:
    """The project's own wire. How central an entity is, its headline and its moves tell."""
    for path in sorted(folder.glob("*.txt")):
        gold = goldtext.parse(path.read_text(encoding="utf-8"))
        doc = segment(Article(path.stem, gold.text))
        parse = syntax.parse(doc)
        where = merge.Tokens(doc)
        names: list[tuple[Name, str]] = []
        pronouns: dict[int, str] = {}
        nominals: dict[int, str] = {}
        for m in gold.mentions:
            if m.form == "name":
                names.append((Name(Span(m.start, m.end), goldtext.KINDS[m.code]), m.entity))
                continue
            first, last = where.of(Span(m.start, m.end))
            head = next(
                (i for i in range(last - 1, first - 1, -1) if not first <= parse.heads[i] < last), last - 1
            )
            (pronouns if m.form == "pronoun" else nominals).setdefault(head, m.entity)
        title = str(gold.header.get("title", ""))
        central: dict[str, float] = {}
        for move in gold.moves[:2]:
            central |= {t: 0.4 for t in move["targets"] if t not in central}
            central |= dict.fromkeys(move["actors"], 0.6)
        for name, entity in names:
            words = gold.text[name.span.start : name.span.end]
            if words in title or (name.kind == "person" and words.split()[-1] in title):
                central[entity] = 0.8
        yield Text(doc, parse, names, pronouns, nominals, False, central)


# ------------------------------------------------------------------ coreference
class Example(NamedTuple):
    """One decision: the features of each candidate, those of none, which are right (-1: none)."""

    kind: str
    candidates: list[list[str]]
    null: list[str]
    right: list[int]
    weight: float


class Teacher(coreference.Reader):
    """Reads a text as the program does, but ties as gold has it."""

    def __init__(self, text: Text, drafts: list[merge.Draft], owner: dict[int, str]) -> None:
        super().__init__(text.doc, text.parse, drafts)
        self.text = text
        self.owner = owner
        where = merge.Tokens(text.doc)
        self.others: dict[int, str] = {}
        """Tokens of names that are no actors' → entity."""
        for name, entity in text.names:
            first, last = where.of(name.span)
            self.others |= dict.fromkeys(range(first, last), entity)
        self.examples: list[Example] = []

    def gold(self, e: coreference.Entity) -> str | None:
        """Whom gold has for an entity: for an actor's the one of most names, else the one first meant."""
        m = e.first
        if e.draft >= 0 or m is None:
            return self.owner.get(e.draft)
        return self.text.nominals.get(m.head) if m.form == "nominal" else self.others.get(m.head)

    def choose(
        self,
        kind: str,
        m: coreference.Mention,
        found: list[tuple[coreference.Entity, list[str]]],
        null: list[str],
    ) -> coreference.Entity | None:
        table = self.text.pronouns if m.form == "pronoun" else self.text.nominals
        gold = table.get(m.head)
        named = {g for e in self.entities if (g := self.gold(e)) is not None}
        if gold is None and not self.text.complete:
            # nameless entities are not marked there: any of them may be right
            right = [i for i, (e, _) in enumerate(found) if e.draft < 0] + [-1]
        else:
            right = [i for i, (e, _) in enumerate(found) if gold is not None and self.gold(e) == gold]
            if not right and (gold is None or gold not in named):
                right = [-1]
        if right:
            weight = 1.0 if self.text.complete else WIRE_WEIGHT
            self.examples.append(Example(kind, [f for _, f in found], null, right, weight))
        if right and right[0] >= 0 and gold is not None:
            return found[right[0]][0]
        if gold is not None and gold in named:
            return next((e for e in self.entities if self.gold(e) == gold and e.last is not None), None)
        return None


def lessons(texts: Iterable[Text]) -> list[Example]:
    """All decisions in some texts."""
    found: list[Example] = []
    for text in texts:
        drafts = merge.merge(text.doc, text.parse, tuple(name for name, _ in text.names))
        owner = owners(text, drafts)
        for draft in drafts:
            draft.roles = [role.title for role in roles.roles_of(text.doc, text.parse, draft)]
        teacher = Teacher(text, drafts, owner)
        teacher.read(teacher.choose)
        found += teacher.examples
    return found


def owners(text: Text, drafts: list[merge.Draft]) -> dict[int, str]:
    """Draft → the gold entity most of its names are of."""
    where = merge.Tokens(text.doc)
    whose: dict[Span, str] = {}
    for name, entity in text.names:
        spot = merge.tidy(text.doc, where, name)
        if spot:
            whose[spot.span] = entity
    found: dict[int, str] = {}
    for i, draft in enumerate(drafts):
        count = Counter(whose[s.span] for s in draft.spots if s.span in whose)
        if count:
            found[i] = count.most_common(1)[0][0]
    return found


def train_coreference(
    examples: list[Example], decay: float = 3e-3, rounds: int = 8, rate: float = 0.3
) -> dict[str, dict[str, float]]:
    """Weights by AdaGrad on the log-likelihood of the right candidates together."""
    model: dict[str, dict[str, float]] = {}
    for kind in (coreference.HE, coreference.IT, coreference.THEY, "nominal"):
        mine = [e for e in examples if e.kind == kind]
        counts = Counter(f for e in mine for features in [*e.candidates, e.null] for f in set(features))
        index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= 2))}
        weights, seen = np.zeros(len(index)), np.full(len(index), 1e-6)
        data = []
        for e in mine:
            rows = [[index[f] for f in features if f in index] for features in [*e.candidates, e.null]]
            flat = np.array([i for row in rows for i in row], int)
            owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
            data.append((flat, owner, len(rows), [i if i >= 0 else len(rows) - 1 for i in e.right], e.weight))
        order = random.Random(1)
        for _ in range(rounds):
            order.shuffle(data)
            for flat, owner, n, right, weight in data:
                scores = np.bincount(owner, weights[flat], n)
                p = np.exp(scores - scores.max())
                p /= p.sum()
                q = np.zeros(n)
                q[right] = p[right]
                q /= q.sum()
                slope = weight * (p - q)[owner]
                np.add.at(seen, flat, slope * slope)
                step = rate * (slope + decay * weights[flat]) / np.sqrt(seen[flat] + 1e-3)
                np.add.at(weights, flat, -step)
        model[kind] = {f: round(float(weights[i]), 3) for f, i in index.items() if abs(weights[i]) >= 0.02}
    return model


# ------------------------------------------------------------------ salience
def rankings(texts: Iterable[Text]) -> list[tuple[Array, Array]]:
    """For each text the features of its actors, and how central each is."""
    found = []
    for text in texts:
        names = tuple(name for name, _ in text.names if name.kind != "other")
        cast = actors.resolve(text.doc, text.parse, names)
        if not cast.actors:
            continue
        said = quotes.find(text.doc, text.parse, cast)
        cast = actors.complete(text.doc, cast, said)
        whose = {name.span: entity for name, entity in text.names}
        done = moves.find(text.doc, text.parse, cast, said)
        features = salience.features(text.doc, text.parse, cast, said, done)
        rows, wanted = [], []
        for actor in cast.actors:
            count = Counter(whose[m.span] for m in cast.mentions[actor.id] if m.span in whose)
            entity = count.most_common(1)[0][0] if count else ""
            rows.append(features[actor.id])
            wanted.append(text.salience.get(entity, 0.0))
        found.append((np.array(rows), np.array(wanted)))
    return found


GUESSED = 0.1
"""What a text of the wire weighs beside one of GUM: nobody has graded its actors, its title and moves only hint at
who matters."""


def train_salience(
    graded: list[tuple[Array, Array]],
    guessed: list[tuple[Array, Array]],
    decay: float = 0.5,
    ranked: float = 2.0,
    rounds: int = 800,
) -> dict[str, float]:
    """Logistic regression on each actor's grade, together with a softmax over the actors of a text."""
    n = len(salience.FEATURES)
    data = [(*text, 1.0) for text in graded] + [(*text, GUESSED) for text in guessed]
    total = sum(share for _, _, share in data)
    weights, seen = np.zeros(n), np.full(n, 1e-8)
    for _ in range(rounds):
        slope = np.zeros(n)
        for rows, wanted, share in data:
            scores = rows @ weights
            slope += share * (rows.T @ (1 / (1 + np.exp(-scores)) - wanted) / len(wanted))
            if wanted.sum() > 0:
                p = np.exp(scores - scores.max())
                slope += share * ranked * (rows.T @ (p / p.sum() - wanted / wanted.sum()))
        slope /= total
        pull = weights.copy()
        pull[0] = 0.0
        slope += 0.05 * decay * pull
        seen += slope * slope
        weights -= 0.5 * slope / np.sqrt(seen)
    return dict(zip(salience.FEATURES, [round(float(w), 3) for w in weights], strict=True))


def save(table: object, name: str) -> None:
    """Write a file of weights."""
    path = lexicon.WEIGHTS / name
    path.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with syntax_gum_{train,dev,test}.conllu.gz"
    )
    parser.add_argument("--wire", type=Path, default=Path("tests/gold/wire/train"))
    parser.add_argument("--only", choices=["coreference", "salience"])
    args = parser.parse_args()
    texts = [
        t
        for part in ("train", "dev", "test")
        for t in of_gum(gum.read(args.data / f"syntax_gum_{part}.conllu.gz"))
    ]
    wire = list(of_wire(args.wire))
    if not wire:
        sys.exit(f"no texts in {args.wire}: run from the project's folder, or name the folder with --wire")
    if args.only != "salience":
        save(train_coreference(lessons(texts + wire)), "coreference.json")
        coreference.weights.cache_clear()
    if args.only != "coreference":
        save(train_salience(rankings(texts), rankings(wire)), "salience.json")


if __name__ == "__main__":
    main()
