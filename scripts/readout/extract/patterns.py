"""Rows of words matched against tokens: the pattern language of the move lexicons.

The language is described at the head of `lexicons/instruments.toml`. A pattern is compiled once; all
forms of its words are made then (`forms`), so that matching looks words up and never takes them apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

IRREGULAR = {
    "bear": "bore borne",
    "become": "became",
    "begin": "began begun",
    "bid": "bade bidden",
    "bind": "bound",
    "break": "broke broken",
    "bring": "brought",
    "build": "built",
    "buy": "bought",
    "choose": "chose chosen",
    "come": "came",
    "cut": "cutting",
    "deal": "dealt",
    "do": "did done does",
    "draw": "drew drawn",
    "drive": "drove driven",
    "fall": "fell fallen",
    "fight": "fought",
    "find": "found",
    "fly": "flew flown",
    "forbid": "forbade forbidden",
    "freeze": "froze frozen",
    "get": "got gotten getting",
    "give": "gave given",
    "go": "went gone goes",
    "grow": "grew grown",
    "have": "had has having",
    "hear": "heard",
    "hit": "hitting",
    "hold": "held",
    "keep": "kept",
    "lay": "laid",
    "lead": "led",
    "leave": "left",
    "lend": "lent",
    "let": "letting",
    "lie": "lay lain lying",
    "lose": "lost",
    "make": "made",
    "mean": "meant",
    "meet": "met",
    "overthrow": "overthrew overthrown",
    "overrun": "overran",
    "pay": "paid",
    "put": "putting",
    "quit": "quitting",
    "read": "read",
    "rise": "rose risen",
    "run": "ran running",
    "say": "said",
    "see": "saw seen",
    "seek": "sought",
    "sell": "sold",
    "send": "sent",
    "set": "setting",
    "shed": "shedding",
    "shoot": "shot",
    "shut": "shutting",
    "sink": "sank sunk",
    "sit": "sat sitting",
    "speak": "spoke spoken",
    "spend": "spent",
    "split": "splitting",
    "stand": "stood",
    "strike": "struck",
    "swear": "swore sworn",
    "take": "took taken",
    "teach": "taught",
    "tear": "tore torn",
    "tell": "told",
    "think": "thought",
    "throw": "threw thrown",
    "undertake": "undertook undertaken",
    "uphold": "upheld",
    "win": "won winning",
    "withdraw": "withdrew withdrawn",
    "withhold": "withheld",
    "write": "wrote written",
    "drop": "dropped dropping",
    "plan": "planned planning",
    "ban": "banned banning",
    "bar": "barred barring",
    "scrap": "scrapped scrapping",
    "commit": "committed committing",
    "refer": "referred referring",
    "defer": "deferred deferring",
    "step": "stepped stepping",
    "stop": "stopped stopping",
    "slap": "slapped slapping",
    "swap": "swapped swapping",
    "peg": "pegged pegging",
    "ship": "shipped shipping",
    "trim": "trimmed trimming",
    "prop": "propped propping",
    "strip": "stripped stripping",
    "permit": "permitted permitting",
    "admit": "admitted admitting",
    "submit": "submitted submitting",
    "rebut": "rebutted rebutting",
    "expel": "expelled expelling",
    "compel": "compelled compelling",
    "propel": "propelled propelling",
    "cancel": "cancelled canceled cancelling canceling",
    "confer": "conferred conferring",
    "transfer": "transferred transferring",
    "unveil": "unveiled unveiling",
    "pass": "passed passing",
    "rebuff": "rebuffed",
    "veto": "vetoed vetoing vetoes",
    "curb": "curbed curbing",
    "tap": "tapped tapping",
    "rig": "rigged rigging",
    "dub": "dubbed",
    "axe": "axed axing",
    "annul": "annulled annulling",
    "control": "controlled controlling",
    "shelve": "shelved shelving",
    "mull": "mulled mulling",
    "hail": "hailed hailing",
    "broker": "brokered brokering",
    "pardon": "pardoned pardoning",
    "order": "ordered ordering",
    "lay off": "",
    "be": "is are was were been being am 's 're 'm ’s ’re ’m",
    "will": "'ll ’ll wo",
    "would": "'d ’d",
    "can": "ca",
    "man": "men",
    "woman": "women",
    "people": "peoples",
    "man-of-war": "",
    "resume": "resumed resuming",
    "sue": "sued suing",
    "free": "freed freeing",
    "agree": "agreed agreeing",
    "guarantee": "guaranteed guaranteeing",
    "decree": "decreed decreeing",
    "referendum": "referendums referenda",
    "medium": "media",
    "crisis": "crises",
    "spy": "spied spying spies",
    "die": "died dying",
    "re-elect": "re-elected",
    "medicine": "medicines",
}
DOUBLING = frozenset("b d g m n p r t".split())
WEAK_DOUBLE = frozenset(
    """ban bar plan stop drop slap swap peg ship trim prop strip tap rig grab plug dub mob sap clip whip
    step scrap scrub bid
    rebut commit permit admit submit refer defer confer transfer infer occur regret pit jet abet equip rob
    chat rap""".split()
)


def forms(word: str) -> frozenset[str]:
    """All forms of a word, as a noun and as a verb, in lower case.

    >>> sorted(forms("veto"))
    ['veto', 'vetoed', 'vetoes', 'vetoing', 'vetos']
    """
    out = {word}
    if len(word) < 3 or not word[-1].isalpha():
        return frozenset(out | set(IRREGULAR.get(word, "").split()))
    irregular = IRREGULAR.get(word, "").split()
    out.update(irregular)
    ends_y = word[-1] == "y" and word[-2] not in "aeiou"
    if ends_y:
        out.add(word[:-1] + "ies")
    elif word[-1] in "sxz" or word[-2:] in ("ch", "sh"):
        out.add(word + "es")
    else:
        out.add(word + "s")
    stem = word[:-1] if word[-1] == "e" and word[-2:] not in ("ee", "oe", "ye") else word
    double = word in WEAK_DOUBLE
    if not any(f.endswith("ing") for f in irregular):
        out.add((word + word[-1] if double else stem) + "ing")
    if not irregular:
        if ends_y:
            out.add(word[:-1] + "ied")
        elif word[-1] == "e":
            out.add(word + "d")
        else:
            out.add((word + word[-1] if double else word) + "ed")
    return frozenset(out)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a pattern."""

    kind: str
    """`word`, `gap`, `object` or `subject`."""
    words: frozenset[str]
    """Forms it takes; empty for a gap."""
    special: frozenset[str]
    """`NAME`, `NUM`, `COUNTRY`, `PERSONNAME`: what else it takes."""
    tag: str
    """`N`, `V`, `J` or empty."""
    low: int
    high: int
    """A gap's least and greatest length; for a word, 0–1 when optional, else 1–1."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern of one type."""

    code: str
    strength: str
    """`strong`, `weak`, `verb` or `never`."""
    source: str
    items: tuple[Item, ...]
    head: int
    """Index of the head item."""
    needs: tuple[frozenset[str], ...]
    """For every further word item: forms of which the sentence must hold one."""


