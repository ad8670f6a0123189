"""Where accounts of one act do not agree: outlets on a term or the status, one actor's statements over time.

Only what can be compared by its normal form is set side by side, and only what was published close
together; what changes from one month to the next is history, not disagreement. Which account is right is
not decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import combinations

from readout import lexicon
from readout.corpus import spelling
from readout.records import (
    MOVE_STATUSES,
    Account,
    Briefing,
    Difference,
    Event,
    Identity,
    Move,
    Quote,
    Span,
    Term,
)
from readout.slugs import fold

TERM_DAYS = 7
"""Days between two reports within which different terms are a disagreement."""
DECIDED_DAYS = 30
"""The same, for two reports of a decided act: what has been decided seldom changes within a month."""
STATUS_DAYS = 1
KINDS = ("rate", "amount", "duration", "deadline")
"""Kinds of terms that are compared, in the order of the differences."""
NAMES = {"rate": "rate", "amount": "amount", "duration": "duration", "deadline": "date"}
DECIDED = frozenset({"announced", "agreed", "in-force"})
AGREED = frozenset({"proposed", "announced", "agreed", "in-force", "extended", "negotiating"})


def days(a: str | None, b: str | None) -> int | None:
    """Days from one date to another; None where either is missing or no date."""
    try:
        return abs((date.fromisoformat((a or "")[:10]) - date.fromisoformat((b or "")[:10])).days)
    except ValueError:
        return None


# ------------------------------------------------------------------ terms
NUMBER = re.compile(r"\d+(?:\.\d+)?")
UNIT_DAYS = {"D": 1.0, "W": 7.0, "M": 30.4, "Y": 365.2}


@lru_cache(maxsize=4096)
def measured(kind: str, norm: str) -> tuple[str, float, float] | None:
    """A term's normal form as unit, least and most; None where it has no numbers to compare.

    >>> measured("rate", "25-50%"), measured("duration", "P1M"), measured("amount", "USD 10000000000")
    (('%', 25.0, 50.0), ('days', 30.4, 30.4), ('USD', 10000000000.0, 10000000000.0))
    """
    if kind == "duration":
        found = re.fullmatch(r"P(\d+)([DWMY])", norm)
        if not found:
            return None
        value = int(found[1]) * UNIT_DAYS[found[2]]
        return "days", value, value
    numbers = [float(n) for n in NUMBER.findall(norm)]
    if not numbers or len(numbers) > 2:
        return None
    return (
        NUMBER.sub("", norm).replace("-", "").strip().casefold().removesuffix("s").upper(),
        min(numbers),
        max(numbers),
    )


def differ(kind: str, a: Term, b: Term) -> bool:
    """Whether two terms of one kind cannot both be right: other numbers in one unit, or other dates.

    Durations within a tenth of each other (30 days, a month) are one; so is a figure in the other's range.
    """
    if not a.norm or not b.norm or a.norm == b.norm:
        return False
    if kind == "deadline":
        return all(re.fullmatch(r"\d{4}-\d\d-\d\d", t.norm or "") for t in (a, b))
    mine_, theirs_ = measured(kind, a.norm), measured(kind, b.norm)
    if not mine_ or not theirs_ or mine_[0] != theirs_[0]:
        return False
    if mine_[1] <= theirs_[2] and theirs_[1] <= mine_[2]:
        return False
    near = 0.1 if kind == "duration" else 0.02
    return abs(mine_[1] - theirs_[1]) > near * max(abs(mine_[1]), abs(theirs_[1]))


def of_kind(move: Move, kind: str) -> list[Term]:
    """A move's terms of a kind."""
    return [t for t in move.terms if t.kind == kind]


def shown(term: Term) -> str:
    """A term as a reader is shown it: its words."""
    return " ".join(term.passage.words.split())


# ------------------------------------------------------------------ outlets
def outlet(briefing: Briefing) -> str:
    """What tells outlets apart: the source; the briefing itself where it is unknown."""
    return spelling.folded(briefing.header.source) if briefing.header.source else f"/{briefing.header.slug}"


def account(event: Event, briefing: Briefing, value: str, term: Term | None = None) -> Account:
    """What a briefing says by a term, or of the status by its first sentence of evidence."""
    move = briefing.moves[event.index]
    passage = term.passage if term else (move.evidence or (move.trigger,))[0]
    return Account(
        event.slug, event.date, briefing.header.source, value, passage, f"m-{move.trigger.span.start}"
    )


def between_outlets(events: Sequence[Event], by_slug: Mapping[str, Briefing]) -> tuple[Difference, ...]:
    """The terms and statuses of one thread on which outlets of about the same date differ."""
    found: list[Difference] = []
    near = [
        (a, b, gap)
        for a, b in combinations(events, 2)
        if (gap := days(a.date, b.date)) is not None
        and gap <= DECIDED_DAYS
        and outlet(by_slug[a.slug]) != outlet(by_slug[b.slug])
    ]
    for kind in KINDS:
        accounts: dict[tuple[str, str], Account] = {}
        widest = 0
        for a, b, gap in near:
            if gap > TERM_DAYS and not {a.status, b.status} <= DECIDED:
                continue
            if "extended" in (a.status, b.status) and a.status != b.status:
                continue  # a prolongation has terms of its own
            mine, theirs = (of_kind(by_slug[e.slug].moves[e.index], kind) for e in (a, b))
            if not mine or not theirs or not all(differ(kind, x, y) for x in mine for y in theirs):
                continue
            widest = max(widest, gap)
            for event, terms in ((a, mine), (b, theirs)):
                for term in terms:
                    one = account(event, by_slug[event.slug], shown(term), term)
                    accounts.setdefault((event.slug, one.value), one)
        if accounts:
            within = f"{TERM_DAYS} days" if widest <= TERM_DAYS else f"{DECIDED_DAYS} days, of a decided act,"
            rule = f"Outlets within {within} give another {NAMES[kind]}."
            found.append(Difference(kind, in_order(accounts.values()), rule))
    statuses: dict[str, Account] = {}
    for a, b, gap in near:
        if gap > STATUS_DAYS or a.status == b.status:
            continue
        if gap and MOVE_STATUSES.index(b.status) > MOVE_STATUSES.index(a.status):
            continue  # a day later and a step further: news, not disagreement
        for event in (a, b):
            statuses.setdefault(event.slug, account(event, by_slug[event.slug], event.status))
    if statuses:
        found.append(
            Difference(
                "status",
                in_order(statuses.values()),
                "Outlets of the same day, or of the day after, do not give the same status.",
            )
        )
    return tuple(found)


