"""`readout doctor` names what is wrong and how to mend it."""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from readout import doctor, flow, samples
from readout.cli import main
from readout.desk import Desk


@pytest.fixture
def place(tmp_path: Path) -> Desk:
    """A healthy project with one article and its briefing."""
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: River\nsite_url: https://example.org/\nnav:\n  - Home: index.md\n"
    )
    desk = Desk(tmp_path)
    desk.articles.mkdir(parents=True)
    header = (
        "---\ntitle: Talks\nsource: The Courier\nurl: https://example.org/talks\npublished: 2031-05-02\n---\n"
    )
    (desk.articles / "talks.txt").write_text(
        header + "Ministers met on Friday. “We agree,” said Ana Silva.\n", encoding="utf-8"
    )
    flow.brief(desk)
    return desk


def found(place: Desk, state: str) -> list[str]:
    """Subjects and words of the findings in a state."""
    return [
        f"{f.subject}: {f.said}"
        for f in doctor.examine(place)
        if f.state == state and f.subject not in ("Pagefind", "Chromium", "git")
    ]


def test_a_healthy_project_has_nothing_to_mend(place: Desk) -> None:
    assert found(place, doctor.BAD) == []
    assert found(place, doctor.NOTE) == []


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda p: (p.root / "mkdocs.yml").unlink(), "mkdocs.yml: is missing"),
        (lambda p: (p.root / "mkdocs.yml").write_text("a: b: c\n"), "mkdocs.yml: cannot be read: line 1:"),
        (
            lambda p: (p.root / "mkdocs.yml").write_text(
                "site_name: x\nsite_url: https://x.org/\nnav:\n  - Gone: gone.md\n"
            ),
            "mkdocs.yml: nav names docs/gone.md",
        ),
        (
            lambda p: (p.articles / "empty.txt").write_text(""),
            "articles: 1 cannot be read: briefings/articles/empty.txt: there is no text in it",
        ),
        (
            lambda p: (p.briefings / "talks.md").write_text("nothing\n"),
            "briefings: 1 do not stand: briefings/talks.md",
        ),
        (
            lambda p: (p.briefings / "decisions.toml").write_text("[[marry]]\nactors = []\n"),
            "decisions.toml: [[marry]] is not known",
        ),
    ],
)
def test_what_is_broken_is_named_with_a_way_to_mend_it(place: Desk, spoil, said: str) -> None:  # type: ignore[no-untyped-def]
    spoil(place)
    bad = [f for f in doctor.examine(place) if f.state == doctor.BAD]
    assert any(f"{f.subject}: {f.said}".startswith(said) for f in bad), bad
    assert all(f.mend for f in bad)
    done = CliRunner().invoke(main, ["--root", str(place.root), "doctor"])
    assert done.exit_code == 1 and "Traceback" not in done.output


def test_what_an_article_does_not_say_is_noted(place: Desk) -> None:
    (place.articles / "bare.txt").write_text(
        "Some words of an article without any header.\n", encoding="utf-8"
    )
    notes = found(place, doctor.NOTE)
    for what in ("date", "outlet", "address (url)"):
        assert f"articles: 1 without {what}: bare.txt" in notes
    assert "briefings: 1 articles have none yet: bare.txt" in notes


def test_samples_are_noted(place: Desk) -> None:
    (place.articles / samples.LIST).write_text(samples.listing([place.articles / "talks.txt"]))
    assert any(note.startswith("samples: 1 of the articles") for note in found(place, doctor.NOTE))


def test_a_missing_and_an_unfit_package_are_told_apart(place: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = {name: lowest for name, (lowest, _) in doctor.PACKAGES.items()} | {
        "mkdocs": "2.0.1",
        "click": "7.1",
    }
    del versions["trafilatura"]

    def version(name: str) -> str:
        if name not in versions:
            raise importlib.metadata.PackageNotFoundError(name)
        return versions[name]

    monkeypatch.setattr(importlib.metadata, "version", version)
    bad = {f.subject: f.said for f in doctor.packages(place) if f.state == doctor.BAD}
    assert bad == {
        "mkdocs": "2.0.1 will not do, it must be older than 2",
        "click": "7.1 is older than 8.1",
        "trafilatura": "is not installed",
    }


def test_uncommitted_work_is_noted(place: Desk) -> None:
    git = next((f for f in doctor.git(place) if f.subject == "git"), None)
    assert git is not None and git.state == doctor.NOTE
    subprocess.run(["git", "init", "--quiet", str(place.root)], check=True)
    assert any(f.subject == "git" and "not committed yet" in f.said for f in doctor.git(place))
    assert any(f.subject == "publishing" and "no remote" in f.said for f in doctor.git(place))


def test_the_findings_can_be_had_as_data(place: Desk) -> None:
    done = CliRunner().invoke(main, ["--root", str(place.root), "doctor", "--json"])
    assert done.exit_code == 0
    rows = json.loads(done.stdout)
    assert {"state", "subject", "said", "mend"} == set(rows[0])


def test_an_article_cannot_speak_to_the_terminal(place: Desk) -> None:
    (place.articles / "x.txt").write_text(
        '---\npublished: "\\e[2J\\u202Eyesterday"\n---\nSome words of an article.\n'
    )
    done = CliRunner().invoke(main, ["--root", str(place.root), "doctor"])
    assert "\x1b" not in done.output and "\u202e" not in done.output
