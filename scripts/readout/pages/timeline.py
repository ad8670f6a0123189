"""Days, weeks and months: the timeline, the daily and the weekly brief, and both to mail."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence

from readout.pages import mail, taxonomy
from readout.pages.atlas import Atlas, Said, outlet
from readout.pages.moves import month_words
from readout.pages.parts import (
    briefing_link,
    briefing_list,
    briefing_row,
    document,
    headline,
    invented_mark,
    listed,
    local_party,
    pager,
    quote_row,
    section,
    status_chip,
)
from readout.pages.words import (
    MONTHS,
    capital,
    count,
    date_words,
    day,
    esc,
    number,
    root_from,
    time_tag,
    week_of,
)
from readout.records import Briefing, Page

KEY_QUOTES = 6


def weekday(date: datetime.date) -> str:
    """`Tuesday`."""
    return ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][date.weekday()]


def week_words(week: str) -> str:
    """`Week 10 of 2031 (3 to 9 March 2031)`."""
    first = datetime.date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
    last = first + datetime.timedelta(days=6)
    left = f"{first.day} {MONTHS[first.month - 1]}" if first.month != last.month else str(first.day)
    return f"Week {int(week[6:])} of {week[:4]} ({left} to {date_words(last.isoformat())})"


def key_quotes(atlas: Atlas, briefings: Sequence[Briefing], limit: int) -> list[Said]:
    """The quotes to lead with: of each briefing the first word-for-word quote of its most central speaker.

    Briefings give their first quotes in turn, then their second, until the limit.
    """
    queues: list[list[Said]] = []
    for b in briefings:
        own = [Said(b, q) for q in b.quotes if q.speaker and q.kind == "direct"] or [
            Said(b, q) for q in b.quotes if q.speaker
        ]
        queues.append(own[:3])
    picked: list[Said] = []
    for turn in range(3):
        picked += [q[turn] for q in queues if len(q) > turn]
    return picked[:limit]


def move_lines(atlas: Atlas, briefings: Sequence[Briefing], root: str) -> list[str]:
    """The moves of some briefings by family, each once a thread and status, with its accounts."""
    found: dict[tuple[str, str], list[tuple[Briefing, int]]] = defaultdict(list)
    for b in briefings:
        for n in range(len(b.moves)):
            thread = atlas.thread_of.get((b.header.slug, n))
            found[(thread.id if thread else f"{b.header.slug} {n}", b.moves[n].status)].append((b, n))
    families: dict[str, list[str]] = defaultdict(list)
    for (thread_id, status), places in found.items():
        b, n = places[0]
        move = b.moves[n]
        label = (
            f'<a class="ro-label" href="{root}moves/{thread_id}/">{esc(capital(move.label))}</a>'
            if thread_id in atlas.threads
            else esc(capital(move.label))
        )
        who = listed([local_party(atlas, b, a, root) for a in move.actors])
        whom = listed([local_party(atlas, b, t, root) for t in move.targets])
        line = f"{who}{' → ' + whom if whom else ''}" if who else (f"→ {whom}" if whom else "nobody named")
        told = ", ".join(
            f'<a class="ro-source" href="{root}briefings/{esc(x.header.slug)}/#m-{x.moves[k].trigger.span.start}">{esc(outlet(x))}</a>'
            for x, k in places[:6]
        )
        family = taxonomy.FAMILY_OF.get(move.type)
        families[family.title if family else "Other"].append(
            f'<li class="ro-trow"><span class="ro-trow-h">{status_chip(status)} {label}</span><span class="ro-meta">{line} · {told}</span></li>'
        )
    order = [f.title for f in taxonomy.FAMILIES] + ["Other"]
    html: list[str] = []
    for name in order:
        if name in families:
            html += [
                f'<h3 class="ro-family">{esc(name)}</h3>',
                '<ul class="ro-list">',
                *families[name],
                "</ul>",
            ]
    return html


def digest(atlas: Atlas, path: str, heading: str, briefings: Sequence[Briefing], before: str | None, after: str | None,
           words: dict[str, str], mails: str) -> Page:  # fmt: skip
    """The brief of a day or a week: what was moved, what was said, what was written."""
    root = root_from(path)
    moves = sum(len(b.moves) for b in briefings)
    quotes = sum(len(b.quotes) for b in briefings)
    lead = key_quotes(atlas, briefings, KEY_QUOTES)
    ways = tuple((f"{root}timeline/{x}/", words[x]) if x else None for x in (before, after))
    body = [
        headline(heading),
        f'<p class="ro-byline">{count(len(briefings), "briefing")} · {count(moves, "move")} · {count(quotes, "quote")} · '
        f'to mail: <a href="{root}feeds/{mails}.txt">plain text</a>, <a href="{root}feeds/{mails}.html">HTML</a></p>',
        section("Moves", "moves", move_lines(atlas, briefings, root)),
        section(
            "In their words",
            "quotes",
            [
                '<ul class="ro-list ro-quotes">',
                *(quote_row(atlas, s.briefing, s.quote, root) for s in lead),
                "</ul>",
            ]
            if lead
            else [],
        ),
        section("Briefings", "briefings", [briefing_list(atlas, briefings[:60], root, lead=True)]),
        pager(ways[0], ways[1]),
    ]
    about = f"{count(len(briefings), 'briefing')}, {count(moves, 'policy move')}, {count(quotes, 'quote')}"
    return document(path, heading, body, tab="Timeline", about=about, search=False)


def pages(atlas: Atlas, address: str = "") -> Iterable[Page]:
    """The timeline, its months, weeks and days, and the briefs to mail; `address` is the site's, where it is known."""
    days = sorted(atlas.days)
    weeks: dict[str, list[Briefing]] = defaultdict(list)
    months: dict[str, list[str]] = defaultdict(list)
    for d in days:
        date = datetime.date.fromisoformat(d)
        weeks[week_of(date)] += atlas.days[d]
        months[d[:7]].append(d)
    yield index(atlas, months, sorted(weeks))
    ordered = sorted(months)
    for n, month in enumerate(ordered):
        yield month_page(
            atlas,
            month,
            months[month],
            ordered[n - 1] if n else None,
            ordered[n + 1] if n + 1 < len(ordered) else None,
        )
    if atlas.undated:
        path = "timeline/undated.md"
        root = root_from(path)
        yield document(
            path,
            "Undated",
            [
                headline("Undated"),
                '<p class="ro-intro">Articles whose date is unknown.</p>',
                briefing_list(atlas, atlas.undated, root),
            ],
            tab="Timeline",
            search=False,
        )
    day_words = {d: date_words(d) for d in days}
    for n, d in enumerate(days):
        date = datetime.date.fromisoformat(d)
        heading = f"Daily brief: {weekday(date)}, {date_words(d)}"
        found = atlas.days[d]
        yield digest(
            atlas,
            f"timeline/{d}.md",
            heading,
            found,
            days[n - 1] if n else None,
            days[n + 1] if n + 1 < len(days) else None,
            day_words,
            f"daily/{d}",
        )
        yield from mail.letters(atlas, f"feeds/daily/{d}", heading, found, f"timeline/{d}/", address)
    week_names = sorted(weeks)
    names = {w: week_words(w) for w in week_names}
    for n, week in enumerate(week_names):
        heading = f"Weekly brief: {names[week]}"
        yield digest(
            atlas,
            f"timeline/{week}.md",
            heading,
            weeks[week],
            week_names[n - 1] if n else None,
            week_names[n + 1] if n + 1 < len(week_names) else None,
            names,
            f"weekly/{week}",
        )
        yield from mail.letters(
            atlas, f"feeds/weekly/{week}", heading, weeks[week], f"timeline/{week}/", address
        )


