"""What nouns denote, and which of them may take up a body or state that an article has named."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from readout import lexicon
from readout.extract import gazetteer

ANY_BODY = frozenset("group organization organisation body institution".split())
COUNTRY_NOUNS = frozenset(["government", "administration", "regime", "state", "authorities"])


@cache
def noun_classes() -> dict[str, str]:
    """Noun, singular or plural → class; hand-made lists first, then those of titles."""
    table: dict[str, str] = {}
    for kind, words in lexicon.rows("nouns", 2):
        for word in words.split():
            table.setdefault(word, kind)
            if kind != "people":
                table.setdefault(plural(word), kind)
    for use in ("office", "rank", "job"):
        for word in gazetteer.titles(use):
            table.setdefault(word, "person")
            table.setdefault(plural(word), "person")
    return table


def plural(word: str) -> str:
    """The regular plural of an English noun."""
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith("man"):
        return word[:-3] + "men"
    return word + "s"


@lru_cache(maxsize=16384)
def noun_class(word: str) -> str:
    """What a noun denotes: `person`, `people`, `organization`, `country`, `place`, or `thing`."""
    found = noun_classes().get(word)
    if found:
        return found
    return "person" if word.endswith(("ists", "ist", "ician", "icians", "women", "woman")) else "thing"


FULL = {
    "gen.": "general",
    "gov.": "governor",
    "sen.": "senator",
    "rep.": "representative",
    "dr.": "doctor",
    "dr": "doctor",
    "lt.": "lieutenant",
    "col.": "colonel",
    "capt.": "captain",
    "sgt.": "sergeant",
    "adm.": "admiral",
    "prof.": "professor",
    "congressman": "representative",
    "congresswoman": "representative",
}


def plain(words: str) -> str:
    """Lower case, hyphens and possessives off, short titles written out."""
    parts = [w for w in words.lower().replace("-", " ").replace("’s", "").replace("'s", "").split()]
    return " ".join(FULL.get(w, w) for w in parts)


@cache
def family_of() -> dict[str, str]:
    """Noun of a body → the first of its like."""
    table: dict[str, str] = {}
    for (words,) in lexicon.rows("body_kinds", 1):
        first, *others = words.split()
        for word in (first, *others):
            table.setdefault(word, first)
    return table


@lru_cache(maxsize=1024)
def families(words: frozenset[str]) -> frozenset[str]:
    """The families of all nouns of bodies among some words."""
    table = family_of()
    return frozenset(table[w] for w in words if w in table)


@cache
def body_of() -> dict[str, gazetteer.Body]:
    """Usual name → body."""
    return {b.name: b for b in gazetteer.bodies()}


@lru_cache(maxsize=1024)
def words_of(kind: str, names: tuple[str, ...]) -> frozenset[str]:
    """The words of a body's or state's names in lower case, those by which a known body is taken up, a state's
    adjectives."""
    found = {w for name in names for w in plain(name).split()}
    for name in names:
        if name in body_of():
            found.update(word for noun in body_of()[name].nouns for word in noun.split())
        if kind == "country":
            found.update(a.lower() for a, state in gazetteer.adjectives().items() if state.name == name)
    return frozenset(found)


def takes_up(nouns: Iterable[str], kind: str, own: frozenset[str]) -> bool | None:
    """Whether a description with these nouns (several in “the bank's board”) may take up a body or state with the
    words `own`; None where the name does not tell what kind of body it is.

    “The hospital” is no trade organization, “the campaign” no party, and only a government is a state. A name
    that does not tell is a company's more often than not.

    >>> takes_up({"hospital"}, "organization", words_of("organization", ("World Trade Organization",)))
    False
    >>> takes_up({"company"}, "organization", words_of("organization", ("Northlight",)))
    True
    """
    nouns = frozenset(nouns)
    if kind == "country":
        return any(n in COUNTRY_NOUNS or noun_class(n) == "country" for n in nouns)
    if kind != "organization":
        return False
    if nouns & own:
        return True
    if nouns & COUNTRY_NOUNS or nouns & lexicon.words("circles"):
        return False
    if nouns & ANY_BODY:
        return None
    wanted, there = families(nouns), families(own)
    if not there:
        return True if "company" in wanted else None
    return bool(wanted & there)
