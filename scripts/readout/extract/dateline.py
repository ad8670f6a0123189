"""Datelines: where and when a report was written, before its first sentence."""

from __future__ import annotations

import re

from readout.records import Doc, Paragraph, Span

DATELINE = re.compile(
    r"(?:\A|\n)[ \t]*(?P<line>(?:[A-ZÀ-Þ][A-ZÀ-Þ'’ ./-]{2,40}|(?:[A-ZÀ-Þ][\w’'.]+ ?){1,3}?)"
    r"(?:, [^\n]{1,40}?)?(?: ?\([^)\n]{1,30}\))? ?(?:—|–|--|-)) (?!wh)"
    r"|(?:\A|\n)[ \t]*(?P<tight>[A-ZÀ-Þ][A-ZÀ-Þ'’ .]{3,30}(?:, [^\n]{1,40}?)?(?: ?\([^)\n]{1,30}\))?—)(?=[A-ZÀ-Þ][a-z])"
)
"""“NAIROBI, March 4 (AP) - ”, “Beijing - ” at the head of a paragraph."""

CITY = re.compile(
    r"(?:\A|\n)(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ'’ .-]{3,30}[A-ZÀ-Þ])"
    r"(?:, [^\n]{1,30}?)?(?: \([^)\n]{1,20}\))? ?(?:[—–-]|--) "
)
"""The same with a city in capitals, its `place`: stricter, since it tells what a name is."""


def behind(doc: Doc, p: Paragraph) -> int:
    """The first token behind the dateline of a paragraph; its first token where it has none."""
    first = i = doc.sentences[p.first].first
    start = doc.tokens[first].start
    m = DATELINE.match("\n" + doc.text[start : start + 120])
    if m is not None:
        end = start + m.end(m.lastgroup or "line") - 1
        while i < len(doc.tokens) and doc.tokens[i].end <= end:
            i += 1
    return i


def surely_behind(doc: Doc, p: Paragraph) -> int:
    """As `behind`, but only where capitals or brackets show that no name of the sentence stands before the dash."""
    first, end = doc.sentences[p.first].first, behind(doc, p)
    certain = doc.tokens[first].text.isupper() or any(t.text == "(" for t in doc.tokens[first:end])
    return end if certain else first


def spans(doc: Doc) -> list[Span]:
    """Where the certain datelines of a doc stand."""
    ends = [(doc.sentences[p.first].first, surely_behind(doc, p)) for p in doc.paragraphs]
    return [Span(doc.tokens[a].start, doc.tokens[b - 1].end) for a, b in ends if b > a]


WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
