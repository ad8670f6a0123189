"""Casts the roles of a move: of all who are named around its trigger, who acts, and at whom is it aimed?

The rules of `participants` read the clauses they know. Here each candidate – every actor and every noun of people
or politics in the sentence of the trigger – is weighed by where it stands in the tree, what introduces it, what it
is, and what the rules said of it. The weights (`weights/casting.json`: feature → one weight a role, in the order
of `ROLES`) are a softmax regression, trained by `scripts/training/casting.py`. Features of paths in a dependency
tree as roles are labelled with: Gildea and Jurafsky 2002, doi:10.1162/089120102760275983.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from readout.extract import frames, instruments, merging, participants
from readout.extract.participants import Cast_
from readout.extract.patterns import Words

if TYPE_CHECKING:
    from readout.extract.moves import Mention

PATH = Path(__file__).resolve().parent.parent / "weights" / "casting.json"
ROLES = ("none", "actor", "target")
FAMILIES = {
    "conflict": "ceasefire peace-agreement troop-deployment troop-withdrawal military-operation weapons-test",
    "penalty": "sanctions arms-embargo targeted-sanction expulsion",
    "diplomacy": "talks treaty diplomatic-relations membership trade-agreement",
    "trade": "tariff import-restriction export-restriction trade-dispute",
    "giving": "aid loan arms-transfer subsidy energy-supply",
    "rule": "legislation executive-order resolution monetary-policy fiscal-measure visa-rules border-measure emergency",
    "justice": "court-ruling prosecution civil-restriction prisoner-release",
    "office": "election referendum appointment removal",
}
FAMILY = {code: name for name, codes in FAMILIES.items() for code in codes.split()}
LEAVES = ("resign", "step", "quit", "stood", "stand", "retire", "left", "leav", "depart")
TWO_SIDED = frozenset({"talks", "treaty", "trade-agreement"})


@dataclass(slots=True)
class Candidate:
    """Someone who may take part in a move."""

    ref: str
    """An actor's id, or the article's own words."""
    token: int
    """The head of the place nearest to the trigger; -1 where the sentence does not name them."""
    features: dict[str, float] = field(default_factory=dict)
    shares: tuple[float, ...] = ()
    """The probability of each of `ROLES`."""
    owner: str | None = None
    """The candidate in whose phrase it stands: of “the U.S. president”, the president is the owner of “U.S.”."""


def weights() -> dict[str, tuple[float, ...]]:
    """Feature → weight a role; empty where there is no file."""
    return load(str(PATH))


@lru_cache(maxsize=4)
def load(path: str) -> dict[str, tuple[float, ...]]:
    """The weights of a file."""
    if not Path(path).exists():
        return {}
    data = json.loads(Path(path).read_text(encoding="utf-8"))
    return {name: tuple(row) for name, row in data["weights"].items()}


# ---------------------------------------------------------------- who may take part
def spread(tools: Cast_, head: int) -> int:
    """From a token of a name up to the head of its mention."""
    w = tools.w
    who = tools.actor(head)
    for _ in range(8):
        up = w.heads[head]
        if up < 0 or tools.actor(up) != who or abs(up - head) > 6:
            break
        head = up
    return head


def heads_in(
    tools: Cast_, first: int, last: int, tied: frozenset[int] = frozenset()
) -> list[tuple[int, str]]:
    """Heads of the mentions of actors, and of nouns of politics or people, among the tokens `[first, last)`.

    Any other noun that hangs on one of the tokens `tied` may take part, too: “fined three cinema chains”.
    """
    w = tools.w
    out: list[tuple[int, str]] = []
    for i in range(first, last):
        who = tools.actor(i)
        up = w.heads[i]
        joint = participants.together(tools, i) if w.lower[i] == "they" else []
        if joint:
            out += [(i, name) for name in joint]
        elif who is not None:
            if up < 0 or tools.actor(up) != who or abs(up - i) > 6:
                out.append((i, who))
        elif w.tags[i][0] == "N" and (
            worth(w, i) or (up in tied and w.relations[i] in TAKES_PART and thing(w, i))
        ):
            names = participants.both(tools, i) or (participants.party(tools, i, True),)
            out += [(i, who) for who in names if who is not None]
    return out


def worth(w: Words, i: int) -> bool:
    """Whether a noun without a name may take part: people, offices, bodies."""
    low = w.lower[i]
    if w.relations[i] in ("compound", "flat", "amod"):
        return False
    return (
        low in participants.POLITICAL
        or low in participants.STANDS_FOR_STATE
        or low in participants.PEOPLE
        or (low.endswith(("ers", "ors", "ants", "ists", "ians", "ees")) and w.tags[i] == "NNS")
    )


TAKES_PART = frozenset("nsubj nsubj:pass obj iobj obl obl:agent nmod conj".split())


def thing(w: Words, i: int) -> bool:
    """Whether a common noun may name who is meant by a measure: no figure, no time."""
    low = w.lower[i]
    return w.tags[i] in ("NN", "NNS") and low not in participants.TIMES and low not in participants.FIGURES


def chain(w: Words, i: int) -> list[int]:
    """A token and those above it, up to its root."""
    heads = w.heads
    out = [i]
    while (i := heads[i]) >= 0 and len(out) < 14:
        out.append(i)
    return out


PLAIN = {
    "nmod:desc": "compound",
    "obl:unmarked": "obl",
    "nmod:unmarked": "nmod",
    "acl:relcl": "acl",
    "obl:agent": "obl",
}


UP = {relation: "^" + plain for relation, plain in PLAIN.items()}
LEFT_OUT = frozenset({"conj", "^conj", "flat", "appos"})
"""Steps of coordination and apposition."""


def path(w: Words, start: int, end: int, longest: int = 5) -> tuple[str, int]:
    """The way through the tree, `^obj` a step up and `obj` one down, steps of coordination left out; and its length.

    “Congress passed the act”: from *act* to *Congress* it is `^obj nsubj`.
    """
    return way(w, chain(w, start), chain(w, end), longest)


def way(w: Words, up: list[int], down: list[int], longest: int = 5) -> tuple[str, int]:
    """The path between two tokens, given each with those above it."""
    meet = next((t for t in down if t in up), None)
    if meet is None:
        return "apart", 9
    steps = [UP.get(r) or "^" + r for r in (w.relations[t] for t in up[: up.index(meet)])]
    steps += [PLAIN.get(r, r) for r in (w.relations[t] for t in down[: down.index(meet)][::-1])]
    steps = [s for s in steps if s not in LEFT_OUT]
    if len(steps) > longest:
        return "far", len(steps)
    return " ".join(steps) or "same", len(steps)


def case_of(w: Words, i: int) -> str:
    """The preposition of a noun, or of the phrase whose premodifier or conjunct it is; empty for none."""
    for _ in range(4):
        for c in w.children[i]:
            if w.relations[c] == "case" and w.lower[c] not in ("'s", "’s", "'", "’"):
                return w.lower[c]
        if (
            w.relations[i] not in ("conj", "flat", "appos", "compound", "nmod:desc", "amod", "nmod:poss")
            or w.heads[i] < 0
        ):
            return ""
        i = w.heads[i]
    return ""


def candidates(tools: Cast_, cluster: Sequence[Mention], main: Mention, actors: Sequence[str],
               targets: Sequence[str]) -> list[Candidate]:  # fmt: skip
    """All who may take part in a move with their features; those the rules named among them."""
    w, c = tools.w, main.candidate
    sentences = tools.doc.sentences
    here = sentences[c.sentence]
    spots: dict[str, list[int]] = {}
    tied = frozenset(range(c.first, c.last)) | {
        t for t in (main.frame.predicate, *main.frame.wrapped[:1]) if t is not None
    }
    for i, who in heads_in(tools, here.first, here.last, tied):
        spots.setdefault(who, []).append(i)
    for who in (*actors, *targets):
        spots.setdefault(who, [])
    far: dict[str, set[str]] = {}
    for m in cluster:
        if m is not main:
            for role, names in (("actor", m.roles.actors), ("target", m.roles.targets)):
                for who in names:
                    far.setdefault(who, set()).add("other=" + role)
                    spots.setdefault(who, [])
    for back in (1, 2):
        if c.sentence < back:
            break
        earlier = sentences[c.sentence - back]
        for i in range(earlier.first, earlier.last):
            subject = tools.actor(i)
            if subject is None or (
                w.heads[i] >= 0 and tools.actor(w.heads[i]) == subject and abs(w.heads[i] - i) <= 6
            ):
                continue
            marks = far.setdefault(subject, set())
            marks.add(f"back{back}")
            if w.relations[i] in ("nsubj", "nsubj:pass"):
                marks.add("before=subject" if back == 1 else "back2=subject")
            spots.setdefault(subject, [])
    speaker = tools.speakers.get(c.head)
    if speaker is not None:
        far.setdefault(speaker, set()).add("speaker")
        spots.setdefault(speaker, [])
    first = first_actor(tools)
    if first is not None:
        far.setdefault(first, set()).add("central")
        spots.setdefault(first, [])
    shared = of_move(tools, main, actors, targets)
    ranks = order_of(tools, spots)
    out: list[Candidate] = []
    for who, places in spots.items():
        ways = [
            (path(w, c.head, i), i)
            for i in places
            if not c.first <= i < c.last or i == c.head or tools.kind(who)
        ]
        best = min(ways, key=lambda p: (p[0][1], abs(p[1] - c.head)), default=None)
        one = Candidate(who, best[1] if best is not None else -1)
        one.features = features(tools, main, one, best[0] if best is not None else ("", 9), actors, targets)
        for name in sorted(far.get(who, ())):
            put(one.features, name, c.code)
        one.features.update(shared)
        put(one.features, "rank=" + ranks.get(who, ""), "")
        if len(places) > 1:
            one.features["twice"] = 1.0
        out.append(one)
    neighbours(tools, main, out)
    return out


def order_of(tools: Cast_, spots: Iterable[str]) -> dict[str, str]:
    """How central each is: the most mentioned actor of the article, one of the next two, else seldom."""
    counts = sorted((a.count for a in tools.index.cast.actors), reverse=True)[:3]
    out = {}
    for who in spots:
        known = tools.index.actors.get(who)
        if known is None:
            out[who] = "words"
        elif counts and known.count >= counts[0]:
            out[who] = "top"
        elif known.count >= counts[-1]:
            out[who] = "high"
        else:
            out[who] = "once" if known.count < 2 else "low"
    return out


def first_actor(tools: Cast_) -> str | None:
    """The actor the article mentions most, places aside."""
    known = [a for a in tools.index.cast.actors if a.kind != "place"]
    return max(known, key=lambda a: a.count).id if known else None


def put(f: dict[str, float], name: str, code: str) -> None:
    """A feature, alone and with the family and type of the move."""
    f[name] = 1.0
    if code:
        name += "&"
        f[name + FAMILY.get(code, "")] = 1.0
        f[name + code] = 1.0


def of_move(tools: Cast_, m: Mention, actors: Sequence[str], targets: Sequence[str]) -> dict[str, float]:
    """Features that all candidates of a move share."""
    c = m.candidate
    return {
        "bias": 1.0,
        "code=" + c.code: 1.0,
        f"actors={min(len(actors), 2)}": 1.0,
        f"targets={min(len(targets), 2)}": 1.0,
        "status=" + m.status: 1.0,
    }


def features(tools: Cast_, m: Mention, one: Candidate, way: tuple[str, int], actors: Sequence[str],
             targets: Sequence[str]) -> dict[str, float]:  # fmt: skip
    """What tells the role of a candidate, as numbers named in words."""
    w, c, frame = tools.w, m.candidate, m.frame
    code, family = c.code, FAMILY.get(c.code, "")
    f: dict[str, float] = {}
    rule = "actor" if one.ref in actors else "target" if one.ref in targets else "none"
    put(f, "rule=" + rule, code)
    if rule == "none":
        f[f"silent={min(len(actors), 2)}{min(len(targets), 2)}"] = 1.0
        f[f"silent={min(len(actors), 1)}{min(len(targets), 1)}&{family}"] = 1.0
    if rule == "actor":
        f["first" if actors[0] == one.ref else "later"] = 1.0
        if m.roles.weak:
            f["weak"] = 1.0
        if m.roles.own:
            f["own"] = 1.0
        f[f"rule=actor&of{min(len(actors), 3)}"] = 1.0
    kind = tools.kind(one.ref) or "words"
    put(f, "kind=" + kind, code)
    f[f"kind={kind}&rule={rule}"] = 1.0
    if kind == "person":
        f["governs" if participants.governs(tools, one.ref) else "no_office"] = 1.0
    if rule == "none" and any(merging.one_side(tools, one.ref, a) for a in actors):
        f["side=actor"] = 1.0
    if rule == "none" and any(merging.one_side(tools, one.ref, a) for a in targets):
        f["side=target"] = 1.0
    i = one.token
    if i < 0:
        f["elsewhere"] = 1.0
        return f
    verbal = frame.role == "self"
    shape = "verb" if verbal else "noun"
    steps, length = way
    case = case_of(w, i)
    put(f, "way=" + steps, code)
    f[f"way={steps}&{shape}"] = 1.0
    f[f"way={steps}&case={case}"] = 1.0
    f[f"way={steps}&kind={kind}"] = 1.0
    f[f"case={case}&kind={kind}&{family}"] = 1.0
    f[f"case={case}&kind={kind}&{code}"] = 1.0
    f[f"length={min(length, 6)}"] = 1.0
    put(f, "case=" + case, code)
    side = "before" if i < c.first else "after" if i >= c.last else "inside"
    f["order=" + side] = 1.0
    f[f"order={side}&{family}"] = 1.0
    f[f"order={side}&{shape}&kind={kind}"] = 1.0
    gap = min(abs(i - c.head), 30)
    f["distance"] = gap / 30
    if gap <= 3:
        f[f"near&{side}"] = 1.0
    relation = w.relations[spread(tools, i)]
    relation = PLAIN.get(relation, relation)
    put(f, "relation=" + relation, "")
    f[f"relation={relation}&{side}&{family}"] = 1.0
    low = w.lower[i]
    if kind == "words":
        sort = (
            "politics"
            if low in participants.POLITICAL or low in participants.STANDS_FOR_STATE
            else "people"
            if worth(w, i)
            else "thing"
        )
        put(f, "words=" + sort, code)
    if w.tags[i][:3] in ("PRP", "WP", "WDT"):
        f["pronoun"] = 1.0
    if i in (frame.asked, frame.asker, frame.reporter, frame.by, frame.subject):
        for name in ("asked", "asker", "reporter", "by", "subject"):
            if getattr(frame, name) == i:
                put(f, "frame=" + name, code)
    # the verb that governs the candidate, by its class
    up = w.heads[i]
    for _ in range(3):
        if up < 0 or w.tags[up][0] == "V":
            break
        up = w.heads[up]
    if up >= 0 and w.tags[up][0] == "V":
        words = instruments.status_words()
        kind_of_verb = frames.verb_class(words, w, up) or "plain"
        passive = (
            "passive"
            if any(w.relations[x] in ("nsubj:pass", "aux:pass") for x in w.children[up])
            else "active"
        )
        where = "trigger" if up == c.head else "predicate" if up == frame.predicate else "else"
        f[f"verb={kind_of_verb}&{relation}"] = 1.0
        f[f"at={where}&{relation}&{passive}"] = 1.0
        f[f"at={where}&{relation}&{passive}&{family}"] = 1.0
        f[f"at={where}&case={case}&{family}"] = 1.0
    if code in ("removal", "appointment"):
        sort = "leaves" if w.lower[c.head].startswith(LEAVES) else "put"
        f[f"{sort}&way={steps}"] = 1.0
        f[f"{sort}&kind={kind}&order={side}"] = 1.0
        f[f"{sort}&rule={rule}"] = 1.0
    if tools.speakers.get(c.head) == one.ref:
        f["speaks_here"] = 1.0
    return f


def neighbours(tools: Cast_, m: Mention, found: Sequence[Candidate]) -> None:
    """Mark who stands nearest before and after the trigger, who opens the sentence, and who stands within the phrase of
    another: “Peru” in “Peru's senate”.
    """
    c, w = m.candidate, tools.w
    at = {x.token: x for x in found if x.token >= 0}
    for x in found:
        if x.token < 0 or w.relations[x.token] not in (
            "nmod:poss",
            "compound",
            "amod",
            "nmod",
            "nmod:desc",
            "flat",
        ):
            continue
        owner = at.get(w.heads[x.token])
        if owner is not None and owner is not x:
            x.owner = owner.ref
            put(x.features, "within", c.code)
            put(owner.features, "holds", c.code)
    placed = [x for x in found if x.token >= 0 and tools.kind(x.ref) and tools.kind(x.ref) != "place"]
    if not placed:
        return
    before = [x for x in placed if x.token < c.first]
    after = [x for x in placed if x.token >= c.last]
    if before:
        put(max(before, key=lambda x: x.token).features, "nearest=before", c.code)
        put(min(before, key=lambda x: x.token).features, "opens", c.code)
    if after:
        put(min(after, key=lambda x: x.token).features, "nearest=after", c.code)
    for x in placed:
        x.features[f"among={min(len(placed), 4)}"] = 1.0
        x.features[f"among={min(len(placed), 4)}&{FAMILY.get(c.code, '')}"] = 1.0


# ---------------------------------------------------------------- the answer
def weigh(model: Mapping[str, tuple[float, ...]], f: Mapping[str, float]) -> tuple[float, ...]:
    """The probability of each role."""
    none = actor = target = 0.0
    get = model.get
    for name, value in f.items():
        row = get(name)
        if row is not None:
            one, two, three = row
            none += one * value
            actor += two * value
            target += three * value
    top = max(none, actor, target)
    powers = math.exp(none - top), math.exp(actor - top), math.exp(target - top)
    total = sum(powers)
    return tuple(p / total for p in powers)


class Bars(NamedTuple):
    """The shares that a role takes: cross-validated on the wire, the rules trusted where the two are close."""

    keep: float
    """For one whom the rules name."""
    first: float
    """For another, where the rules name nobody."""
    more: float
    """For another beside those whom the rules name."""


SIDE = 0.1
"""For one of the sides in “between A and B”."""
BARS = {1: Bars(0.5, 0.35, 0.65), 2: Bars(0.05, 0.2, 0.3)}


def decide(
    code: str,
    found: Sequence[Candidate],
    actors: Sequence[str],
    targets: Sequence[str],
    together: Callable[[str, str], bool] = lambda one, other: False,
    mutual: bool | None = None,
) -> tuple[list[str], list[str]]:
    """Actors and targets of weighed candidates; `actors` and `targets` are the rules', which get their places easier.

    `together` tells whether two are of one side (a state and its leader): none is aimed at its own side. `mutual`:
    whether all sides act together; None leaves it to the type.
    """
    mutual = code in TWO_SIDED if mutual is None else mutual
    acting = pick(found, 1, actors, ()) or [a for a in actors if share_of(found, a, 1) >= LEAST_ACTOR]
    if not actors and not mutual:
        acting = acting[:1]  # most acts have one actor, and the sentence's others are whom it is done to
    if mutual and len(acting) > 1:
        return acting, []
    aimed = pick(found, 2, targets, acting)
    own = {x.ref for x in found if x.owner in acting}
    return acting, [t for t in aimed if t not in own and not any(together(t, a) for a in acting)]


FORCE = frozenset(
    """guard guards troops army forces soldiers marines navy brigade battalion division peacekeepers warships fleet unit
    units personnel reservists""".split()
)
OF_FORCE = frozenset({"ceasefire", "troop-deployment", "troop-withdrawal", "military-operation"})


def narrowed(tools: Cast_, m: Mention, found: Sequence[Candidate], targets: list[str]) -> list[str]:
    """The targets that the taxonomy knows: of forces and fighting the place only where no side is named; the forces
    that are sent are none, unless they are asked; nor is the state whose name stands in a person's phrase.
    """
    kinds = {t: tools.kind(t) for t in targets}
    owners = {x.ref: x.owner for x in found}
    kept = [t for t in targets if owners.get(t) not in targets or tools.kind(owners[t] or "") != "person"]
    if m.code == "troop-deployment" and m.frame.asked is None:
        sent = {x.ref for x in found if x.token >= 0 and set(tools.w.lower[max(x.token - 1, 0) : x.token + 1]) & FORCE}
        kept = [t for t in kept if t not in sent]
    if m.code in OF_FORCE and any(kinds[t] in ("country", "organization", "group", "person") for t in kept):
        kept = [t for t in kept if kinds[t] != "place"]
    return kept


TARGET = ROLES.index("target")
PERSON = 0.3
"""Persons below this share are seldom meant: 7 of 49 in cross-validation."""
ABSENT = 0.45
"""The bar for persons whom the move's own sentence does not name: below it they are guesses."""
LEAST_ACTOR = 0.1
"""The share with which an actor of the rules stays where no other takes the place."""


