"""How an instrument is spoken of: its governing words, their modality, polarity and tense, and thus its
status.

From the trigger the reading climbs the tree: an instrument is the object of a verb (“impose tariffs”), that
verb hangs on another (“threatened to impose”), a noun may wrap it (“the lifting of the embargo”). Each
word on
the way that the lexicon `status.toml` knows is a cue. The status is read from the inside out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from readout.extract.patterns import Words

CLAUSAL = frozenset(
    {"xcomp", "ccomp", "advcl", "acl", "acl:relcl", "parataxis", "conj", "csubj", "csubj:pass", "advcl:relcl"}
)
NOMINAL = frozenset(
    {
        "obj",
        "nsubj",
        "nsubj:pass",
        "obl",
        "nmod",
        "nmod:poss",
        "compound",
        "conj",
        "appos",
        "iobj",
        "dep",
        "obl:agent",
        "nmod:desc",
        "obl:unmarked",
        "nmod:unmarked",
        "amod",
        "dislocated",
        "list",
        "orphan",
    }
)


@dataclass(frozen=True)
class StatusWords:
    """The lexicon of status, ready to look up."""

    verbs: dict[str, str]
    """Verb form → class; a particle follows after a hyphen (`called-off`)."""
    particles: dict[str, dict[str, str]]
    """Verb form → particle → class."""
    nouns: dict[str, str]
    modals: dict[str, str]
    adjectives: dict[str, str]
    likely: dict[str, str]
    hedges: frozenset[str]


@dataclass(slots=True)
class Cue:
    """One word on the way up that bears on the status."""

    token: int
    kind: str
    """Its class; `plain` for a verb the lexicon does not know."""
    modal: str = ""
    """`future`, `possible`, `ought` or empty."""
    negated: bool = False
    tense: str = ""
    """`past`, `present`, `perfect`, `progressive`, `infinitive`, `gerund`, `participle`."""
    conditional: bool = False
    noun: bool = False
    relation: str = ""
    """How what lies below hangs on it."""
    passive: bool = False
    whether: bool = False
    """Whether it is an open question (“will decide whether to …”)."""
    orders: bool = False
    """Whether it commands (“ordered the army to withdraw”)."""
    below: bool = False
    """Whether it hangs below the trigger (“the deal signed in May”)."""
    future: bool = False
    """Whether it makes a future of what lies below (“is to”, “is going to”)."""


@dataclass(slots=True)
class Frame:
    """What the words above a trigger say of it."""

    head: int
    cues: list[Cue] = field(default_factory=list)
    """From the inside out."""
    predicate: int | None = None
    """The innermost verb: the trigger itself, or the one that governs it."""
    role: str = ""
    """How the trigger hangs on the predicate (`obj`, `nsubj` …); `self` where it is the verb."""
    subject: int | None = None
    """Head of the subject of the innermost verb that has one."""
    claims: list[tuple[str, int]] = field(default_factory=list)
    """Who may be acting, from the inside out: (`subject`, token), (`by`, token) or (`noun`, a noun whose
    modifiers tell).
    """
    by: int | None = None
    """Head of the agent of a passive."""
    asked: int | None = None
    """Head of the one who is asked to act (“asked the Army to withdraw”)."""
    asker: int | None = None
    reporter: int | None = None
    """Head of the subject of the verb that reports."""
    wrapped: list[int] = field(default_factory=list)
    """Nouns between the trigger and its verb."""
    hedge: int | None = None
    conditional: bool = False
    status: str = ""
    undone: bool = False
    """Whether the move undoes its instrument (lifting, repealing)."""
    attitude: bool = False
    """Whether an attitude governs it (welcomed, criticised)."""
    certain: bool = False
    """Whether a cue of decision gave the status, rather than a default."""


def particle(w: Words, i: int) -> str:
    """The particle of a verb, or empty."""
    for c in w.children[i]:
        if w.relations[c] == "compound:prt":
            return w.lower[c]
    if i + 1 < len(w.lower) and w.lower[i + 1] in (
        "out",
        "off",
        "up",
        "down",
        "on",
        "for",
        "in",
        "back",
        "over",
        "away",
        "with",
        "against",
    ):
        return w.lower[i + 1]
    return ""


def verb_class(words: StatusWords, w: Words, i: int) -> str:
    """The class of a verb with its particle; empty where the lexicon has none."""
    options = words.particles.get(w.lower[i])
    if options:
        p = particle(w, i)
        if p in options:
            return options[p]
        for c in w.children[i]:  # "call … for", "put … on hold", "turned it down"
            if w.relations[c] in ("compound:prt", "advmod") and w.lower[c] in options:
                return options[w.lower[c]]
            if w.relations[c] == "obl":
                for d in w.children[c]:
                    if w.relations[d] == "case" and w.lower[d] in options:
                        return options[w.lower[d]]
    return words.verbs.get(w.lower[i], "")


PASTS = frozenset(
    """froze broke took gave sent met held struck won began shut cut put set hit quit spoke chose
    withdrew sold bought""".split()
)


DECLARING = frozenset(
    "declare declares declared declaring pronounce pronounced consider considers considered call calls called".split()
)
OVER = frozenset("over dead void finished".split())


def said_over(w: Words, i: int) -> bool:
    """Whether a verb says of its object that it is over: “declared the truce over”, “… at an end”."""
    if w.lower[i] not in DECLARING:
        return False
    below = [c for c in w.children[i] if c > i]
    below += [d for c in below for d in w.children[c] if d > i]
    return any(w.lower[c] in OVER or (w.lower[c] == "end" and has_case(w, c, ("at",))) for c in below)


ORDERING = frozenset(
    "ordered orders order ordering instructed directed told commanded authorised authorized allowed cleared".split()
)
FORMS_OF_BE = frozenset("is are was were be been being am 's ’s 're ’re 'm ’m".split())


def verb_cue(words: StatusWords, w: Words, i: int) -> Cue:
    """A verb with its auxiliaries."""
    cue = Cue(i, "end" if said_over(w, i) else verb_class(words, w, i) or "plain")
    cue.orders = w.lower[i] in ORDERING
    tag = w.tags[i]
    have = be = False
    finite = ""
    marked = False
    for c in w.children[i]:
        relation, low = w.relations[c], w.lower[c]
        if c > i and relation not in ("advmod",):
            continue
        if relation.startswith("aux") or relation == "cop":
            if w.tags[c] == "MD" or low in words.modals:
                cue.modal = words.modals.get(low, "possible")
            elif low in ("have", "has", "had", "having", "'ve", "’ve"):
                have = True
            elif low in FORMS_OF_BE:
                be = True
                finite = finite or ("past" if low in ("was", "were") else "present")
                if relation == "aux:pass":
                    cue.passive = True
            elif low == "did":
                finite = "past"
        elif (relation == "advmod" and low in ("not", "n't", "n’t", "never", "hardly")) or low in (
            "n't",
            "n’t",
        ):
            cue.negated = True
        elif relation == "mark" and low == "to":
            marked = True
        elif relation == "mark" and low in (
            "if",
            "unless",
            "until",
            "whether",
            "when",
            "once",
            "should",
            "provided",
        ):
            cue.conditional = low in ("if", "unless", "should", "provided")
            cue.whether = low == "whether"
        elif relation == "nsubj" and low in ("nobody", "no", "none", "neither"):
            cue.negated = True
    if marked:
        cue.tense = "infinitive"
    elif tag == "VB" and not have and not be and not cue.modal:
        # a bare form: after “help”, “let”, in a coordination; or a past that the tagger took for one
        cue.tense = (
            "infinitive"
            if w.relations[i] in ("xcomp", "ccomp", "conj", "advcl", "acl") and w.lower[i] not in PASTS
            else "past"
        )
    elif have:
        cue.tense = "perfect"
    elif tag == "VBG":
        cue.tense = "progressive" if be else "gerund"
    elif tag == "VBN":
        cue.tense = finite or "participle"
        cue.passive = cue.passive or not have
        if be and not finite:
            cue.tense = "present"
    elif tag == "VBD":
        cue.tense = "past"
    elif cue.modal:
        cue.tense = "modal"
    else:
        cue.tense = "present"
    return cue


CLEARING = frozenset(
    "clear clears cleared clearing pave paves paved paving open opens opened opening smooth smooths smoothed "
    "smoothing".split()
)
WAYS = frozenset("way path road door".split())


def makes_way(w: Words, i: int) -> bool:
    """Whether a verb makes way for something: that is another's act."""
    return w.lower[i] in CLEARING and any(w.lower[c] in WAYS and w.relations[c] == "obj" for c in w.children[i])


