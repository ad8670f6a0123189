"""Actors: who is who in an article (rows in cases/actors.md, names marked), and the index over them."""

from __future__ import annotations

import pytest

import casebook
from readout import goldtext
from readout.compose import summary
from readout.extract import actors, extract, merge, syntax
from readout.records import Article, Cast, Doc, Name, Parse, Span
from readout.segment import segment


def read(marked: str) -> tuple[Doc, Parse, Cast]:
    """A text whose names are marked `{words|P x}`, resolved; the ids in the marks are not looked at."""
    text, mentions, _ = goldtext.strip_marks(marked)
    doc = segment(Article("case", text))
    parse = syntax.parse(doc)
    names = tuple(Name(Span(m.start, m.end), goldtext.KINDS[m.code]) for m in mentions)
    return doc, parse, actors.resolve(doc, parse, names)


def shown(doc: Doc, cast: Cast) -> str:
    """One line an actor: name, kind, roles with their status, mentions in order."""
    lines = []
    for actor in sorted(cast.actors, key=lambda a: cast.mentions[a.id][0].span):
        roles = "; ".join(r.title + (f" ({r.status})" if r.status != "current" else "") for r in actor.roles)
        words = ", ".join(doc.text[m.span.start : m.span.end] for m in cast.mentions[actor.id])
        lines.append(f"{actor.name} | {actor.kind} | {roles or '-'} | {words}")
    return "\n".join(lines)


@pytest.mark.parametrize("case", casebook.read("actors"), ids=lambda c: c.title)
def test_who_is_who(case: casebook.Case) -> None:
    doc, _, cast = read(case.given)
    assert shown(doc, cast) == case.expected


def test_the_index_finds_an_actor_by_any_words_for_it() -> None:
    doc, _, cast = read(
        "Prime Minister {Ana Silva|P s} met {Otto Brandt|P b}. She, who leads {Peru|C p}, said no."
    )
    index = actors.Index(doc, cast)

    def at(words: str) -> str | None:
        start = doc.text.index(words)
        return index.at(Span(start, start + len(words)))

    assert at("Ana Silva") == at("Prime Minister Ana Silva") == at("She") == "ana-silva"
    assert at("met Otto Brandt") == "otto-brandt"
    assert at("said no") is None
    assert index.at_token(2) == "ana-silva"
    assert index.gender("ana-silva") == "f"


def test_two_spellings_are_one_name_and_two_names_are_not() -> None:
    assert merge.alike("zelensky", "zelenskyy") and merge.alike("zelenskiy", "zelensky")
    assert merge.alike("erdogan", "erdogan") and not merge.alike("horn", "born")
    assert merge.one_person(("bill", "marsh"), ("william", "marsh"))
    assert not merge.one_person(("bill", "marsh"), ("robert", "marsh"))
    assert merge.one_person(("j", "marsh"), ("john", "marsh"))


def test_ids_are_unique_where_names_are_the_same() -> None:
    _, _, cast = read("{Georgia|L a} voted. {Georgia|C b} joined the talks, and {Tbilisi|C b} said so.")
    ids = [a.id for a in cast.actors]
    assert len(set(ids)) == len(ids)


REPORT = (
    "LIMA, Peru (XYZ) — Ana Silva and Rui Costa agreed on Monday to reopen the port of Porto, a draft seen by XYZ says.\n"
    "“We agree,” Ana Silva told XYZ. “The port is open.\n"
    "Rui Costa, who leads the dockers of Porto, said on Monday that the dockers would come back to work.\n"
)


def test_where_and_for_whom_a_report_was_written_matters_least() -> None:
    ranked = [a.name for a in extract(Article("case", REPORT)).actors]
    assert set(ranked[:2]) == {"Ana Silva", "Rui Costa"} and set(ranked[-3:]) >= {"XYZ", "Lima"}


def test_no_key_sentence_is_cut_off_in_a_quotation() -> None:
    cut = 'Ana Silva, who hosts the summit in Lima in May, wrote: "The door is open. It stays so."\n'
    more = "The dockers have not worked since a crane fell on two of them in the spring.\n"
    chosen = [p.words for p in summary(extract(Article("case", REPORT + cut + more)))]
    assert len(chosen) == 3 and not any('"' in words for words in chosen)


def test_who_wrote_it_matters_least() -> None:
    text = (
        "Barrier fails\n\nBy Priya Nair, Political Correspondent\n\nThe environment secretary, Dame Fiona Marsh, said the "
        "barrier had failed. Alun Pryce disagreed.\n\nReporting by Jonas Petra; editing by Mari Laas\n"
    )
    found = extract(Article("case", text)).actors
    assert [a.name for a in found][:2] == ["Fiona Marsh", "Alun Pryce"]
    assert [r.title for r in found[0].roles] == ["environment secretary"]
