"""When two names may be one: spellings, transliterations, short forms, acronyms.

Names are compared as tuples of folded words. The rules here are stricter than those within one article, for
across articles nothing else ties two like names together.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from readout import lexicon
from readout.slugs import fold

Words = tuple[str, ...]

PARTICLES = frozenset(
    """de da do dos das del della di du van von der den ter ten la le bin ibn ben al el abu ap st mac
    zu""".split()
)
SUFFIXES = {"jr": "jr", "sr": "sr", "junior": "jr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
HONOURS = frozenset("mp mep msp qc kc obe mbe cbe dbe kbe phd md frs esq ret".split())
FORMS_OF_ADDRESS = frozenset(
    "mr mrs ms mx miss sir dame dr prof sen rep gov gen lt col sgt capt rev hon".split()
)
SMALL = frozenset("of the and for in on to de & a an at des du la le".split())
CORPORATE = frozenset(
    "inc corp ltd plc co llc ag sa nv gmbh group holdings company corporation limited".split()
)
# Spellings of one word in the names of bodies.
VARIANTS = {
    "organisation": "organization",
    "defence": "defense",
    "labour": "labor",
    "centre": "center",
    "programme": "program",
    "cooperation": "co-operation",
    "dept": "department",
    "ministries": "ministry",
    "foreign affairs": "foreign",
    "intl": "international",
    "nat'l": "national",
}


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """Folded, without apostrophes, with single spaces: equal where only accents and case differ."""
    return " ".join(fold(name.replace("’", "").replace("'", "")).split())


SOUNDS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"kh|gh", "h"),
        (r"dh", "d"),
        (r"ph", "f"),
        (r"ck|q", "k"),
        (r"yy|iy|ij|yi|ii|ie|y", "i"),
        (r"sch|tch|ch", "c"),
        (r"dzh|dj", "j"),
        (r"ou|oo", "u"),
        (r"ts|tz", "z"),
        (r"w", "v"),
        (r"(.)\1", r"\1"),
        (r"(?<=[a-z]{3})h$", ""),
        (r"e(?=[iu])", ""),
        (r"iev$|yev$", "ev"),
        (r"off$", "ov"),
        (r"ae|oe", "e"),
        (r"(?<=[aou])e(?=[^aeiou])", ""),
    )
)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A key that spellings of one foreign name share.

    >>> sound("zelensky") == sound("zelenskyy") == sound("zelenskiy"), sound("hansen") == sound("hanson")
    (True, False)
    """
    word = word.replace("-", "")
    for pattern, put in SOUNDS:
        word = pattern.sub(put, word)
    return word


@lru_cache(maxsize=65536)
def person(name: str) -> Words:
    """The words of a person's name, folded; no form of address, suffix, honours, nickname in quotes.

    >>> person("Martin Luther King Jr."), person("Mr. Ursula von der Leyen, MEP")
    (('martin', 'luther', 'king'), ('ursula', 'von', 'der', 'leyen'))
    """
    name = re.sub(r"[\"“(][^\"”)]*[\"”)]", " ", name)
    words = [w.strip(".") for w in folded(name.replace(",", " ").replace(".", ". ")).split()]
    words = [w for w in words if w]
    while len(words) > 1 and (words[-1] in SUFFIXES or (len(words) > 2 and words[-1] in HONOURS)):
        words.pop()
    while len(words) > 1 and words[0] in FORMS_OF_ADDRESS:
        words.pop(0)
    return tuple(words)


@lru_cache(maxsize=65536)
def suffix(name: str) -> str:
    """`jr`, `sr`, `ii` … or nothing.

    >>> suffix("Aldo Brenn Jr."), suffix("Aldo Brenn")
    ('jr', '')
    """
    words = [w.strip(".") for w in folded(name.replace(",", " ")).split()]
    return SUFFIXES.get(words[-1], "") if len(words) > 1 else ""


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Given name, folded → other forms one person may bear, both ways round."""
    table: dict[str, set[str]] = {}
    for name, shorts in lexicon.rows("nicknames", 2):
        head = fold(name)
        for short in lexicon.listed(shorts):
            table.setdefault(head, set()).add(fold(short))
            table.setdefault(fold(short), set()).add(head)
    return {name: frozenset(forms) for name, forms in table.items()}


@cache
def given_names() -> frozenset[str]:
    """Given names, folded."""
    listed = {fold(name) for _, names in lexicon.rows("given_names", 2) for name in names.split()}
    return frozenset(listed | set(nicknames()))


def initial(word: str) -> bool:
    """Whether a word of a person's name is an initial, or initials (`j`, `jd`)."""
    return len(word) == 1 or (len(word) == 2 and not set(word) & set("aeiouy"))


