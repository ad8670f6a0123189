"""Names → Drafts: which names in an article are one person, body, country or place.

Full names come first: two are one person when surname and given name agree (nicknames of record, initials,
spellings of one name). Short names then join the full name they belong to: the surname's bearer last spoken
of, unless title or gender says another. Two people of one surname are never made one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from readout import lexicon
from readout.extract import dateline, gazetteer, states, usage
from readout.extract.layout import laid
from readout.records import Doc, Name, Parse, Span
from readout.slugs import fold

PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "du",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "la",
        "le",
        "bin",
        "ibn",
        "ben",
        "al",
        "el",
        "abu",
        "ap",
        "st",
        "mac",
        "zu",
    ]
)
# Letters behind a name for honours and offices; no part of it.
BEHIND = frozenset(
    [
        "mp",
        "mep",
        "msp",
        "qc",
        "kc",
        "obe",
        "mbe",
        "cbe",
        "dbe",
        "kbe",
        "phd",
        "md",
        "frs",
        "esq",
        "rn",
        "gcmg",
        "kcmg",
        "cmg",
        "tds",
        "ret",
    ]
)
SUFFIXES = {"jr": "jr", "sr": "sr", "junior": "jr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
CAPTION = frozenset({"Image", "Photo", "Photograph", "Picture", "File", "Video", "Credit"})
KIN = frozenset(
    [
        "wife",
        "husband",
        "son",
        "daughter",
        "brother",
        "sister",
        "father",
        "mother",
        "widow",
        "widower",
        "uncle",
        "aunt",
        "nephew",
        "niece",
        "cousin",
        "grandson",
        "granddaughter",
        "grandfather",
        "grandmother",
        "sibling",
        "stepson",
        "stepdaughter",
        "son-in-law",
        "daughter-in-law",
        "brother-in-law",
        "sister-in-law",
        "father-in-law",
        "mother-in-law",
        "spouse",
        "parents",
        "sons",
        "daughters",
        "brothers",
        "sisters",
    ]
)
# The kind of noun that ends the name of a body; the short form drops it, or is it alone.
SMALL = frozenset(["of", "the", "and", "for", "in", "on", "to", "de", "&", "a", "an", "at"])


class Spot(NamedTuple):
    """One name where it stands."""

    span: Span
    first: int
    """Its first token."""
    last: int
    """Behind its last token."""
    text: str
    """Straight apostrophes, no article, no possessive ending."""
    kind: str
    """As the recognizer has it, or the state's for a metonym."""
    titles: tuple[str, ...]
    """Title words right before it, in lower case."""


@dataclass(slots=True)
class Draft:
    """An actor in the making."""

    kind: str
    spots: list[Spot] = field(default_factory=list)
    known: str | None = None
    """Usual name, of a country or body of the lexicons."""
    gender: str | None = None
    form: str = "name"
    """`nominal` for a group of states without a name of its own."""
    asides: list[Spot] = field(default_factory=list)
    """Where an adjective or a part of a word points to it without speaking of it."""
    roles: list[str] = field(default_factory=list)
    """Titles of its roles."""
    kin: bool = False
    """Whether first named as someone's relative."""


class Tokens:
    """Finds the tokens of spans."""

    def __init__(self, doc: Doc) -> None:
        layout = laid(doc)
        self.starts, self.ends = layout.starts, layout.ends

    def of(self, span: Span) -> tuple[int, int]:
        """First token that ends behind the span's start, and behind the last that begins before its end."""
        return bisect_left(self.ends, span.start + 1), max(bisect_left(self.starts, span.end), 1)


ENDING = re.compile(r"(?:['’]s|['’])$")


