"""The form of a briefing: it reads well, people may be brief in it, and words act on nothing."""

from __future__ import annotations

import html
import re

import markdown
import pytest

from readout import form
from readout.records import Actor, Briefing, Header, Move, Passage, Quote, Role, Section, Span

HEAD = "---\nreadout: 1\narticle: talks.txt\n---\n\n"


def parse(body: str) -> form.Parsed:
    """A briefing with a small header and this body."""
    return form.parse(HEAD + body, "talks")


def briefing(body: str) -> Briefing:
    """The briefing in a body; the test fails where it has problems."""
    parsed = parse(body)
    assert parsed.problems == () and parsed.briefing is not None
    return parsed.briefing


# ------------------------------------------------------------------ what people may write
def test_a_person_may_leave_out_all_that_is_not_needed() -> None:
    b = briefing(
        "## Key actors\n\n- **Ana Silva** · person\n- **Elmarra** · country\n\n## Quotes\n\n### Ana Silva\n\n- “We agree.”\n"
    )
    assert [(a.id, a.name, a.kind) for a in b.actors] == [
        ("ana-silva", "Ana Silva", "person"),
        ("elmarra", "Elmarra", "country"),
    ]
    assert b.quotes == (Quote("direct", (Passage(form.NOWHERE, "“We agree.”"),), "ana-silva"),)


def test_the_order_of_the_sections_is_free() -> None:
    b = briefing("## Quotes\n\n### Ana\n\n- “Yes.” <!--0-6-->\n\n## Key actors\n\n- **Ana** · person\n")
    assert b.quotes[0].speaker == "ana"


@pytest.mark.parametrize("dash", ["-", "*", "+"])
def test_any_sign_of_a_list_will_do(dash: str) -> None:
    assert len(briefing(f"## In brief\n\n{dash} Words. <!--0-6-->\n").summary) == 1


def test_blank_lines_and_spaces_at_the_end_of_lines_say_nothing() -> None:
    assert len(briefing("## In brief\n\n\n\n- Words. <!--0-6-->  \n\n\n- More. <!--7-12-->\t\n").summary) == 2


def test_a_speaker_may_be_named_by_an_alias() -> None:
    b = briefing(
        "## Key actors\n\n- **Ana Silva** · person\n    - also: Silva\n\n## Quotes\n\n### Silva\n\n- “Yes.” <!--0-6-->\n"
    )
    assert b.quotes[0].speaker == "ana-silva"


def test_a_name_that_fits_two_actors_asks_for_an_id() -> None:
    body = "## Key actors\n\n- **Kim** <!--kim-1--> · person\n- **Kim** <!--kim-2--> · person\n\n## Quotes\n\n### Kim\n\n- “Yes.” <!--0-6-->\n"
    assert any("could be several actors" in p.message for p in parse(body).problems)


def test_who_acts_may_be_an_actor_or_words_of_the_article() -> None:
    body = (
        "## Key actors\n\n- **Ana** · person\n\n## Policy moves\n\n### Ban\n\n- move: import-restriction · in-force\n- who: Ana\n- who: the cabinet\n"
        "- target: buyers of coffee\n- evidence: Words. <!--0-6-->\n"
    )
    move = briefing(body).moves[0]
    assert (move.actors, move.targets, move.trigger.words) == (
        ("ana", "the cabinet"),
        ("buyers of coffee",),
        "Words.",
    )


def test_sections_of_ones_own_are_kept_word_for_word() -> None:
    b = briefing("## Notes\n\nCall *Ana*.\n\n- one\n  - two\n\n## Questions\n\n| a | b |\n|---|---|\n")
    assert b.notes == (
        Section("Notes", "Call *Ana*.\n\n- one\n  - two"),
        Section("Questions", "| a | b |\n|---|---|"),
    )
    again = form.parse(form.render(b), "talks").briefing
    assert again is not None and again.notes == b.notes


def test_several_problems_are_all_named_in_the_order_of_lines() -> None:
    parsed = parse("## In brief\n\nno dash\n\n## Key actors\n\n- nobody\n\n## Policy moves\n\n### Empty\n")
    assert [p.line for p in parsed.problems] == sorted(p.line or 0 for p in parsed.problems)
    assert len(parsed.problems) == 3 and parsed.briefing is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---\n",
        "---\n---\n",
        "# A page\n",
        "---\nreadout: 1\n---\n",
        "---\n- x\n---\n",
        "---\nreadout: [\n---\n",
        "\ufeff",
    ],
)
def test_a_file_that_is_no_briefing_says_so_and_does_not_crash(text: str) -> None:
    parsed = form.parse(text, "x")
    assert parsed.briefing is None and parsed.problems and all(p.line is not None for p in parsed.problems)


