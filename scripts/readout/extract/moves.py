"""Doc, Parse, Cast, Quotes → Moves: what was done, by whom, on what terms, and how far it has got.

The walk: `instruments` finds the words that name a measure, `frames` reads what governs them,
`participants` who
acts on whom, `terms` the terms; `judge` weighs each mention, `merging` makes mentions of one act one move.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from readout.extract import (
    casting,
    categories,
    dateline,
    frames,
    instruments,
    judge,
    linear,
    merging,
    participants,
    terms,
    tying,
)
from readout.extract.actors import index_of
from readout.extract.instruments import Candidate
from readout.extract.patterns import Words
from readout.records import MOVE_STATUSES, Cast, Doc, Move, Parse, Quote, Span, Term

OWN_STATUS = frozenset(
    """legislation executive-order resolution treaty election talks diplomatic-relations visa-rules subsidy
    monetary-policy
    membership loan peace-agreement tariff fiscal-measure aid""".split()
)
"""Types whose trigger, where it is a verb, says the status too (“repealed the law”, “postponed the
election”).
"""


@dataclass(slots=True)
class Mention:
    """One candidate with all that its sentence says of it."""

    candidate: Candidate
    frame: frames.Frame
    roles: participants.Roles
    terms: list[terms.Found]
    order: int
    features: dict[str, float] = field(default_factory=dict)
    score: float = 0.0
    headline: bool = False
    """Whether it stands in a headline at the top of the text."""
    stages: dict[str, float] = field(default_factory=dict)
    """The probability of each status; empty without weights."""
    read: str = ""
    """The status as the frame alone reads it, by rule."""

    @property
    def code(self) -> str:
        """Its type."""
        return self.candidate.code

    @property
    def status(self) -> str:
        """Its status."""
        return self.frame.status


def naming_of(doc: Doc, cast: Cast) -> list[str]:
    """For every token the kind of the named mention it stands in, or empty."""
    spans = sorted(
        (m.span, a.kind) for a in cast.actors for m in cast.mentions.get(a.id, ()) if m.form == "name"
    )
    out = [""] * len(doc.tokens)
    for i, kind in participants.laid_over(doc, spans).items():
        out[i] = kind
    return out


def read_mentions(
    doc: Doc, parse: Parse, cast: Cast, quotes: Sequence[Quote], model: categories.Model | None = None
) -> tuple[list[Mention], participants.Cast_]:
    """Every candidate of a doc with frame, roles and terms, and its features for the judgement.

    `model` takes the place of the categories' own weights (training gives the weights of a fold).
    """
    w = instruments.view(doc, parse, naming_of(doc, cast))
    index = index_of(doc, cast)
    speaking = [(p.span, q.speaker) for q in quotes if q.speaker for p in q.content]
    words = instruments.status_words()
    found = instruments.candidates(doc, w)
    said = categories.odds(doc, w, [(c.head, c.code, c.strength) for c in found], model)
    tools = participants.Cast_(doc, w, index, participants.speakers_of(doc, speaking), said)
    if said is not None:
        found = sorted(
            [*found, *instruments.unnamed(doc, w, found, said)],
            key=lambda c: (c.sentence, c.first, c.last, c.code),
        )
    by_sentence: dict[int, list[Candidate]] = {}
    for c in found:
        by_sentence.setdefault(c.sentence, []).append(c)
    out: list[Mention] = []
    for number, group in by_sentence.items():
        sentence = doc.sentences[number]
        mentions: list[Mention] = []
        for c in group:
            verbal = c.strength == "verb" and (w.tags[c.head][0] == "V" or w.tags[c.head] == "JJ")
            frame = frames.climb(words, w, c.head, verbal)
            own = (
                frames.verb_class(words, w, c.head) or words.likely.get(w.lower[c.head], "")
                if c.strength == "verb"
                else ""
            )
            if c.code not in OWN_STATUS and own not in (
                "propose",
                "threaten",
                "announce",
                "reject",
                "rejected",
            ):
                own = ""
            frames.read_status(frame, c.code in judge.HARMFUL, own)
            adjust(frame, c, w)
            roles = participants.assign(tools, c, frame)
            mentions.append(Mention(c, frame, roles, [], 0))
        proposed = terms.propose(doc.text, sentence.span.start, sentence.span.end, doc.article.published)
        tools.terms[number], tools.mentions[number] = proposed, mentions
        attach(doc, w, mentions, proposed, sentence.first, sentence.last)
        for m in mentions:
            if (
                m.code in judge.HARMFUL
                and m.status == "announced"
                and any(t.kind == "condition" and t.cue.endswith(("if", "unless", "should")) for t in m.terms)
            ):
                m.frame.status = "threatened"
            add_scope(doc, w, tools, m)
        out += mentions
    for order, m in enumerate(out):
        m.order = order
        m.headline = merging.is_headline(doc, m)
    mates: dict[int, list[Mention]] = {}
    for m in out:
        mates.setdefault(m.candidate.sentence, []).append(m)
    for m in out:
        m.features = judge.features(doc, w, tools, m, by_sentence, mates[m.candidate.sentence])
        m.score = judge.score(m.features)
    for number, group_ in mates.items():
        hand_over(doc, w, group_, doc.sentences[number].first, doc.sentences[number].last)
    for m in out:
        if m.score >= judge.MENTION_FLOOR:
            decide(doc, m, judge.stages(doc, w, tools, m))
    return out, tools


def decide(doc: Doc, m: Mention, stages: dict[str, float]) -> None:
    """Give a mention its likeliest status, and let it keep the terms that suit it; nothing is done without the
    probabilities (untrained).
    """
    m.read = m.frame.status
    if stages:
        m.stages = stages
        m.frame.status = linear.best(stages, MOVE_STATUSES)
        m.terms = [t for t in m.terms if keeps(doc, m, t)]


def hand_over(doc: Doc, w: Words, mates: list[Mention], first: int, last: int) -> None:
    """Give the terms of mentions that are no moves to the others of their sentence."""
    kept = [m for m in mates if m.score >= judge.MENTION_FLOOR]
    loose = [t for m in mates if m not in kept for t in m.terms if t.cue not in OWN_FINDS]
    if kept and loose:
        attach(doc, w, kept, sorted(loose, key=lambda t: t.start), first, last)


OWN_FINDS = frozenset({"scope", "left", "count"})
"""Marks of terms that were read off a mention itself and hold for no other."""


IN_FORCE_ONLY = frozenset({"court-ruling", "prosecution", "military-operation", "weapons-test"})
ACTS_BY_SAYING = frozenset({"removal", "court-ruling", "expulsion", "resolution", "appointment"})


def adjust(frame: frames.Frame, c: Candidate, w: Words) -> None:
    """What the type makes of a status."""
    code, status = c.code, frame.status
    verbs = {w.lower[q.token] for q in frame.cues}
    if code == "legislation":
        if frame.status == "announced" or (
            verbs
            & {
                "introduced",
                "introduce",
                "introduces",
                "introducing",
                "tabled",
                "table",
                "tabling",
                "debated",
                "debate",
                "debating",
                "submitted",
                "drafted",
                "draft",
                "drafting",
                "sponsored",
            }
            and status == "in-force"
        ):
            frame.status = "proposed"
        elif (
            verbs
            & {
                "passed",
                "approved",
                "adopted",
                "passes",
                "approves",
                "adopts",
                "backed",
                "cleared",
                "voted",
                "completed",
                "finished",
                "finishes",
                "completes",
            }
            and status == "in-force"
        ):
            frame.status = "agreed"
        elif verbs & {"signed", "signs", "assented", "enacted", "promulgated"} and status in (
            "agreed",
            "in-force",
        ):
            frame.status = "in-force"
    elif code in ("resolution", "executive-order", "court-ruling"):
        if status == "agreed":
            frame.status = "in-force"
    elif (
        code in ACTS_BY_SAYING
        and status == "announced"
        and not any(q.modal or q.tense == "infinitive" for q in frame.cues if not q.noun)
    ):
        frame.status = "in-force"
    if code == "appointment":
        if verbs & {"nominated", "nominate", "nominates", "nomination", "nominating"} or w.lower[c.head] in (
            "nominated",
            "nominate",
            "nominates",
            "nominee",
            "nomination",
            "nominating",
        ):
            if frame.status in ("in-force", "announced"):
                frame.status = "proposed"
        elif frame.status == "agreed":
            frame.status = "announced" if any(q.tense == "infinitive" for q in frame.cues) else "in-force"
    calls = w.lower[c.head] in ("called", "call", "calls", "calling") or bool(
        verbs & {"called", "set", "scheduled"}
    )
    if code == "election" and frame.status == "in-force" and calls:
        frame.status = "announced"
    if code == "monetary-policy" and status == "extended":
        frame.status = "in-force"  # a rate kept is a decision, too
    if frame.role == "adjunct" and code in ("treaty", "trade-agreement") and status == "in-force":
        frame.status = "agreed"
    if (
        code == "trade-dispute"
        and frame.status == "announced"
        and w.lower[c.head].startswith(("retal", "counter", "respon"))
    ):
        frame.status = "threatened"
    if code == "talks":
        if frame.status == "proposed" and any(v.startswith("discuss") for v in verbs):
            frame.status = "in-force"
        if frame.status == "negotiating":
            frame.status = "in-force"


NEAR_KINDS = {"rate", "amount", "duration", "deadline"}


def attach(
    doc: Doc, w: Words, mentions: list[Mention], found: list[terms.Found], first: int, last: int
) -> None:
    """Tie each term to the nearest instrument of its clause."""
    if not mentions or not found:
        return
    tokens = doc.tokens
    at = first
    for t in found:
        while at < last and tokens[at].end <= t.start:
            at += 1
        here = at
        chain = [here]
        while w.heads[chain[-1]] >= 0 and len(chain) < 15:
            chain.append(w.heads[chain[-1]])
        best: Mention | None = None
        best_cost = 99.0
        for m in mentions:
            c = m.candidate
            if t.kind not in judge.ALLOWED.get(m.code, judge.DEFAULT_ALLOWED):
                continue
            if t.kind == "condition" and t.start <= tokens[c.head].start < t.end:
                continue  # what the condition speaks of is not what rests on it
            depth = next((k for k, x in enumerate(chain) if c.first <= x < c.last), None)
            cost: float
            if depth is not None:
                cost = depth * 0.5
            else:
                spine = (
                    [m.frame.predicate, *m.frame.wrapped]
                    if m.frame.predicate is not None
                    else m.frame.wrapped
                )
                up = next((k for k, x in enumerate(chain) if x in spine), None)
                cost = 2 + up * 0.5 if up is not None else 5.0
            gap = here - c.last if here >= c.last else c.first - here
            cost += 0.12 * max(gap, 0)
            if m.candidate.strength == "weak":
                cost += 1.5
            if cost < best_cost:
                best, best_cost = m, cost
        if (
            t.kind == "deadline"
            and best is not None
            and t.cue
            in ("", "on", "in", "at", "before", "after", "during", "for", "since", "by", "within", "as of")
            and not doc.text[t.start : t.start + 8].lower().startswith(AHEAD)
            and of_the_past(w, chain, best)
        ):
            continue
        if best is not None and best_cost < 9:
            best.terms.append(t)


AHEAD = ("next", "tomorrow", "coming", "later")


def of_the_past(w: Words, chain: list[int], m: Mention) -> bool:
    """Whether a date belongs to a verb in the past: when it was said, agreed or done, not when it shall
    be.
    """
    verb = next((x for x in chain[1:6] if w.tags[x][0] == "V"), None)
    if verb is None:
        return False
    if w.tags[verb] == "VBD":
        return True
    below = [w.lower[c] for c in w.children[verb] if w.relations[c].startswith("aux")]
    return (
        w.tags[verb] == "VBN"
        and bool(set(below) & {"was", "were", "has", "have", "had"})
        and not set(below) & {"will", "would", "may", "could"}
    )


def keeps(doc: Doc, m: Mention, t: terms.Found) -> bool:
    """Whether a term may belong to a mention: no dates of past acts, no conditions of mere time."""
    status, cue = m.status, t.cue
    if t.kind == "deadline":
        done = status in ("in-force", "rejected", "violated", "ended") and m.code not in ("membership",)
        if judge.year_gap(doc, t.start, t.end) > 0 or UP_UNTIL.search(
            doc.text, max(0, t.start - 16), t.start
        ):
            return False
        if cue in ("by", "until", "till", "within", "through", "next", "coming", "no later than", "ending"):
            return True
        text = doc.text[t.start : t.end].lower()
        if text.startswith(("next", "within")):
            return True
        if cue in ("from", "effective", "as of", "starting", "beginning", "as from"):
            return status not in ("rejected",)
        if cue == "since":
            return False
        if (
            m.frame.cues
            and any(q.tense == "progressive" and not q.noun for q in m.frame.cues)
            and text.startswith("this")
        ):
            return True
        settled = (
            status in ("agreed", "extended", "suspended") and cue in ("on", "", "in") and text in dateline.WEEKDAYS
        )
        return not done and not settled
    if t.kind == "condition":
        if cue in ("when", "should", "once", "until", "till"):
            return status in ("announced", "proposed", "threatened", "suspended", "agreed", "rejected")
        if cue == "without":
            return status in ("rejected", "threatened")
        if cue == "if" or cue == "unless" or cue.endswith("if"):
            return status != "in-force" or m.code in ("ceasefire", "peace-agreement", "loan")
        return True
    if t.kind == "duration":
        return True
    return True


UP_UNTIL = re.compile(r"\bup (?:until|till|to) (?:the )?$")
SCOPE_CASES: dict[str, tuple[str, ...]] = {
    "tariff": ("on",),
    "import-restriction": ("of", "on"),
    "export-restriction": ("of", "on"),
    "subsidy": ("for", "on", "to"),
    "sanctions": ("on",),
    "fiscal-measure": ("on", "for"),
    "energy-supply": ("of", "for"),
    "trade-agreement": ("on", "in", "for"),
    "arms-transfer": ("of",),
    "aid": ("for", "of"),
    "loan": ("for",),
    "legislation": ("on",),
    "ceasefire": (),
    "treaty": ("on",),
    "visa-rules": ("for",),
    "border-measure": ("for", "to"),
    "executive-order": ("on",),
    "civil-restriction": ("on",),
    "diplomatic-relations": ("on",),
}


def add_scope(doc: Doc, w: Words, tools: participants.Cast_, m: Mention) -> None:
    """What the measure covers: the complement of its trigger, where it names goods or sectors."""
    c = m.candidate
    cases = SCOPE_CASES.get(m.code, ())
    for a in [c.head, *m.frame.wrapped[:1]]:
        for p in w.children[a]:
            if w.relations[p] in ("acl", "acl:relcl") and w.lower[p] in (
                "covering",
                "focused",
                "limited",
                "covers",
                "aimed",
                "excluding",
                "affecting",
                "concerning",
                "regulating",
                "applies",
            ):
                for q in w.children[p]:
                    if w.relations[q] in ("obj", "obl"):
                        scope(doc, w, m, q)
                        return
    counted(doc, w, m)
    if m.code in GOODS and not any(t.kind == "scope" for t in m.terms):
        left = [
            k
            for k in before(w, c.head)
            if k < c.first
            and w.tags[k][0] in "NJ"
            and not w.naming[k]
            and w.lower[k] not in NOT_GOODS
            and w.lower[k][0].isalpha()
            and w.lower[k] not in participants.FIGURES
        ]
        if left and any(w.tags[k][0] == "N" for k in left):
            first, last = min(left), max(left)
            if last - first <= 3:
                m.terms.append(
                    terms.Found("scope", doc.tokens[first].start, doc.tokens[last].end, None, "left")
                )
                return
    if prepositional_scope(doc, w, tools, m, cases):
        return
    if m.code in OBJECT_IS_SCOPE and c.strength == "verb" and not any(t.kind == "scope" for t in m.terms):
        verbs = [c.head, *(k for k in range(c.first, c.last) if k != c.head and w.tags[k][0] == "V")]
        for k in [q for v in verbs for q in w.children[v]]:
            if (
                w.relations[k] not in ("obj", "nsubj:pass")
                or c.first <= k < c.last
                or w.tags[k] not in ("NN", "NNS")
            ):
                continue
            if tools.actor(k) is None and not w.naming[k] and w.lower[k] not in NOT_GOODS:
                scope(doc, w, m, k)
                return


def prepositional_scope(
    doc: Doc, w: Words, tools: participants.Cast_, m: Mention, cases: tuple[str, ...]
) -> bool:
    """Add what a preposition of the type's own ties to the measure as scope; whether there was something."""
    c = m.candidate
    if not cases:
        return False
    options = [c.head, *m.frame.wrapped[:1]]
    if m.frame.predicate is not None and m.frame.role != "self":
        options.append(m.frame.predicate)
    for a in options:
        for p in participants.prepositional(w, a, cases):
            if c.first <= p < c.last:
                if w.lower[p] in CARRIERS and participants.prepositional(w, p, ("of",)):
                    scope(doc, w, m, p)
                    return True
                continue
            who = tools.actor(p)
            if who is not None and tools.kind(who) and w.lower[p] not in CARRIERS:
                continue
            if (
                w.tags[p] == "CD" or w.lower[p] in MEASURED
            ):  # “tariffs of 25% on cars”: what hangs on the figure
                for q in participants.prepositional(w, p, cases):
                    if w.tags[q][0] == "N" and not w.naming[q]:
                        scope(doc, w, m, q)
                        return True
                continue
            if w.tags[p][0] != "N" or w.tags[p] == "NNP":
                continue
            if re.fullmatch(
                r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|month|year|years|weeks|"
                r"months|days|time|day",
                w.lower[p],
            ):
                continue
            scope(doc, w, m, p)
            return True
    return False


