"""A site built once a test run from the stories of `sitecases`, and what its pages hold; for tests of pages and browser."""

from __future__ import annotations

import shutil
from html.parser import HTMLParser
from pathlib import Path

import sitecases

HERE = Path(__file__).resolve().parent.parent
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


def build(root: Path) -> Path:
    """Lay out a project below `root` with the repository's theme, and build its site; the folder of the site."""
    from readout import cli
    from readout.desk import Desk

    shutil.copy(HERE / "mkdocs.yml", root / "mkdocs.yml")
    shutil.copytree(
        HERE / "docs",
        root / "docs",
        ignore=shutil.ignore_patterns(
            "briefings", "actors", "moves", "quotes", "timeline", "topics", "feeds", "api", "index.md"
        ),
    )
    shutil.copytree(
        HERE / "scripts" / "readout" / "pages" / "theme", root / "scripts" / "readout" / "pages" / "theme"
    )
    sitecases.write(root)
    status, result = cli.build_all(Desk(root), briefly=False)
    assert status == 0 and result["site"], result
    return root / "site"


class Markup(HTMLParser):
    """The tags, attributes, ids and text of a piece of HTML; `faults` says where it is not well nested."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.ids: list[str] = []
        self.faults: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {k: v or "" for k, v in attrs}
        self.tags.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-3:]}")
            if tag in self.open:
                while self.open.pop() != tag:
                    pass
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("script", "style"):
            self.words.append(data)


def read(html: str) -> Markup:
    """The markup of a page."""
    markup = Markup()
    markup.feed(html)
    markup.close()
    markup.faults += [f"<{tag}> stays open" for tag in markup.open if tag not in ("p", "li")]
    return markup
