"""Who moves, and at whom: the roles of a candidate, read from the clauses around its trigger."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readout.extract import dateline, gazetteer
from readout.extract.actors import Index
from readout.extract.categories import Odds
from readout.extract.frames import Frame, has_case, passive_subject
from readout.extract.instruments import Candidate
from readout.extract.layout import laid
from readout.extract.patterns import Words
from readout.extract.syntax import lemma
from readout.extract.terms import Found
from readout.records import Doc, Span
from readout.slugs import fold

if TYPE_CHECKING:
    from readout.extract.moves import Mention

MUTUAL = frozenset({"talks", "treaty", "trade-agreement"})
"""All sides are actors."""
GIVING = frozenset({"aid", "loan", "arms-transfer", "subsidy", "energy-supply"})
PATIENT_OBJECT = frozenset(
    """prosecution court-ruling prisoner-release expulsion removal appointment military-operation
    civil-restriction
    targeted-sanction sanctions membership arms-transfer aid loan visa-rules trade-dispute
    diplomatic-relations""".split()
)
"""The object of the verb that is the trigger is the target."""
NO_TARGET = frozenset(
    """election referendum monetary-policy fiscal-measure legislation weapons-test emergency resolution
    executive-order
    border-measure""".split()
)
"""Seldom aimed at anyone; only “against” and “on” with an actor give a target."""
TARGET_CASES: dict[str, tuple[str, ...]] = {
    "ceasefire": ("in", "with", "for", "between"),
    "peace-agreement": ("in", "with", "for", "between", "to"),
    "troop-deployment": ("to", "in", "on", "into", "at", "near", "along", "off"),
    "troop-withdrawal": ("from", "of", "in", "out"),
    "military-operation": ("on", "against", "in", "at", "of", "into", "near"),
    "arms-transfer": ("to", "for", "with"),
    "aid": ("to", "for", "in"),
    "loan": ("to", "for", "with"),
    "subsidy": ("to", "for"),
    "energy-supply": ("to", "with", "for"),
    "appointment": ("of",),
    "removal": ("of", "against", "in"),
    "prosecution": ("of", "against", "into", "on"),
    "court-ruling": ("against", "on", "of"),
    "prisoner-release": ("of", "for"),
    "expulsion": ("of", "from"),
    "diplomatic-relations": ("with", "in", "of", "to"),
    "membership": ("with", "of", "for", "to"),
    "legislation": ("against", "on"),
    "tariff": ("on", "against", "from"),
    "sanctions": ("on", "against", "of", "with"),
    "arms-embargo": ("on", "against", "to"),
    "targeted-sanction": ("on", "against", "of"),
    "import-restriction": ("from", "on", "against"),
    "export-restriction": ("to", "on", "against"),
    "trade-dispute": ("against", "with", "over"),
    "civil-restriction": ("on", "against", "of", "by"),
    "visa-rules": ("for", "on", "of", "from"),
    "resolution": ("against", "on"),
    "emergency": (),
    "border-measure": ("with", "from"),
}
STANDS_FOR_STATE = frozenset(
    """government governments administration authorities authority official officials ministry minister
    ministers
    president premier leader leaders leadership delegation delegations troops troop forces force army
    military soldiers
    navy marines airforce regime state republic side diplomat diplomats envoy envoys ambassador embassy
    mission foreign
    troops warships warplanes jets police parliament senate congress lawmakers negotiator negotiators cabinet
    policymakers spokesman spokeswoman capital junta rulers ruler king queen prince monarch foreign-minister
    counterpart commander commanders people citizens nationals nation country presidents premiers ambassadors
    spokesperson spokespeople delegates counterparts kings""".split()
)
"""Nouns which, with a state's name before them, mean the state."""
POLITICAL = frozenset(
    """government administration authorities authority officials official ministry minister ministers
    president premier
    leader leaders delegation troops forces army military navy regime parliament senate congress lawmakers
    assembly
    cabinet court courts tribunal judge judges jury prosecutor prosecutors police council commission
    committee panel
    agency regulator bank board party opposition rebels rebel insurgents militants militia militias
    guerrillas governor
    governors mayor king queen prince emir sultan candidate candidates union ministers bloc members states
    nations
    countries country envoy envoys diplomats ambassador mediators mediator commissioner chancellor secretary
    speaker
    house senators senator deputies mps junta coalition magistrate treasury department office embassy
    legislature
    voters electorate body sides parties federation watchdog electoral tribunal municipality city province
    state
    county donors creditors allies inspectors premier inquiry organisation organization group movement faction
    separatists fighters gunmen general generals commander commanders chief justice attorney politburo
    politicians
    legislators councillors lords commons chamber lower upper ruling fund security""".split()
)
PRONOUNS = frozenset(
    "it he she they we i you who which that this these those them him her us me one someone".split()
)
TIMES = frozenset(
    """day days week weeks month months year years hour hours today yesterday tomorrow monday tuesday wednesday thursday
    friday saturday sunday january february march april may june july august september october november december time
    times night morning evening end beginning""".split()
)
MATTERS = frozenset("step move measure decision plan deal development shift change".split())
"""Nouns for what is done, never for those to whom."""
MEASURE_HEADS = frozenset(
    "number thousands hundreds dozens group series lot handful couple members rest majority half".split()
)


