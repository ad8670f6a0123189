"""Reads `briefings/decisions.toml`: who is who, which moves are one act, as people decided.

What a person decides comes before what the program thinks. An entry that names nobody, or that another one
contradicts, is told with its line; all others are followed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from readout.records import MOVE_STATUSES, Decision, Problem

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SHOWN = "briefings/decisions.toml"
NEEDS = {"merge": 2, "never-merge": 2, "rename": 1, "ignore": 1, "join": 2, "split": 1, "correct": 1}
"""Verb → fewest subjects."""
ABOUT = {
    "merge": "actors",
    "never-merge": "actors",
    "rename": "actors",
    "ignore": "actors",
    "join": "moves",
    "split": "moves",
    "correct": "moves",
}
"""Verb → the key that holds its subjects."""
NOTES = ("who", "when", "why")
HEADER = re.compile(r"^\s*\[\[?\s*\"?([\w-]+)\"?\s*\]?\]", re.M)

Member = tuple[str, str]


# ------------------------------------------------------------------ reading
def lines(text: str) -> dict[tuple[str, int], int]:
    """(verb, its number from 1) → the line its entry begins on."""
    found: dict[tuple[str, int], int] = {}
    counts: dict[str, int] = {}
    for m in HEADER.finditer(text):
        counts[m[1]] = counts.get(m[1], 0) + 1
        found[m[1], counts[m[1]]] = text.count("\n", 0, m.start(1)) + 1
    return found


def read(folder: Path) -> tuple[tuple[Decision, ...], list[Problem]]:
    """The decisions in a folder's `decisions.toml`, in its order, and what in it is not understood.

    An entry: `[[merge]]`, `actors = ["zelensky", "zelenskyy"]`, and `who`, `when`, `why`. No file: none.
    """
    path = folder / "decisions.toml"
    shown = f"{folder.name}/decisions.toml"
    try:
        return parse(path.read_bytes().decode("utf-8-sig"), shown)
    except FileNotFoundError:
        return (), []
    except UnicodeDecodeError:
        return (), [Problem(shown, None, "is not UTF-8 text")]
    except OSError as error:
        return (), [Problem(shown, None, f"cannot be read: {error.strerror}")]


def parse(text: str, shown: str = SHOWN) -> tuple[tuple[Decision, ...], list[Problem]]:
    """The decisions of a file's text, in its order, and what in it is not understood."""
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        return (), [Problem(shown, int(at[1]) if at else None, f"is not TOML: {error}")]
    where = lines(text)
    decisions: list[Decision] = []
    problems: list[Problem] = []
    for verb, entries in data.items():
        if verb not in NEEDS:
            problems.append(
                Problem(shown, where.get((verb, 1)), f"[[{verb}]] is not known; known are {', '.join(NEEDS)}")
            )
            continue
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
            line = where.get((verb, number))
            found = one(verb, entry, line)
            if isinstance(found, str):
                problems.append(Problem(shown, line, f"[[{verb}]] {found}"))
            else:
                decisions += found
    decisions.sort(key=lambda d: d.line or 0)
    return tuple(decisions), problems


