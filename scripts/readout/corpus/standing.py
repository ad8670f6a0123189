"""What a person is and for whom, read off the words of a role: field, office, country, body."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from readout import lexicon
from readout.corpus import spelling
from readout.records import Role
from readout.slugs import fold

# Behind these an envoy's or a reporter's phrase names the other side (“ambassador to Peru”).
ABROAD = re.compile(
    r"\b(?:ambassador|envoy|emissary|correspondent|representative|adviser|mediator|attaché|consul)\b[^,]*?\b(?:to|for|in)\b.*$",
    re.I,
)
PAST = re.compile(r"\b(?:former|ex|late|then|onetime|past|previous|retired)\b", re.I)
WORD = re.compile(r"[^\W\d_][\w’'-]*")
# Words of a title that tell no office from another.
LOOSE = frozenset(
    """deputy acting interim vice chief senior junior first second former ex new the a an of and for in at
    to""".split()
)
HEADS_OF_STATE = frozenset(
    """president premier minister prime-minister chancellor king queen emir sultan taoiseach secretary
    governor spokesman spokeswoman spokesperson government leader envoy ambassador""".split()
)


class Standing(NamedTuple):
    """A role, taken apart."""

    field: str
    """A field of `lexicons/walks.tsv`, or nothing."""
    office: str
    """The word for the office (`minister`), or nothing."""
    nations: frozenset[str]
    """Usual names of the countries it is held for."""
    proper: frozenset[str]
    """Folded capitalised words besides the office: the body or town it is held in."""
    words: frozenset[str]
    """All its folded words that tell offices apart (`foreign`, `minister`)."""
    past: bool
    """Whether it was held once and is no more."""


@cache
def walks() -> dict[str, str]:
    """Word for what a person is → field."""
    return {word: field for field, words in lexicon.rows("walks", 2) for word in words.split()}


@lru_cache(maxsize=65536)
def read(title: str, status: str) -> Standing:
    """The standing that a role gives.

    >>> s = read("Peruvian Foreign Minister", "former")
    >>> s.field, s.office, sorted(s.nations), s.past
    ('state', 'minister', ['Peru'], True)
    """
    own = ABROAD.sub("", title) if ABROAD.search(title) else title
    head = title if own == title else title[: len(own)] + title[len(own) :].split(" ")[0]
    found = [w for w in WORD.findall(own)]
    field = office = ""
    # The head of “president of the bank”, “minister for trade” stands before the preposition.
    for part in re.split(r"\b(?:of|for|at|in|to|with|from)\b", head):
        for word in reversed(WORD.findall(part)):
            low = fold(word)
            if low in walks():
                field, office = walks()[low], low
                break
        if office:
            break
    capital = re.compile(r"^[A-Z]")
    proper = frozenset(
        fold(w).removesuffix("s") if w.endswith(("’s", "'s")) else fold(w)
        for w in found
        if capital.match(w) and fold(w) not in walks() and fold(w) not in LOOSE
    )
    words = frozenset(fold(w) for w in found) - LOOSE
    return Standing(
        field,
        office,
        spelling.nations(own),
        proper,
        words,
        status in {"former", "then"} or bool(PAST.search(title)),
    )


def of(roles: tuple[Role, ...]) -> tuple[Standing, ...]:
    """The standings of an actor's roles."""
    return tuple(read(r.title, r.status) for r in roles)


def held_alike(a: Standing, b: Standing) -> bool:
    """Whether two roles name one body, town or state, perhaps by its adjective (`Elmarran`, Elmarra)."""
    return any(
        x == y or spelling.adjective(x, y) or spelling.adjective(y, x) for x in a.proper for y in b.proper
    )


@lru_cache(maxsize=65536)
def agree(a: Standing, b: Standing) -> float:
    """How far two roles speak for one person: 1 the same office, below 0 against it, 0 neither.

    >>> agree(read("president of Peru", "current"), read("former Peruvian president", "former"))
    1.0
    >>> agree(read("president of Peru", "current"), read("striker of Leeds United", "current")) < -1
    True
    """
    shared, both = a.nations & b.nations, bool(a.nations and b.nations)
    specific = (a.words & b.words) - {a.office, b.office}
    if both and not shared:
        # An office of two countries; what one was once does not change it.
        if not a.field or not b.field:
            return -0.4  # “an advocate of Turkish membership” is no office
        return -1.6 if {a.field, b.field} <= {"state", "law"} else -0.8
    if a.field and b.field and a.field != b.field:
        meets = (
            {"state", "law", "business"},
            {"state", "faith"},
            {"learning", "care"},
            {"learning", "state"},
            {"press", "arts"},
            {"learning", "press"},
            {"state", "press"},
            {"crime", "work"},
            {"crime", "business"},
        )
        if any({a.field, b.field} <= group for group in meets):
            return 0.3 if shared or specific else -0.3
        return -1.2 if a.past or b.past else -1.6
    place = shared or held_alike(a, b)
    if a.office and a.office == b.office:
        if place:
            return 1.0
        if a.proper and b.proper and not both:
            return -1.3  # mayor of Leeds, mayor of Turin
        return 0.7 if specific or a.words == b.words else 0.3
    if place:
        return 0.6
    return 0.5 if len(specific) >= 2 else 0.0


def verdict(mine: tuple[Standing, ...], theirs: tuple[Standing, ...]) -> float:
    """What the roles of two actors say together: the best agreement, less the worst conflict."""
    best = worst = 0.0
    for a in mine:
        for b in theirs:
            score = agree(a, b)
            best, worst = max(best, score), min(worst, score)
    return best + 0.4 * worst if best >= 0.6 else best + worst
