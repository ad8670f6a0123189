"""The moves tracker and the page of each thread: how far an act of policy has got, by whom it is told, on what terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from readout.pages import feeds, figures, structured, taxonomy
from readout.pages.atlas import Atlas, first_date, last_date, move_at, move_id, outlet
from readout.pages.differences import difference_html
from readout.pages.parts import (
    briefing_link,
    date_range,
    document,
    headline,
    hedge_note,
    invented_mark,
    original_link,
    pager,
    party,
    party_words,
    place,
    section,
    source_line,
    status_chip,
    thread_direction,
    thread_list,
    type_link,
)
from readout.pages.words import (
    capital,
    count,
    day,
    embedded,
    esc,
    marked,
    number,
    root_from,
    slug_path,
    time_tag,
)
from readout.records import Briefing, Difference, Event, Move, Page, Thread

TABLE = 60
"""Rows of the tracker that stand in the page itself; the others come by month, or on filtering."""
MONTH = 150
"""Rows a page of a month holds."""
EVIDENCE = 40
"""Accounts of one thread that a page holds."""


def month_of(thread: Thread) -> str:
    """The month a thread is listed under: that of its latest event."""
    return (last_date(thread) or "undated")[:7] if day(last_date(thread)) else "undated"


def month_words(month: str) -> str:
    """`March 2031`."""
    from readout.pages.words import MONTHS

    return f"{MONTHS[int(month[5:]) - 1]} {month[:4]}" if month != "undated" else "Undated"


def row(atlas: Atlas, thread: Thread, root: str) -> str:
    """A row of the tracker."""
    briefings = len({e.slug for e in thread.events})
    return (f'<tr><td class="ro-c-date">{time_tag(last_date(thread), short=True)}</td>'
            f'<td class="ro-c-move"><a class="ro-label" href="{root}moves/{thread.id}/">{esc(capital(thread.label))}</a>'
            f'<span class="ro-meta">{esc(taxonomy.type_words(thread.type))} · {count(briefings, "briefing")}</span></td>'
            f'<td class="ro-c-status">{status_chip(thread.status)}</td>'
            f'<td class="ro-c-who">{thread_direction(atlas, thread, root)}</td></tr>')  # fmt: skip


def table(atlas: Atlas, threads: Iterable[Thread], root: str, name: str = "") -> list[str]:
    """A table of threads."""
    mark = f' id="{name}"' if name else ""
    return [f'<table class="ro-table"{mark}><thead><tr><th scope="col">Date</th><th scope="col">Move</th><th scope="col">Status</th><th scope="col">Who → whom</th></tr></thead>',
            "<tbody>", *(row(atlas, t, root) for t in threads), "</tbody></table>"]  # fmt: skip


def options(pairs: Iterable[tuple[str, str]], every: str) -> str:
    """The options of a select."""
    return f'<option value="">{every}</option>' + "".join(
        f'<option value="{esc(v)}">{esc(w)}</option>' for v, w in pairs
    )


def tracker(atlas: Atlas) -> Iterable[Page]:
    """The tracker, its months, and the data of its filter."""
    threads = atlas.corpus.threads
    root = root_from("moves/index.md")
    months: dict[str, list[Thread]] = defaultdict(list)
    for t in threads:
        months[month_of(t)].append(t)
    used = {t.type for t in threads}
    groups = "".join(
        f'<optgroup label="{esc(f.title)}">'
        + "".join(f'<option value="{c}">{esc(w)}</option>' for c, w in f.types if c in used)
        + "</optgroup>"
        for f in taxonomy.FAMILIES
        if any(c in used for c, _ in f.types)
    )
    families = [(f.code, f.title) for f in taxonomy.FAMILIES if any(c in used for c, _ in f.types)]
    statuses = [(s, w) for s, (w, _) in taxonomy.STATUSES.items() if any(t.status == s for t in threads)]
    form = (
        '<form class="ro-filter" data-readout="moves" data-src="tracker.json" role="search" aria-label="Filter the moves" hidden><details open><summary>Filter and sort</summary><div class="ro-fields">'
        '<label class="ro-wide">Words <input type="search" name="text" autocomplete="off"></label>'
        f'<label>Topic <select name="family">{options(families, "All topics")}</select></label>'
        f'<label>Type <select name="type"><option value="">All types</option>{groups}</select></label>'
        f'<label>Status <select name="status">{options(statuses, "Any status")}</select></label>'
        '<label>Who acts <input type="text" name="actor" list="ro-parties" autocomplete="off"></label>'
        '<label>Aimed at <input type="text" name="target" list="ro-parties" autocomplete="off"></label>'
        '<label>From <input type="date" name="from"></label><label>To <input type="date" name="to"></label>'
        '<label>Sort <select name="sort"><option value="">Newest first</option><option value="oldest">Oldest first</option>'
        '<option value="status">By status</option><option value="type">By type</option><option value="name">By name</option></select></label>'
        '<button type="submit">Filter</button><button type="reset">Clear</button><datalist id="ro-parties"></datalist></div></details><p class="ro-result" role="status"></p></form>'
    )
    by_month = "".join(
        f'<li><a href="{root}moves/all/{m}/">{esc(month_words(m))}</a> <span class="ro-count">{number(len(months[m]))}</span></li>'
        for m in sorted(months, key=lambda m: (m != "undated", m), reverse=True)
    )
    body = [
        headline("Moves tracker"),
        f'<p class="ro-intro">{count(len(threads), "policy move")}: what was done, proposed, threatened or refused, by whom, and how far it has got.</p>',
        form,
        *(
            table(atlas, threads[:TABLE], root, "results")
            if threads
            else ['<p class="ro-none">No policy move yet.</p>']
        ),
        f'<p class="ro-none ro-static">The newest {TABLE} of {number(len(threads))}; the others by month:</p>'
        if len(threads) > TABLE
        else "",
        section("By month", "months", [f'<ul class="ro-tags">{by_month}</ul>'] if months else []),
        section("What the statuses mean", "statuses", [statuses_table()]),
    ]
    yield document("moves/index.md", "Moves tracker", body, tab="Moves", search=False)
    ids: dict[str, int] = {}

    def ref(value: str) -> int | str:
        return ids.setdefault(value, len(ids)) if value in atlas.identities else value

    rows = [
        [
            t.id,
            capital(t.label),
            t.type,
            t.status,
            [ref(a) for a in t.actors],
            [ref(a) for a in t.targets],
            (last_date(t) or "")[:10],
            len({e.slug for e in t.events}),
        ]
        for t in threads
    ]
    families_of = {code: f.code for code, f in taxonomy.FAMILY_OF.items() if code in used}
    data = {
        "types": {c: taxonomy.type_words(c) for c in sorted(used)},
        "families": families_of,
        "statuses": {s: w for s, (w, _) in taxonomy.STATUSES.items()},
        "parties": [[i, atlas.identities[i].name, " ".join(atlas.identities[i].aliases)] for i in ids],
        "rows": rows,
    }
    yield Page("moves/tracker.json", embedded(data) + "\n")
    ordered = sorted(m for m in months if m != "undated") + (["undated"] if "undated" in months else [])
    for n, month in enumerate(ordered):
        chunks = [months[month][k : k + MONTH] for k in range(0, len(months[month]), MONTH)]
        for k, chunk in enumerate(chunks):
            name = month if k == 0 else f"{month}-{k + 1}"
            path = f"moves/all/{name}.md"
            root = root_from(path)
            heading = f"Moves, {month_words(month)}" + (
                f", page {k + 1} of {len(chunks)}" if len(chunks) > 1 else ""
            )

            def neighbour(there: int, part: int, root: str = root) -> tuple[str, str] | None:
                if not 0 <= there < len(ordered):
                    return None
                return f"{root}moves/all/{ordered[there]}{f'-{part + 1}' if part else ''}/", month_words(
                    ordered[there]
                ) + (f", page {part + 1}" if part else "")

            before = neighbour(n, k - 1) if k else neighbour(n - 1, 0)
            after = neighbour(n, k + 1) if k + 1 < len(chunks) else neighbour(n + 1, 0)
            yield document(
                path,
                heading,
                [
                    headline(heading),
                    f'<p><a href="{root}moves/">Moves tracker</a></p>',
                    *table(atlas, chunk, root),
                    pager(before, after),
                ],
                tab="Moves",
                search=False,
            )


def statuses_table() -> str:
    """The statuses and what they mean."""
    rows = "".join(
        f"<div><dt>{status_chip(code)}</dt><dd>{esc(meaning)}</dd></div>"
        for code, (_, meaning) in taxonomy.STATUSES.items()
    )
    return f'<dl class="ro-legend">{rows}</dl>'


# ------------------------------------------------------------------ thread
def accounts(atlas: Atlas, thread: Thread) -> list[tuple[Event, Briefing, Move]]:
    """The events of a thread that can be shown."""
    found = []
    for event in thread.events:
        briefing, move = atlas.briefings.get(event.slug), move_at(atlas, event)
        if briefing and move:
            found.append((event, briefing, move))
    return found


def page(atlas: Atlas, thread: Thread) -> Page:
    """One act of policy across briefings."""
    path = slug_path("moves", thread.id)
    root = root_from(path)
    found = accounts(atlas, thread)
    several = len(found) > 1
    dates = date_range(first_date(thread), last_date(thread))
    body = [
        headline(capital(thread.label)),
        f'<p class="ro-line">{status_chip(thread.status)} {type_link(thread.type, root)} <span class="ro-meta">{esc(dates)} · {count(len({e.slug for e in thread.events}), "briefing")}</span></p>',
        f'<p class="ro-dir ro-dir-big">{thread_direction(atlas, thread, root)}</p>',
        section("Status", "history", [figures.history_of(atlas, thread, root), *history(atlas, found, root)]),
        section("Terms" if not several else "Terms, by outlet", "terms", terms(found, root)),
        section(
            "Where accounts differ",
            "differences",
            [difference_html(atlas, d, root) for d in thread.differences],
        ),
        section(
            "Statements that differ", "statements", [statement(atlas, d, root) for d in thread.statements]
        ),
        section("Every sentence" if several else "Evidence", "evidence", sentences(found, root)),
        section("Related moves", "related", related(atlas, thread, root)),
        f'<p class="ro-meta">Follow this move: {feeds.links(f"feeds/moves/{thread.id}", root)}</p>',
    ]
    about = f"{taxonomy.type_words(thread.type)}, {taxonomy.status_words(thread.status).lower()}: {' and '.join(party_words(atlas, a) for a in thread.actors[:3]) or 'nobody named'}"
    return document(
        path,
        capital(thread.label),
        body,
        tab="Moves",
        about=about,
        head=structured.for_thread(thread, atlas, atlas.site),
    )


def history(atlas: Atlas, found: list[tuple[Event, Briefing, Move]], root: str) -> list[str]:
    """The status from account to account; where it changes, the change is marked."""
    rows: list[str] = []
    before: str | None = None
    for event, briefing, move in found:
        changed = " ro-step-new" if event.status != before else ""
        note = "" if event.status != before else ' <span class="ro-sr">(unchanged)</span>'
        rows.append(f'<li class="ro-step ro-b-{event.status if event.status in taxonomy.STATUSES else "other"}{changed}">{time_tag(event.date, short=True)} '
                    f'<span class="ro-step-t">{status_chip(event.status)}{note} {hedge_note(move)} '
                    f'<a class="ro-source" href="{root}briefings/{esc(briefing.header.slug)}/#{move_id(move)}">{esc(outlet(briefing))}</a>{invented_mark(briefing)}</span></li>')  # fmt: skip
        before = event.status
    return ['<ol class="ro-steps">', *rows, "</ol>"]


def terms(found: list[tuple[Event, Briefing, Move]], root: str) -> list[str]:
    """Terms, a row for each account and a column for each kind of term that occurs."""
    kinds = [k for k in taxonomy.TERMS if any(t.kind == k for _, _, m in found for t in m.terms)]
    if not kinds:
        return []
    head = "".join(f'<th scope="col">{taxonomy.TERMS[k]}</th>' for k in kinds)
    rows = []
    for _, briefing, move in found[:EVIDENCE]:
        cells = ""
        for kind in kinds:
            words = "; ".join(
                f"{esc(t.passage.words)}{f' <small>= {esc(t.norm)}</small>' if t.norm and t.norm.lower() != t.passage.words.lower() else ''}"
                for t in move.terms
                if t.kind == kind
            )
            cells += (
                f'<td data-label="{taxonomy.TERMS[kind]}">{words}</td>'
                if words
                else f'<td data-label="{taxonomy.TERMS[kind]}" class="ro-unknown">not said</td>'
            )
        rows.append(
            f'<tr><th scope="row">{source_line(briefing, root, "#" + move_id(move))}</th>{cells}</tr>'
        )
    return [
        f'<table class="ro-table ro-terms-table"><thead><tr><th scope="col">Account</th>{head}</tr></thead><tbody>',
        *rows,
        "</tbody></table>",
    ]


def statement(atlas: Atlas, difference: Difference, root: str) -> str:
    """What one actor said at different times, under the actor's name."""
    name = f"<h3>{party(atlas, difference.who, root)}</h3>" if difference.who else ""
    return name + difference_html(atlas, difference, root)