@dataclass
class Cast_:
    """Tools to name participants: the index of the cast and the doc's words."""

    doc: Doc
    w: Words
    index: Index
    speakers: dict[int, str] = field(default_factory=dict)
    """Token → the speaker of the quotation it stands in."""
    said: Odds | None = None
    """What the words of each sentence say of the types of moves; None without weights."""
    terms: dict[int, list[Found]] = field(default_factory=dict)
    """Sentence → the terms that the grammars see in it."""
    loose: dict[int, list[Found]] = field(default_factory=dict)
    """Sentence → whatever in it looks like a length, a time or a sum."""
    mentions: dict[int, list[Mention]] = field(default_factory=dict)
    """Sentence → the mentions of instruments in it."""
    home: str | None = None
    """The state from whose capital the report was written."""

    def __post_init__(self) -> None:
        written = datelines(self.doc, self.index)
        self.home = home_of(self.doc, self.index, written)
        # where a report was written is no party to what it tells
        self._holders = {i: a for i, a in self.index.tokens.items() if i not in written}
        self._kinds = {a.id: a.kind for a in self.index.cast.actors}

    def actor(self, i: int) -> str | None:
        """The actor of the mention that holds a token; None in a dateline."""
        return self._holders.get(i)

    def kind(self, ref: str) -> str:
        """The kind of an actor; empty for plain words."""
        return self._kinds.get(ref, "")


def datelines(doc: Doc, index: Index) -> frozenset[int]:
    """The tokens of the datelines of a doc: those that name a city or state before a dash."""
    found: set[int] = set()
    for p in doc.paragraphs:
        first = doc.sentences[p.first].first
        behind = dateline.behind(doc, p)
        if behind == first:
            continue
        known = index.actors.get(index.at_token(first) or "")
        if known is not None and known.kind in ("place", "country"):
            found.update(range(first, behind))
    return frozenset(found)


def home_of(doc: Doc, index: Index, written: frozenset[int]) -> str | None:
    """The state whose capital the first dateline names, where the article speaks of that state; else None."""
    if not written:
        return None
    first = min(written)
    for length in (1, 2, 3):
        tokens = doc.tokens[first : first + length]
        country = gazetteer.capitals().get(fold(doc.text[tokens[0].start : tokens[-1].end]))
        if country is not None:
            return next((a.id for a in index.cast.actors if a.kind == "country" and a.name == country.name), None)
    return None


def conjuncts(w: Words, i: int) -> list[int]:
    """A noun and those coordinated with it."""
    out = [i]
    for c in w.children[i]:
        if w.relations[c] == "conj" and w.tags[c][0] in "NPCJ":
            out += [c, *(d for d in w.children[c] if w.relations[d] == "conj" and w.tags[d][0] in "NPCJ")]
    return list(dict.fromkeys(out)) if len(out) > 1 else out


def modifiers(w: Words, i: int) -> list[int]:
    """Premodifiers of a noun that may name someone: possessors, compounds, adjectives."""
    return [
        c
        for c in w.children[i]
        if w.relations[c] in ("nmod:poss", "compound", "amod", "nmod:desc", "nmod") and c < i
    ]


def phrase(cast: Cast_, i: int, longest: int = 8) -> str | None:
    """The short phrase around a noun: its premodifiers and one “of”; None for a pronoun or a bare number."""
    bounds = phrase_bounds(cast, i, longest)
    return None if bounds is None else wording(cast, *bounds)


def wording(cast: Cast_, first: int, last: int) -> str:
    """The article's words from one token to another, both included, on one line."""
    tokens = cast.doc.tokens
    return " ".join(cast.doc.text[tokens[first].start : tokens[last].end].split())


