"""Mentions → moves: which mentions speak of one act, which of them speaks for it, and what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readout.extract import linear
from readout.extract.frames import verb_class
from readout.extract.instruments import status_words
from readout.extract.judge import above_in_tree, offered
from readout.extract.participants import Cast_, names_of
from readout.records import Doc

if TYPE_CHECKING:
    from readout.extract.moves import Mention

USUALLY_ONE = frozenset(
    """ceasefire peace-agreement monetary-policy emergency referendum election energy-supply trade-agreement
    arms-embargo
    weapons-test membership loan tariff sanctions troop-withdrawal troop-deployment resolution
    subsidy""".split()
)
FRESH = frozenset("another second third separate further additional new other fresh also".split())
DEFINITE = frozenset("the this that these those such its his her their said".split())


def determiners(tools: Cast_, m: Mention) -> set[str]:
    """Words that introduce the trigger."""
    w, c = tools.w, m.candidate
    words = {
        w.lower[k]
        for k in w.children[c.head]
        if k < c.head and w.relations[k] in ("det", "amod", "nmod:poss", "advmod")
    }
    if c.first > 0:
        words.add(w.lower[c.first - 1])
    return words


def numbers(m: Mention, doc: Doc, kind: str) -> set[str]:
    """The figures of a mention's terms of a kind."""
    return {x for t in m.terms if t.kind == kind for x in re.findall(r"\d[\d.,]*", doc.text[t.start : t.end])}


RANK = {
    "proposed": 0,
    "threatened": 0,
    "negotiating": 1,
    "announced": 2,
    "agreed": 3,
    "in-force": 4,
    "extended": 5,
    "suspended": 5,
    "violated": 5,
    "rejected": 5,
    "ended": 6,
}


def is_headline(doc: Doc, m: Mention) -> bool:
    """Whether a mention stands in a headline at the top: the first paragraph, without a full stop."""
    sentence = doc.sentences[m.candidate.sentence]
    if m.candidate.sentence > 1 or sentence.paragraph > 1 or len(doc.sentences) < 3:
        return False
    text = doc.text[sentence.span.start : sentence.span.end]
    return text[-1] not in '.!?”"' and sentence.last - sentence.first < 20


NATIONAL = frozenset(
    """president|vice president|prime minister|premier|deputy prime minister|chancellor|king|queen|foreign minister
    |defence minister|defense minister|defense secretary|finance minister|interior minister|foreign secretary
    |secretary of state""".replace("\n    ", "").split("|")
)
"""Offices of a state, as they stand where the state goes without saying."""


def one_side(tools: Cast_, x: str, y: str) -> bool:
    """Whether one of two actors speaks for the other: a leader or office bears its state's name in name
    or role.
    """
    one, two = tools.index.actors.get(x), tools.index.actors.get(y)
    if one is None or two is None:
        return False
    for state, person in ((one, two), (two, one)):
        if state.kind not in ("country", "organization", "place") or person.kind == "country":
            continue
        if state.id == tools.home and any(r.title.lower() in NATIONAL and r.status == "current" for r in person.roles):
            return True  # “WASHINGTON — President Smith”: an office without a state is that of the dateline's
        words = (
            " ".join([person.name, *person.aliases, *(r.title for r in person.roles)])
            .lower()
            .replace("'s", "")
            .replace("’s", "")
        )
        for name in (state.name, *state.aliases):
            low = name.lower()
            if len(name) > 1 and low in words and re.search(rf"(?<!\w){re.escape(low)}(?!\w)", words):
                return True
    return False


def settings(tools: Cast_, m: Mention) -> tuple[set[str], set[str]]:
    """Where and when a meeting takes place, as far as its phrase says: places by “in”, and dates."""
    w = tools.w
    places: set[str] = set()
    for anchor in {m.candidate.head, m.frame.predicate}:
        if anchor is None:
            continue
        for c in w.children[anchor]:
            if w.relations[c] in ("nmod", "obl") and any(
                w.lower[k] in ("in", "at") for k in w.children[c] if w.relations[k] == "case"
            ):
                who = tools.actor(c)
                if who is not None:
                    places.add(who)
    return places, {tools.doc.text[t.start : t.end] for t in m.terms if t.kind == "deadline"}