def is_verb(w: Words, i: int) -> bool:
    """Whether a token is a verb, or heads a clause with a copula."""
    return w.tags[i][0] == "V"


BE = frozenset("is are was were be been being 's ’s 're ’re am".split())


ACCUSING = frozenset(
    """accused accuses accuse accusing blamed blames blame blaming suspected suspects charged condemned condemns condemn
    condemning criticised criticized criticises criticizes criticise criticize criticising criticizing denounced
    denounces denounce denouncing faulted rebuked praised praises praise praising thanked thanks thank thanking
    congratulated congratulates congratulate congratulating commended commends commend commending credited credits
    credit crediting lauded applauded applauds applaud applauding""".split()
)
"""Verbs whose object did what “of …” or “for …” says: “thanked Peru for sending the ships”."""


def accused_by(w: Words, verb: int) -> int | None:
    """Whom a verb of blame or praise takes for its object; None for another verb."""
    if verb < 0 or w.lower[verb] not in ACCUSING:
        return None
    return next((c for c in w.children[verb] if w.relations[c] in ("obj", "nsubj:pass")), None)


def subject_of(w: Words, i: int) -> tuple[int | None, int | None]:
    """The subject of a verb (not a passive one), and its agent in a passive."""
    subject = by = None
    if not w.children[i]:
        return None, None
    passive = (
        w.tags[i] == "VBN"
        and any(w.lower[c] in BE and w.relations[c].startswith("aux") for c in w.children[i])
        and not any(
            w.lower[c] in ("have", "has", "had", "having")
            for c in w.children[i]
            if not any(w.lower[d] == "been" for d in w.children[i])
        )
    )
    for c in w.children[i]:
        relation = w.relations[c]
        if relation in ("nsubj", "csubj") and not passive:
            subject = c
        elif relation == "obl:agent" or (
            relation == "obl" and w.tags[i] == "VBN" and has_case(w, c, ("by",))
        ):
            by = c
    return subject, by