def index(atlas: Atlas, months: dict[str, list[str]], weeks: list[str]) -> Page:
    """Years and months with their counts, the newest days in full, dates still to come."""
    path = "timeline/index.md"
    root = root_from(path)
    newest = sorted(atlas.days, reverse=True)
    rows: list[str] = []
    years: dict[str, list[str]] = defaultdict(list)
    for month in sorted(months, reverse=True):
        years[month[:4]].append(month)
    most = max((sum(len(atlas.days[d]) for d in ds) for ds in months.values()), default=1)
    for year in sorted(years, reverse=True):
        cells = ""
        for month in years[year]:
            n = sum(len(atlas.days[d]) for d in months[month])
            cells += (f'<li><a href="{root}timeline/{month}/">{MONTHS[int(month[5:]) - 1]}</a>'
                      f'<span class="ro-hbar" style="--at:{round(100 * n / most)}%" aria-hidden="true"></span><span class="ro-count">{count(n, "briefing")}</span></li>')  # fmt: skip
        rows.append(f'<section class="ro-year"><h3>{year}</h3><ul class="ro-months">{cells}</ul></section>')
    if atlas.undated:
        rows.append(
            f'<p><a href="{root}timeline/undated/">{count(len(atlas.undated), "undated briefing")}</a></p>'
        )
    week_links = "".join(
        f'<li><a href="{root}timeline/{w}/">{esc(week_words(w))}</a></li>'
        for w in sorted(weeks, reverse=True)[:8]
    )
    body = [
        headline("Timeline"),
        '<p class="ro-intro">What was done, said and written, day by day. Each day and each week has a brief to print or to mail.</p>',
        section("Latest days", "days", [line for d in newest[:5] for line in day_block(atlas, d, root)]),
        section("Dates ahead", "deadlines", deadlines(atlas, root)),
        section("Weekly briefs", "weeks", [f'<ul class="ro-plain">{week_links}</ul>'] if week_links else []),
        section("By month", "months", rows),
    ]
    return document(path, "Timeline", body, tab="Timeline", search=False)