def apart(tools: Cast_, m: Mention, cluster: list[Mention]) -> float:
    """What tells one round of talks from another: another place or date, or a new one (“a meeting”)."""
    score = 0.0
    places, dates = settings(tools, m)
    others = [settings(tools, k) for k in cluster]
    theirs = {p for k, _ in others for p in k}, {d for _, k in others for d in k}
    if places and theirs[0]:
        score += 0.4 if places & theirs[0] else -1.0
    if dates and theirs[1] and not dates & theirs[1]:
        score -= 1.0
    if determiners(tools, m) & {"a", "an"}:
        score -= 0.7
    return score


def likeness(doc: Doc, tools: Cast_, m: Mention, cluster: list[Mention]) -> float:
    """How likely a mention speaks of the act of a cluster: above zero it does."""
    if is_headline(doc, cluster[0]) and len(cluster) == 1:
        return 2.0
    if is_headline(doc, m):
        return 0.1
    score = 0.8 if m.code in USUALLY_ONE else 0.0

    def known(refs: list[str]) -> set[str]:
        return {r for r in refs if tools.kind(r)}

    a, t = known([] if m.roles.weak else m.roles.actors), known(m.roles.targets)
    ca = {x for k in cluster if not k.roles.weak for x in known(k.roles.actors)}
    ct = {x for k in cluster for x in known(k.roles.targets)}
    if a and ca:
        if not a & ca and any(one_side(tools, x, y) for x in a for y in ca):
            score += 0.6
        elif a & ca:
            score += 1.2 if m.code != "talks" or len(a) < 2 or a <= ca or len(a & ca) > 1 else 0.2
        elif a & ct and not t & ca:
            score -= 0.3
        else:
            score -= 1.2
    if t and ct:
        score += 1.0 if t & ct else -1.0
        if t & ct and m.code in ("appointment", "removal"):
            score += 1.0
    words = determiners(tools, m)
    if words & DEFINITE and m.frame.role != "self":
        score += 0.8
        if not a and m.code != "talks" and m.candidate.strength != "verb":
            score += 0.8  # “the ban”, “the measure”: a repeat, where nobody else is said to act
    if words & FRESH:
        score -= 1.0
    near = min(abs(m.candidate.sentence - k.candidate.sentence) for k in cluster)
    if near == 0:
        same = [k for k in cluster if k.candidate.sentence == m.candidate.sentence]
        w = tools.w
        if any(
            above_in_tree(w, m.candidate.head, k.candidate.head)
            or above_in_tree(w, k.candidate.head, m.candidate.head)
            for k in same
        ):
            score += 1.0
        else:
            score += 0.3 if any(k.frame.predicate == m.frame.predicate for k in same) else -0.5
    elif near <= 2:
        score += 0.4
    if tools.w.lower[m.candidate.head] in {tools.w.lower[k.candidate.head] for k in cluster}:
        score += 0.3
    for kind in ("rate", "amount"):
        mine, theirs = numbers(m, doc, kind), {x for k in cluster for x in numbers(k, doc, kind)}
        if mine and theirs:
            score += 0.5 if mine & theirs else -1.6
    if m.code == "talks":
        score += apart(tools, m, cluster)
    if ("offer" in m.features) != any("offer" in k.features for k in cluster) and not a & ca:
        score -= 2.0
    if m.status == "rejected" and all(k.status != "rejected" for k in cluster):
        score -= 0.6
    return score


