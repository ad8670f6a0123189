"""The command: help with an example for every verb, exit statuses, data for programs, and never a traceback."""

from __future__ import annotations

import http.server
import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from readout import flow
from readout.cli import main
from readout.desk import Desk

ROOT = Path(__file__).parent.parent
VERBS = sorted(main.commands)
STORY = "---\ntitle: Talks\nsource: Courier\n---\nMinisters met in Porto Sele on Monday. “We agree on the main points,” said Ana Silva, the envoy.\n"


@pytest.fixture
def place(tmp_path: Path) -> Desk:
    """A project with one article."""
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Test\ntheme: {name: material, font: false}\nplugins: []\n"
    )
    desk = Desk(tmp_path)
    desk.articles.mkdir(parents=True)
    (desk.articles / "talks.txt").write_text(STORY, encoding="utf-8")
    return desk


def run(place: Desk, *words: str, given: str | bytes | None = None) -> Result:
    """`readout …` in the project; a crash fails the test with its traceback."""
    done = CliRunner().invoke(main, ["--root", str(place.root), *words], input=given)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert "Traceback" not in done.output
    assert done.exit_code in (0, 1, 2)
    return done


# ------------------------------------------------------------------ help
@pytest.mark.parametrize("verb", VERBS)
def test_help_shows_an_example_that_the_command_takes(verb: str) -> None:
    done = CliRunner().invoke(main, [verb, "--help"])
    assert done.exit_code == 0
    example = re.search(r"Example: readout (\w+)(.*)", done.output)
    assert example and example[1] == verb
    options = re.findall(r"(--[a-z-]+)", example[2])
    assert all(re.search(rf"{option}\b", done.output.replace(example[0], "")) for option in options)


def test_help_names_every_verb_with_a_sentence() -> None:
    said = CliRunner().invoke(main, ["--help"]).output
    for verb in VERBS:
        assert re.search(rf"^  {verb} +[A-Z]", said, re.M), verb
        command = main.commands[verb]
        assert isinstance(command, click.Command) and command.help


def test_the_verbs_are_those_that_the_readme_promises() -> None:
    assert {
        "add",
        "brief",
        "build",
        "serve",
        "verify",
        "extract",
        "measure",
        "samples",
        "init",
        "doctor",
    } <= set(VERBS)


# ------------------------------------------------------------------ exit statuses
@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("add",),
        ("brief", "--nonsense"),
        ("serve", "--port", "many"),
        ("extract",),
        ("measure", "taste"),
        ("--root", "/nowhere/at/all", "brief"),
        ("samples", "--edited"),
        ("init",),
    ],
)
def test_wrong_usage_ends_with_two(place: Desk, words: tuple[str, ...]) -> None:
    assert run(place, *words).exit_code == 2


def test_work_done_ends_with_nought(place: Desk) -> None:
    assert run(place, "brief").exit_code == 0
    assert run(place, "verify").exit_code == 0
    assert run(place, "build", "--no-site").exit_code == 0
    assert run(place, "extract", str(place.articles)).exit_code == 0
    assert run(place, "doctor").exit_code == 0


def test_a_problem_in_the_input_ends_with_one_and_the_rest_is_done(place: Desk) -> None:
    (place.articles / "empty.txt").write_text("")
    done = run(place, "brief")
    assert done.exit_code == 1
    assert "briefings/articles/empty.txt: there is no text in it" in done.stderr
    assert (place.briefings / "talks.md").exists()


@pytest.mark.parametrize("verb", ["brief", "verify", "build --no-site", "samples"])
def test_in_an_empty_folder_nothing_is_wrong(tmp_path: Path, verb: str) -> None:
    assert run(Desk(tmp_path), *verb.split()).exit_code == 0


def test_an_empty_folder_needs_a_configuration_before_it_can_be_a_site(tmp_path: Path) -> None:
    done = run(Desk(tmp_path), "build")
    assert done.exit_code == 1 and "mkdocs.yml: is missing" in done.stderr


# ------------------------------------------------------------------ for programs
@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (("brief", "--json"), {"written", "unchanged", "edited", "removed", "problems"}),
        (("verify", "--json"), {"briefings", "passages", "edited", "problems"}),
        (("build", "--no-site", "--json"), {"briefings", "pages", "written", "removed", "site", "problems"}),
        (("samples", "--json"), {"samples", "problems"}),
        (("samples", "--remove", "--json"), {"removed", "problems"}),
        (("init", "--name", "River", "--json"), {"changed", "problems"}),
    ],
    ids=lambda x: " ".join(x) if isinstance(x, tuple) else "",
)
def test_json_is_all_that_standard_output_holds(place: Desk, words: tuple[str, ...], keys: set[str]) -> None:
    flow.brief(place)
    assert keys <= set(json.loads(run(place, *words).stdout))


