"""Reads `briefings/decisions.toml`: who is who, which moves are one, as people decided."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from readout.records import Decision, Problem

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

NEEDS = {"merge": 2, "never-merge": 2, "rename": 1, "ignore": 1, "join": 2, "split": 1}
"""Verb → fewest subjects."""


def read(folder: Path) -> tuple[tuple[Decision, ...], list[Problem]]:
    """The decisions in a folder's `decisions.toml`, and what in it is not understood.

    An entry: `[[merge]]`, `actors = ["zelensky", "zelenskyy"]`, and who, when, why.
    """
    path = folder / "decisions.toml"
    shown = f"{folder.name}/decisions.toml"
    try:
        data: dict[str, Any] = tomllib.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return (), []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return (), [Problem(shown, None, f"is not TOML: {error}")]
    decisions: list[Decision] = []
    problems: list[Problem] = []
    for verb, entries in data.items():
        if verb not in NEEDS:
            problems.append(Problem(shown, None, f"[[{verb}]] is not known; known are {', '.join(NEEDS)}"))
            continue
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
            where = f"[[{verb}]] number {number}"
            if not isinstance(entry, dict):
                problems.append(Problem(shown, None, f"{where} is no table"))
                continue
            named = entry.get("actors") or entry.get("actor") or entry.get("moves") or entry.get("move") or []
            subjects = tuple(str(s) for s in ([named] if isinstance(named, str) else named))
            name = entry.get("name")
            if len(subjects) < NEEDS[verb] or (verb == "rename" and not name):
                problems.append(Problem(shown, None, f"{where} needs {'a name and ' if verb == 'rename' else ''}{NEEDS[verb]} or more actors or moves"))
                continue
            decisions.append(Decision(verb, subjects, str(name) if name else None,
                                      *(str(entry[k]) if k in entry else None for k in ("who", "when", "why"))))  # fmt: skip
    return tuple(decisions), problems