def tidy(doc: Doc, where: Tokens, name: Name) -> Spot | None:
    """The name without article, title and possessive ending; None where nothing is left."""
    first, last = where.of(name.span)
    tokens = doc.tokens
    last = min(last, len(tokens))
    while first < last - 1 and tokens[first].text in BULLETS:
        first += 1
    while last > first and tokens[last - 1].text in {"'s", "’s", "'", "’", ",", "."}:
        last -= 1
    if (
        first < last - 1
        and tokens[last - 1].text in CAPTION
        and tokens[last : last + 1]
        and tokens[last].text == ":"
    ):
        last -= 1  # “Ana Silva Image: Harbour News”
    if first < last - 1 and tokens[first].text.lower() in {"the", "a", "an"}:
        first += 1
    known = gazetteer.any_title()
    if name.kind == "person":
        while first < last - 1 and (
            (word := tokens[first].text.lower()) in HONORIFICS or (word[-1] == "." and word in known)
        ):
            first += 1
    marks = [i for i in range(first, last) if tokens[i].text in QUOTATION]
    if len(marks) == 1:
        first = marks[0] + 1  # “little [Ana” Silva]”
    if first >= last:
        return None
    span = Span(tokens[first].start, tokens[last - 1].end)
    text = ENDING.sub("", gazetteer.straight(doc.text[span.start : span.end]))
    text = text.replace("[", "").replace("]", "")  # “[Ana] Silva”, a quoted writer's Silva
    titles: list[str] = []
    i = first - 1
    if i > 0 and tokens[i].text == "," and tokens[i - 1].text.lower() in KIN:
        i -= 1  # “his wife, Clara Renner”
    while i >= 0 and len(titles) < 6:
        word = tokens[i].text
        low = word.lower()
        if low in known or low in KIN or (titles and (word[0].isupper() or low in {"of", "-", "."})):
            titles.append(low)
            i -= 1
        else:
            break
    return Spot(span, first, last, text, name.kind, tuple(titles[::-1]))


QUOTATION = frozenset(("“", "”", '"', "''", "``"))
BULLETS = frozenset("― — – - • · * ▪".split())
HONORIFICS = frozenset("mr mrs ms mx miss dr sir".split())
"""Beside every shortened title (“Sen.”), no part of a name."""


# ------------------------------------------------------------------ spelling
@lru_cache(maxsize=4096)
def distance(a: str, b: str) -> int:
    """Edits between two words, a swap of neighbours counting one."""
    if abs(len(a) - len(b)) > 2:
        return 9
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


SOUNDS = [
    (re.compile(p), r)
    for p, r in (
        (r"kh", "h"),
        (r"ph", "f"),
        (r"ck|q", "k"),
        (r"(?:yy|iy|ij|yi|ii|ie|y)", "i"),
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
    )
]


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """A key that spellings of one foreign name share: zelensky, zelenskyy, zelenskiy.

    >>> sound("zelensky") == sound("zelenskyy") == sound("zelenskiy"), sound("gaddafi") == sound("qaddafi")
    (True, False)
    """
    for pattern, put in SOUNDS:
        word = pattern.sub(put, word)
    return word


@lru_cache(maxsize=8192)
def alike(a: str, b: str) -> bool:
    """Whether two folded words may be spellings of one name: equal, transliterations, or one slip apart."""
    if a == b:
        return True
    if len(a) < 4 or len(b) < 4:
        return False
    if sound(a) == sound(b):
        return True
    if a[0] != b[0] and sound(a)[0] != sound(b)[0]:
        return False
    shorter = min(len(a), len(b))
    return shorter >= 6 and distance(a, b) <= (1 if shorter < 9 else 2)


@lru_cache(maxsize=4096)
def parts(text: str) -> tuple[str, ...]:
    """Folded words of a person's name, without suffix and nickname in quotes.

    >>> parts("Martin Luther King Jr."), parts("Ursula von der Leyen")
    (('martin', 'luther', 'king'), ('ursula', 'von', 'der', 'leyen'))
    """
    text = re.sub(r"[\"“(][^\"”)]*[\"”)]", " ", text)
    words = [fold(w).strip(".,") for w in re.split(r"[\s]+", text.replace(",", " "))]
    words = [w for w in words if w]
    while len(words) > 2 and words[-1] in BEHIND:
        words.pop()
    while len(words) > 1 and words[-1] in SUFFIXES:
        words.pop()
    return tuple(words)


@lru_cache(maxsize=4096)
def is_full(text: str) -> bool:
    """Whether a person's name has more than one word, particles aside."""
    return len([w for w in parts(text) if w not in PARTICLES]) > 1


@lru_cache(maxsize=4096)
def suffix(text: str) -> str:
    """`jr`, `sr`, `ii` … or nothing."""
    words = [fold(w).strip(".,") for w in text.replace(",", " ").split()]
    return SUFFIXES.get(words[-1], "") if len(words) > 1 else ""


def squeezed(words: tuple[str, ...]) -> str:
    return "".join(words).replace("-", "")