def sentences(found: list[tuple[Event, Briefing, Move]], root: str) -> list[str]:
    """Every sentence the thread rests on, by account."""
    html: list[str] = []
    for _, briefing, move in found[-EVIDENCE:]:
        marks = [(move.trigger.span, ""), *((t.passage.span, "ro-m2") for t in move.terms)]
        if move.hedge:
            marks.append((move.hedge.span, "ro-m3"))
        body = "".join(
            f'<blockquote class="ro-sentence">{marked(p, marks)}</blockquote><p class="ro-facts">{place(briefing, p.span)} {original_link(briefing, p.words)}</p>'
            for p in move.evidence
        )
        html.append(f'<section class="ro-account"><p class="ro-meta"><span class="ro-outlet">{esc(outlet(briefing))}</span>, {time_tag(briefing.header.published, short=True)}'
                    f'{invented_mark(briefing)}: {briefing_link(briefing, root, "#" + move_id(move))}</p>{body}</section>')  # fmt: skip
    return html


def related(atlas: Atlas, thread: Thread, root: str) -> list[str]:
    """Threads of the same type or family that share an actor."""
    family = taxonomy.FAMILY_OF.get(thread.type)
    mine = {p for p in (*thread.actors, *thread.targets) if p in atlas.identities}
    score: dict[str, int] = {}
    for who in sorted(mine):
        for other in (*atlas.acts.get(who, ())[:40], *atlas.suffers.get(who, ())[:40]):
            if other.id != thread.id:
                score[other.id] = score.get(other.id, 0) + 1
    for i in score:
        score[i] += 2 * (atlas.threads[i].type == thread.type) + (
            taxonomy.FAMILY_OF.get(atlas.threads[i].type) is family
        )
    best = sorted(score, key=lambda i: (-score[i], i))[:6]
    return [thread_list(atlas, [atlas.threads[i] for i in best], root)]


def pages(atlas: Atlas) -> Iterable[Page]:
    """The tracker and every thread."""
    yield from tracker(atlas)
    for thread in atlas.corpus.threads:
        yield page(atlas, thread)
