"""What the documentation shows is what the program does."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from readout import checks, form, goldtext
from readout.corpus import decisions
from readout.records import Article
from readout.site import DERIVED

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def blocks(path: Path, language: str) -> list[str]:
    """The fenced blocks of a language in a page."""
    return re.findall(rf"^```{language}\n(.*?)^```$", path.read_text(encoding="utf-8"), re.S | re.M)


def test_the_briefing_in_the_format_page_stands_in_its_article() -> None:
    article = Article(
        "river-talks", blocks(DOCS / "format.md", "text")[0], title="Ministers meet on the river"
    )
    parsed = form.parse(blocks(DOCS / "format.md", "markdown")[0], "river-talks")
    assert parsed.problems == ()
    problems = [p.message for p in checks.against_article(parsed, article, "river-talks.md")]
    assert [p for p in problems if "has no place" not in p] == []
    briefing = parsed.briefing
    assert briefing is not None
    assert [m.actors for m in briefing.moves] == [("ana-silva", "tomas-okafor"), ("elmarra",)]
    assert briefing.actors[-1].name == "Varnia" and briefing.quotes[0].kind == "direct"


def test_what_the_format_page_shows_of_verify_is_what_it_says() -> None:
    article = Article(
        "river-talks", blocks(DOCS / "format.md", "text")[0], title="Ministers meet on the river"
    )
    text = blocks(DOCS / "format.md", "markdown")[0].replace(
        "- “We agree on the main points,”", "- “We agree on all points,”"
    )
    said = checks.against_article(form.parse(text, "river-talks"), article, "briefings/river-talks.md")
    shown = blocks(DOCS / "format.md", "console")[0].splitlines()
    assert str(next(p for p in said if "not in the article" in p.message)) == shown[1]


def test_the_decisions_in_the_format_page_are_understood(tmp_path: Path) -> None:
    (tmp_path / "decisions.toml").write_text(blocks(DOCS / "format.md", "toml")[0], encoding="utf-8")
    found, problems = decisions.read(tmp_path)
    assert problems == []
    assert {d.verb for d in found} == set(decisions.NEEDS)


def test_the_page_of_move_types_names_each_type_and_status() -> None:
    text = (DOCS / "move-types.md").read_text(encoding="utf-8")
    for code in goldtext.TYPES | goldtext.STATUSES | goldtext.TERM_KINDS:
        assert f"`{code}`" in text, code


PAGES = [
    p
    for p in (
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "briefings" / "README.md",
        *DOCS.glob("*.md"),
    )
    if p.is_file()
]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)\s#]+)", text):
        derived = page.parent == DOCS and target.partition("/")[0] in DERIVED
        assert derived or (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_nothing_is_left_to_be_done_in_a_page(page: Path) -> None:
    assert not re.search(r"\b(TODO|TBD|FIXME|XXX)\b", page.read_text(encoding="utf-8"))


def test_the_weights_on_the_method_page_are_those_that_are_used() -> None:
    weights = json.loads(
        (ROOT / "scripts" / "readout" / "weights" / "salience.json").read_text(encoding="utf-8")
    )
    text = (DOCS / "method.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\| [^|]+ \| ([+−]\d+\.\d+) \|$", text, re.M)
    assert shown == [f"{w:+.3f}".replace("-", "−") for w in weights.values()], "run scripts/figures.py"


def test_the_method_page_holds_its_figures() -> None:
    text = (DOCS / "method.md").read_text(encoding="utf-8")
    for name in ("figures: own", "figures: outside", "weights: salience"):
        table = re.search(rf"<!-- {name} -->\n(.*?)<!-- end -->", text, re.S)
        assert table and table[1].count("\n|") > 8, f"{name}: run scripts/figures.py"


def test_the_readme_shows_what_a_first_run_prints() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    import figures

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert figures.first_run() in text, "run scripts/figures.py --readme"
