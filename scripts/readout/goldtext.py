"""Reads articles annotated inline, the project's own gold (the format: tests/gold/README.md).

Run as a program it checks files: `python scripts/readout/goldtext.py FILE…`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from readout.records import MOVE_STATUSES, MOVE_TYPES

KINDS = {"P": "person", "O": "organization", "C": "country", "L": "place", "G": "group", "X": "other"}
FORMS = {"=": "nominal", "-": "pronoun"}
TYPES, STATUSES = frozenset(MOVE_TYPES), frozenset(MOVE_STATUSES)
TERM_KINDS = frozenset("duration rate amount scope deadline condition".split())

MARK = re.compile(
    r"""\{(?P<open>)|\|(?P<code>[POCLGX=-])[ ](?P<id>[a-z0-9-]+)\}
    |<(?P<tag>[qscm])(?P<n>\d+)(?:[ ](?P<who>\?|[^\s>"]+))?(?:[ ]via="(?P<via>[^"]*)")?>
    |</(?P<end>[qscm])(?P<m>\d+)>""",
    re.X,
)


class GoldMention(NamedTuple):
    start: int
    end: int
    form: str
    entity: str
    code: str


class GoldText(NamedTuple):
    """An annotated article: its text, and annotations whose offsets count in that text."""

    header: dict[str, Any]
    text: str
    mentions: tuple[GoldMention, ...]
    quotes: tuple[dict[str, Any], ...]
    """`content`, `source`, `cue` (lists of spans), `speaker` (id, phrase or None), `via`."""
    moves: tuple[dict[str, Any], ...]
    """As in the extraction format, with `also`, `optional`, and `marks`: the spans of all its marks in the text."""


class BadAnnotation(ValueError):
    """An annotation that cannot be read; says line and reason."""


def strip_marks(
    body: str,
) -> tuple[str, list[GoldMention], dict[str, list[tuple[str, str | None, str | None, int, int]]]]:
    """The text without marks; the mentions; and, by letter, the other marks (number, who, via, start, end)."""
    out: list[str] = []
    size, at = 0, 0
    braces: list[int] = []
    tags: list[tuple[str, str, str | None, str | None, int]] = []
    mentions: list[GoldMention] = []
    found: dict[str, list[tuple[str, str | None, str | None, int, int]]] = {k: [] for k in "qscm"}

    def fail(pos: int, why: str) -> None:
        raise BadAnnotation(
            f"line {body.count(chr(10), 0, pos) + 1} of the body: {why}: {body[max(0, pos - 30) : pos + 40]!r}"
        )

    for m in MARK.finditer(body):
        piece = body[at : m.start()]
        out.append(piece)
        size += len(piece)
        at = m.end()
        if m["open"] is not None:
            braces.append(size)
        elif m["code"]:
            if not braces:
                fail(m.start(), "a mention closes that was not opened")
            start = braces.pop()
            if start == size:
                fail(m.start(), "an empty mention")
            mentions.append(GoldMention(start, size, FORMS.get(m["code"], "name"), m["id"], m["code"]))
        elif m["tag"]:
            tags.append((m["tag"], m["n"], m["who"], m["via"], size))
        else:
            hit = next((i for i in range(len(tags) - 1, -1, -1) if tags[i][:2] == (m["end"], m["m"])), None)
            if hit is None:
                fail(m.start(), f"</{m['end']}{m['m']}> was not opened")
            assert hit is not None
            tag, n, who, via, start = tags.pop(hit)
            found[tag].append((n, who, via, start, size))
    out.append(body[at:])
    if braces:
        raise BadAnnotation(f"a mention is not closed, near {''.join(out)[braces[-1] : braces[-1] + 40]!r}")
    if tags:
        raise BadAnnotation(f"<{tags[-1][0]}{tags[-1][1]}> is not closed")
    text = "".join(out)
    stray = re.search(r"[{}]|</?[qscm]\d|\|[POCLGX=-] ", text)
    if stray:
        raise BadAnnotation(f"a stray mark, near {text[max(0, stray.start() - 30) : stray.end() + 30]!r}")
    mentions.sort(key=lambda x: (x.start, -x.end))
    return text, mentions, found


def split(id: str, source: str) -> list[tuple[str, str]]:
    """The articles of a file as (id, source): a file with several has a line `#### id` before each."""
    parts = re.split(r"(?m)^#### (\S+)\n", source)
    if len(parts) == 1:
        return [(id, source)]
    return [(i, text.strip("\n") + "\n") for i, text in zip(parts[1::2], parts[2::2], strict=True)]


def alternatives(actor: str) -> list[str]:
    """The names of an actor or target that count as right: “Grace Wekesa | Kenya” are two."""
    return [name.strip() for name in actor.split("|")]


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds a span, by the project's own segmentation."""
    from readout.records import Article
    from readout.segment import segment

    for sentence in segment(Article("gold", text)).sentences:
        if sentence.span.start <= start < sentence.span.end:
            return sentence.span.start, max(sentence.span.end, end)
    return start, end


def parse(source: str) -> GoldText:
    """Read one annotated file. Raises BadAnnotation with what is wrong and where."""
    header: dict[str, Any] = {}
    body = source
    if source.startswith("---\n"):
        head, _, body = source[4:].partition("\n---\n")
        header = yaml.safe_load(head) or {}
        header = {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in header.items()}
    body, _, tail = body.partition("\n===\n") if "\n===\n" in body else (body, "", "")
    body = body.strip("\n") + "\n"
    text, mentions, marks = strip_marks(body)
    codes: dict[str, str] = {}
    for m in mentions:
        if m.form == "name" and codes.setdefault(m.entity, m.code) != m.code:
            raise BadAnnotation(f"{m.entity} is both {codes[m.entity]} and {m.code} ({text[m.start : m.end]!r})")
    for m in mentions:
        if m.entity not in codes:
            raise BadAnnotation(f"{m.entity} bears no name in the article ({text[m.start : m.end]!r})")
    quotes: dict[str, dict[str, Any]] = {}
    for n, who, via, s, e in sorted(marks["q"], key=lambda x: x[3]):
        q = quotes.setdefault(
            n, {"content": [], "source": [], "cue": [], "speaker": who, "via": via, "named": who is not None}
        )
        q["content"].append([s, e])
    for letter, field in (("s", "source"), ("c", "cue")):
        for n, _, _, s, e in marks[letter]:
            if n not in quotes:
                raise BadAnnotation(f"<{letter}{n}> without <q{n}>")
            quotes[n][field].append([s, e])
    for n, q in quotes.items():
        if not q.pop("named"):
            raise BadAnnotation(f"<q{n}> names no speaker (write ? where the text does not say)")
        if q["speaker"] == "?":
            q["speaker"] = None
        elif q["speaker"] not in codes:
            if "_" not in q["speaker"] and len(q["speaker"]) < 3:
                raise BadAnnotation(f"<q{n}>: the speaker {q['speaker']!r} is no entity of the article")
            q["speaker"] = q["speaker"].replace("_", " ")
    spots: dict[int, list[tuple[int, int]]] = {}
    for n, _, _, s, e in sorted(marks["m"], key=lambda x: x[3]):
        spots.setdefault(int(n), []).append((s, e))
    moves = []
    for row in yaml.safe_load(tail) or []:
        n = row.get("n")
        if n not in spots:
            raise BadAnnotation(f"move {n} has no <m{n}> in the text")
        if row.get("type") not in TYPES or row.get("status") not in STATUSES:
            raise BadAnnotation(
                f"move {n}: type {row.get('type')!r} or status {row.get('status')!r} is not in the taxonomy"
            )
        places = spots.pop(n)
        evidence = [list(sentence_around(text, *places[0]))]
        for k in row.get("more", []):
            evidence.append(list(sentence_around(text, *places[k])))
        also = [list(sentence_around(text, *p)) for p in places[1:]]
        terms = []
        for term in row.get("terms") or []:
            if term.get("kind") not in TERM_KINDS:
                raise BadAnnotation(f"move {n}: a term of kind {term.get('kind')!r}")
            wanted = str(term["text"])
            hit = next(
                (text.find(wanted, s, e) for s, e in [*evidence, *also] if text.find(wanted, s, e) >= 0), -1
            )
            if hit < 0:
                raise BadAnnotation(f"move {n}: the term {wanted!r} is in none of its sentences")
            terms.append({**term, "text": wanted, "span": [hit, hit + len(wanted)]})
        moves.append(
            {
                "type": row["type"],
                "label": str(row.get("label") or ""),
                "status": row["status"],
                "actors": [str(a) for a in row.get("actors") or []],
                "targets": [str(a) for a in row.get("targets") or []],
                "terms": terms,
                "trigger": list(places[0]),
                "evidence": evidence,
                "also": also,
                "marks": [list(p) for p in places],
                **({"optional": True} if row.get("optional") else {}),
                **({"status_ok": row["status_ok"]} if row.get("status_ok") else {}),
            }
        )
    if spots:
        raise BadAnnotation(f"<m{min(spots)}> has no entry after ===")
    ordered = tuple(sorted(quotes.values(), key=lambda q: q["content"][0]))
    return GoldText(header, text, tuple(mentions), ordered, tuple(moves))


def main(paths: list[str]) -> int:
    """Check files, print what is wrong and what they hold; 1 where something is wrong."""
    bad = 0
    totals = {"files": 0, "words": 0, "names": 0, "nominals": 0, "pronouns": 0, "quotes": 0, "moves": 0}
    types: dict[str, int] = {}
    for path in paths:
        try:
            gold = parse(Path(path).read_text(encoding="utf-8"))
            for key in ("title", "published"):
                if not gold.header.get(key):
                    raise BadAnnotation(f"the header has no {key}")
        except (ValueError, yaml.YAMLError, KeyError, AttributeError, TypeError) as error:
            bad += 1
            print(f"{path}: {error}")
            continue
        totals["files"] += 1
        totals["words"] += len(gold.text.split())
        for m in gold.mentions:
            totals[{"name": "names", "nominal": "nominals", "pronoun": "pronouns"}[m.form]] += 1
        totals["quotes"] += len(gold.quotes)
        totals["moves"] += len(gold.moves)
        for move in gold.moves:
            types[move["type"]] = types.get(move["type"], 0) + 1
    print(", ".join(f"{v} {k}" for k, v in totals.items()))
    print("moves by type:", ", ".join(f"{k} {v}" for k, v in sorted(types.items())))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    raise SystemExit(main(sys.argv[1:]))
