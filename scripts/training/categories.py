"""Learns which words speak of which type of move: `python scripts/training/categories.py`, or as part of `moves.py`.

One logistic regression a type over the features of `readout.extract.categories`, all types at once, by L-BFGS. The
annotated sentences are drawn to hold moves far more often than articles do, so they get a bias of their own, which is
thrown away. Weights are kept as one byte each with a scale a row. The same data give the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent.parent
if str(ROOT / "scripts") not in sys.path:
    sys.path.insert(0, str(ROOT / "scripts"))

from readout.extract import categories, instruments, moves, network  # noqa: E402
from readout.extract.categories import CLASSES, KINDS, NUMBER, TYPES  # noqa: E402
from training import movesdata  # noqa: E402

Floats = NDArray[np.float64]
LEAST = 2
"""How often a word must occur to have a number, and a feature to have weights."""
L2 = 1.0
ALONE = 5.0
"""The value of the bias of single sentences: large, so that the penalty does not keep it small."""
SMALLEST = 0.06
"""Rows whose greatest weight is smaller are left out."""


class Example(NamedTuple):
    """A read text with what it holds."""

    read: movesdata.Read
    lemmas: list[str]
    naming: list[str]
    w: Any
    hits: list[tuple[int, str, str]]
    wanted: NDArray[np.float32]
    """Sentences × types: 1 where a sentence speaks of a move of the type."""
    counts: NDArray[np.bool_]
    """Sentences × types: False where that is left open (optional moves)."""


def meets(a: Sequence[int], b: Sequence[int]) -> bool:
    """Whether two spans share something."""
    return a[0] < b[1] and b[0] < a[1]


def example(read: movesdata.Read) -> Example:
    """What a text teaches."""
    doc = read.doc
    naming = moves.naming_of(doc, read.cast)
    w = instruments.view(doc, read.parse, naming)
    hits = [(c.head, c.code, c.strength) for c in instruments.candidates(doc, w)]
    spans = [(s.span.start, s.span.end) for s in doc.sentences]
    wanted = np.zeros((len(spans), len(TYPES)), np.float32)
    counts = np.ones(wanted.shape, bool)
    for g in sorted(read.gold, key=lambda g: not g.get("optional")):
        k = NUMBER[g["type"]]
        for i, span in enumerate(spans):
            if any(meets(span, mark) for mark in g["marks"]):
                wanted[i, k] = not g.get("optional")
                counts[i, k] = not g.get("optional")
    for code in read.also:
        if len(spans) == 1:
            wanted[0, NUMBER[code]] = 1
        else:
            counts[:, NUMBER[code]] = False
    return Example(read, categories.lemmas(doc, w.tags), naming, w, hits, wanted, counts)


# ------------------------------------------------------------------ classes of words
def divide(vectors: Floats, size: int, rounds: int = 12) -> NDArray[np.int64]:
    """k-means over unit vectors from a fixed start: every n-th vector by frequency; the class of each."""
    centres = vectors[np.linspace(0, len(vectors) - 1, size).astype(int)].copy()
    for _ in range(rounds):
        nearest = np.concatenate([(part @ centres.T).argmax(1) for part in np.array_split(vectors, 20)])
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, vectors)
        counts = np.bincount(nearest, minlength=size)
        some = counts > 0
        centres[some] = sums[some] / np.linalg.norm(sums[some], axis=1, keepdims=True)
    return nearest


def classes() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The finer and the coarser class of each word the network has a vector for."""
    with np.load(network.WEIGHTS_PATH) as stored:
        books, codes = stored["books"].astype(np.float32), stored["codes"]
    vectors = books[np.arange(len(books)), codes.astype(int)].reshape(len(codes), -1)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    fine, coarse = (divide(vectors, size) for size in CLASSES)
    return fine, coarse


# ------------------------------------------------------------------ the fit
class Coder:
    """Numbers of words and classes, as the model will have them."""

    def __init__(
        self, examples: Sequence[Example], fine: NDArray[np.int64], coarse: NDArray[np.int64]
    ) -> None:
        seen: dict[str, int] = {}
        for x in examples:
            for lemma, kind in zip(x.lemmas, x.naming, strict=True):
                if lemma and lemma != "#" and kind not in KINDS:
                    seen[lemma] = seen.get(lemma, 0) + 1
        self.words = sorted(word for word, n in seen.items() if n >= LEAST and "\n" not in word)
        self.fine, self.coarse = fine, coarse

    def model(self) -> categories.Model:
        """A model without weights, to number tokens with."""
        return categories.Model(
            self.words,
            np.zeros(1, np.int64),
            np.zeros((1, len(TYPES)), np.float32),
            np.zeros(len(TYPES), np.float32),
            self.fine,
            self.coarse,
        )


