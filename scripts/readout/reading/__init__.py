"""Bytes → Article: one reader a format behind one small contract.

A reader is a function `(data: bytes) -> Reading`. It raises `Unreadable` with a reason a person can act on.
To add a format, write its module and give its endings a line in `READERS`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from readout.reading import header, plain, web
from readout.reading.contract import Reading, Unreadable
from readout.records import Article, Problem

Reader = Callable[[bytes], Reading]
READERS: dict[str, Reader] = {
    ".txt": plain.read_text,
    ".md": plain.read_markdown,
    ".markdown": plain.read_markdown,
    ".html": web.read,
    ".htm": web.read,
}
SIDE_FILES = (".yml", ".yaml")
SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")


def slug(words: str) -> str:
    """Lower-case ASCII letters, digits and single hyphens; empty where nothing of the kind is left.

    >>> slug("Zelenskyy’s “Peace Plan”: 2nd try")
    'zelenskyys-peace-plan-2nd-try'
    """
    plain_words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain_words)).strip("-")[:80].strip("-")


def article_id(path: Path) -> str:
    """The id of the article in a file: its stem where that is a safe file name, else the stem's slug.

    A stem without a single Latin letter or digit gets a digest of itself: the same file, the same id.
    """
    if SAFE.fullmatch(path.stem) and ".." not in path.stem:
        return path.stem
    return slug(path.stem) or "article-" + hashlib.sha256(path.stem.encode()).hexdigest()[:8]


def side_file(path: Path) -> Path | None:
    """The metadata file beside an article (`name.yml` beside `name.txt`), or None."""
    return next((s for s in (path.with_suffix(e) for e in SIDE_FILES) if s.is_file()), None)


def read(path: Path, shown: str | None = None) -> tuple[Article | None, tuple[Problem, ...]]:
    """Read one file; `shown` is its path as problems name it.

    The article is None when it cannot be read; problems may come with an article too (a bad date, say).
    Metadata come from the side file, else the file's own header, else the file's own evidence.
    """
    name = shown or str(path)
    problems: list[Problem] = []
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, (Problem(name, None, f"cannot be read: {error.strerror or error}"),)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = " ".join(sorted(READERS))
        return None, (Problem(name, None, f"no reader for “{path.suffix}” files; known are {known}"),)
    try:
        reading = reader(data)
    except Unreadable as error:
        return None, (Problem(name, error.line, str(error)),)
    meta = dict(reading.evidence)
    meta.update(reading.header)
    for message in reading.problems:
        problems.append(Problem(name, None, message))
    beside = side_file(path)
    if beside is not None:
        shown_beside = str(Path(name).with_name(beside.name))
        try:
            stated, messages = header.fields(plain.decode(beside.read_bytes()))
        except Unreadable as error:
            problems.append(Problem(shown_beside, error.line, str(error)))
        else:
            meta.update(stated)
            problems += [Problem(shown_beside, None, m) for m in messages]
    if "published" not in meta:
        dated = re.match(r"(\d{4}-\d{2}-\d{2})(?=\D|$)", path.stem)
        if dated and header.iso_date(dated[1]):
            meta["published"] = dated[1]
    if not reading.text.strip():
        problems.append(Problem(name, None, "there is no text in it"))
        return None, tuple(problems)
    article = Article(
        id=article_id(path),
        text=reading.text,
        title=meta.get("title"),
        source=meta.get("source"),
        author=meta.get("author"),
        url=meta.get("url"),
        published=meta.get("published"),
        digest=hashlib.sha256(data).hexdigest(),
        invented=meta.get("invented") == "true",
    )
    return article, tuple(problems)