OBJECT_IS_SCOPE = frozenset(
    {
        "import-restriction",
        "export-restriction",
        "tariff",
        "subsidy",
        "border-measure",
        "diplomatic-relations",
    }
)
"""Types whose verb takes what is covered as its object: “stopped exporting tin ore”, “suspended flights”."""
GOODS = frozenset({"import-restriction", "export-restriction", "tariff", "subsidy", "energy-supply"})
NOT_GOODS = frozenset(
    """new retaliatory additional annual total national state federal reciprocal temporary higher further
    major global own first second
    proposed planned import export trade protective punitive extra current existing government foreign
    domestic half year border borders crossing crossings frontier wage grocery""".split()
)
NOT_COUNTED = frozenset(
    """year years month months week weeks day days hour hours minute minutes percent pct point points
    dollars dlrs euros pounds yen time
    times vote votes provinces districts countries members states regions cities towns sides parties thirds
    quarters article section chapter round rounds state government officials sources analysts experts""".split()
)


def before(w: Words, head: int) -> list[int]:
    """The modifiers before a noun, and theirs: “frozen”, “beef”, “import” of “frozen beef import quota”."""
    near = [k for k in w.children[head] if k < head and w.relations[k] in ("compound", "amod")]
    return sorted(
        [*near, *(q for k in near for q in w.children[k] if w.relations[q] in ("compound", "amod"))]
    )