def test_problems_as_data_carry_path_line_and_message(place: Desk) -> None:
    flow.brief(place)
    path = place.briefings / "talks.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("on the main points", "on all points"), encoding="utf-8"
    )
    done = run(place, "verify", "--json")
    assert done.exit_code == 1
    problem = json.loads(done.stdout)["problems"][0]
    assert problem["path"] == "briefings/talks.md" and isinstance(problem["line"], int)
    assert problem["message"].startswith("these words are not in the article")


def test_extract_prints_one_line_of_the_format_for_each_article(place: Desk) -> None:
    (place.articles / "more.txt").write_text("Ana Silva resigned on Monday.\n", encoding="utf-8")
    done = run(place, "extract", str(place.articles))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["id"] for r in rows] == ["more", "talks"]
    assert set(rows[0]) == {"id", "text", "title", "source", "url", "published", "actors", "quotes", "moves"}
    assert rows[0]["text"] == "Ana Silva resigned on Monday.\n"


def test_extract_names_what_it_cannot_read_and_goes_on(place: Desk) -> None:
    done = run(
        place, "extract", "/nowhere.txt", str(place.articles / "talks.txt"), str(place.root / "mkdocs.yml")
    )
    assert done.exit_code == 1 and len(done.stdout.splitlines()) == 1
    assert "/nowhere.txt: cannot be read" in done.stderr and "no reader for “.yml” files" in done.stderr


def test_measure_without_its_sets_says_where_they_belong(
    place: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from readout import measure

    monkeypatch.setattr(measure, "EVAL", tmp_path / "none")
    done = run(place, "measure", "moves")
    assert done.exit_code == 1 and "READOUT_EVAL" in done.stderr


# ------------------------------------------------------------------ add
def test_add_copies_a_file_byte_by_byte_and_makes_its_briefing(place: Desk, tmp_path: Path) -> None:
    source = tmp_path / "Peace “Talks”.txt"
    source.write_bytes(STORY.replace("\n", "\r\n").encode("utf-16"))
    done = run(place, "add", str(source), "--published", "2031-05-02", "--json")
    assert done.exit_code == 0
    result = json.loads(done.stdout)
    assert (result["article"], result["briefing"]) == (
        "briefings/articles/peace-talks.txt",
        "briefings/peace-talks.md",
    )
    assert (place.articles / "peace-talks.txt").read_bytes() == source.read_bytes()
    assert "2031-05-02" in (place.articles / "peace-talks.yml").read_text(encoding="utf-8")
    assert 'published: "2031-05-02"' in (place.briefings / "peace-talks.md").read_text(encoding="utf-8")


def test_add_takes_standard_input_and_names_it_by_its_title(place: Desk) -> None:
    done = run(
        place, "add", "-", "--title", "A new deal", given="Ana Silva said on Monday that she would resign.\n"
    )
    assert done.exit_code == 0 and (place.articles / "a-new-deal.txt").exists()


def test_the_same_article_is_not_added_twice_and_another_gets_a_name_of_its_own(
    place: Desk, tmp_path: Path
) -> None:
    (tmp_path / "talks.txt").write_text(STORY, encoding="utf-8")
    run(place, "add", str(tmp_path / "talks.txt"))
    assert [p.name for p in place.articles.iterdir()] == ["talks.txt"]
    (tmp_path / "talks.txt").write_text(STORY + "More.\n", encoding="utf-8")
    run(place, "add", str(tmp_path / "talks.txt"))
    assert sorted(p.name for p in place.articles.iterdir()) == ["talks-2.txt", "talks.txt"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("/nowhere/at-all.txt",), "cannot be read"),
        ((".",), "cannot be read"),
        (("http://user:secret@127.0.0.1/x",), "is no http(s) address"),
        (("http://127.0.0.1:1/x",), "cannot be read"),
        (("http://[broken",), "is no http(s) address"),
        (("-", "--published", "yesterday"), "is no date"),
        (("-", "--url", "javascript:x"), "is no http(s) address"),
        (("-",), "there is no text in it"),
    ],
)
def test_what_cannot_be_added_is_named(place: Desk, words: tuple[str, ...], said: str) -> None:
    done = run(place, "add", *words, given="")
    assert done.exit_code == 1 and said in done.stderr
    assert [p.name for p in place.articles.iterdir()] == ["talks.txt"]


