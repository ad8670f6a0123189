"""The network that reads: forms → tags, heads, relations and names, in numpy alone.

One encoder serves all: a vector a form (from tables, kept), a window of three, and three layers of a
bidirectional simple recurrent unit (Lei et al. 2018, “Simple Recurrent Units for Highly Parallelizable
Recurrence”), whose gates depend on the input alone, so that a document takes a handful of matrix products.
Heads: tags; arcs by a bilinear form (Dozat and Manning 2017); relations; names in BIES labels, where a token
also sees the mean of all places of its form in the document. `training/` makes the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from readout import lexicon
from readout.extract import features

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Pack(NamedTuple):
    """Sentences of unequal length as rows, first all first words, then all second words, ….

    Sentences go longest first, so that those which still run at step t are the first `sizes[t]` ones.
    All index arrays speak of packed rows; n stands for “no row”.
    """

    row: Ints
    """Token → packed row."""
    token: Ints
    """Packed row → token."""
    sizes: tuple[int, ...]
    mirror: Ints
    """Row → the row at the same distance from the other end of its sentence."""
    left: Ints
    right: Ints


def pack(lengths: Sequence[int]) -> Pack:
    """Lay out sentences of these lengths (each at least 1)."""
    size = np.asarray(lengths, np.int64)
    n = int(size.sum())
    rank = np.empty(len(size), np.int64)
    rank[np.argsort(-size, kind="stable")] = np.arange(len(size))
    first = np.concatenate([[0], np.cumsum(size)[:-1]])
    sentence = np.repeat(np.arange(len(size)), size)
    position = np.arange(n) - first[sentence]
    steps = np.bincount(size - 1)[::-1].cumsum()[::-1]  # sentences longer than t
    offset = np.concatenate([[0], np.cumsum(steps)[:-1]])
    row = offset[position] + rank[sentence]
    other = size[sentence] - 1 - position
    mirror = np.empty(n, np.int64)
    mirror[row] = offset[other] + rank[sentence]
    left = np.full(n, n, np.int64)
    right = np.full(n, n, np.int64)
    inner = np.flatnonzero(position > 0)
    left[row[inner]] = row[inner - 1]
    right[row[inner - 1]] = row[inner]
    token = np.empty(n, np.int64)
    token[row] = np.arange(n)
    return Pack(row, token, tuple(int(s) for s in steps), mirror, left, right)


DISTANCES = 20


def distances(size: int) -> Ints:
    """For words i and j of a sentence the class of their distance j - i, size × size, in 0 … DISTANCES - 1.

    1 to 4 each their own, then 5–6, 7–9, 10–14, 15–20, above; 0 for a word itself; 10 more for j before i.
    """
    steps: Ints = np.array([0, 1, 2, 3, 4, 5, 5, 6, 6, 6, *[7] * 5, *[8] * 6, 9], np.int64)
    gap = np.arange(size)[None, :] - np.arange(size)[:, None]
    kinds: Ints = np.where(gap < 0, 10, 0) + steps[np.minimum(np.abs(gap), len(steps) - 1)]
    return kinds


# ------------------------------------------------------------------ weights
TEXTS = ("vocabulary", "own_words", "tags", "relations", "labels", "single", "phrases")


class Layer(NamedTuple):
    """A linear map (inputs × outputs) with the scale and shift of the norm before it folded in."""

    weight: Floats
    bias: Floats


class Network:
    """The weights, unfolded for reading, and the vectors of the forms met so far."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as stored:
            w = {name: stored[name] for name in stored.files}
        text = {k: bytes(w.pop(k)).decode() for k in TEXTS}
        self.tags = text["tags"].split("\n")
        self.relations = text["relations"].split("\n")
        self.labels = text["labels"].split("\n")
        self.vector_row = {word: i for i, word in enumerate(text["vocabulary"].split("\n"))}
        self.word_row = {word: i for i, word in enumerate(text["own_words"].split("\n"), 1)}
        cells = text["single"].replace("\t", "\n").split("\n")
        bits = {cell: int(cell, 16) for cell in set(cells[1::2])}
        single = dict(zip(cells[::2], [bits[cell] for cell in cells[1::2]], strict=True))
        self.lists = features.Lists(single, phrases_of(text["phrases"]))
        self.codes = w.pop("codes")
        x = {name: value.astype(np.float32) for name, value in w.items()}
        for name in [n for n in x if n.endswith(".scale")]:
            x[name[:-6]] *= x.pop(name)
        width = len(x["vector.bias"])
        self.width = width
        # Every table is multiplied by its part of the first linear map once, here.
        books = x["books"]  # parts × codes × 4
        parts, _, size = books.shape
        per_part = x["vector.weight"].T.reshape(parts, size, width)
        self.vectors = np.matmul(books, per_part).reshape(-1, width)
        self.first_codes = np.arange(parts) * books.shape[1]
        self.word = x["word.weight"] @ x["word_in.weight"].T
        dim = x["hashed.0.weight"].shape[1]
        hash_in = x["hash_in.weight"].T
        count = hash_in.shape[0] // dim - 1
        self.hashed = [x[f"hashed.{i}.weight"] @ hash_in[i * dim : (i + 1) * dim] for i in range(count)]
        self.pieces = x["pieces.weight"] @ hash_in[count * dim :]
        self.flags = x["flags.weight"].T.copy()
        self.base = x["vector.bias"]
        self.type_scale, self.type_shift = x["type_norm.weight"], x["type_norm.bias"]
        self.place = x["place.weight"].T.copy()
        # The window's map is linear but for its norm, so a form's part of it is computed once, at each of three
        # places; with columns of sum 0 it does not see the mean that the norm takes away.
        window = folded(x, "window_norm", "window")
        self.window_bias = window.bias
        centred = window.weight - window.weight.mean(0)
        self.windowed = np.concatenate(np.split(centred, 3), 1)  # width × (left, middle, right)
        self.place_windowed = self.place @ self.windowed
        self.layers: list[Floats] = []
        """Of each layer the maps to what is new and to the gates of forgetting and passing: 3 × width × width."""
        while f"layers.{len(self.layers)}.gates.weight" in x:
            i = len(self.layers)
            layer = folded(x, f"layers.{i}.norm", f"layers.{i}.gates")
            for part in (layer.weight.T, layer.bias):  # see the sigmoids in `recur`
                part[:width] *= 0.25
                part[width:] *= 0.5
            self.layers.append(np.stack(np.split(of_standard(layer), 3, 1)))
        # All that look at the encoder's output: tag; dependent and head; relation's two sides and name.
        for name in ("tag", "arc_dep", "arc_head", "rel_dep", "rel_head", "name_in"):
            x.setdefault(f"{name}.bias", np.zeros(len(x[f"{name}.weight"]), np.float32))
        # A token's name sees it and the mean of all places of its form; where the two are one, one map does for both.
        alone, together = np.split(x["name_in.weight"], 2, 1)
        x["name_in.weight"] = alone + together
        tag, arc_dep, arc_head, rel_dep, rel_head, name_both = (
            of_standard(folded(x, "norm", name))
            for name in ("tag", "arc_dep", "arc_head", "rel_dep", "rel_head", "name_in")
        )
        self.tag, self.arc_sides = tag, np.concatenate([arc_dep, arc_head], 1)
        self.sides = np.stack([rel_dep, rel_head, name_both])
        self.name_mean = (together * x["norm.weight"]).T.copy()
        self.arc = np.concatenate([x["arc.weight"], x["distance.weight"]]).T.copy()
        self.arc_bias, self.root = x["arc_bias.weight"][0], x["root"]
        # where the score of each word's distance to each other lies among the words' scores laid end to end
        self.places = np.arange(128)[:, None] * DISTANCES + distances(128)
        self.rel, self.rel_bias, self.rel_root = x["rel.weight"].T.copy(), x["rel.bias"], x["rel_root"]
        self.name, self.name_bias = x["name.weight"].T.copy(), x["name.bias"]
        self.row_of: dict[str | tuple[str, int], int] = {}
        """Form, or form and the flags of its place → its row in the tables below."""
        self.normals: list[str] = []
        """Row → the form with straight quotes."""
        self.vectors_of = np.zeros((ROOM, width), np.float32)
        self.windows_of = np.zeros((ROOM, 3, width), np.float32)
        """The vector's part in the window of the word behind it, its own, and that of the word before it."""
        self.sums_of = np.zeros((ROOM, 2), np.float32)
        """Sum and sum of squares of the vector. The last row of all three is no word's and zero."""
        self.capital_of = np.zeros(ROOM, np.bool_)
        """Whether the form is capitalised and no single letter."""
        self.flag_sums: dict[int, Floats] = {}
        self.place_sum_of: dict[int, tuple[Floats, Floats]] = {}

    def rows(self, raw: Sequence[str]) -> list[int]:
        """The row of each form in the tables of vectors, computed at a form's first use."""
        known = self.row_of
        if len(known) > KNOWN:  # a bound on memory; the vectors themselves do not depend on it
            known.clear()
            self.normals.clear()
        rows = [known.get(form, -1) for form in raw]
        if -1 in rows:
            new = list({form: None for form, row in zip(raw, rows, strict=True) if row < 0})
            normals = [features.normal(form) for form in new]
            vectors = self.type_vectors(normals)
            # one by one: in a larger product a form's last digits would depend on its neighbours
            windows = np.empty((len(new), self.windowed.shape[1]), np.float32)
            for vector, out in zip(vectors, windows, strict=True):
                np.dot(vector, self.windowed, out)
            at = self.keep(normals, vectors, windows)
            known.update(zip(new, range(at, at + len(new)), strict=True))
            rows = [known[form] for form in raw]
        return rows

    def placed(self, raw: Sequence[str], rows: Sequence[int], marks: Sequence[int]) -> list[int]:
        """The rows of forms at their places; `marks` are the places' flags (`features.place_marks`)."""
        known = self.row_of
        out = list(rows)
        marked = [(i, (raw[i], mark)) for i, mark in enumerate(marks) if mark]
        new = {key: rows[i] for i, key in marked if key not in known}
        if new:
            at = list(new.values())
            vectors, windows = zip(*[self.place_sums(mark) for _, mark in new], strict=True)
            normals = [self.normals[i] for i in at]
            first = self.keep(
                normals,
                self.vectors_of.take(at, 0) + np.array(vectors),
                self.windows_of.reshape(len(self.windows_of), -1).take(at, 0) + np.array(windows),
            )
            known.update(zip(new, range(first, first + len(new)), strict=True))
        for i, key in marked:
            out[i] = known[key]
        return out

    def place_sums(self, mark: int) -> tuple[Floats, Floats]:
        """What the flags of a place add to the vector and its parts of windows, kept."""
        found = self.place_sum_of.get(mark)
        if found is None:
            on = [k for k in range(features.PLACE_FLAGS) if mark >> k & 1]
            found = self.place_sum_of[mark] = self.place[on].sum(0), self.place_windowed[on].sum(0)
        return found

    def keep(self, normals: Sequence[str], vectors: Floats, windows: Floats) -> int:
        """Put forms' vectors and their parts of windows into the tables; the row of the first."""
        at = len(self.normals)
        end = at + len(normals)
        while end >= len(self.vectors_of):
            self.vectors_of = np.concatenate([self.vectors_of, np.zeros_like(self.vectors_of)])
            self.windows_of = np.concatenate([self.windows_of, np.zeros_like(self.windows_of)])
            self.sums_of = np.concatenate([self.sums_of, np.zeros_like(self.sums_of)])
            self.capital_of = np.concatenate([self.capital_of, np.zeros_like(self.capital_of)])
        self.normals += normals
        self.vectors_of[at:end] = vectors
        self.windows_of[at:end] = windows.reshape(len(normals), 3, -1)
        self.sums_of[at:end, 0] = vectors.sum(1)
        self.sums_of[at:end, 1] = np.einsum("ij,ij->i", vectors, vectors)
        self.capital_of[at:end] = [normal[0].isupper() and len(normal) > 1 for normal in normals]
        return at

    def type_vectors(self, forms: Sequence[str]) -> Floats:
        """The vectors of forms (with straight quotes), from the tables; a form's does not depend on the others."""
        found = [features.form_of(form, self.lists) for form in forms]
        x: Floats = np.repeat(self.base[None], len(forms), 0)
        for table, at in zip(self.hashed, np.array([f.hashed for f in found]).T, strict=True):
            x += table.take(at, 0)
        rows = [self.vector_row.get(f.lower, -1) for f in found]
        known = [i for i, row in enumerate(rows) if row >= 0]
        parts = self.codes[[rows[i] for i in known]] + self.first_codes
        for i in range(0, len(known), TOGETHER):
            x[known[i : i + TOGETHER]] += self.vectors.take(parts[i : i + TOGETHER], 0).sum(1)
        for own, f in zip(x, found, strict=True):
            row = self.word_row.get(f.lower)
            if row is not None:
                own += self.word[row]
            if f.pieces:
                own += self.pieces.take(f.pieces, 0).sum(0) / np.float32(len(f.pieces))
            if f.flags:
                own += self.flag_sum(f.flags)
        x -= x.mean(1, keepdims=True)
        x /= np.sqrt((x * x).mean(1, keepdims=True) + np.float32(1e-5))
        x *= self.type_scale
        x += self.type_shift
        np.maximum(x, 0, out=x)
        return x

    def flag_sum(self, bits: int) -> Floats:
        """The sum of the rows of the flags in a bit set, kept."""
        known = self.flag_sums.get(bits)
        if known is None:
            known = self.flags[[i for i in range(features.FLAGS) if bits >> i & 1]].sum(0)
            self.flag_sums[bits] = known
        return known

    def encode(self, rows: Sequence[int], p: Pack) -> Floats:
        """One vector a token, `standard`, from the rows of the forms at their places."""
        x = self.seen_with_neighbours(np.asarray(rows, np.int64)[p.token], p)
        self.recur(x, p)
        return standard(x).take(p.row, 0)

    def seen_with_neighbours(self, at: Ints, p: Pack) -> Floats:
        """The vectors of packed rows, and on top what the window of three sees: the word before, the word and the
        word behind, standardised as one, then mapped."""
        width = self.width
        ids = np.append(at, len(self.vectors_of) - 1)
        left, right = ids[p.left], ids[p.right]
        windows = self.windows_of.reshape(-1, width)
        update = windows.take(3 * at + 1, 0)
        update += windows.take(3 * left, 0)
        update += windows.take(3 * right + 2, 0)
        sums = self.sums_of[left] + self.sums_of[at] + self.sums_of[right]
        sums /= np.float32(3 * width)
        mean, square = sums[:, :1], sums[:, 1:]
        update /= np.sqrt(square - mean * mean + np.float32(1e-5))
        update += self.window_bias
        x = self.vectors_of.take(at, 0)
        x += np.maximum(update, 0, out=update)
        return x

    def recur(self, x: Floats, p: Pack) -> None:
        """Send the packed rows through the recurrent layers, in place.

        The second half of each row runs backwards: the recurrence sees it at its mirror's place.
        """
        n, width = x.shape
        work = np.empty((6, n, width), np.float32)
        y, both, gates = work[0], work[1:3], work[3:]
        new, forget, passing = gates
        u, f = both
        steps = runs(u, f, p.sizes)
        # halves of rows of u and f as they stand before the mirror, in the order they have behind it
        turn = np.arange(4 * n).reshape(2, n, 2)
        turn[:, :, 1] = 2 * p.mirror + 1
        turn[1, :, 1] += 2 * n
        there, back = turn.ravel(), turn[0].ravel()
        halves, turned = work[3:5].reshape(4 * n, -1), both.reshape(4 * n, -1)
        for layer in self.layers:
            np.matmul(standard(x, y), layer, out=gates)
            # sigmoid(z) = (1 + tanh(z / 2)) / 2; the halves before it are in the weights
            np.tanh(gates[1:], out=gates[1:])
            np.multiply(new, forget, out=y)
            new -= y
            forget *= 0.5
            forget += 0.5
            halves.take(there, 0, turned, "clip")
            for forgets, before, spare, now in steps:
                np.multiply(forgets, before, spare)
                np.add(now, spare, now)
            turned[: 2 * n].take(back, 0, halves[: 2 * n], "clip")
            passing += 1
            passing *= new
            x += passing

    def read(self, forms: Sequence[str], bounds: Sequence[tuple[int, int]]) -> Reading:
        """Read a document's forms; `bounds` are its sentences, none empty, in order and without gaps."""
        if len(forms) > MOST and len(bounds) > 1:
            return self.read_in_parts(forms, bounds)
        rows = self.rows(forms)
        raw, forms = forms, [self.normals[i] for i in rows]
        marks = features.place_marks(forms, bounds, self.lists.phrases)
        words = self.encode(self.placed(raw, rows, marks), pack([b - a for a, b in bounds]))
        tags = (words @ self.tag).argmax(1)
        arcs = words @ self.arc_sides
        dep, head = np.split(np.maximum(arcs, 0, out=arcs), 2, 1)
        heads = self.attach(dep, head, bounds)
        rel_dep, rel_head, hidden = words @ self.sides
        as_head = rel_head[heads]
        as_head[heads < 0] = self.rel_root
        as_head += rel_dep
        relations = (np.maximum(as_head, 0, out=as_head) @ self.rel + self.rel_bias).argmax(1)
        where, means = group_means(words, forms, np.flatnonzero(self.capital_of[rows]).tolist())
        if len(where):
            hidden[where] += (means - words[where]) @ self.name_mean
        names = np.maximum(hidden, 0, out=hidden) @ self.name
        names += self.name_bias
        names -= names.max(1, keepdims=True)
        names -= np.log(np.exp(names).sum(1, keepdims=True))
        return Reading(forms, tags, heads, relations, names)

    def read_in_parts(self, forms: Sequence[str], bounds: Sequence[tuple[int, int]]) -> Reading:
        """`read` for a very long document, a run of sentences at a time, to bound the memory."""
        parts: list[Reading] = []
        offsets: list[int] = []
        k = 0
        while k < len(bounds):
            begun = bounds[k][0]
            z = k + 1
            while z < len(bounds) and bounds[z][1] - begun <= MOST:
                z += 1
            own = [(a - begun, b - begun) for a, b in bounds[k:z]]
            parts.append(self.read(forms[begun : bounds[z - 1][1]], own))
            offsets.append(begun)
            k = z
        return Reading(
            [form for part in parts for form in part.forms],
            np.concatenate([part.tags for part in parts]),
            np.concatenate(
                [np.where(p.heads < 0, p.heads, p.heads + o) for p, o in zip(parts, offsets, strict=True)]
            ),
            np.concatenate([part.relations for part in parts]),
            np.concatenate([part.names for part in parts]),
        )

    def attach(self, dep: Floats, head: Floats, bounds: Sequence[tuple[int, int]]) -> Ints:
        """Heads (-1: root), one tree a sentence: the best head of each word, and where these make no tree the
        best tree (Chu and Liu 1965, Edmonds 1967)."""
        size = dep.shape[1]
        dep = dep @ self.arc
        dep, near = dep[:, :size] + self.arc_bias, dep[:, size:].copy()
        root = dep @ self.root
        near[:, 0] = -np.inf  # the distance of a word to itself, which is never its head
        best = np.empty(len(dep), np.int64)
        scores = []
        for first, last in bounds:
            size = last - first
            score = np.empty((size, size + 1), np.float32)
            score[:, 0] = root[first:last]
            inner = score[:, 1:]
            np.matmul(dep[first:last], head[first:last].T, out=inner)
            inner += near[first:last].take(self.places[:size, :size])
            score.argmax(1, best[first:last])
            scores.append(score)
        limits = np.array(bounds)
        sentence = np.repeat(np.arange(len(bounds)), limits[:, 1] - limits[:, 0])
        before = limits[sentence, 0] - 1
        for k in no_trees(best, before, sentence):
            first, last = bounds[k]
            best[first:last] = best_tree(scores[k])
        heads: Ints = np.where(best == 0, -1, best + before)
        return heads