NEVER_COUNTED = frozenset("talks resolution treaty weapons-test monetary-policy membership".split())
"""Types whose counts are of bills, rounds or sides, not of what they take in."""


def counted(doc: Doc, w: Words, m: Mention) -> None:
    """A count of persons or things that the measure takes in: “freed 300 prisoners”, “a quota of 93,000
    tonnes”.
    """
    c = m.candidate
    if m.code in NEVER_COUNTED:
        return
    anchors = [c.head, *m.frame.wrapped[:1]]
    if m.frame.predicate is not None and m.frame.predicate not in anchors:
        anchors.append(m.frame.predicate)
    for a in anchors:
        for k in [a, *w.children[a]] if a == c.head else w.children[a]:
            if k != a and w.relations[k] not in ("obj", "nsubj:pass", "nmod", "obl", "nmod:poss", "conj"):
                continue
            if w.tags[k][0] != "N" or w.lower[k] in NOT_COUNTED:
                continue
            number = next(
                (
                    q
                    for q in w.children[k]
                    if w.relations[q] == "nummod" and w.tags[q] == "CD" and q < k and k - q <= 4
                ),
                None,
            )
            if number is None or (number > 0 and w.lower[number - 1] in ("$", "£", "€")):
                continue
            if (
                "/" in w.lower[number]
                or judge.YEAR.fullmatch(w.lower[number])
                or any(
                    w.lower[q] in ("-", "–", "—") and doc.tokens[q].start > doc.tokens[q - 1].end
                    for q in range(number + 1, k)
                )
            ):
                continue
            if terms.value(w.lower[number].split("-")[0]) in (None, 1.0) and not w.lower[number][0].isdigit():
                continue
            start = number
            while (
                start > 0
                and w.heads[start - 1] == number
                and doc.tokens[start - 1].end == doc.tokens[start].start
            ):
                start -= 1
            span = doc.tokens[start].start, doc.tokens[k].end
            if any(t.start < span[1] and span[0] < t.end for t in m.terms):
                continue
            text = " ".join(doc.text[span[0] : span[1]].split())
            n = terms.value(w.lower[number])
            norm = (
                f"{terms.plain(n)} {text[len(doc.tokens[number].text) :].strip().lower()}"
                if n is not None and start == number
                else None
            )
            m.terms.append(terms.Found("amount", *span, norm, "count"))
            return