@lru_cache(maxsize=65536)
def given(a: str, b: str) -> float:
    """How far two given names may be one person's: 1 same, 0.7 nickname or spelling, 0.4 initial, 0 not."""
    if a == b:
        return 1.0
    for short, full in ((a, b), (b, a)):
        if initial(short):
            return 0.4 if any(f[:1] == short[:1] for f in (full, *nicknames().get(full, ()))) else 0.0
    if b in nicknames().get(a, ()) or sound(a) == sound(b):
        return 0.7
    return 0.0


@lru_cache(maxsize=65536)
def surname(words: Words) -> Words:
    """The surname without particles, as far as a form tells: the last word.

    >>> surname(("ursula", "von", "der", "leyen"))
    ('leyen',)
    """
    return words[-1:]


SAME, VARIANT, INITIALS, SURNAME = 2.0, 1.4, 0.9, 0.0


@lru_cache(maxsize=65536)
def people(a: Words, b: Words) -> float | None:
    """How strongly two names (`person`) speak for one person: SAME … SURNAME; None: against it.

    >>> people(("volodymyr", "zelensky"), ("volodymyr", "zelenskyy"))
    1.4
    >>> people(("ana", "silva"), ("rui", "silva")) is None
    True
    >>> people(("j", "silva"), ("joana", "silva")), people(("silva",), ("ana", "silva"))
    (0.9, 0.0)
    """
    if a == b or sorted(a) == sorted(b) or "".join(a).replace("-", "") == "".join(b).replace("-", ""):
        # A lone surname, or a name of one word: alike, yet no more than that.
        return SAME if len(a) > 1 or len(b) > 1 else 0.5
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) == 1:
        core = [w for w in long if w not in PARTICLES] or list(long)
        fits = sound(core[-1]) == sound(short[0]) or short[0] in core[-1].split("-")
        # The family name comes first in the east of Asia and in Hungary.
        fits = fits or (core[0] == short[0] and core[0] not in given_names())
        return SURNAME if fits else None
    core_a, core_b = ([w for w in words if w not in PARTICLES] or list(words) for words in (a, b))
    if len(core_a) < 2 or len(core_b) < 2:
        return SURNAME if sound(core_a[-1]) == sound(core_b[-1]) else None
    # “Abdel Fattah al-Sisi”, “Abdel Fattah el-Sisi”; “García Márquez” and “García”.
    last_a, last_b = (w.removeprefix("al-").removeprefix("el-") for w in (core_a[-1], core_b[-1]))
    ends = 1.0 if last_a == last_b else 0.7 if sound(last_a) == sound(last_b) else 0.0
    if not ends and "-" in last_a + last_b:
        shared = set(last_a.split("-")) & set(last_b.split("-"))
        ends = 0.7 if any(len(w) > 3 for w in shared) else 0.0
    if not ends and len(core_a) != len(core_b):
        few, many = (core_a, core_b) if len(core_a) < len(core_b) else (core_b, core_a)
        # The second surname of a Spanish or Portuguese name is left out as often as not.
        ends = 0.7 if many[: len(few)] == few and len(few) >= 2 else 0.0
        if ends:
            return VARIANT
    if not ends:
        return None
    first = given(core_a[0], core_b[0])
    if not first:
        # “J. Edgar Hoover”, “Edgar Hoover”
        few, many = (core_a, core_b) if len(core_a) < len(core_b) else (core_b, core_a)
        if len(few) == 2 and len(many) > 2 and initial(many[0]) and given(few[0], many[1]) == 1.0:
            return VARIANT
        return None
    middle_a, middle_b = core_a[1:-1], core_b[1:-1]
    if not all(given(x, y) for x, y in zip(middle_a, middle_b, strict=False)):
        return None  # George W., George H. W.
    if first == 0.4:
        return INITIALS if ends == 1.0 else None
    if first == 1.0 and ends == 1.0:
        return SAME - 0.2
    return VARIANT


