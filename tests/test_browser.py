"""The built site in a real browser: reading, following, filtering, keyboard, paper, without JavaScript, below a path.

Debian's Chromium through Playwright; `.ci/run` installs it. Skipped only where there is no Chromium.
"""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from readout import site as site_module

TRUCE = "briefings/2031-03-04-truce/"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 760}
KINDS = (
    "", TRUCE, "briefings/index/", "briefings/", "moves/", "quotes/", "quotes/all/2031-03/", "moves/all/2031-03/", "actors/", "actors/mira-solen/",
    "actors/all/m/", "timeline/", "timeline/2031-03/", "timeline/2031-03-04/", "timeline/2031-W10/", "timeline/undated/", "topics/", "topics/trade/", "method/",
)  # fmt: skip
"""A page of every kind."""


@pytest.fixture(scope="session")
def address(project: Path) -> Iterator[str]:
    """The site below a path, as GitHub Pages has it: its folder's parent is the server's root."""
    handler = functools.partial(QuietHandler, directory=str(project))
    server = site_module.Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/site/"
    server.shutdown()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


class Visit:
    """A tab, and all it asked for and complained of."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self.context = browser.new_context(
            viewport=options.pop("viewport", DESKTOP), reduced_motion="reduce", **options
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(8000)
        self.address = address
        self.asked: list[str] = []
        self.faults: list[str] = []
        self.page.on("request", lambda r: self.asked.append(r.url))
        # What is still loading when the reader goes on is given up; that is no fault.
        self.page.on(
            "requestfailed",
            lambda r: (
                None if "ABORTED" in (r.failure or "") else self.faults.append(f"failed: {r.url} {r.failure}")
            ),
        )
        self.page.on(
            "response", lambda r: self.faults.append(f"{r.status}: {r.url}") if r.status >= 400 else None
        )
        self.page.on("pageerror", lambda e: self.faults.append(f"error: {e}"))
        self.page.on(
            "console", lambda m: self.faults.append(f"console: {m.text}") if m.type == "error" else None
        )

    def go(self, path: str) -> Any:
        """Open a page of the site."""
        self.page.goto(self.address + path)
        return self.page

    def clean(self) -> bool:
        """Whether nothing failed and nothing was asked of others."""
        others = [u for u in self.asked if not u.startswith((self.address, "data:", "blob:"))]
        assert self.faults == [] and others == []
        return True


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Any]:
    opened: list[Visit] = []

    def start(**options: Any) -> Visit:
        opened.append(Visit(browser, address, **options))
        return opened[-1]

    yield start
    for one in opened:
        one.context.close()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_opens_without_a_fault_and_without_scrolling_sideways(
    visit: Any, viewport: dict[str, int], scheme: str
) -> None:
    v = visit(viewport=viewport, color_scheme=scheme)
    every = (scheme == "dark") == (viewport is PHONE)
    for path in (*KINDS, "briefings/attack/") if every else ("", TRUCE, "moves/", "actors/mira-solen/"):
        page = v.go(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.locator("h1").count() == 1, path
    assert v.clean()


def test_a_reader_follows_an_actor_to_a_quote(visit: Any) -> None:
    v = visit()
    page = v.go("")
    assert not page.locator(".ro-menu").is_visible()
    page.get_by_role("link", name="Actors", exact=True).first.click()
    page.get_by_role("link", name="Mira Solen").first.click()
    assert page.locator("h1").inner_text().startswith("Mira Solen")
    page.locator(".ro-quotes .ro-source").first.click()
    page.wait_for_url(re.compile(r"briefings/.*#q-\d+"))
    target = page.locator(page.evaluate("location.hash"))
    assert "stop the guns" in target.inner_text()
    assert target.evaluate(
        "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight }"
    )
    assert v.clean()


def test_evidence_opens_in_place_with_the_trigger_marked_and_leads_to_the_very_sentence(visit: Any) -> None:
    v = visit()
    page = v.go(TRUCE)
    move = page.locator(".ro-move").first
    assert not move.locator("mark").first.is_visible()
    before = page.url
    move.get_by_text("Evidence").click()
    assert move.locator("mark:not([class])").inner_text() == "truce" and page.url == before
    link = move.get_by_role("link", name="In the original").get_attribute("href")
    assert link.startswith("https://example.org/2031-03-04-truce#:~:text=Norvia%20and%20Halden%20agreed%20a,")
    assert v.clean()


def test_the_scheme_is_switched_and_stays_switched(visit: Any) -> None:
    v = visit()
    page = v.go("")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.locator("label[title='Switch to dark mode']").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate" and page.evaluate(paper) != light
    v.go("moves/")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert v.clean()


def test_the_tracker_filters_sorts_and_keeps_the_choice_in_its_address(visit: Any) -> None:
    v = visit()
    page = v.go("moves/")
    rows = page.locator("#results tbody tr")
    everything = rows.count()
    page.locator("[name=type]").select_option("ceasefire")
    page.get_by_text("1 move", exact=True).wait_for()
    assert rows.count() == 1 and "type=ceasefire" in page.url
    page.locator("[name=actor]").fill("solen")
    page.wait_for_url(re.compile("actor=solen"))
    assert rows.count() == 1
    page.locator("[name=actor]").fill("nobody at all")
    page.get_by_text("No move fits").wait_for()
    page.reload()
    page.get_by_text("No move fits").wait_for()
    page.locator(".ro-filter button[type=reset]").click()
    page.wait_for_function("document.querySelectorAll('#results tbody tr').length > 1")
    assert rows.count() == everything and "?" not in page.url
    page.locator("[name=sort]").select_option("name")
    page.wait_for_url(re.compile("sort=name"))
    page.wait_for_function("document.querySelector('.ro-result').textContent.includes('moves')")
    names = page.locator("#results .ro-label").all_inner_texts()
    assert len(names) == everything and names == page.evaluate(
        "n => [...n].sort((a, b) => a.localeCompare(b, 'en'))", names
    )
    page.locator("#results .ro-label", has_text="truce").click()
    assert "truce" in page.locator("h1").inner_text()
    assert v.clean()


def test_quotes_and_actors_filter(visit: Any) -> None:
    v = visit()
    page = v.go("quotes/?speaker=joren-beck")
    page.get_by_text("2 quotes", exact=True).wait_for()
    assert page.locator("#results li").count() == 2
    page.locator("[name=kind]").select_option("direct")
    page.get_by_text("No quote fits").wait_for()
    page = v.go("actors/")
    page.get_by_role("searchbox", name="Name").fill("solen")
    page.get_by_text("1 actor", exact=True).wait_for()
    assert v.clean()


def test_hostile_words_act_nowhere_not_even_in_filtered_lists(visit: Any) -> None:
    v = visit()
    for path in (
        "briefings/attack/",
        "moves/?text=click",
        "quotes/?text=script",
        "actors/?text=script",
        "timeline/2031-03-06/",
    ):
        page = v.go(path)
        page.wait_for_timeout(150)
        assert page.evaluate("window.hacked") is None, path
        assert (
            page.locator("a[href^='javascript:'], img, [onerror], [onclick], [onmouseover]").count() == 0
        ), path
    page = v.go("briefings/attack/")
    assert "<script>window.hacked=1</script>" in page.locator("h1").inner_text()
    assert "{{ config.site_name }}" in page.title() and "<script>" in page.title()
    assert v.clean()


def test_the_keyboard_alone_reaches_and_opens_everything(visit: Any) -> None:
    v = visit()
    page = v.go(TRUCE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('md-skip')")
    reached = set()
    for _ in range(90):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "document.activeElement.tagName + ' ' + document.activeElement.textContent.trim().slice(0, 12)"
            )
        )
        if page.evaluate(
            "document.activeElement.tagName === 'SUMMARY' && !!document.activeElement.closest('.ro-move')"
        ):
            break
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY", reached
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    page.keyboard.press("Enter")
    assert page.locator(".ro-move mark").first.is_visible() and outline == "solid"
    assert any(r.startswith("A Mira Solen") for r in reached)
    assert v.clean()


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(visit: Any) -> None:
    v = visit(viewport=PHONE)
    page = v.go(TRUCE)
    menu = page.get_by_role("button", name="Menu")
    assert menu.get_attribute("aria-expanded") == "false"
    assert not page.locator(".md-nav--primary a").first.is_visible()
    menu.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.closest('.md-nav--primary')")
    page.keyboard.press("Escape")
    assert menu.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.closest('.md-nav--primary')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/site/moves/$"))
    assert v.clean()


def test_a_link_into_something_folded_opens_it(visit: Any) -> None:
    v = visit()
    page = v.go("briefings/2031-03-05-long-interview/")
    folded = page.locator(".ro-fold figure.ro-q").last
    anchor = folded.get_attribute("id")
    assert not folded.is_visible()
    page = v.go(f"briefings/2031-03-05-long-interview/?x#{anchor}")
    assert page.locator(f"#{anchor}").is_visible()
    assert v.clean()


def test_without_javascript_everything_but_search_and_filters_is_there(visit: Any) -> None:
    v = visit(java_script_enabled=False, color_scheme="dark")
    page = v.go(TRUCE)
    page.locator(".ro-move summary").first.click()
    assert page.locator(".ro-move mark").first.is_visible()
    page = v.go("moves/")
    assert page.locator("#results tbody tr").count() > 1
    assert not page.locator(".ro-filter").is_visible()
    page.get_by_role("link", name="March 2031").first.click()
    assert page.locator("h1").inner_text().startswith("Moves, March 2031")
    assert v.clean()


def test_a_briefing_prints_on_two_pages_at_most(visit: Any) -> None:
    v = visit()
    for path in (TRUCE, "briefings/2031-03-05-long-interview/", "timeline/2031-03-04/"):
        page = v.go(path)
        pdf = page.pdf(format="A4")
        assert 1 <= len(re.findall(rb"/Type\s*/Page[^s]", pdf)) <= 2, path
    page.emulate_media(media="print")
    assert not page.locator(".md-header").is_visible() and page.locator("h1").is_visible()


def test_text_at_twice_the_size_needs_no_scrolling_sideways(visit: Any) -> None:
    v = visit(viewport={"width": 640, "height": 450}, device_scale_factor=2)
    for path in ("", TRUCE, "moves/", "actors/mira-solen/"):
        assert v.go(path).evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_the_way_back_from_an_address_that_does_not_exist(project: Path, browser: Any) -> None:
    handler = functools.partial(site_module.Handler, directory=str(project / "site"))
    server = site_module.Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/no/such/page/")
    assert page.locator("h1").inner_text() == "This page does not exist"
    page.get_by_role("link", name="Moves tracker").click()
    assert page.locator("h1").inner_text().startswith("Moves tracker")
    page.close()
    server.shutdown()