def in_order(accounts: Iterable[Account]) -> tuple[Account, ...]:
    """By date, then slug, then place."""
    return tuple(sorted(accounts, key=lambda a: (a.date or "", a.slug, a.passage.span)))


# ------------------------------------------------------------------ one actor's statements
def on_move(quote: Quote, move: Move) -> bool:
    """Whether a statement is on a move: it holds the words that name it."""
    return any(piece.span.covers(move.trigger.span) for piece in quote.content)


def said(quote: Quote) -> str:
    """The words of a statement."""
    return " … ".join(" ".join(p.words.split()) for p in quote.content)


@cache
def denials() -> frozenset[str]:
    """Words that deny."""
    return frozenset(str(lexicon.toml("threads")["words"]["negation"]).split())


@lru_cache(maxsize=4096)
def claim(text: str) -> tuple[frozenset[str], bool]:
    """The content words of a statement, and whether it denies.

    >>> sorted(claim("We will never extend the truce.")[0]), claim("We will never extend the truce.")[1]
    (['extend', 'truce', 'will'], True)
    """
    tokens = re.findall(
        r"n't\b|[^\W\d_]+(?=n't\b)|[^\W\d_]+",
        fold(text.replace("’", "'")).replace("cannot", "can not").replace("won't", "will n't"),
    )
    denied = sum(t in denials() for t in tokens) % 2 == 1
    small = str(lexicon.toml("threads")["words"]["small"]).split()
    return frozenset(
        t for t in tokens if len(t) > 2 and t not in denials() and (t == "will" or t not in small)
    ), denied


def inside(terms: Sequence[Term], quote: Quote) -> list[Term]:
    """The terms whose words stand in a statement."""
    spans: list[Span] = [p.span for p in quote.content]
    return [t for t in terms if any(s.covers(t.passage.span) for s in spans)]


def why(a: tuple[Quote, Move, Event], b: tuple[Quote, Move, Event]) -> str | None:
    """The rule by which two statements of one actor on one act do not agree; None where none says so."""
    for kind in ("rate", "amount", "duration", "deadline"):
        mine, theirs = inside(of_kind(a[1], kind), a[0]), inside(of_kind(b[1], kind), b[0])
        if mine and theirs and all(differ(kind, x, y) for x in mine for y in theirs):
            return f"The two statements on this act give another {NAMES[kind]}."
    if {a[2].status, b[2].status} & {"rejected"} and {a[2].status, b[2].status} & AGREED:
        return "One statement turns the act down, the other stands for it."
    (mine_, no), (theirs_, nor) = claim(said(a[0])), claim(said(b[0]))
    common = mine_ & theirs_
    if no != nor and len(common) >= 3 and len(common) * 3 >= 2 * len(mine_ | theirs_):
        return "The two statements have the same words, and one of them a “not”."
    return None


def over_time(
    events: Sequence[Event], by_slug: Mapping[str, Briefing], who: Mapping[tuple[str, str], Identity]
) -> tuple[Difference, ...]:
    """The statements of one actor on one thread that differ from one article to another, by actor.

    A statement is on the thread where it holds the words that name the thread's move in its article.
    """
    told: dict[str, list[tuple[Quote, Move, Event]]] = {}
    if len(events) < 2:
        return ()
    for event in events:
        briefing = by_slug[event.slug]
        move = briefing.moves[event.index]
        for quote in briefing.quotes:
            speaker = who.get((event.slug, quote.speaker)) if quote.speaker else None
            if speaker and on_move(quote, move):
                told.setdefault(speaker.id, []).append((quote, move, event))
    found: list[Difference] = []
    for speaker_id in sorted(told):
        by_rule: dict[str, dict[tuple[str, int], Account]] = {}
        for a, b in combinations(told[speaker_id], 2):
            if a[2].slug == b[2].slug:
                continue
            rule = why(a, b)
            # One side that turns an act down counts only where the actor itself is said to act.
            if rule is None or (
                "turns" in rule and not all(quote.speaker in move.actors for quote, move, _ in (a, b))
            ):
                continue
            for quote, _, event in (a, b):
                first = quote.content[0]
                by_rule.setdefault(rule, {}).setdefault(
                    (event.slug, first.span.start),
                    Account(
                        event.slug,
                        event.date,
                        by_slug[event.slug].header.source,
                        said(quote),
                        first,
                        f"q-{first.span.start}",
                    ),
                )
        found += [
            Difference("statement", in_order(accounts.values()), rule, speaker_id)
            for rule, accounts in by_rule.items()
        ]
    return tuple(found)
