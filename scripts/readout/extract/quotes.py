"""Doc, Parse, Cast → Quotes: who said what.

`cues` proposes what may report, `sources` who does; `attribution` gives each quoted stretch its cue, and `rehang`
another where grammar demands it; `scare` looks at doubtful ones again; `contents` finds what is reported without
quotation marks, `unsaid` what of it says nothing, `extents` where it begins and ends; `settle` joins and separates
them; `speakers` says who the source is, and `verbgroup` shows the cue whole.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from readout.extract import (
    attribution,
    contents,
    cues,
    extents,
    paraphrase,
    rehang,
    scare,
    settle,
    sources,
    speakers,
    unsaid,
    verbgroup,
    via,
)
from readout.extract.attribution import Choice
from readout.extract.contents import Proposal, Statement
from readout.extract.cues import Reading
from readout.extract.layout import laid
from readout.extract.trees import Forest
from readout.records import Cast, Doc, Parse, Passage, Quote

WEIGHTS = Path(__file__).resolve().parent.parent / "weights" / "quotes.npz"


class Models:
    """The learned parts: forests by name, and the table of lemmas."""

    def __init__(self, forests: dict[str, Forest], shares: dict[str, tuple[float, ...]]) -> None:
        self.forests = forests
        self.shares = shares


@lru_cache(maxsize=1)
def models() -> Models:
    """The weights that ship with the package."""
    with np.load(WEIGHTS) as data:
        arrays = {name: data[name] for name in data.files}
    forests: dict[str, Forest] = {}
    for name in sorted({key.partition("/")[0] for key in arrays if "/" in key}):
        part: dict[str, Any] = {k.partition("/")[2]: v for k, v in arrays.items() if k.startswith(name + "/")}
        forests[name] = Forest(part)
    table = json.loads(bytes(arrays["shares"]).decode("utf-8"))
    return Models(forests, {k: tuple(v) for k, v in table.items()})


class Scene:
    """One article laid out for attribution: reading, cues, stretches, and what was chosen so far."""

    def __init__(self, doc: Doc, parse: Parse, kinds: dict[int, int], inside: bool = True) -> None:
        """`inside`: also rank the sources of cues inside quotations, which report nothing of their own, and
        describe these."""
        self.r = r = Reading(doc, parse)
        self.kinds = kinds
        self.inside = inside
        self.bare = cues.find(r)
        self.proposed = [sources.propose(r, c) for c in self.bare]
        self.source_rows = [
            sources.rows(r, c, p, kinds) if inside or r.stretch[c.at] < 0 or c.lemma == "label" else []
            for c, p in zip(self.bare, self.proposed, strict=True)
        ]

    def give_sources(
        self,
        scores: list[list[float]],
        shares: dict[str, tuple[float, ...]],
        rival: float = sources.RIVAL,
    ) -> None:
        """Settle the source of each cue, from the scores of its proposed sources; for `rival` see there."""
        r = self.r
        self.cues = sources.assign(r, self.bare, self.proposed, scores, rival)
        self.points = attribution.describe(r, self.cues, shares, self.kinds, self.inside)
        self.ats = [c.at for c in self.cues]
        self.stretches = attribution.stretches(r)
        count = 0
        marks = {c.at for c in self.cues if c.kind in attribution.REPORTS and r.stretch[c.at] < 0}
        self.reporting_before = [0] * (r.n + 1)
        for i in range(r.n):
            count += i in marks
            self.reporting_before[i + 1] = count

    def first_rows(self) -> list[tuple[list[int], list[tuple[float, ...]]]]:
        """For each stretch its candidate cues and their features."""
        result = []
        for k, s in enumerate(self.stretches):
            chosen = attribution.candidates(self.r, s, self.points, self.ats) if s.last > s.first else []
            result.append(
                (chosen, attribution.pairs(self.r, k, s, self.points, chosen, self.reporting_before))
            )
        return result


def laid_out(learned: Models, doc: Doc, parse: Parse, kinds: dict[int, int]) -> Scene:
    """An article as a scene, each cue that may report with the source that ranks best."""
    scene = Scene(doc, parse, kinds, inside=False)
    flat = [row for mine in scene.source_rows for row in mine]
    ranked = iter(learned.forests["source"].scores(flat)[:, 0].tolist() if flat else ())
    scene.give_sources(
        [
            [next(ranked) for _ in mine] or [-9.0] * len(options)
            for mine, options in zip(scene.source_rows, scene.proposed, strict=True)
        ],
        learned.shares,
    )
    return scene


def choose(rows: list[tuple[list[int], list[tuple[float, ...]]]], scores: list[float]) -> list[Choice]:
    """Each stretch's best candidate, from the scores of all rows laid end to end."""
    result: list[Choice] = []
    at = 0
    for found, mine in rows:
        part = scores[at : at + len(mine)]
        at += len(mine)
        if not part:
            result.append(Choice([], [], [], -1, -9.0))
            continue
        top = max(range(len(part)), key=lambda i: part[i])
        result.append(Choice(found, mine, part, found[top], part[top]))
    return result


