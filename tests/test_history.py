"""Threads across articles: cases, what must hold whatever the articles, and the histories of the samples."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import casebook
import corpusbook
import goldbriefings
from readout.corpus import history, identity
from readout.records import Briefing, Thread


@pytest.mark.parametrize("case", casebook.read("history"), ids=lambda c: c.title)
def test_history(case: casebook.Case) -> None:
    assert corpusbook.weave(case.given) == case.expected


STATUS = st.sampled_from(
    ["proposed", "threatened", "announced", "agreed", "in-force", "suspended", "ended", "rejected"]
)
SIDES = st.sampled_from(
    [
        "Varnia, Sulland",
        "Varnia > Sulland",
        "Sulland > Varnia",
        "Varnia",
        "Ilse Drovane > Sulland",
        "> Varnia",
        "",
    ]
)
LABELS = st.sampled_from(
    [
        "tariff on timber",
        "timber duty",
        "tariff on steel",
        "lifting of the tariff",
        "truce",
        "truce in the valley",
    ]
)
TERMS = st.sampled_from(["", " | rate 25% = 25%", " | rate 30% = 30%", " | duration 30 days = P30D"])


@st.composite
def corpora(draw: st.DrawFn) -> list[Briefing]:
    """A few articles with a few moves among few actors."""
    lines = []
    for n in range(draw(st.integers(1, 6))):
        day = draw(
            st.sampled_from(["?", "2031-01-05", "2031-01-06", "2031-02-20", "2031-06-01", "2033-01-01"])
        )
        source = draw(st.sampled_from(["", " Post", " Courier"]))
        lines.append(f"a{n} {day}{source}: C Varnia; C Sulland; P Ilse Drovane (Varnian president)")
        for _ in range(draw(st.integers(0, 3))):
            kind = draw(st.sampled_from(["tariff", "ceasefire", "talks"]))
            lines.append(f"- {kind} {draw(STATUS)}: {draw(LABELS)} | {draw(SIDES)}{draw(TERMS)}")
    return corpusbook.briefings(lines)


def woven(briefings: list[Briefing]) -> tuple[Thread, ...]:
    return history.threads(briefings, identity.link(briefings))


@given(corpora(), st.randoms())
@settings(max_examples=150, deadline=None)
def test_the_order_of_the_articles_does_not_matter(briefings: list[Briefing], random: object) -> None:
    mixed = list(briefings)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert woven(mixed) == woven(briefings)


@given(corpora())
@settings(max_examples=150, deadline=None)
def test_a_later_article_renames_no_thread_and_takes_no_move_out_of_one(briefings: list[Briefing]) -> None:
    ordered = identity.in_order(briefings)
    before = {(e.slug, e.index): t.id for t in woven(ordered[:-1]) for e in t.events}
    after = {(e.slug, e.index): t.id for t in woven(ordered) for e in t.events}
    assert {place: after[place] for place in before} == before


@given(corpora())
@settings(max_examples=150, deadline=None)
def test_every_move_is_in_one_thread_and_no_two_of_an_article_in_the_same(briefings: list[Briefing]) -> None:
    threads = woven(briefings)
    places = sorted((e.slug, e.index) for t in threads for e in t.events)
    assert places == sorted((b.header.slug, n) for b in briefings for n in range(len(b.moves)))
    addresses = [name for t in threads for name in (t.id, *t.former)]
    assert len(addresses) == len(set(addresses))
    for t in threads:
        assert len({e.slug for e in t.events}) == len(t.events)
        dated = [e.date for e in t.events if e.date]
        assert dated == sorted(dated) and all(e.date is None for e in t.events[len(dated) :])
        assert {t.type} == {
            next(b for b in briefings if b.header.slug == e.slug).moves[e.index].type for e in t.events
        }


@given(corpora())
@settings(max_examples=100, deadline=None)
def test_what_differs_stands_in_the_articles_it_is_said_to_stand_in(briefings: list[Briefing]) -> None:
    by_slug = {b.header.slug: b for b in briefings}
    for thread in woven(briefings):
        for difference in thread.differences:
            assert len({a.value for a in difference.accounts}) > 1
            for account in difference.accounts:
                move = next(m for m in by_slug[account.slug].moves if history.move_id(m) == account.anchor)
                assert account.passage in (*move.evidence, *(t.passage for t in move.terms))
                assert account.slug in {e.slug for e in thread.events}


def samples() -> dict[str, Thread]:
    """The threads of the annotated samples, by label."""
    briefings = goldbriefings.folder(goldbriefings.GOLD / "samples")
    threads = woven(briefings)
    return {t.label: t for t in threads if len(t.events) > 1}


def test_the_samples_ceasefire_has_its_history() -> None:
    thread = samples()["45-day ceasefire in the Kell Valley"]
    assert [(e.date, e.status) for e in thread.events] == [
        ("2031-03-04", "proposed"),
        ("2031-03-11", "agreed"),
        ("2031-03-15", "in-force"),
        ("2031-04-25", "extended"),
        ("2031-06-02", "ended"),
        ("2031-06-03", "suspended"),
    ]
    differ = {d.about: [(a.source, a.value) for a in d.accounts] for d in thread.differences}
    assert differ["duration"] == [("The Harbor Dispatch", "45-day"), ("Brakhaven Post", "60-day")]
    assert differ["status"] == [("The Ostrel Courier", "ended"), ("Brakhaven Post", "suspended")]


def test_the_samples_tariff_has_its_history() -> None:
    thread = samples()["25 percent tariff on Pellonian timber"]
    assert [(e.date, e.status) for e in thread.events] == [
        ("2031-02-10", "threatened"),
        ("2031-02-24", "announced"),
        ("2031-03-16", "in-force"),
        ("2031-04-09", "suspended"),
        ("2031-07-08", "ended"),
    ]
    assert thread.status == "ended"
    assert {a.value for d in thread.differences for a in d.accounts if d.about == "rate"} == {
        "25 percent",
        "27.5 percent",
    }


def test_unrelated_articles_share_no_thread() -> None:
    several = [
        t for t in woven(goldbriefings.folder(goldbriefings.GOLD / "wire" / "held")) if len(t.events) > 1
    ]
    assert several == []
