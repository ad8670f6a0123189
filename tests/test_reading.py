"""Bytes → Article: real encodings, metadata by the surest evidence, and nothing made up."""

from __future__ import annotations

import codecs
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout import reading
from readout.reading import header, plain
from readout.reading.language import english
from readout.records import Article, Problem

STORY = "“We agree,” said Ana Silva — “it’s done.”\n\nThe price is €10.\n"


def read(
    folder: Path, name: str, data: bytes | str, beside: str | None = None
) -> tuple[Article | None, tuple[Problem, ...]]:
    """What is read from a file of that name and content."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    if beside is not None:
        path.with_suffix(".yml").write_text(beside, encoding="utf-8")
    return reading.read(path, name)


def article(folder: Path, name: str, data: bytes | str, beside: str | None = None) -> Article:
    """The article; the test fails where there is none."""
    found, problems = read(folder, name, data, beside)
    assert found is not None, problems
    return found


# ------------------------------------------------------------------ encodings
@pytest.mark.parametrize(
    "data",
    [
        STORY.encode("utf-8"),
        codecs.BOM_UTF8 + STORY.encode("utf-8"),
        STORY.encode("utf-16"),
        codecs.BOM_UTF16_BE + STORY.encode("utf-16-be"),
        STORY.encode("utf-16-le"),
        STORY.encode("utf-16-be"),
        STORY.encode("utf-32"),
        STORY.encode("cp1252"),
    ],
    ids=[
        "utf-8",
        "utf-8 with mark",
        "utf-16",
        "utf-16 big end first",
        "utf-16-le bare",
        "utf-16-be bare",
        "utf-32",
        "cp1252",
    ],
)
def test_an_encoding_changes_no_word(tmp_path: Path, data: bytes) -> None:
    assert article(tmp_path, "a.txt", data).text == STORY


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("marks", ["“”’", '""\'', "«»’", "„“’"])
def test_line_ends_and_marks_stay_as_they_are(tmp_path: Path, ends: str, marks: str) -> None:
    text = f"{marks[0]}We agree,{marks[1]} said Ana.{ends}{ends}It{marks[2]}s done.{ends}"
    assert article(tmp_path, "a.txt", text).text == text


def test_the_five_bytes_without_meaning_in_cp1252_do_not_stop_it(tmp_path: Path) -> None:
    assert article(tmp_path, "a.txt", b"caf\xe9 \x81 \x93ok\x94").text == "café \x81 “ok”"


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\x00\x01\x02" * 40, codecs.BOM_UTF16_LE + b"a"]
)
def test_what_is_no_text_is_named_as_such(tmp_path: Path, data: bytes) -> None:
    found, problems = read(tmp_path, "a.txt", data)
    assert found is None and len(problems) == 1 and problems[0].path == "a.txt"


@given(st.binary(max_size=400), st.sampled_from([".txt", ".md"]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, ending: str
) -> None:
    found, problems = read(tmp_path_factory.mktemp("any"), "a" + ending, data)
    assert (found is None) <= bool(problems)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_text_without_a_header_is_the_decoded_file_unchanged(text: str) -> None:
    if header.split(text)[0] is None and not text.startswith("\ufeff") and "\x00" not in text:
        assert plain.read_text(text.encode("utf-8")).text == text


def test_the_file_itself_is_never_changed(tmp_path: Path) -> None:
    data = codecs.BOM_UTF8 + b"---\r\ntitle: T\r\n---\r\nWords.\r\n"
    article(tmp_path, "a.txt", data)
    assert (tmp_path / "a.txt").read_bytes() == data


# ------------------------------------------------------------------ metadata
HEADER = "---\ntitle: The header’s\nsource: Courier\nauthor: Ana\nurl: https://example.org/a\npublished: 2031-05-02\n---\n\nWords.\n"


def test_a_header_gives_the_metadata_and_leaves_the_text(tmp_path: Path) -> None:
    a = article(tmp_path, "a.txt", HEADER)
    assert (a.title, a.source, a.author, a.url, a.published) == (
        "The header’s",
        "Courier",
        "Ana",
        "https://example.org/a",
        "2031-05-02",
    )
    assert a.text == "Words.\n"


def test_a_side_file_beats_the_header_and_the_header_beats_the_text(tmp_path: Path) -> None:
    a = article(tmp_path, "a.txt", HEADER, "title: The side file’s\n")
    assert a.title == "The side file’s" and a.source == "Courier"
    b = article(
        tmp_path,
        "b.txt",
        "---\ntitle: The header’s\n---\nA headline that stands apart\n\nAnd a text below it, much longer than that.\n",
    )
    assert b.title == "The header’s"
    c = article(
        tmp_path, "c.txt", "A headline that stands apart\n\nAnd a text below it, much longer than that.\n"
    )
    assert c.title == "A headline that stands apart"


@pytest.mark.parametrize(
    "first",
    [
        "",
        "He said so.",
        "“A quotation”\n",
        "Short\n",
        "A first line of a paragraph that goes on\nand on and on and on.\n",
    ],
)
def test_what_nothing_speaks_for_stays_unknown(tmp_path: Path, first: str) -> None:
    a = article(tmp_path, "a.txt", first + "\nThe ministers met on Monday.\n")
    assert (a.title, a.source, a.author, a.url, a.published) == (None,) * 5


def test_a_date_in_the_file_name_counts_where_nothing_else_says(tmp_path: Path) -> None:
    assert article(tmp_path, "2031-05-02-talks.txt", "Words.").published == "2031-05-02"
    assert article(tmp_path, "2031-13-02-talks.txt", "Words.").published is None
    assert (
        article(tmp_path, "2031-05-03-talks.txt", "---\npublished: 2 May 2031\n---\nWords.").published
        == "2031-05-02"
    )


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2031-05-02", "2031-05-02"),
        ("2031-05-02T23:59:00+02:00", "2031-05-02"),
        ("20310502", "2031-05-02"),
        ("2 May 2031", "2031-05-02"),
        ("May 2, 2031", "2031-05-02"),
        ("Fri, 02 May 2031 10:00:00 GMT", "2031-05-02"),
        ("2nd May 2031", "2031-05-02"),
        ("2/5/2031", None),
        ("2031", None),
        ("May 2031", None),
        ("31 February 2031", None),
        ("yesterday", None),
        ("2031-02-30", None),
        ("12345678901", None),
    ],
)
def test_a_date_is_taken_only_where_it_can_be_one_alone(words: str, date: str | None) -> None:
    assert header.iso_date(words) == date


def test_a_field_that_cannot_be_used_is_named_and_left_out(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path, "a.txt", "---\npublished: 2/5/2031\nurl: javascript:alert(1)\ntitle: T\n---\nWords.\n"
    )
    assert found is not None and (found.published, found.url, found.title) == (None, None, "T")
    assert [p.message.split(":")[0] for p in problems] == ["published", "url"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://user:pass@example.org/",
        "https://a b.org",
        "//example.org",
        "https://",
        "file:///etc/passwd",
        'https://example.org/"onclick=x',
        "https://example.org/<script>",
        "https://example.org/\u202eexe",
        "http://[bad",
        "https://example.org/a\\b",
    ],
)
def test_an_address_that_could_act_is_no_address(url: str) -> None:
    assert header.safe_url(url) is None


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ('"a\\nb\\u2028c"', "a b c"),
        ('"\\e]0;owned\\a title"', "]0;owned title"),
        ('"x\\u202Etxt.exe"', "x txt.exe"),
        ("[one, two]", "one, two"),
        ("{a: b}", None),
        ("12", "12"),
        ("~", None),
        ("x" * 1000, "x" * 300),
    ],
)
def test_a_hostile_value_becomes_one_plain_line_or_none(tmp_path: Path, value: str, kept: str | None) -> None:
    assert article(tmp_path, "a.txt", f"---\ntitle: {value}\n---\nWords.\n").title == kept


@pytest.mark.parametrize(
    "front",
    [
        "title: [",
        "a: &x [1]\nb: *x",
        "title: !!python/object/apply:os.system ['true']",
        "- title",
        "title: x\n\tsource: y",
        "title: T\ntitle: U\n: :",
    ],
)
def test_a_broken_or_wicked_header_is_refused_with_its_place(tmp_path: Path, front: str) -> None:
    found, problems = read(tmp_path, "a.txt", f"---\ntitle: T\n{front}\n---\nWords.\n")
    assert found is None and len(problems) == 1, (found, problems)
    assert problems[0].path == "a.txt"


def test_aliases_that_grow_without_end_are_refused(tmp_path: Path) -> None:
    names = "abcdefghijk"
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in pairwise(names)]
    found, problems = read(tmp_path, "a.txt", "---\n" + "\n".join(lines) + "\n---\nWords.\n")
    assert found is None and "aliases" in problems[0].message


def test_a_line_of_hyphens_is_no_header(tmp_path: Path) -> None:
    text = "---\nThe ministers met.\n---\nThen they left.\n"
    assert article(tmp_path, "a.txt", text).text == text


def test_front_matter_inside_a_text_is_text(tmp_path: Path) -> None:
    text = "Words.\n\n---\ntitle: Not mine\n---\n\nMore.\n"
    a = article(tmp_path, "a.txt", text)
    assert a.text == text and a.title is None


def test_invented_is_taken_from_a_header_only_when_it_says_yes(tmp_path: Path) -> None:
    assert article(tmp_path, "a.txt", "---\ninvented: true\n---\nWords.\n").invented
    assert not article(tmp_path, "b.txt", "---\ninvented: maybe\n---\nWords.\n").invented


# ------------------------------------------------------------------ HTML and Markdown
BODY = "<p>Ministers met in the capital on Friday to speak about the river and the price of its water.</p>"
PARAGRAPHS = (
    BODY
    + "<p>“We agree on the main points,” said Ana Silva, the foreign minister, after four hours of talks in the hall.</p>"
)


def page(head: str = "", before: str = "", after: str = "", h1: str = "<h1>The visible headline</h1>") -> str:
    """A web page."""
    return f"<!doctype html><html><head>{head}</head><body>{before}<main><article>{h1}{PARAGRAPHS}</article></main>{after}</body></html>"


LD = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Linked data", "datePublished": "2031-05-02T10:00:00Z", '
    '"publisher": {"name": "Linked Courier"}, "author": [{"name": "Ana"}, {"name": "Ben"}], "url": "https://example.org/ld"}</script>'
)
OG = (
    '<meta property="og:title" content="Open graph"><meta property="og:site_name" content="Graph Courier">'
    '<meta property="article:published_time" content="2031-05-03"><meta property="og:url" content="https://example.org/og">'
)


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (LD + OG, ("Linked data", "Linked Courier", "Ana, Ben", "https://example.org/ld", "2031-05-02")),
        (OG, ("Open graph", "Graph Courier", None, "https://example.org/og", "2031-05-03")),
        ("<title>The tab</title>", ("The visible headline", None, None, None, None)),
        ("", ("The visible headline", None, None, None, None)),
        (
            LD.replace('"headline"', '"headline": 7, "x"') + OG,
            ("Open graph", "Linked Courier", "Ana, Ben", "https://example.org/ld", "2031-05-02"),
        ),
        (
            '<script type="application/ld+json">{broken</script>' + OG,
            ("Open graph", "Graph Courier", None, "https://example.org/og", "2031-05-03"),
        ),
        (
            '<meta property="og:url" content="javascript:alert(1)">',
            ("The visible headline", None, None, None, None),
        ),
    ],
    ids=[
        "linked data",
        "meta tags",
        "title",
        "heading alone",
        "a field of linked data unfit",
        "linked data broken",
        "unsafe address",
    ],
)
def test_a_page_is_described_by_its_surest_evidence(
    tmp_path: Path, head: str, wanted: tuple[str | None, ...]
) -> None:
    a = article(tmp_path, "a.html", page(head))
    assert (a.title, a.source, a.author, a.url, a.published) == wanted


def test_a_side_file_beats_what_a_page_says_of_itself(tmp_path: Path) -> None:
    assert article(tmp_path, "a.html", page(LD), "title: Mine\ninvented: true\n").title == "Mine"


def test_a_page_gives_its_article_and_no_menu_script_or_comment(tmp_path: Path) -> None:
    nav = "<nav><ul><li><a href='/x'>Sport and weather</a></li></ul></nav><script>alert('boo')</script><style>p{}</style>"
    text = article(
        tmp_path,
        "a.html",
        page(before=nav, after="<footer><p>© Courier, all rights</p></footer><!-- hidden words -->"),
    ).text
    assert "“We agree on the main points,” said Ana Silva" in text
    for foreign in ("Sport and weather", "boo", "p{}", "hidden words"):
        assert foreign not in text


def test_the_charset_that_a_page_names_is_believed_where_utf8_does_not_fit(tmp_path: Path) -> None:
    data = (
        page('<meta charset="iso-8859-2">')
        .replace("Ana Silva", "Ana Wałęsa")
        .replace("“", '"')
        .replace("”", '"')
        .encode("iso-8859-2")
    )
    assert "Ana Wałęsa" in article(tmp_path, "a.html", data).text


@pytest.mark.parametrize("data", ["", "<html></html>", "<p></p>", "\ufeff", "<script>alert(1)</script>"])
def test_a_page_without_an_article_is_named(tmp_path: Path, data: str) -> None:
    found, problems = read(tmp_path, "a.html", data)
    assert found is None and len(problems) == 1


def test_markdown_reads_as_its_readers_see_it(tmp_path: Path) -> None:
    source = "# Talks *held*\n\nMinisters **met** on [Friday](https://example.org).\n\n- One point\n- Another &amp; a third\n\n<script>alert(1)</script>\n"
    a = article(tmp_path, "a.md", source)
    assert a.text == "Talks held\n\nMinisters met on Friday.\n\nOne point\n\nAnother & a third\n"
    assert a.title == "Talks held"


# ------------------------------------------------------------------ names of files
@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("2031-05-02-talks.txt", "2031-05-02-talks"),
        ("Zelenskyy’s “Plan”.txt", "zelenskyys-plan"),
        ("..talks.txt", "talks"),
        ("a b.txt", "a-b"),
        ("-rf.txt", "rf"),
        ("a..b.txt", "a-b"),
        ("<img onerror=x>.txt", "img-onerror-x"),
        ("[x](y).txt", "x-y"),
        ("{{x}}.txt", "x"),
        ("a\nb.txt", "a-b"),
        ("x" * 200 + ".txt", "x" * 80),
        ("Ünïcödé.txt", "unicode"),
    ],
)
def test_a_file_name_becomes_a_safe_id(name: str, wanted: str) -> None:
    assert reading.article_id(Path(name)) == wanted


def test_a_name_without_a_latin_letter_gets_an_id_that_stays() -> None:
    one, other = reading.article_id(Path("переговоры.txt")), reading.article_id(Path("跨.txt"))
    assert one.startswith("article-") and one != other and one == reading.article_id(Path("переговоры.html"))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\x00"), min_size=1, max_size=60))
def test_an_id_is_always_safe_in_a_file_name_and_an_address(stem: str) -> None:
    made = reading.article_id(Path("folder") / f"{stem}.txt")
    assert reading.SAFE.fullmatch(made) and ".." not in made


def test_an_unknown_ending_and_a_missing_file_are_named(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "a.xyz", "Words.")
    assert found is None and "no reader for “.xyz”" in problems[0].message
    found, problems = reading.read(tmp_path / "gone.txt")
    assert found is None and "cannot be read" in problems[0].message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister said that the measure would cost three billion and that it was not enough. " * 4, True),
        ("Le ministre a dit que la mesure coûterait trois milliards et que ce n’était pas assez. " * 4, False),
        ("Die Ministerin sagte, die Maßnahme werde drei Milliarden kosten und das sei nicht genug. " * 4, False),
        ("Министр заявил, что эта мера будет стоить три миллиарда и что этого недостаточно. " * 4, False),
        ("部长 表示 措施 将 耗资 三十亿 " * 8, False),
        ("Pressed coffee, exported. Lima.", True),
    ],
)
def test_another_language_is_told_from_english_where_the_text_is_long_enough(text: str, expected: bool) -> None:
    assert english(text) is expected
