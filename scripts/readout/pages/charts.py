"""Charts as static inline SVG, each a function from data to HTML: no script, no library, no colours of its own.

A chart is a `<figure>` on one line (so that Markdown leaves it alone): a caption, an SVG with a title and a
description for screen readers, and its data as a table in a `<details>`. The colours are those of
`docs/assets/charts.css`, light and dark. The drawings are 360 units wide: at a phone's width one unit is about
one CSS pixel, so the letters stay readable.

All numbers come from integers, `+ - * /` and tables below, never from a library's sine: the same bytes on every
machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from readout.pages.words import clean, date_words, esc, shorten

WIDTH = 360
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Row(NamedTuple):
    """A line of a chart over time: a name, where it leads (from this page; None for nowhere), a count for each period."""

    name: str
    link: str | None
    counts: tuple[int, ...]


class Step(NamedTuple):
    """A point of a status history: ISO date (None: unknown), status code, its words, who reports it, and where."""

    date: str | None
    status: str
    words: str
    outlet: str
    link: str | None = None


class Edge(NamedTuple):
    """How often one actor speaks about another (`says`) or acts on it (`acts`); both by their names' keys."""

    source: str
    target: str
    kind: str
    times: int


# ------------------------------------------------------------------ parts
def num(value: float) -> str:
    """A coordinate with at most one decimal.

    >>> num(3.0), num(2.25)
    ('3', '2.2')
    """
    return f"{value:.1f}".removesuffix(".0")


def figure(key: str, kind: str, title: str, about: str, height: float, drawing: str, table: str) -> str:
    """The frame around a drawing; `key` makes its ids unique on the page."""
    return (
        f'<figure class="chart chart-{kind}"><figcaption>{esc(title)}</figcaption>'
        f'<svg viewBox="0 0 {WIDTH} {num(height)}" role="img" aria-labelledby="{esc(key)}-t {esc(key)}-d">'
        f'<title id="{esc(key)}-t">{esc(title)}</title><desc id="{esc(key)}-d">{esc(about)}</desc>{drawing}</svg>'
        f"<details><summary>The chart’s data as a table</summary>{table}</details></figure>"
    )