def merge(doc: Doc, tools: Cast_, mentions: list[Mention]) -> list[list[Mention]]:
    """Clusters of mentions of one act, in order of their first."""
    clusters: list[list[Mention]] = []
    for m in mentions:
        best, best_score = None, 0.0
        for cluster in clusters:
            if cluster[0].code != m.code:
                continue
            score = likeness(doc, tools, m, cluster)
            if score > best_score:
                best, best_score = cluster, score
        if best is None:
            clusters.append([m])
        else:
            best.append(m)
    return clusters


def weight(m: Mention) -> float:
    """How well a mention speaks for its move: who is named there, by what words, and how early."""
    w = (
        0.4 * m.score
        + 0.35 * bool(m.roles.actors)
        + 0.05 * bool(m.roles.targets)
        + 0.1 * min(len(m.terms), 2)
        + 0.3 * m.frame.certain
        + 0.4 * ("lead" in m.features)
        - 0.3 * m.features.get("place", 0.0)
    )
    w -= (
        0.25 * m.roles.weak
        + 0.25 * ("unnamed" in m.features)
        + 0.35 * m.headline
        + 0.1 * ("quoted" in m.features)
    )
    if m.code == "talks" and len(m.roles.actors) > 1:
        w += 0.25
    return w


def main_mention(cluster: list[Mention]) -> Mention:
    """The mention that speaks for the move."""
    return max(cluster, key=lambda m: (weight(m), -m.order))


def furthest(cluster: list[Mention], main: Mention) -> Mention:
    """By the rules alone: the mention whose status holds for the move, the furthest that a cue asserts."""
    best = main
    for m in sorted(cluster, key=lambda m: m.order):
        if not m.frame.certain or m.headline or m.score < (0.75 if main.frame.certain else 0.5) * main.score:
            continue
        if (
            RANK[m.read or m.status] > RANK[best.read or best.status]
            and ((m.read or m.status) != "in-force" or not best.frame.certain)
        ) or (
            not best.frame.certain
            and m.frame.certain
            and m is not best
            and RANK[m.read or m.status] != RANK[best.read or best.status]
        ):
            best = m
    return best


def stage_features(cluster: list[Mention], main: Mention) -> dict[str, float]:
    """What the mentions of a move together say of its status: the main one, the first in running text, the mean and
    the surest of all, and the rules.
    """
    out: dict[str, float] = {"bias": 1.0, "code=" + main.code: 1.0}
    first = min((m for m in cluster if not m.headline), key=lambda m: m.order, default=main)
    total = sum(m.score for m in cluster) or 1.0
    mean: dict[str, float] = {}
    most: dict[str, float] = {}
    for m in cluster:
        for status, share in m.stages.items():
            mean[status] = mean.get(status, 0.0) + share * m.score / total
            if m.score >= 0.5 * main.score:
                most[status] = max(most.get(status, 0.0), share)
    for name, shares in (("main", main.stages), ("first", first.stages), ("mean", mean), ("most", most)):
        for status, share in shares.items():
            out[f"{name}={status}"] = share
    best = furthest(cluster, main)
    out["rule=" + (best.read or best.status)] = 1.0
    if best.frame.certain:
        out["sure=" + (best.read or best.status)] = 1.0
    out["read=" + (main.read or main.status)] = 1.0
    return out


def stage(cluster: list[Mention], main: Mention) -> tuple[str, Mention]:
    """The status of a move and the mention it rests on; without learned weights, what the rules say."""
    if not main.stages:
        best = furthest(cluster, main)
        return best.status, best
    shares = linear.distribution("stage", stage_features(cluster, main)) if len(cluster) > 1 else main.stages
    chosen = linear.best(shares or main.stages, RANK)
    if linear.best(main.stages, RANK) == chosen:
        return chosen, main
    return chosen, max(cluster, key=lambda m: (m.stages.get(chosen, 0.0), -m.order))