# ------------------------------------------------------------------ bodies and places
@lru_cache(maxsize=65536)
def plain(name: str) -> Words:
    """The words of a body's or a place's name: folded, without `the`, full stops and forms of companies.

    >>> plain("The Ministry of Defence"), plain("U.N."), plain("Meridian Steel Corp.")
    (('ministry', 'of', 'defense'), ('un',), ('meridian', 'steel'))
    """
    text = folded(name).replace(".", "").replace("foreign affairs", "foreign")
    words = [VARIANTS.get(w, w) for w in re.split(r"[\s\-–/,()]+", text) if w]
    if len(words) > 1 and words[0] in {"the", "a", "an"}:
        words = words[1:]
    while len(words) > 1 and words[-1] in CORPORATE:
        words.pop()
    return tuple(words)


@lru_cache(maxsize=65536)
def is_acronym(name: str) -> bool:
    """Whether a name is written as an acronym: one word, capitals and no more than one small letter."""
    letters = name.replace(".", "").replace("-", "")
    return (
        2 <= len(letters) <= 8
        and letters.isalnum()
        and letters[:1].isupper()
        and (sum(c.isupper() or c.isdigit() for c in letters) >= max(2, len(letters) - 1))
    )


@lru_cache(maxsize=65536)
def acronyms(words: Words) -> frozenset[str]:
    """What the initials of a name of three words or more spell, without and with its small words.

    >>> sorted(acronyms(("league", "of", "coastal", "states")))
    ['lcs', 'locs']
    """
    if len(words) < 3:
        return frozenset()
    every = "".join(w[0] for w in words)
    return frozenset({"".join(w[0] for w in words if w not in SMALL), every if len(every) > 3 else ""} - {""})


@cache
def countries() -> dict[Words, str]:
    """Words of a country's names → its usual name."""
    table: dict[Words, str] = {}
    for name, _, others, *_ in lexicon.rows("countries", 7):
        for form in (name, *lexicon.listed(others)):
            table.setdefault(plain(form), name)
    return table


@cache
def nationalities() -> dict[Words, str]:
    """Words of a country's names, and its adjectives and nouns for its people → its usual name."""
    table = dict(countries())
    for name, _, _, adjectives, people_, *_ in lexicon.rows("countries", 7):
        for form in (*lexicon.listed(adjectives), *lexicon.listed(people_)):
            table.setdefault(plain(form), name)
            table.setdefault(plain(form + "s"), name)
    return table


@cache
def capitals() -> dict[Words, str]:
    """Words of a capital, or of the house of a government → the country's usual name."""
    table: dict[Words, str] = {}
    for name, *_, towns, seats in lexicon.rows("countries", 7):
        for form in (*lexicon.listed(towns), *lexicon.listed(seats)):
            table.setdefault(plain(form), name)
    return table


@cache
def bodies() -> dict[Words, str]:
    """Words of a standing body's names → its usual name."""
    table: dict[Words, str] = {}
    for name, others, *_ in lexicon.rows("bodies", 5):
        for form in (name, *lexicon.listed(others)):
            table.setdefault(plain(form), name)
    return table


@cache
def states() -> frozenset[Words]:
    """Names of the states of the United States."""
    return frozenset(plain(row[0]) for row in lexicon.rows("us_states", 3))


@lru_cache(maxsize=65536)
def nations(text: str) -> frozenset[str]:
    """The countries that a phrase names, by name, adjective or people.

    >>> sorted(nations("British and South Korean envoys"))
    ['South Korea', 'United Kingdom']
    """
    words = plain(text)
    table = nationalities()
    found: set[str] = set()
    at = 0
    while at < len(words):
        for size in (4, 3, 2, 1):
            hit = table.get(words[at : at + size]) if at + size <= len(words) else None
            # “us”, “who”: words that fold like an abbreviation of a country are not looked up here.
            if hit and not (
                size == 1
                and words[at] in {"us", "uk"}
                and words[at].upper() not in text.replace(".", "").split()
            ):
                found.add(hit)
                at += size
                break
        else:
            at += 1
    return frozenset(found)


def adjective(word: str, country: str) -> bool:
    """Whether a word may be the adjective of a country of no lexicon, by its stem.

    >>> adjective("varnian", "varnia"), adjective("sullish", "sulland"), adjective("national", "natal")
    (True, True, False)
    """
    stem = next(
        (i for i, (x, y) in enumerate(zip(word, country, strict=False)) if x != y),
        min(len(word), len(country)),
    )
    return (
        stem >= max(4, len(country) - 3)
        and word.endswith(("n", "ish", "i", "ese", "ic", "er", "ene", "ine"))
        and len(word) <= len(country) + 4
    )
