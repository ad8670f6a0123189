"""Metadata: the header in an article's file, or the file beside it; dates and addresses made safe."""

from __future__ import annotations

import datetime
import re
from typing import Any
from urllib.parse import urlsplit

import yaml

from readout.reading.contract import Unreadable

FIELDS = ("title", "source", "author", "url", "published", "invented")
SYNONYMS = {"date": "published", "outlet": "source", "publisher": "source", "link": "url", "byline": "author"}
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
MONTHS = {m: i for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}


class PlainLoader(yaml.SafeLoader):
    """YAML without aliases (a small file can grow huge through them) and without guessed dates."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse aliases; else as the parent class."""
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "aliases are not allowed here", mark)
        return super().compose_node(parent, index)


PlainLoader.yaml_implicit_resolvers = {
    key: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_yaml(text: str) -> Any:
    """Plain data from YAML. Raises Unreadable with the line."""
    try:
        return yaml.load(text, Loader=PlainLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error).split("\n")[0]
        raise Unreadable(f"the header is not YAML: {reason}", mark.line + 1 if mark else None) from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"the header is not YAML: {error}") from None


YEAR_FIRST = re.compile(
    r"(?P<y>\d{4})(?:-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)|(?P<mm>\d{2})(?P<dd>\d{2})(?:T|$))"
)
DAY_FIRST = re.compile(r"\b(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+(?P<m>[A-Za-z]{3})[a-z]*\.?,?\s+(?P<y>\d{4})\b")
MONTH_FIRST = re.compile(r"\b(?P<m>[A-Za-z]{3})[a-z]*\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})\b")


def iso_date(words: str) -> str | None:
    """An ISO date out of the usual ways to write one; None where it is none, or could be two.

    >>> iso_date("2025-03-31T10:00:00Z"), iso_date("31 March 2025"), iso_date("Mar. 31, 2025")
    ('2025-03-31', '2025-03-31', '2025-03-31')
    >>> iso_date("3/4/2025") is None
    True
    """
    words = words.strip()
    if m := YEAR_FIRST.match(words):
        year, month, day = int(m["y"]), int(m["m"] or m["mm"]), int(m["d"] or m["dd"])
    else:
        found = (pattern.search(words) for pattern in (DAY_FIRST, MONTH_FIRST))
        worded = next((m for m in found if m and m["m"].lower() in MONTHS), None)
        if worded is None:
            return None
        year, month, day = int(worded["y"]), MONTHS[worded["m"].lower()], int(worded["d"])
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def safe_url(words: str) -> str | None:
    """An http(s) address without user name, spaces or control characters; else None."""
    words = words.strip()
    if CONTROL.search(words) or re.search(r"[\s<>\"`\\{}|^]", words):
        return None
    try:
        parts = urlsplit(words)
        if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc:
            return words
    except ValueError:
        pass
    return None


def clean(words: str, limit: int = 300) -> str:
    """One line, without control or direction-changing characters, at most `limit` code points."""
    return re.sub(r"\s+", " ", CONTROL.sub(" ", words)).strip()[:limit].strip()


def accept(field: str, value: Any) -> tuple[str | None, str | None]:
    """One metadata value as we keep it, and what is wrong with it (either may be None)."""
    if value is None or value == "" or isinstance(value, dict):
        return None, None
    if isinstance(value, list):
        value = ", ".join(str(v) for v in value)
    if field == "invented":
        return ("true" if value is True or str(value).lower() in ("true", "yes") else None), None
    words = clean(str(value))
    if field == "published":
        date = iso_date(words)
        return (
            date,
            None if date else f"published: “{words}” is no date we can be sure of; write it as 2025-03-31",
        )
    if field == "url":
        url = safe_url(words)
        return url, None if url else f"url: “{words[:80]}” is no http(s) address"
    return words or None, None


def fields(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The fields of a header or side file, and what could not be used. Raises Unreadable."""
    data = load_yaml(text)
    if data is None:
        return {}, ()
    if not isinstance(data, dict):
        raise Unreadable("the header is no list of `field: value` lines")
    kept: dict[str, str] = {}
    problems: list[str] = []
    for key, value in data.items():
        name = str(key).strip().lower()
        name = SYNONYMS.get(name, name)
        if name not in FIELDS:
            continue
        good, problem = accept(name, value)
        if good is not None:
            kept[name] = good
        if problem:
            problems.append(problem)
    return kept, tuple(problems)


FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S | re.M)


def split(text: str) -> tuple[str | None, str]:
    """Front matter (None where there is none) and the body behind it, without its leading blank lines.

    A text that merely opens with a line of hyphens is left alone: front matter must hold `field: value`.
    """
    m = FRONT.match(text)
    if not m or not re.search(r"^[A-Za-z_]+[ \t]*:", m[1], re.M):
        return None, text
    body = text[m.end() :]
    return m[1], body.lstrip("\r\n")
