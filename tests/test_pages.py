"""Pages: nothing in an article acts on them, every link leads somewhere, the same briefings give the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

import builtsite
import sitecases
from readout.corpus import load
from readout.pages import all_pages, words
from readout.pages.parts import notes_html
from readout.records import Briefing, Corpus, Page, Passage, Span

EXTENSIONS = ["attr_list", "tables", "toc"]


def corpus(briefings: list[Briefing] | None = None) -> Corpus:
    """The stories' corpus."""
    found = [b for b, _ in sitecases.stories()] if briefings is None else briefings
    return load.corpus(Path("nowhere"), found, {"briefings/2031-03-05-truce-again.md"})[0]


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return {p.path: p for p in all_pages(corpus())}


@pytest.fixture(scope="module")
def rendered(pages: dict[str, Page]) -> dict[str, builtsite.Markup]:
    """Every page as HTML, from Markdown as MkDocs would; letters as they are."""
    found = {}
    for path, page in pages.items():
        if path.endswith(".md"):
            body = page.text.split("---\n", 2)[2]
            found[path] = builtsite.read(markdown.markdown(body, extensions=EXTENSIONS))
        elif path.endswith(".html"):
            found[path] = builtsite.read(page.text)
    return found


def test_no_two_pages_have_one_path_or_one_address(pages: dict[str, Page]) -> None:
    found = [p.path for p in all_pages(corpus())]
    assert len(found) == len(set(found))
    addresses = [words.page_url(p).lower() for p in found if p.endswith(".md")]
    assert len(addresses) == len(set(addresses))
    assert "briefings/index/index.md" in pages and "briefings/index.md" in pages


def test_the_order_of_briefings_does_not_matter_and_the_same_go_in_the_same_come_out(
    pages: dict[str, Page],
) -> None:
    again = {p.path: p for p in all_pages(corpus([b for b, _ in reversed(sitecases.stories())]))}
    assert again == pages


def test_every_page_is_well_nested(rendered: dict[str, builtsite.Markup]) -> None:
    assert {path: m.faults[:2] for path, m in rendered.items() if m.faults} == {}


def test_no_id_stands_twice_on_a_page(rendered: dict[str, builtsite.Markup]) -> None:
    twice = {
        path: [i for i in m.ids if m.ids.count(i) > 1][:3]
        for path, m in rendered.items()
        if len(m.ids) != len(set(m.ids))
    }
    # The attack has quotes that overlap at one place; real ones cannot, as the rules choose among overlapping ones.
    assert {p: i for p, i in twice.items() if "attack" not in p} == {}


def test_nothing_in_an_article_becomes_an_element_or_a_handler(rendered: dict[str, builtsite.Markup]) -> None:
    for path, m in rendered.items():
        for tag, attributes in m.tags:
            assert tag not in ("img", "iframe", "object", "embed", "base", "link") or path.endswith(
                ".html"
            ), (path, tag)
            assert tag != "script" or attributes.get("type") == "application/ld+json", (path, attributes)
            assert not [
                a for a in attributes if a.startswith("on") or a in ("srcdoc", "autofocus", "formaction")
            ], (path, attributes)
            for name in ("href", "src", "action"):
                value = attributes.get(name, "")
                assert not re.match(r"\s*(javascript|data|vbscript):", value, re.I), (path, value)
        assert "hacked" not in m.ids and [t for t, _ in m.tags].count("h1") <= 1, path


def test_hostile_words_show_as_they_stand(rendered: dict[str, builtsite.Markup]) -> None:
    shown = " ".join(rendered["briefings/attack.md"].words)
    for line in sitecases.HOSTILE:
        assert words.clean(line) in shown, line


