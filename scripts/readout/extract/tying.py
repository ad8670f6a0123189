"""Which terms belong to a move: of all that its sentences hold, what a careful reader would write down.

The grammars of `terms` and the rules of `moves` propose; every noun phrase around the trigger stands beside them as a
possible scope. Each is weighed by where it stands in the tree, what introduces it, whether another instrument is
nearer, the status of the move, and what the rules made of it. The weights (`weights/tying.json`) are a logistic
regression, trained by `scripts/training/tying.py`.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from readout.extract import casting, participants, syntax, terms
from readout.extract.layout import laid
from readout.extract.participants import Cast_
from readout.extract.patterns import Words
from readout.records import Doc

if TYPE_CHECKING:
    from readout.extract.moves import Mention

PATH = Path(__file__).resolve().parent.parent / "weights" / "tying.json"
BARS = {True: 0.1, False: 0.35}
"""The probability from which a term is kept: one that the rules tie to the move, and another. The rules are seldom
wrong on plain sentences. Chosen on articles not learned from; between 0.3 and 0.4 they tell no difference.
"""
MENTIONS = 4
"""How many mentions of a move are searched for terms."""


@dataclass(slots=True)
class Candidate:
    """A term that may belong to a move."""

    term: terms.Found
    mention: Mention
    """The mention in whose sentence it stands."""
    token: int
    """The token its phrase turns on."""
    words: frozenset[str] = frozenset()
    """Of a scope, the words that tell."""
    features: dict[str, float] = field(default_factory=dict)


def weights() -> Mapping[str, float]:
    """Feature → weight; empty where there is no file."""
    return load(str(PATH))


@lru_cache(maxsize=2)
def load(path: str) -> Mapping[str, float]:
    """The weights of a file."""
    if not Path(path).exists():
        return {}
    found: dict[str, float] = json.loads(Path(path).read_text(encoding="utf-8"))["weights"]
    return found


# ---------------------------------------------------------------- what may be a term
def phrase_of(doc: Doc, w: Words, head: int, short: bool = False) -> tuple[int, int]:
    """The span of the noun phrase of a head, without preposition and article before it; what is coordinated close
    behind belongs to it (“steel and aluminium”). `short` leaves out what hangs behind the head by a preposition.
    """
    inside = {i for i in participants.subtree(w, head, 3) if abs(i - head) < 12}
    if short:
        for k in w.children[head]:
            if k > head and w.relations[k] in ("nmod", "obl", "acl", "acl:relcl", "appos"):
                inside -= set(participants.subtree(w, k, 3))
    first = last = head
    while first - 1 in inside and head - first < 7:
        first -= 1
    while last + 1 in inside and last - head < 9:
        last += 1
    if not short:
        for c in w.children[head]:
            if w.relations[c] == "conj" and c - last <= 4:
                last = max(last, c)
    while first < head and (
        w.relations[first] in ("case", "det", "punct")
        or w.lower[first] in ("the", "a", "an", "on", "of", "for")
    ):
        first += 1
    while last > head and w.relations[last] in ("punct", "case", "cc"):
        last -= 1
    return doc.tokens[first].start, doc.tokens[last].end


COVERED = frozenset("obj iobj nsubj nsubj:pass obl nmod nmod:poss compound amod acl conj xcomp ccomp".split())
TRADED = frozenset("import export sale shipment purchase delivery".split())
MOST = 20
NO_SCOPE = participants.TIMES | participants.FIGURES


def scopes(doc: Doc, w: Words, m: Mention) -> list[tuple[terms.Found, int]]:
    """Noun phrases that hang on the words of a measure, as possible scopes, each with its head."""
    c = m.candidate
    anchors = [*range(c.first, c.last), *m.frame.wrapped[:2]]
    if m.frame.predicate is not None:
        anchors.append(m.frame.predicate)
    anchors += [q.token for q in m.frame.cues if not q.noun][:2]
    heads: list[int] = []
    for a in dict.fromkeys(anchors):
        for k in w.children[a]:
            if c.first <= k < c.last or w.relations[k] not in COVERED:
                continue
            if w.tags[k][0] == "V":
                heads += [x for x in w.children[k] if w.relations[x] in ("obj", "obl", "nsubj:pass", "nsubj")]
            else:
                heads.append(k)
                heads += [x for x in w.children[k] if w.relations[x] == "nmod" and x > k]
    out: list[tuple[terms.Found, int]] = []
    for head in dict.fromkeys(heads):
        if w.tags[head][0] not in "NJ" or w.lower[head] in NO_SCOPE or not w.lower[head][0].isalpha():
            continue
        if w.lower[head].rstrip("s") in TRADED and participants.prepositional(w, head, ("of",)):
            continue  # of “imports of steel”, the steel
        spans = {phrase_of(doc, w, head), phrase_of(doc, w, head, short=True)}
        out += [(terms.Found("scope", a, b, None, "phrase"), head) for a, b in sorted(spans) if b - a > 3]
    return out[:MOST]


NUMBER = rf"(?:{terms.NUMBER}|a|an|several|few)"
SEASON = "spring|summer|autumn|winter|fall"
YEAR = r"(?:19|20)\d\d"
MONTH = rf"{terms.MONTH}(?![a-z])"
WEEKDAY = terms.WEEKDAY.lower()
LENGTH = re.compile(
    r"\b(?:"
    + "|".join(
        (
            rf"(?:a maximum of )?{NUMBER}[-–\s]+{terms.UNIT}s?\b(?:\s+and\s+{NUMBER}\s+{terms.UNIT}s?\b)?",
            r"indefinitely",
            r"until\s+further\s+notice",
            rf"(?:the\s+)?(?:next|coming)\s+(?:{NUMBER}\s+)?{terms.UNIT}s?\b",
        )
    )
    + ")"
)
EDGE = r"(?:end|beginning|start|middle)\s+of\s+(?:the\s+|this\s+|next\s+)?"
PART = r"(?:first|second|third|fourth|last)\s+(?:quarter|half)"
TIME = re.compile(
    r"\b(?=\w)(?:"
    + "|".join(
        (
            rf"(?:the\s+)?(?:weekend|{EDGE}(?:{terms.UNIT}|{MONTH}|{SEASON}))\b",
            r"(?:the|this|next)\s+year['’]s\s+end\b",
            r"(?:today|tonight|tomorrow|immediately|christmas|easter|ramadan)\b",
            r"(?:(?:the|this|next|coming|early|late|mid)[-\s]+)+"
            rf"(?:{terms.UNIT}|{SEASON}|{WEEKDAY}|{MONTH}|{YEAR})\b"
            rf"(?:\s+(?:of\s+)?(?:this|next)\s+year|\s+{YEAR})?",
            rf"(?:(?<=by )|(?<=in ))(?:{SEASON})\b",
            rf"{PART}(?:\s+of\s+(?:this\s+year|next\s+year|{YEAR}))?",
            rf"{NUMBER}\s+{terms.UNIT}s?\b",
            rf"within\s+(?:{terms.NUMBER}|a|an|the|his|her|its)(?:\s+\w+){{0,2}}\s+{terms.UNIT}s?\b",
            rf"{MONTH}(?:\s+\d{{1,2}}\b)?(?:,?\s+(?:\d{{4}}|next\s+year)\b)?",
            rf"\d{{1,2}}\s+{MONTH}(?:\s+\d{{4}})?",
            rf"{YEAR}\b",
            rf"{WEEKDAY}\b",
        )
    )
    + ")"
)
MONTHS = re.compile(MONTH)


@lru_cache(maxsize=2)
def months_apart(text: str) -> str:
    """A text in lower case but for the months, for “may” and “march” are verbs; the offsets stay."""
    out, at = [], 0
    low = terms.lowered(text)
    for m in MONTHS.finditer(text):
        out += [low[at : m.start()], m[0]]
        at = m.end()
    return "".join(out) + low[at:]


MEASURED = (
    "dlrs dollars euros pounds pence yen rupees naira shillings francs marks pesos yuan rand kwacha baht won ringgit "
    "stg crowns cents Ecus pct percent points point basis tonnes tons barrels bales bags kilos bpd megawatts troops "
    "people soldiers"
).replace(" ", "|")
FIGURE = (
    rf"(?:[$£€¥]|\b[A-Z][A-Za-z]{{0,2}}[$£€]?\s?)?(?<![\d/.,]){terms.DIGITS}(?:\s*{terms.SCALES}\b)?"
    rf"(?:\s+(?:{MEASURED})(?:\s+points)?\b|\s+per\s+cent\b|%)?"
)
EACH = r"(?:\s+(?:a|an|per)\s+\w+\b(?!\s+(?:ago|before|earlier|later)))"
FEW = "one|two|three|four|five|six|seven|eight|nine|ten|half a"
SUM = re.compile(
    "|".join(
        (
            rf"between\s+{FIGURE}\s+and\s+{FIGURE}{EACH}?",
            rf"(?:from\s+)?{FIGURE}(?:\s+to\s+{FIGURE}|\s?[-–]\s?{FIGURE})?{EACH}?",
            rf"(?:{FEW})\s+(?:pence|cents?|(?:percentage\s+)?points?|pct|percent|million|billion)\b",
            r"\bzero\b",
        )
    )
)


def counts(doc: Doc, w: Words, first: int, last: int) -> list[tuple[terms.Found, int]]:
    """Every number with the noun it counts, as a possible amount."""
    out = []
    for i in range(first, last):
        head = w.heads[i]
        if w.tags[i] != "CD" or not first <= head < last or not i < head <= i + 9 or w.tags[head][0] != "N":
            continue
        if w.lower[head] in NO_SCOPE:
            continue
        span = doc.tokens[i].start, doc.tokens[head].end
        number = terms.value(w.lower[i].split("-")[0])
        noun = " ".join(doc.text[doc.tokens[i].end : span[1]].split()).lower()
        out.append(
            (terms.Found("amount", *span, f"{terms.plain(number)} {noun}" if number else None, "loose"), head)
        )
    return out


def loose(doc: Doc, w: Words, first: int, last: int) -> list[terms.Found]:
    """Everything in a sentence that looks like a length, a time or a sum, whatever stands around it."""
    text, low = doc.text, terms.lowered(doc.text)
    start, end = doc.tokens[first].start, doc.tokens[last - 1].end
    out = [
        terms.Found("duration", *m.span(), terms.length(m[0]), "loose")
        for m in LENGTH.finditer(low, start, end)
    ]
    times = TIME.finditer(months_apart(text), start, end)
    out += [terms.Found("deadline", *m.span(), None, "loose") for m in times]
    words = low[start:end]
    if not terms.DIGIT.search(words) and not any(k in words for k in SUM_WORDS):
        return out
    for m in SUM.finditer(text, start, end):
        if not BARE.fullmatch(m[0]):  # a bare figure counts something, or is a year
            a, b = m.start() + len(m[0]) - len(m[0].lstrip()), m.end()
            out += [terms.Found(kind, a, b, None, "loose") for kind in ("rate", "amount")]
    return out


SUM_WORDS = ("zero", "pence", "cent", "point", "pct", "illion")
"""One of them stands in every sum without a digit."""
BARE = re.compile(r"[\d.,\s]+")


def candidates(doc: Doc, tools: Cast_, cluster: Sequence[Mention], main: Mention) -> list[Candidate]:
    """Everything that may be a term of a move, each once, with its features."""
    w = tools.w
    order = sorted(cluster, key=lambda m: (m is not main, -m.score, m.order))[:MENTIONS]
    out: list[Candidate] = []
    seen: set[tuple[str, int, int]] = set()
    for m in order:
        number = m.candidate.sentence
        first, last = doc.sentences[number].first, doc.sentences[number].last
        if number not in tools.loose:
            tools.loose[number] = loose(doc, w, first, last)
        spans = [*m.terms, *tools.terms.get(number, ()), *tools.loose[number]]
        found = [(t, head_of(doc, w, t, first, last)) for t in dict.fromkeys(spans)]
        here: list[Candidate] = []
        for t, token in [*found, *counts(doc, w, first, last), *scopes(doc, w, m)]:
            key = (t.kind, t.start, t.end)
            if key not in seen and not misread(doc, w, t, token, spans):
                seen.add(key)
                here.append(Candidate(t, m, token, telling(doc, t)))
        place = Place(tools, main, m, here)
        for x in here:
            x.features = features(doc, tools, place, x)
        out += here
    return out


def converted(doc: Doc, t: terms.Found, spans: Sequence[terms.Found]) -> bool:
    """Whether a sum is said a second time, in brackets and another currency: “$10bn (£5.19bn)”."""
    if t.kind != "amount":
        return False
    before = doc.text[max(t.start - 12, 0) : t.start]
    gap = re.search(r"\s?\((?:about |around |some )?$", before)
    if gap is None:
        return False
    end = t.start - (len(before) - gap.start())
    return any(o.kind == "amount" and o.end == end for o in spans)


def telling(doc: Doc, t: terms.Found) -> frozenset[str]:
    """The words of a scope, without those of grammar; of another term none."""
    if t.kind != "scope":
        return frozenset()
    return frozenset(re.findall(r"\w+", doc.text[t.start : t.end].lower())) - GRAMMAR


GRAMMAR = frozenset("the a an and or of on to for in its their his her s all other".split())


def misread(doc: Doc, w: Words, t: terms.Found, token: int, spans: Sequence[terms.Found]) -> bool:
    """Whether what looks like a term is none."""
    return converted(doc, t, spans) or asked(doc, w, t, token) or season(doc, t)


def season(doc: Doc, t: terms.Found) -> bool:
    """Whether a year is half of a season: “the 1987/88 crop”."""
    if t.kind != "deadline":
        return False
    around = doc.text[max(t.start - 1, 0) : t.end + 1]
    return re.search(rf"{YEAR}/\d|/(?:{YEAR}|\d\d)$", around) is not None or around.endswith("/")


def asked(doc: Doc, w: Words, t: terms.Found, token: int) -> bool:
    """Whether an “if” opens a question, not a condition: “asked if the troops had left”."""
    return (
        t.kind == "condition"
        and doc.text[t.start : t.start + 3].lower() == "if "
        and w.relations[token] == "ccomp"
        and w.heads[token] < token
    )


def head_of(doc: Doc, w: Words, t: terms.Found, first: int, last: int) -> int:
    """The token of a term whose head lies outside it; the first one where there is none."""
    layout = laid(doc)
    inside = range(
        bisect_right(layout.ends, t.start, first, last), bisect_left(layout.starts, t.end, first, last)
    )
    fallback = inside[0] if inside else first
    return next((i for i in inside if w.heads[i] not in inside and w.tags[i][0] not in ".,:I"), fallback)


class Place:
    """What all candidates around one mention share."""

    def __init__(self, tools: Cast_, main: Mention, m: Mention, here: Sequence[Candidate]) -> None:
        self.terms = [x.term for x in here]
        self.gaps: dict[str, list[int]] = {}
        """Kind → how far the terms of the kind stand from the trigger."""
        for x in here:
            self.gaps.setdefault(x.term.kind, []).append(abs(x.token - m.candidate.head))
        self.chain = casting.chain(tools.w, m.candidate.head)
        self.main = m is main
        self.rivals = [
            o
            for o in tools.mentions.get(m.candidate.sentence, ())
            if o is not m and o.code != m.code and o.score >= 0.2
        ]
        """The mentions of other instruments beside it."""


def features(doc: Doc, tools: Cast_, place: Place, x: Candidate) -> dict[str, float]:
    """What tells whether a term belongs to a move, as numbers named in words."""
    w, t, m = tools.w, x.term, x.mention
    c, kind, code = m.candidate, t.kind, m.code
    f: dict[str, float] = {"bias": 1.0}

    def put(name: str) -> None:
        f[name] = 1.0
        f[f"{name}&{kind}"] = 1.0

    put("kind")
    f[f"kind={kind}&{code}"] = 1.0
    f[f"kind={kind}&{casting.FAMILY.get(code, '')}"] = 1.0
    rule = any(k.kind == kind and k.start < t.end and t.start < k.end for k in m.terms)
    put("rule" if rule else "no_rule")
    if rule:
        f[f"rule={kind}&{code}"] = 1.0
    put("found=" + (t.cue if t.cue in ("scope", "left", "count", "phrase", "loose") else "grammar"))
    start, end = t.start, t.end
    over = [k for k in place.terms if k.start < end and start < k.end]
    if t.cue == "loose" and any(k.kind == kind and k.cue != "loose" for k in over):
        put("surer")  # a grammar saw the same, and more of it
    if any(k.kind not in (kind, "scope") and k.cue not in ("loose", "phrase") for k in over):
        put("other_kind")
    if kind in ("deadline", "condition"):
        f[f"cue={t.cue}&{kind}"] = 1.0
    status = m.status
    put("status=" + status)
    if t.cue:
        f[f"cue={t.cue}&{status}"] = 1.0
    put("main" if place.main else "other")
    if m.headline:
        put("headline")
    chain = casting.chain(w, x.token)
    steps, length = casting.way(w, place.chain, chain)
    case = casting.case_of(w, x.token)
    put("way=" + steps)
    f[f"way={steps}&case={case}&{kind}"] = 1.0
    put(f"length={min(length, 6)}")
    put("case=" + case)
    f[f"case={case}&{kind}&{code}"] = 1.0
    before = x.token < c.first
    gap = min(abs(x.token - c.head), 30)
    put(("before" if before else "after") + f"={gap if gap < 4 else 4 if gap < 8 else 5 if gap < 15 else 6}")
    # another instrument that is nearer, or another term of the kind
    near = [o for o in place.rivals if abs(x.token - o.candidate.head) < abs(x.token - c.head)]
    put("rivals" if place.rivals else "no_rivals")
    if near:
        put("nearer_rival")
        if any(casting.path(w, o.candidate.head, x.token)[1] < length for o in near):
            put("closer_rival")
    same = place.gaps[kind]
    put(f"same={min(len(same), 4)}")
    rank = sum([other < gap for other in same])
    put(f"rank={min(rank, 3)}")
    # the verb that governs the term, and its tense
    up = x.token
    for _ in range(4):
        up = w.heads[up]
        if up < 0 or w.tags[up][0] == "V":
            break
    if up >= 0 and w.tags[up][0] == "V":
        tense = w.tags[up]
        helpers = {w.lower[k] for k in w.children[up] if w.relations[k].startswith("aux")}
        ahead, done = helpers & {"will", "would", "shall"}, helpers & {"has", "have", "had"}
        mode = "future" if ahead else "done" if done else "plain"
        verb = syntax.lemma(doc.tokens[up].text, tense).lower()
        if verb in COVERS:
            put("covers")  # “a truce limited to the coast”, “goods exempted”
        own = "trigger" if up == c.head else "predicate" if up == m.frame.predicate else "else"
        put(f"verb={own}&{tense}&{mode}")
        put("verb=" + own)
        f[f"verb={verb}&{kind}"] = 0.5
    words = doc.text[t.start : t.end].lower().split()
    f[f"words={min(len(words), 6)}&{kind}"] = 1.0
    if words:
        f[f"first={'#' if words[0][0].isdigit() else words[0]}&{kind}"] = 1.0
        f[f"last={'#' if words[-1][0].isdigit() else words[-1]}&{kind}"] = 0.5
    if kind in ("scope", "amount"):
        lemma = syntax.lemma(doc.tokens[x.token].text, w.tags[x.token]).lower()
        f[f"head={lemma}&{kind}"] = 1.0
        f[f"tag={w.tags[x.token]}&{kind}&{code}"] = 1.0
        who = tools.actor(x.token)
        put("actor=" + (tools.kind(who) if who is not None else "none"))
        if casting.worth(w, x.token):
            put("people")
        if any(w.relations[k] == "det" for k in w.children[x.token]):
            put("determined")
    if x.token >= doc.sentences[c.sentence].first and c.head in chain[1:4]:
        put("below")
    if kind in ("deadline", "duration") and past(w, chain):
        put("past")
    return f


COVERS = frozenset(
    """focus cover limit apply include concern involve restrict relate exempt exclude encompass except spare affect
    confine""".split()
)


def past(w: Words, chain: Sequence[int]) -> bool:
    """Whether the nearest verb above a token is in the past; `chain`: the token and those above it."""
    for x in chain[1:6]:
        if w.tags[x][0] == "V":
            return w.tags[x] == "VBD"
    return False


# ---------------------------------------------------------------- the answer
def probability(model: Mapping[str, float], f: Mapping[str, float]) -> float:
    """The probability that a term belongs to its move."""
    z, get = 0.0, model.get
    for name, value in f.items():
        z += get(name, 0.0) * value
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


FIGURES = frozenset({"duration", "rate", "amount", "deadline"})
"""One phrase is one of these: a length is no date, a price no sum."""


Weighed = tuple[Candidate, float]
"""A candidate and the probability that it belongs to its move."""


def choose(found: Sequence[Weighed]) -> list[Weighed]:
    """The likely ones; of two that say the same or are figures of one phrase, the likelier."""
    kept: list[Weighed] = []
    for x, p in sorted(found, key=lambda pair: (-pair[1], pair[0].term.start, pair[0].term.end)):
        t = x.term
        if p >= BARS[by_rule(x)] and not any(rivals(k.term, t) or one_thing(k, x) for k, _ in kept):
            kept.append((x, p))
    return kept


CLOSE = 0.05
"""How much less likely a term may be for a move than for another and still belong to both."""


def apart(moves: Sequence[Sequence[Weighed]]) -> list[list[Candidate]]:
    """The terms of each move of an article, given to the move that they most likely belong to: in all that was
    annotated, one phrase in four hundred is a term of two moves.
    """
    places: dict[str, list[tuple[int, int, float]]] = {}
    for found in moves:
        for x, p in found:
            places.setdefault(x.term.kind, []).append((x.term.start, x.term.end, p))
    return [
        [
            x
            for x, p in found
            if not any(a < x.term.end and x.term.start < b and q > p + CLOSE for a, b, q in places[x.term.kind])
        ]
        for found in moves
    ]


def rivals(one: terms.Found, other: terms.Found) -> bool:
    """Whether two terms say the same, or are readings of one phrase."""
    if one.kind == other.kind and one.norm is not None and one.norm == other.norm:
        return True
    meet = one.start < other.end and other.start < one.end
    return meet and (one.kind == other.kind or {one.kind, other.kind} <= FIGURES)


def one_thing(one: Candidate, other: Candidate) -> bool:
    """Whether of two scopes one says no more than the other: “oils and fats”, “fats and oils”."""
    if not one.words or not other.words:
        return False
    return one.words <= other.words or other.words <= one.words


def by_rule(x: Candidate) -> bool:
    """Whether a rule ties the very term to its mention."""
    return any(
        k.kind == x.term.kind and (k.start, k.end) == (x.term.start, x.term.end) for k in x.mention.terms
    )


def tied(doc: Doc, tools: Cast_, cluster: Sequence[Mention], main: Mention) -> list[Weighed]:
    """The terms of a move, seen by itself."""
    model = weights()
    found = candidates(doc, tools, cluster, main)
    return choose([(x, probability(model, x.features)) for x in found])
