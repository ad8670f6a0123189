"""docs → site: settings, what MkDocs complains of, serving below a path."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from readout import site
from readout.desk import Desk
from readout.records import Page


@pytest.fixture
def place(tmp_path: Path) -> Desk:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: T\nsite_url: https://example.org/x\ntheme: {name: material, font: false}\n")
    return Desk(tmp_path)


def test_the_address_is_that_of_mkdocs_yml_or_of_readout_serve(place: Desk) -> None:
    assert site.settings(place).address == "https://example.org/x/"
    (place.root / "mkdocs.yml").write_text("site_name: T\nsite_url: !ENV [NO_SUCH_NAME, '']\nx: !!python/name:a.b\n")
    assert site.settings(place).address == "http://127.0.0.1:8000/"


def test_a_derived_page_that_is_no_longer_derived_goes_and_a_written_one_stays(place: Desk) -> None:
    site.write_pages(place, [Page("actors/a.md", "# A\n"), Page("cite/a.ris", "TY\n")])
    (place.docs / "method.md").write_text("# M\n")
    assert site.write_pages(place, [Page("actors/a.md", "# A\n")]) == (0, 1, 1)
    assert sorted(p.name for p in place.docs.rglob("*") if p.is_file()) == ["a.md", "method.md"]


def test_a_complaint_of_mkdocs_names_its_file(place: Desk) -> None:
    said = "INFO - Building\nWARNING -  Doc file 'briefings/a.md' contains a link '../x.md', but the target is not found\nAborted with 1 warnings"
    (problem,) = site.complaints(said, place)
    assert problem.path == "docs/briefings/a.md" and "the target is not found" in problem.message
    (problem,) = site.complaints("Traceback\nValueError: no theme", place)
    assert problem.path == "mkdocs.yml" and "no theme" in problem.message


def test_a_strict_build_fails_on_a_broken_link_and_leaves_the_next_one_to_be_done(place: Desk) -> None:
    (place.docs / "index.md").write_text("# Home\n\n[gone](gone.md)\n")
    built, problems = site.build(place)
    assert built is None and problems[0].path == "docs/index.md"
    (place.docs / "index.md").write_text("# Home\n")
    assert site.build(place) == (True, [])
    assert site.build(place) == (False, []), "nothing changed, nothing is built"
    (place.root / "mkdocs.yml").write_text("site_name: Other\ntheme: {name: material, font: false}\n")
    assert site.build(place)[0] is True


@pytest.fixture
def served(place: Desk) -> Iterator[str]:
    (place.site / "a").mkdir(parents=True)
    (place.site / "index.html").write_text("home")
    (place.site / "a" / "index.html").write_text("page a")
    (place.site / "404.html").write_text("not here")
    with site.server(place, below="/project/") as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_the_site_is_served_below_a_path_and_nowhere_else(served: str) -> None:
    with urllib.request.urlopen(f"{served}/project/a") as answer:
        assert answer.url == f"{served}/project/a/" and answer.read() == b"page a"
    with urllib.request.urlopen(f"{served}/project") as answer:
        assert answer.read() == b"home"
    for path in ("/", "/a/", "/project/../secret", "/project/none/"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(served + path)
        assert refused.value.code == 404 and refused.value.read() == b"not here"