SPECIAL = frozenset({"NAME", "NUM", "COUNTRY", "PERSONNAME"})
PREPOSITIONS = frozenset("of on for to from with between against in into by at as about".split())


class Classes(dict[str, frozenset[str]]):
    """Word class → forms."""


def load_classes(table: Mapping[str, str]) -> Classes:
    """The classes of a lexicon with all forms of their words."""
    return Classes({k: frozenset().union(*(forms(w) for w in v.split())) for k, v in table.items()})


def compile_item(source: str, classes: Classes) -> list[Item]:
    """One item as written; a hyphenated word gives several."""
    if m := re.fullmatch(r"~(\d*)", source):
        return [Item("gap", frozenset(), frozenset(), "", 0, int(m[1]) if m[1] else 3)]
    kind = {">": "object", "<": "subject"}.get(source[0], "word")
    if kind != "word":
        source = source[1:]
    source = source.lstrip("^")
    low = 1
    if source.endswith("?"):
        source, low = source[:-1], 0
    source, _, tag = source.partition("/")
    words: set[str] = set()
    special: set[str] = set()
    if not tag and kind == "word" and source.startswith("@") and source[1:].partition("|")[0] not in SPECIAL:
        tag = "N"  # a class holds nouns
    for option in source.split("|"):
        if option.startswith("@"):
            if option[1:] in SPECIAL:
                special.add(option[1:])
            else:
                words |= classes[option[1:]]
        elif option.startswith("="):
            words.add(option[1:])
        else:
            words |= forms(option)
    return [Item(kind, frozenset(words), frozenset(special), tag, low, 1)]


