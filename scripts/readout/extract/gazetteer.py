"""What the project's lexicons know of names: countries, bodies, given names, titles, gender."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from readout import lexicon
from readout.slugs import fold


@dataclass(frozen=True, slots=True)
class Country:
    """A row of `countries.tsv`."""

    name: str
    code: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A row of `bodies.tsv`."""

    name: str
    names: tuple[str, ...]
    seats: tuple[str, ...]
    nouns: frozenset[str]
    adjectives: tuple[str, ...]


def straight(text: str) -> str:
    """The text with straight apostrophes and single spaces, so that spellings meet."""
    return " ".join(text.replace("’", "'").replace("‘", "'").split())


def bare(text: str) -> str:
    """The text without a leading article.

    >>> bare("the United Nations"), bare("The Hague")
    ('United Nations', 'Hague')
    """
    first, _, rest = text.partition(" ")
    return rest if rest and first.lower() in {"the", "a", "an"} else text


@cache
def countries() -> tuple[Country, ...]:
    """All countries and territories."""
    return tuple(
        Country(name, code, *(lexicon.listed(straight(field)) for field in rest))
        for name, code, *rest in lexicon.rows("countries", 7)
    )


@cache
def bodies() -> tuple[Body, ...]:
    """All international and other standing bodies."""
    return tuple(
        Body(
            name,
            lexicon.listed(straight(names)),
            lexicon.listed(seats),
            frozenset(lexicon.listed(nouns)),
            lexicon.listed(adjectives),
        )
        for name, names, seats, nouns, adjectives in lexicon.rows("bodies", 5)
    )


def plural(word: str) -> str:
    """The regular plural of a demonym; the word itself where it has none (`Chinese`, `Swiss`)."""
    return word if word.endswith(("ese", "ss", "sh", "ch", "i-Kiribati")) else word + "s"


@cache
def country_names() -> dict[str, Country]:
    """Folded name → country."""
    return {fold(bare(n)): c for c in countries() for n in (c.name, *c.names)}


@cache
def demonyms() -> dict[str, Country]:
    """Adjective or noun for its people, as written → country."""
    table: dict[str, Country] = {}
    for c in countries():
        for word in c.adjectives:
            table.setdefault(word, c)
            table.setdefault(plural(word), c)
        for word in c.people:
            table.setdefault(word, c)
    return table


@cache
def adjectives() -> dict[str, Country]:
    """Adjective, as written → country."""
    return {word: c for c in reversed(countries()) for word in c.adjectives}


@cache
def capitals() -> dict[str, Country]:
    """Folded capital → country: a city, or its government, by use."""
    return {fold(bare(n)): c for c in countries() for n in c.capitals}


@cache
def seats() -> dict[str, Country]:
    """Folded house or seat that always stands for the government → country."""
    return {fold(bare(n)): c for c in countries() for n in c.seats}


@cache
def body_names() -> dict[str, Body]:
    """Folded name → body."""
    return {fold(bare(n)): b for b in bodies() for n in (b.name, *b.names)}


@cache
def body_seats() -> dict[str, Body]:
    """Folded seat → body (Brussels → European Union)."""
    return {fold(n): b for b in bodies() for n in b.seats}


@cache
def given_names() -> dict[str, str]:
    """Folded given name → `f` or `m`; names listed under both are left out."""
    table: dict[str, str] = {}
    both: set[str] = set()
    for gender, names in lexicon.rows("given_names", 2):
        for name in names.split():
            key = fold(name)
            if table.setdefault(key, gender) != gender:
                both.add(key)
    return {name: gender for name, gender in table.items() if name not in both}


@cache
def name_genders() -> dict[str, str]:
    """Folded given name → `f` or `m`: names of all the world, the hand-made list having the last word."""
    table: dict[str, str] = {}
    for gender, names in lexicon.rows("name_genders", 2):
        table |= dict.fromkeys(names.split(), gender)
    return table | given_names()


@cache
def nicknames() -> frozenset[tuple[str, str]]:
    """Pairs of folded given names that one person may bear, both ways round."""
    pairs: set[tuple[str, str]] = set()
    for name, shorts in lexicon.rows("nicknames", 2):
        group = [fold(name), *(fold(s) for s in lexicon.listed(shorts))]
        for short in group[1:]:
            pairs |= {(group[0], short), (short, group[0])}
    return frozenset(pairs)


@cache
def titles(use: str) -> frozenset[str]:
    """Words of one use: `honorific`, `office`, `rank` or `job`."""
    return frozenset(word for row in lexicon.rows("titles", 2) if row[0] == use for word in row[1].split())


@cache
def any_title() -> frozenset[str]:
    """Words that may stand before a person's name."""
    return titles("honorific") | titles("office") | titles("rank") | titles("job")


@cache
def gendered() -> dict[str, str]:
    """Noun or title → `f` or `m`."""
    return {word: gender for gender, words in lexicon.rows("gender", 2) for word in words.split()}


@cache
def regions() -> dict[str, str]:
    """Folded name or abbreviation of a state of the United States → its folded name."""
    table: dict[str, str] = {}
    for name, shorts, _ in lexicon.rows("us_states", 3):
        for form in (name, *lexicon.listed(shorts)):
            table[fold(form)] = table[fold(form).rstrip(".")] = fold(name)
    return table


@cache
def country_titles() -> frozenset[str]:
    """The usual names of all countries."""
    return frozenset(c.name for c in countries())


@cache
def groups() -> dict[str, dict[str, str]]:
    """First word → the words behind it, in lower case → name of a group of states."""
    table: dict[str, dict[str, str]] = {}
    for name, firsts, seconds in lexicon.rows("groups", 3):
        for first in lexicon.listed(firsts):
            for second in lexicon.listed(seconds):
                table.setdefault(first, {})[second.lower()] = name
    return table