MEASURED = frozenset(
    "dollars dlrs pct percent billion million mln bln euros pounds tonnes tons barrels lot number".split()
)


CARRIERS = frozenset(
    "imports import exports export importation shipments shipment sale sales supply supplies purchases".split()
)
"""Words between a measure and the goods it covers."""


def scope(doc: Doc, w: Words, m: Mention, head: int) -> None:
    """Add the noun phrase of a head as scope."""
    if w.lower[head] in CARRIERS:
        of = participants.prepositional(w, head, ("of",))
        if of and w.tags[of[0]][0] == "N":
            head = of[0]
        elif not any(w.relations[k] in ("compound", "amod") for k in w.children[head]):
            return  # “tariffs on imports”: says no more than the trigger
    start, end = tying.phrase_of(doc, w, head)
    if end - start > 3:
        m.terms.append(terms.Found("scope", start, end, None, "scope"))


def find(doc: Doc, parse: Parse, cast: Cast, quotes: tuple[Quote, ...]) -> tuple[Move, ...]:
    """The policy moves of a doc in order of their triggers, one an act."""
    mentions, tools = read_mentions(doc, parse, cast, quotes)
    kept = [m for m in mentions if m.score >= judge.MENTION_FLOOR]
    clusters = merging.merge(doc, tools, kept)
    sure = [cluster for cluster in clusters if judge.keeps(doc, tools, cluster, clusters)]
    mains = [merging.main_mention(cluster) for cluster in sure]
    if tying.weights():
        chosen = tying.apart([tying.tied(doc, tools, c, m) for c, m in zip(sure, mains, strict=True)])
    else:
        chosen = [by_rule(doc, c, m) for c, m in zip(sure, mains, strict=True)]
    moves = [make(doc, tools, cluster, found) for cluster, found in zip(sure, chosen, strict=True)]
    return tuple(sorted(moves, key=lambda m: m.trigger.span))