def one(verb: str, entry: object, line: int | None) -> list[Decision] | str:
    """The decisions of one entry (`correct` gives one a field), or what is wrong with it."""
    if not isinstance(entry, dict):
        return "is no table; write it with two square brackets on a line of its own"
    key = ABOUT[verb]
    allowed = {
        key,
        key[:-1],
        *NOTES,
        *({"name"} if verb == "rename" else ()),
        *({"status", "label"} if verb == "correct" else ()),
    }
    for field_ in entry:
        if field_ not in allowed:
            return f"has “{field_}”, which is not known there; known are {', '.join(sorted(allowed))}"
    named = entry.get(key, entry.get(key[:-1], []))
    named = [named] if isinstance(named, str) else named
    if not isinstance(named, list) or not all(isinstance(n, str) and n.strip() for n in named):
        return f"needs {key} as words in quotation marks"
    subjects = tuple(dict.fromkeys(n.strip() for n in named))
    if len(subjects) < NEEDS[verb]:
        return (
            f"needs {key} = […] with {'two or more different ones' if NEEDS[verb] == 2 else 'at least one'}"
        )
    notes = {n: str(entry[n]) for n in NOTES if n in entry}
    if verb == "rename":
        name = entry.get("name")
        if len(subjects) > 1:
            return "takes one actor; give each its own entry"
        if not isinstance(name, str) or not name.strip():
            return "needs name = the new name"
        return [Decision(verb, subjects, " ".join(name.split()), line=line, **notes)]
    if verb == "correct":
        if len(subjects) > 1:
            return "takes one move; give each its own entry"
        values = {f: entry[f] for f in ("status", "label") if f in entry}
        if not values or not all(isinstance(v, str) and v.strip() for v in values.values()):
            return "needs status = … or label = …"
        if values.get("status", "ended") not in MOVE_STATUSES:
            return f"has the status “{values['status']}”; statuses are {', '.join(MOVE_STATUSES)}"
        return [
            Decision(verb, subjects, " ".join(v.split()), field=f, line=line, **notes)
            for f, v in values.items()
        ]
    return [Decision(verb, subjects, line=line, **notes)]


# ------------------------------------------------------------------ subjects
def as_member(subject: str) -> Member | None:
    """(slug, actor id) of `slug/actor-id`; None for an identity's id.

    >>> as_member("2031-03-04-truce/ana-silva"), as_member("ana-silva")
    (('2031-03-04-truce', 'ana-silva'), None)
    """
    slug, slash, actor = subject.strip("/").removeprefix("actors/").rpartition("/")
    return (slug, actor) if slash and slug else None


def as_move(subject: str) -> tuple[str, str] | None:
    """(slug, `m-908`) of `slug#m-908`; None for a thread's id.

    >>> as_move("2031-03-04-truce#m-908"), as_move("briefings/2031-03-04-truce/#m-908")
    (('2031-03-04-truce', 'm-908'), ('2031-03-04-truce', 'm-908'))
    """
    slug, sign, anchor = subject.partition("#")
    return (slug.strip("/").removeprefix("briefings/"), anchor) if sign else None


def unknown(decision: Decision, subject: str, known: Collection[str], path: str) -> Problem:
    """That a decision names something that is not there, and what may be meant."""
    close = get_close_matches(subject, known, 1, 0.75)
    hint = f"; is “{close[0]}” meant?" if close else ""
    thing = "move or thread" if ABOUT[decision.verb] == "moves" else "actor"
    return Problem(
        path, decision.line, f"[[{decision.verb}]] names “{subject}”, but there is no such {thing}{hint}"
    )


@dataclass(slots=True)
class AboutActors:
    """What people said of actors, sorted by how it is followed."""

    apart: dict[Member, set[Member]] = field(default_factory=dict)
    """Actors that are never one."""
    apart_ids: set[frozenset[str]] = field(default_factory=set)
    """Pairs of identities that are never one."""
    together: dict[Member, set[Member]] = field(default_factory=dict)
    """Actors that are one."""
    identities: list[Decision] = field(default_factory=list)
    """What is followed when all identities are known; those of its subjects that are actors exist."""
    problems: list[Problem] = field(default_factory=list)


def pairs(subjects: Sequence[str]) -> list[tuple[str, str]]:
    """All pairs of subjects."""
    return [(a, b) for i, a in enumerate(subjects) for b in subjects[i + 1 :]]


def clashes(
    decisions: Iterable[Decision], yes: str, no: str, path: str
) -> tuple[list[Decision], list[Problem]]:
    """The decisions that hold, and what contradicts: of `yes` and `no` on the same two, `no` holds."""
    decisions = list(decisions)
    kept: dict[frozenset[str], Decision] = {}
    for d in decisions:
        if d.verb == no:
            kept.update({frozenset(pair): d for pair in pairs(d.subjects)})
    found, problems = [], []
    for d in decisions:
        against = (
            next((kept[frozenset(p)] for p in pairs(d.subjects) if frozenset(p) in kept), None)
            if d.verb == yes
            else None
        )
        if against is None:
            found.append(d)
            continue
        a, b = next(p for p in pairs(d.subjects) if frozenset(p) in kept)
        there = f"line {against.line}" if against.line else f"[[{no}]]"
        problems.append(
            Problem(
                path,
                d.line,
                f"[[{yes}]] of “{a}” and “{b}” contradicts {there}, which keeps them apart; they stay apart",
            )
        )
    return found, problems


