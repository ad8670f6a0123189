"""The daily and the weekly brief as letters: plain text, and HTML that mail programs show."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from readout.pages import taxonomy
from readout.pages.atlas import Atlas, move_id, outlet, quote_id, title
from readout.pages.parts import cue_words, plain_quote, speaker_words
from readout.pages.words import clean, count, date_words, esc, shorten
from readout.records import Briefing, Move, Page, Quote

WIDTH = 72
QUOTES = 3
MOVES = 6


def names(briefing: Briefing, values: Sequence[str]) -> str:
    """Actors of a move as words."""
    known = {a.id: a.name for a in briefing.actors}
    return ", ".join(clean(known.get(v, v)) for v in values)


def line_of(briefing: Briefing, move: Move) -> str:
    """A move in a line: `[Agreed] 30-day truce: Vessia → Ormland`."""
    who, whom = names(briefing, move.actors), names(briefing, move.targets)
    parties = f"{who} → {whom}" if who and whom else who or (f"→ {whom}" if whom else "")
    hedge = f" (uncertain: “{clean(move.hedge.words)}”)" if move.hedge else ""
    return f"[{taxonomy.status_words(move.status)}] {clean(move.label)}{': ' + parties if parties else ''}{hedge}"


def key(briefing: Briefing) -> list[Quote]:
    """The quotes a letter holds of a briefing: word-for-word ones first."""
    return sorted(briefing.quotes, key=lambda q: (q.kind != "direct", q.speaker is None))[:QUOTES]


def letters(
    atlas: Atlas, stem: str, heading: str, briefings: Sequence[Briefing], page: str, address: str
) -> Iterable[Page]:
    """Both versions of one brief; without a known address of the site links are left out: they would lead nowhere."""
    yield Page(f"{stem}.txt", text(heading, briefings, page, address))
    yield Page(f"{stem}.html", html(heading, briefings, page, address))


def fill(words: str, first: str = "", other: str | None = None) -> str:
    """Words wrapped for a letter."""
    indent = first if other is None else other
    return textwrap.fill(
        words,
        WIDTH,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def text(heading: str, briefings: Sequence[Briefing], page: str, address: str) -> str:
    """The plain text."""
    moves = sum(len(b.moves) for b in briefings)
    lines = [
        fill(heading),
        "=" * min(WIDTH, len(heading)),
        "",
        f"{count(len(briefings), 'briefing')}, {count(moves, 'move')}".replace("\u202f", " "),
    ]
    if address:
        lines.append(f"{address}{page}")
    for b in briefings:
        head = clean(title(b))
        lines += [
            "",
            fill(head),
            "-" * min(WIDTH, len(head)),
            f"{clean(outlet(b))}, {date_words(b.header.published)}",
        ]
        if b.header.invented:
            lines.append("INVENTED: this story was made up for demonstration.")
        lines += ["", *(fill(clean(p.words), "* ", "  ") for p in b.summary)]
        if b.moves:
            lines += ["", "Moves:", *(fill(line_of(b, m), "- ", "  ") for m in b.moves[:MOVES])]
        quotes = key(b)
        if quotes:
            lines += ["", "Quotes:"]
            for q in quotes:
                lines.append(fill(f"{clean(speaker_words(b, q))} ({reported(q)}): {plain_quote(q)}", "- ", "  "))
        if address:
            lines += ["", f"{address}briefings/{b.header.slug}/"]
    lines += [
        "",
        "-- ",
        fill("Every quote and every evidence sentence stands in its article, character by character."),
    ]
    return "\n".join(lines) + "\n"


def reported(quote: Quote) -> str:
    """A quote's kind, and where it is a paraphrase the words that report it: they may say that it was not said."""
    cue = cue_words(quote)
    return quote.kind if quote.kind == "direct" or not cue else f"{quote.kind}, {cue}"


def html(heading: str, briefings: Sequence[Briefing], page: str, address: str) -> str:
    """The HTML: styles in the elements, no picture, nothing loaded."""
    ink, mute, rule = "color:#1c2127", "color:#5a6270", "border-top:1px solid #d9d6cf"
    body: list[str] = []

    def link(where: str, words: str) -> str:
        return (
            f'<a href="{esc(address)}{esc(where)}" style="color:#0b4f8a">{esc(words)}</a>'
            if address
            else esc(words)
        )

    for b in briefings:
        where = f"briefings/{b.header.slug}/"
        body.append(
            f'<h2 style="font-size:20px;line-height:1.3;margin:24px 0 4px;padding-top:20px;{rule}">{link(where, title(b))}</h2>'
        )
        body.append(
            f'<p style="margin:0 0 10px;{mute};font-size:14px">{esc(outlet(b))}, {esc(date_words(b.header.published))}{" · <strong>invented</strong>" if b.header.invented else ""}</p>'
        )
        body += [f'<p style="margin:0 0 10px">{esc(p.words)}</p>' for p in b.summary[:2]]
        if b.moves:
            body.append(
                '<ul style="margin:0 0 12px;padding-left:20px">'
                + "".join(
                    f'<li style="margin:0 0 4px">{link(where + "#" + move_id(m), line_of(b, m))}</li>'
                    for m in b.moves[:MOVES]
                )
                + "</ul>"
            )
        body += [
            f'<blockquote style="margin:0 0 10px;padding-left:12px;border-left:3px solid #c9c5bb">{esc(shorten(plain_quote(q), 400))}'
            f'<br><span style="{mute};font-size:14px">{link(where + "#" + quote_id(q), speaker_words(b, q))}, {esc(reported(q))}</span></blockquote>'
            for q in key(b)
        ]
    more = f'<p style="margin:0 0 8px">{link(page, "Read it on the site")}</p>' if address else ""
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{esc(heading)}</title></head>\n'
        f"<body style=\"margin:0;padding:24px 16px;background:#ffffff;{ink};font-family:Georgia,'Times New Roman',serif;font-size:17px;line-height:1.5\">"
        f'<main style="max-width:640px;margin:0 auto">\n<h1 style="font-size:26px;line-height:1.2;margin:0 0 8px">{esc(heading)}</h1>\n{more}'
        + "\n".join(body)
        + f'\n<p style="margin:24px 0 0;padding-top:12px;{rule};{mute};font-size:14px">Every quote and every evidence sentence stands in its article, character by character.</p>\n</main></body></html>\n'
    )