def by_rule(doc: Doc, cluster: Sequence[Mention], main: Mention) -> list[tying.Candidate]:
    """The terms of a move as the rules alone tie them: those of the main mention, and of others what they add."""
    chosen: list[tying.Candidate] = []
    for m in sorted(cluster, key=lambda m: (m is not main, m.order)):
        for t in m.terms:
            text = doc.text[t.start : t.end]
            if any(
                s.term.kind == t.kind
                and (doc.text[s.term.start : s.term.end] == text or (t.norm and s.term.norm == t.norm))
                for s in chosen
            ):
                continue
            if m is not main and (
                t.kind in ("rate", "duration", "scope") and any(s.term.kind == t.kind for s in chosen)
            ):
                continue
            chosen.append(tying.Candidate(t, m, -1))
    return chosen


def make(
    doc: Doc, tools: participants.Cast_, cluster: list[Mention], chosen: Sequence[tying.Candidate] = ()
) -> Move:
    """One move of its mentions and the terms that were chosen for it."""
    main = merging.main_mention(cluster)
    status, status_from = merging.stage(cluster, main)
    actors, targets = casting.recast(tools, cluster, main, *merging.who(tools, cluster, main))
    carriers = [main]
    for x in sorted(chosen, key=lambda x: (x.mention is not main, x.mention.order)):
        if x.mention not in carriers:
            carriers.append(x.mention)
    seen = [
        Term(t.kind, cut, t.norm or (cut.words.lower() if t.kind == "scope" else None))
        for t, cut in ((x.term, doc.cut(x.term.start, x.term.end)) for x in chosen)
    ]
    carriers = [main, *(m for m in (status_from, *carriers) if m is not main)]
    numbers = sorted({m.candidate.sentence for m in carriers[:2]})
    spans = [doc.sentences[n].span for n in numbers]
    first, last = main.candidate.first, main.candidate.last
    trigger = doc.cut(doc.tokens[first].start, doc.tokens[last - 1].end)
    seen.sort(key=lambda t: t.passage.span)
    hedge = next((m.frame.hedge for m in [main, status_from] if m.frame.hedge is not None), None)
    return Move(
        main.code,
        label(doc, tools, main, status_from, actors, targets),
        status,
        tuple(actors),
        tuple(targets),
        tuple(seen),
        trigger,
        tuple(doc.cut(*s) for s in spans),
        doc.cut(doc.tokens[hedge].start, doc.tokens[hedge].end) if hedge is not None else None,
        main.candidate.pattern.source,
    )


