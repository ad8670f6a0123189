"""The sample articles: annotated as they read, varied as they should be, and gone with one command."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from readout import flow, goldtext, reading, samples
from readout.cli import main
from readout.desk import Desk

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT / "briefings" / "articles"
GOLD = ROOT / "tests" / "gold" / "samples"
LISTED = [s.path for s in samples.listed(Desk(ROOT))[0]]
STEMS = sorted(p.stem for p in LISTED if p.suffix in reading.READERS)
BY_STEM = {p.stem: p for p in LISTED if p.suffix in reading.READERS}


@pytest.fixture(scope="module")
def golds() -> dict[str, goldtext.GoldText]:
    """Every sample's annotation."""
    return {stem: goldtext.parse((GOLD / f"{stem}.txt").read_text(encoding="utf-8")) for stem in STEMS}


@pytest.mark.parametrize("stem", STEMS)
def test_an_annotation_without_its_marks_is_the_article_as_it_reads(
    stem: str, golds: dict[str, goldtext.GoldText]
) -> None:
    article, problems = reading.read(BY_STEM[stem])
    assert article is not None and problems == ()
    gold = golds[stem]
    assert article.text.replace("\r\n", "\n") == gold.text
    header = {k: gold.header.get(k) for k in ("title", "source", "author", "url", "published")}
    assert header == {k: getattr(article, k) for k in header}
    assert article.invented is (gold.header.get("invented") is True)


def test_each_annotation_has_its_article() -> None:
    assert sorted(p.stem for p in GOLD.glob("*.txt")) == STEMS


def test_the_list_of_samples_holds_each_file_as_it_stands() -> None:
    wrong = [s.path.name for s in samples.listed(Desk(ROOT))[0] if not s.as_shipped]
    assert wrong == [], "run scripts/note_samples.py after changing a sample"


def test_one_story_is_real_and_all_others_say_that_they_are_invented(
    golds: dict[str, goldtext.GoldText],
) -> None:
    real = [stem for stem, g in golds.items() if not g.header.get("invented")]
    assert real == ["2025-03-31-ceasefire-and-oil-tariffs"]
    for stem, gold in golds.items():
        assert stem in real or gold.text.rstrip().endswith("(This story is invented.)"), stem


def test_formats_and_encodings_are_those_that_people_have() -> None:
    assert Counter(p.suffix for p in BY_STEM.values())[".html"] >= 2
    assert {".txt", ".md", ".html"} <= {p.suffix for p in BY_STEM.values()}
    raw = {stem: p.read_bytes() for stem, p in BY_STEM.items()}
    assert any(data.startswith((b"\xff\xfe", b"\xfe\xff")) for data in raw.values()), "one in UTF-16"
    assert any(b"\x92" in data and b"\xe2\x80" not in data for data in raw.values()), "one in cp1252"
    assert any(b"\r\n" in data for data in raw.values()), "one with CRLF"


def test_the_samples_vary_in_length_and_outlet(golds: dict[str, goldtext.GoldText]) -> None:
    lengths = [len(g.text.split()) for g in golds.values()]
    assert len(lengths) >= 14 and min(lengths) < 200 and max(lengths) > 700
    assert len({g.header["source"] for g in golds.values()}) >= 6


def quote_kinds(gold: goldtext.GoldText, quote: dict[str, Any]) -> set[str]:
    """The kinds that a gold quote is an example of."""
    text = gold.text
    pieces = [text[s:e] for s, e in quote["content"]]
    marked = [bool(re.search('[“”"‘]', p)) for p in pieces]
    whole = [
        re.fullmatch('[“"‘].*[”"’]?', p.strip(), re.S) and not re.search('[”"].+[“"]', p[1:]) for p in pieces
    ]
    kinds = {"direct" if all(whole) else "mixed" if any(marked) else "indirect"}
    if len(pieces) > 1:
        gaps = [text[a[1] : b[0]] for a, b in zip(quote["content"], quote["content"][1:], strict=False)]
        kinds |= {
            "multi-paragraph" if "\n" in gap.strip(" ") and not gap.strip() else "split" for gap in gaps
        }
    if quote["via"]:
        kinds.add("via")
    entities = {m.entity for m in gold.mentions}
    if quote["speaker"] not in entities:
        kinds.add("unnamed")
    for start, end in quote["source"]:
        form = next((m.form for m in gold.mentions if (m.start, m.end) == (start, end)), None)
        kinds |= {f"{form} source"} if form else set()
    return kinds


def test_sixty_quotations_of_every_kind(golds: dict[str, goldtext.GoldText]) -> None:
    total = sum(len(g.quotes) for g in golds.values())
    assert total >= 60
    kinds = Counter(k for g in golds.values() for q in g.quotes for k in quote_kinds(g, q))
    wanted = {
        "direct": 40,
        "mixed": 25,
        "indirect": 40,
        "split": 15,
        "multi-paragraph": 5,
        "via": 2,
        "unnamed": 10,
        "pronoun source": 30,
        "nominal source": 5,
        "name source": 15,
    }
    assert {k: kinds[k] for k in wanted if kinds[k] < wanted[k]} == {}


