"""Weighs candidates: whether a mention speaks of a policy move at all."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from readout.extract import linear, syntax
from readout.extract.categories import NUMBER
from readout.extract.instruments import UNNAMED, Candidate, status_words
from readout.extract.participants import Cast_, governs
from readout.extract.patterns import Words
from readout.records import Doc

if TYPE_CHECKING:
    from readout.extract.moves import Mention

MENTION_FLOOR = 0.1
ALLOWED: dict[str, frozenset[str]] = {
    "talks": frozenset({"duration", "deadline", "condition"}),
    "election": frozenset({"deadline", "condition"}),
    "referendum": frozenset({"deadline", "condition", "amount"}),
    "removal": frozenset({"deadline", "condition"}),
    "appointment": frozenset({"deadline", "duration", "condition"}),
    "weapons-test": frozenset({"deadline"}),
    "military-operation": frozenset({"deadline", "condition", "duration"}),
    "resolution": frozenset({"deadline", "condition"}),
    "monetary-policy": frozenset({"rate", "deadline", "condition"}),
}
DEFAULT_ALLOWED = frozenset({"duration", "rate", "amount", "deadline", "condition"})
MEETING_NOT_MOVE = frozenset("at during after before in following on through".split())


def above_in_tree(w: Words, low: int, high: int) -> bool:
    """Whether token `high` stands above `low` in the tree, within ten steps."""
    for _ in range(10):
        low = w.heads[low]
        if low < 0:
            return False
        if low == high:
            return True
    return False


PACTS = frozenset("peace-agreement trade-agreement ceasefire treaty membership loan".split())
MET = frozenset(
    "met meet meets meeting spoke spoken phoned telephoned visited visits conferred negotiated".split()
)
"""“X met Y”, with X and Y both known actors: talks, whatever the own newswire (full of decoys) taught."""
GENERIC = frozenset("executive-order treaty".split())
"""Types whose words often are but the vehicle of another (“a deal to free prisoners”, “a decree that
cuts taxes”).
"""


def rivalry(w: Words, m: Mention, mates: list[Mention]) -> dict[str, float]:
    """How a mention stands to the other candidates of its sentence, one above the other in the tree."""
    out: dict[str, float] = {}
    mine = set(m.roles.actors)
    for o in mates:
        if o is m or o.code == m.code:
            continue
        theirs = set(o.roles.actors)
        if above_in_tree(w, m.candidate.head, o.candidate.head):
            if o.code in GENERIC and m.code not in GENERIC and m.candidate.strength != "weak":
                out["inside_generic"] = 1.0
            elif mine - theirs:
                out["inside_other_actor"] = 1.0
            else:
                out["inside"] = 1.0
                out["inside=" + o.candidate.strength] = 1.0
                out["inside&" + m.candidate.strength] = 1.0
        elif above_in_tree(w, o.candidate.head, m.candidate.head):
            if m.code in GENERIC and o.code not in GENERIC and o.candidate.strength != "weak":
                out["generic_above"] = 1.0
            else:
                out["outside"] = 1.0
                out["outside&" + m.candidate.strength] = 1.0
        elif (
            o.frame.predicate is not None
            and o.frame.predicate != m.frame.predicate
            and above_in_tree(w, m.candidate.head, o.frame.predicate)
        ):
            out["clause_of"] = 1.0
        elif o.frame.predicate is not None and o.frame.predicate == m.frame.predicate:
            out["shares"] = 1.0
            if o.candidate.strength == "strong" and m.candidate.strength != "strong":
                out["shares_weaker"] = 1.0
    return out


SIDES = re.compile(
    r"\b(?:sides|parties|countries|governments|nations|delegations|neighbours|neighbors|ministers|leaders|presidents|"
    r"envoys|negotiators|allies|rivals|states|diplomats)$",
    re.I,
)


def both_sides(words: str) -> bool:
    """Whether an actor given in words alone takes in two sides or more: “the two sides”, “foreign ministers”."""
    return SIDES.search(words) is not None


def gathered(w: Words, m: Mention) -> bool:
    """Whether the subject of a meeting is two sides or more in itself: “members of the council met in Lima”."""
    subject = m.frame.subject
    return subject is not None and (w.lower[subject] == "members" or both_sides(w.lower[subject]))


REPRISAL = ("retaliat", "reprisal", "countermeasure", "counter-measure", "response", "respond")
STANDING = frozenset("body panel mechanism procedure system settlement".split())
"""Institutions and procedures that stand whether or not anyone brings a case."""
ASKED_FOR = frozenset(
    "request requests requested requesting ask asks asked asking set create establish establishes established "
    "appoint form initiate initiated initiates launch launched invoke invoked begin began start started call "
    "called calls take took bring brought".split()
)
DISCUSSED = frozenset(
    "discuss discusses discussed discussing debate debated examine examined examines compare compared assess "
    "assessed analyse analysed review reviewed reviews".split()
)
EXAMINERS = frozenset("trade-dispute prosecution court-ruling talks".split())
"""What another act is brought before, asked into or talked over: it is their matter, not a move beside them."""


OFFERS = frozenset("offer offers proposal proposals overture overtures".split())


def offered(w: Words, m: Mention) -> int | None:
    """The possessor of what a mention offers (“their offers of a truce”, “Ruritania's peace proposal”), a token;
    None where it is nobody's offer.
    """
    for a in [m.candidate.head, *m.frame.wrapped[:2]]:
        if w.lower[a] in OFFERS:
            for b in [a, *(k for k in w.children[a] if k < a)]:
                for k in w.children[b]:
                    if w.relations[k] == "nmod:poss":
                        return k
    return None


def rulings(w: Words, m: Mention, mates: list[Mention]) -> dict[str, float]:
    """What the taxonomy rules on a mention beside the other candidates of its sentence (substance beats
    vehicle, concrete beats general) and on words that only describe.
    """
    out: dict[str, float] = {}
    c, head = m.candidate, m.candidate.head
    verbs = {w.lower[q.token] for q in m.frame.cues if not q.noun}
    others = [o for o in mates if o is not m and o.code != m.code]
    text = [w.lower[k] for k in range(c.first, c.last)]
    if c.code == "trade-dispute" and any(t.startswith(REPRISAL) for t in text):
        by_way = any(w.lower[k] in ("in", "as", "by") for k in w.children[head] if w.relations[k] == "case")
        if any(
            o.candidate.strength != "weak"
            and o.code != "talks"
            and (by_way or (o.frame.predicate is not None and o.frame.predicate == m.frame.predicate))
            for o in others
        ):
            out["reprisal_named"] = 1.0
    elif c.code == "trade-dispute" and text[-1] in STANDING and not verbs & ASKED_FOR:
        out["standing"] = 1.0
    if w.tags[head] in ("VBN", "VBD", "JJ") and c.strength == "verb":
        beside = any(
            above_in_tree(w, head, o.candidate.head) or above_in_tree(w, o.candidate.head, head)
            for o in others
        )
        if w.relations[head] == "amod" or (w.relations[head] == "acl" and beside):
            out["attributive"] = 1.0
    if c.code != "talks" and verbs & DISCUSSED and c.strength != "verb":
        out["discussed"] = 1.0
    if not m.frame.certain and any(
        o.code in EXAMINERS and o.candidate.strength != "weak" and above_in_tree(w, head, o.candidate.head)
        for o in others
    ):
        out["examined"] = 1.0
    if c.strength != "verb" and any(
        w.relations[k] == "case" and w.lower[k] in ("below", "above", "than", "exceeding")
        for k in w.children[head]
    ):
        out["compared"] = 1.0
    if c.code == "election" and c.strength != "verb":
        words = [head, *m.frame.wrapped[:3]]
        cases = {w.lower[k] for a in words for k in w.children[a] if w.relations[k] in ("case", "mark")}
        if cases & {"after", "before", "since", "until", "during", "ahead"}:
            out["time_reference"] = 1.0
    return out


def features(
    doc: Doc,
    w: Words,
    tools: Cast_,
    m: Mention,
    by_sentence: dict[int, list[Candidate]],
    mates: list[Mention],
) -> dict[str, float]:
    """What speaks for and against a mention, as numbers named in words."""
    c, f = m.candidate, m.frame
    out: dict[str, float] = {
        "bias": 1.0,
        f"pat={c.code}: {c.pattern.source}": 1.0,
        "strength=" + c.strength: 1.0,
        "code=" + c.code: 1.0,
        "status=" + f.status: 1.0,
    }
    classes = [q.kind for q in f.cues if not q.noun]
    inner = next((q for q in f.cues if not q.noun), None)
    out["role=" + (f.role or "none")] = 1.0
    if inner is not None:
        out["inner=" + inner.kind] = 1.0
        out["tense=" + inner.tense] = 1.0
        if inner.modal:
            out["modal=" + inner.modal] = 1.0
        if inner.negated:
            out["negated"] = 1.0
    else:
        out["no_verb"] = 1.0
    for k in set(classes[1:]):
        out["outer=" + k] = 1.0
    for q in f.cues:
        if q.noun:
            out["noun=" + q.kind] = 1.0
    if f.certain:
        out["certain"] = 1.0
    if f.attitude:
        out["attitude"] = 1.0
    if f.conditional:
        out["conditional"] = 1.0
    if m.roles.actors:
        out["actor"] = 1.0
        kinds = {tools.kind(a) or "words" for a in m.roles.actors}
        for k in kinds:
            out["actor=" + k] = 1.0
        if len(m.roles.actors) > 1:
            out["actors>1"] = 1.0
    else:
        out["no_actor"] = 1.0
    if m.roles.targets:
        out["target"] = 1.0
    if c.code in ("talks", "treaty", "trade-agreement"):
        known = sum(1 if tools.kind(a) else 2 * both_sides(a) for a in m.roles.actors)
        out[f"mutual={min(known, 2)}"] = 1.0
        if c.code == "talks":
            out[f"talks&{c.strength}&{min(known, 2)}"] = 1.0
            official = any(governs(tools, a) for a in m.roles.actors) or gathered(w, m)
            named_before = f.subject is not None and w.lower[f.subject] in ("two", "both")
            if c.strength == "verb" and not (official or named_before):
                out["private"] = 1.0
            if official and known > 1 and f.status == "agreed" and f.certain:
                out["met"] = 1.0
            if (
                official
                and c.strength == "verb"
                and (known > 1 or gathered(w, m))
                and w.lower[c.head] in MET
                and not f.cues[0].negated
            ):
                out["met"] = 1.0
    else:
        out[f"{c.strength}&{'actor' if m.roles.actors else 'none'}"] = 1.0
    if f.subject is not None and f.role in ("self", "obj"):
        political = bool(m.roles.actors) and tools.kind(m.roles.actors[0]) != "place"
        out["political_subject" if political else "plain_subject"] = 1.0
    if c.code in PACTS and f.status == "negotiating" and c.strength == "strong":
        out["pact"] = 1.0
    if c.code in PACTS and c.strength == "strong" and f.status == "proposed" and offered(w, m) is not None:
        out["offer"] = 1.0
    out["hand"] = sum([HAND[k] * v for k, v in out.items() if k in HAND])
    out.update(rivalry(w, m, mates))
    out.update(rulings(w, m, mates))
    for kind in sorted({t.kind for t in m.terms}):  # in order: the sum of floats must not hang on the hash seed
        out["term=" + kind] = 1.0
    if m.terms:
        out["terms"] = 1.0
    size = max(len(doc.sentences), 1)
    place = c.sentence / size
    out["place"] = place
    if c.sentence <= 1:
        out["lead"] = 1.0
    elif c.sentence <= 3:
        out["high"] = 1.0
    wrapped = [w.lower[i] for i in f.wrapped]
    if wrapped and not any(q.noun and q.kind for q in f.cues):
        out["oblique"] = 1.0
    case = next((w.lower[k] for k in w.children[c.head] if w.relations[k] == "case"), "")
    if case:
        out["case=" + (case if case in COMMON_CASES else "other")] = 1.0
        out["case&" + c.strength] = 1.0
    det = next((w.lower[k] for k in w.children[c.head] if w.relations[k] == "det"), "")
    if det:
        out["det=" + (det if det in ("the", "a", "an", "any", "no", "this", "such") else "other")] = 1.0
    elif w.tags[c.head][0] == "N":
        out["det=none"] = 1.0
    if w.tags[c.head] in ("NNP", "NNPS"):
        out["proper"] = 1.0
    if w.tags[c.head] in ("NNS",):
        out["plural"] = 1.0
    if f.role == "self" and w.relations[c.head].startswith("acl"):
        out["relative"] = 1.0
    others = [o for o in by_sentence[c.sentence] if o is not c]
    if others:
        out["others"] = min(len(others), 4) / 4
        if any(o.strength != "weak" and o.code != c.code for o in others):
            out["stronger"] = 1.0 if c.strength == "weak" else 0.0
            out["rival"] = 1.0
    heads = {o.head: o for o in others}
    chain = [q.token for q in f.cues] + list(f.wrapped)
    above = [heads[t] for t in chain if t in heads]
    if above:
        out["under"] = 1.0
        out["under=" + above[0].strength] = 1.0
        if above[0].code in VEHICLES:
            out["under_vehicle"] = 1.0
        if above[0].code == c.code:
            out["under_same"] = 1.0
    if f.subject in heads:
        out["subject_candidate"] = 1.0
    up = c.head
    for _ in range(6):  # below another instrument by any path
        up = w.heads[up]
        if up < 0:
            break
        if up in heads:
            out["below"] = 1.0
            break
    if any(w.heads[h] == c.head for h in heads):
        out["above"] = 1.0
    if f.predicate is not None and f.role != "self" and any(w.heads[h] == f.predicate for h in heads):
        out["same_verb"] = 1.0
    topic = next((w.lower[i] for i in f.wrapped[:2] if w.lower[i] in TOPICS), "")
    if case in ("over", "on", "about", "against", "to", "of", "for") and topic:
        out["topic"] = 1.0
        if not m.roles.own:
            out["topic_bare"] = 1.0
    elif f.wrapped and w.lower[f.wrapped[0]] in CONFLICTS and not m.roles.own:
        out["topic_bare"] = 1.0
    if (
        f.role == "self"
        and inner is not None
        and inner.tense == "gerund"
        and w.relations[c.head] in ("csubj", "nsubj")
    ):
        out["gerund_subject"] = 1.0
    if f.predicate is not None and w.relations[f.predicate] == "csubj":
        out["gerund_subject"] = 1.0
    mark = ""
    if f.predicate is not None:
        mark = next(
            (
                w.lower[k]
                for k in w.children[f.predicate]
                if w.relations[k] in ("mark", "case") and k < f.predicate
            ),
            "",
        )
        if mark in (
            "if",
            "until",
            "unless",
            "whether",
            "after",
            "before",
            "while",
            "as",
            "because",
            "although",
            "without",
            "despite",
            "when",
            "since",
        ):
            out["mark=" + mark] = 1.0
            if "inside" in out:
                out["mark&inside"] = 1.0
    if "relative" in out and "inside" in out:
        out["relative&inside"] = 1.0
    if any(company(tools, a) for a in m.roles.actors[:2]):
        out["company"] = 1.0
    if case in ("in", "as") and c.code == "trade-dispute":
        out["by_way"] = 1.0
    words = set(w.lower[doc.sentences[c.sentence].first : doc.sentences[c.sentence].last])
    if words & OLD_WORDS:
        out["old"] = 1.0
    gap = year_before(doc, c.sentence, doc.tokens[c.head].start)
    if gap:
        out["old_year" if gap > 1 else "last_year"] = 1.0
    if (
        gap
        and (gap > 1 or not doc.article.published)
        and f.status not in ("announced", "proposed", "threatened", "negotiating")
    ):
        out["past_year"] = 1.0
    if mark in ("until", "if", "unless", "before") and (
        "inside" in out or "inside_other_actor" in out or "clause_of" in out
    ):
        out["condition"] = 1.0
    if words & {"ago", "decades", "years"} and words & {"ago", "past", "last", "over", "since", "decades"}:
        out["long"] = 1.0
    if c.head in tools.speakers:
        out["quoted"] = 1.0
    if w.relations[c.head] in ("advcl",):
        out["adverbial"] = 1.0
    out.update(by_words(tools, c))
    return out


def by_words(tools: Cast_, c: Candidate) -> dict[str, float]:
    """What the words of its sentence say for a candidate's type, and for the others."""
    if tools.said is None:
        return {}
    row = tools.said.table[c.sentence]
    mine = NUMBER[c.code]
    own = float(row[mine])
    order = row.argsort()
    top = int(order[-1])
    rival = float(row[int(order[-2]) if top == mine else top])
    out = {
        "words": max(-8.0, min(4.0, own)) / 2,
        "words_share": share(own),
        "words_top" if top == mine else "words_low": 1.0,
        "words_above": max(0.0, min(6.0, float(row[top]) - own)) / 2,
        "words_rival": share(rival),
    }
    if c.pattern.source == UNNAMED:
        out["unnamed"] = 1.0
        out["unnamed&" + c.strength] = 1.0
    return out


def share(z: float) -> float:
    """The probability of log odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


VEHICLES = frozenset(
    "legislation resolution executive-order court-ruling treaty talks trade-agreement peace-agreement".split()
)
TOPICS = frozenset(
    """dispute row talks talk negotiations negotiation complaint concern concerns question questions debate
    criticism worries worry fears
    fear objection objections accusation allegations allegation claims claim impact effect effects
    consequences controversy
    discussion discussions report reports issue issues case battle fight argument quarrel feud rift tension
    tensions anger protest
    protests comment comments remarks statement story news speculation view views opinion policy policies
    history origin damage
    cost costs risk risks statements deal agreement investigation probe inquiry challenge lawsuit
    ruling""".split()
)
CONFLICTS = frozenset(
    """dispute row complaint complaints controversy debate argument quarrel feud rift saga war battle
    fight issue question case""".split()
)
COMPANY = frozenset(
    """inc corp co ltd plc company group airlines airways motors industries holdings gmbh ag sa llc bank
    steel oil energy systems
    international technologies media newspaper news times post agency university institute club united
    fc""".split()
)


BUSINESSES = frozenset(
    "company firm airline maker producer manufacturer insurer carrier retailer miner automaker carmaker lender "
    "operator refiner supplier conglomerate".split()
)


def company(tools: Cast_, ref: str) -> bool:
    """Whether an actor looks like a business: by the last word of its name, or by what it is called."""
    known = tools.index.actors.get(ref)
    if known is None or known.kind != "organization":
        return False
    last = known.name.lower().rstrip(".").split()[-1]
    return last in COMPANY - {"bank", "agency", "group", "oil"} or any(
        r.title.lower().split()[-1:] and r.title.lower().split()[-1] in BUSINESSES for r in known.roles
    )


COMMON_CASES = frozenset(
    """of on for to in at with after before during over by from about against under into following since
    despite""".split()
)
OLD_WORDS = frozenset(
    """ago earlier previous previously former formerly history historic decades last since once
    originally""".split()
)


def year_before(doc: Doc, sentence: int, at: int) -> int:
    """How many years before publication (or the latest year of the text) lies the year that stands nearest to
    an offset in its sentence; 0 without one.
    """
    span = doc.sentences[sentence].span
    years = [(abs(m.start() - at), int(m[0])) for m in YEAR.finditer(doc.text, span.start, span.end)]
    if not years:
        return 0
    if doc.article.published:
        now = int(doc.article.published[:4])
    else:
        now = latest_year(doc.text)
    return max(0, now - min(years)[1])


def year_gap(doc: Doc, start: int, end: int) -> int:
    """How many years before publication (or the latest year of the text) the latest year of a phrase lies; 0
    without one.
    """
    years = [int(y) for y in YEAR.findall(doc.text[start:end])]
    if not years:
        return 0
    published = doc.article.published
    now = int(published[:4]) if published else latest_year(doc.text)
    return max(0, now - max(years))


@lru_cache(maxsize=2)
def latest_year(text: str) -> int:
    """The latest year that a text names; it must name one."""
    return max(int(y) for y in YEAR.findall(text))


YEAR = re.compile(r"\b(?:19|20)\d\d\b(?![/–-]\d)")


DAMPING = {
    "topic_bare": 0.35,
    "gerund_subject": 0.25,
    "relative&inside": 0.4,
    "by_way": 0.3,
    "company": 0.5,
    "past_year": 0.25,
    "condition": 0.3,
    "generic_above": 0.4,
    "long": 0.7,
    "reprisal_named": 0.2,
    "standing": 0.3,
    "attributive": 0.3,
    "discussed": 0.4,
    "examined": 0.5,
    "time_reference": 0.4,
    "compared": 0.3,
    "private": 0.3,
}
"""What the taxonomy rules out, whatever else speaks for it: topics, opinions on a measure, background,
conditions of another, meetings of people without public office.
"""


def damp(f: dict[str, float]) -> float:
    """The factor by which rules of the taxonomy lower a mention's score."""
    factor = 1.0
    for key, value in DAMPING.items():
        if key in f:
            factor *= value
    return factor


def score(f: dict[str, float]) -> float:
    """Probability that a mention with these features speaks of a move, after the rules that no learning
    may overrule.
    """
    return lift(f, linear.probability("mention", f) * damp(f))


def lift(f: dict[str, float], p: float) -> float:
    """A score, raised where the taxonomy itself names the case: two sides that met; a named pact being negotiated."""
    if "met" in f:
        return 1 - (1 - p) * 0.4
    return 1 - (1 - p) * 0.6 if "pact" in f or "offer" in f else p


HAND = {
    "strength=strong": 0.6,
    "strength=weak": -1.6,
    "strength=verb": 0.5,
    "certain": 0.9,
    "actor": 0.9,
    "no_actor": -0.7,
    "target": 0.5,
    "mutual=2": 1.2,
    "mutual=0": -0.5,
    "attitude": -0.4,
    "inner=plain": -0.3,
    "inner=realize": 0.4,
    "no_verb": -0.4,
    "negated": -0.3,
}
"""A first weighing by hand, itself a feature: it holds where the learned weights know too little."""


MOVE_FLOOR = 0.25
BEST_FLOOR = 0.15
"""What the best mention of a move must reach: no number of faint ones makes a move."""


def keeps(doc: Doc, tools: Cast_, cluster: list[Mention], clusters: list[list[Mention]]) -> bool:
    """Whether a cluster of mentions is reported as a move."""
    if max(m.score for m in cluster) < BEST_FLOOR:
        return False
    p = linear.probability("cluster", cluster_features(doc, tools, cluster, clusters))
    if any("met" in m.features for m in cluster):
        p = 1 - (1 - p) * 0.6
    return p >= MOVE_FLOOR


def cluster_features(
    doc: Doc, tools: Cast_, cluster: list[Mention], clusters: list[list[Mention]]
) -> dict[str, float]:
    """What speaks for a whole cluster: its best mentions, how often it comes up, and what else its
    sentences hold.
    """
    from readout.extract import merging

    scores = sorted((m.score for m in cluster), reverse=True)
    main = merging.main_mention(cluster)
    actors, targets = merging.who(tools, cluster, main)
    out: dict[str, float] = {
        "bias": 1.0,
        "best": scores[0],
        "logit": logit(scores[0]),
        "second": scores[1] if len(scores) > 1 else 0.0,
        "code=" + main.code: 1.0,
        "strength=" + main.candidate.strength: 1.0,
    }
    out["size"] = min(len(cluster), 5) / 5
    out["single"] = float(len(cluster) == 1)
    sentences = {m.candidate.sentence for m in cluster}
    first = min(sentences)
    out["lead"] = float(first <= 1)
    out["place"] = first / max(len(doc.sentences), 1)
    out["actor" if actors else "no_actor"] = 1.0
    if targets:
        out["target"] = 1.0
    if any(m.terms for m in cluster):
        out["terms"] = 1.0
    for kind in sorted({t.kind for m in cluster for t in m.terms}):
        out["term=" + kind] = 1.0
    if any(m.frame.certain for m in cluster):
        out["certain"] = 1.0
    shares = [m.features.get("words_share", 0.0) for m in cluster]
    out["words_best"] = max(shares)
    out["words_sum"] = min(3.0, sum(shares))
    if all("unnamed" in m.features for m in cluster):
        out["unnamed"] = 1.0
    out["status=" + merging.stage(cluster, main)[0]] = 1.0
    for key in (
        "inside",
        "inside_generic",
        "inside_other_actor",
        "generic_above",
        "shares_weaker",
        "old_year",
        "last_year",
        "oblique",
        "attitude",
        "mutual=2",
        "mutual=0",
        "plain_subject",
        "political_subject",
        "outside",
        "conditional",
        "quoted",
    ):
        if key in main.features:
            out["main:" + key] = 1.0
    rivals = [
        k
        for k in clusters
        if k is not cluster and any(m.candidate.sentence == main.candidate.sentence for m in k)
    ]
    stronger = [k for k in rivals if max(m.score for m in k) > scores[0]]
    if stronger:
        out["outdone"] = 1.0
        if max(len(k) for k in stronger) > len(cluster):
            out["outdone_larger"] = 1.0
    if any(k is not cluster and k[0].code == main.code for k in clusters):
        out["same_type"] = 1.0
        if any(
            k is not cluster and k[0].code == main.code and max(m.score for m in k) > scores[0]
            for k in clusters
        ):
            out["same_type_stronger"] = 1.0
    top = max(max(m.score for m in k) for k in clusters)
    out["share"] = scores[0] / top if top else 0.0
    out["rank"] = min(sum(1 for k in clusters if max(m.score for m in k) > scores[0]), 6) / 6
    return out


def logit(p: float) -> float:
    """Log odds, bounded."""
    p = min(max(p, 0.01), 0.99)
    return math.log(p / (1 - p))


SEEKS = frozenset(
    "candidate opposition challenger hopeful senator congressman lawmaker mp contender frontrunner".split()
)


def status_features(doc: Doc, w: Words, tools: Cast_, m: Mention) -> dict[str, float]:
    """What bears on the status of a mention: the reading of its frame, and the cues nearby in case the
    frame missed them.
    """
    c, f = m.candidate, m.frame
    rule = f.status
    out: dict[str, float] = {
        "bias": 1.0,
        "rule=" + rule: 1.0,
        "code=" + c.code: 1.0,
        f"rule&code={rule}&{c.code}": 1.0,
        f"rule&certain={rule}&{f.certain}": 1.0,
        "role=" + f.role: 1.0,
    }
    verbs = [q for q in f.cues if not q.noun]
    for n, q in enumerate(verbs[:3]):
        out[f"v{n}={q.kind}"] = 1.0
        out[f"t{n}={q.tense}"] = 1.0
        if q.modal:
            out[f"m{n}={q.modal}"] = 1.0
        if q.negated:
            out["negated"] = 1.0
        out[f"r{n}={q.relation}&{q.kind}"] = 1.0
    if verbs:
        out["top=" + verbs[-1].kind] = 1.0
        out[f"inner={verbs[0].kind}&{verbs[0].tense}&{verbs[0].modal}"] = 1.0
        out["verb=" + w.lower[verbs[0].token]] = 1.0
        if len(verbs) > 1:
            out["verb1=" + w.lower[verbs[1].token]] = 1.0
    for q in f.cues:
        if q.noun:
            out["noun=" + q.kind] = 1.0
    words = status_words()
    sentence = doc.sentences[c.sentence]
    for i in range(max(sentence.first, c.first - 8), c.first):
        kind = words.verbs.get(w.lower[i]) or words.nouns.get(w.lower[i]) or words.modals.get(w.lower[i])
        if kind:
            out["left=" + kind] = 1.0
    for i in range(c.last, min(sentence.last, c.last + 8)):
        kind = words.verbs.get(w.lower[i]) or words.nouns.get(w.lower[i]) or words.modals.get(w.lower[i])
        if kind:
            out["right=" + kind] = 1.0
    low = w.lower[sentence.first : sentence.last]
    if "if" in low or "unless" in low:
        out["if"] = 1.0
        if c.code in HARMFUL:
            out["if&harmful"] = 1.0
    for t in m.terms:
        out["term=" + t.kind] = 1.0
        if t.kind in ("deadline", "condition"):
            out[f"term={t.kind}&{rule}"] = 1.0
    if f.conditional:
        out["conditional"] = 1.0
    if c.head in tools.speakers:
        out["quoted"] = 1.0
    for a in m.roles.actors[:3]:
        known = tools.index.actors.get(a)
        kind = known.kind if known else "words"
        out["actor=" + kind] = 1.0
        out[f"actor={kind}&{rule}"] = 1.0
        if known:
            titles = " ".join(r.title for r in known.roles).lower().split()
            if SEEKS & set(titles) or any(r.status == "candidate" for r in known.roles):
                out["seeks"] = 1.0
                out["seeks&" + rule] = 1.0
    if not m.roles.actors:
        out["no_actor"] = 1.0
    out.update(status_words_of(doc, w, m))
    return out


AROUND = 5
"""How many words on either side of a trigger bear on its status."""
HELPERS = frozenset("aux aux:pass mark advmod cop case det".split())


def status_words_of(doc: Doc, w: Words, m: Mention) -> dict[str, float]:
    """The words that may tell the status, as they stand: the trigger, those that govern it with their helpers, the
    words around it, the modals and verbs of the sentence.
    """
    c = m.candidate
    s = doc.sentences[c.sentence]

    def lemma(i: int) -> str:
        return syntax.lemma(doc.tokens[i].text, w.tags[i]).lower()

    head, tag = lemma(c.head), w.tags[c.head]
    out: dict[str, float] = {"head=" + head: 1.0, "tag=" + tag: 1.0, f"head={head}&{tag}": 1.0}
    above = [c.head]
    while w.heads[above[-1]] >= 0 and len(above) < 6:
        i = w.heads[above[-1]]
        n = len(above)
        out[f"up{min(n - 1, 2)}=" + w.relations[above[-1]]] = 1.0
        word = lemma(i)
        out["above=" + word] = 1.0
        out[f"above{min(n, 3)}={word}&{w.tags[i]}"] = 1.0
        above.append(i)
    out["root=" + lemma(above[-1])] = 1.0
    for i in above:
        for k in w.children[i]:
            if w.relations[k] in HELPERS:
                out[f"helper={w.relations[k]}&{w.lower[k]}"] = 1.0
    for i in range(max(s.first, c.first - AROUND), min(s.last, c.last + AROUND)):
        out["near=" + w.lower[i]] = 0.5
    for i in range(s.first, s.last):
        if w.tags[i] == "MD":
            out["modal=" + w.lower[i]] = 0.5
        elif w.tags[i][0] == "V":
            out["says=" + lemma(i)] = 0.4
    return out


def stages(doc: Doc, w: Words, tools: Cast_, m: Mention) -> dict[str, float]:
    """The probability of each status of a mention: as learned, with some trust in what the frame reads by rule."""
    return trusting(m, linear.distribution("status", status_features(doc, w, tools, m)))


RARE = frozenset("negotiating violated extended threatened suspended ended".split())
TRUST = {True: 3.0, False: 0.3}
"""Log odds by which a status that a cue gives gains: one of the rare ones, of which there is little to learn from,
and another; a status without a cue gains less. Chosen on articles not trained on.
"""


def trusting(m: Mention, shares: dict[str, float]) -> dict[str, float]:
    """Probabilities with the trust in the rule's reading taken in."""
    rule = m.frame.status
    if rule not in shares:
        return shares
    gain = math.exp(TRUST[rule in RARE] * (1.0 if m.frame.certain else 0.3))
    total = 1 + shares[rule] * (gain - 1)
    return {status: share * (gain if status == rule else 1.0) / total for status, share in shares.items()}


HARMFUL = frozenset(
    """tariff sanctions targeted-sanction arms-embargo import-restriction export-restriction trade-dispute
    military-operation
    expulsion civil-restriction prosecution removal border-measure troop-deployment court-ruling""".split()
)
