"""`readout init`: what is wished for is written, the rest of the file stays, and colours can be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from readout import own
from readout.cli import main

CONFIG = """# My site.
site_name: Readout   # the name
site_url: !ENV READOUT_SITE_URL
theme:
  name: material
extra_css:
  - assets/readout.css
# last
nav:
  - Home: index.md
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a small configuration."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def init(project: Path, *words: str) -> Result:
    """`readout init …` in the project."""
    return CliRunner().invoke(main, ["--root", str(project), "init", *words])


def settings(project: Path) -> dict[str, object]:
    """What mkdocs.yml says."""
    data = yaml.load((project / "mkdocs.yml").read_text(encoding="utf-8"), own.Loader)
    assert isinstance(data, dict)
    return data


def test_what_is_wished_for_is_written_and_the_rest_stays(project: Path) -> None:
    done = init(
        project,
        "--name",
        'Ana’s: "River" #1',
        "--address",
        "https://ana.example.org/river",
        "--description",
        "Talks: all of them.",
        "--owner",
        "Ana & <b>Co</b>",
        "--licence",
        "CC-BY-4.0",
    )
    assert done.exit_code == 0
    said = settings(project)
    assert said["site_name"] == 'Ana’s: "River" #1'
    assert said["site_url"] == "https://ana.example.org/river/"
    assert said["site_description"] == "Talks: all of them."
    assert said["copyright"] == (
        'Ana &amp; &lt;b&gt;Co&lt;/b&gt; · <a href="https://creativecommons.org/licenses/by/4.0/" rel="license">CC BY 4.0</a>'
    )
    text = (project / "mkdocs.yml").read_text(encoding="utf-8")
    for line in ("# My site.", "  name: material", "# last", "  - Home: index.md", "  - assets/readout.css"):
        assert line in text.splitlines()


def test_a_second_run_changes_nothing(project: Path) -> None:
    words = ("--name", "River", "--colour", "#f80", "--licence", "All rights reserved")
    init(project, *words)
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in project.rglob("*") if p.is_file()}
    done = init(project, *words)
    assert done.exit_code == 0 and "nothing to change" in done.output
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in project.rglob("*") if p.is_file()} == before


def test_the_colour_goes_into_a_style_sheet_of_its_own(project: Path) -> None:
    done = init(project, "--colour", "#0a4d87", "--json")
    assert json.loads(done.stdout) == {"changed": ["docs/assets/own.css", "mkdocs.yml"], "problems": []}
    assert settings(project)["extra_css"] == ["assets/readout.css", "assets/own.css"]
    assert "--ro-link: #0a4d87" in (project / "docs" / "assets" / "own.css").read_text(encoding="utf-8")


@given(st.integers(0, 0xFFFFFF), st.sampled_from(["light", "dark"]))
def test_any_colour_ends_up_readable(number: int, scheme: str) -> None:
    made = own.readable(f"#{number:06x}", scheme)
    assert all(own.contrast(made, paper) >= own.ENOUGH for paper in own.PAPER[scheme])


def test_the_papers_are_those_of_the_style_sheet() -> None:
    css = (Path(__file__).parent.parent / "docs" / "assets" / "readout.css").read_text(encoding="utf-8")
    for paper in (p for papers in own.PAPER.values() for p in papers):
        assert paper in css, "docs/assets/readout.css has other papers now: change PAPER in own.py too"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--address", "ftp://x"), "is no http(s) address"),
        (("--address", "https://a b"), "is no http(s) address"),
        (("--colour", "mauve"), "is no colour"),
        (("--name", " "), "is empty"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_written(
    project: Path, words: tuple[str, ...], said: str
) -> None:
    done = init(project, *words)
    assert done.exit_code == 1 and said in done.output
    assert (project / "mkdocs.yml").read_text(encoding="utf-8") == CONFIG


def test_a_name_cannot_bring_lines_of_its_own(project: Path) -> None:
    init(project, "--name", "River\nplugins:\n  - evil\n")
    assert settings(project)["site_name"] == "River plugins: - evil"
    assert "plugins" not in settings(project)


def test_a_broken_configuration_is_named_with_its_line(project: Path) -> None:
    (project / "mkdocs.yml").write_text("site_name: [\nx: y: z\n", encoding="utf-8")
    done = init(project, "--name", "River")
    assert (
        done.exit_code == 1
        and done.output.startswith("mkdocs.yml:2: cannot be read")
        and "Traceback" not in done.output
    )


def test_without_options_and_terminal_it_says_what_it_needs(project: Path) -> None:
    assert init(project).exit_code == 2


def test_without_a_configuration_it_says_so(tmp_path: Path) -> None:
    done = init(tmp_path, "--name", "River")
    assert done.exit_code == 1 and "mkdocs.yml: is missing" in done.output


def test_asked_in_a_terminal_an_empty_answer_leaves_things_as_they_are(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: True)
    done = CliRunner().invoke(main, ["--root", str(project), "init"], input="River\n\n\n\n\n\n")
    assert done.exit_code == 0, done.output
    assert settings(project)["site_name"] == "River"
    assert "site_url: !ENV READOUT_SITE_URL" in (project / "mkdocs.yml").read_text(encoding="utf-8")


def test_line_ends_of_windows_stay(project: Path) -> None:
    (project / "mkdocs.yml").write_bytes(CONFIG.replace("\n", "\r\n").encode())
    assert init(project, "--name", "River", "--colour", "#0a4d87").exit_code == 0
    data = (project / "mkdocs.yml").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert settings(project)["extra_css"] == ["assets/readout.css", "assets/own.css"]