@lru_cache(maxsize=8192)
def given_alike(a: str, b: str) -> bool:
    """Whether two folded given names may be one person's: equal, initial, nickname, spelling."""
    if a == b or (a, b) in gazetteer.nicknames():
        return True
    a, b = a.replace(".", ""), b.replace(".", "")
    if len(a) == 1 or len(b) == 1 or (len(a) <= 2 and a.isalpha() and a not in gazetteer.given_names()):
        return a[:1] == b[:1]
    for short, long in ((a, b), (b, a)):
        # “Josie” for Josephine, “Jenny” for Jennifer: a form made on the spot
        if (
            len(short) >= 4
            and short.endswith(("ie", "y"))
            and len(long) > len(short)
            and long[:3] == short[:3]
        ):
            return True
    if (a in gazetteer.given_names()) and (b in gazetteer.given_names()):
        if (
            gazetteer.given_names()[a] == gazetteer.given_names()[b]
            and min(len(a), len(b)) >= 6
            and distance(a, b) == 1
        ):
            return True  # “Kristin”, “Kristen”
        return sound(a) == sound(b)
    return alike(a, b)


@lru_cache(maxsize=8192)
def one_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names (`parts`) may be one person's."""
    if a == b or squeezed(a) == squeezed(b) or sorted(a) == sorted(b):
        return True
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) >= 2 and any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1)):
        return True
    if not alike(a[-1], b[-1]) and squeezed(a[-2:]) != b[-1] and squeezed(b[-2:]) != a[-1]:
        return False
    if not given_alike(a[0], b[0]):
        # “J. Edgar Hoover”, “Edgar Hoover”
        return len(long) > 2 and len(short) == 2 and given_alike(short[0], long[1]) and len(long[0]) <= 2
    middles_a = [w for w in a[1:-1] if w not in PARTICLES]
    middles_b = [w for w in b[1:-1] if w not in PARTICLES]
    if middles_a and middles_b:
        return any(x[:1] == y[:1] for x in middles_a for y in middles_b)
    return True


# How a short name sits in a full one, best first.
SURNAME, FAMILY_FIRST, GIVEN, MIDDLE, SLIP = 5, 4, 3, 2, 1


@lru_cache(maxsize=8192)
def fit(short: tuple[str, ...], full: tuple[str, ...]) -> int:
    """How well a short name fits a full one: SURNAME … SLIP, or 0.

    >>> fit(("leyen",), ("ursula", "von", "der", "leyen")), fit(("xi",), ("xi", "jinping"))
    (5, 4)
    """
    core = tuple(w for w in short if w not in PARTICLES) or short
    bare = tuple(w for w in full if w not in PARTICLES) or full
    n = len(core)
    if n > len(bare):
        return 0
    if bare[-n:] == core or (n == 1 and len(core[0]) >= 5 and alike(core[0], bare[-1])):
        return SURNAME
    if n == 1 and bare[-1].replace("al-", "") == core[0].replace("al-", ""):
        return SURNAME
    if n == 1 and "-" in bare[-1] and core[0] in bare[-1].split("-"):
        return MIDDLE
    if bare[:n] == core:
        return GIVEN if core[0] in gazetteer.given_names() else FAMILY_FIRST
    if n == 1 and (core[0], bare[0]) in gazetteer.nicknames():
        return GIVEN
    if any(bare[i : i + n] == core for i in range(1, len(bare) - n)):
        return MIDDLE
    if n == 1 and len(core[0]) >= 5 and core[0][0] == bare[-1][0] and distance(core[0], bare[-1]) == 1:
        return SLIP
    return 0


# ------------------------------------------------------------------ people
def honorific_gender(titles: tuple[str, ...]) -> str | None:
    """What the titles before a name say of gender; the nearest that says it counts."""
    for word in reversed(titles):
        gender = gazetteer.gendered().get(word)
        if gender:
            return gender
    return None


def name_gender(full: tuple[str, ...]) -> str | None:
    """What the given name says of gender."""
    gender = gazetteer.name_genders().get(full[0])
    if len(full) == 1:
        gender = gazetteer.given_names().get(full[0])
    # alone it may be a surname (“Martin”); women's names seldom are
    return gender if len(full) > 1 or gender == "f" else None


