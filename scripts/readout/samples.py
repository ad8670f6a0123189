"""The sample articles that ship with the project: which they are, and how they go.

`briefings/articles/.samples` lists them, a line each, as `sha256sum` writes it: digest, two spaces, name.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from readout import desk, form, reading
from readout.desk import Desk
from readout.records import Problem

LIST = ".samples"
LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<name>[^/\\\x00-\x1f]+)")


@dataclass(slots=True)
class Report:
    """What was found, or done; paths are from the project's root."""

    removed: list[str] = field(default_factory=list)
    kept: list[Problem] = field(default_factory=list)
    """What stays although it was to go, and why."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One file of the list."""

    path: Path
    digest: str

    @property
    def as_shipped(self) -> bool:
        """Whether the file stands, byte for byte, as it came."""
        return self.path.is_file() and digest_of(self.path) == self.digest


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def listed(place: Desk) -> tuple[list[Sample], list[Problem]]:
    """The samples on the list, whether or not they are still there; and lines that cannot be read."""
    path = place.articles / LIST
    found: list[Sample] = []
    problems: list[Problem] = []
    try:
        text = desk.read_text(path) or ""
    except (OSError, UnicodeDecodeError) as error:
        return [], [Problem(place.shown(path), None, f"cannot be read: {error}")]
    for number, line in enumerate(text.splitlines(), 1):
        m = LINE.fullmatch(line.rstrip())
        if m:
            found.append(Sample(place.articles / m["name"], m["digest"]))
        elif line.strip():
            problems.append(
                Problem(place.shown(path), number, "a line is a SHA-256 digest, two spaces and a file name")
            )
    return found, problems


def listing(paths: list[Path]) -> str:
    """The list for these files, by name."""
    return "".join(f"{digest_of(p)}  {p.name}\n" for p in sorted(paths, key=lambda p: p.name))


def standing(place: Desk) -> list[Sample]:
    """The samples that are still there: articles and the metadata files beside them."""
    return [s for s in listed(place)[0] if s.path.is_file()]


def remove(place: Desk, edited_too: bool = False) -> Report:
    """Remove the sample articles and their untouched briefings.

    An article that is no longer as it shipped stays. So does one whose briefing a person has edited, with
    that briefing, unless `edited_too` says otherwise: without its article nothing in it could be proven.
    """
    report = Report()
    samples, problems = listed(place)
    report.kept += problems
    left: list[Sample] = []
    articles = [s for s in samples if s.path.suffix.lower() in reading.READERS]
    beside = [s for s in samples if s.path.suffix.lower() not in reading.READERS]
    staying: set[str] = set()
    for sample in articles:
        shown = place.shown(sample.path)
        briefing = place.briefings / f"{reading.article_id(sample.path)}.md"
        if sample.path.is_file() and not sample.as_shipped:
            report.kept.append(
                Problem(
                    shown, None, "has been changed since it shipped: it stays. Remove it yourself if you wish"
                )
            )
            staying.add(sample.path.stem)
            left.append(sample)
            continue
        touched = briefing.is_file() and not form.is_sealed(briefing.read_bytes().decode("utf-8", "replace"))
        if touched and not edited_too:
            report.kept.append(
                Problem(
                    place.shown(briefing),
                    None,
                    "has been edited by hand: it stays, and its article with it. "
                    "`readout samples --remove --edited` removes it too",
                )
            )
            staying.add(sample.path.stem)
            left.append(sample)
            continue
        for path in (sample.path, briefing):
            if path.is_file():
                path.unlink()
                report.removed.append(place.shown(path))
    for sample in beside:
        if sample.path.stem in staying or (sample.path.is_file() and not sample.as_shipped):
            left.append(sample)
            if sample.path.stem not in staying:
                report.kept.append(
                    Problem(place.shown(sample.path), None, "has been changed since it shipped: it stays")
                )
        elif sample.path.is_file():
            sample.path.unlink()
            report.removed.append(place.shown(sample.path))
    remaining = "".join(f"{s.digest}  {s.path.name}\n" for s in sorted(left, key=lambda s: s.path.name))
    if remaining:
        desk.write_if_changed(place.articles / LIST, remaining)
    else:
        (place.articles / LIST).unlink(missing_ok=True)
    report.removed.sort()
    return report