def score(forest: Forest, rows: list[tuple[list[int], list[tuple[float, ...]]]]) -> list[float]:
    """The scores of all rows laid end to end."""
    flat = [row for _, mine in rows for row in mine]
    scores: list[float] = forest.scores(flat)[:, 0].tolist() if flat else []
    return scores


def quote_rows(
    scene: Scene, last: list[Choice], wanted: Sequence[int] | None = None
) -> list[tuple[float, ...]]:
    """For each stretch the features by which it is a quotation, from its best candidate and its
    neighbours; only for the stretches `wanted`, if given."""
    rows: list[tuple[float, ...]] = []
    width = len(attribution.FEATURES) + len(attribution.CHAIN_FEATURES)
    for k in range(len(last)) if wanted is None else wanted:
        choice = last[k]
        if choice.scores:
            order = sorted(choice.scores, reverse=True)
            row = choice.rows[choice.scores.index(order[0])]
            second = order[1] if len(order) > 1 else -9.0
        else:
            row = (*scene.stretches[k].base, *(-2.0,) * (width - len(scene.stretches[k].base)))
            second = -9.0
        same = [
            j
            for j in (k - 1, k + 1)
            if 0 <= j < len(last)
            and scene.stretches[j].last > scene.stretches[j].first
            and scene.stretches[k].last > scene.stretches[k].first
            and abs(scene.r.paragraph[scene.stretches[j].first] - scene.r.paragraph[scene.stretches[k].first])
            <= 1
        ]
        rows.append(
            (
                *row,
                choice.score,
                second,
                last[k - 1].score if k - 1 in same else -10.0,
                last[k + 1].score if k + 1 in same else -10.0,
                sum(1 for s in choice.scores if s > 0),
            )
        )
    return rows


def attribute(scene: Scene, forests: dict[str, Forest]) -> tuple[list[Choice], list[float]]:
    """Each stretch's choice, and the score by which it is a quotation at all (above 0: it is)."""
    rows = scene.first_rows()
    first = choose(rows, score(forests["pair"], rows))
    again = attribution.chain(scene.r, scene.stretches, scene.points, first, scene.reporting_before)
    last = choose(again, score(forests["chain"], again))
    flat = quote_rows(scene, last)
    quoted: list[float] = forests["quote"].scores(flat)[:, 0].tolist() if flat else []
    return last, quoted


def directs(last: list[Choice], quoted: list[float]) -> tuple[dict[int, list[int]], dict[int, float]]:
    """Cue → the stretches that chose it, and the best score among them; stretches that are no quotations
    left out."""
    direct: dict[int, list[int]] = {}
    strength: dict[int, float] = {}
    for k, choice in enumerate(last):
        if choice.best >= 0 and quoted[k] > QUOTED and choice.score > SOURCED:
            direct.setdefault(choice.best, []).append(k)
            strength[choice.best] = max(strength.get(choice.best, -9.0), choice.score)
    return direct, strength


QUOTED = 0.0
SOURCED = -2.0
REPORTED = 0.45
LIKELY = 0.3
"""Cues less likely to report, by their side alone, are given up."""
HINTED = 0.1
"""A statement less likely than this says nothing of the stretches in it."""


