"""Doc, Parse → Names: who and what is named, with kind."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from readout import lexicon
from readout.extract import gazetteer, network, seams, syntax
from readout.extract.kinds import noun_class
from readout.extract.layout import laid
from readout.records import Doc, Name, Parse, Span
from readout.slugs import fold

Piece = tuple[int, int, str]
"""First token, token behind the last, kind."""


def find(doc: Doc, parse: Parse) -> tuple[Name, ...]:
    """The proper names of a doc in order, none overlapping.

    A people or its adjective (“Kenyan”) is a `group`; a country's name a `country`, every other
    location a `place`; events, works, laws are `other`. Every repeat of a name has one kind.
    """
    if not doc.tokens:
        return ()
    foreign = seams.recognizer()
    if foreign is not None:
        laid = seams.laid_names(doc, foreign.names(doc.text))
        return tuple(Name(n.span, final_kind(doc.text[n.span.start : n.span.end], n.kind)) for n in laid)
    reading = syntax.reading(doc)
    scores = reading.names
    pieces = [trimmed(doc, p) for p in decode(scores, syntax.bounds_of(doc))]
    pieces = [numbered(doc, p) for p in pieces if names_something(doc, p) and not opens_only(doc, p)]
    pieces = agreed(doc, reading.forms, pieces, scores)
    tokens = doc.tokens
    introduced = introductions(reading.forms, parse, pieces)
    names = []
    for first, last, kind in pieces:
        span = Span(tokens[first].start, tokens[last - 1].end)
        text = " ".join(reading.forms[first:last])
        if kind == "person" and listed_body(tuple(reading.forms[first:last])):
            kind = "organization"
        elif text in introduced:
            kind = introduced[text] if (kind, introduced[text]) in CORRECTED else kind
        elif no_actor(text.lower().replace(" 's", "'s"), kind):
            kind = "other"
        names.append(Name(span, final_kind(doc.text[span.start : span.end], kind)))
    return tuple(names)


CORRECTED = {("organization", "location"), ("person", "organization"), ("person", "location")}
"""Kinds that an apposition sets right, and what they become."""


def introductions(words: list[str], parse: Parse, pieces: list[Piece]) -> dict[str, str]:
    """Names that an apposition tells the kind of: “Sant Aloi, a fishing town of 9,000 people, …”."""
    found: dict[str, str] = {}
    for first, last, _ in pieces:
        if "".join(words[last : last + 1]).lower() in ("resident", "residents"):
            found.setdefault(" ".join(words[first:last]), "location")
        if words[last : last + 1] != [","] or words[last + 1 : last + 2] not in (["a"], ["an"]):
            continue
        end = last + 2
        while (end < len(words) and parse.tags[end][:2] in ("NN", "JJ", "CD", "VB")) or words[end : end + 1] == ["-"]:
            end += 1
        if end < len(words) and words[end] in CLOSING and parse.tags[end - 1] == "NN":
            denoted = noun_class(words[end - 1].lower())
            if denoted in KINDS:
                found.setdefault(" ".join(words[first:last]), KINDS[denoted])
    return found


CLOSING = frozenset((",", ".", "of", "in", "on", "near", "with", "from", "which", "that", "where", "whose"))
KINDS = {"place": "location", "organization": "organization"}


def no_actor(name: str, kind: str) -> bool:
    """Whether a name, in small letters, is that of a feast or a storm: “christmas” (where it is no person's), “storm
    odile”."""
    first, _, rest = name.partition(" ")
    return (kind != "person" and name in no_actors()) or (bool(rest) and f"{first} …" in no_actors())


@cache
def no_actors() -> frozenset[str]:
    """The names of `no_actors.tsv`."""
    return frozenset(row[0] for row in lexicon.rows("no_actors", 1))


def listed_body(words: tuple[str, ...]) -> bool:
    """Whether a name of several words is that of a body: on the lists, its first word no given name, or begun with a
    noun for bodies (“Institut Novak”)."""
    if len(words) > 1 and words[0].lower() in lexicon.words("body_heads"):
        return True
    ending = (*words[1:], "1")
    return (
        len(words) > 1
        and ending in network.network().lists.phrases.get(words[0], ())
        and fold(words[0]) not in gazetteer.name_genders()
    )


def without_nicknames(doc: Doc, names: tuple[Name, ...]) -> Doc:
    """The doc with no quoted stretch inside a name: in “Ana ‘Chica’ Silva” nobody is quoted."""
    at = [n.span.start for n in names]

    def inside(stretch: Span) -> bool:
        k = bisect_left(at, stretch.start) - 1
        return k >= 0 and stretch.end < names[k].span.end

    said = tuple(q for q in doc.quoted if not inside(q.span))
    return doc if len(said) == len(doc.quoted) else replace(doc, quoted=said)


# ------------------------------------------------------------------ one document, one kind
def agreed(doc: Doc, words: list[str], pieces: list[Piece], scores: NDArray[np.float32]) -> list[Piece]:
    """The pieces with one kind a name, repeats that were missed, and short forms of long names."""
    if not pieces:
        return missed(doc, words, [], {})
    kinds, means = kind_scores(scores, pieces)
    totals: dict[tuple[str, ...], NDArray[np.float32]] = {}
    for (first, last, _), mean in zip(pieces, means, strict=True):
        name = tuple(words[first:last])
        totals[name] = totals[name] + mean if name in totals else mean
    person, group = kinds.index("person"), kinds.index("group")
    full: dict[str, NDArray[np.float32]] = {}
    for name, total in totals.items():
        if 1 < len(name) < 5 and int(total.argmax()) == person:
            for word in name:
                if len(word) > 2:
                    full[word] = full.get(word, 0) + total
    chosen: dict[tuple[str, ...], str] = {}
    for name, total in totals.items():
        if len(name) == 1 and name[0] in full:
            total = total + full[name[0]]
        if int(total.argmax()) == group and not plausible_people(name):
            total = total.copy()
            total[group] = -np.inf
        chosen[name] = kinds[int(total.argmax())]
    for long, short in acronyms(words, pieces):
        if long in chosen:
            chosen[short] = chosen[long]
    return missed(doc, words, [(a, z, chosen[tuple(words[a:z])]) for a, z, _ in pieces], chosen)


PEOPLE = re.compile(r".*(?:[ai]n|[ai]ns|ish|[cnl]ese|is?|ists?|ites?|crats?|ers|ics?|ians?)$")
"""Endings of adherents and peoples."""
ON_LISTS = 1 << 6 | 1 << 7 | 1 << 13
"""Flags of countries' adjectives, of peoples and of other groups (`training.lists`)."""


def plausible_people(words: tuple[str, ...]) -> bool:
    """Whether a name can be that of a people, of adherents, or their adjective: by list or by ending."""
    last = words[-1]
    if network.network().lists.single.get(last, 0) & ON_LISTS:
        return True
    return bool(PEOPLE.match(last))


def kind_scores(scores: NDArray[np.float32], pieces: list[Piece]) -> tuple[list[str], NDArray[np.float32]]:
    """The kinds, and for each piece (of at least one) the log probability of each kind, the mean of its tokens."""
    labels = network.network().labels
    kinds = sorted({label[2:] for label in labels if label != "O"})
    columns = [[i for i, label in enumerate(labels) if label[2:] == kind] for kind in kinds]
    chances = np.exp(np.concatenate([scores[first:last] for first, last, _ in pieces]))
    by_kind = np.log(np.stack([chances[:, c].sum(1) for c in columns], 1) + np.float32(1e-6))
    sizes = np.array([last - first for first, last, _ in pieces])
    means: NDArray[np.float32] = np.add.reduceat(by_kind, np.cumsum(sizes) - sizes)
    means /= sizes[:, None].astype(np.float32)
    return kinds, means


def acronyms(words: list[str], pieces: list[Piece]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Long names and the acronym in brackets behind them: “Orange Democratic Movement (ODM)”."""
    found: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for first, last, _ in pieces:
        if last - first > 1 and last + 2 < len(words) and words[last] == "(" and words[last + 2] == ")":
            short = words[last + 1]
            initials = "".join(w[0] for w in words[first:last] if w[0].isupper())
            if (
                len(short) > 1
                and short.isupper()
                and short[0] == initials[:1]
                and set(short) <= set(initials + "&")
            ):
                found.append((tuple(words[first:last]), (short,)))
    return found


def missed(
    doc: Doc, words: list[str], pieces: list[Piece], chosen: dict[tuple[str, ...], str]
) -> list[Piece]:
    """The pieces, with further places of their words where nothing was found, and surnames alone."""
    taken = [False] * len(words)
    for first, last, _ in pieces:
        taken[first:last] = [True] * (last - first)
    every = set(words)
    heads: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, kind in chosen.items():
        if kind in ("person", "organization", "location") and name[0][0].isupper():
            heads.setdefault(name[0], []).append((name, kind))
            if kind == "person" and 1 < len(name) < 5 and len(name[-1]) > 2 and name[-1][0].isupper():
                heads.setdefault(name[-1], []).append((name[-1:], kind))
    capitals = every & abbreviated()
    for word in sorted(capitals):
        heads.setdefault(word, []).append(((word,), "location"))
    for group in heads.values():
        group.sort(key=lambda x: -len(x[0]))
    openings = {s.first for s in doc.sentences}
    added: list[Piece] = []
    for i, word in enumerate(words):
        if taken[i] or word not in heads:
            continue
        for name, kind in heads[word]:
            n = len(name)
            if tuple(words[i : i + n]) != name or any(taken[i : i + n]):
                continue
            lower = word.lower()
            written_small = lower in every and lower[0].islower()
            if n == 1 and word in capitals:
                if cried(words, i):
                    continue
            elif n == 1 and (written_small or len(word) < 2 or (i in openings and common(word))):
                continue
            if (i and taken[i - 1] and words[i - 1][0].isupper()) or (
                i + n < len(words) and taken[i + n] and words[i + n][0].isupper()
            ):
                continue  # part of a longer name that was read otherwise
            added.append((i, i + n, kind))
            taken[i : i + n] = [True] * n
            break
    return sorted([*pieces, *added])


@cache
def abbreviated() -> frozenset[str]:
    """Countries' names of capitals: `US`, `U.S.`, `UAE`."""
    names = (n for row in lexicon.rows("countries", 7) for n in (row[0], *lexicon.listed(row[2])))
    return frozenset(n for n in names if n.isupper() and " " not in n)


def cried(words: list[str], i: int) -> bool:
    """Whether a word of capitals stands beside others, as in a headline or a shout."""
    return any(w.isupper() and w.isalpha() and len(w) > 1 for w in (*words[max(i - 1, 0) : i], *words[i + 1 : i + 2]))


def common(word: str) -> bool:
    """Whether the word is so common that a capital at the start of a sentence says little."""
    return syntax.rank(word.lower()) < 3000


# ------------------------------------------------------------------ labels
@cache
def transitions() -> NDArray[np.float32]:
    """0 where a label may follow another, else a forbidding number; rows: before, columns: after."""
    labels = network.network().labels
    table = np.full((len(labels), len(labels)), -1e4, np.float32)
    for i, a in enumerate(labels):
        for j, b in enumerate(labels):
            opened = a[0] in "BI"
            goes_on = b[0] in "IE"
            if (opened and goes_on and a[1:] == b[1:]) or (not opened and not goes_on):
                table[i, j] = 0
    return table


def decode(scores: NDArray[np.float32], bounds: list[tuple[int, int]]) -> list[Piece]:
    """The best consistent labels of each sentence, as pieces."""
    allowed = transitions()
    best = scores.argmax(1)
    firsts = np.array([first for first, _ in bounds])
    before = np.concatenate([[0], best[:-1]])
    before[firsts] = 0  # the ends of a sentence are like a word in no name
    behind = np.concatenate([best[1:], [0]])
    behind[firsts[1:] - 1] = 0
    wrong = np.flatnonzero((allowed[before, best] < 0) | (allowed[best, behind] < 0))
    by_sentence: dict[int, list[int]] = {}
    for i, k in zip(wrong.tolist(), (np.searchsorted(firsts, wrong, "right") - 1).tolist(), strict=True):
        by_sentence.setdefault(k, []).append(i)
    for k, where in by_sentence.items():
        first, last = bounds[k]
        best[first:last] = mended(scores[first:last], best[first:last], where[0] - first, where[-1] - first)
    labels = network.network().labels
    pieces: list[Piece] = []
    begun = 0
    inside = np.flatnonzero(best)
    for i, label in zip(inside.tolist(), best[inside].tolist(), strict=True):
        name = labels[label]
        if name[0] in "BS":
            begun = i
        if name[0] in "ES":
            pieces.append((begun, i + 1, name[2:]))
    return pieces


def mended(scores: NDArray[np.float32], best: NDArray[np.int64], low: int, high: int) -> NDArray[np.int64]:
    """The best path of labels of a sentence; `best` are the best labels without regard to transitions, and the
    first and the last which its neighbours do not allow are `low` and `high`.

    Nothing is better than the best labels outside of these and the best path between, so where the two go
    together, no more is read.
    """
    allowed = transitions()
    whole = 0, len(best)
    while low > 0 and allowed[best[low - 1], 0] < 0:
        low -= 1
    high += 1
    while high < len(best) and allowed[0, best[high]] < 0:
        high += 1
    free = np.zeros(len(allowed), np.float32)
    out: NDArray[np.int64] = best.copy()
    for first, last in ((low, high), whole):
        out[first:last] = viterbi(
            scores[first:last],
            allowed,
            allowed[0] if first == 0 else free,
            allowed[:, 0] if last == len(best) else free,
        )
        if allowed[0, out[first]] == 0 and allowed[out[last - 1], 0] == 0:
            break
    return out


def viterbi(
    scores: NDArray[np.float32],
    allowed: NDArray[np.float32],
    enter: NDArray[np.float32],
    leave: NDArray[np.float32],
) -> list[int]:
    """The best path of labels under the transitions; `enter` and `leave` are added to the first and last score."""
    n = len(scores)
    total = scores[0] + enter
    back = np.zeros((n, scores.shape[1]), np.int64)
    for i in range(1, n):
        step = total[:, None] + allowed
        back[i] = step.argmax(0)
        total = step.max(0) + scores[i]
    path = [int((total + leave).argmax())]
    for i in range(n - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]


def trimmed(doc: Doc, piece: Piece) -> Piece:
    """Without article before and possessive ending behind; a person without the body before the name, too.

    “Speaker of the [House] Ana Silva”, “members of [Parliament] Ana Silva and …”.
    """
    first, last, kind = piece
    tokens = doc.tokens
    if last - first > 1 and tokens[last - 1].text.lower() in ("'s", "’s", "'", "’"):
        last -= 1
    if last - first > 1 and tokens[first].text in ("the", "The", "THE", "a", "A", "an"):
        first += 1
    before = [t.text for t in tokens[max(0, first - 2) : first]]
    if (
        kind == "person"
        and last - first > 2
        and (before[-1:] == ["of"] or before == ["of", "the"])
        and tokens[first].text.lower() in lexicon.words("body_nouns")
    ):
        first += 1
    return first, last, kind


def names_something(doc: Doc, piece: Piece) -> bool:
    """Whether a piece can be a name at all: it has a capital, and is no label of a member of a legislature
    (“Ana Silva [R-Texas]”), nor a letter that marks a turn or a party (“[Q]. Who said so?”), nor a hashtag."""
    first, last, kind = piece
    words = [t.text for t in doc.tokens[first:last]]
    before = doc.tokens[first - 1].text if first else ""
    if words[0] in PARTIES and words[1:2] == ["-"] and before in ("(", "[", ","):
        return False
    if len(words) == 1 and len(words[0]) == 1:
        behind = doc.tokens[last].text if last < len(doc.tokens) else ""
        if before in ("(", "[") or behind in (".", ":", "]"):
            return False
    if words[0][0] == "#":
        return False
    return kind == "other" or any(c.isupper() for word in words for c in word)


def numbered(doc: Doc, piece: Piece) -> Piece:
    """The piece with the number of a station: “Channel [4]”, “Radio [1]”."""
    first, last, kind = piece
    station = doc.tokens[last - 1].text in ("Channel", "Radio") and last < len(doc.tokens)
    return (first, last + 1, kind) if station and doc.tokens[last].text.isdigit() else piece


def opens_only(doc: Doc, piece: Piece) -> bool:
    """Whether a piece is a noun for a body with a capital because it opens a sentence: “Court strikes down a law”,
    where the text speaks of “the court”."""
    first, last, kind = piece
    word = doc.tokens[first].text.lower()
    return (
        last - first == 1
        and kind == "organization"
        and word in lexicon.words("body_nouns")
        and word in laid(doc).texts
        and any(s.first == first for s in doc.sentences)
    )


PARTIES = frozenset({"R", "D", "I", "DFL"})
"""American parties as the press shortens them before the state or town of a seat."""


@cache
def countries() -> frozenset[str]:
    """Names of countries as they stand in texts, in lower case."""
    rows = lexicon.rows("countries", 7)
    return frozenset(n.lower() for row in rows for n in (row[0], *lexicon.listed(row[2])))


def final_kind(words: str, kind: str) -> str:
    """`location` parted into country and place."""
    if kind != "location":
        return kind
    plain = " ".join(words.split()).lower().removeprefix("the ")
    return "country" if plain in countries() else "place"