def share_of(found: Sequence[Candidate], ref: str, role: int) -> float:
    """The share of a role that someone has."""
    return next((x.shares[role] for x in found if x.ref == ref), 0.0)


def pick(found: Sequence[Candidate], role: int, rules: Sequence[str], taken: Sequence[str]) -> list[str]:
    """Those whose share of a role reaches its bar and who are not there already by another name.

    In the rules' order, then the likeliest first.
    """
    bars = BARS[role]
    out: list[str] = []
    for x in sorted(found, key=lambda x: (-x.shares[role], x.token, x.ref)):
        if rules and x.ref not in rules and "frame=reporter" in x.features:
            continue  # who reports a move is not its actor beside those who are
        bar = bars.keep if x.ref in rules else bars.more if rules else bars.first
        if x.ref in rules and "case=between" in x.features:
            bar = min(bar, SIDE)
        if role == TARGET and "kind=person" in x.features:
            bar = max(bar, PERSON if x.token >= 0 else ABSENT)
        if x.shares[role] >= bar and x.ref not in taken and not any(alike(x.ref, o) for o in out):
            out.append(x.ref)
    return [r for r in rules if r in out] + [r for r in out if r not in rules]


def alike(one: str, other: str) -> bool:
    """Whether one phrase holds the other's words: “rebels” and “the northern rebels”."""
    a, b = set(one.lower().replace("-", " ").split()), set(other.lower().replace("-", " ").split())
    return a <= b or b <= a


