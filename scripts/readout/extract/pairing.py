"""Weighs a trigger and another word by what the network itself made of them: its vectors of the two words.

Names of features tell what is known of a place in words; the vectors tell the rest: what stands around it, and what it
is about. For each question (`mention`: is this a move? `status`; `casting`: which part does one play?) a small network
looks at the vectors of trigger and other, at the mean of the sentence's, at the type, and at all others that are asked
about together; what it adds stands beside the weights of the named features, with which it was trained
(`scripts/training/pairing.py`). Vectors of an encoder trained for other things, put to use unchanged: Peters et al.
2018, doi:10.18653/v1/N18-1202.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from readout.records import MOVE_TYPES

Floats = NDArray[np.float32]
States = NDArray[np.float16]
PATH = Path(__file__).resolve().parent.parent / "weights" / "pairs.npz"
CODES = {code: i for i, code in enumerate(sorted(MOVE_TYPES))}


class Pair(NamedTuple):
    """A trigger and the word that is asked about with it, as indices of tokens."""

    code: str
    """The type of move."""
    trigger: int
    first: int
    """The first token of the trigger's sentence."""
    last: int
    """The one behind its last."""
    other: int
    """-1 where there is none."""


class Net(NamedTuple):
    """The weights of one question; d the width of the network's vectors, w of this one, k the classes."""

    trigger: Floats
    """`[2d, w]`: the trigger's vector and the mean of its sentence."""
    trigger_bias: Floats
    other: Floats
    """`[d, w]`"""
    other_bias: Floats
    codes: Floats
    """`[types, w]`"""
    scale: Floats
    shift: Floats
    """`[3w]`: after standardising."""
    hidden: Floats
    """`[3w + 1, w]`"""
    hidden_bias: Floats
    out: Floats
    """`[3w, k]`: from a pair, the mean of all pairs, and how far it stays behind the largest."""


@lru_cache(maxsize=2)
def load(path: str) -> dict[str, Net]:
    """Question → weights; empty where there is no file."""
    if not Path(path).exists():
        return {}
    with np.load(path) as stored:
        tasks = sorted({name.split(".")[0] for name in stored.files})
        return {t: Net(*(stored[f"{t}.{part}"].astype(np.float32) for part in Net._fields)) for t in tasks}


def inputs(states: States, pairs: Sequence[Pair]) -> tuple[Floats, Floats]:
    """What the net sees of pairs: `[n, 2d]` of triggers with their sentences, `[n, d]` of the others (0 for none)."""
    means: dict[int, Floats] = {}
    left = np.empty((len(pairs), 2 * states.shape[1]), np.float32)
    right = np.zeros((len(pairs), states.shape[1]), np.float32)
    for i, p in enumerate(pairs):
        if p.first not in means:
            means[p.first] = states[p.first : p.last].astype(np.float32).mean(0)
        left[i, : states.shape[1]] = states[p.trigger]
        left[i, states.shape[1] :] = means[p.first]
        if p.other >= 0:
            right[i] = states[p.other]
    return left, right


def sums(task: str, states: States | None, pairs: Sequence[Pair], together: bool = True) -> Floats | None:
    """What the vectors add to the weighted sum of each class, `[n, k]`; None without vectors or weights.

    `together`: the pairs are answers to one question, of which each sees the others.
    """
    net = load(str(PATH)).get(task)
    return None if net is None or states is None or not pairs else weighed(net, states, pairs, together)


def weighed(net: Net, states: States, pairs: Sequence[Pair], together: bool) -> Floats:
    """The sums by one question's weights."""
    left, right = inputs(states, pairs)
    codes = net.codes[[CODES[p.code] for p in pairs]]
    there = np.array([[p.other >= 0] for p in pairs], np.float32)
    trigger = left @ net.trigger + net.trigger_bias
    other = (right @ net.other + net.other_bias) * there
    both = np.concatenate([trigger + codes, other + codes, trigger], 1)
    np.maximum(both, 0, out=both)
    both[:, 2 * trigger.shape[1] :] *= other
    both -= both.mean(1, keepdims=True)
    both /= np.sqrt((both * both).mean(1, keepdims=True) + np.float32(1e-5))
    both = both * net.scale + net.shift
    seen = np.maximum(both @ net.hidden[:-1] + there * net.hidden[-1] + net.hidden_bias, 0)
    mean = np.broadcast_to(seen.mean(0), seen.shape) if together else seen
    most = seen.max(0) if together else seen
    found: Floats = np.concatenate([seen, mean, seen - most], 1) @ net.out
    return found