def phrase_bounds(cast: Cast_, i: int, longest: int = 8) -> tuple[int, int] | None:
    """First and last token of that phrase."""
    w = cast.w
    if w.lower[i] in PRONOUNS or not w.lower[i][0].isalpha() or w.tags[i][0] not in "NJ":
        return None
    first, last = i, i
    for c in w.children[i]:
        if (
            w.relations[c] in ("amod", "compound", "nummod", "flat", "nmod:poss", "nmod:desc")
            and i - c <= 5
            and c < i
        ):
            left = c
            while (
                left > 0
                and w.heads[left - 1] == c
                and w.relations[left - 1] in ("amod", "compound", "flat", "advmod", "nummod")
            ):
                left -= 1
            first = min(first, left)
        if c == i + 1 and w.relations[c] in ("flat", "compound"):
            last = max(last, c)
    for c in w.children[i]:
        if w.relations[c] == "nmod" and c > i and has_case(w, c, ("of",)) and c - first < longest:
            last = max(last, c)
            break
    while first < i and w.lower[first] in (
        "the",
        "a",
        "an",
        "its",
        "his",
        "her",
        "their",
        "other",
        "some",
        "any",
        "all",
        "'s",
        "’s",
        "-",
        ",",
    ):
        first += 1
    return first, last


def party(cast: Cast_, i: int, loose: bool) -> str | None:
    """The actor a noun phrase stands for: an id, or its own words; None where it is nobody political.

    `loose` takes any words (targets); else only nouns of politics do without a name.
    """
    w = cast.w
    who = cast.actor(i)
    if who is not None:
        return who
    low = w.lower[i]
    if low in MEASURE_HEADS or w.tags[i] == "CD":
        for c in w.children[i]:
            if w.relations[c] == "nmod" and has_case(w, c, ("of",)):
                return party(cast, c, loose)
    if low in PRONOUNS or w.tags[i][:3] in ("PRP", "WP", "WDT", "DT"):
        if low in ("who", "which", "that") and w.heads[i] >= 0:
            clause = w.heads[i]
            if w.relations[clause].startswith("acl") and w.heads[clause] >= 0:
                return party(cast, w.heads[clause], loose)
        speaker = cast.speakers.get(i)
        if low in ("we", "i", "us", "me", "our", "my") and speaker:
            return speaker
        return None
    if w.tags[i] in (
        "NNP",
        "NN",
    ):  # “US Undersecretary of State John Bolton”: the title is taken for the head
        for c in range(i + 1, min(i + 6, len(w.tags))):
            if w.tags[c] not in ("NNP", "IN", "NN", ",") or w.lower[c] in ("said", "with"):
                break
            name = cast.actor(c)
            if name is not None and cast.kind(name) == "person" and w.heads[c] in range(i, c + 3):
                return name
    for c in w.children[i]:  # “Khan, the finance minister”, “the minister, Khan”
        if (
            w.relations[c] in ("appos", "flat")
            and cast.actor(c) is not None
            and cast.kind(cast.actor(c) or "") != "place"
        ):
            return cast.actor(c)
    if low in STANDS_FOR_STATE or low in POLITICAL:
        for c in reversed(modifiers(w, i)):
            name = cast.actor(c)
            if name is not None and cast.kind(name) in (
                "country",
                "place",
                "organization",
                "group",
                "person",
            ):
                return name
        for c in w.children[i]:
            if w.relations[c] == "nmod" and c > i and has_case(w, c, ("of", "in", "from", "for")):
                name = cast.actor(c)
                if name is not None and low in STANDS_FOR_STATE and cast.kind(name) != "place":
                    return name
        return phrase(cast, i)
    if loose and low not in TIMES and low not in MATTERS:
        return phrase(cast, i)
    return None


@dataclass(slots=True)
class Roles:
    """Who takes part in a move, as far as one mention tells."""

    actors: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    weak: bool = False
    """Whether the actors are only guessed (the reporter of a measure)."""
    turned: bool = False
    """Whether the one who borrows or receives is the subject: the roles are the other way round, and sure."""
    own: bool = False
    """Whether the trigger's own modifiers name someone (“U.S. tariffs”)."""


HANGING = frozenset({"nmod", "obl", "obl:agent"})


def prepositional(w: Words, i: int, cases: tuple[str, ...]) -> list[int]:
    """Nouns that hang on a token by one of the prepositions."""
    relations = w.relations
    return [c for c in w.children[i] if relations[c] in HANGING and has_case(w, c, cases)]