def test_sixty_moves_of_all_forty_types_and_all_statuses(golds: dict[str, goldtext.GoldText]) -> None:
    moves = [m for g in golds.values() for m in g.moves]
    assert len(moves) >= 60
    assert {m["type"] for m in moves} == goldtext.TYPES
    assert {m["status"] for m in moves} == goldtext.STATUSES


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        ("ceasefire", ["proposed", "agreed", "in-force", "extended", "ended", "suspended"]),
        ("tariff", ["threatened", "announced", "in-force", "suspended", "ended"]),
    ],
)
def test_a_story_is_told_from_threat_to_end_by_several_outlets(
    kind: str, way: list[str], golds: dict[str, goldtext.GoldText]
) -> None:
    told = [
        (g.header["published"], m["status"], g.header["source"])
        for stem, g in golds.items()
        for m in g.moves
        if m["type"] == kind and not m.get("optional") and stem.startswith("2031")
    ]
    assert [status for _, status, _ in sorted(told, key=lambda t: t[0])] == way
    assert len({source for _, _, source in told}) >= 4


def test_two_outlets_differ_on_a_term_and_on_a_status(golds: dict[str, goldtext.GoldText]) -> None:
    durations = {
        t["norm"]
        for g in golds.values()
        for m in g.moves
        if m["type"] == "ceasefire"
        for t in m["terms"]
        if t["kind"] == "duration"
    }
    assert {"P45D", "P60D"} <= durations
    days = {
        g.header["published"]: m["status"]
        for g in golds.values()
        for m in g.moves
        if m["type"] == "ceasefire"
    }
    assert (days["2031-06-02"], days["2031-06-03"]) == ("ended", "suspended")


def test_the_real_story_puts_nothing_into_quotation_marks_but_its_quotations(
    golds: dict[str, goldtext.GoldText],
) -> None:
    gold = golds["2025-03-31-ceasefire-and-oil-tariffs"]
    for m in re.finditer("“[^”]*”", gold.text):
        assert any(s <= m.start() and m.end() <= e for q in gold.quotes for s, e in q["content"]), m[0]
    direct = [q for q in gold.quotes if "direct" in quote_kinds(gold, q)]
    assert {q["speaker"] for q in direct} == {"rutte"}


# ------------------------------------------------------------------ removing them
@pytest.fixture
def place(tmp_path: Path) -> Desk:
    """A project with three samples (one of them with a side file), an article of one's own, and briefings."""
    desk = Desk(tmp_path)
    desk.articles.mkdir(parents=True)
    names = [
        "2031-05-14-flood-relief.txt",
        "2031-06-03-venn-suspended.txt",
        "2031-03-11-truce-accepted.html",
        "2031-03-11-truce-accepted.yml",
    ]
    for name in [*names, samples.LIST]:
        shutil.copy(ARTICLES / name, desk.articles / name)
    (desk.articles / "mine.txt").write_text(
        "The council met on Monday and agreed on a plan.\n", encoding="utf-8"
    )
    assert flow.brief(desk).problems == []
    return desk


def run(place: Desk, *words: str) -> tuple[int, str]:
    """Exit status and standard error of `readout samples …`."""
    result = CliRunner().invoke(main, ["--root", str(place.root), "samples", *words])
    return result.exit_code, result.output


def names_in(folder: Path) -> set[str]:
    """File names in a folder, hidden ones too."""
    return {p.name for p in folder.iterdir() if p.is_file()}


def test_removing_takes_the_samples_and_leaves_what_is_mine(place: Desk) -> None:
    status, _ = run(place, "--remove")
    assert status == 0
    assert names_in(place.articles) == {"mine.txt"}
    assert names_in(place.briefings) == {"mine.md"}
    assert flow.brief(place).problems == []


def test_an_edited_briefing_of_a_sample_stays_and_is_named(place: Desk) -> None:
    edited = place.briefings / "2031-06-03-venn-suspended.md"
    edited.write_text(edited.read_text(encoding="utf-8") + "\nMine.\n", encoding="utf-8")
    status, said = run(place, "--remove")
    assert status == 1 and "2031-06-03-venn-suspended.md: has been edited by hand" in said
    assert names_in(place.briefings) == {"mine.md", "2031-06-03-venn-suspended.md"}
    assert "2031-06-03-venn-suspended.txt" in names_in(place.articles), (
        "its article stays, so that it can be proven"
    )
    status, said = run(place, "--remove", "--edited")
    assert status == 0 and "removed  briefings/2031-06-03-venn-suspended.md" in said
    assert names_in(place.articles) == {"mine.txt"}


def test_a_sample_that_somebody_rewrote_is_theirs(place: Desk) -> None:
    rewritten = place.articles / "2031-05-14-flood-relief.txt"
    rewritten.write_text("My own story about a flood, at length.\n", encoding="utf-8")
    status, said = run(place, "--remove")
    assert status == 1 and "has been changed since it shipped" in said
    assert rewritten.exists() and (place.briefings / "2031-05-14-flood-relief.md").exists()


def test_without_remove_the_samples_are_only_listed(place: Desk) -> None:
    before = names_in(place.articles)
    status, said = run(place)
    assert status == 0 and "briefings/articles/2031-03-11-truce-accepted.yml" in said
    assert names_in(place.articles) == before
    assert run(place, "--edited")[0] == 2