def has_case(w: Words, i: int, cases: tuple[str, ...]) -> bool:
    """Whether a noun is introduced by one of the prepositions."""
    for c in w.children[i]:  # noqa: SIM110 — asked so often that a generator would cost more than the answer
        if w.relations[c] == "case" and w.lower[c] in cases:
            return True
    return False


def noun_before(words: StatusWords, w: Words, head: int) -> int | None:
    """The noun just before the preposition of a head (“the need for a truce”), where the lexicon knows it.

    The parser may hang the phrase on the verb; what stands right before the preposition is the better guess.
    """
    case = next(
        (k for k in w.children[head] if w.relations[k] == "case" and w.lower[k] in ("for", "of", "on", "to")),
        None,
    )
    if case is None or case == 0:
        return None
    before = case - 1
    return before if w.tags[before][0] == "N" and w.lower[before] in words.nouns else None


def raised(w: Words, i: int) -> int | None:
    """The verb below “is likely to …”, “is expected to …”, “was set to …”: its infinitive complement."""
    if w.tags[i][0] == "V" and w.lower[i] not in RAISING:
        return None
    return next(
        (
            c
            for c in w.children[i]
            if w.relations[c] in ("xcomp", "ccomp", "csubj", "advcl")
            and c > i
            and w.tags[c][0] == "V"
            and any(w.lower[d] == "to" for d in w.children[c])
        ),
        None,
    )