FIGURES = frozenset(
    """% percent pct cent points dollars dlrs billion million mln bln bn euros pounds tonnes tons year
    years month months""".split()
)


def complements(w: Words, i: int, cases: tuple[str, ...]) -> list[int]:
    """As `prepositional`, and through figures: “tariffs of 25% on cars”, “a loan of $2bn to Ghana”."""
    out = prepositional(w, i, cases)
    for c in w.children[i]:
        if w.relations[c] in ("nmod", "obl", "nummod", "obj", "compound", "amod") and (
            w.tags[c] == "CD" or w.lower[c] in FIGURES
        ):
            out += prepositional(w, c, cases)
    return out


def between(w: Words, i: int) -> list[int]:
    """The sides in “between A and B”, “among A, B and C”."""
    out: list[int] = []
    for c in prepositional(w, i, ("between", "among", "amongst")):
        out += conjuncts(w, c)
    return out


def add(target: list[str], who: str | None, *others: list[str]) -> None:
    """Append once."""
    if who is not None and who not in target and all(who not in o for o in others):
        target.append(who)


DUAL = frozenset(
    """sides countries nations states governments neighbours neighbors leaders presidents premiers ministers capitals
    parties allies men powers delegations rivals""".split()
)


def together(cast: Cast_, i: int) -> list[str]:
    """Whom “they” stands for in what several say together: “Silva and Costa said [they] would sue”; empty elsewhere."""
    w = cast.w
    verb = w.heads[i]
    above = w.heads[verb] if w.relations[i] == "nsubj" and verb >= 0 and w.relations[verb] == "ccomp" else -1
    for c in w.children[above] if above >= 0 else ():
        if w.relations[c] == "nsubj":
            names = [cast.actor(k) for k in conjuncts(w, c)]
            known = [n for n in names if n is not None]
            return known if len(known) == len(names) > 1 else []
    return []


def both(cast: Cast_, i: int) -> list[str]:
    """Whom “the two sides”, “both countries” stand for: the last two names that an “and” joined before it, of people
    for “leaders” and “ministers”, else of states or bodies; empty where there are none.
    """
    w = cast.w
    if w.lower[i] == "they":
        return together(cast, i)
    if w.tags[i] != "NNS" or w.lower[i] not in DUAL:
        return []
    if not any(w.lower[c] in ("two", "both") for c in w.children[i]):
        return []
    persons = w.lower[i] in ("leaders", "presidents", "premiers", "ministers", "men")
    for k in range(i - 1, max(i - 260, -1), -1):
        if w.relations[k] != "conj" or w.heads[k] < 0:
            continue
        pair = [cast.actor(i) or party(cast, i, False) for i in (w.heads[k], k)]
        names = [p for p in pair if p is not None and (cast.kind(p) == "person" if persons else public(cast, p))]
        if len(set(names)) == 2 and sum(w.relations[c] == "conj" for c in w.children[w.heads[k]]) == 1:
            return names
    return []


def public(cast: Cast_, ref: str) -> bool:
    """Whether an actor is a state or a body that the lists of public bodies know."""
    known = cast.index.actors.get(ref)
    if known is None or known.kind != "organization":
        return known is not None and known.kind == "country"
    return any(fold(name) in gazetteer.body_names() for name in (known.name, *known.aliases))


def names_of(cast: Cast_, nouns: list[int], loose: bool) -> list[str]:
    """References of noun phrases and all that is coordinated with them."""
    out: list[str] = []
    for n in nouns:
        for c in conjuncts(cast.w, n):
            for who in both(cast, c) or (party(cast, c, loose),):
                add(out, who)
    return out


def of_noun(cast: Cast_, noun: int, mutual: bool) -> list[str]:
    """Whom the modifiers of a noun name: possessors and states first, other bodies after them, and “by X”."""
    w = cast.w
    first: list[str] = []
    later: list[str] = []
    for c in prepositional(w, noun, ("by",)):
        for name in names_of(cast, [c], False):
            add(first, name)
    for m in modifiers(w, noun):
        group = conjuncts(w, m)
        if w.relations[m] != "nmod:poss":
            group += [d for d in w.children[m] if w.relations[d] in ("compound", "amod")]
        for c in group:
            if w.relations[m] == "nmod:poss":
                add(first, party(cast, c, False))
                continue
            who = cast.actor(c)
            kind = cast.kind(who) if who is not None else ""
            if kind == "country" or (mutual and kind in ("group", "place")):
                add(first, who)
            elif kind in ("organization", "group", "person") and w.relations[c] in (
                "compound",
                "amod",
                "nmod",
                "nmod:desc",
            ):
                add(later, who)
    return first if mutual and first else first + later


