"""The annotated articles and sentences that moves are learned from, read by the steps before the moves.

Articles: `tests/gold/wire/train`, one a file, and `tests/gold/moves/train`, several a file. Sentences:
`tests/gold/moves/sentences`, one a line (the format: tests/gold/README.md).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
if str(ROOT / "scripts") not in sys.path:
    sys.path.insert(0, str(ROOT / "scripts"))

from readout import goldtext  # noqa: E402
from readout.extract import quotes, with_cast  # noqa: E402
from readout.records import Article, Cast, Doc, Parse, Quote  # noqa: E402

GOLD = ROOT / "tests" / "gold"
FOLDERS = (GOLD / "wire" / "train", GOLD / "moves" / "train")
SENTENCES = GOLD / "moves" / "sentences"


class Read(NamedTuple):
    """One annotated article or sentence, read up to the quotes."""

    id: str
    gold: list[dict[str, Any]]
    """Moves with `actor_names` and `target_names`: for each the names that count as right."""
    doc: Doc
    parse: Parse
    cast: Cast
    quotes: tuple[Quote, ...]
    alone: bool = False
    """Whether it is a single sentence."""
    roles: tuple[tuple[str, int, int], ...] = ()
    """Of a sentence, the marked actors (`a`) and targets (`t`) as spans."""
    also: tuple[str, ...] = ()
    """Of a sentence, types of other moves in it, unmarked."""


def read(id: str, text: str, gold: list[dict[str, Any]], published: str | None = None, **more: Any) -> Read:
    """Read a text by the steps before the moves."""
    doc, parse, cast = with_cast(Article(id, text, published=published))
    return Read(id, gold, doc, parse, cast, quotes.find(doc, parse, cast), **more)


def named(gold: goldtext.GoldText) -> list[dict[str, Any]]:
    """The moves of an annotated article, each actor and target with the names that count as right."""
    known: dict[str, set[str]] = {}
    for m in gold.mentions:
        if m.form == "name":
            known.setdefault(m.entity, set()).add(gold.text[m.start : m.end])
    rows = []
    for row in gold.moves:
        row = dict(row)
        for field, names_field in (("actors", "actor_names"), ("targets", "target_names")):
            row[names_field] = [sorted(known.get(a, goldtext.alternatives(a))) for a in row[field]]
        rows.append(row)
    return rows


def articles(folders: Iterable[Path] = FOLDERS) -> list[Read]:
    """Every annotated article of some folders."""
    out = []
    for folder in folders:
        for path in sorted(folder.glob("*.txt")):
            for id, source in goldtext.split(path.stem, path.read_text(encoding="utf-8")):
                gold = goldtext.parse(source)
                out.append(read(id, gold.text, named(gold), gold.header.get("published")))
    return out


MARK = re.compile(r"<(/?)([matdrxslck])>")
KINDS = {"d": "duration", "r": "rate", "x": "amount", "s": "scope", "l": "deadline", "c": "condition"}


class Sentence(NamedTuple):
    """One line of the sentences, its marks taken away."""

    type: str
    """A type of move, or `-` for a sentence without any."""
    status: tuple[str, ...]
    """The statuses that can be defended, the best first."""
    text: str
    marks: tuple[tuple[str, int, int], ...]
    also: tuple[str, ...]


def sentence_of(line: str) -> Sentence:
    """Read one line. Raises ValueError with what is wrong.

    >>> s = sentence_of("tariff | ended | <a>Peru</a> lifted <m>duties</m> on <s>tin</s>.")
    >>> s.text, s.marks
    ('Peru lifted duties on tin.', (('a', 0, 4), ('m', 12, 18), ('s', 22, 25)))
    """
    parts = [p.strip() for p in line.split(" | ")]
    if len(parts) not in (3, 4):
        raise ValueError(f"{len(parts)} fields: {line[:60]}")
    kind, status, body = parts[:3]
    out: list[str] = []
    size = at = 0
    opened: list[tuple[str, int]] = []
    marks: list[tuple[str, int, int]] = []
    for m in MARK.finditer(body):
        out.append(body[at : m.start()])
        size += m.start() - at
        at = m.end()
        if not m[1]:
            opened.append((m[2], size))
            continue
        hit = next((k for k in reversed(range(len(opened))) if opened[k][0] == m[2]), None)
        if hit is None:
            raise ValueError(f"</{m[2]}> was not opened: {line[:60]}")
        letter, start = opened.pop(hit)
        marks.append((letter, start, size))
    out.append(body[at:])
    also = tuple(parts[3].replace(",", " ").split()) if len(parts) > 3 else ()
    unknown = ({kind, *also} - {"-"} - goldtext.TYPES) | (set(status.split("/")) - {"-"} - goldtext.STATUSES)
    if opened or unknown or (kind != "-" and not any(c == "m" for c, _, _ in marks)):
        raise ValueError(f"not closed, not in the taxonomy, or without a trigger: {line[:60]}")
    return Sentence(
        kind, tuple(status.split("/")), "".join(out), tuple(sorted(marks, key=lambda x: x[1:])), also
    )


def sentences(folder: Path = SENTENCES) -> list[Read]:
    """Every annotated sentence, as an article of its own."""
    out = []
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if not line.strip() or line.startswith("#"):
                continue
            s = sentence_of(line)
            roles = tuple(m for m in s.marks if m[0] in "at")
            made = read(f"{path.stem}:{number}", s.text + "\n", [], alone=True, roles=roles, also=s.also)
            if s.type != "-":
                triggers = [[a, b] for c, a, b in s.marks if c == "m"]
                spans = [[x.span.start, x.span.end] for x in made.doc.sentences]
                made.gold.append(
                    {
                        "type": s.type,
                        "status": s.status[0],
                        "status_ok": list(s.status),
                        "trigger": triggers[0],
                        "marks": triggers,
                        "evidence": [x for x in spans if any(a < x[1] and x[0] < b for a, b in triggers)],
                        "actor_names": [[s.text[a:b]] for c, a, b in roles if c == "a"],
                        "target_names": [[s.text[a:b]] for c, a, b in roles if c == "t"],
                        "terms": [
                            {"kind": KINDS[c], "text": s.text[a:b], "span": [a, b]}
                            for c, a, b in s.marks
                            if c in KINDS
                        ],
                    }
                )
            out.append(made)
    return out
