"""States that no list knows: told by what only a state has, and by the adjective made from its name.

New, renamed and invented states stand in no lexicon, and a recognizer takes their names now for a person, now
for a body. The article itself says what they are: “Troskia's foreign minister”, “the president of Troskia”,
“Troskian troops”. Only words that stand on no list at all are asked for, so nothing known changes its kind.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from readout.extract import dateline, gazetteer, network, syntax, usage
from readout.extract.layout import laid
from readout.records import Doc, Name, Parse, Span
from readout.slugs import fold

LOCATIVE = frozenset(
    ["in", "to", "from", "into", "across", "throughout", "within", "between", "with", "against"]
)
POSSESSIVE = frozenset(["'s", "’s", "'", "’"])
COMMON = 20_000
"""Rank of a word in frequency: one more frequent is known, be it on no list of names."""
FORM = re.compile(r"[A-ZÀ-Þ][^\W\d_]{3,}")
ENDINGS = ("n", "an", "ian", "ean", "ese", "i", "ish", "ic", "er")
STRIPPED = ("ia", "land", "a", "o", "e", "y", "stan")
STATELY = ("ia", "land", "stan")
"""Endings of names of states, and seldom of persons' names that stand on no list."""


GOVERNING = frozenset("government parliament army troops embassy ambassador border airspace".split())
"""What stands right behind the name of a state: “the Troskia government”."""
SOVEREIGN = frozenset(("acts", "has", "governs"))


class State(NamedTuple):
    """A state told from its use."""

    name: str
    adjectives: tuple[str, ...]
    """Those the article uses, as written: `Troskian`."""


def adjectives_of(name: str) -> frozenset[str]:
    """The adjectives that could be made from a state's name.

    >>> sorted({"Troskian", "Hundish", "Estian"} & (adjectives_of("Troskia") | adjectives_of("Hundland")))
    ['Hundish', 'Troskian']
    """
    roots = {name} | {name.removesuffix(end) for end in STRIPPED if name.endswith(end)}
    return frozenset(root + end for root in roots if len(root) > 2 for end in ENDINGS) - {name}


@lru_cache(maxsize=16384)
def unknown(form: str) -> bool:
    """Whether a form stands on no list: of countries, cities, bodies, persons' names, or groups."""
    if FORM.fullmatch(form) is None or form.isupper():
        return False
    key = fold(form)
    return (
        syntax.rank(form.lower()) > COMMON
        and network.network().lists.single.get(form, 0) == 0
        and key not in gazetteer.country_names()
        and key not in gazetteer.capitals()
        and key not in gazetteer.body_names()
        and key not in gazetteer.regions()
        and form not in gazetteer.demonyms()
    )


def persons(doc: Doc, names: tuple[Name, ...], forms: dict[str, list[int]]) -> frozenset[str]:
    """Forms that someone bears: parts of a person's full name, and those of `forms` behind a title."""
    found: set[str] = set()
    for name in names:
        words = doc.text[name.span.start : name.span.end].split()
        if name.kind == "person" and len(words) > 1:
            found.update(words)
    titles = gazetteer.any_title()
    for form, places in forms.items():
        for i in places:
            before = doc.tokens[i - 1].text if i else ""
            if before[:1].isupper() and before.lower() in titles:
                found.add(form)
                break
    return frozenset(found)


def office_behind(doc: Doc, i: int) -> bool:
    """Whether a state's office or thing follows the possessive at token `i`, within three words."""
    tokens = doc.tokens
    for j in range(i + 1, min(i + 4, len(tokens))):
        if usage.stem(tokens[j].text) in usage.stems("state office"):
            return True
        if not tokens[j].text[0].isalpha():
            return False
    return False


