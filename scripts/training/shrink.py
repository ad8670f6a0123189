"""Make trained weights small: `python -m training.shrink full.npz OUT.npz`.

Kept are the WORDS most frequent of the pre-trained words (the rarer ones help in training, but not measurably
in reading), a row of a table with 2 · TABLE + 1 levels, one of a matrix with 2 · MATRIX + 1: few enough for
the file to pack well. Costs 0.2 points of attachment and up to 0.3 of names, and halves the file.
"""

from __future__ import annotations

import sys

import numpy as np

WORDS = 40_000
TABLE = 15
MATRIX = 40


def main() -> None:
    source, target = sys.argv[1:3]
    with np.load(source) as stored:
        arrays = {name: stored[name] for name in stored.files}
    small: dict[str, np.ndarray] = {}
    for name, x in arrays.items():
        if name.endswith(".scale"):
            continue
        if name == "codes":
            small[name] = x[:WORDS]
        elif name == "vocabulary":
            words = bytes(x).decode().split("\n")[:WORDS]
            small[name] = np.frombuffer("\n".join(words).encode(), np.uint8)
        elif x.dtype == np.int8:
            put(small, name, x.astype(np.float32) * arrays[name + ".scale"].astype(np.float32), TABLE)
        elif x.ndim == 2 and x.size > 4000:
            put(small, name, x.astype(np.float32), MATRIX)
        else:
            small[name] = x
    np.savez_compressed(target, **small)


def put(arrays: dict[str, np.ndarray], name: str, x: np.ndarray, levels: int) -> None:
    """Store a matrix as integers of -levels to levels, with a scale a row."""
    scale = (np.abs(x).max(1, keepdims=True) / levels + 1e-6).astype(np.float16)
    arrays[name] = np.round(x / scale.astype(np.float32)).clip(-levels, levels).astype(np.int8)
    arrays[name + ".scale"] = scale


if __name__ == "__main__":
    main()
