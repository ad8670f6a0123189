"""What the verbs do, as functions from a desk to a report; `cli` prints the reports."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from readout import checks, desk, form, reading
from readout.compose import compose
from readout.desk import Desk
from readout.extract import extract
from readout.reading.language import english
from readout.records import Article, Briefing, Problem

Progress = Callable[[str], None]


@dataclass(slots=True)
class Report:
    """What a run did; paths are from the project's root."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    """Briefings that people have touched, left as they are."""
    removed: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    """Unified differences between what the program would write and edited briefings, when asked for."""
    problems: list[Problem] = field(default_factory=list)


def engine_digest() -> str:
    """Digest of everything in the package that a briefing's content depends on."""
    package = Path(__file__).parent
    total = hashlib.sha256()
    for folder in ("", "extract", "reading", "lexicons", "weights"):
        for path in sorted((package / folder).glob("*"), key=lambda p: p.name):
            if path.is_file():
                total.update(f"{folder}/{path.name}".encode())
                total.update(path.read_bytes())
    return total.hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file, or of nothing where there is none."""
    return hashlib.sha256(path.read_bytes() if path.is_file() else b"").hexdigest()


def read_state(path: Path) -> dict[str, list[str]]:
    """What an earlier run noted; empty when there is nothing usable."""
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def make(article: Article, file_name: str) -> str:
    """The briefing's file for an article, proven to read back as it was written."""
    briefing = compose(extract(article), file_name)
    text = form.render(briefing)
    back = form.parse(text, article.id)
    if back.briefing != briefing:
        raise AssertionError(f"the briefing of {article.id} does not read back: {back.problems[:3]}")
    return text


def brief(
    place: Desk,
    only: Iterable[Path] | None = None,
    prune: bool = False,
    diff: bool = False,
    progress: Progress = lambda name: None,
) -> Report:
    """Make or renew the briefings of all articles (or of `only` these); report what is left as it is.

    A briefing is made where there is none, and renewed where the file stands as the program wrote it and
    the article or the program has changed. A touched one is left. One whose article is gone is reported,
    and removed only when `prune` says so and nobody has touched it.
    """
    report = Report()
    paths = desk.article_files(place)
    ids = [reading.article_id(p) for p in paths]
    clashes = desk.same_slug(paths, ids, place)
    report.problems += clashes
    clashing = {p.path for p in clashes}
    state_file = place.cache / "briefed.json"
    state = read_state(state_file)
    engine = engine_digest()
    fresh: dict[str, list[str]] = {}
    chosen = None if only is None else {p.resolve() for p in only}
    for path, slug in zip(paths, ids, strict=True):
        target = place.briefings / f"{slug}.md"
        shown, shown_target = place.shown(path), place.shown(target)
        if shown in clashing:
            continue
        if chosen is not None and path.resolve() not in chosen:
            if slug in state:
                fresh[slug] = state[slug]
            continue
        beside = reading.side_file(path)
        inputs = file_digest(path) + (file_digest(beside) if beside else "")
        if state.get(slug) == [inputs, engine, file_digest(target)] and not diff:
            report.unchanged.append(shown_target)
            fresh[slug] = state[slug]
            continue
        try:
            standing = desk.read_text(target)
        except (OSError, UnicodeDecodeError) as error:
            report.problems.append(Problem(shown_target, None, f"cannot be read: {error}"))
            continue
        touched = standing is not None and not form.is_sealed(standing)
        if touched and not diff:
            report.edited.append(shown_target)
            continue
        progress(shown)
        article, problems = reading.read(path, shown)
        report.problems += problems
        if article is None:
            continue
        if not english(article.text):
            report.problems.append(
                Problem(shown, None, "is not in English, the only language understood here: no briefing is made of it")
            )
            continue
        text = make(article, path.name)
        if touched:
            report.edited.append(shown_target)
            assert standing is not None
            report.differences += difflib.unified_diff(
                text.splitlines(),
                standing.splitlines(),
                f"{shown_target} (as made)",
                f"{shown_target} (as edited)",
                lineterm="",
                n=1,
            )
            continue
        changed = desk.write_if_changed(target, text)
        (report.written if changed else report.unchanged).append(shown_target)
        fresh[slug] = [inputs, engine, hashlib.sha256(text.encode()).hexdigest()]
    orphans(place, set(ids), prune, report)
    desk.write_if_changed(state_file, json.dumps(fresh, indent=0, sort_keys=True) + "\n")
    return report


def orphans(place: Desk, ids: set[str], prune: bool, report: Report) -> None:
    """Report the briefings without an article; remove the untouched ones where `prune` says so."""
    for path in desk.briefing_files(place):
        if path.stem in ids:
            continue
        shown = place.shown(path)
        text = path.read_bytes().decode("utf-8", "replace")
        if not form.is_sealed(text):
            if text.replace("\r\n", "\n").startswith("---\nreadout:"):
                report.problems.append(
                    Problem(
                        shown,
                        None,
                        "its article is gone, and a person has edited the briefing: it stays. "
                        "Put the article back, or remove the file yourself",
                    )
                )
        elif prune:
            path.unlink()
            report.removed.append(shown)
        else:
            report.problems.append(
                Problem(
                    shown,
                    None,
                    "its article is gone. Put it back, or remove the briefing with `readout brief --prune`",
                )
            )


@dataclass(frozen=True, slots=True)
class Checked:
    """A briefing's file after parsing and proof."""

    path: str
    briefing: Briefing | None
    """None where it cannot be used or does not stand."""
    article: Article | None
    edited: bool
    passages: int
    """How many passages were compared with the article."""
    problems: tuple[Problem, ...]


def check(place: Desk, path: Path, by_name: dict[str, Path]) -> Checked:
    """Parse one briefing and hold it against its article; `by_name` finds articles' files by name."""
    shown = place.shown(path)
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return Checked(shown, None, None, True, 0, (Problem(shown, None, f"cannot be read: {error}"),))
    edited = not form.is_sealed(text)
    parsed = form.parse(text, path.stem, shown)
    problems = list(parsed.problems)
    article: Article | None = None
    name = (
        parsed.briefing.header.article
        if parsed.briefing
        else next((n for n, p in by_name.items() if reading.article_id(p) == path.stem), "")
    )
    source = by_name.get(name)
    if source is None:
        if parsed.briefing is not None:
            problems.append(
                Problem(shown, 1, f"its article articles/{name} is gone: nothing in it can be proven")
            )
    else:
        article, unread = reading.read(source, place.shown(source))
        if article is None:
            problems += unread
        else:
            problems += checks.against_article(parsed, article, shown)
    return Checked(
        shown, None if problems else parsed.briefing, article, edited, len(parsed.lines), tuple(problems)
    )


def check_all(place: Desk, progress: Progress = lambda name: None) -> list[Checked]:
    """Every briefing, parsed and held against its article."""
    by_name = {p.name: p for p in desk.article_files(place)}
    results = []
    for path in desk.briefing_files(place):
        progress(place.shown(path))
        results.append(check(place, path, by_name))
    return results
