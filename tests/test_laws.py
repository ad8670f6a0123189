"""The laws of the house, as properties of arbitrary briefings, texts and edits."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from readout import flow, form
from readout.desk import Desk
from readout.extract import extract
from readout.records import (
    MOVE_STATUSES,
    MOVE_TYPES,
    Actor,
    Article,
    Briefing,
    Header,
    Move,
    Passage,
    Quote,
    Role,
    Section,
    Span,
    Term,
)
from readout.segment import segment

HOSTILE = st.sampled_from(
    [
        "*",
        "_",
        "`",
        "<b>",
        "-->",
        "<!--",
        "](x)",
        "|",
        "#",
        "- ",
        "1. ",
        " · ",
        " … ",
        "\\",
        "&amp;",
        "&",
        "$x$",
        "{{ x }}",
        "---",
        "=",
        "\n",
        "\r\n",
        "\t",
        "\u2028",
        "\u00a0",
        "http://x",
        "www.x",
        "@x",
        "“",
        "”",
        '"',
        "’",
        "  ",
        "é",
        "中",
        "😀",
        "**",
        "###",
        "~",
    ]
)
WORDS = (
    st.lists(
        HOSTILE | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8),
        min_size=1,
        max_size=6,
    )
    .map("".join)
    .filter(bool)
)
IDS = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True)
PASSAGES = st.builds(
    lambda start, words: Passage(Span(start, start + len(words)), words), st.integers(0, 10**6), WORDS
)
MAYBE = st.none() | WORDS


@st.composite
def briefings(draw: st.DrawFn) -> Briefing:
    """Any briefing: the words as hostile as they come."""
    ids = draw(st.lists(IDS, unique=True, max_size=3))
    actors = tuple(
        Actor(
            i,
            draw(WORDS),
            draw(st.sampled_from(form.KINDS)),
            tuple(
                draw(
                    st.lists(
                        st.builds(Role, WORDS, st.sampled_from(form.ROLE_STATUSES), st.none() | PASSAGES),
                        max_size=2,
                    )
                )
            ),
            tuple(draw(st.lists(WORDS, max_size=2))),
            draw(st.none() | PASSAGES),
            draw(st.integers(0, 99)),
            draw(st.integers(0, 100)) / 100,
        )
        for i in ids
    )
    names = {a.name for a in actors}
    speaker = st.none() | st.sampled_from(ids) if ids else st.none()
    party = (
        WORDS.filter(lambda w: w not in ids)
        | (st.sampled_from(ids) if ids else WORDS)
        | st.sampled_from(sorted(names) or ["x y"])
    )
    several = st.lists(PASSAGES, min_size=1, max_size=3).map(tuple)
    quotes = st.builds(
        Quote,
        st.sampled_from(form.QUOTE_KINDS),
        several,
        speaker,
        several | st.just(()),
        several | st.just(()),
        MAYBE,
        st.just("") | WORDS,
    )
    moves = st.builds(
        Move,
        st.sampled_from(sorted(MOVE_TYPES)),
        WORDS,
        st.sampled_from(MOVE_STATUSES),
        st.lists(party, max_size=2).map(tuple),
        st.lists(party, max_size=2).map(tuple),
        st.lists(st.builds(Term, st.sampled_from(form.TERM_KINDS), PASSAGES, MAYBE), max_size=2).map(tuple),
        PASSAGES,
        several,
        st.none() | PASSAGES,
        st.just("") | WORDS,
    )
    header = Header(
        "slug",
        draw(WORDS),
        draw(st.just("") | IDS),
        draw(MAYBE),
        draw(MAYBE),
        draw(MAYBE),
        None,
        draw(MAYBE),
        draw(st.integers(0, 9999)),
        draw(st.booleans()),
    )
    line = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=20)
    body = st.lists(line, max_size=3).map(
        lambda ls: "\n".join(x for x in ls if not x.startswith("## ")).strip("\n")
    )
    heading = st.from_regex(r"[A-Z][a-z]{0,10}( [a-z]{1,5})?", fullmatch=True).filter(
        lambda h: h not in form.LEADS
    )
    notes = tuple(draw(st.lists(st.builds(Section, heading, body), max_size=2)))
    return Briefing(
        header,
        tuple(draw(st.lists(PASSAGES, max_size=2))),
        actors,
        tuple(draw(st.lists(quotes, max_size=3))),
        tuple(draw(st.lists(moves, max_size=2))),
        notes,
    )


@given(briefings())
@settings(max_examples=300, deadline=None)
def test_what_is_rendered_reads_back_the_same(briefing: Briefing) -> None:
    parsed = form.parse(form.render(briefing), "slug")
    assert parsed.problems == ()
    assert parsed.briefing == briefing


@given(briefings())
@settings(max_examples=100, deadline=None)
def test_what_the_program_wrote_renders_the_same_again(briefing: Briefing) -> None:
    text = form.render(briefing)
    again = form.parse(text, "slug").briefing
    assert again is not None and form.render(again) == text


@given(WORDS)
def test_escaped_words_come_back_exactly(words: str) -> None:
    assert form.unescape(form.escape(words)) == words
    assert "\n" not in form.escape(words) and "<" not in form.escape(words)


@given(briefings(), st.data())
@settings(max_examples=60, deadline=None)
def test_any_change_breaks_the_seal(briefing: Briefing, data: st.DataObject) -> None:
    text = form.render(briefing)
    assert form.is_sealed(text)
    assert form.is_sealed(text.replace("\n", "\r\n")), "line ends alone are no edit"
    at = data.draw(st.integers(0, len(text) - 1))
    changed = text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]
    assert not form.is_sealed(changed)


SENTENCE = st.sampled_from(
    [
        "“We agree,” said Ana Silva.",
        "He said the truce would hold.",
        "The U.S. imposed 25% tariffs.",
        "\n",
        "\n\n",
        " ",
        '"',
        "“",
        "”",
        "'",
        "‘No,’ she added.",
        "Mr. Kim met Mr. Lee in Seoul on Monday.",
        "According to the ministry, talks failed.",
        "\r\n",
        "- ",
        "😀",
        "…",
        "(",
        "Kim:",
    ]
)


@given(
    st.lists(SENTENCE | st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=14).map(
        "".join
    )
)
@settings(max_examples=150, deadline=None)
def test_every_passage_stands_in_the_text_at_its_place(text: str) -> None:
    extraction = extract(Article("a", text))
    passages = [p for q in extraction.quotes for p in (*q.content, *q.source, *q.cue)]
    passages += [p for m in extraction.moves for p in (m.trigger, *m.evidence, *(t.passage for t in m.terms))]
    passages += [a.first for a in extraction.actors if a.first]
    passages += [r.place for a in extraction.actors for r in a.roles if r.place]
    for passage in passages:
        assert text[passage.span.start : passage.span.end] == passage.words
    for mentions in extraction.mentions.values():
        assert all(0 <= m.span.start < m.span.end <= len(text) for m in mentions)
    assert extract(Article("a", text)) == extraction, "the same text gives the same result"


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_tokens_cover_all_that_is_not_space_and_lie_in_sentences(text: str) -> None:
    doc = segment(Article("a", text))
    covered = {i for t in doc.tokens for i in range(t.start, t.end)}
    assert all(c.isspace() or i in covered for i, c in enumerate(text))
    assert all(text[t.start : t.end] == t.text for t in doc.tokens)
    assert [k for s in doc.sentences for k in range(s.first, s.last)] == list(range(len(doc.tokens)))
    assert [k for p in doc.paragraphs for k in range(p.first, p.last)] == list(range(len(doc.sentences)))


def desk_with(folder: Path, **articles: str) -> Desk:
    """A project with these articles."""
    place = Desk(folder)
    place.articles.mkdir(parents=True)
    for name, text in articles.items():
        (place.articles / f"{name}.txt").write_text(text, encoding="utf-8")
    return place


STORY = "---\ntitle: Talks\n---\nThe ministers met on Monday. “We agree on the main points of it,” said Ana Silva, the envoy.\n"


def test_a_touched_briefing_is_never_overwritten(tmp_path: Path) -> None:
    place = desk_with(tmp_path, talks=STORY)
    flow.brief(place)
    target = place.briefings / "talks.md"
    edited = target.read_text(encoding="utf-8").replace(
        "*Your own notes go here; they are kept.*", "Ask Ana."
    )
    target.write_text(edited, encoding="utf-8")
    (place.articles / "talks.txt").write_text(STORY + "More.\n", encoding="utf-8")
    report = flow.brief(place, prune=True)
    assert target.read_text(encoding="utf-8") == edited
    assert report.edited == ["briefings/talks.md"] and not report.written


def test_an_untouched_briefing_follows_its_article(tmp_path: Path) -> None:
    place = desk_with(tmp_path, talks=STORY)
    flow.brief(place)
    (place.articles / "talks.txt").write_text(STORY.replace("Talks", "Peace talks"), encoding="utf-8")
    assert flow.brief(place).written == ["briefings/talks.md"]
    assert "# Peace talks" in (place.briefings / "talks.md").read_text(encoding="utf-8")


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    place = desk_with(tmp_path, talks=STORY)
    flow.brief(place)
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in tmp_path.rglob("*") if p.is_file()}
    report = flow.brief(place)
    assert report.unchanged == ["briefings/talks.md"]
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in tmp_path.rglob("*") if p.is_file()} == before


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    place = desk_with(tmp_path, talks=STORY, empty="", broken="---\ntitle: [\n---\nText.\n")
    (place.articles / "picture.png").write_bytes(b"\x89PNG")
    (place.articles / "zeros.txt").write_bytes(b"\x00\x01\x02" * 50)
    report = flow.brief(place)
    assert report.written == ["briefings/talks.md"]
    assert {p.path.rpartition("/")[2] for p in report.problems} == {
        "empty.txt",
        "broken.txt",
        "picture.png",
        "zeros.txt",
    }


def test_an_orphan_goes_only_when_told_and_never_when_edited(tmp_path: Path) -> None:
    place = desk_with(tmp_path, one=STORY, two=STORY)
    flow.brief(place)
    edited = place.briefings / "two.md"
    edited.write_text(edited.read_text(encoding="utf-8") + "\nMine.\n", encoding="utf-8")
    for path in place.articles.iterdir():
        path.unlink()
    assert len(flow.brief(place).problems) == 2
    assert (place.briefings / "one.md").exists()
    report = flow.brief(place, prune=True)
    assert report.removed == ["briefings/one.md"] and edited.exists()