def design(examples: Sequence[Example], numbering: categories.Model) -> tuple[Any, NDArray[np.int64], Any]:
    """The features of all sentences as (row, key, value), rows counted over all examples; and where each begins."""
    rows, keys, values = [], [], []
    at = 0
    starts = []
    for x in examples:
        starts.append(at)
        found = categories.features(x.read.doc, x.w, *numbering.numbers(x.read.doc, x.w), x.hits)
        rows.append(found.sentence + at)
        keys.append(found.key)
        values.append(found.value)
        at += len(x.read.doc.sentences)
    return np.concatenate(rows), np.concatenate(keys), (np.concatenate(values), np.array([*starts, at]))


def fit(examples: Sequence[Example], coder: Coder, l2: float = L2) -> categories.Model:
    """The weights learned from some examples."""
    from scipy import sparse  # training only
    from scipy.optimize import minimize

    numbering = coder.model()
    rows, keys, (values, starts) = design(examples, numbering)
    kept, place, count = np.unique(keys, return_inverse=True, return_counts=True)
    often = count >= LEAST
    column = np.cumsum(often) - 1
    some = often[place]
    n, width = int(starts[-1]), int(often.sum())
    alone = np.repeat([float(x.read.alone) for x in examples], np.diff(starts))
    x = sparse.csr_matrix((values[some], (rows[some], column[place[some]])), shape=(n, width))
    x = sparse.hstack([x, sparse.csr_matrix(np.stack([alone * ALONE, np.ones(n)], 1))]).tocsr()
    xt = x.T.tocsr()
    y = np.concatenate([e.wanted for e in examples]).astype(np.float64)
    m = np.concatenate([e.counts for e in examples]).astype(np.float64)
    penalty = np.full((width + 2, 1), l2)
    penalty[-1] = 1e-3
    total = width + 2

    def loss(flat: Floats) -> tuple[float, Floats]:
        b = flat.reshape(total, -1)
        z = x @ b
        p = 1 / (1 + np.exp(-z))
        value = float((m * (np.logaddexp(0, z) - y * z)).sum()) + 0.5 * float((penalty * b * b).sum())
        return value, (xt @ (m * (p - y)) + penalty * b).ravel()

    start = np.zeros((total, len(TYPES)))
    start[-1] = -4.0
    best = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 120, "maxcor": 8})
    b = best.x.reshape(total, -1)
    table = b[:width]
    strong = np.abs(table).max(1) >= SMALLEST
    return categories.Model(
        coder.words,
        kept[often][strong],
        table[strong].astype(np.float32),
        b[-1].astype(np.float32),
        coder.fine,
        coder.coarse,
    )


def score(examples: Sequence[Example], tables: Sequence[NDArray[np.float32] | None]) -> str:
    """The best F1 over all types of sentences by one threshold."""
    y = np.concatenate([x.wanted.ravel() for x in examples])
    m = np.concatenate([x.counts.ravel() for x in examples])
    z = np.concatenate(
        [
            np.full(x.wanted.size, -9.0) if t is None else t.ravel()
            for x, t in zip(examples, tables, strict=True)
        ]
    )
    best = max((2 * float(((z > t) & (y > 0) & m).sum()) / float(((z > t) & m).sum() + y.sum()), t)
               for t in np.arange(-3, 1, 0.25))  # fmt: skip
    return f"F1 {best[0]:.3f} at {best[1]:.2f}"


def save(model: categories.Model, path: Path) -> None:
    """Write the weights."""
    scale = np.abs(model.rows).max(1) / 127
    np.savez_compressed(
        path,
        words=np.frombuffer("\n".join(model.words).encode("utf-8"), np.uint8),
        keys=np.diff(model.keys, prepend=0),
        rows=np.round(model.rows / scale[:, None]).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=model.bias,
        fine=model.fine.astype(np.int16),
        coarse=model.coarse.astype(np.uint8 if CLASSES[1] <= 256 else np.int16),
    )


def main() -> None:
    """Learn from everything, and say what articles left out say of it."""
    reads = movesdata.articles() + movesdata.sentences()
    examples = [example(r) for r in reads]
    coder = Coder(examples, *classes())
    whole = [k for k, r in enumerate(reads) if not r.alone]
    left = set(whole[::5])
    part = fit([x for k, x in enumerate(examples) if k not in left], coder)
    kept = [examples[k] for k in sorted(left)]
    print("a fifth of the articles left out:", score(kept, [table(x, part) for x in kept]))
    save(fit(examples, coder), categories.PATH)


def table(x: Example, model: categories.Model) -> NDArray[np.float32] | None:
    """What a model says of an example."""
    found = categories.odds(x.read.doc, x.w, x.hits, model)
    return None if found is None else found.table


if __name__ == "__main__":
    main()