def evidence(doc: Doc, parse: Parse, i: int, datelines: Sequence[Span] = ()) -> Iterator[str]:
    """What the use at token `i` tells.

    `has` an office or a border; an office is `of` it; it is a `place`; it `acts` as states do, or
    `does` anything; it stands right before the noun of what `governs`; a `dateline` names it behind a city.
    """
    tokens = doc.tokens
    before = tokens[i - 1].text.lower() if i else ""
    if i + 1 < len(tokens) and tokens[i + 1].text.lower() in GOVERNING:
        yield "governs"
    if before == "the":
        return
    if before == "," and any(s.start <= tokens[i].start < s.end for s in datelines):
        yield "dateline"
        return
    if i + 1 < len(tokens) and tokens[i + 1].text in POSSESSIVE and office_behind(doc, i + 1):
        yield "has"
    if before == "of" and i > 1 and usage.stem(tokens[i - 2].text) in usage.stems("head of state"):
        yield "of"
    if before in LOCATIVE:
        yield "place"
    head = parse.heads[i]
    if head >= 0 and parse.relations[i].startswith("nsubj"):
        yield "acts" if usage.stem(tokens[head].text) in usage.stems("state verb") else "does"


def beside(doc: Doc, places: list[int], sure: set[str]) -> bool:
    """Whether a form is joined with a state by “and” somewhere: “Troskia and Kenya”."""
    tokens = doc.tokens
    for i in places:
        for step in (2, -2):
            j = i + step
            if 0 <= j < len(tokens) and tokens[(i + j) // 2].text in ("and", "or"):
                other = tokens[j].text
                if other in sure or fold(other) in gazetteer.country_names():
                    return True
    return False


def find(doc: Doc, parse: Parse, names: tuple[Name, ...]) -> tuple[State, ...]:
    """The states of an article that no list knows, by name.

    A word is one where the article makes an adjective of it and uses it as states are used; where it names an
    office “of” it; where it gives it what states have (“Belmora's army”: a person has a government too), and
    also places something in it, speaks of “the Belmora government”, or spells it as states are spelt; where a
    dateline names it behind a city and it does what states do; and where “and” joins it with a state. What
    someone bears as a name is none.
    """
    single = {doc.text[n.span.start : n.span.end] for n in names if n.kind != "other"}
    asked = [form for form in sorted(single) if unknown(form)]
    if not asked:
        return ()
    wanted = set(asked).union(*map(adjectives_of, asked))
    forms: dict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(laid(doc).texts):
        if text in wanted:
            forms[text].append(i)
    borne = persons(doc, names, forms)
    written = dateline.spans(doc)
    found: dict[str, State] = {}
    open_: list[str] = []
    for form in asked:
        if form not in forms or form in borne:
            continue
        told = {e for i in forms[form] for e in evidence(doc, parse, i, written)}
        made = tuple(sorted(w for w in adjectives_of(form) if w in forms and w not in borne))
        if (
            (made and told)
            or "of" in told
            or ("has" in told and ("place" in told or form.endswith((*STATELY, "a"))))
            or ("acts" in told and form.endswith(STATELY))
            or ("has" in told and "governs" in told)
            or ("dateline" in told and (told & SOVEREIGN or ("does" in told and form.endswith((*STATELY, "a")))))
        ):
            found[form] = State(form, made)
        else:
            open_.append(form)
    for form in open_:
        if beside(doc, forms[form], set(found)):
            found[form] = State(
                form, tuple(sorted(w for w in adjectives_of(form) if w in forms and w not in borne))
            )
    # An adjective is no state of its own: “Troskian” beside “Troskia”.
    taken = {w for s in found.values() for w in s.adjectives}
    return tuple(found[name] for name in sorted(found) if name not in taken)


def known(states: tuple[State, ...]) -> dict[str, gazetteer.Country]:
    """Name, adjective, or people of each state → a country as the lists would have it."""
    table: dict[str, gazetteer.Country] = {}
    for state in states:
        country = gazetteer.Country(state.name, "", (state.name,), state.adjectives, (), (), ())
        for word in (state.name, *state.adjectives, *map(gazetteer.plural, state.adjectives)):
            table.setdefault(word, country)
    return table


def datelines(doc: Doc) -> frozenset[str]:
    """The folded names of cities in datelines: “HARBOUR CITY, Troskia (XYZ) — The minister …”."""
    found = frozenset(fold(m["place"]) for m in dateline.CITY.finditer(doc.text, 0, 1500))
    return found - gazetteer.body_names().keys()