def deadlines(atlas: Atlas, root: str) -> list[str]:
    """Deadlines that articles name, later than the newest article: what is ahead, seen from there."""
    newest = max(atlas.days, default="")
    found: dict[tuple[str, str], str] = {}
    for b in atlas.corpus.briefings:
        for n, move in enumerate(b.moves):
            for term in move.terms:
                date = day(term.norm) if term.kind == "deadline" and len(term.norm or "") == 10 else None
                thread = atlas.thread_of.get((b.header.slug, n))
                if date and date.isoformat() > newest and thread:
                    line = f'<li>{time_tag(date.isoformat(), short=True)} <span>{status_chip(thread.status)} <a href="{root}moves/{thread.id}/">{esc(capital(thread.label))}</a>: {esc(term.passage.words)}</span></li>'
                    found.setdefault((date.isoformat(), thread.id), line)
    return ['<ol class="ro-dates">', *(found[k] for k in sorted(found)[:30]), "</ol>"] if found else []


def day_block(atlas: Atlas, date: str, root: str, level: int = 3) -> list[str]:
    """A day on the timeline: its moves and its briefings."""
    briefings = atlas.days[date]
    rows: list[str] = []
    for b in briefings:
        chips: dict[str, str] = {}
        for n, m in enumerate(b.moves):
            thread = atlas.thread_of.get((b.header.slug, n))
            target = (
                f"{root}moves/{thread.id}/"
                if thread
                else f"{root}briefings/{esc(b.header.slug)}/#m-{m.trigger.span.start}"
            )
            chips.setdefault(
                target, f'<li>{status_chip(m.status)} <a href="{target}">{esc(capital(m.label))}</a></li>'
            )
        shown = list(chips.values())
        more = f'<li class="ro-mute">{count(len(shown) - 4, "more move")}</li>' if len(shown) > 5 else ""
        inner = f'<ul class="ro-plain">{"".join(shown[: 4 if more else 5])}{more}</ul>' if shown else ""
        rows.append(f'<li class="ro-brow"><span class="ro-brow-h">{briefing_link(b, root)}</span>{invented_mark(b)}'
                    f'<span class="ro-meta">{esc(outlet(b))} · {count(len(b.quotes), "quote")}</span>{inner}</li>')  # fmt: skip
    when = datetime.date.fromisoformat(date)
    return [
        f'<section class="ro-day"><h{level} id="d-{date}"><a href="{root}timeline/{date}/">{weekday(when)}, {date_words(date)}</a></h{level}>',
        '<ul class="ro-list">',
        *rows,
        "</ul></section>",
    ]


def month_page(atlas: Atlas, month: str, days: list[str], before: str | None, after: str | None) -> Page:
    """A month, its days newest first."""
    path = f"timeline/{month}.md"
    root = root_from(path)
    n = sum(len(atlas.days[d]) for d in days)
    ways = tuple((f"{root}timeline/{x}/", month_words(x)) if x else None for x in (before, after))
    blocks: list[str] = []
    if n <= 150:
        for d in sorted(days, reverse=True):
            blocks += day_block(atlas, d, root, level=2)
    else:
        # A month of hundreds of briefings lists its days by headline; each day's page has the rest.
        for d in sorted(days, reverse=True):
            blocks += [f'<section class="ro-day"><h2 id="d-{d}"><a href="{root}timeline/{d}/">{date_words(d)}</a> <span class="ro-count">{number(len(atlas.days[d]))}</span></h2>', '<ul class="ro-list">',
                       *(briefing_row(atlas, b, root) for b in atlas.days[d][:12]), "</ul></section>"]  # fmt: skip
    return document(
        path,
        month_words(month),
        [
            headline(month_words(month)),
            f'<p class="ro-byline">{count(n, "briefing")} on {count(len(days), "day")}</p>',
            *blocks,
            pager(ways[0], ways[1]),
        ],
        tab="Timeline",
        search=False,
    )
