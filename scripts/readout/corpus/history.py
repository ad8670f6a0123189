"""Moves that are the same act, across briefings: threads with a dated history of their status.

Briefings are taken in the order of their publication, whatever order they come in; each of their moves
joins the thread that it continues, or begins a new one. So an article added later changes no thread's id:
it is made of the type, the first actor and target, and the date of the thread's earliest report. An
article added with an earlier date can begin the thread; the address it had stays in `former`.

One act: the same type, sides that can be one (`parties`), an object that is not another, not too long ago
for an act of that type, and a status that can follow. No report may speak against any of the thread it
joins, so that threads do not run on from one act to the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from readout import lexicon
from readout.corpus import decisions as words_of_people
from readout.corpus import spelling
from readout.corpus.differences import between_outlets, over_time
from readout.corpus.identity import in_order
from readout.corpus.parties import Party, Registry, same
from readout.records import MOVE_STATUSES, Briefing, Decision, Event, Identity, Move, Problem, Thread
from readout.slugs import slug

ENOUGH = 1.5
"""The score from which a move continues a thread."""
OPEN = frozenset({"proposed", "threatened", "negotiating", "announced", "agreed"})
"""Statuses of what has not happened yet."""
UNDECIDED = frozenset({"proposed", "threatened", "negotiating"})
STANDING = frozenset({"in-force", "extended", "suspended", "violated"})
"""Statuses of what has begun and is not over."""


def move_id(move: Move) -> str:
    """A move's permalink on its briefing's page: stays as long as the article does."""
    return f"m-{move.trigger.span.start}"


# ------------------------------------------------------------------ the lexicon
@cache
def table(name: str) -> dict[str, int]:
    """A table of numbers of `lexicons/threads.toml`."""
    return {k: int(v) for k, v in lexicon.toml("threads")[name].items()}


@cache
def words(section: str, name: str) -> frozenset[str]:
    """A set of words of `lexicons/threads.toml`."""
    return frozenset(str(lexicon.toml("threads")[section][name]).split())


# ------------------------------------------------------------------ one report
@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its commonest endings, so that `sawmills` meets `sawmill`.

    >>> stem("sawmills"), stem("batteries"), stem("steel")
    ('sawmill', 'battery', 'steel')
    """
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@lru_cache(maxsize=65536)
def content(text: str) -> frozenset[str]:
    """The words of a label or term that say what a move is about, folded and stemmed."""
    found = {stem(w) for w in LETTERS.findall(spelling.folded(text))}
    return frozenset(w for w in found if len(w) > 2) - bare_words()


@cache
def bare_words() -> frozenset[str]:
    """Words that say nothing of a move's object, stemmed."""
    all_of = (
        words("words", "bare") | words("words", "small") | words("words", "undo") | words("words", "extend")
    )
    return frozenset(stem(w) for w in all_of)


@lru_cache(maxsize=65536)
def has_word(text: str, name: str) -> bool:
    """Whether a label or trigger has one of a list's words."""
    return not words("words", name).isdisjoint(LETTERS.findall(spelling.folded(text)))


def day(when: str | None) -> int | None:
    """A date as a day number; None where there is none, or none that can be read."""
    try:
        return date.fromisoformat((when or "")[:10]).toordinal()
    except ValueError:
        return None


class Report(NamedTuple):
    """A move as one briefing tells it, prepared for comparison."""

    event: Event
    move: Move
    day: int | None
    actors: tuple[Party, ...]
    targets: tuple[Party, ...]
    object: frozenset[str]
    """What it is about, in content words without the names of its sides."""
    terms: frozenset[tuple[str, str]]
    """(kind, normal form) of its terms that have one."""
    around: frozenset[str]
    """Keys of all actors of its article."""
    change: bool
    """Whether it is the undoing, pausing or prolonging of a measure."""

    @property
    def sides(self) -> tuple[Party, ...]:
        """Actors and targets."""
        return (*self.actors, *self.targets)

    @property
    def slug(self) -> str:
        """The briefing's."""
        return self.event.slug