RAISING = frozenset(
    """expected set due said thought believed slated scheduled going likely seems seem appears appear
    appeared about meant
    supposed bound designed planned continues continue continued began begin begins start started starts is
    are was were
    be intended allowed ordered asked forced required prepared used aimed needs need has have had""".split()
)


def passive_subject(w: Words, i: int) -> int | None:
    """The subject of a passive."""
    found = next((c for c in w.children[i] if w.relations[c] == "nsubj:pass"), None)
    if found is None and w.tags[i] == "VBN" and subject_of(w, i)[0] is None:
        found = next((c for c in w.children[i] if w.relations[c] == "nsubj"), None)
    return found


def begged(w: Words, noun: int, verb: int) -> tuple[int | None, int | None]:
    """Who is asked and who asks in “Peru's call for Chile to open the border”, from the noun and the verb below it."""
    if verb < 0 or w.tags[verb] != "VB":
        return None, None
    whom = [c for c in w.children[verb] if w.relations[c] == "nsubj" and w.lower[c - 1] in ("for", "that")]
    whose = [c for c in w.children[noun] if c < noun and w.relations[c] in ("nmod:poss", "compound", "amod")]
    return (whom[0], whose[0]) if whom and whose else (None, None)


def climb(words: StatusWords, w: Words, head: int, verbal: bool) -> Frame:
    """Read the way up from a trigger's head."""
    frame = Frame(head)
    i, below, steps = head, -1, 0
    if verbal or w.tags[head] == "VBG":
        frame.predicate, frame.role = head, "self"
    for c in w.children[head]:
        low = w.lower[c]
        if w.relations[c] in ("amod", "compound", "advmod", "det") and c < head:
            kind = words.adjectives.get(low)
            if kind:
                frame.cues.append(Cue(c, kind, relation="amod", noun=True))
            if low == "no":
                frame.cues.append(Cue(c, "none", relation="det", noun=True))
        if low in words.hedges:
            frame.hedge = c
    if frame.role != "self":
        for c in w.children[head]:
            if (
                c > head
                and w.relations[c] in ("acl", "acl:relcl")
                and w.tags[c] in ("VBN", "VBD", "VBZ", "VBP", "VB", "VBG")
            ):
                cue = verb_cue(words, w, c)
                if cue.kind in FINAL or cue.kind == "realize":
                    relative = w.relations[c] == "acl:relcl"
                    cue.relation = (
                        "nsubj:pass"
                        if cue.passive or (w.tags[c] == "VBN" and not relative)
                        else "nsubj"
                        if relative
                        else "acl"
                    )
                    if cue.relation == "acl":
                        continue
                    if (
                        relative
                        and subject_of(w, c)[0] is not None
                        and w.lower[subject_of(w, c)[0] or 0] not in ("that", "which", "who")
                    ):
                        cue.relation = "obj"
                    cue.below = True
                    frame.cues.append(cue)
                    subject, by = subject_of(w, c)
                    frame.by = by
                    if by is not None:
                        frame.claims.append(("by", by))
                    if cue.relation == "obj" and subject is not None:
                        frame.subject = subject
                        frame.claims.append(("subject", subject))
                    break
    relation_below = "self"
    case = next((w.lower[k] for k in w.children[head] if w.relations[k] == "case"), "")
    while i >= 0 and steps < 12:
        steps += 1
        if (is_verb(w, i) and steps > 1) or (steps == 1 and frame.role == "self"):
            if (
                steps > 1
                and relation_below in ("xcomp", "advcl", "ccomp")
                and frame.cues
                and frame.cues[-1].tense == "infinitive"
            ):
                between = next(
                    (
                        c
                        for c in w.children[i]
                        if w.relations[c] in ("obj", "obl") and i < c < below and w.lower[c] in words.nouns
                    ),
                    None,
                )
                if (
                    between is not None
                ):  # “pursued efforts to obtain a truce”: the infinitive hangs on the noun
                    frame.wrapped.append(between)
                    frame.cues.append(Cue(between, words.nouns[w.lower[between]], noun=True, relation="acl"))
                    relation_below = "obj"
            cue = verb_cue(words, w, i)
            cue.relation = relation_below
            if steps == 1:
                cue.relation = "self"
            if frame.predicate is None:
                frame.predicate, frame.role = i, relation_below
            if steps > 1 and makes_way(w, i):  # “Peru drops its veto, clearing the way for sanctions”
                cue.kind = "propose"
                frame.cues.append(cue)
                break
            if (
                w.lower[i] in ("is", "are", "was", "were", "going")
                and relation_below in ("xcomp", "ccomp", "advcl")
                and frame.cues
                and frame.cues[-1].tense == "infinitive"
            ):
                cue.future = True
            if not (relation_below == "conj" and steps > 1):
                frame.cues.append(cue)
            elif (
                frame.cues
                and not frame.cues[-1].modal
                and frame.cues[-1].tense in ("infinitive", "participle", "past", "present")
            ):
                last = frame.cues[
                    -1
                ]  # "will cut taxes and raise pensions": the auxiliaries of the first hold for all
                if not any(w.relations[c].startswith("aux") for c in w.children[last.token]):
                    last.modal = last.modal or (cue.modal if w.tags[last.token] in ("VB", "VBN") else "")
                    if w.tags[last.token] == "VB" and cue.tense == "infinitive":
                        last.tense = "infinitive"
            subject, by = subject_of(w, i)
            if relation_below in ("obl", "advcl", "xcomp", "nmod"):
                accused = accused_by(w, i)
                if accused is not None:
                    frame.claims.append(("subject", accused))
                    subject = None
            if (
                cue.kind in ("propose", "announce", "threaten", "agree")
                and relation_below in ("xcomp", "ccomp", "advcl")
                and frame.asked is None
            ):
                for c in w.children[i]:
                    if (w.relations[c] in ("obj", "iobj") and c > i) or (
                        w.relations[c] == "obl"
                        and has_case(w, c, ("on", "for"))
                        and w.lower[i] in ("call", "called", "calls", "calling", "appealed", "appeal")
                    ):
                        frame.asked, frame.asker = c, subject
            lower = frame.cues[-2] if len(frame.cues) > 1 else None
            bare = lower is not None and lower.tense in ("infinitive", "gerund") and not lower.modal
            if (
                (cue.kind == "report" or cue.kind == "announce")
                and relation_below in ("ccomp", "parataxis", "obj")
                and (steps > 1)
                and not (bare and relation_below != "obj")
                and not (cue.kind == "announce" and relation_below == "obj")
            ):
                if relation_below in ("ccomp", "xcomp", "parataxis", "obj"):
                    frame.reporter = frame.reporter if frame.reporter is not None else subject
            elif any(q.kind == "report" and q.relation != "self" for q in frame.cues):
                if frame.reporter is None:
                    frame.reporter = (
                        subject  # “…, he said, noting efforts for a deal”: whoever reports does not act
                    )
            elif subject is not None and relation_below not in ("nsubj", "nsubj:pass"):
                if frame.subject is None:
                    frame.subject = subject
                if not any(kind == "subject" for kind, _ in frame.claims) or bare:
                    frame.claims.append(("subject", subject))
            if by is not None and frame.by is None and by != below:
                frame.by = by
                frame.claims.append(("by", by))
            for c in w.children[i]:
                if w.lower[c] in words.hedges and frame.hedge is None:
                    frame.hedge = c
                if (
                    w.relations[c] == "advmod"
                    and c < i
                    and w.lower[c] in ("likely", "unlikely", "possibly", "perhaps", "probably")
                    and not cue.modal
                ):
                    cue.modal = "possible"
            if w.relations[i] == "advcl":
                mark = next((w.lower[c] for c in w.children[i] if w.relations[c] == "mark"), "")
                if cue.conditional:
                    frame.conditional = True
                    break
                if mark in ("for", "of", "with") and w.tags[i] == "VBG":  # “thanked Peru for sending ships”
                    did = accused_by(w, w.heads[i])
                    if did is not None:
                        frame.claims.append(("subject", did))
                        frame.subject = did
                if mark not in ("to", "") or w.tags[i] in ("VBD", "VBZ", "VBP"):
                    break
            if w.relations[i] == "parataxis" and cue.kind == "report":
                break
            finite = bool(cue.modal) or cue.tense in ("past", "present", "perfect", "progressive", "modal")
            if finite and w.relations[i] in ("acl:relcl", "advcl:relcl", "advcl", "acl"):
                break  # a clause with a tense of its own stands by itself
            inner = raised(w, i) if relation_below in ("nsubj", "nsubj:pass") else None
            if inner is not None:  # “the ban is expected to be lifted”: the ban is what is lifted
                below_cue = verb_cue(words, w, inner)
                below_cue.relation = "nsubj:pass" if below_cue.passive else "nsubj"
                frame.predicate, frame.role = inner, below_cue.relation
                cue.relation = "xcomp"
                frame.cues.insert(len(frame.cues) - 1, below_cue)
                frame.by = subject_of(w, inner)[1] if frame.by is None else frame.by
        else:
            kind = words.nouns.get(w.lower[i], "") if steps > 1 else ""
            if steps > 1:
                frame.wrapped.append(i)
                frame.claims.append(("noun", i))
            if kind in ("propose", "announce") and any(w.lower[c] in ONGOING for c in w.children[i]):
                kind = "negotiate"
            if kind == "propose" and frame.asked is None:
                frame.asked, frame.asker = begged(w, i, below)
            if kind:
                frame.cues.append(Cue(i, kind, noun=True, relation=relation_below))
            elif steps == 1:
                kind = words.nouns.get(w.lower[head], "")
                if kind in ("propose", "threat") and frame.role != "self":
                    frame.cues.append(Cue(head, kind, noun=True, relation="own"))
                near = noun_before(words, w, head)
                if near is not None and w.heads[head] != near:
                    frame.wrapped.append(near)
                    frame.cues.append(Cue(near, words.nouns[w.lower[near]], noun=True, relation="nmod"))
            # "is likely to", "is ready to": an adjective as predicate
            option = words.likely.get(w.lower[i])
            inner = raised(w, i) if relation_below in ("nsubj", "nsubj:pass") and steps > 1 else None
            if inner is not None:
                below_cue = verb_cue(words, w, inner)
                below_cue.relation = "nsubj:pass" if below_cue.passive else "nsubj"
                if frame.predicate is None:
                    frame.predicate, frame.role = inner, below_cue.relation
                frame.cues.append(below_cue)
                relation_below = "xcomp"
                frame.by = subject_of(w, inner)[1] if frame.by is None else frame.by
            if option and steps > 1 and relation_below in ("xcomp", "ccomp", "advcl", "csubj", "acl"):
                negated = any(w.lower[c] in ("not", "n't", "n’t") for c in w.children[i])
                frame.cues.append(Cue(i, option, negated=negated, relation=relation_below))
                subject, _ = subject_of(w, i)
                if frame.subject is None:
                    frame.subject = subject
            elif (
                steps > 1
                and any(w.relations[c] == "cop" for c in w.children[i])
                and frame.subject is None
                and relation_below in CLAUSAL
            ):
                frame.subject = subject_of(w, i)[0]
            if steps > 1 and kind and any(w.relations[c] == "nmod:poss" for c in w.children[i]):
                break  # “Silva's decision to …”: what the sentence makes of the decision is another matter
            if len(frame.wrapped) > 3:
                break
        relation_below = w.relations[i]
        if relation_below in ("root", "punct", "vocative", "discourse") or w.heads[i] < 0:
            break
        if relation_below not in CLAUSAL and relation_below not in NOMINAL:
            break
        if relation_below in ("obl", "nmod") and i == head and case in ADJUNCT and frame.role != "self":
            frame.role = "adjunct"
            break
        below, i = i, w.heads[i]
    mend(words, w, frame)
    return frame


