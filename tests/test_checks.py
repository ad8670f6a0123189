"""`readout verify`: every word and every place is held against the article; file, line and what to do are named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from readout import checks, flow, form
from readout.desk import Desk
from readout.records import Article

STORY = """---
title: Ministers meet
source: The Courier
published: 2031-05-02
---
Foreign Minister Ana Silva met her colleagues in Porto Sele on Friday. “We agree on the main points,” Silva told reporters.

Elmarra imposed a 10% tariff on coffee on Thursday. Silva said it's “a start.”
"""


@pytest.fixture
def place(tmp_path: Path) -> Desk:
    """A project with one article and its briefing."""
    desk = Desk(tmp_path)
    desk.articles.mkdir(parents=True)
    (desk.articles / "talks.txt").write_text(STORY, encoding="utf-8")
    assert flow.brief(desk).problems == []
    return desk


def change(place: Desk, old: str, new: str, count: int = 1) -> int:
    """Edit the briefing by hand; the line that was edited, counted from 1."""
    path = place.briefings / "talks.md"
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in the briefing:\n{text}"
    path.write_text(text.replace(old, new, count), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def problems(place: Desk) -> list[str]:
    """What `verify` says, a line each."""
    return [str(p) for r in flow.check_all(place) for p in r.problems]


def test_what_the_program_wrote_stands(place: Desk) -> None:
    results = flow.check_all(place)
    assert problems(place) == [] and results[0].passages >= 5 and results[0].edited is False


def test_words_put_into_a_quotation_are_refused_with_file_and_line(place: Desk) -> None:
    line = change(place, "- “We agree on the main points,” <!--", "- “We agree on all the main points,” <!--")
    assert problems(place) == [
        f"briefings/talks.md:{line}: these words are not in the article: “We agree on all the main points,”; there it says "
        "“We agree on the main points,”. Put the article’s own words back, or take the line out"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("**Ana Silva**", "**Ana “the Fox” Silva**"),
        ("## Notes", "- “We never met,” <!--0-15-->\n\n## Notes"),
        ("### ", '### "Iron" '),
    ],
)
def test_quotation_marks_anywhere_above_the_notes_are_held_against_the_article(
    place: Desk, old: str, new: str
) -> None:
    change(place, old, new)
    assert problems(place) != []


def test_an_invented_quote_in_a_label_is_refused_and_a_true_one_is_not(place: Desk) -> None:
    text = (place.briefings / "talks.md").read_text(encoding="utf-8")
    label = next(m[1] for m in re.finditer(r"^### (.+)\n\n- move:", text, re.M))
    line = change(place, f"### {label}\n\n- move:", "### The “great wall” of coffee\n\n- move:")
    assert problems(place) == [
        f"briefings/talks.md:{line}: in quotation marks, but not in the article: “great wall”. Take the marks or the words out"
    ]
    change(place, "“great wall”", "“a start”")
    assert problems(place) == []


def test_words_of_ones_own_in_the_notes_are_free(place: Desk) -> None:
    change(place, form.EMPTY_NOTES, "She “never” said that, I think. <!--1-2-->")
    assert problems(place) == []


def test_a_place_that_moved_is_told_with_the_right_one(place: Desk) -> None:
    start = form_text(place).index("“We agree")
    end = start + len("“We agree on the main points,”")
    line = change(place, f"<!--{start}-{end}-->", f"<!--{start + 3}-{end + 3}-->")
    assert problems(place) == [
        f"briefings/talks.md:{line}: “We agree on the main points,” is not at {start + 3}–{end + 3} of the article; "
        f"it stands at {start}–{end}: write <!--{start}-{end}-->"
    ]


def form_text(place: Desk) -> str:
    """The article's text."""
    result = flow.check_all(place)[0]
    assert result.article is not None
    return result.article.text


def test_words_without_a_place_are_given_one(place: Desk) -> None:
    start = form_text(place).index("“We agree")
    change(place, f" <!--{start}-{start + 30}-->", "")
    assert [p for p in problems(place) if f"has no place: write <!--{start}-{start + 30}--> behind it" in p]