def spread(source: str) -> list[str]:
    """A pattern without alternatives of several words: `a|b_c d` gives `a d` and `b c d`."""
    for piece in source.split():
        if "_" in piece and "|" in piece:
            body, slash, tag = piece.partition("/")
            options = body.split("|")
            single = "|".join(o for o in options if "_" not in o)
            many = [o.replace("_", " ") for o in options if "_" in o]
            out: list[str] = []
            for option in ([single + slash + tag] if single else []) + many:
                out += spread(source.replace(piece, option, 1))
            return out
    return [source.replace("_", " ")]


def compile_pattern(code: str, strength: str, source: str, classes: Classes) -> Pattern:
    """A pattern from its source. Raises KeyError for a class that is not defined."""
    pieces = source.split()
    items: list[Item] = []
    for piece in pieces:
        items += compile_item(piece, classes)
    head = next((i for i, p in enumerate(pieces) if p.lstrip("<>").startswith("^")), -1)
    if head < 0 and strength == "verb":
        head = next(i for i, item in enumerate(items) if item.kind == "word")
        first = items[head]
        if not first.tag:
            items[head] = replace(first, tag="V")
    elif head < 0:
        head = 0
        for i, (piece, item) in enumerate(zip(pieces, items, strict=True)):
            if item.kind != "word" or (i and piece in PREPOSITIONS):
                if piece in PREPOSITIONS or (item.kind == "gap" and item.high > 1):
                    break
                continue
            head = i
    needs = tuple(i.words for k, i in enumerate(items) if k and i.words and not i.special and i.low)
    return Pattern(code, strength, source, tuple(items), head, needs)


@dataclass(slots=True)
class Words:
    """What the matcher sees of a doc, parallel to its tokens; its fields are read far too often for a tuple's."""

    lower: Sequence[str]
    tags: Sequence[str]
    heads: Sequence[int]
    relations: Sequence[str]
    children: Sequence[Sequence[int]]
    naming: Sequence[str]
    """Kind of the name or demonym a token belongs to (`country`, `person` …), or empty."""


class Match(NamedTuple):
    """A pattern found: its tokens `[first, last)` and the head among them."""

    first: int
    last: int
    head: int
    pattern: Pattern
    argument: int = -1
    """The object or subject that the pattern asks for; -1 where it asks for none."""


def fits(item: Item, w: Words, i: int) -> bool:
    """Whether a token fits a word item."""
    if w.lower[i] not in item.words:
        if not item.special:
            return False
        naming = w.naming[i]
        if not (
            ("NAME" in item.special and naming)
            or ("COUNTRY" in item.special and naming == "country")
            or ("PERSONNAME" in item.special and naming == "person")
            or ("NUM" in item.special and w.tags[i] == "CD")
        ):
            return False
    if not item.tag:
        return True
    tag = w.tags[i]
    if item.tag == "V":
        return tag[0] == "V" or (tag == "JJ" and w.lower[i].endswith(("ed", "en", "ing")))
    if item.tag == "N":
        return tag[0] == "N"
    return tag[0] == "J" or tag in ("VBN", "VBG")


STOP = frozenset({".", ";", ":", "!", "?"})
OBJECTS = frozenset({"obj", "nsubj:pass", "iobj", "dobj"})
SUBJECTS = frozenset({"nsubj", "obl:agent", "csubj"})
MEASURES = frozenset(
    """number thousand thousands hundreds dozens dozen hundred scores group contingent batch series lot
    handful couple shipment
    rest half third majority total some all one two three four pair value worth ton tonnes tonne barrels
    amount kind type
    range sale sales supply supplies member members import imports export exports""".split()
)


def reach(w: Words, i: int) -> list[int]:
    """A noun with what stands for it: conjuncts, the noun behind “thousands of”, compounds."""
    found = [i]
    for c in w.children[i]:
        relation = w.relations[c]
        if (
            relation == "conj"
            or (relation == "nmod" and w.lower[i] in MEASURES)
            or relation in ("compound", "flat", "amod")
        ):
            found.append(c)
            if relation in ("conj", "nmod"):
                found += [d for d in w.children[c] if w.relations[d] in ("conj", "compound", "flat", "amod")]
    return found


