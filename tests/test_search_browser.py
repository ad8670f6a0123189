"""Search and citation in a real browser: facets, keyboard, screen reader's names, sub-path, without Pagefind.

One site of invented briefings a run, below a path as GitHub Pages has it. Skipped where there is no Chromium, and the
search where Pagefind is not installed.
"""

from __future__ import annotations

import importlib.util
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import synthetic
from readout import cli, site
from readout.desk import Desk

DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
needs_pagefind = pytest.mark.skipif(
    importlib.util.find_spec("pagefind_bin") is None, reason="Pagefind has no program for this machine"
)


def lay_out(root: Path, briefings: int) -> Path:
    """A project of invented briefings with the repository's theme, built."""
    synthetic.lay_out(root, briefings)
    status, result = cli.build_all(Desk(root), briefly=False)
    assert status == 0 and result["site"], result
    return root


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(tmp_path_factory.mktemp("searched"), 40)


@pytest.fixture(scope="session")
def served(built: Path) -> Iterator[str]:
    with site.server(Desk(built), below="/project/") as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/project/"
        server.shutdown()


@pytest.fixture
def tab(browser: Any, served: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A tab on the list of briefings; fails at the end where anything failed or was asked of others."""
    options = getattr(request, "param", {})
    context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **options})
    page = context.new_page()
    page.set_default_timeout(10_000)
    faults: list[str] = []
    page.on("response", lambda r: faults.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    page.on(
        "request",
        lambda r: None if r.url.startswith((served, "data:")) else faults.append(f"asked of others: {r.url}"),
    )
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.goto(served + "briefings/")
    yield page
    context.close()
    assert faults == []


def data(built: Path, name: str) -> list[dict[str, Any]]:
    found = json.loads((built / "site" / "api" / f"{name}.json").read_text(encoding="utf-8"))
    assert isinstance(found, list)
    return found


def ask(page: Any, words: str) -> None:
    """Open the search, type, wait for the results to these words."""
    page.keyboard.press("/")
    page.get_by_role("searchbox", name="Search for").fill(words)
    page.wait_for_selector(".rs-item")


def ticked(page: Any, name: str, group: str) -> None:
    """Choose a value of a facet; waits until the results have followed."""
    part = page.locator(".rs-facet").filter(has=page.locator("summary", has_text=re.compile(f"^{group}$")))
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    before = page.locator(".rs-list").inner_html()
    part.get_by_role("checkbox", name=name).first.check()
    page.wait_for_function(
        "before => document.querySelector('.rs-list').innerHTML !== before || !document.querySelector('.rs-item')",
        arg=before,
    )


# ------------------------------------------------------------------ search
@needs_pagefind
def test_nothing_of_the_search_is_loaded_before_a_reader_opens_it(tab: Any, served: str) -> None:
    asked: list[str] = []
    tab.on("request", lambda r: asked.append(r.url))
    tab.goto(served + "quotes/", wait_until="networkidle")
    assert not [u for u in asked if "pagefind" in u or "search_index" in u]


@needs_pagefind
def test_a_quote_is_found_by_its_words_and_leads_to_its_place(tab: Any, built: Path) -> None:
    quote = data(built, "quotes")[3]
    words = re.sub(r"[“”,.]", "", quote["words"])
    ask(tab, words)
    hit = tab.locator(".rs-statement", has_text=words[5:-5]).first
    assert "quote" in hit.locator(".rs-kind").inner_text().lower()
    assert hit.locator("mark").count() >= 3
    hit.click()
    tab.wait_for_url(
        re.compile(
            re.escape(f"briefings/{quote['briefing']}/")
            + ".*"
            + re.escape("#" + quote["id"].split("#")[1])
            + "$"
        )
    )
    place = tab.locator(f"[id='{quote['id'].split('#')[1]}']")
    assert place.is_visible() and place.locator("mark.rs-led").count() >= 3


@needs_pagefind
def test_statements_with_all_the_words_come_before_those_with_some(tab: Any, built: Path) -> None:
    quote = next(q for q in data(built, "quotes")[7:] if len(set(re.findall(r"[a-z]{7,}", q["words"]))) > 1)
    words = sorted(set(re.findall(r"[a-z]{7,}", quote["words"])))[:2]
    ask(tab, " ".join(words))
    marked = {m.lower() for m in tab.locator(".rs-statement").first.locator("mark").all_inner_texts()}
    assert all(any(m.startswith(w[:6]) for m in marked) for w in words)


@needs_pagefind
def test_an_actor_is_found_by_another_name(tab: Any, built: Path) -> None:
    actor = max(data(built, "actors"), key=lambda a: (a["kind"] == "person", bool(a["aliases"]), a["quotes"]))
    ask(tab, actor["aliases"][0])
    first = tab.locator(".rs-actor").first
    assert first.locator(".rs-title").inner_text() == actor["name"]
    assert first.locator("a").first.get_attribute("href").endswith(f"/actors/{actor['id']}/")


@needs_pagefind
def test_results_can_be_narrowed_to_moves_of_a_status_and_a_year(tab: Any, built: Path) -> None:
    moves = data(built, "moves")
    tab.keyboard.press("/")
    ticked(tab, "Agreed", "Status of move")
    wanted = {m["briefing"] for m in moves if m["status"] == "agreed"}
    tab.wait_for_selector(".rs-statement .rs-state")  # a busy machine draws the list in pieces
    listed = tab.locator(".rs-status").inner_text()
    assert int(listed.split()[0]) >= len(wanted)
    states = set(tab.locator(".rs-statement .rs-state").all_inner_texts())
    assert states == {"Agreed"}
    ticked(tab, "2024", "Year")
    dates = tab.locator(".rs-briefing > a .rs-side").all_inner_texts()
    assert dates and all("2024" in d for d in dates)
    tab.get_by_role("checkbox", name="Quote", exact=True).check()
    tab.wait_for_function("!document.querySelector('.rs-state')")


@needs_pagefind
def test_actors_as_a_facet_are_loaded_only_when_they_are_asked_for(tab: Any, built: Path) -> None:
    ask(tab, "harbour")
    tab.wait_for_selector(".rs-count")
    asked: list[str] = []
    tab.on("request", lambda r: asked.append(r.url))
    tab.locator(".rs-facet summary", has_text="Actor").click()
    tab.wait_for_selector(".rs-facet input[name=actor]")
    assert any("pf_filter" in u for u in asked)
    name = tab.locator(".rs-facet input[name=actor]").first.get_attribute("value")
    ticked(tab, name, "Actor")
    slugs = {
        b
        for q in data(built, "briefings")
        for b in [q["id"]]
        if any(a["name"] == name and a["id"] in q["actors"] for a in data(built, "actors"))
    }
    shown = tab.locator(".rs-briefing > a").all()
    assert shown and all(any(s in (a.get_attribute("href") or "") for s in slugs) for a in shown)


@needs_pagefind
@pytest.mark.parametrize(
    "tab",
    [{"viewport": DESKTOP}, {"viewport": PHONE, "color_scheme": "dark"}],
    ids=["desktop", "phone"],
    indirect=True,
)
def test_the_keyboard_alone_opens_walks_follows_and_closes(tab: Any, served: str) -> None:
    tab.keyboard.press("/")
    tab.keyboard.type("harbour")
    tab.wait_for_selector(".rs-item")
    focused = "document.activeElement.className"
    assert "rs-words" in tab.evaluate(focused), "the slash opens the box and is not typed"
    assert tab.evaluate("document.activeElement.value") == "harbour"
    tab.keyboard.press("ArrowDown")
    assert "rs-link" in tab.evaluate(focused)
    first = tab.evaluate("document.activeElement.href")
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate("document.activeElement.href") != first
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("ArrowUp")
    assert "rs-words" in tab.evaluate(focused)
    tab.keyboard.press("Escape")
    assert tab.locator("dialog.rs").is_hidden()
    tab.wait_for_function("document.activeElement.className.includes('rs-open')")
    tab.keyboard.press("Control+k")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_url(lambda url: url != served + "briefings/")


@needs_pagefind
def test_a_screen_reader_is_told_the_parts_and_the_number_of_results(tab: Any) -> None:
    ask(tab, "harbour")
    assert tab.get_by_role("dialog", name="Search").is_visible()
    assert re.fullmatch(r"\d+ results?", tab.get_by_role("status").inner_text())
    assert tab.get_by_role("list", name="Results").get_by_role("link").count() > 1
    tab.get_by_role("searchbox", name="Search for").fill("zzzzqqq")
    tab.wait_for_function("document.querySelector('.rs-status').textContent === 'Nothing was found.'")


@needs_pagefind
def test_the_search_fits_a_phone_without_scrolling_sideways(browser: Any, served: str) -> None:
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(served)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("searchbox", name="Search for").fill("harbour")
    page.wait_for_selector(".rs-item")
    assert page.evaluate(
        "document.querySelector('.rs').scrollWidth <= innerWidth && document.documentElement.scrollWidth <= innerWidth"
    )
    page.context.close()


@needs_pagefind
def test_words_of_a_query_are_shown_never_acted_on(tab: Any) -> None:
    ask(tab, "harbour <img src=x onerror=document.title='hit'> (a+)+$")
    assert tab.locator("dialog.rs img").count() == 0 and tab.title() != "hit"


def test_without_pagefind_the_themes_own_search_works(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name, *rest: None if name.startswith("pagefind") else found(name, *rest),
    )
    root = lay_out(tmp_path, 3)
    assert not (root / "site" / "pagefind").exists()
    with site.server(Desk(root), below="/p/") as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_context(viewport=DESKTOP).new_page()
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/p/")
        assert page.locator(".rs-open").count() == 0
        page.get_by_role("textbox", name="Search").first.click()
        page.keyboard.type(data(root, "quotes")[0]["speaker_name"])
        page.wait_for_selector(".md-search-result__link")
        page.context.close()
        server.shutdown()


def test_search_and_its_button_are_not_there_without_javascript(browser: Any, served: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(served)
    assert page.locator(".rs-open").is_hidden() or page.locator(".rs-open").count() == 0
    page.context.close()


# ------------------------------------------------------------------ citation
def test_a_quote_can_be_cited_in_four_formats_and_copied(browser: Any, built: Path, served: str) -> None:
    context = browser.new_context(viewport=DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    quote = data(built, "quotes")[0]
    anchor = quote["id"].split("#")[1]
    page.goto(f"{served}briefings/{quote['briefing']}/")
    page.locator(f"[id='{anchor}']").get_by_role("button", name="Cite this quote").click()
    area = page.get_by_role("textbox", name="Citation")
    for name, opening in (
        ("Plain text", quote["speaker_name"]),
        ("BibTeX", "@misc{"),
        ("CSL-JSON", "{"),
        ("RIS", "TY  - NEWS"),
    ):
        page.get_by_role("radio", name=name).check()
        page.wait_for_function(
            "opening => document.querySelector('.cite-dialog textarea').value.startsWith(opening)",
            arg=opening,
        )
        assert f"briefings/{quote['briefing']}/#{anchor}" in area.input_value(), (
            "the permalink is the statement’s"
        )
    page.get_by_role("button", name="Copy").click()
    page.wait_for_function("document.querySelector('.cite-dialog [role=status]').textContent === 'Copied.'")
    assert page.evaluate("navigator.clipboard.readText()") == area.input_value()
    context.close()


def test_without_javascript_a_briefing_shows_its_citation_and_the_files(
    browser: Any, built: Path, served: str
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    slug = data(built, "briefings")[0]["id"]
    page.goto(f"{served}briefings/{slug}/")
    assert f"/briefings/{slug}/" in page.locator(".cite-text").inner_text()
    for ending in ("txt", "bib", "json", "ris"):
        href = page.locator(f".cite-files a[href$='.{ending}']").last.get_attribute("href")
        assert (built / "site" / "briefings" / slug / href).resolve().is_file()
    page.context.close()


# ------------------------------------------------------------------ the tree of files
def test_every_feed_the_pages_lead_to_is_there(built: Path) -> None:
    for page in [
        built / "site" / "index.html",
        *sorted((built / "site" / "actors").glob("*/index.html"))[:20],
    ]:
        links = re.findall(r'href="([^"]+\.(?:rss\.xml|atom\.xml|json))"', page.read_text(encoding="utf-8"))
        assert len(links) >= 3
        assert all((page.parent / link).resolve().is_file() for link in links)


def test_what_is_said_of_a_page_stands_in_its_source(built: Path) -> None:
    slug = data(built, "briefings")[0]["id"]
    page = (built / "site" / "briefings" / slug / "index.html").read_text(encoding="utf-8")
    head = page.split("</head>")[0]
    graph = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[0])
    assert graph["citation"]["@type"] == "NewsArticle" and graph["@id"].endswith(f"/briefings/{slug}/")
    assert 'name="citation_title"' in head and 'property="og:type" content="article"' in head