# ------------------------------------------------------------------ what is shown
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</li></ul><h1>x</h1>",
    "<!-- hidden",
    "--> shown",
    "[link](javascript:alert(1))",
    "![i](https://example.org/x.png)",
    "<https://example.org>",
    "https://example.org/x",
    "www.example.org",
    "a@example.org",
    "`code`",
    "**bold** _it_",
    "# head",
    "- item",
    "1. item",
    "> quote",
    "| a | b |",
    "---",
    "***",
    "{{ config }}",
    "{% raw %}",
    "$x$",
    "&lt;b&gt;",
    "&#60;",
    "\\",
    "{: .cls #id }",
    "[^1]",
    "*[HTML]: x",
    "==mark==",
    "~~no~~",
    "H~2~O",
    ":smile:",
    "@octocat",
    "#123",
    "\u202eevil",
    "\x1b[31m",
    "a\u2028b",
    "===",
    "+++",
    "    code",
    "\t- x",
]


def hostile(words: str) -> Briefing:
    """A briefing in which these words stand wherever words can stand."""
    passage = Passage(Span(3, 3 + len(words)), words)
    return Briefing(
        Header("x", f"{words}.txt", "0" * 64, words, words, words, None, words, 7),
        (passage,),
        (
            Actor(
                "ana",
                words,
                "person",
                (Role(words, "current", passage), Role(words, "former", None)),
                (words,),
                passage,
                2,
                0.5,
            ),
        ),
        (
            Quote("mixed", (passage, passage), "ana", (passage,), (passage,), words, words),
            Quote("direct", (passage,), None),
        ),
        (
            Move(
                "tariff", words, "proposed", ("ana", words), (words,), (), passage, (passage,), passage, words
            ),
        ),
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_come_back_and_act_on_nothing(words: str) -> None:
    text = form.render(hostile(words))
    assert form.parse(text, "x").briefing == hostile(words)
    renderer = markdown.Markdown(
        extensions=["tables", "attr_list", "md_in_html", "footnotes", "def_list", "abbr"]
    )
    renderer.ESCAPED_CHARS = [
        *renderer.ESCAPED_CHARS,
        "$",
        "~",
        "|",
    ]  # as on GitHub, where briefings are read
    page = renderer.convert(text.split("---\n", 2)[2])
    without = re.sub(r"<!--[\w.=? -]*?(?:rule [^<>]*?)?-->", "", page)
    tags = set(re.findall(r"<(/?\w+)", without))
    assert tags <= {
        "h1",
        "/h1",
        "h2",
        "/h2",
        "h3",
        "/h3",
        "p",
        "/p",
        "em",
        "/em",
        "strong",
        "/strong",
        "ul",
        "/ul",
        "li",
        "/li",
    }, (tags, page)
    assert '="' not in without, "no attribute, so no link, class or handler"
    shown = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", without)))
    plain = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u202e]|\s+", " ", words).strip()
    if not re.search(r"[\x1b\u202e]", words):
        assert shown.count(plain) >= 8, (plain, shown)


@pytest.mark.parametrize("words", HOSTILE)
def test_on_github_hostile_words_stand_escaped_in_the_raw_file(words: str) -> None:
    body = form.render(hostile(words)).split("---\n", 2)[2]
    outside = re.sub(r"<!--[^>]*-->", "", body)
    assert "<" not in outside.replace("<https", "") and not re.search(r"(?<!\\)[`\[|~$]", outside)
    assert not re.search(r"https?://|www\.|\w@\w", outside)


def test_a_header_value_cannot_add_a_field() -> None:
    text = form.render(hostile('x"\nseal: forged\ninvented: true\n---\n# Mine'))
    back = form.parse(text, "x").briefing
    assert back is not None and back.header.invented is False
    assert form.is_sealed(text)


def test_unknown_things_are_shown_as_unknown() -> None:
    text = form.render(Briefing(Header("x", "x.txt", "")))
    assert "# Untitled article" in text and "outlet unknown · date unknown" in text
    for words in form.NONE_FOUND.values():
        assert words in text


def test_an_invented_story_says_so_above_everything() -> None:
    text = form.render(Briefing(Header("x", "x.txt", "", invented=True)))
    assert text.index("**Invented.**") < text.index("## In brief")