MOST = 20_000
"""Tokens read at a time (about 300 MB of memory)."""
ROOM = 16_384
"""Rows that the tables of forms have at first. They are zero, so the system gives their memory when they are used."""
TOGETHER = 32
"""Forms whose vectors are summed at a time: what is summed fits the cache."""
KNOWN = 60_000
"""Forms, and forms with the flags of their places, whose vectors are kept (200 MB at most)."""


class Reading(NamedTuple):
    """What the network says, a row or number a token in the document's order."""

    forms: list[str]
    """The forms with straight quotes."""
    tags: Ints
    heads: Ints
    """Index of the head in the document; -1 for roots."""
    relations: Ints
    names: Floats
    """Log probability of each label."""


def phrases_of(text: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Names of several words by their first form; each line holds the forms and the class."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for line in text.split("\n"):
        first, *rest = line.split(" ")
        found.setdefault(first, []).append(tuple(rest))
    return {first: tuple(group) for first, group in found.items()}


def folded(x: dict[str, Floats], norm: str, linear: str) -> Layer:
    """A linear map with the scale and shift of the norm before it taken in."""
    weight = x[f"{linear}.weight"]
    return Layer((weight * x[f"{norm}.weight"]).T.copy(), x[f"{linear}.bias"] + weight @ x[f"{norm}.bias"])


def of_standard(layer: Layer) -> Floats:
    """A linear map as one matrix for rows that are `standard`: the bias comes in by their mean of 1."""
    weight = layer.weight
    matrix: Floats = weight - weight.mean(0) + layer.bias / np.float32(len(weight))
    return matrix


def standard(x: Floats, out: Floats | None = None) -> Floats:
    """Each row with variance 1, and with mean 1, so that a matrix can add a bias (`of_standard`)."""
    share = np.float32(1 / x.shape[1])
    mean = x @ np.full(x.shape[1], share)
    over = 1 / np.sqrt(np.einsum("ij,ij->i", x, x) * share - mean * mean + np.float32(1e-5))
    y: Floats = np.multiply(x, over[:, None], out=out)
    y += (1 - mean * over)[:, None]
    return y


def runs(u: Floats, f: Floats, sizes: Sequence[int]) -> list[tuple[Floats, Floats, Floats, Floats]]:
    """For each step of the recurrence over packed rows: what is forgotten (of `f`), the rows before (of `u`), room
    for their product, and the rows of the step (of `u`)."""
    spare = np.empty((sizes[0], u.shape[1]), np.float32)
    steps = []
    before, at = 0, sizes[0]
    for size in sizes[1:]:
        now = slice(at, at + size)
        steps.append((f[now], u[before : before + size], spare[:size], u[now]))
        before = at
        at += size
    return steps


def group_means(h: Floats, forms: Sequence[str], capitals: Sequence[int]) -> tuple[Ints, Floats]:
    """The tokens among `capitals` whose form stands at several of them, and for each the mean over all of these."""
    places: dict[str, list[int]] = {}
    for i in capitals:
        places.setdefault(forms[i], []).append(i)
    groups = [where for where in places.values() if len(where) > 1]
    if not groups:
        return np.empty(0, np.int64), np.empty((0, h.shape[1]), np.float32)
    sizes = np.array([len(g) for g in groups])
    where: Ints = np.concatenate(groups)
    starts = np.cumsum(sizes) - sizes
    means = np.add.reduceat(h[where], starts, axis=0) / sizes[:, None].astype(np.float32)
    return where, np.repeat(means, sizes, axis=0)


# ------------------------------------------------------------------ trees
def no_trees(heads: Ints, before: Ints, sentence: Ints) -> list[int]:
    """The sentences whose heads (0: root, else 1 + index in the sentence) make no tree with one root; `before`
    says of each token where its sentence begins, less 1, `sentence` which one it is."""
    rooted = heads == 0
    up = np.where(rooted, np.arange(len(heads)), heads + before)
    roots = np.bincount(sentence[rooted], minlength=int(sentence[-1]) + 1)
    for _ in range(int(heads.max()).bit_length()):  # each time twice as far up
        up = up[up]
    return sorted({*np.flatnonzero(roots != 1).tolist(), *sentence[~rooted[up]].tolist()})


def loop(heads: Sequence[int]) -> list[int] | None:
    """The words of one cycle of heads (0: root, else 1 + index); None where all lead to the root."""
    state = [0] * len(heads)
    for i in range(len(heads)):
        path = []
        at = i
        while at >= 0 and state[at] == 0:
            state[at] = 1
            path.append(at)
            at = heads[at] - 1
        if at >= 0 and state[at] == 1:
            return path[path.index(at) :]
        for k in path:
            state[k] = 2
    return None


def is_tree(heads: Sequence[int]) -> bool:
    """Whether heads (0: root, else 1 + index) lead from every word to the root."""
    return loop(heads) is None


def best_tree(score: Floats) -> list[int]:
    """The best tree with one root; `score[i, 0]` of word i as root, `score[i, 1 + j]` of j as its head."""
    size = len(score)
    root = int(score[:, 0].argmax())
    simple: list[int] = (score[:, 1:].argmax(1) + 1).tolist()
    simple[root] = 0
    # Cycles without a common word are opened one by one: each where a word outside of it costs the least.
    opened: set[int] = set()
    while (cycle := loop(simple)) and opened.isdisjoint(cycle):
        least = -np.inf
        for i in cycle:
            row: list[float] = score[i].tolist()
            for head, value in enumerate(row):
                if value - row[simple[i]] > least and head and head - 1 not in cycle:
                    least, entry = value - row[simple[i]], (i, head)
        simple[entry[0]] = entry[1]
        opened.update(cycle)
    if not cycle:
        return simple
    single = score.astype(np.float64).copy()
    single[:, 0] = -1e9
    single[root] = -1e9
    single[root, 0] = 0.0
    np.fill_diagonal(single[:, 1:], -1e12)
    full = np.full((size + 1, size + 1), -1e12)
    full[1:] = single
    return [int(h) for h in chu_liu_edmonds(full)[1:]]


def chu_liu_edmonds(score: NDArray[np.float64]) -> Ints:
    """Heads of the best tree rooted in node 0; `score[dependent, head]`."""
    n = len(score)
    heads: Ints = score.argmax(1)
    heads[0] = 0
    found = loop(heads[1:].tolist())
    if found is None:
        return heads
    cycle = np.array(found) + 1
    inside = np.zeros(n, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    own = score[cycle, heads[cycle]]
    total = own.sum()
    m = len(outside)
    smaller = np.full((m + 1, m + 1), -1e12)
    smaller[:m, :m] = score[outside[:, None], outside]
    into = score[cycle[:, None], outside] - own[:, None] + total
    enter = into.argmax(0)
    smaller[m, :m] = into[enter, np.arange(m)]
    out = score[outside[:, None], cycle]
    leave = out.argmax(1)
    smaller[:m, m] = out[np.arange(m), leave]
    solved = chu_liu_edmonds(smaller)
    result: Ints = heads.copy()
    for k in range(1, m):
        h = int(solved[k])
        result[outside[k]] = cycle[leave[k]] if h == m else outside[h]
    entry = int(solved[m])
    result[cycle[enter[entry]]] = outside[entry]
    return result


WEIGHTS_PATH = lexicon.WEIGHTS / "network.npz"


@cache
def network() -> Network:
    """The project's own weights, loaded at first use."""
    return Network(WEIGHTS_PATH)