def prepare(briefing: Briefing, registry: Registry) -> list[Report]:
    """The moves of a briefing, in order."""
    reports = []
    header = briefing.header
    actors = {a.id: a for a in briefing.actors}
    around = frozenset(registry.key(header.slug, a.id) for a in briefing.actors)
    for index, move in enumerate(briefing.moves):
        doers = registry.parties(briefing, move.actors, move.targets, move.label)
        targets = registry.parties(briefing, move.targets, ())
        about = set(content(move.label))
        for term in move.terms:
            if term.kind == "scope":
                about |= content(term.passage.words)
        names: set[str] = set()
        for one in (*move.actors, *move.targets):
            actor = actors.get(one)
            for name in (actor.name, *actor.aliases) if actor else (one,):
                names |= content(name)
        stems = {n[: max(4, len(n) - 3)] for n in names if len(n) > 4}
        about = {
            w
            for w in about
            if w not in names and not any(w.startswith(s) and len(w) <= len(s) + 7 for s in stems)
        }
        terms = frozenset(
            (t.kind, t.norm)
            for t in move.terms
            if t.norm and t.kind in {"duration", "rate", "amount", "deadline"}
        )
        told = f"{move.label} {move.trigger.words}"
        change = has_word(told, "undo") or has_word(told, "extend")
        reports.append(
            Report(
                Event(header.slug, index, header.published, move.status),
                move,
                day(header.published),
                doers,
                targets,
                frozenset(about),
                terms,
                around,
                change,
            )
        )
    return reports


# ------------------------------------------------------------------ comparing two reports
def match(mine: Sequence[Party], theirs: Sequence[Party]) -> float:
    """How far the fewer of two lists of parties are among the others, 0 to 1."""
    few, many = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
    return sum(max(same(a, b) for b in many) for a in few) / len(few)


def apart(mine: Sequence[Party], theirs: Sequence[Party]) -> bool:
    """Whether two lists of parties are of different ones: both name some, and none is in both."""
    return bool(mine) and bool(theirs) and not any(same(a, b) for a in mine for b in theirs)


def persons(parties: Iterable[Party]) -> frozenset[str]:
    """The persons among parties."""
    return frozenset(p.key for p in parties if p.person)


def gap(a: Report, b: Report) -> int | None:
    """Days between two reports; None where one has no date."""
    return abs(a.day - b.day) if a.day is not None and b.day is not None else None


def in_time(old: Report, new: Report) -> bool:
    """Whether the later of two reports can still be of the act of the earlier."""
    days = gap(old, new)
    kind = new.move.type
    if days is None:
        return table("days").get(kind, 30) >= 60
    if days <= table("days").get(kind, 30):
        return True
    first = old if (old.day or 0) <= (new.day or 0) else new
    return first.move.status in OPEN and days <= table("ahead").get(kind, 0)


def follows(old: Report, new: Report) -> bool:
    """Whether the later report's status can come after the earlier's, for one act."""
    if old.day is None or new.day is None:
        return True
    if old.day > new.day:
        old, new = new, old
    days = gap(old, new) or 0
    was, now = old.move.status, new.move.status
    if was == "ended" and not old.change:
        # What has ended does not begin again; other outlets catch up within days.
        return now in {"ended", "violated", "suspended"} or (days <= 1 and now not in UNDECIDED)
    if was == "ended":
        return now in {"ended", "suspended"} or (days <= 2 and now not in UNDECIDED)
    if was == "rejected" and days > 3:
        return now in {"rejected", "proposed", "negotiating", "threatened", "agreed"}
    if was in STANDING | {"announced", "agreed"} and now in {"proposed", "threatened"} and not new.change:
        return days <= 2  # a new threat or offer, once the first has been decided or carried out
    return True