def merge_people(spots: list[Spot], paragraph: list[int]) -> list[Draft]:
    """One draft a person; `paragraph` gives the paragraph of each token.

    A surname two people bear goes to the one its title or gender tells; else to the one named in the same
    paragraph; else to the one oftener named so far.
    """
    drafts: list[Draft] = []
    fulls: list[list[tuple[str, ...]]] = []
    ends: list[set[str]] = []
    full_spots: list[Spot] = []
    shorts: list[Spot] = []
    for spot in spots:
        (full_spots if is_full(spot.text) else shorts).append(spot)
    for spot in sorted(full_spots, key=lambda s: (-len(parts(s.text)), s.span)):
        words, end = parts(spot.text), suffix(spot.text)
        gender = honorific_gender(spot.titles) or name_gender(words)
        home = None
        for i, draft in enumerate(drafts):
            if end not in ends[i] or (
                gender and draft.gender and gender != draft.gender and words not in fulls[i]
            ):
                continue
            if all(one_person(words, known) for known in fulls[i]):
                home = i
                break
        if home is None:
            drafts.append(Draft("person"))
            fulls.append([])
            ends.append({end})
            home = len(drafts) - 1
        drafts[home].spots.append(spot)
        drafts[home].gender = drafts[home].gender or gender
        if words not in fulls[home]:
            fulls[home].append(words)
    for draft in drafts:
        draft.spots.sort()
        draft.kin = bool(draft.spots[0].titles) and draft.spots[0].titles[-1] in KIN
    # Short names, in the order of the text.
    last_seen: dict[int, int] = {}
    told: Counter[int] = Counter()
    queue = sorted(
        [(s.first, 0, i, s) for i, d in enumerate(drafts) for s in d.spots]
        + [(s.first, 1, -1, s) for s in shorts],
        key=lambda item: item[:2],
    )
    # How well a short name fits each of the first drafts: asked once, for from here on no draft gets a fuller name.
    fits: dict[tuple[str, ...], list[int]] = {}
    for _, is_short, index, spot in queue:
        if not is_short:
            last_seen[index] = spot.first
            told[index] += 1
            continue
        words = parts(spot.text)
        if not words:
            continue
        gender = honorific_gender(spot.titles)
        guess = gender or name_gender(words)
        found: list[tuple[int, bool, bool, int, int, int]] = []
        known = fits.setdefault(words, [])
        known += [max([fit(words, full) for full in fulls[i]]) for i in range(len(known), len(drafts))]
        for i, best in enumerate(known):
            if not best:
                continue
            draft = drafts[i]
            if gender and draft.gender and gender != draft.gender:
                continue
            if (
                spot.titles
                and best < SURNAME
                and spot.titles[-1] in {"mr", "mr.", "mrs", "mrs.", "ms", "ms."}
                and best == GIVEN
            ):
                continue
            if draft.kin and draft.spots[0].first > spot.first:
                continue
            office = set(spot.titles) & gazetteer.titles("office")
            same_office = bool(office) and any(office & set(s.titles) for s in draft.spots)
            seen = last_seen.get(i)
            here = seen is not None and not draft.kin and paragraph[seen] == paragraph[spot.first]
            found.append(
                (
                    best,
                    same_office,
                    here,
                    told[i] if seen is not None else 0,
                    seen if seen is not None else -1 - draft.spots[0].first,
                    i,
                )
            )
        if found:
            found.sort()
            home = found[-1][-1]
        else:
            drafts.append(Draft("person", gender=guess))
            fulls.append([words])
            ends.append({suffix(spot.text)})
            home = len(drafts) - 1
        drafts[home].spots.append(spot)
        drafts[home].gender = drafts[home].gender or gender
        last_seen[home] = spot.first
        told[home] += 1
    for draft in drafts:
        draft.spots.sort()
    return drafts


# ------------------------------------------------------------------ bodies and places
@cache
def body_nouns() -> frozenset[str]:
    """Nouns that end the names of bodies (`party`, `ministry`)."""
    return lexicon.words("body_nouns")


CORPORATE = frozenset(
    [
        "inc",
        "corp",
        "ltd",
        "plc",
        "co",
        "llc",
        "ag",
        "sa",
        "nv",
        "group",
        "holdings",
        "company",
        "corporation",
        "limited",
        "incorporated",
    ]
)


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """Folded words of a body's or place's name."""
    return tuple(w for w in re.split(r"[\s\-–/,]+", fold(gazetteer.bare(text)).replace(".", "")) if w)


