"""`briefings/decisions.toml`: what people decide comes first, and what cannot be followed is told."""

from __future__ import annotations

from pathlib import Path

import pytest

import casebook
import corpusbook
from readout.corpus import decisions, history, identity, load


@pytest.mark.parametrize("case", casebook.read("decisions"), ids=lambda c: c.title)
def test_decisions(case: casebook.Case) -> None:
    known, decided, problems = corpusbook.read(case.given)
    identities, more = identity.linked(known, decided)
    threads, still = history.threaded(known, identities, decided)
    shown = [
        corpusbook.show_identities(identities),
        corpusbook.show_threads(threads, [*problems, *more, *still]),
    ]
    assert "\n".join(filter(None, shown)) == case.expected


def test_no_file_is_no_decision(tmp_path: Path) -> None:
    assert decisions.read(tmp_path) == ((), [])


def test_a_file_that_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "decisions.toml").write_text("# mine\n[[merge]\n", encoding="utf-8")
    decided, (problem,) = decisions.read(tmp_path)
    assert decided == () and problem.line == 2 and "is not TOML" in problem.message


def test_a_file_of_other_bytes_is_told(tmp_path: Path) -> None:
    (tmp_path / "decisions.toml").write_bytes(b"\xff\xfe[")
    assert [p.message for p in decisions.read(tmp_path)[1]] == ["is not UTF-8 text"]


def test_the_file_that_ships_decides_nothing_and_its_examples_are_good(tmp_path: Path) -> None:
    shipped = Path(__file__).resolve().parent.parent / "briefings" / "decisions.toml"
    text = shipped.read_text(encoding="utf-8")
    assert decisions.parse(text) == ((), [])
    examples = "\n".join(
        line.removeprefix("# ")
        for line in text.split("\n")
        if line.startswith(("# [[", "# ")) and ("[[" in line or " = " in line)
    )
    decided, problems = decisions.parse(examples)
    assert problems == [] and {d.verb for d in decided} == set(decisions.NEEDS)


def test_a_corpus_tells_its_problems_in_the_order_of_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "briefings"
    folder.mkdir()
    (folder / "decisions.toml").write_text(
        '[[split]]\nmove = "x#m-1"\n[[ignore]]\nactor = "y"\n[[what]]\n', encoding="utf-8"
    )
    corpus, problems = load.corpus(folder, corpusbook.briefings(["one 2031-01-05: C Varnia"]), [])
    assert [(p.path, p.line) for p in problems] == [("briefings/decisions.toml", n) for n in (1, 3, 5)]
    assert [i.id for i in corpus.identities] == ["varnia"]