def test_a_hostile_title_stays_one_value_of_the_front_matter(pages: dict[str, Page]) -> None:
    import yaml

    front = yaml.safe_load(pages["briefings/attack.md"].text.split("---\n")[1])
    assert front["title"].startswith("<script>") and "hide" not in front
    assert set(front) <= {"title", "description", "tab", "search", "head", "jsonld"}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_words_show_and_do_nothing(text: str) -> None:
    for html in (
        words.esc(text),
        markdown.markdown(f"# {words.safe(text) or '…'} {{ #top }}", extensions=EXTENSIONS),
        notes_html(text),
    ):
        m = builtsite.read(html)
        assert not m.faults
        assert {t for t, _ in m.tags} <= {"h1", "p", "ul", "li", "strong", "em", "a"}
        assert all(set(a) <= {"id", "href", "rel"} for _, a in m.tags)
    shown = "".join(builtsite.read(words.esc(text)).words)
    assert shown == words.clean(text)


@given(st.text(max_size=40), st.text(max_size=40))
def test_an_address_is_followed_only_to_the_web(a: str, b: str) -> None:
    for url in (a, f"javascript:{a}", f"data:{a}", f" http://{a}", f"//{a}"):
        got = words.at_words(url, b)
        assert got is None or got.startswith(("http://", "https://"))
    got = words.at_words("https://example.org/a?b=c", b)
    assert (
        got is not None and got.startswith("https://example.org/a?b=c") and not re.search(r"[\s\"'<>]", got)
    )


def test_the_link_to_the_original_names_its_very_words() -> None:
    long = "The first words of a sentence that runs on, well-known and long, to its last few words here."
    assert words.at_words("https://example.org/a", long) == (
        "https://example.org/a#:~:text=The%20first%20words%20of%20a,its%20last%20few%20words%20here."
    )
    assert (
        words.at_words("https://example.org/a#part", "well-known, so")
        == "https://example.org/a#part:~:text=well%2Dknown%2C%20so"
    )
    assert words.at_words(None, "x") is None


def test_marks_fall_on_their_words_and_keep_the_spaces() -> None:
    p = Passage(Span(10, 30), "a <b> truce & no more")
    assert words.marked(p, [(Span(16, 21), "")]) == "a &lt;b&gt; <mark>truce</mark> &amp; no more"
    assert words.marked(p, [(Span(0, 5), ""), (Span(40, 50), "x")]) == "a &lt;b&gt; truce &amp; no more"


def test_what_is_unknown_is_shown_as_unknown(rendered: dict[str, builtsite.Markup]) -> None:
    shown = " ".join(rendered["briefings/index/index.md"].words)
    for said in (
        "Untitled article",
        "outlet unknown",
        "date unknown",
        "No quote was found.",
        "No policy move was found.",
    ):
        assert said in shown
    assert "Speaker not named" in " ".join(rendered["briefings/2031-03-04-truce.md"].words)


def test_an_invented_story_and_one_edited_by_hand_say_so(rendered: dict[str, builtsite.Markup]) -> None:
    assert "Invented." in " ".join(rendered["briefings/2031-03-04-truce.md"].words)
    assert "edited by hand" in " ".join(rendered["briefings/2031-03-05-truce-again.md"].words)
    assert "edited by hand" not in " ".join(rendered["briefings/2031-03-04-truce.md"].words)


def test_outlets_that_differ_stand_side_by_side_with_the_rule(pages: dict[str, Page]) -> None:
    thread = next(
        p for path, p in pages.items() if path.startswith("moves/ceasefire") and path.endswith(".md")
    )
    assert "Where accounts differ" in thread.text and "10-day" in thread.text and "14-day" in thread.text
    shown = " ".join(
        builtsite.read(markdown.markdown(thread.text.split("---\n", 2)[2], extensions=EXTENSIONS)).words
    )
    assert re.search(r"Outlets .*\.", shown)


def test_a_long_briefing_folds_what_goes_beyond_ninety_seconds(pages: dict[str, Page]) -> None:
    text = pages["briefings/2031-03-05-long-interview.md"].text
    assert "8 more quotes" in text and "5 more actors" in text
    opened = text.split("## Quotes")[1].split('class="ro-fold"')[0]
    assert opened.count("<figure") == 4 and "Answer number 1 " in opened and "question 0" not in opened


