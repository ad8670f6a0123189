"""Briefing against article: every quoted word, every place, every code."""

from __future__ import annotations

import re

from readout.form import NOWHERE, Parsed
from readout.records import MOVE_STATUSES, MOVE_TYPES, Article, Problem


def plain(words: str) -> str:
    """Words with quotation marks, dashes and spaces made alike, to compare what people retype."""
    words = re.sub(r"[“”„«»]|''|``", '"', words)
    words = re.sub(r"[‘’]", "'", words)
    return re.sub(r"\s+", " ", re.sub(r"[–—]", "-", words)).strip()


def shown(words: str) -> str:
    """Words as a problem shows them: in quotation marks, where they do not bring their own."""
    words = re.sub(r"\s+", " ", words)
    words = words if len(words) <= 60 else words[:57] + "…"
    return words if re.match('[“"]', words) else f"“{words}”"


def against_article(parsed: Parsed, article: Article, path: str) -> tuple[Problem, ...]:
    """What in a briefing the article does not bear out; empty when all of it stands.

    Every passage must equal the article's text at its place, character by character, and whatever else
    stands in double quotation marks above the notes must be found in the article.
    """
    problems: list[Problem] = []
    text = article.text
    for line, passage in parsed.lines:
        start, end = passage.span
        if passage.span != NOWHERE and text[start:end] == passage.words and start < end:
            continue
        hits = [m.start() for m in re.finditer(re.escape(passage.words), text)] if passage.words else []
        if hits:
            at = min(hits, key=lambda h: abs(h - start))
            true = f"<!--{at}-{at + len(passage.words)}-->"
            if passage.span == NOWHERE:
                more = f" (or at {len(hits) - 1} more)" if len(hits) > 1 else ""
                problems.append(
                    Problem(path, line, f"{shown(passage.words)} has no place: write {true} behind it{more}")
                )
            else:
                problems.append(
                    Problem(
                        path,
                        line,
                        f"{shown(passage.words)} is not at {start}–{end} of the article; "
                        f"it stands at {at}–{at + len(passage.words)}: write {true}",
                    )
                )
        elif plain(passage.words) and plain(passage.words) in plain(text):
            problems.append(
                Problem(
                    path,
                    line,
                    f"{shown(passage.words)} stands in the article with other spaces, dashes "
                    "or quotation marks: copy it from there as it is",
                )
            )
        else:
            there = (
                f"; there it says {shown(text[start:end])}"
                if passage.span != NOWHERE and start < end <= len(text)
                else ""
            )
            problems.append(
                Problem(
                    path,
                    line,
                    f"these words are not in the article: {shown(passage.words)}{there}. "
                    "Put the article’s own words back, or take the line out",
                )
            )
    body = plain(f"{article.title or ''}\n{text}")
    for line, words in parsed.quoted:
        if plain(words).strip(" .,;:!?") not in body:
            problems.append(
                Problem(
                    path,
                    line,
                    f"in quotation marks, but not in the article: {shown(words)}. "
                    "Take the marks or the words out",
                )
            )
    briefing = parsed.briefing
    if briefing is not None:
        for line, move in zip(parsed.moves, briefing.moves, strict=True):
            if move.type not in MOVE_TYPES:
                problems.append(
                    Problem(
                        path,
                        line,
                        f"“{move.type}” is no type of move; see docs/move-types.md for the forty types",
                    )
                )
            if move.status not in MOVE_STATUSES:
                problems.append(
                    Problem(path, line, f"“{move.status}” is no status; these are {', '.join(MOVE_STATUSES)}")
                )
        if article.digest and briefing.header.digest != article.digest:
            problems.append(
                Problem(
                    path,
                    1,
                    f"the article {briefing.header.article} has changed since the briefing was made "
                    "(its digest differs). Put the old file back, or check the briefing and set "
                    f"`digest: {article.digest}`",
                )
            )
    return tuple(sorted(problems, key=lambda p: p.line or 0))