def shared_sides(new: Report, old: Report) -> float | None:
    """How far two reports of an act of all sides name the same ones, 0 to 2; None where they do not."""
    if not new.sides or not old.sides:
        return 1.0 if told_elsewhere(new, old) else 0.0
    both = match(new.sides, old.sides)
    if both < (0.4 if min(len(new.sides), len(old.sides)) < 2 else 0.6):
        if told_elsewhere(new, old):
            return 1.0
        at_stake = {p.key for p in new.targets} & {p.key for p in old.targets}
        if both >= 0.5 and new.move.type in words("types", "single") and at_stake:
            return 1.6  # the same place is at stake, whoever is named as acting there
        # One side of a rare act, or its mediator, named alone: not for it, yet not against it.
        lone = min(len(new.sides), len(old.sides)) == 1 and new.move.type in words("types", "single")
        return 0.0 if lone else None
    if new.move.type == "talks":
        mine, theirs = persons(new.sides), persons(old.sides)
        if mine and theirs and not mine & theirs:
            return None  # another meeting of the same states
        days = gap(old, new)
        if days is not None and days > table("days")["talks"] and mine != theirs:
            return None
    return 2 * both


def told_elsewhere(a: Report, b: Report) -> bool:
    """Whether two reports of a rare act each have the other's sides in the article, if not beside the act.

    As where one names the mediator of a ceasefire alone, the other those who fight.
    """
    days = gap(a, b)
    if a.move.type not in words("types", "single") or days is None or days > 45:
        return False
    mine, theirs = {p.key for p in a.sides}, {p.key for p in b.sides}
    return len(mine | theirs) > 1 and mine <= b.around and theirs <= a.around


def directed_sides(new: Report, old: Report) -> float | None:
    """How far two reports of an act of one on another name the same ones, 0 to 2; None where they do not."""
    if apart(new.actors, old.actors) or others(new.targets, old.targets):
        # The other side turns it down, or breaks it.
        late = new if (new.day or 0) >= (old.day or 0) else old
        early = old if late is new else new
        if late.move.status not in {"rejected", "violated"} or not late.actors or not early.targets:
            return None
        return match(late.actors, early.targets) if not apart(late.targets, early.actors) else None
    score = match(new.actors, old.actors) if new.actors and old.actors else 0.0
    if 0 < score <= 0.6 and not (new.targets and old.targets) and persons(new.actors) and persons(old.actors):
        return None  # at home, two officers of one state act each for themselves
    return score + (match(new.targets, old.targets) if new.targets and old.targets else 0.0)


def others(mine: Sequence[Party], theirs: Sequence[Party]) -> bool:
    """As `apart`, for targets: a person is aimed at for itself, and is no other officer of its state."""
    if not mine or not theirs:
        return False
    return not any(same(a, b) for a in mine for b in theirs if a.key == b.key or not (a.person and b.person))


def agreement(new: Report, old: Report) -> float | None:
    """How far two reports are of one act, `ENOUGH` and more where they are; None where they cannot be."""
    kind = new.move.type
    if kind != old.move.type or not in_time(old, new) or not follows(old, new):
        return None
    sides = shared_sides(new, old) if kind in words("types", "shared") else directed_sides(new, old)
    if sides is None:
        return None
    score = sides
    common = new.object & old.object
    if new.object and old.object:
        if common:
            score += 1.2 * len(common) / min(len(new.object), len(old.object)) if len(common) > 1 else 0.9
        elif kind in words("types", "by_object"):
            return None
        elif kind not in words("types", "single"):
            score -= 0.5
    if not sides and len(common) < 2 and not new.terms & old.terms:
        # No side in common, and next to nothing else.
        return 0.0 if kind in words("types", "single") else None
    score += min(1.0, 0.5 * len(new.terms & old.terms))
    if kind in words("types", "single"):
        score += 0.4
    if new.change != old.change:
        # What is lifted or prolonged is in force.
        was = old.move.status if new.change else new.move.status
        score += -0.3 if was in UNDECIDED else 0.2
    days = gap(old, new)
    if days is None:
        score -= 0.3
    elif days <= 7:
        score += 0.3
    elif days <= 30:
        score += 0.15
    return score