def test_the_article_itself_never_reaches_the_site(pages: dict[str, Page]) -> None:
    everything = "\n".join(p.text for p in pages.values())
    assert "An official said the harvest could begin" not in everything
    assert "Person A was there" not in everything


def test_the_tracker_s_data_holds_every_thread(pages: dict[str, Page]) -> None:
    data = json.loads(pages["moves/tracker.json"].text)
    assert [r[0] for r in data["rows"]] == [t.id for t in corpus().threads]
    assert "</" not in pages["moves/tracker.json"].text


def test_letters_hold_the_day_in_plain_text(pages: dict[str, Page]) -> None:
    letter = pages["feeds/daily/2031-03-04.txt"].text
    assert "Guns fall silent" in letter and "[Agreed] 10-day truce" in letter and "INVENTED" in letter
    assert all(len(line) <= 72 or "http" in line for line in letter.splitlines())


def test_a_site_without_briefings_says_how_to_begin() -> None:
    found = {p.path: p for p in all_pages(Corpus(()))}
    assert "briefings/articles/" in found["index.md"].text
    assert {"moves/index.md", "quotes/index.md", "actors/index.md", "timeline/index.md"} <= set(found)


# ------------------------------------------------------------------ the built site
@pytest.fixture(scope="session")
def site(project: Path) -> Path:
    return project / "site"


def files(site: Path) -> Iterator[Path]:
    yield from sorted(p for p in site.rglob("*.html") if "/assets/" not in p.as_posix())


def test_every_link_and_every_anchor_of_the_site_leads_somewhere(site: Path) -> None:
    markups = {
        p.relative_to(site).as_posix(): builtsite.read(p.read_text(encoding="utf-8")) for p in files(site)
    }
    missing = []
    for path, m in markups.items():
        here = "http://site/below/" + re.sub(r"index\.html$", "", path)
        for tag, attributes in m.tags:
            link = attributes.get("href") or attributes.get("src") or ""
            if tag not in ("a", "link", "script", "img", "form") or not link or path == "404.html":
                continue
            target = urlsplit(urljoin(here, link))
            if target.netloc != "site":
                assert tag == "a" or attributes.get("rel") == "canonical", f"{path} loads {link}"
                continue
            assert target.path.startswith("/below/"), f"{path} leaves the site's path: {link}"
            there = unquote(target.path[len("/below/") :])
            there += "index.html" if there.endswith("/") or not there else ""
            anchor = unquote(target.fragment.split(":~:")[0])
            if not (site / there).is_file() or (
                anchor and there in markups and anchor not in markups[there].ids
            ):
                missing.append((path, link))
    assert missing == []


def test_nothing_on_the_built_attack_page_acts(site: Path) -> None:
    html = (site / "briefings" / "attack" / "index.html").read_text(encoding="utf-8")
    m = builtsite.read(html)
    own = [a for t, a in m.tags if t == "script"]
    assert all("hacked" not in str(a) for a in own)
    assert not re.search(r"<script>\s*window\.hacked", html)
    assert not [a for _, a in m.tags for k in a if k.startswith("on")]


def test_every_page_has_one_heading_a_title_a_language_and_a_description(site: Path) -> None:
    for path in files(site):
        m = builtsite.read(path.read_text(encoding="utf-8"))
        tags = [t for t, _ in m.tags]
        assert tags.count("h1") == 1 and tags[: tags.index("body")].count("title") == 1, path
        assert next(a for t, a in m.tags if t == "html").get("lang") == "en", path


def test_statements_keep_their_permalinks(site: Path) -> None:
    m = builtsite.read((site / "briefings" / "2031-03-04-truce" / "index.html").read_text(encoding="utf-8"))
    briefing = sitecases.stories()[0][0]
    wanted = {f"q-{q.content[0].span.start}" for q in briefing.quotes} | {
        f"m-{x.trigger.span.start}" for x in briefing.moves
    }
    wanted |= {f"s-{p.span.start}" for p in briefing.summary} | {f"a-{a.id}" for a in briefing.actors}
    assert wanted <= set(m.ids)