def joined(tools: Cast_, found: Sequence[Candidate], targets: list[str]) -> list[str]:
    """Targets named by bare plurals that one “and” joins become one, in the article's words: “judges and
    journalists”.
    """
    w = tools.w
    at = {x.ref: x.token for x in found}
    out: list[str] = []
    left = list(targets)
    while left:
        ref = left.pop(0)
        token = at.get(ref, -1)
        if not bare_plural(tools, ref, token):
            out.append(ref)
            continue
        first = w.heads[token] if w.relations[token] == "conj" else token
        row = [t for t in participants.conjuncts(w, first) if bare_plural(tools, "", t)]
        mates = [r for r in left if at.get(r, -1) in row]
        ends = [participants.phrase_bounds(tools, t) for t in (token, *(at[r] for r in mates))]
        known = [e for e in ends if e is not None]
        if not mates or len(known) < len(ends):
            out.append(ref)
            continue
        left = [r for r in left if r not in mates]
        out.append(participants.wording(tools, min(e[0] for e in known), max(e[1] for e in known)))
    return out


def bare_plural(tools: Cast_, ref: str, token: int) -> bool:
    """Whether a place holds a plural noun without a name, an article or a number."""
    w = tools.w
    return (
        token >= 0
        and not tools.kind(ref)
        and w.tags[token] == "NNS"
        and not any(w.relations[c] in ("det", "nummod", "nmod:poss") and w.lower[c] != "all" for c in w.children[token])
    )