def mend(words: StatusWords, w: Words, frame: Frame) -> None:
    """Cues that the tree hides: the verb right before an infinitive or gerund, the verb after a noun
    without one.
    """
    known = {q.token for q in frame.cues}
    first = frame.predicate
    if first is not None:
        k = first - 1
        while k > 0 and w.lower[k] in ("to", "not", "also", "then", "now", "be", "have"):
            k -= 1
        if (
            k >= 0
            and k not in known
            and w.tags[k][0] == "V"
            and w.tags[first] in ("VB", "VBG")
            and k >= first - 3
        ):
            kind = verb_class(words, w, k)
            if kind in FINAL and kind not in ("end", "suspend", "extend", "violate"):
                cue = verb_cue(words, w, k)
                cue.relation = "xcomp"
                at = next((n for n, q in enumerate(frame.cues) if q.token == first), 0)
                frame.cues.insert(at + 1, cue)
                subject, _ = subject_of(w, k)
                if subject is not None and not any(c[0] == "subject" for c in frame.claims[:1]):
                    frame.claims.insert(0, ("subject", subject))
    verbs = [q for q in frame.cues if not q.noun]
    if frame.role not in ("self", "adjunct") and (
        not verbs or (verbs[0].kind == "report" and verbs[0].relation in ("obj", "ccomp"))
    ):
        for k in range(frame.head + 1, min(frame.head + 22, len(w.tags))):
            if w.lower[k] in (".", ";", "!", "?", "”", '"') or w.lower[k] in ("who", "which", "that", "said"):
                break
            if w.tags[k] in ("VBD", "VBZ", "VBP", "VBN", "VB") and k not in known:
                if w.lower[k] in BE or w.lower[k] in ("has", "have", "had"):
                    continue
                kind = verb_class(words, w, k)
                if kind in FINAL or kind == "realize" or any(w.tags[c] == "MD" for c in w.children[k]):
                    cue = verb_cue(words, w, k)
                    cue.relation = "nsubj:pass" if w.tags[k] == "VBN" else "nsubj"
                    frame.cues.insert(0, cue)
                break