def owned(w: Words, i: int) -> bool:
    """Whether a noun has a possessor: “Peru's decision”."""
    return any(w.relations[c] == "nmod:poss" for c in w.children[i])


BREAKS = frozenset({"suspended", "ended", "rejected", "violated"})


def broken(frame: Frame) -> bool:
    """Whether a deal is broken off, or is decided to be: that takes one side alone."""
    return frame.status in BREAKS or any(q.kind in ("end", "suspend", "violate", "reject") for q in frame.cues)


def assign(cast: Cast_, candidate: Candidate, frame: Frame) -> Roles:
    """The roles at one mention of a move."""
    w, code = cast.w, candidate.code
    roles = Roles()
    head = candidate.head
    verbal = frame.role == "self"
    alone = frame.subject is not None or any(k == "noun" and owned(w, t) for k, t in frame.claims)
    mutual = code in MUTUAL and not (code != "talks" and broken(frame) and alone)
    anchors = [head, *frame.wrapped[:2]]
    if frame.predicate is not None and not verbal:
        anchors.append(frame.predicate)
    own = [] if verbal and w.tags[head][0] == "V" else of_noun(cast, head, mutual)
    if code in ("trade-dispute", "court-ruling"):  # “a WTO panel”: the body before the noun is where, not who
        own = [
            o
            for o in own
            if cast.kind(o) != "organization"
            or w.lower[head] in ("ruling", "verdict", "decision", "judgment")
        ]
    roles.own = bool(own)
    claims = list(frame.claims)
    if own and code == "talks" and all(cast.kind(o) == "organization" for o in own):
        claims.append(("own", head))  # “a NATO meeting” names who meets only where nobody else does
    elif own:  # a subject that governs the trigger as its object comes before the trigger's own modifiers
        at = 1 if claims and claims[0][0] in ("subject", "by") and frame.role == "obj" else 0
        claims.insert(at, ("own", head))
    passive = passive_subject(w, frame.predicate) if frame.predicate is not None else None
    objects: list[int] = []
    if verbal and frame.predicate is not None:
        objects = [c for c in w.children[frame.predicate] if w.relations[c] in ("obj", "iobj")]
        if passive is not None:
            objects.append(passive)
        if (
            w.relations[frame.predicate] in ("acl", "amod")
            and w.tags[frame.predicate] == "VBN"
            and w.heads[frame.predicate] >= 0
        ):
            objects.append(w.heads[frame.predicate])
    acting: list[str] = []
    for kind, token in claims:
        if kind == "own":
            acting = [o for o in own if cast.kind(o) != "place"] or own
        elif kind == "noun":
            acting = of_noun(cast, token, mutual)
            if code == "trade-dispute":  # “a WTO procedure”: where, not who
                acting = [a for a in acting if cast.kind(a) != "organization"]
        else:
            acting = names_of(cast, [token], False)
        if acting:
            if kind != "by" and not mutual and kind in ("own", "noun"):
                acting = acting[:1]
            break
    if not acting and passive is None and frame.reporter is None:
        acting = before_verb(cast, frame)
    if code in ("removal", "appointment"):
        subject = (
            names_of(cast, [frame.subject], False)
            if frame.subject is not None and frame.role != "nsubj"
            else []
        )
        agent = names_of(cast, [frame.by], False) if frame.by is not None else []
        if not subject and acting:
            subject = acting
        return assign_office(cast, candidate, frame, subject, agent, own, objects)
    sides = names_of(cast, [s for a in anchors for s in between(w, a)], False)

    # ---------------------------------------------------------------- who acts
    asked = names_of(cast, [frame.asked], True) if frame.asked is not None else []
    asker = names_of(cast, [frame.asker], False) if frame.asker is not None else []
    if asked and asker:
        roles.actors = asker if not mutual else list(dict.fromkeys(asker + asked))
        if not mutual:
            for who in asked:
                add(roles.targets, who, roles.actors)
    else:
        roles.actors = acting
    if (
        not roles.actors
        and frame.reporter is not None
        and not sides
        and frame.status in ("announced", "ended", "extended", "suspended", "rejected")
    ):
        roles.actors = [r for r in names_of(cast, [frame.reporter], False) if governs(cast, r)]
        roles.weak = True
    if mutual:
        if code == "talks":  # a body whose name merely stands before the noun is no side of talks
            own = [o for o in own if cast.kind(o) in ("country", "person", "group", "place")]
        for name in own + sides:
            if cast.kind(name) != "place":
                add(roles.actors, name)
        for a in anchors:
            for c in prepositional(w, a, ("with",)):
                for name in names_of(cast, [c], False):
                    add(roles.actors, name)
        if code == "talks":
            for a in [head, *frame.wrapped[:1]]:
                for c in prepositional(w, a, ("to", "of")):
                    host = cast.actor(c)
                    kinds = ("country", "organization", "person")
                    if host is not None and cast.kind(host) in kinds and w.lower[a] in VISITS:
                        add(roles.actors, host)
            if verbal:
                for name in names_of(cast, objects, False):
                    if cast.kind(name) in ("person", "organization", "country", "group") or not cast.kind(
                        name
                    ):
                        add(roles.actors, name)
            if len(roles.actors) == 1 and not verbal:  # the other side is whom the sentence is about
                sentence = cast.doc.sentences[candidate.sentence]
                for i in range(sentence.first, sentence.last):
                    if w.relations[i] in ("nsubj", "nsubj:pass"):
                        for name in names_of(cast, [i], False):
                            if cast.kind(name) in ("person", "country"):
                                add(roles.actors, name)
                        if len(roles.actors) > 1:
                            break
        return roles

    # ---------------------------------------------------------------- at whom
    if sides:
        if roles.actors and not set(sides) & set(roles.actors):
            for s in sides:
                add(roles.targets, s, roles.actors)
        else:
            for s in sides:
                add(roles.actors, s)
    if verbal and (code in PATIENT_OBJECT or w.tags[head] == "VBN"):
        for o in objects:
            for c in conjuncts(w, o):
                add(roles.targets, aimed_at(cast, c, code), roles.actors)
    if code in MUTUAL or code == "expulsion":
        for a in anchors:
            for c in prepositional(w, a, ("with",)):
                for name in names_of(cast, [c], False):
                    add(roles.targets, name, roles.actors)
    if code == "ceasefire":
        for c in w.children[head]:  # “a ceasefire brokered by Turkey with Russia”
            if w.relations[c] == "acl":
                brokers = prepositional(w, c, ("with",)) + [
                    e for b in prepositional(w, c, ("by",)) for e in prepositional(w, b, ("with",))
                ]
                for d in brokers:
                    for name in names_of(cast, [d], False):
                        add(roles.actors, name)
                for d in prepositional(w, c, ("for", "in", "between")):
                    for name in names_of(cast, [d], False):
                        add(roles.targets, name, roles.actors)
    cases = TARGET_CASES.get(code, ("on", "against"))
    anchored = (
        [head] + ([frame.predicate] if frame.predicate is not None and not verbal else []) + frame.wrapped[:1]
    )
    for a in anchored:
        if roles.targets and code != "sanctions":
            break
        for c in complements(w, a, cases):
            for d in conjuncts(w, c):
                add(roles.targets, target_name(cast, d, code), roles.actors)
    if not roles.targets and code in DIGS:
        # “tariffs on $50 billion of imports from China”, “Iranian oil platform”: a state inside the
        # complement
        for a in anchored:
            for c in complements(w, a, ("on", "of", "against", "for", "to", "over", "with")) + (
                objects if verbal else []
            ):
                for d in subtree(w, c, 5):
                    state = cast.actor(d)
                    if state is not None and cast.kind(state) == "country":
                        add(roles.targets, state, roles.actors)
                        break
    if code in LENT:
        turn_round(cast, roles, frame, anchors, acting)
    roles.targets = [t for t in roles.targets if t not in roles.actors][:6]
    return roles