def test_retyped_marks_are_told_apart_from_invented_words(place: Desk) -> None:
    change(place, "- “We agree on the main points,” <", '- "We agree on the main points," <')
    assert [
        "stands in the article with other spaces, dashes or quotation marks" in p for p in problems(place)
    ] == [True]


def test_a_changed_byte_in_an_article_is_found(place: Desk) -> None:
    path = place.articles / "talks.txt"
    path.write_bytes(path.read_bytes().replace(b"10%", b"20%"))
    said = problems(place)
    assert said[0].startswith(
        "briefings/talks.md:1: the article talks.txt has changed since the briefing was made"
    )
    assert any("these words are not in the article" in p and "10%" in p for p in said)


def test_a_changed_header_of_an_article_is_found_too(place: Desk) -> None:
    path = place.articles / "talks.txt"
    path.write_bytes(path.read_bytes().replace(b"The Courier", b"The Observer"))
    assert len(problems(place)) == 1


def test_an_article_that_is_gone_proves_nothing(place: Desk) -> None:
    (place.articles / "talks.txt").unlink()
    assert problems(place) == [
        "briefings/talks.md:1: its article articles/talks.txt is gone: nothing in it can be proven"
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- move: tariff", "- move: tarif", "“tarif” is no type of move"),
        ("· in-force", "· inforce", "“inforce” is no status"),
        ("    - direct", "    - straight", "“straight” is no kind of quote"),
        ("· person ·", "· human ·", "“human” is no kind"),
        ("readout: 1", "readout: 7", "`readout: 1` is expected"),
        ("- evidence: ", "- proof: ", "“proof” is no field of a move"),
        ("### Ana Silva <!--ana-silva-->", "### Ben Okoro", "“Ben Okoro” is not among the key actors"),
        (
            "### Ana Silva <!--ana-silva-->",
            "### Ana Silva <!--ben-okoro-->",
            "no actor has the id “ben-okoro”",
        ),
        (
            "### Ana Silva <!--ana-silva-->",
            "### Ben Okoro <!--ana-silva-->",
            "the speaker says “Ben Okoro”, but <!--ana-silva--> is “Ana Silva”",
        ),
        ("---\nreadout", "readout", "the file must open with front matter"),
    ],
)
def test_a_line_that_is_not_understood_is_named(place: Desk, old: str, new: str, said: str) -> None:
    line = change(place, old, new)
    told = problems(place)
    assert any(said in p for p in told), told
    numbers = [int(m[1]) for p in told if (m := re.match(r"briefings/talks\.md:(\d+): ", p))]
    assert any(abs(n - line) <= 1 for n in numbers), (line, told)


def test_an_edit_that_corrects_a_speaker_stands_and_counts(place: Desk) -> None:
    change(place, "## Quotes", "- **Ben Okoro** · person\n\n## Quotes")
    change(place, "### Ana Silva <!--ana-silva-->", "### Ben Okoro")
    assert problems(place) == []
    briefing = flow.check_all(place)[0].briefing
    assert briefing is not None and briefing.quotes[0].speaker == "ben-okoro"


def test_a_briefing_with_line_ends_of_windows_stands_and_is_not_edited(place: Desk) -> None:
    path = place.briefings / "talks.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    result = flow.check_all(place)[0]
    assert result.problems == () and result.edited is False


def test_places_count_code_points_not_bytes_or_pairs() -> None:
    text = "😀 é “Yes,” said Ana.\n"
    article = Article("a", text)
    start = text.index("“")
    body = f"---\nreadout: 1\narticle: a.txt\n---\n\n## Key actors\n\n- **Ana** · person\n\n## Quotes\n\n### Ana\n\n- “Yes,” <!--{start}-{start + 6}-->\n"
    parsed = form.parse(body, "a")
    assert parsed.problems == () and checks.against_article(parsed, article, "a.md") == ()
