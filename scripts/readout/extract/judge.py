"""Weighs candidates: whether a mention speaks of a policy move at all."""

from __future__ import annotations

import json
import math
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from readout.extract.instruments import Candidate
from readout.extract.participants import Cast_
from readout.extract.patterns import Words
from readout.records import Doc

if TYPE_CHECKING:
    from readout.extract.moves import Mention

MENTION_FLOOR = 0.15
ALLOWED: dict[str, frozenset[str]] = {
    "talks": frozenset({"duration", "deadline", "condition"}),
    "election": frozenset({"deadline", "condition"}),
    "referendum": frozenset({"deadline", "condition", "amount"}),
    "removal": frozenset({"deadline", "condition"}),
    "appointment": frozenset({"deadline", "duration", "condition"}),
    "weapons-test": frozenset({"deadline"}),
    "military-operation": frozenset({"deadline", "condition", "duration"}),
    "resolution": frozenset({"deadline", "condition"}),
    "monetary-policy": frozenset({"rate", "deadline", "amount", "condition"}),
}
DEFAULT_ALLOWED = frozenset({"duration", "rate", "amount", "deadline", "condition"})
MEETING_NOT_MOVE = frozenset("at during after before in following on through".split())


def features(doc: Doc, w: Words, tools: Cast_, m: Mention, by_sentence: dict[int, list[Candidate]]) -> dict[str, float]:
    """What speaks for and against a mention, as numbers named in words."""
    c, f = m.candidate, m.frame
    out: dict[str, float] = {"bias": 1.0, f"pat={c.code}: {c.pattern.source}": 1.0, "strength=" + c.strength: 1.0, "code=" + c.code: 1.0, "status=" + f.status: 1.0}
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
    for kind in {t.kind for t in m.terms}:
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
    words = set(w.lower[doc.sentences[c.sentence].first : doc.sentences[c.sentence].last])
    if words & OLD_WORDS:
        out["old"] = 1.0
    year = year_before(doc, c.sentence)
    if year:
        out["old_year"] = 1.0
    if c.head in tools.speakers:
        out["quoted"] = 1.0
    if f.role == "self" and w.relations[c.head].startswith("acl"):
        out["relative"] = 1.0
    if w.relations[c.head] in ("advcl",):
        out["adverbial"] = 1.0
    return out


VEHICLES = frozenset("legislation resolution executive-order court-ruling treaty talks trade-agreement peace-agreement".split())
COMMON_CASES = frozenset("of on for to in at with after before during over by from about against under into following since despite".split())
OLD_WORDS = frozenset("ago earlier previous previously former formerly history historic decades last since once originally".split())


def year_before(doc: Doc, sentence: int) -> bool:
    """Whether the sentence names a year well before publication (or before the latest year of the text)."""
    import re

    span = doc.sentences[sentence].span
    years = [int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", doc.text[span.start : span.end])]
    if not years:
        return False
    if doc.article.published:
        now = int(doc.article.published[:4])
    else:
        every = [int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", doc.text)]
        now = max(every)
    return max(years) < now - 1


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The learned weights; empty where the file is missing."""
    path = Path(__file__).resolve().parent.parent / "weights" / "moves.json"
    found: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))["mention"] if path.exists() else {}
    return found


def score(f: dict[str, float]) -> float:
    """Probability that a mention with these features speaks of a move."""
    known = weights() or HAND
    z = sum(known.get(k, 0.0) * v for k, v in f.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


HAND = {
    "bias": -0.3, "strength=strong": 0.6, "strength=weak": -1.6, "strength=verb": 0.5, "certain": 0.9, "actor": 0.9, "no_actor": -0.7,
    "target": 0.5, "terms": 0.5, "lead": 0.8, "high": 0.3, "place": -0.8, "oblique": -0.7, "attitude": -0.4, "old": -0.5,
    "old_year": -1.5, "rival": -0.3, "stronger": -0.8, "inner=plain": -0.3, "inner=realize": 0.4, "no_verb": -0.4,
    "case=at": -0.8, "case=during": -1.0, "case=after": -0.4, "proper": -0.3, "det=any": -0.6, "negated": -0.3, "quoted": -0.2,
}  # fmt: skip


def keeps(doc: Doc, tools: Cast_, cluster: list[Mention]) -> bool:
    """Whether a cluster of mentions is reported as a move."""
    return max(m.score for m in cluster) >= 0.35