LENT = frozenset({"loan", "aid", "arms-transfer"})
RECEIVING = frozenset("borrow receive secure obtain win get draw accept buy purchase acquire".split())


def turn_round(cast: Cast_, roles: Roles, frame: Frame, anchors: list[int], acting: list[str]) -> None:
    """Who borrows or receives is the target, and the giver acts: “Peru borrowed 3 million from the fund”."""
    w = cast.w
    verbs = [q.token for q in frame.cues if not q.noun]
    if not any(lemma(w.lower[v], w.tags[v]) in RECEIVING for v in verbs[:2]):
        return
    nouns = [c for a in dict.fromkeys([*anchors, *verbs[:3]]) for c in complements(w, a, ("from", "with"))]
    for v in verbs[:3]:
        for o in w.children[v]:
            if w.relations[o] == "obj":
                nouns += complements(w, o, ("from", "with"))
    givers = [g for g in names_of(cast, nouns, False) if cast.kind(g) in ("country", "organization", "group")]
    takers = [a for a in acting if a not in givers]
    if givers and takers:
        roles.actors, roles.targets, roles.turned = givers, takers, True


def before_verb(cast: Cast_, frame: Frame) -> list[str]:
    """Who stands right before the outermost verb, where the tree gives it no subject."""
    w = cast.w
    verbs = [
        q.token
        for q in frame.cues
        if not q.noun
        and not q.passive
        and q.relation not in ("nsubj", "nsubj:pass")
        and w.tags[q.token] in ("VBD", "VBZ", "VBP", "VB", "VBN")
    ]
    for verb in reversed(verbs):
        if any(w.relations[c].startswith("nsubj") for c in w.children[verb]):
            return []
        for i in range(verb - 1, max(verb - 7, -1), -1):
            if w.tags[i] in ("VBD", "VBZ", "VBP", "IN") or w.lower[i] in (
                ";",
                ":",
                "”",
                "“",
                '"',
                ")",
                "that",
                "which",
            ):
                break
            name = cast.actor(i)
            if name is not None and cast.kind(name) in ("country", "person", "organization", "group"):
                out = [name]
                if i >= 2 and w.lower[i - 1] == "and":
                    add(out, cast.actor(i - 2))
                return out[::-1]
    return []