def suits(item: Item, w: Words, head: int, d: int) -> bool:
    """Whether a word of an argument fits: a name must be its head, a common word may be a modifier."""
    if not fits(item, w, d):
        return False
    return d == head or w.lower[d] in item.words or w.relations[d] in ("conj", "flat", "nmod")


def argument(item: Item, w: Words, verb: int, first: int, last: int) -> int | None:
    """The token that fits as the object (or subject) of a verb, or None."""
    wanted = OBJECTS if item.kind == "object" else SUBJECTS
    seen = False
    for c in w.children[verb]:
        if w.relations[c] in wanted:
            seen = True
            for d in reach(w, c):
                if suits(item, w, c, d):
                    return d
    relation = w.relations[verb]
    if relation.startswith("acl") and w.heads[verb] >= 0:
        passive = w.tags[verb] == "VBN"
        if (item.kind == "object") == passive or relation == "acl:relcl":
            seen = True
            for d in reach(w, w.heads[verb]):
                if suits(item, w, w.heads[verb], d):
                    return d
    if seen:
        return None
    # no argument parsed: the words nearby, up to the next verb
    if item.kind == "object":
        for i in range(verb + 1, min(last, verb + 6)):
            if w.lower[i] in STOP or w.tags[i] in ("VBD", "VBZ", "VBP", "MD"):
                break
            if fits(item, w, i) and w.tags[i][0] in "NJC":
                return i
    return None


def match_at(pattern: Pattern, w: Words, start: int, first: int, last: int) -> Match | None:
    """The pattern at a token, within the sentence `[first, last)`; gaps as short as they can be."""
    items = pattern.items
    head = start
    verb = start
    held = -1

    def step(k: int, i: int) -> int | None:
        nonlocal head, verb, held
        if k == len(items):
            return i
        item = items[k]
        if item.kind == "word":
            if i < last and fits(item, w, i):
                was = head, verb
                if k == pattern.head:
                    head = i
                if w.tags[i][0] == "V":
                    verb = i
                end = step(k + 1, i + 1)
                if end is not None:
                    return end
                head, verb = was
            return step(k + 1, i) if item.low == 0 else None
        if item.kind == "gap":
            for j in range(i, min(last, i + item.high) + 1):
                end = step(k + 1, j)
                if end is not None:
                    return end
                if j >= last or w.lower[j] in STOP:
                    return None
            return None
        at = argument(item, w, verb, first, last)
        if at is None:
            return None
        held = at
        if k + 1 == len(items):
            return i
        for j in range(i, min(last, i + 8)):
            end = step(k + 1, j)
            if end is not None:
                return end
        return None

    end = step(0, start)
    return None if end is None else Match(start, max(end, start + 1), head, pattern, held)


class Matcher:
    """Patterns indexed by the forms of their first word."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.index: dict[str, list[tuple[Pattern, int]]] = {}
        """First word → the patterns it may open, each with what it needs besides."""
        self.meets: dict[str, int] = {}
        """Word → the needs that it meets. A set of needs is a number with a bit for each."""
        bits: dict[frozenset[str], int] = {}
        for p in patterns:
            first = p.items[0]
            needs = 0
            for need in p.needs:
                needs |= bits.setdefault(need, 1 << len(bits))
            for opening in (*first.words, *("@" + special for special in first.special)):
                self.index.setdefault(opening, []).append((p, needs))
        for need, bit in bits.items():
            for word in need:
                self.meets[word] = self.meets.get(word, 0) | bit

    def find(self, w: Words, first: int, last: int) -> list[Match]:
        """Every match in the sentence `[first, last)`, by place and then by the order of the patterns."""
        words, naming = w.lower[first:last], w.naming[first:last]
        index = self.index
        opening = [i for i, word in enumerate(words) if word in index]
        if "country" in naming:
            opening = sorted({*opening, *(i for i, kind in enumerate(naming) if kind == "country")})
        if not opening:
            return []
        met = 0
        for needs in map(self.meets.get, words):
            if needs:
                met |= needs
        found: list[Match] = []
        for i in opening:
            options = index.get(words[i], [])
            if naming[i] == "country":
                options = options + index.get("@COUNTRY", [])
            for p, needs in options:
                if needs & met == needs:
                    m = match_at(p, w, first + i, first, last)
                    if m:
                        found.append(m)
        return found