def is_acronym(text: str) -> bool:
    """Whether a name is written as an acronym: capitals, no more than one small letter, one word."""
    letters = text.replace(".", "").replace("-", "")
    return (
        2 <= len(letters) <= 8
        and letters[:1].isupper()
        and letters.isalnum()
        and sum(c.isupper() for c in letters) >= len(letters) - 1
    )


def spells(acronym: str, words: tuple[str, ...]) -> bool:
    """Whether the initials of a name give the acronym."""
    letters = fold(acronym.replace(".", "").replace("-", ""))
    initials = "".join(w[0] for w in words if w not in SMALL)
    every = "".join(w[0] for w in words)
    if letters in (initials, every):
        return True
    # one letter short: “PNP” of the Philippine National Police Service
    return (
        len(letters) > 2
        and initials.startswith(letters)
        and len(initials) == len(letters) + 1
        and words[-1] in body_nouns()
    )


def body_key(text: str, texts: set[str], kind: str) -> str | None:
    """`country:Name` or `body:Name` for a name of the lexicons; `texts` are all names of the article, folded.

    A name that several bear goes by the article's other names: “EC” where it speaks of the Community,
    “Congo” where Brazzaville; “Georgia” by its kind.
    """
    key = fold(gazetteer.straight(gazetteer.bare(text)))
    if key == "congo" and "brazzaville" not in texts:
        return "country:Democratic Republic of Congo"
    if key in {"ec", "community"} and len(texts & {"ec", "community", "european community"}) > 1:
        return "body:European Community"
    if key == "georgia" and kind == "place":
        return None
    if key in OPEN_NAMES and any(t.endswith(" " + key) for t in texts):
        return None
    country = gazetteer.country_names().get(key) or gazetteer.seats().get(key)
    if country:
        return "country:" + country.name
    body = gazetteer.body_names().get(key)
    return "body:" + body.name if body else None


# Names that a body of another country may bear in full.
OPEN_NAMES = frozenset(
    [
        "congress",
        "senate",
        "supreme court",
        "house of representatives",
        "justice department",
        "treasury",
        "labour party",
        "conservative party",
        "democratic party",
        "republican party",
        "parliament",
        "people's party",
        "workers' party",
        "community",
        "commission",
    ]
)


def one_body(short: tuple[str, ...], long: tuple[str, ...], kind: str) -> bool:
    """Whether the shorter name of a body or place is a usual short form of the longer.

    “Labour” for Labour Party, “Nile Grid” for Nile Grid Distribution Ltd, “Owls” for Rice Owls, “Commission”
    for European Commission, “Justice Ministry” for Mexican Justice Ministry; not “Senate” for Senate Finance
    Committee.
    """
    n = len(short)
    if not short or n >= len(long):
        return False
    if n == 1 and kind == "organization" and long[1] in {"of", "for"} and long[0] in body_nouns():
        return short in (long[:1], long[2:])  # “the Church”, “Scientology” for Church of Scientology
    if long[:n] == short:
        rest = long[n:]
        if kind == "place":
            return (
                rest in {("city",), ("state",), ("county",), ("province",)}
                and " ".join(short) not in gazetteer.regions()
            )
        if all(w in CORPORATE for w in rest):
            return True
        if short[-1] in body_nouns():
            return n >= 2 and rest[0] in {"of", "in", "for"}
        return kind == "organization" and short[-1] not in SMALL
    return long[-n:] == short and kind == "organization"


def expansions(doc: Doc, spots: list[Spot]) -> dict[str, str]:
    """Acronym → the long name in this article that it stands for; the one in brackets beside it, or the
    first.
    """
    longs: dict[str, list[Spot]] = {}
    shorts: dict[str, list[Spot]] = {}
    for spot in spots:
        if is_acronym(spot.text) and spot.kind != "place":  # no dateline, “SOFIA (News Agency) - ”
            shorts.setdefault(spot.text, []).append(spot)
        elif len(words_of(spot.text)) > 1 and spot.kind in {"organization", "group", "place", "country"}:
            longs.setdefault(spot.text, []).append(spot)
    found: dict[str, str] = {}
    for acronym, places in shorts.items():
        for text, others in longs.items():
            if spells(acronym, words_of(text)) or bracketed(doc, places, others):
                found.setdefault(acronym, text)
                if bracketed(doc, places, others):
                    found[acronym] = text
                    break
    return found