def about_actors(decisions: Iterable[Decision], known: Collection[Member], path: str = SHOWN) -> AboutActors:
    """What is said of actors; `known` are all (slug, actor id) there are."""
    said = AboutActors()
    kept, said.problems = clashes(
        (d for d in decisions if ABOUT[d.verb] == "actors"), "merge", "never-merge", path
    )
    names: dict[str, Decision] = {}
    hidden = {s for d in kept if d.verb == "ignore" for s in d.subjects}
    shown = sorted(f"{slug}/{actor}" for slug, actor in known)
    for decision in kept:
        missing = [s for s in decision.subjects if (m := as_member(s)) and m not in known]
        said.problems += [unknown(decision, s, shown, path) for s in missing]
        if missing:
            continue
        if decision.verb in {"merge", "rename"} and hidden & set(decision.subjects):
            both = sorted(hidden & set(decision.subjects))[0]
            said.problems.append(
                Problem(
                    path, decision.line, f"[[{decision.verb}]] names “{both}”, which [[ignore]] leaves out"
                )
            )
        if decision.verb == "rename":
            before = names.setdefault(decision.subjects[0], decision)
            if before.value != decision.value:
                said.problems.append(
                    Problem(
                        path,
                        decision.line,
                        f"[[rename]] of “{decision.subjects[0]}” to “{decision.value}” contradicts "
                        f"line {before.line}, “{before.value}”; the first holds",
                    )
                )
                continue
        members = [as_member(s) for s in decision.subjects]
        if decision.verb in {"merge", "never-merge"}:
            table = said.together if decision.verb == "merge" else said.apart
            for a in members:
                for b in members:
                    if a and b and a != b:
                        table.setdefault(a, set()).add(b)
        if decision.verb == "never-merge":
            said.apart_ids |= {
                frozenset(p) for p in pairs([s for s in decision.subjects if not as_member(s)])
            }
        if decision.verb == "merge" and all(members):
            continue  # followed while the actors are placed
        said.identities.append(decision)
    return said


# ------------------------------------------------------------------ moves
@dataclass(slots=True)
class AboutMoves:
    """What people said of moves and threads."""

    join: list[Decision] = field(default_factory=list)
    split: list[Decision] = field(default_factory=list)
    correct: list[Decision] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def about_moves(
    decisions: Iterable[Decision], known: Collection[tuple[str, str]], path: str = SHOWN
) -> AboutMoves:
    """What is said of moves; `known` are all (slug, `m-908`) there are. Threads' ids are checked later."""
    said = AboutMoves()
    kept, said.problems = clashes((d for d in decisions if ABOUT[d.verb] == "moves"), "join", "split", path)
    shown = sorted(f"{slug}#{anchor}" for slug, anchor in known)
    values: dict[tuple[str, str | None], Decision] = {}
    for decision in kept:
        missing = [s for s in decision.subjects if (m := as_move(s)) and m not in known]
        said.problems += [unknown(decision, s, shown, path) for s in missing]
        if decision.verb == "split" and not all(as_move(s) for s in decision.subjects):
            said.problems.append(Problem(path, decision.line, "[[split]] needs moves, as in “slug#m-908”"))
            continue
        if missing:
            continue
        if decision.verb == "correct":
            before = values.setdefault((decision.subjects[0], decision.field), decision)
            if before.value != decision.value:
                said.problems.append(
                    Problem(
                        path,
                        decision.line,
                        f"[[correct]] of the {decision.field} of “{decision.subjects[0]}” contradicts "
                        f"line {before.line}; the first holds",
                    )
                )
                continue
        getattr(said, decision.verb).append(decision)
    return said