EXECUTIVE = frozenset(
    """minister president premier secretary governor chancellor chief mayor king queen spokesman spokeswoman
    commissioner treasurer
    prime director chairman chair commander general leader representative envoy ambassador prosecutor
    taoiseach emir sultan prince""".split()
)


def governs(cast: Cast_, ref: str) -> bool:
    """Whether a speaker may stand for a government: a state, a body, or a person in an office."""
    known = cast.index.actors.get(ref)
    if known is None:
        return bool(set(ref.lower().split()) & (POLITICAL | STANDS_FOR_STATE))
    if known.kind != "person":
        return known.kind in ("country", "organization", "place")
    return any(EXECUTIVE & set(r.title.lower().replace("-", " ").split()) for r in known.roles)


VISITS = frozenset(
    """visit trip tour visits mission invitation talks call visited arrived fly flew arrive travel
    travelled""".split()
)
DIGS = frozenset(
    """tariff import-restriction export-restriction sanctions arms-embargo aid loan arms-transfer
    military-operation trade-dispute
    targeted-sanction resolution""".split()
)


def aimed_at(cast: Cast_, i: int, code: str) -> str | None:
    """Whom the object of a measure stands for: itself, or the owner of the thing (“the visas of nine
    judges”).
    """
    w = cast.w
    name = cast.actor(i)
    if name is not None:
        return (
            name
            if cast.kind(name) != "place"
            or code in ("military-operation", "troop-withdrawal", "troop-deployment")
            else None
        )
    low = w.lower[i]
    if low in MEASURE_HEADS:
        for c in prepositional(w, i, ("of",)):
            return aimed_at(cast, c, code)
    if (
        low in POLITICAL
        or low in STANDS_FOR_STATE
        or low in PEOPLE
        or low.endswith(("ers", "ors", "ants", "ists", "ians", "ees"))
        or code in ("appointment", "removal")
    ):
        return party(cast, i, True)
    for c in prepositional(w, i, ("of", "against", "on", "from")):
        found = aimed_at(cast, c, code)
        if found:
            return found
    for c in modifiers(w, i):
        if w.relations[c] == "nmod:poss":
            found = party(cast, c, True)
            if found:
                return found
        name = cast.actor(c)
        if name is not None and cast.kind(name) == "country":
            return name
    return None


CLAUSES = frozenset({"acl:relcl", "acl", "advcl", "conj"})


def subtree(w: Words, i: int, depth: int = 3) -> list[int]:
    """Tokens below one, in order, itself included."""
    out = [i]
    level = out
    for _ in range(depth):
        level = [c for k in level for c in w.children[k] if w.relations[c] not in CLAUSES]
        out = out + level
    return sorted(out)


GOODS_TARGET = frozenset(
    {
        "tariff",
        "import-restriction",
        "export-restriction",
        "subsidy",
        "legislation",
        "court-ruling",
        "trade-dispute",
    }
)