def label(
    doc: Doc,
    tools: participants.Cast_,
    main: Mention,
    latest: Mention,
    actors: Sequence[str],
    targets: Sequence[str],
) -> str:
    """A readable name in the article's words: “30-day ceasefire”, “lifting of the arms embargo”.

    A lone word that says nothing by itself (“named”) gives way to the type and whom it is about.
    """
    w = tools.w
    c = main.candidate
    if w.tags[c.head][0] == "V":
        first, last = verb_phrase(w, c.first, c.last, c.head)
    else:
        first, last = noun_phrase(w, c.first, c.last, c.head)
    while first < c.first and (
        w.tags[first] in ("DT", "PRP$", "IN", "CC") or not w.lower[first][0].isalnum()
    ):
        first += 1
    while last > c.last and (
        w.tags[last - 1] in ("DT", "PRP$", "IN", "TO", "CC")
        or not (w.lower[last - 1][-1].isalnum() or w.lower[last - 1] == "%")
    ):
        last -= 1
    text = re.sub(r"\s+", " ", doc.text[doc.tokens[first].start : doc.tokens[last - 1].end])
    text = text.strip(" ,;:“”\"'’‘")
    if last - first == 1 and w.tags[c.head][0] == "V":
        about = (targets or actors)[:1]
        names = [tools.index.actors[i].name if i in tools.index.actors else i for i in about]
        text = ": ".join([main.code.replace("-", " "), *names])
    if latest.frame.undone and main.frame.role != "self":
        text = ("lifting of the " if main.code in LIFTED else "end of the ") + text
    return text or main.code.replace("-", " ")


