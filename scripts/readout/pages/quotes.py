"""The index of quotes: the newest, all by month, and the data of its filter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from readout.pages.atlas import Atlas, Said, quote_id
from readout.pages.moves import month_words
from readout.pages.parts import (
    cue_words,
    document,
    headline,
    pager,
    plain_quote,
    quote_row,
    section,
    speaker_words,
)
from readout.pages.words import clean, count, date_words, day, embedded, esc, number, root_from, unsaid
from readout.records import Page

SHOWN = 40
MONTH = 120


def pages(atlas: Atlas) -> Iterable[Page]:
    """The index, its months and its data."""
    said = [Said(b, q) for b in atlas.corpus.briefings for q in b.quotes]
    months: dict[str, list[Said]] = defaultdict(list)
    for s in said:
        date = day(s.briefing.header.published)
        months[date.isoformat()[:7] if date else "undated"].append(s)
    ordered = sorted(m for m in months if m != "undated") + (["undated"] if "undated" in months else [])
    root = root_from("quotes/index.md")
    years = sorted({m[:4] for m in months}, reverse=True)
    outlets = sorted({s.briefing.header.source for s in said if s.briefing.header.source})
    form = (
        f'<form class="ro-filter" data-readout="quotes" data-src="{" ".join(f"data-{y}.json" for y in years)}" role="search" aria-label="Filter the quotes" hidden><details open><summary>Filter and sort</summary><div class="ro-fields">'
        '<label class="ro-wide">Words <input type="search" name="text" autocomplete="off"></label>'
        '<label>Speaker <input type="text" name="speaker" list="ro-speakers" autocomplete="off"></label>'
        '<label>Kind <select name="kind"><option value="">All kinds</option><option value="direct">Direct</option><option value="mixed">Mixed</option><option value="indirect">Indirect</option></select></label>'
        f'<label>Outlet <select name="outlet"><option value="">All outlets</option>{"".join(f"<option>{esc(o)}</option>" for o in outlets)}</select></label>'
        '<label>From <input type="date" name="from"></label><label>To <input type="date" name="to"></label>'
        '<label>Sort <select name="sort"><option value="">Newest first</option><option value="oldest">Oldest first</option><option value="speaker">By speaker</option></select></label>'
        '<button type="submit">Filter</button><button type="reset">Clear</button><datalist id="ro-speakers"></datalist></div></details><p class="ro-result" role="status"></p></form>'
    )
    links = "".join(
        f'<li><a href="{root}quotes/all/{m}/">{esc(month_words(m))}</a> <span class="ro-count">{number(len(months[m]))}</span></li>'
        for m in reversed(ordered)
    )
    body = [
        headline("Quotes"),
        f'<p class="ro-intro">{count(len(said), "statement")} with speaker, kind and place. '
        '<span class="ro-kind ro-k-direct">direct</span> stands word for word in the article’s quotation marks, '
        '<span class="ro-kind ro-k-mixed">mixed</span> in part, <span class="ro-kind ro-k-indirect">indirect</span> is the article’s paraphrase.</p>',
        form,
        '<ul class="ro-list ro-quotes ro-results" id="results">',
        *(quote_row(atlas, s.briefing, s.quote, root) for s in said[:SHOWN]),
        "</ul>",
        f'<p class="ro-none ro-static">The newest {SHOWN} of {number(len(said))}; the others by month:</p>'
        if len(said) > SHOWN
        else "",
        section("By month", "months", [f'<ul class="ro-tags">{links}</ul>'] if links else []),
    ]
    yield document("quotes/index.md", "Quotes", body, tab="Quotes", search=False)
    for year in years:
        of_year = [s for m in ordered if m[:4] == year for s in months[m]]
        yield Page(f"quotes/data-{year}.json", embedded([datum(atlas, s) for s in of_year]) + "\n")
    for n, month in enumerate(ordered):
        chunks = [months[month][k : k + MONTH] for k in range(0, len(months[month]), MONTH)]
        for k, chunk in enumerate(chunks):
            path = f"quotes/all/{month}{f'-{k + 1}' if k else ''}.md"
            root = root_from(path)
            heading = f"Quotes, {month_words(month)}" + (
                f", page {k + 1} of {len(chunks)}" if len(chunks) > 1 else ""
            )

            def neighbour(there: int, part: int, root: str = root) -> tuple[str, str] | None:
                if not 0 <= there < len(ordered):
                    return None
                return f"{root}quotes/all/{ordered[there]}{f'-{part + 1}' if part else ''}/", month_words(
                    ordered[there]
                ) + (f", page {part + 1}" if part else "")

            before = neighbour(n, k - 1) if k else neighbour(n - 1, 0)
            after = neighbour(n, k + 1) if k + 1 < len(chunks) else neighbour(n + 1, 0)
            rows = [quote_row(atlas, s.briefing, s.quote, root) for s in chunk]
            yield document(
                path,
                heading,
                [
                    headline(heading),
                    f'<p><a href="{root}quotes/">All quotes</a></p>',
                    '<ul class="ro-list ro-quotes">',
                    *rows,
                    "</ul>",
                    pager(before, after),
                ],
                tab="Quotes",
                search=False,
            )


def datum(atlas: Atlas, said: Said) -> list[str]:
    """A quote for the filter: address, kind, words, speaker and id, how reported, outlet, date, date in words,
    and whether the reporting words say that it was not said."""
    b, q = said.briefing, said.quote
    identity = atlas.who.get((b.header.slug, q.speaker)) if q.speaker else None
    cue = cue_words(q)
    how = cue + (f" via {clean(q.via)}" if q.via else "")
    return [f"{b.header.slug}/#{quote_id(q)}", q.kind, plain_quote(q), speaker_words(b, q), identity.id if identity else "", how,
            clean(b.header.source or ""), (b.header.published or "")[:10], date_words(b.header.published, short=True), "unsaid" if unsaid(cue) else ""]  # fmt: skip
