"""Renews the figures in docs/method.md, and in README.md what a first run prints: `python scripts/figures.py`.

With `--readme` only the latter, which is quick. The table of real articles is renewed only where READOUT_EVAL
names their folder; else it stays as it is.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from readout import desk, flow, measure, measure_own  # noqa: E402 - needs the path above
from readout.corpus import load  # noqa: E402
from readout.pages import all_pages  # noqa: E402

PAGE = ROOT / "docs" / "method.md"
WEIGHTS = ROOT / "scripts" / "readout" / "weights" / "salience.json"
OWN = {
    "actors.names": "names found",
    "actors.typed": "names found, of the right kind",
    "actors.merging": "names of one actor brought together",
    "actors.pronouns": "pronouns resolved",
    "actors.descriptions": "descriptions resolved",
    "quotes.direct": "quotations in marks",
    "quotes.indirect": "paraphrases",
    "quotes.speaker": "speaker of a quotation",
    "moves.detection": "moves, of the right type",
    "moves.status": "status of a move",
    "moves.actors": "who moves",
    "moves.targets": "at whom",
    "moves.terms": "terms",
    "moves.complete": "moves with all of this right",
}
QUOTES = {
    "quoted segments, overlap 0.8": "quotations in marks",
    "indirect statements, overlap 0.8": "paraphrases, 8 words of 10 the same",
    "indirect statements, overlap 0.5": "paraphrases, half of the words the same",
    "quote and speaker by mention": "quotations with their speaker",
    "name, source is a name": "… speaker named by a name",
    "name, source is a pronoun": "… by a pronoun",
    "name, source is a description": "… by a description",
}
MOVES = {
    "detection": "moves, of the right type",
    "status": "status of a move",
    "actors": "who moves",
    "targets": "at whom",
    "terms": "terms",
    "complete": "moves with all of this right",
}
FEATURES = {
    "bias": "constant",
    "headline": "named in the headline",
    "lead": "named in the first sentence",
    "opening": "named in the first two sentences",
    "early": "how early the first mention stands",
    "order": "rank among first mentions",
    "mentions": "number of mentions (logarithm)",
    "share": "mentions, relative to the most mentioned",
    "names": "mentions by name (logarithm)",
    "spread": "share of paragraphs that mention it",
    "subject": "share of mentions as subject",
    "subjects": "number of mentions as subject (logarithm)",
    "speaker": "speaks",
    "quoted": "share of all quoted words",
    "mover": "makes policy moves",
    "target": "is aimed at by moves",
    "possessor": "share of mentions as possessor",
    "descriptions": "mentions by description (logarithm)",
    "last": "how late the last mention stands",
    "person": "is a person",
    "organization": "is an organization",
    "country": "is a country",
    "place": "is a place",
    "group": "is a group",
    "full": "has a name of several words",
}


def own() -> str:
    """The table over the project's own articles."""
    found = measure_own.run(ROOT)
    rows = [f"| measure | {' | '.join(found)} |", "|---|" + "--:|" * len(found)]
    for unit in ("articles", "words"):
        rows.append(f"| {unit} | {' | '.join(f'{v[unit]:,.0f}' for v in found.values())} |")
    for key, words in OWN.items():
        values = " | ".join(f"{100 * v[key]:.1f}" if key in v else "–" for v in found.values())
        rows.append(f"| {words} | {values} |")
    return "\n".join(rows)


def line(words: str, value: float, low: float, high: float) -> str:
    """A row: percent, with its interval where there is one."""
    interval = f"{low:.1f}–{high:.1f}" if high else "–"
    return f"| {words} | {value:.1f} | {interval} |"


def outside() -> str:
    """The table over real articles. Raises FileNotFoundError where they are not here."""
    rows = ["| measure | value | 95% interval |", "|---|--:|--:|"]
    for row in measure.run("actors")["rows"]:
        label = row["label"].strip()
        label = f"… {label}" if label.startswith(("and", "any")) else label
        rows.append(line(label, *(100 * row[k] for k in ("value", "low", "high"))))
    scored: dict[str, Any] = {}
    for figures in measure.run("quotes").values():
        scored |= {key.strip(): value for key, value in figures.items()}
    for key, words in QUOTES.items():
        found = scored.get(key)
        if found:
            low, high = found.get("ci95", (0, 0))
            rows.append(line(words, 100 * found.get("f1", found.get("accuracy", 0)), 100 * low, 100 * high))
    for row in measure.run("moves")["moves"]:
        if row["name"] in MOVES:
            rows.append(line(MOVES[row["name"]], *(100 * row[k] for k in ("value", "low", "high"))))
        if row["name"] == "detection":
            rows.append(line("… of those there, found", 100 * row["recall"], 0, 0))
            rows.append(line("… of those shown, right", 100 * row["precision"], 0, 0))
    return "\n".join(rows)


def weights() -> str:
    """The table of the weights of centrality."""
    found: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    rows = ["| feature | weight |", "|---|--:|"]
    rows += [
        f"| {FEATURES.get(name, name)} | {value:+.3f} |".replace("-", "−") for name, value in found.items()
    ]
    return "\n".join(rows)


def first_run() -> str:
    """What `readout serve` prints of briefings and pages in a fresh clone."""
    place = desk.Desk(ROOT)
    results = flow.check_all(place)
    briefings = [r.briefing for r in results if r.briefing]
    corpus, _ = load.corpus(place.briefings, briefings, ())
    total = len({page.path for page in all_pages(corpus)})
    return f"briefings: {len(briefings)}, 0 written\npages:     {total}, {total} written, 0 removed\n"


def readme(text: str) -> str:
    """README.md with that output."""
    return re.sub(r"^briefings: \d+, .*\npages: .*\n", lambda m: first_run(), text, count=1, flags=re.M)


def put(text: str, name: str, table: str) -> str:
    """The page with a table between its two comments."""
    pattern = rf"(<!-- {re.escape(name)} -->\n).*?(<!-- end -->)"
    return re.sub(pattern, lambda m: f"{m[1]}\n{table}\n\n{m[2]}", text, count=1, flags=re.S)


def main() -> int:
    """Renew what can be renewed."""
    shown = ROOT / "README.md"
    changed = desk.write_if_changed(shown, readme(shown.read_text(encoding="utf-8")))
    print("README.md", "renewed" if changed else "stands as it is")
    if "--readme" in sys.argv:
        return 0
    text = PAGE.read_text(encoding="utf-8")
    text = put(text, "weights: salience", weights())
    text = put(text, "figures: own", own())
    try:
        text = put(text, "figures: outside", outside())
    except FileNotFoundError as error:
        print(f"{error.filename} is not here: the table of real articles stays as it is", file=sys.stderr)
    print("docs/method.md", "renewed" if desk.write_if_changed(PAGE, text) else "stands as it is")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