LIFTED = frozenset(
    """sanctions arms-embargo targeted-sanction tariff import-restriction export-restriction emergency
    civil-restriction border-measure executive-order visa-rules""".split()
)
"""Types of which one speaks as lifted when they are undone."""
LABEL_LEFT = frozenset({"amod", "compound", "nummod", "nmod:poss"})
LABEL_WORDS = 12
"""Most tokens of a label on either side of its trigger."""
BREAKS = frozenset({",", ";", ":", "—", "–", "--", "(", ")", "“", "”", '"', "\n"})


def reach(w: Words, start: int, stop: int) -> int:
    """How far a label may go from `start` up to `stop` (past the last): not over a break, nor too far."""
    at = start
    while at < min(stop, start + LABEL_WORDS):
        within = 0 < at < len(w.lower) - 1 and w.lower[at - 1][-1].isdigit() and w.lower[at + 1][0].isdigit()
        if w.lower[at] in BREAKS and not within:  # the dash of “25–50%” joins
            break
        at += 1
    return at


def noun_phrase(w: Words, first: int, last: int, head: int) -> tuple[int, int]:
    """The tokens of a measure's noun with what describes it: “tariffs of 25% on timber”."""
    heads = [head]
    if w.relations[head] == "compound" and 0 < w.heads[head] - head <= 2:
        heads.append(
            w.heads[head]
        )  # “30-day ceasefire agreement”: what describes the one describes the other
        last = max(last, heads[-1] + 1)
    for k in (k for h in heads for k in w.children[h]):
        if k < first and w.relations[k] in LABEL_LEFT and not w.lower[k].endswith("ing"):
            low = min(participants.subtree(w, k, 2))
            if head - low <= 6 and not any(w.lower[i] in BREAKS for i in range(low, first)):
                first = min(first, low)
    for k in (k for h in heads for k in w.children[h]):
        if k >= last - 1 and w.relations[k] == "nmod" and k - head < LABEL_WORDS:
            stop = reach(w, last, below(w, k))
            if stop <= k:
                break
            last = max(last, stop)
    # Where the tree hangs “on timber” on the verb, it still follows the noun.
    if last < len(w.lower) and w.lower[last] in ("on", "against", "between") and w.heads[last] > last:
        k = w.heads[last]
        if reach(w, last, below(w, k)) > k and not w.lower[k].endswith("day"):
            last = reach(w, last, below(w, k))
    return first, last