def target_name(cast: Cast_, i: int, code: str) -> str | None:
    """Whom a prepositional complement names as target, or None."""
    name = cast.actor(i)
    w = cast.w
    if name is not None:
        if cast.kind(name) == "place" and code not in (
            "troop-deployment",
            "troop-withdrawal",
            "military-operation",
            "ceasefire",
            "aid",
            "emergency",
        ):
            return None
        return name
    if w.tags[i][0] != "N":
        return None
    low = w.lower[i]
    if code in NO_TARGET:
        return None
    if low in STANDS_FOR_STATE or low in POLITICAL:
        return party(cast, i, True)
    person = low in PEOPLE or low.endswith(("ers", "ors", "ants", "ists", "ians", "ees"))
    if person and code not in ("ceasefire", "peace-agreement"):
        return phrase(cast, i)
    return None


PEOPLE = frozenset(
    """people persons civilians citizens refugees victims survivors companies company firms firm banks bank
    farmers buyers
    importers exporters families children women men workers students prisoners hostages detainees militants
    rebels
    villagers residents journalists politicians businessmen countries nations states individuals entities
    producers growers
    groups group organisations organizations ngos media newspapers parties tourists travellers visitors
    foreigners migrants
    fighters insurgents troops forces soldiers households pensioners teachers nurses judges lawmakers
    executives members
    suspects men man woman person officials officers activists lawyers supporters allies rivals territories
    islands
    customers consumers airlines carriers suppliers contractors operators patients applicants
    holders""".split()
)


def assign_office(
    cast: Cast_,
    candidate: Candidate,
    frame: Frame,
    subject: list[str],
    agent: list[str],
    own: list[str],
    objects: list[int],
) -> Roles:
    """Appointments and removals: the authority acts, the one named or removed is the target; who resigns
    acts.
    """
    w, head = cast.w, candidate.head
    roles = Roles()
    low = w.lower[head]
    verbal = frame.role == "self"
    leaves = low.startswith(("resign", "step", "quit", "stood", "stand", "retire", "left", "leav", "depart"))
    takes = low.startswith(("became", "become", "succeed", "took", "take", "taking", "succ"))
    if verbal and w.tags[head][0] == "V":
        passive = passive_subject(w, head)
        is_passive = passive is not None or (w.relations[head].startswith("acl") and w.tags[head] == "VBN")
        if leaves:
            roles.actors = subject or own
            if not roles.actors and frame.asked is not None:
                roles.actors = names_of(cast, [frame.asked], True)
            if frame.asker is not None and frame.asked is not None:
                roles.actors = names_of(cast, [frame.asker], False)
                roles.targets = names_of(cast, [frame.asked], True)
            return roles
        if takes:
            roles.targets = subject
            return roles
        if is_passive:
            roles.actors = agent
            roles.targets = names_of(cast, objects, True)
            return roles
        roles.actors = agent or subject
        people = []
        for name in names_of(cast, objects, True):
            people.append(name)
        roles.targets = [p for p in people if p not in roles.actors]
        return roles
    of = names_of(cast, prepositional(w, head, ("of",)), True)
    up = w.heads[head]
    if leaves and not of and w.relations[head] == "compound" and up >= 0:  # “the resignation letter of the premier”
        letter = names_of(cast, prepositional(w, up, ("of", "from")), True)
        of = letter or [o for c in w.children[up] if w.relations[c] == "nmod:poss" for o in names_of(cast, [c], True)]
    if leaves:
        roles.actors = own or of or subject
        return roles
    roles.targets = of or [o for o in own if cast.kind(o) == "person"]
    roles.actors = (
        agent
        or [s for s in subject if s not in roles.targets]
        or [o for o in own if o not in roles.targets and cast.kind(o) != "person"]
    )
    return roles


def speakers_of(doc: Doc, quotes: list[tuple[Span, str]]) -> dict[int, str]:
    """Token → speaker of the quotation it stands in."""
    order: Callable[[tuple[Span, str]], int] = lambda q: q[0].start  # noqa: E731
    return laid_over(doc, sorted(quotes, key=order))


def laid_over(doc: Doc, spans: list[tuple[Span, str]]) -> dict[int, str]:
    """Token → what the first span says that it stands in; `spans` in order of their start."""
    out: dict[int, str] = {}
    starts = laid(doc).starts
    i, n = 0, len(starts)
    for span, what in spans:
        i = bisect_left(starts, span.start, i)
        while i < n and starts[i] < span.end:
            out[i] = what
            i += 1
    return out