def same_side(tools: Cast_, one: str, other: str) -> bool:
    """Whether one speaks for the other: by name or office, by a description that names the state (“the Peruvian
    president”), or as the one under whom it acts (“Peru under President Ruiz”).
    """
    if merging.one_side(tools, one, other):
        return True
    for state, person in ((one, other), (other, one)):
        if tools.kind(state) != "country" or tools.kind(person) != "person":
            continue
        for m in tools.index.cast.mentions.get(person, ()):
            tokens = tools.doc.tokens
            first = bisect_left(tokens, m.span.start, key=lambda token: token.start)
            inside = range(first, bisect_left(tokens, m.span.end, first, key=lambda token: token.start))
            if any(tools.actor(i) == state for i in inside) or under(tools, inside, state):
                return True
    return False


def under(tools: Cast_, person: range, state: str) -> bool:
    """Whether a mention hangs by “under” on a mention of a state."""
    w = tools.w
    return any(
        w.relations[i] == "nmod"
        and w.heads[i] >= 0
        and tools.actor(w.heads[i]) == state
        and frames.has_case(w, i, ("under",))
        for i in person
    )


def recast(tools: Cast_, cluster: Sequence[Mention], main: Mention, actors: list[str],
           targets: list[str]) -> tuple[list[str], list[str]]:  # fmt: skip
    """The rules' actors and targets of a move, set right by the learned weights; as they are without any."""
    model = weights()
    if not model or main.roles.turned:
        return actors, targets
    found = candidates(tools, cluster, main, actors, targets)
    for x in found:
        x.shares = weigh(model, x.features)
    # one side alone suspends a treaty, or breaks it; the rules name it, and the other as target
    broken = main.code != "talks" and participants.broken(main.frame) and bool(targets)
    mutual = main.code in TWO_SIDED and not broken
    acting, aimed = decide(
        main.code, found, actors, targets, lambda one, other: same_side(tools, one, other), mutual
    )
    aimed = joined(tools, found, narrowed(tools, main, found, aimed))
    leaves = main.code == "removal" and tools.w.lower[main.candidate.head].startswith(LEAVES)
    if leaves and main.frame.asked is None:
        return acting or aimed[:1], []  # who resigns acts, and aims at nobody
    return acting, aimed