def below(w: Words, k: int) -> int:
    """Past the last token of a phrase, both sides of “between” included."""
    tokens = participants.subtree(w, k, 3)
    if any(w.lower[i] in ("between", "both") for i in tokens):
        tokens += [i for i in w.children[k] if w.relations[i] == "conj"]
    return max(tokens) + 1


def verb_phrase(w: Words, first: int, last: int, head: int) -> tuple[int, int]:
    """The tokens of a measure's verb with its object, or, in the passive, its subject."""
    for k in w.children[head]:
        if w.relations[k] in ("obj", "xcomp", "ccomp") and k >= head:
            return first, max(last, reach(w, last, max(participants.subtree(w, k, 3)) + 1))
    for k in w.children[head]:
        if w.relations[k] == "nsubj:pass" and 0 < head - k <= 6 and w.tags[k][:2] in ("NN", "CD"):
            low = min(participants.subtree(w, k, 2))
            if head - low <= LABEL_WORDS and not any(w.lower[i] in BREAKS for i in range(low, head)):
                return low, last
    for k in w.children[head]:
        if w.relations[k] == "obl" and head < k < head + 8:
            return first, max(last, reach(w, last, max(participants.subtree(w, k, 2)) + 1))
    return first, last


def span_of(doc: Doc, number: int) -> Span:
    """The span of a sentence."""
    return doc.sentences[number].span