ONGOING = frozenset("ongoing continuing intensive continued renewed current diplomatic".split())
ADJUNCT = frozenset("under after since despite following amid during at because before until ahead".split())


# ------------------------------------------------------------------ status
FINAL = {
    "propose": "proposed",
    "threaten": "threatened",
    "negotiate": "negotiating",
    "announce": "announced",
    "agree": "agreed",
    "reject": "rejected",
    "extend": "extended",
    "suspend": "suspended",
    "violate": "violated",
    "end": "ended",
}
FROM_ADJECTIVE = {
    "proposed",
    "threatened",
    "announced",
    "agreed",
    "extended",
    "rejected",
    "suspended",
    "violated",
    "ended",
    "negotiating",
}
DONE = frozenset({"in-force", "ended", "extended", "suspended", "violated", "agreed"})


def read_status(frame: Frame, harmful: bool, own: str = "") -> None:
    """Set the status of a frame from its cues, the innermost first.

    `harmful` tells a step against someone, whose condition is a threat; `own` is the class of a trigger that
    carries a status in itself.
    """
    status, certain = "in-force", False
    below: Cue | None = None
    if own in FINAL or own == "rejected":
        status, certain = FINAL.get(own, own), True
    for before, cue in zip([None, *frame.cues], frame.cues, strict=False):
        below = before
        kind = cue.kind
        if cue.relation == "advcl" and before is not None and before.tense == "infinitive" and kind in FINAL:
            cue.relation = "xcomp"  # “agreed on Wednesday to send”
        if cue.relation == "amod":
            if kind in FROM_ADJECTIVE:
                status, certain = kind, True
            continue
        if kind == "none":
            continue
        if cue.noun:
            if kind == "threat":
                status, certain = "threatened", True
            elif kind in FINAL:
                new = FINAL[kind]
                if kind == "end":
                    frame.undone = True
                if not (kind == "agree" and status in ("ended", "extended", "suspended")) or not certain:
                    status, certain = new, True
            continue
        if cue.relation == "self" and kind in ("report", "attitude"):
            kind = "plain"
        if kind == "attitude":
            if cue.relation in ("obj", "nsubj:pass", "obl", "nsubj"):
                frame.attitude = True
            if cue.relation == "nsubj":
                pass
            continue
        if kind == "report":
            continue
        # what the verb makes of what lies below
        if kind in FINAL and not (cue.relation == "self" and not own):
            if kind == "end":
                if cue.relation in ("obj", "nsubj:pass", "nsubj", "self", "xcomp", "compound", "conj", "obl"):
                    status, certain = "ended", True
                    frame.undone = cue.relation != "nsubj"
            elif kind == "announce":
                finite = cue.relation == "ccomp" and frame.cues[0] is not cue and lower_is_finite(frame, cue)
                if not finite and status in DONE | {"in-force"}:
                    status, certain = "announced", True
            elif kind == "agree":
                if cue.relation in (
                    "obj",
                    "nsubj:pass",
                    "xcomp",
                    "ccomp",
                    "obl",
                    "conj",
                    "self",
                ) and status in DONE | {"in-force"}:
                    status, certain = "agreed", True
            elif kind == "propose":
                asked = below is not None and below.conditional
                if (
                    cue.relation != "nsubj"
                    and not asked
                    and not (cue.relation in ("ccomp",) and lower_is_finite(frame, cue))
                ):
                    status, certain = "proposed", True
            elif kind == "reject":
                if status != "proposed" or cue.relation in ("obj", "nsubj:pass", "xcomp", "self"):
                    status, certain = "rejected", True
            elif cue.relation in ("obj", "nsubj:pass", "xcomp", "ccomp", "self", "obl", "nsubj", "conj"):
                status, certain = FINAL[kind], True
        elif kind == "realize":
            certain = True
            if (
                cue.relation in ("xcomp", "ccomp", "advcl", "obj")
                and before is not None
                and before.tense == "infinitive"
                and w_order(cue)
                and status in DONE
            ):
                status = "announced"
        elif (
            kind == "plain"
            and cue.relation in ("xcomp", "advcl")
            and before is not None
            and before.tense == "infinitive"
            and status == "in-force"
        ):
            status = "proposed"  # done to that end, and not yet there
        # modality of this verb
        if cue.modal == "future" or cue.future:
            if cue.negated and status not in ("proposed", "threatened"):
                status = "rejected"
            elif status in DONE:
                status = "announced"
            certain = True
        elif cue.modal in ("possible", "ought"):
            if status in DONE | {"announced"}:
                status = "threatened" if harmful and frame.conditional else "proposed"
                certain = True
        elif cue.negated and kind not in ("reject",):
            if status == "in-force":
                status = "rejected"
        elif cue.tense == "infinitive" and cue is frame.cues[-1] and status in ("in-force",):
            status = "announced"
    if frame.conditional and status in ("in-force", "announced"):
        status = "threatened" if harmful else "proposed"
    if any(q.whether for q in frame.cues):
        status, certain = "proposed", True
    frame.status, frame.certain = status, certain


def w_order(cue: Cue) -> bool:
    """Whether a verb orders what is then still to be done."""
    return cue.orders


def lower_is_finite(frame: Frame, cue: Cue) -> bool:
    """Whether the verb just below a cue has a tense of its own."""
    for below, above in zip(frame.cues, frame.cues[1:], strict=False):
        if above is cue:
            return below.tense in ("past", "present", "perfect", "progressive", "modal") or bool(below.modal)
    return False