def key_of_country(draft: Draft) -> bool:
    """Whether a draft was made for a state: by the lists, or told from its use (`states`)."""
    return any(s.kind.startswith("country:") for s in draft.spots)


def merge_bodies(doc: Doc, spots: list[Spot]) -> list[Draft]:
    """One draft a body, country, place or group."""
    drafts: list[Draft] = []
    by_key: dict[str, Draft] = {}
    longer = expansions(doc, spots)
    texts = {fold(gazetteer.bare(s.text)) for s in spots}
    for spot in spots:
        text = spot.text if spot.text == "EC" else longer.get(spot.text, spot.text)
        if spot.kind.startswith("country:"):
            key: str | None = spot.kind
        elif spot.kind == "person":
            key = None
        else:
            key = body_key(text, texts, spot.kind)
        if key is None:
            key = gazetteer.regions().get(fold(text)) or " ".join(words_of(text)) or text
            if len(key) > 4 and key.endswith("s") and not key.endswith("ss") and spot.kind != "place":
                key = key[:-1]  # “Conservatives”, “a Conservative”
        draft = by_key.get(key)
        if draft is None:
            draft = by_key[key] = Draft(spot.kind)
            known, _, name = key.partition(":")
            if known in {"country", "body"} and name:
                draft.known = name
            drafts.append(draft)
        draft.spots.append(spot)
    for draft in drafts:
        kinds = Counter("country" if s.kind.startswith("country:") else s.kind for s in draft.spots)
        draft.kind = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))[0][0]
        if draft.known:
            country = draft.known in gazetteer.country_titles() or key_of_country(draft)
            draft.kind = "country" if country else "organization"
    # Short forms join the long name.
    merged: dict[int, int] = {}

    def root(i: int) -> int:
        while i in merged:
            i = merged[i]
        return i

    names = [sorted({words_of(s.text) for s in d.spots}) for d in drafts]
    firsts = [{words[0] for words in forms if words} for forms in names]
    inside = [{word for words in forms for word in words} for forms in names]
    for i, draft in enumerate(drafts):
        if draft.kind not in {"organization", "place"} or draft.known:
            continue
        best: int | None = None
        for j, other in enumerate(drafts):
            if i == j or draft.kind != other.kind or firsts[i].isdisjoint(inside[j]) or root(j) == root(i):
                continue  # a short form has no word that the long one lacks
            if any(one_body(a, b, draft.kind) for a in names[i] for b in names[j]) and (
                best is None or near(draft, other) < near(draft, drafts[best])
            ):
                best = j
        if best is not None and root(best) != i:
            merged[i] = root(best)
    for i in sorted(merged):
        home = drafts[root(i)]
        home.spots += drafts[i].spots
    kept = [d for i, d in enumerate(drafts) if i not in merged]
    for draft in kept:
        draft.spots.sort()
    return kept


def near(a: Draft, b: Draft) -> int:
    """How far the first of `b` stands before the first of `a`; those behind come after all before."""
    gap = a.spots[0].first - b.spots[0].first
    return gap if gap >= 0 else 1_000_000 - gap


def bracketed(doc: Doc, shorts: list[Spot], longs: list[Spot]) -> bool:
    """Whether one stands in brackets right behind the other: “African Union (AU)”."""
    text = doc.text
    for a in shorts:
        for b in longs:
            left, right = (a, b) if a.span < b.span else (b, a)
            gap = text[left.span.end : right.span.start]
            if len(gap) <= 4 and "(" in gap and text[right.span.end : right.span.end + 1] == ")":
                if any(line.covers(left.span) for line in dateline.spans(doc)):
                    continue  # “LIMA, Peru (AP) —”
                return True
    return False


def american_state(text: str) -> bool:
    """Whether a name is a state's in full, or as the press shortens it (“Ky.”); not as the post does (“IN”)."""
    key = fold(text)
    return key in gazetteer.regions() and (gazetteer.regions()[key] == key.rstrip(".") or text[-1] == ".")