class Pages(http.server.BaseHTTPRequestHandler):
    """A small web server with one page, one picture, and a page that leads to a file."""

    def do_GET(self) -> None:
        """Answer."""
        if self.path == "/gone":
            self.send_error(404)
            return
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
            return
        kind = "image/png" if self.path == "/picture" else "text/html; charset=utf-8"
        text = (
            "<html><head><title>River talks go on</title></head><body><article><h1>River talks go on</h1>"
            + (
                "<p>Ministers met on Friday to speak about the river, and agreed on nothing but the weather.</p>"
                * 3
            )
        )
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture
def web() -> Iterator[str]:
    """The address of a small web server."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def test_a_page_is_fetched_with_its_address(place: Desk, web: str) -> None:
    done = run(place, "add", f"{web}/news")
    assert done.exit_code == 0, done.output
    assert (place.articles / "river-talks-go-on.html").exists()
    assert f"{web}/news" in (place.briefings / "river-talks-go-on.md").read_text(encoding="utf-8").replace(
        "&#58;", ":"
    )


@pytest.mark.parametrize(
    ("path", "said"),
    [("/gone", "the server answers 404"), ("/picture", "is image/png, no web page"), ("/away", "")],
)
def test_what_the_web_does_not_give_is_named(place: Desk, web: str, path: str, said: str) -> None:
    done = run(place, "add", web + path)
    assert done.exit_code == 1 and said in done.stderr
    assert [p.name for p in place.articles.iterdir()] == ["talks.txt"]


# ------------------------------------------------------------------ people's edits
def test_brief_diff_shows_what_a_person_changed(place: Desk) -> None:
    flow.brief(place)
    path = place.briefings / "talks.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nAsk Ana again.\n", encoding="utf-8")
    done = run(place, "brief", "--diff")
    assert "+Ask Ana again." in done.stdout and "1 edited by hand and kept" in done.stderr


def test_prune_removes_only_when_told(place: Desk) -> None:
    flow.brief(place)
    (place.articles / "talks.txt").unlink()
    done = run(place, "brief")
    assert done.exit_code == 1 and "its article is gone" in done.stderr
    assert run(place, "brief", "--prune").exit_code == 0
    assert not (place.briefings / "talks.md").exists()


# ------------------------------------------------------------------ serve
def test_serve_says_where_when_the_port_is_taken_or_no_site_is_there(place: Desk) -> None:
    assert "there is no site yet" in run(place, "serve", "--no-build").stderr
    place.site.mkdir()
    (place.site / "index.html").write_text("x")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run(place, "serve", "--no-build", "--port", str(taken.getsockname()[1]))
    assert done.exit_code == 1 and "cannot serve there" in done.stderr


# ------------------------------------------------------------------ a terminal
def test_nothing_in_an_article_reaches_the_terminal_raw(place: Desk) -> None:
    wicked = "\x1b[2J\x1b]0;owned\x07\u202e\x9b31m"
    (place.articles / "wicked.txt").write_text(
        f'---\npublished: "{wicked.encode("unicode_escape").decode()}"\n---\n{wicked} “{wicked}x,” said Ana.\n',
        encoding="utf-8",
    )
    name = "a\x1b[31mb.xyz"
    (place.articles / name).write_text("x")
    for words in (("brief",), ("verify",), ("build", "--no-site"), ("doctor",), ("samples",)):
        done = run(place, *words)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", done.output), words
    edited = place.briefings / "wicked.md"
    edited.write_text(edited.read_text(encoding="utf-8") + wicked, encoding="utf-8")
    assert not re.search("[\x1b\x9b\u202e]", run(place, "brief", "--diff").output)


def test_the_package_runs_as_a_module_and_starts_quickly() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "readout", "--version"],
        capture_output=True,
        text=True,
        env=environment,
    )
    assert done.returncode == 0 and "readout" in done.stdout
    for heavy in ("numpy", "trafilatura", "mkdocs", "lxml"):
        assert not re.search(rf"\| +{heavy}$", done.stderr, re.M), f"{heavy} is loaded before it is needed"


def test_an_article_in_another_language_is_named_and_gets_no_briefing(place: Desk) -> None:
    words = "Le ministre a dit que la mesure coûterait trois milliards et que ce n’était pas assez. "
    (place.articles / "autre.txt").write_text(words * 4 + "\n", encoding="utf-8")
    done = run(place, "brief")
    assert done.exit_code == 1 and "articles/autre.txt: is not in English" in done.stderr
    assert sorted(p.name for p in place.briefings.glob("*.md")) == ["talks.md"]
