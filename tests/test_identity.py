"""Who is one across articles: cases, and what must hold whatever the articles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import casebook
import corpusbook
import goldbriefings
from readout.corpus import identity
from readout.records import Briefing


@pytest.mark.parametrize("case", casebook.read("identity"), ids=lambda c: c.title)
def test_identity(case: casebook.Case) -> None:
    assert corpusbook.link(case.given) == case.expected


NAMES = st.sampled_from(
    "Ana Silva|Silva|Rui Silva|A. Silva|Ana Maria Silva|Bill Harker|William Harker|W. Harker|Harker|Aldo Brenn|Aldo Brenn Jr.".split(
        "|"
    )
)
ROLES = st.sampled_from(
    ["", " (Peruvian foreign minister)", " (mayor of Dunmere)", " (striker)", " (former president of Peru)"]
)
OTHERS = st.sampled_from(["C Peru", "C Norway", "C Varnia", "L Varnia", "O LCS", "O League of Coastal States", "O Foreign Ministry", "O LCS = League of Coastal States"])  # fmt: skip


@st.composite
def corpora(draw: st.DrawFn) -> list[Briefing]:
    """A few articles on people of few names."""
    lines = []
    for n in range(draw(st.integers(1, 7))):
        day = draw(st.sampled_from(["?", "2031-01-05", "2031-02-07", "2031-02-08", "2039-03-01"]))
        people = draw(st.lists(st.builds(lambda a, b: f"P {a}{b}", NAMES, ROLES), max_size=3, unique=True))
        lines.append(f"a{n} {day}: {'; '.join([*people, *draw(st.lists(OTHERS, max_size=2, unique=True))])}")
    return corpusbook.briefings(lines)


@given(corpora(), st.randoms())
@settings(max_examples=150, deadline=None)
def test_the_order_of_the_articles_does_not_matter(briefings: list[Briefing], random: object) -> None:
    mixed = list(briefings)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert identity.link(mixed) == identity.link(briefings)


@given(corpora())
@settings(max_examples=150, deadline=None)
def test_a_later_article_renames_no_page(briefings: list[Briefing]) -> None:
    ordered = identity.in_order(briefings)
    before = {m: i.id for i in identity.link(ordered[:-1]) for m in i.members}
    after = identity.link(ordered)
    pages = {name: i for i in after for name in (i.id, *i.former)}
    for member, old in before.items():
        assert member in pages[old].members, "its page, or a pointer from its old address, still holds it"


@given(corpora())
@settings(max_examples=150, deadline=None)
def test_everyone_has_one_page_and_every_page_its_own_address(briefings: list[Briefing]) -> None:
    identities = identity.link(briefings)
    members = [m for i in identities for m in i.members]
    assert sorted(members) == sorted((b.header.slug, a.id) for b in briefings for a in b.actors)
    addresses = [name for i in identities for name in (i.id, *i.former)]
    assert len(addresses) == len(set(addresses))
    for i in identities:
        assert len({slug for slug, _ in i.members}) == len(i.members), "one article keeps its actors apart"


def test_an_earlier_article_leaves_a_pointer_from_the_old_address() -> None:
    later = ["two 2031-02-01: P Ana Silva (foreign minister of Peru)"]
    earlier = ["one 2031-01-05: P Silva (Peruvian foreign minister)"]
    assert [i.id for i in identity.link(corpusbook.briefings(later))] == ["ana-silva"]
    (both,) = identity.link(corpusbook.briefings(later + earlier))
    assert both.id == "silva" and both.former == ("ana-silva",)


def test_of_unrelated_articles_no_two_people_are_made_one() -> None:
    briefings = goldbriefings.folder(goldbriefings.GOLD / "wire" / "held")
    several = [i for i in identity.link(briefings) if i.kind == "person" and len(i.members) > 1]
    assert several == []


def test_everyone_in_the_samples_has_one_page() -> None:
    briefings = goldbriefings.folder(goldbriefings.GOLD / "samples")
    people = [i for i in identity.link(briefings) if i.kind == "person"]
    names = [i.name for i in people]
    assert len(names) == len(set(names))
    by_name = {i.name: len(i.members) for i in people}
    assert by_name["Amara Nyland"] >= 5 and by_name["Edwin Harrowgate"] >= 5