def owns(doc: Doc, spot: Spot) -> bool:
    """Whether a possessive ending stands behind a name of several words that no given name opens, or one of capitals:
    where a person's name follows, “Wells Fargo['s] Ana Silva” works there."""
    single = spot.last - spot.first < 2 and not spot.text.isupper()
    if single or fold(doc.tokens[spot.first].text) in gazetteer.name_genders():
        return False
    return spot.last < len(doc.tokens) and doc.tokens[spot.last].text in ("'s", "’s")


def run_by_others(doc: Doc, spot: Spot) -> bool:
    """Whether the words behind a single word tell that it names a body: “Greenwatch's director”."""
    tokens, last = doc.tokens, spot.last
    if last - spot.first != 1 or spot.text.lower() in gazetteer.given_names():
        return False
    return (
        last + 1 < len(tokens)
        and tokens[last].text in ("'s", "’s")
        and tokens[last + 1].text.lower() in lexicon.words("run_by")
    )


# ------------------------------------------------------------------ all together
def spots_of(doc: Doc, parse: Parse, names: tuple[Name, ...]) -> tuple[list[Spot], list[Spot]]:
    """All names as spots, with metonyms and demonyms given to their countries, and the asides; things are
    left out.
    """
    where = Tokens(doc)
    found: list[Spot] = []
    asides: list[Spot] = []
    taken: set[int] = set()
    tokens = doc.tokens
    local = states.known(states.find(doc, parse, names))
    cities = states.datelines(doc)
    parts_of_people = {
        word
        for name in names
        if name.kind == "person" and len(words := doc.text[name.span.start : name.span.end].split()) > 1
        for word in words
    }
    person_starts = {a: b - a for a, b in (where.of(n.span) for n in names if n.kind == "person")}
    tidied = [(name, spot) for name in names if (spot := tidy(doc, where, name)) is not None]
    bodies = {
        spot.text
        for name, spot in tidied
        if name.kind == "person"
        and spot.text not in parts_of_people
        and (run_by_others(doc, spot) or (owns(doc, spot) and person_starts.get(spot.last + 1, 0) > 1))
    }
    for name, spot in tidied:
        taken.update(range(spot.first, spot.last))
        key = fold(spot.text)
        if name.kind == "person" and spot.text in bodies:
            name = name._replace(kind="organization")
            spot = spot._replace(kind="organization", titles=())
        if (name.kind in {"person", "organization"} and key in cities) or (
            name.kind == "organization" and american_state(spot.text)
        ):
            name = name._replace(kind="place")
            spot = spot._replace(kind="place", titles=())
        word = spot.text.title() if len(spot.text) > 3 and spot.text.isupper() else spot.text
        country = gazetteer.demonyms().get(word) or local.get(word)
        if word in local and word == local[word].name:
            found.append(spot._replace(kind="country:" + word))
            continue
        if country and (name.kind != "person" or word in local):
            state = spot._replace(kind="country:" + country.name)
            if word in local:
                adjectival = word in country.adjectives and not parse.tags[spot.last - 1].endswith("S")
                if not adjectival:
                    found.append(spot._replace(kind="group"))
                else:
                    (found if usage.demonym_is_state(doc, parse, spot.last - 1) else asides).append(state)
            elif word in gazetteer.adjectives() and (
                name.kind == "country" or parse.tags[spot.last - 1].startswith("JJ")
            ):
                (found if usage.demonym_is_state(doc, parse, spot.last - 1) else asides).append(state)
            elif name.kind in {"group", "country"}:
                found.append(spot._replace(kind="group"))
            continue
        if name.kind == "group" and parse.tags[spot.last - 1].startswith("JJ"):
            continue  # “Muslim pilgrims”: no name of theirs
        if name.kind == "other" or (key in BEHIND and spot.text.isupper()):
            continue
        if (
            spot.first > 1
            and tokens[spot.first - 1].text == "-"
            and tokens[spot.first - 2].text.lower() in {"pro", "anti", "non"}
        ):
            if key in gazetteer.capitals():
                spot = spot._replace(kind="country:" + gazetteer.capitals()[key].name)
            asides.append(spot)
            continue
        if name.kind in {"place", "country", "organization"} and key in gazetteer.capitals():
            state_use = usage.seat_is_state(doc, parse, spot.first, spot.last)
            if state_use or (state_use is None and name.kind == "country"):
                body = gazetteer.body_seats().get(key)
                if body is not None and speaks_of(doc, names, body, gazetteer.capitals()[key]):
                    found.append(spot._replace(kind="organization", text=body.name))
                else:
                    found.append(spot._replace(kind="country:" + gazetteer.capitals()[key].name))
                continue
            spot = spot._replace(kind="place")
        elif key in gazetteer.body_seats() and name.kind == "organization":
            body = gazetteer.body_seats()[key]
            found.append(spot._replace(text=body.name))
            continue
        found.append(spot)
    adjectives = gazetteer.adjectives()
    demonyms = {**local, **adjectives} if local else adjectives
    for i in [i for i, text in enumerate(laid(doc).texts) if text in demonyms]:
        token = tokens[i]
        if i in taken or not token.text[0].isupper():
            continue
        country = demonyms[token.text]
        if token.text not in adjectives and token.text != country.name:
            country = country if token.text in country.adjectives else None
        if country:
            state = Spot(Span(token.start, token.end), i, i + 1, token.text, "country:" + country.name, ())
            (found if usage.demonym_is_state(doc, parse, i) else asides).append(state)
    found.sort()
    return found, asides