# ------------------------------------------------------------------ threads
@dataclass(slots=True)
class Strand:
    """A thread in the making."""

    id: str
    order: int
    reports: list[Report] = field(default_factory=list)
    slugs: set[str] = field(default_factory=set)
    last: int | None = None
    """The day of its latest report that has a date."""
    former: list[str] = field(default_factory=list)

    def add(self, report: Report) -> None:
        """Take a report in."""
        self.reports.append(report)
        self.slugs.add(report.slug)
        if report.day is not None:
            self.last = max(self.last or 0, report.day)


SURE = 1.8
"""Agreement from which two reports of a rare act are of one act, whatever a third says."""


def fit(report: Report, strand: Strand) -> float | None:
    """How far a report continues a thread; None where it cannot.

    The mean of the best agreement and of the average: a thread whose first report has nothing in common with
    its last is two. Reports of too long ago are silent; no other may speak against.
    """
    scores: list[float] = []
    against = 0
    for other in strand.reports:
        value = agreement(report, other)
        if value is None:
            # Out of time is not against it, unless what was to come has come already.
            if in_time(other, report) or (
                report.move.type in table("ahead") and other.move.status not in OPEN
            ):
                against += 1
                if report.move.type not in words("types", "single") or not follows(other, report):
                    return None
        else:
            scores.append(value)
    # Of a rare act one report may name other sides than the rest, where another is sure to be of the same act.
    if not scores or (against and (max(scores) < SURE or against >= len(scores))):
        return None
    return (max(scores) + sum(scores) / len(scores)) / 2


def candidate_id(report: Report) -> str:
    """The id of the thread that a report begins: type, first actor and target, date (or the slug).

    Made of this report alone.
    """
    move = report.move
    parts = [
        move.type,
        *(slug(p)[:32].strip("-") for p in (*move.actors[:1], *move.targets[:1])),
        report.event.date or report.slug,
    ]
    return "-".join(slug(p) for p in parts)


