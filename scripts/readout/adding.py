"""Puts an article into the folder of articles: from a file, an address or standard input."""

from __future__ import annotations

import hashlib
import sys
import urllib.error
import urllib.request
from pathlib import Path

import yaml

from readout import reading
from readout.desk import Desk
from readout.reading import header
from readout.reading.contract import Unreadable
from readout.records import Problem

LIMIT = 20_000_000
"""Bytes of the largest article that is taken."""
SECONDS = 30


def fetch(address: str) -> tuple[bytes, str, str]:
    """The page at an address: bytes, final address, content type. Raises OSError and ValueError."""
    request = urllib.request.Request(address, headers={"User-Agent": "readout (+article fetched by hand)"})
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:
        data = answer.read(LIMIT + 1)
        return data, answer.geturl(), answer.headers.get_content_type()


def free_name(folder: Path, stem: str, ending: str) -> Path:
    """A path in the folder that no article has yet: `stem`, else `stem-2`, `stem-3` …"""
    taken = {reading.article_id(p).lower() for p in folder.iterdir()} if folder.is_dir() else set()
    name, number = stem, 1
    while name.lower() in taken:
        number += 1
        name = f"{stem}-{number}"
    return folder / f"{name}{ending}"


def add(
    place: Desk, source: str, name: str | None, stated: dict[str, str]
) -> tuple[Path | None, list[Problem]]:
    """Copy an article in, byte by byte; its path, or None and why not.

    An article that is there already, byte by byte, is not added again: its path is given back.
    """
    for key, value in stated.items():
        good, wrong = header.accept(key, value)
        if good is None:
            return None, [Problem("--" + key, None, wrong or "is empty")]
        stated[key] = good
    ending = ".txt"
    stem = name or ""
    try:
        if source == "-":
            data = sys.stdin.buffer.read(LIMIT + 1)
            if data[:200].lstrip().lower().startswith((b"<!doctype html", b"<html")):
                ending = ".html"
        elif source.startswith(("http://", "https://")):
            if header.safe_url(source) is None:
                return None, [Problem(source, None, "is no http(s) address")]
            data, final, kind = fetch(source)
            if kind not in ("text/html", "application/xhtml+xml", "text/plain"):
                return None, [Problem(source, None, f"is {kind}, no web page; save it and add the file")]
            ending = ".html" if "html" in kind else ".txt"
            stated.setdefault("url", header.safe_url(final) or source)
        else:
            path = Path(source)
            data = path.read_bytes()
            ending = path.suffix.lower()
            stem = stem or reading.article_id(path)
            if ending not in reading.READERS:
                return None, [
                    Problem(
                        source,
                        None,
                        f"no reader for “{ending}” files; known are {' '.join(sorted(reading.READERS))}",
                    )
                ]
    except urllib.error.HTTPError as error:
        return None, [
            Problem(
                source,
                None,
                f"the server answers {error.code} {error.reason}; save the page and add the file",
            )
        ]
    except OSError as error:
        return None, [
            Problem(
                source, None, f"cannot be read: {error.strerror or getattr(error, 'reason', None) or error}"
            )
        ]
    except ValueError as error:
        return None, [Problem(source, None, f"cannot be fetched: {error}")]
    if len(data) > LIMIT:
        return None, [Problem(source, None, f"is larger than {LIMIT // 1_000_000} MB")]
    try:
        known = reading.READERS[ending](data)
    except Unreadable as error:
        return None, [Problem(source, error.line, str(error))]
    if not known.text.strip():
        return None, [Problem(source, None, "there is no text in it")]
    meta = {**known.evidence, **known.header, **stated}
    if not stem:
        stem = (
            meta.get("title")
            or meta.get("url", "").rstrip("/").rpartition("/")[2]
            or "article-" + hashlib.sha256(data).hexdigest()[:8]
        )
    stem = reading.slug(stem) if name or not reading.SAFE.fullmatch(stem) else stem
    stem = stem or "article-" + hashlib.sha256(data).hexdigest()[:8]
    for other in sorted(place.articles.iterdir()) if place.articles.is_dir() else []:
        if other.is_file() and other.suffix.lower() == ending and other.read_bytes() == data:
            return other, []
    place.articles.mkdir(parents=True, exist_ok=True)
    target = free_name(place.articles, stem, ending)
    target.write_bytes(data)
    if stated:
        beside = yaml.safe_dump(stated, sort_keys=True, allow_unicode=True)
        target.with_suffix(".yml").write_text(beside, encoding="utf-8", newline="\n")
    return target, []