def table_of(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A data table; the cells are HTML, the first of each row names it."""
    top = "".join(f'<th scope="col">{esc(h)}</th>' for h in head)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{c}</td>" for c in rest)}</tr>'
        for first, *rest in rows
    )
    return (
        f'<div class="chart-table"><table><caption>{esc(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def linked(name: str, link: str | None) -> str:
    """A name as a link where there is somewhere to go."""
    return f'<a href="{esc(link)}">{esc(name)}</a>' if link else esc(name)


def text(x: float, y: float, words: str, anchor: str = "start", kind: str = "") -> str:
    """Letters in a drawing."""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    sort = f' class="{kind}"' if kind else ""
    return f'<text x="{num(x)}" y="{num(y)}"{place}{sort}>{esc(words)}</text>'


def month_words(month: str) -> str:
    """A month for readers.

    >>> month_words("2031-03")
    'Mar 2031'
    """
    year, _, number = month.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def months_between(first: str, last: str) -> tuple[str, ...]:
    """All months from one to the other, both included.

    >>> months_between("2030-11", "2031-02")
    ('2030-11', '2030-12', '2031-01', '2031-02')
    """
    start, end = (int(m[:4]) * 12 + int(m[5:7]) - 1 for m in (first, last))
    return tuple(f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(start, end + 1))


# ------------------------------------------------------------------ who is quoted how much over time
def over_time(key: str, title: str, noun: str, months: Sequence[str], rows: Sequence[Row]) -> str:
    """Bars by month, one line of them for each row, all to one scale; "" where there is nothing to show.

    `noun` is what is counted, in the plural (`quotes`). At most the last 36 months are drawn; the table has them all.
    """
    rows = [r for r in rows if any(r.counts)]
    if not rows or not months:
        return ""
    first = max(0, len(months) - 36)
    shown = months[first:]
    lone = len(rows) == 1
    left, right, top, line = (4, 26, 16, 74) if lone else (118, 26, 6, 26)
    most = max(max(r.counts[first:], default=0) for r in rows) or 1
    wide = (WIDTH - left - right) / len(shown)
    thick = max(1.0, min(wide * 0.76, 22))
    drawing = []
    for n, row in enumerate(rows):
        base = top + line * (n + 1) - 4
        if not lone:
            drawing.append(text(left - 6, base - 2, shorten(row.name, 17), "end"))
        drawing.append(f'<path class="axis" d="M{left} {base}H{WIDTH - right}"/>')
        bars = ""
        for m, value in enumerate(row.counts[first:]):
            if value:
                high = max(1.5, value / most * (line - 8))
                x = left + wide * m + (wide - thick) / 2
                bars += f"M{num(x)} {base}v-{num(high)}h{num(thick)}v{num(high)}z"
        drawing.append(f'<path class="bar" d="{bars}"/>')
        drawing.append(text(WIDTH - right + 4, base - 1, str(sum(row.counts)), kind="sum"))
    bottom = top + line * len(rows)
    drawing.append(text(left, bottom + 9, month_words(shown[0]), kind="tick"))
    if len(shown) > 1:
        drawing.append(text(WIDTH - right, bottom + 9, month_words(shown[-1]), "end", "tick"))
    if lone:
        drawing.append(text(left, 10, f"most in a month: {most}", kind="tick"))
    parts = []
    for row in rows:
        peak = max(range(len(months)), key=lambda m, row=row: (row.counts[m], -m))  # type: ignore[misc]
        parts.append(
            f"{clean(row.name)}: {sum(row.counts)} {noun}, most in {month_words(months[peak])} ({row.counts[peak]})"
        )
    about = (
        f"Bars by month from {month_words(months[0])} to {month_words(months[-1])}. " + "; ".join(parts) + "."
    )
    used = [m for m in range(len(months)) if any(r.counts[m] for r in rows)]
    if lone:
        cells = [(month_words(months[m]), str(rows[0].counts[m])) for m in used]
        table = table_of(title, ("Month", noun.capitalize()), cells)
    else:
        cells_all = [(linked(r.name, r.link), str(sum(r.counts)), *(busiest(r, months))) for r in rows]
        table = table_of(title, ("Name", noun.capitalize(), "First", "Most", "Last"), cells_all)
    return figure(key, "time", title, about, bottom + 14, "".join(drawing), table)


def busiest(row: Row, months: Sequence[str]) -> tuple[str, str, str]:
    """The first, the fullest and the last month of a row, as words."""
    used = [m for m, value in enumerate(row.counts) if value]
    peak = max(used, key=lambda m: (row.counts[m], -m))
    return (
        month_words(months[used[0]]),
        f"{month_words(months[peak])} ({row.counts[peak]})",
        month_words(months[used[-1]]),
    )


# ------------------------------------------------------------------ a thread's status history
LADDER = (
    "ended", "violated", "suspended", "rejected", "threatened", "proposed", "negotiating", "announced", "agreed", "in-force", "extended",
)  # fmt: skip
"""Statuses from the bottom of the drawing to its top: undone, refused, not yet, decided, real."""


def status_history(key: str, title: str, steps: Sequence[Step]) -> str:
    """A line of dots through time, one height for each status, one dot for each report; "" for fewer than two dates.

    Steps come oldest first; undated ones stand in the table only.
    """
    dated = [s for s in steps if s.date and len(s.date) >= 10]
    days = [ordinal(s.date or "") for s in dated]
    if len(set(days)) < 2:
        return ""
    levels = [code for code in reversed(LADDER) if any(s.status == code for s in dated)]
    levels += [code for code in dict.fromkeys(s.status for s in dated) if code not in LADDER]
    names = {s.status: s.words for s in dated}
    left, right, top, line = 84, 12, 14, 26
    first, last = min(days), max(days)
    height = top + line * len(levels)
    drawing = []
    for n, code in enumerate(levels):
        y = top + line * n
        drawing.append(text(left - 10, y + 4, shorten(names[code], 14), "end"))
        drawing.append(f'<path class="axis" d="M{left - 4} {y}H{WIDTH - right + 4}"/>')
    points = []
    for step, at in zip(dated, days, strict=True):
        x = left + (WIDTH - left - right) * (at - first) / (last - first)
        points.append((x, top + line * levels.index(step.status), step))
    way = f"M{num(points[0][0])} {num(points[0][1])}" + "".join(
        f"H{num(x)}V{num(y)}" for x, y, _ in points[1:]
    )
    drawing.append(f'<path class="way" d="{way}"/>')
    seen: set[tuple[str, str]] = set()
    for x, y, step in points:
        place = (num(x), num(y))
        if place not in seen:
            seen.add(place)
            drawing.append(
                f'<circle class="dot status-{esc(step.status)}" cx="{place[0]}" cy="{place[1]}" r="5"/>'
            )
    drawing.append(text(left, height + 4, date_words(dated[0].date, short=True), kind="tick"))
    drawing.append(text(WIDTH - right, height + 4, date_words(dated[-1].date, short=True), "end", "tick"))
    about = "; ".join(f"{date_words(s.date)}: {clean(s.words)} ({clean(s.outlet)})" for s in dated) + "."
    rows = [(linked(date_words(s.date), s.link), esc(s.words), esc(s.outlet)) for s in steps]
    return figure(
        key,
        "status",
        title,
        about,
        height + 10,
        "".join(drawing),
        table_of(title, ("Date", "Status", "Outlet"), rows),
    )


def ordinal(date: str) -> int:
    """Days since the year 0, near enough to place a date on a line.

    >>> ordinal("2031-03-01") - ordinal("2031-02-28")
    1
    """
    year, month, day = (int(part) for part in date[:10].split("-"))
    year, month = (year - 1, month + 12) if month < 3 else (year, month)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month - 457) // 5 + day


# ------------------------------------------------------------------ who speaks about and acts on whom
# Points on a half circle, x to the right: sines of 0°, 7.5°, … 90°, so that no library's rounding is asked.
SINES = (
    0.0,
    0.13053,
    0.25882,
    0.38268,
    0.5,
    0.60876,
    0.70711,
    0.79335,
    0.86603,
    0.92388,
    0.96593,
    0.99144,
    1.0,
)


def sine(degrees: float) -> float:
    """The sine of an angle, by straight lines between table points: right to half a percent.

    >>> round(sine(30), 2), round(sine(-90), 2), round(sine(210), 2)
    (0.5, -1.0, -0.5)
    """
    degrees %= 360
    sign, degrees = (-1, degrees - 180) if degrees >= 180 else (1, degrees)
    at = min(degrees, 180 - degrees) / 7.5
    n = min(int(at), 11)
    return sign * (SINES[n] + (SINES[n + 1] - SINES[n]) * (at - n))


TIES = {"says": "speaks about", "acts": "acts on"}


def order_round(names: Sequence[str], edges: Sequence[Edge]) -> list[str]:
    """An order round the circle in which those who have to do with one another stand near.

    Pairs swap places while that shortens the sum of count × distance; ends, for the sum falls each time.
    """
    ring = list(names)
    size = len(ring)
    weight: dict[tuple[str, str], int] = {}
    for e in edges:
        if e.source != e.target:
            pair = (min(e.source, e.target), max(e.source, e.target))
            weight[pair] = weight.get(pair, 0) + e.times

    def cost() -> int:
        place = {name: n for n, name in enumerate(ring)}
        return sum(w * min((d := abs(place[a] - place[b])), size - d) for (a, b), w in weight.items())

    best = cost()
    better = size > 3
    while better:
        better = False
        for a in range(size):
            for b in range(a + 1, size):
                ring[a], ring[b] = ring[b], ring[a]
                now = cost()
                if now < best:
                    best, better = now, True
                else:
                    ring[a], ring[b] = ring[b], ring[a]
    return ring


def network(
    key: str,
    title: str,
    names: Mapping[str, str],
    edges: Sequence[Edge],
    links: Mapping[str, str],
    middle: str | None = None,
) -> str:
    """Actors round a circle, an arrow for each that speaks about another and a heavier one for each act; "" for none.

    `names` has the actors to draw, by key (16 at most are read well); `links` leads to their pages, from this one;
    `middle` is drawn in the centre (an actor's own page). Edges to others are left out.
    """
    edges = [
        e for e in edges if e.source in names and e.target in names and e.source != e.target and e.times > 0
    ]
    edges.sort(key=lambda e: (-e.times, e.kind, e.source, e.target))
    drawn = {k for e in edges for k in (e.source, e.target)}
    ring = [k for k in names if k in drawn and k != middle]
    if not ring:
        return ""
    if middle is None:
        ring = order_round(ring, edges)
    tall = max(90.0, min(260.0, len(ring) * 15.0))
    rx, ry, cx, cy = 84.0, tall / 2, WIDTH / 2, tall / 2 + 16
    spots: dict[str, tuple[float, float]] = {}
    letters = []
    for n, name in enumerate(ring):
        angle = 360 * (n + 0.5) / len(ring)
        x, y = cx + rx * sine(angle), cy - ry * sine(angle + 90)
        spots[name] = (x, y)
        rightwards = angle < 180
        letters.append(
            text(
                x + (9 if rightwards else -9),
                y + 4,
                shorten(names[name], 15),
                "start" if rightwards else "end",
            )
        )
    if middle in drawn and middle is not None:
        spots[middle] = (cx, cy)
    most = max(e.times for e in edges)
    lines = []
    for e in edges[:60]:
        lines.append(arrow(spots[e.source], spots[e.target], (cx, cy), e.kind, 0.8 + 2.4 * e.times / most))
    dots = "".join(
        f'<circle class="node{" middle" if k == middle else ""}" cx="{num(x)}" cy="{num(y)}" r="{7 if k == middle else 5}"/>'
        for k, (x, y) in spots.items()
    )
    height = tall + 48
    legend = ""
    for n, (kind, name) in enumerate((k, w) for k, w in TIES.items() if any(e.kind == k for e in edges)):
        x, y = 70 + 120 * n, height - 8
        legend += f'<path class="edge {kind}" stroke-width="1.6" d="M{x} {num(y)}h22"/>{text(x + 27, y + 4, name, kind="tick")}'
    about = f"{len(spots)} actors. " + "; ".join(
        f"{clean(names[e.source])} {TIES.get(e.kind, e.kind)} {clean(names[e.target])}, {e.times} times" if e.times > 1
        else f"{clean(names[e.source])} {TIES.get(e.kind, e.kind)} {clean(names[e.target])}, once" for e in edges[:12]
    ) + ("; and more, in the table." if len(edges) > 12 else ".")  # fmt: skip
    rows = [(linked(names[e.source], links.get(e.source)), TIES.get(e.kind, e.kind), linked(names[e.target], links.get(e.target)), str(e.times))
            for e in edges]  # fmt: skip
    drawing = "".join(lines) + dots + "".join(letters) + legend
    return figure(
        key, "network", title, about, height, drawing, table_of(title, ("Who", "does", "Whom", "Times"), rows)
    )


def arrow(
    start: tuple[float, float], end: tuple[float, float], centre: tuple[float, float], kind: str, width: float
) -> str:
    """A line bent towards the centre, its head at the edge of the other's dot."""
    (x1, y1), (x2, y2), (cx, cy) = start, end, centre
    # The control point lies between the chord's middle and the centre, and a little to the line's left, so that
    # there and back are two lines.
    mx, my = (x1 + x2) / 2, (y1 + y2) / 2
    dx, dy = x2 - x1, y2 - y1
    qx, qy = mx + (cx - mx) * 0.5 - dy * 0.08, my + (cy - my) * 0.5 + dx * 0.08
    tx, ty = x2 - qx, y2 - qy
    size = (tx * tx + ty * ty) ** 0.5 or 1.0
    ux, uy = tx / size, ty / size
    ex, ey = x2 - ux * 6, y2 - uy * 6
    head = (
        f"M{num(ex)} {num(ey)}L{num(ex - ux * 6 - uy * 3)} {num(ey - uy * 6 + ux * 3)}"
        f"L{num(ex - ux * 6 + uy * 3)} {num(ey - uy * 6 - ux * 3)}z"
    )
    return (
        f'<path class="edge {esc(kind)}" stroke-width="{num(width)}" '
        f'd="M{num(x1)} {num(y1)}Q{num(qx)} {num(qy)} {num(ex - ux * 3)} {num(ey - uy * 3)}"/><path class="head {esc(kind)}" d="{head}"/>'
    )