def propose(
    scene: Scene,
    forests: dict[str, Forest],
    last: list[Choice],
    quoted: list[float],
    doubtful: frozenset[int] = frozenset(),
) -> list[Proposal]:
    """What each cue may report outside quotation marks, in the order of the cues.

    In the paragraphs `doubtful` also what is merely hinted at, and every attitude; `reported` leaves these
    out.
    """
    r, points = scene.r, scene.points
    if not points:
        return []
    direct, strength = directs(last, quoted)
    hung = {points[i].cue.at for i in direct}
    wanted = [
        i
        for i, pt in enumerate(points)
        if pt.cue.rank == 0
        and r.stretch[pt.cue.at] < 0
        and (
            pt.cue.kind not in settle.ATTITUDES  # the others end as no quotes
            or pt.cue.at in hung
            or r.paragraph[pt.cue.at] in doubtful
        )
    ]
    if not wanted:
        return []
    raw = forests["side"].scores(paraphrase.sides(r, points, direct, strength, wanted))
    p = np.exp(raw - raw.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    asked = [
        (i, mine)
        for i, mine in zip(wanted, p.tolist(), strict=True)
        if 1 - mine[0] > (HINTED if r.paragraph[points[i].cue.at] in doubtful else LIKELY)
    ]
    return contents.propose(r, points, forests, asked)


def hinted(proposals: list[Proposal]) -> list[Statement]:
    """Each cue's likeliest content, by its parts alone."""
    return [Statement(p.cue, p.contents[0].ranges, p.probability) for p in proposals]


def reported(
    scene: Scene,
    forests: dict[str, Forest],
    proposals: list[Proposal],
    last: list[Choice],
    quoted: list[float],
) -> list[Statement]:
    """The statements that count, most certain first: likely ones, and attitudes only where a quotation hangs
    on them."""
    direct, _ = directs(last, quoted)
    points = scene.points
    hung = {points[i].cue.at for i in direct}
    kept = [
        p
        for p in proposals
        if p.probability > LIKELY
        and (points[p.cue].cue.kind not in settle.ATTITUDES or points[p.cue].cue.at in hung)
    ]
    if not kept:
        return []
    scores: list[float] = forests["content"].scores([c.row for p in kept for c in p.contents])[:, 0].tolist()
    result = []
    at = 0
    for p in kept:
        mine = scores[at : at + len(p.contents)]
        at += len(mine)
        point = points[p.cue]
        inverted = sources.inverted(scene.r, point.cue) is not None
        mere = [
            (inverted and c.ranges[0][0] >= point.cue.last) or unsaid.circumstance(scene.r, point, c.ranges)
            for c in p.contents
        ]
        top = max(range(len(mine)), key=lambda k: (not mere[k], mine[k], -k))
        weight = sum(math.exp(v) for v in mine)  # against 1, for nothing reported
        probability = weight / (1 + weight)
        if probability > REPORTED:
            ranges = p.contents[top].ranges
            halves = extents.interrupted(scene.r, point.cue)
            if halves is not None:
                before, (first, end) = halves
                ranges = (before, (first, ranges[-1][1] if ranges[-1][1] > first else end))
            if mere[top] and inverted:
                sentence = scene.r.doc.sentences[scene.r.sentence[point.cue.at]]
                ranges = ((sentence.first, point.cue.first - 1),)  # “It was so, claimed Ana Silva, its leader.”
            ranges = extents.opened(scene.r, point.cue) or ranges
            result.append(Statement(p.cue, ranges, probability))
    result.sort(key=lambda told: -told.probability)
    return result


def look_again(
    scene: Scene,
    forests: dict[str, Forest],
    last: list[Choice],
    quoted: list[float],
    said: list[Statement],
    wanted: list[int],
) -> list[float]:
    """The scores by which stretches are quotations, those of the stretches `wanted` by a second look."""
    if not wanted:
        return quoted
    again = forests["again"].scores(again_rows(scene, last, said, wanted))[:, 0]
    result = list(quoted)
    for k, score in zip(wanted, again.tolist(), strict=True):
        result[k] = score
    return result


def again_rows(
    scene: Scene, last: list[Choice], said: list[Statement], wanted: list[int]
) -> list[tuple[float, ...]]:
    """The features of the second look."""
    first = quote_rows(scene, last, wanted)
    more = scare.features(scene.r, scene.points, scene.stretches, last, said, wanted)
    return [(*row, *seen) for row, seen in zip(first, more, strict=True)]


def doubts(scene: Scene, quoted: list[float]) -> tuple[list[int], frozenset[int]]:
    """The stretches to look at again, and their paragraphs."""
    found = [k for k, s in enumerate(scene.stretches) if s.last > s.first and abs(quoted[k]) < scare.DOUBT]
    return found, frozenset(scene.r.paragraph[scene.stretches[k].first] for k in found)


LEAST_UNSOURCED = 4
"""Words of a paraphrase of nobody, below which it says nothing."""


def kinds_of(doc: Doc, cast: Cast) -> dict[int, int]:
    """Token → kind of the actor named there, as a number of `KINDS`; tokens in no named mention are left
    out."""
    starts = laid(doc).starts
    found: dict[int, int] = {}
    for actor in cast.actors:
        number = KINDS.get(actor.kind, 0)
        for mention in cast.mentions.get(actor.id, ()):
            if mention.form == "name":
                i = bisect_left(starts, mention.span.start)
                while i < len(starts) and starts[i] < mention.span.end:
                    found[i] = number
                    i += 1
    return found


KINDS = {"person": 1, "organization": 2, "country": 3, "group": 4, "place": 5}


def headline_pronoun(scene: Scene, start: int, source: tuple[Passage, ...]) -> bool:
    """Whether a paraphrase in the headline is ascribed to a pronoun, which means nobody there: “What they said: …”."""
    if not source or source[0].words.lower() not in PRONOUNS:
        return False
    r = scene.r
    return r.paragraph[r.at(start)] == 0 and r.words[r.tokens_in(0)[1] - 1] != "."


PRONOUNS = frozenset(("he", "she", "they", "it", "we", "i", "you", "who"))


def find(doc: Doc, parse: Parse, cast: Cast) -> tuple[Quote, ...]:
    """The quotes of a doc in order of their first content."""
    return find_with(models(), doc, parse, cast)


def find_with(learned: Models, doc: Doc, parse: Parse, cast: Cast) -> tuple[Quote, ...]:
    """As `find`, by weights given."""
    scene = laid_out(learned, doc, parse, kinds_of(doc, cast))
    last, quoted = attribute(scene, learned.forests)
    last = [rehang.rehung(scene.r, scene.cues, k, choice) for k, choice in enumerate(last)]
    wanted, paragraphs = doubts(scene, quoted)
    proposals = propose(scene, learned.forests, last, quoted, paragraphs)
    quoted = look_again(scene, learned.forests, last, quoted, hinted(proposals), wanted)
    quoted = [
        attribution.NEVER if score > QUOTED and scare.titles_work(scene.r, s) else score
        for s, score in zip(scene.stretches, quoted, strict=True)
    ]
    said = reported(scene, learned.forests, proposals, last, quoted)
    found = settle.settle(scene.r, scene.points, last, quoted, said, QUOTED, SOURCED)
    spoken = {
        i
        for f in found
        for span in f.spans
        for i in range(scene.r.at(span.start), scene.r.at(span.end - 1) + 1)
    }
    who = speakers.Speakers(scene.r, cast, spoken)
    by_cue: dict[int, str | None] = {}
    cues = list(scene.cues)
    for i in sorted({f.cue for f in found if f.cue >= 0}, key=lambda i: scene.cues[i].at):
        if sources.was_asked(scene.r, cues[i]):
            cues[i] = cues[i]._replace(source=None, head=-1)
        behind = sources.inverted(scene.r, cues[i])
        if behind is not None and not spoken.intersection(range(*behind)):
            cues[i] = cues[i]._replace(source=behind, head=behind[1] - 1)
        by_cue[i] = who.of(cues[i])
    result = []
    for f in found:
        source: tuple[Passage, ...] = ()
        cue: tuple[Passage, ...] = ()
        speaker = passed_on = None
        if f.cue >= 0:
            c = cues[f.cue]
            shown = sources.widened(scene.r, c, spoken)
            if shown is not None:
                together = who.joint(c)
                begun = min(who.name_around(shown[0]), together[0])
                shown = (shown[0] if begun in spoken else begun, max(shown[1], together[1]))
                speaker = by_cue[f.cue]
                if speaker is None:
                    shown = (sources.with_antecedent(scene.r, shown, spoken), shown[1])
                source = (doc.cut(*scene.r.span(*shown)),)
            cue = tuple(doc.cut(*scene.r.span(*piece)) for piece in verbgroup.shown(scene.r, c, shown, spoken))
            hit = via.via(scene.r, c, scene.cues)
            passed_on = doc.cut(*scene.r.span(*hit)).words if hit else None
        if f.kind == "indirect" and not source and len(doc.text[slice(*f.spans[0])].split()) < LEAST_UNSOURCED:
            continue  # “Asked about that, she said …”
        if f.kind == "indirect" and headline_pronoun(scene, f.spans[0].start, source):
            continue
        result.append(
            Quote(f.kind, tuple(doc.cut(*span) for span in f.spans), speaker, source, cue, passed_on, f.rule)
        )
    return tuple(result)
