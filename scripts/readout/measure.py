"""Extraction against gold: runs the scorers over annotated articles."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from readout import interchange, measure_actors, measure_moves, measure_quotes
from readout.extract import extract
from readout.records import Article

EVAL = Path(os.environ.get("READOUT_EVAL", "../shared/eval"))
SETS = {
    "actors": [
        "actors/dev_gum_news.jsonl",
        "actors/dev_crossner_politics.jsonl",
        "actors/dev_worldwide.jsonl",
    ],
    "quotes": ["quotes/dev.jsonl"],
    "moves": ["moves/dev.jsonl"],
}


WARM_UP = Article("warm-up", "Peru has imposed tariffs on Chile, “a step too far”, Ana Silva said on Monday.")
"""Read before the clock starts, so that what is learned is loaded: words a second are those of reading alone."""


def run(what: str, errors: bool = False) -> dict[str, Any]:
    """Extract every article of the sets of `what` and score it; set → the scorer's result."""
    extract(WARM_UP)
    if what == "actors":
        return actors()
    if what == "moves":
        return moves(errors)
    result: dict[str, Any] = {}
    for part in SETS if what == "all" else [what]:
        for name in SETS[part]:
            gold = EVAL / name
            rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").split("\n") if line.strip()]
            begun = time.perf_counter()
            lines = [
                interchange.to_line(
                    extract(Article(r["id"], r["text"], published=r.get("published") or r.get("date")))
                )
                for r in rows
            ]
            seconds = time.perf_counter() - begun
            with tempfile.TemporaryDirectory() as folder:
                predicted = Path(folder) / "predicted.jsonl"
                predicted.write_text("\n".join(lines) + "\n", encoding="utf-8")
                command = [
                    sys.executable,
                    str(EVAL / f"score_{part}.py"),
                    str(gold),
                    str(predicted),
                    "--json",
                ]
                if part == "quotes":
                    command += ["--speakers", str(EVAL / "quotes/dev_speakers.jsonl"), "--ci"]
                if errors and part != "actors":
                    command.append("--errors")
                done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            words = sum(len(r["text"].split()) for r in rows)
            result[name] = {"words_per_second": round(words / seconds), **json.loads(done.stdout)}
    return result


def articles(name: str) -> list[dict[str, Any]]:
    """The gold articles of an evaluation set."""
    return [
        json.loads(line) for line in (EVAL / name).read_text(encoding="utf-8").split("\n") if line.strip()
    ]


def actors() -> dict[str, Any]:
    """The table of the actors: its rows, and words a second over all that was read."""
    counts: dict[str, list[Any]] = {}
    words, seconds = 0, 0.0
    for key, name in (
        ("gum", SETS["actors"][0]),
        ("crossner", SETS["actors"][1]),
        ("worldwide", SETS["actors"][2]),
        ("speakers", SETS["quotes"][0]),
    ):
        counts[key] = []
        for r in articles(name):
            begun = time.perf_counter()
            found = interchange.to_object(extract(Article(r["id"], r["text"])))["actors"]
            seconds += time.perf_counter() - begun
            words += len(r["text"].split())
            part = (
                measure_actors.count_speakers(r, found)
                if key == "speakers"
                else measure_actors.count(measure_actors.Gold(r), found)
            )
            counts[key].append(part)
    return {
        "rows": [r._asdict() for r in measure_actors.rows(counts)],
        "words_per_second": round(words / seconds),
    }


def moves(errors: bool = False) -> dict[str, Any]:
    """The table of the moves, the seed article among them, and words a second."""
    scorer = measure_moves.load_scorer(EVAL / "score_moves.py")
    golds = {r["id"]: r for r in articles(SETS["moves"][0])}
    begun = time.perf_counter()
    found = {
        k: interchange.to_object(extract(Article(k, r["text"], published=r.get("published"))))
        for k, r in golds.items()
    }
    seconds = time.perf_counter() - begun
    words = sum(len(r["text"].split()) for r in golds.values())
    rows = measure_moves.rows(scorer, golds, found, scorer.print_errors if errors else None)
    first = next(iter(golds))
    seed = measure_moves.seed_row(scorer, golds[first], found[first])
    return {"moves": [r._asdict() for r in rows], "seed": seed, "words_per_second": round(words / seconds)}


def table(result: dict[str, Any]) -> str:
    """The result as text."""
    if "moves" in result:
        return measure_moves.table(
            [measure_moves.Row(**r) for r in result["moves"]], result["seed"], result["words_per_second"]
        )
    if "rows" in result:
        rows = [measure_actors.Row(**r) for r in result["rows"]]
        return (
            measure_actors.table(rows)
            + f"\n{result['words_per_second']} words a second, the whole extraction"
        )
    parts = []
    for name, part in result.items():
        if "quote and speaker by mention" in part:
            parts.append(
                f"{measure_quotes.table(part)}\n{part['words_per_second']} words a second, the whole extraction"
            )
        else:
            parts.append(json.dumps({name: part}, indent=1))
    return "\n\n".join(parts)