def speaks_of(doc: Doc, names: tuple[Name, ...], body: gazetteer.Body, country: gazetteer.Country) -> bool:
    """Whether an article names a body and not the country in whose capital it sits: “Brussels” is the Union there."""
    said = {gazetteer.bare(doc.text[n.span.start : n.span.end]) for n in names}
    if any(gazetteer.demonyms().get(n) == country or fold(n) == fold(country.name) for n in said):
        return False
    return any(gazetteer.body_names().get(fold(n)) == body for n in said)


def turns(doc: Doc, spots: list[Spot]) -> list[Spot]:
    """Speakers of a transcript in capitals before a colon (`SILVA: Well, …`), where the article names them
    elsewhere.
    """
    tokens = doc.tokens
    colons = [i for i, text in enumerate(laid(doc).texts) if text == ":"]
    heard = [i - 1 for i in colons if i and len(tokens[i - 1].text) > 2 and tokens[i - 1].text.isupper()]
    if not heard:
        return []
    surnames = {parts(s.text)[-1] for s in spots if s.kind == "person" and parts(s.text)}
    taken = {i for s in spots for i in range(s.first, s.last)}
    return [
        Spot(Span(tokens[i].start, tokens[i].end), i, i + 1, tokens[i].text, "person", ())
        for i in heard
        if i not in taken and fold(tokens[i].text) in surnames
    ]


def groups_of(doc: Doc, spots: list[Spot]) -> list[Draft]:
    """Groups of states that act as one: “Western capitals”."""
    table = gazetteer.groups()
    tokens = doc.tokens
    heard = [i for i, text in enumerate(laid(doc).texts[:-1]) if text in table]
    if not heard:
        return []
    taken = {i for s in spots for i in range(s.first, s.last)}
    found: dict[str, Draft] = {}
    for i in heard:
        if i + 1 in taken:
            continue
        rest = table[tokens[i].text]
        for n in (1, 2):
            name = rest.get(" ".join(t.text.lower() for t in tokens[i + 1 : i + 1 + n]))
            if name:
                span = Span(tokens[i].start, tokens[i + n].end)
                draft = found.setdefault(name, Draft("group", known=name, form="nominal"))
                draft.spots.append(Spot(span, i, i + n + 1, doc.text[span.start : span.end], "group", ()))
                break
    return list(found.values())


def merge(doc: Doc, parse: Parse, names: tuple[Name, ...]) -> list[Draft]:
    """The drafts of an article, in the order of their first names."""
    spots, asides = spots_of(doc, parse, names)
    paragraph: list[int] = []
    for s in doc.sentences:
        paragraph += [s.paragraph] * (s.last - s.first)
    spots += turns(doc, spots)
    people = merge_people([s for s in spots if s.kind == "person"], paragraph)
    others = merge_bodies(doc, [s for s in spots if s.kind != "person"])
    drafts = sorted(people + others + groups_of(doc, spots), key=lambda d: d.spots[0])
    known = {d.known: d for d in drafts if d.known}
    said = {s.text: d for d in drafts for s in d.spots}
    for spot in asides:
        home = known.get(spot.kind.partition(":")[2]) or said.get(spot.text)
        if home:
            home.asides.append(spot)
    return drafts