class Weaver:
    """Takes the moves of briefings in the order of publication and ties them into threads."""

    def __init__(self) -> None:
        self.strands: list[Strand] = []
        self.ids: dict[str, Strand] = {}
        self.at: dict[tuple[str, str], list[Strand]] = {}
        self.home: dict[tuple[str, str], Strand] = {}

    def begin(self, report: Report) -> Strand:
        """A thread of its own for a report."""
        name = candidate_id(report)
        if name in self.ids:
            name = slug(f"{name} {report.slug} {move_id(report.move)}")
        strand = Strand(name, len(self.strands))
        self.strands.append(strand)
        self.ids[name] = strand
        self.put(report, strand)
        return strand

    def put(self, report: Report, strand: Strand) -> None:
        """Add a report to a thread, so that later ones find it by its sides and its object."""
        strand.add(report)
        self.home[report.slug, move_id(report.move)] = strand
        for key in self.keys(report):
            found = self.at.setdefault(key, [])
            if not found or found[-1] is not strand:
                found.append(strand)

    def keys(self, report: Report) -> list[tuple[str, str]]:
        """Under what a report is found: its type with each side, and with each word of its object."""
        kind = report.move.type
        found: dict[str, None] = {}
        for side in report.sides:
            found.update(dict.fromkeys((side.key, *sorted(side.states | side.perhaps))))
        # A word serves where a side is missing, or only perhaps the same.
        found.update(dict.fromkeys("~" + w for w in sorted(report.object)))
        if kind in words("types", "single"):
            found["*"] = None
        return [(kind, key) for key in found]

    def candidates(self, report: Report) -> list[Strand]:
        """Threads to weigh: those found by a key, and not too old."""
        far = max(table("days").get(report.move.type, 30), table("ahead").get(report.move.type, 0))
        found: dict[int, Strand] = {}
        for key in self.keys(report):
            strands = self.at.get(key)
            if not strands:
                continue
            if report.day is not None:
                live = [s for s in strands if s.last is None or report.day - s.last <= far]
                if len(live) < len(strands):
                    self.at[key] = strands = live
            for strand in strands:
                found[strand.order] = strand
        return [found[k] for k in sorted(found)]

    def weave(self, reports: Sequence[Report]) -> None:
        """Place the moves of one briefing: the surest first, and no two in one thread."""
        weighed: list[tuple[float, int, int, int, Strand]] = []
        for at, report in enumerate(reports):
            for strand in self.candidates(report):
                value = fit(report, strand)
                if value is not None and value >= ENOUGH:
                    weighed.append((-round(value, 3), -(strand.last or 0), strand.order, at, strand))
        weighed.sort(key=lambda w: w[:4])
        placed: set[int] = set()
        used: set[int] = set()
        for _, _, order, at, strand in weighed:
            if at not in placed and order not in used:
                placed.add(at)
                used.add(order)
                self.put(reports[at], strand)
        for at, report in enumerate(reports):
            if at not in placed:
                self.begin(report)

    def join(self, a: Strand, b: Strand) -> Strand:
        """Make two threads one, under the id of the earlier."""
        if a is b:
            return a
        first, second = (a, b) if a.order < b.order else (b, a)
        for report in second.reports:
            first.add(report)
            self.home[report.slug, move_id(report.move)] = first
        first.former += [second.id, *second.former]
        second.reports = []
        return first

    def take_out(self, places: Sequence[tuple[str, str]]) -> None:
        """Give moves a thread of their own, all of them together."""
        taken = [(p, self.home[p]) for p in places]
        reports = []
        for place, strand in taken:
            reports += [r for r in strand.reports if (r.slug, move_id(r.move)) == place]
        homes = {strand.order: strand for _, strand in taken}
        if len(homes) == 1 and len(reports) == len(next(iter(homes.values())).reports):
            return
        for strand in homes.values():
            strand.reports = [r for r in strand.reports if not any(r is x for x in reports)]
            strand.slugs = {r.slug for r in strand.reports}
        fresh = self.begin(reports[0])
        for report in reports[1:]:
            self.put(report, fresh)


# ------------------------------------------------------------------ what a thread says
def ordered(reports: Iterable[Report]) -> list[Report]:
    """Oldest first, undated ones last; on one day the further status later."""
    return sorted(
        reports,
        key=lambda r: (
            r.day is None,
            r.day or 0,
            MOVE_STATUSES.index(r.move.status) if r.move.status in MOVE_STATUSES else 0,
            r.slug,
            r.move.trigger.span.start,
        ),
    )


def latest_status(reports: Sequence[Report]) -> str:
    """The status by the latest date of publication, of several then the furthest.

    A change that is only proposed, decided or refused leaves the measure as it stands.
    """
    known = [r for r in reports if r.day is not None] or list(reports)
    settled = [r for r in known if not (r.change and (r.move.status in OPEN or r.move.status == "rejected"))]
    earlier = [r for r in settled if r.move.status in STANDING]
    pool = settled if earlier else known
    return ordered(pool)[-1].move.status


def label(reports: Sequence[Report]) -> str:
    """The label of the first report in which the act is decided, not undone or prolonged; else of the
    first."""
    own = [r for r in reports if not r.change and r.move.status not in {"ended", "rejected", "violated"}]
    decided = [r for r in own if r.move.status not in UNDECIDED]
    return (decided or own or list(reports))[0].move.label


