"""The name lists of `training/lists/` and the countries, as the network sees them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from readout import lexicon
from readout.extract import features
from readout.segment import tokenize

HERE = Path(__file__).parent / "lists"
CLASSES = ("organization", "title", "place", "group", "time", "event", "particle")


@cache
def names_of(name: str) -> frozenset[str]:
    """The entries of a list whose rows are names parted by `|`."""
    text = (HERE / f"{name}.tsv").read_text(encoding="utf-8")
    return frozenset(n for row in text.split("\n") if row and row[0] != "#" for n in row.split("|") if n)


@cache
def classes() -> dict[str, frozenset[str]]:
    """Class → words of `name_words.tsv`."""
    rows = (HERE / "name_words.tsv").read_text(encoding="utf-8").split("\n")
    cells = [row.split("\t") for row in rows if row and row[0] != "#"]
    return {cell[0]: frozenset(cell[1].split()) for cell in cells}


@cache
def country_words() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Countries with other names, adjectives, nouns for peoples, capitals, seats of government."""
    names: set[str] = set()
    adjectives: set[str] = set()
    peoples: set[str] = set()
    capitals: set[str] = set()
    seats: set[str] = set()
    for row in lexicon.rows("countries", 7):
        names |= {row[0], *lexicon.listed(row[2])}
        adjectives |= set(lexicon.listed(row[3]))
        peoples |= {a + "s" for a in lexicon.listed(row[3])} | set(lexicon.listed(row[4]))
        capitals |= set(lexicon.listed(row[5]))
        seats |= set(lexicon.listed(row[6]))
    a, b, c, d, e = (frozenset(g) for g in (names, adjectives, peoples, capitals, seats))
    return a, b, c, d, e


def single_lists() -> tuple[frozenset[str], ...]:
    """The lists a single form is looked up in, in the order of its flags."""
    return (
        names_of("world_given"),
        names_of("world_surnames"),
        names_of("cities"),
        names_of("regions"),
        names_of("organizations"),
        *country_words(),
        *(classes()[k] for k in CLASSES),
    )


@cache
def lists() -> features.Lists:
    """All lists in the shape the features ask for."""
    single: dict[str, int] = {}
    for i, names in enumerate(single_lists()):
        for name in sorted(names):
            form = features.normal(name)
            if " " not in form:
                single[form] = single.get(form, 0) | 1 << i
    found: dict[str, set[tuple[str, ...]]] = {}
    countries, _, _, capitals, seats = country_words()
    place = names_of("cities") | names_of("regions") | countries | capitals
    for kind, group in (("0", place), ("1", names_of("organizations") | seats)):
        for name in group:
            forms = [features.normal(t.text) for t in tokenize(name)]
            if len(forms) > 1:
                found.setdefault(forms[0], set()).add((*forms[1:], kind))
    phrases = {k: tuple(sorted(v, key=lambda p: (-len(p), p))) for k, v in sorted(found.items())}
    return features.Lists(dict(sorted(single.items())), phrases)


def written(found: features.Lists) -> tuple[str, str]:
    """The lists as two texts: form and bit set in hex; the forms of a phrase and its class."""
    single = "\n".join(f"{form}\t{bits:x}" for form, bits in found.single.items())
    phrases = "\n".join(" ".join((first, *rest)) for first, group in found.phrases.items() for rest in group)
    return single, phrases