def who(tools: Cast_, cluster: list[Mention], main: Mention) -> tuple[list[str], list[str]]:
    """Actors and targets: those of the main mention, else of the best other that names some."""
    others = sorted(
        (m for m in cluster if m is not main and "topic_bare" not in m.features),
        key=lambda m: (m.headline, m.roles.weak, -m.score, m.order),
    )
    actors = list(main.roles.actors) or offerers(tools, main)
    targets = [t for t in main.roles.targets if t not in actors or t in main.roles.actors]
    if main.code in ("talks", "treaty", "trade-agreement") and len(actors) < 2:
        for m in others:
            if len(m.roles.actors) > len(actors) and (not actors or set(actors) & set(m.roles.actors)):
                actors = list(m.roles.actors)
    if main.roles.weak:
        actors = next((list(m.roles.actors) for m in others if m.roles.actors and not m.roles.weak), actors)
    for m in others:
        if not actors:
            actors = [a for a in m.roles.actors if a not in targets]
        if not targets or (
            main.code in ("appointment", "removal")
            and not any(tools.kind(t) for t in targets)
            and any(tools.kind(t) == "person" for t in m.roles.targets)
        ):
            targets = [t for t in m.roles.targets if t not in actors] or targets
    if not actors and not main.headline:
        actors = [a for a in main_subject(tools, main) if a not in targets]
    if not targets and main.code in AIMED:
        targets = opponents(tools, cluster, main, actors)
    return actors, targets


def offerers(tools: Cast_, m: Mention) -> list[str]:
    """Whose offer it is, where a possessive pronoun of no known antecedent says so: the names before it in the
    sentence, joined to the nearest by “and”; of a state and its leader only the state.
    """
    w = tools.w
    owner = offered(w, m)
    if owner is None or w.tags[owner] != "PRP$":
        return []
    first = tools.doc.sentences[m.candidate.sentence].first
    nearest = next((k for k in range(owner - 1, first - 1, -1) if tools.kind(tools.actor(k) or "")), None)
    if nearest is None:
        return []
    joined = [nearest, w.heads[nearest]] if w.relations[nearest] == "conj" else [nearest]
    found = [a for a in dict.fromkeys(tools.actor(k) for k in joined if k >= 0) if a is not None]
    return [
        a
        for a in found
        if tools.kind(a) != "person" or not any(b != a and one_side(tools, b, a) for b in found)
    ]


def main_subject(tools: Cast_, m: Mention) -> list[str]:
    """The subject of the sentence's first verb, where it is a known actor and the verb does not merely
    report.
    """
    w = tools.w
    sentence = tools.doc.sentences[m.candidate.sentence]
    for i in range(sentence.first, sentence.last):
        if w.relations[i] != "nsubj" or w.heads[i] < 0:
            continue
        if w.lower[i] == "i":  # whoever speaks in the first person comments; what is done has its own subject
            return []
        verb = w.heads[i]
        if verb_class(status_words(), w, verb) in ("report", "attitude", "propose") or w.relations[
            verb
        ] not in ("root", "conj", "ccomp"):
            return []
        found = [
            a for a in names_of(tools, [i], False) if tools.kind(a) in ("country", "person", "organization")
        ]
        return found
    return []


AIMED = frozenset(
    """tariff sanctions targeted-sanction arms-embargo trade-dispute expulsion resolution ceasefire
    peace-agreement troop-withdrawal
    military-operation arms-transfer aid""".split()
)
"""Types that seldom lack a target."""


def opponents(tools: Cast_, cluster: list[Mention], main: Mention, actors: list[str]) -> list[str]:
    """The other state of the sentence, where there is just one that does not belong to the actors; for a
    ceasefire, all.
    """
    found: list[str] = []
    for m in [main, *(k for k in cluster if k is not main)]:
        sentence = tools.doc.sentences[m.candidate.sentence]
        for mention, actor in tools.index.inside(sentence.span):
            if mention.form == "pronoun" or actor in actors or actor in found:
                continue
            kind = tools.kind(actor)
            if kind == "country" and not any(one_side(tools, actor, a) for a in actors):
                found.append(actor)
        if found:
            break
    if len(found) == 1 or (main.code in ("ceasefire", "peace-agreement") and len(found) == 2 and actors):
        return found
    return []