def sides(reports: Sequence[Report], which: str, registry: Registry) -> tuple[str, ...]:
    """Ids of identities, or plain words, of all who act or are aimed at: those most reports name first."""
    counts: Counter[str] = Counter()
    for report in reports:
        named = report.move.actors if which == "actors" else report.move.targets
        for one in named:
            found = registry.who.get((report.slug, one))
            counts[found.id if found else registry.names.get((report.slug, one), one)] += 1
    order = list(counts)
    return tuple(sorted(order, key=lambda k: (-counts[k], order.index(k))))


def threaded(
    briefings: Sequence[Briefing],
    identities: Sequence[Identity],
    decisions: Sequence[Decision] = (),
    path: str = words_of_people.SHOWN,
) -> tuple[tuple[Thread, ...], list[Problem]]:
    """The threads of all moves, by latest event, newest first; and the decisions that could not be followed.

    The order of the briefings does not matter. A person's word (`join`, `split`, `correct`) comes before all
    evidence; `split` comes before `join`.
    """
    in_time_order = in_order(briefings)
    known = {(b.header.slug, move_id(m)) for b in in_time_order for m in b.moves}
    said = words_of_people.about_moves(decisions, known, path)
    registry = Registry(identities)
    weaver = Weaver()
    for briefing in in_time_order:
        registry.read(briefing)
        weaver.weave(prepare(briefing, registry))
    labels, problems = follow(weaver, said, path)
    found: list[Thread] = []
    by_slug = {b.header.slug: b for b in briefings}
    strands = [s for s in weaver.strands if s.reports]
    taken = {s.id for s in strands}
    # Addresses that a page did have come before those it might have had.
    taken |= {name for s in strands for name in s.former}
    for strand in strands:
        reports = ordered(strand.reports)
        former = dict.fromkeys(strand.former)
        for name in map(candidate_id, reports):
            if name not in taken:
                taken.add(name)
                former[name] = None
        events = tuple(r.event for r in reports)
        corrected = labels.get(strand.id, {})
        found.append(
            Thread(
                strand.id,
                reports[0].move.type,
                corrected.get("label", label(reports)),
                corrected.get("status", latest_status(reports)),
                sides(reports, "actors", registry),
                sides(reports, "targets", registry),
                events,
                tuple(former),
                between_outlets(events, by_slug),
                over_time(events, by_slug, registry.who),
            )
        )
    found.sort(key=lambda t: t.id)
    newest = sorted(found, key=lambda t: max((e.date for e in t.events if e.date), default=""), reverse=True)
    return tuple(newest), [*said.problems, *problems]


def threads(
    briefings: Sequence[Briefing], identities: Sequence[Identity], decisions: Sequence[Decision] = ()
) -> tuple[Thread, ...]:
    """The threads of all moves, by latest event, newest first; as `threaded`, without the problems."""
    return threaded(briefings, identities, decisions)[0]


def follow(
    weaver: Weaver, said: words_of_people.AboutMoves, path: str
) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    """Do what decisions ask of threads; thread's id → corrected values, and what could not be done."""
    problems: list[Problem] = []

    def strand_of(decision: Decision, subject: str) -> Strand | None:
        place = words_of_people.as_move(subject)
        if place:
            return weaver.home[place]
        strand = weaver.ids.get(subject) or next((s for s in weaver.strands if subject in s.former), None)
        if strand is None or not strand.reports:
            problems.append(words_of_people.unknown(decision, subject, sorted(weaver.ids), path))
            return None
        return strand

    for decision in said.join:
        strands = [s for s in (strand_of(decision, subject) for subject in decision.subjects) if s]
        if len(strands) == len(decision.subjects):
            home = strands[0]
            for other in strands[1:]:
                home = weaver.join(home, other)
    for decision in said.split:
        weaver.take_out([p for p in map(words_of_people.as_move, decision.subjects) if p])
    corrected: dict[str, dict[str, str]] = {}
    for decision in said.correct:
        strand = strand_of(decision, decision.subjects[0])
        if strand and decision.field and decision.value:
            corrected.setdefault(strand.id, {})[decision.field] = decision.value
    return corrected, problems
