"""The disk: lists, reads, writes what changed, prunes what is gone."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from readout.records import Problem

ENDINGS_OF_SIDE_FILES = (".yml", ".yaml")


@dataclass(frozen=True, slots=True)
class Desk:
    """The folders of one project."""

    root: Path

    @property
    def articles(self) -> Path:
        """Raw articles, never rewritten."""
        return self.root / "briefings" / "articles"

    @property
    def briefings(self) -> Path:
        """The briefings: the database."""
        return self.root / "briefings"

    @property
    def docs(self) -> Path:
        """What MkDocs reads."""
        return self.root / "docs"

    @property
    def site(self) -> Path:
        """What MkDocs writes."""
        return self.root / "site"

    @property
    def cache(self) -> Path:
        """What can be thrown away."""
        return self.root / ".readout"

    def shown(self, path: Path) -> str:
        """A path as problems name it: from the project's root, with forward slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()


def find_desk(start: Path) -> Desk:
    """The project `start` lies in: the nearest folder with `mkdocs.yml` or `briefings/`; else `start`."""
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file() or (folder / "briefings").is_dir():
            return Desk(folder)
    return Desk(here)


def article_files(desk: Desk) -> list[Path]:
    """The files in the folder of articles, sorted by name; side files and hidden files left out."""
    if not desk.articles.is_dir():
        return []
    files = [p for p in desk.articles.iterdir() if p.is_file() and not p.name.startswith(".")]
    files = [p for p in files if p.suffix.lower() not in ENDINGS_OF_SIDE_FILES and p.name != "README.md"]
    return sorted(files, key=lambda p: p.name)


def briefing_files(desk: Desk) -> list[Path]:
    """The briefings' files, sorted by name."""
    if not desk.briefings.is_dir():
        return []
    files = [p for p in desk.briefings.glob("*.md") if p.is_file() and p.name != "README.md"]
    return sorted(files, key=lambda p: p.name)


def read_text(path: Path) -> str | None:
    """A file's text in UTF-8; None where there is no file. Raises UnicodeDecodeError and OSError."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None


def write_if_changed(path: Path, text: str) -> bool:
    """Write a file whole or not at all; True when it was written, False where it says the same already."""
    data = text.encode("utf-8")
    try:
        if path.read_bytes() == data:
            return False
    except OSError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True


def prune(folder: Path, keep: set[Path]) -> list[Path]:
    """Remove the files below a folder of derived files that are not in `keep`; what went."""
    gone: list[Path] = []
    if not folder.is_dir():
        return gone
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path not in keep:
            path.unlink()
            gone.append(path)
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return gone


def same_slug(paths: list[Path], slugs: list[str], desk: Desk) -> tuple[Problem, ...]:
    """A problem for each file whose briefing would have another's name."""
    seen: dict[str, Path] = {}
    problems: list[Problem] = []
    for path, slug in zip(paths, slugs, strict=True):
        other = seen.setdefault(slug.lower(), path)
        if other is not path:
            problems.append(
                Problem(
                    desk.shown(path),
                    None,
                    f"its briefing would be {slug}.md, as that of {other.name}: rename one",
                )
            )
    return tuple(problems)
