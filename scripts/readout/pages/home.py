"""The home page and the list of all briefings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from readout.pages import feeds, structured, taxonomy
from readout.pages.atlas import Atlas
from readout.pages.figures import most_quoted, network, ties
from readout.pages.moves import month_words
from readout.pages.parts import (
    actor_link,
    briefing_list,
    briefing_row,
    document,
    headline,
    quote_row,
    section,
    thread_list,
)
from readout.pages.timeline import key_quotes, week_words
from readout.pages.words import count, date_words, esc, number, root_from, week_of
from readout.records import Briefing, Page

LATEST = 8
SHOWN = 60


def home(atlas: Atlas) -> Page:
    """Latest briefings, newest moves, most quoted actors; how to begin where there is nothing yet."""
    root = root_from("index.md")
    corpus = atlas.corpus
    if not corpus.briefings:
        body = [
            "<!-- The heading stands in the theme: see scripts/readout/pages/theme/main.html. -->",
            '<div class="ro-empty"><p>There is no briefing yet. Drop an article (<code>.txt</code>, <code>.md</code>, <code>.html</code>) into '
            "<code>briefings/articles/</code> and build again.</p></div>",
        ]
        return document("index.md", "Home", body, tab="Home", head="home: true\n")
    speakers = sorted(atlas.said, key=lambda i: (-len(atlas.said[i]), i))[:10]
    most = len(atlas.said[speakers[0]]) if speakers else 1
    bars = [
        f'<li>{actor_link(atlas.identities[i], atlas.identities[i].name, root)}<span class="ro-hbar" style="--at:{round(100 * len(atlas.said[i]) / most)}%" aria-hidden="true"></span>'
        f'<span class="ro-count">{count(len(atlas.said[i]), "quote")}</span></li>'
        for i in speakers
    ]
    newest = max(atlas.days, default=None)
    brief = ""
    if newest:
        import datetime

        week = week_of(datetime.date.fromisoformat(newest))
        brief = (f'<p class="ro-today"><a href="{root}timeline/{newest}/">Daily brief: {date_words(newest)}</a> '
                 f'<a href="{root}timeline/{week}/">Weekly brief: {esc(week_words(week).split(" (")[0].lower())}</a></p>')  # fmt: skip
    quote = key_quotes(atlas, corpus.briefings[:LATEST], 4)
    families = "".join(
        f'<li><a href="{root}topics/{f.code}/">{esc(f.title)}</a></li>' for f in taxonomy.FAMILIES
    )
    figures = [(len(corpus.briefings), "briefing", "briefings/"), (len(corpus.identities), "actor", "actors/"),
               (sum(len(b.quotes) for b in corpus.briefings), "quote", "quotes/"), (len(corpus.threads), "move", "moves/")]  # fmt: skip
    cells = "".join(
        f'<li><a href="{root}{link}"><strong>{number(n)}</strong> {noun + ("" if n == 1 else "s")}</a></li>'
        for n, noun, link in figures
    )
    body = [
        f'<ul class="ro-figures">{cells}</ul>',
        brief,
        '<div class="ro-home"><div class="ro-home-main">',
        '<h2 id="latest">Latest briefings</h2>',
        briefing_list(atlas, corpus.briefings[:LATEST], root, lead=True),
        f'<p><a class="ro-all" href="{root}briefings/">All briefings</a></p>',
        '<h2 id="words">In their words</h2>' if quote else "",
        '<ul class="ro-list ro-quotes">'
        + "".join(quote_row(atlas, s.briefing, s.quote, root) for s in quote)
        + "</ul>"
        if quote
        else "",
        f'<p><a class="ro-all" href="{root}quotes/">All quotes</a></p>' if quote else "",
        '</div><div class="ro-home-side">',
        '<h2 id="newest">Newest moves</h2>',
        thread_list(atlas, corpus.threads[:10], root) or '<p class="ro-none">No policy move yet.</p>',
        f'<p><a class="ro-all" href="{root}moves/">Moves tracker</a></p>',
        '<h2 id="quoted">Most quoted</h2>',
        '<ul class="ro-bars">' + "".join(bars) + "</ul>" if bars else '<p class="ro-none">No quote yet.</p>',
        f'<h2 id="topics">Topics</h2><ul class="ro-tags">{families}</ul>',
        "</div></div>",
        section("Through time", "numbers", [most_quoted(atlas, root), network(atlas, ties(atlas), root)]),
        f'<p class="ro-meta">Follow: {feeds.links("feeds/all", root)} · <a href="{root}data/">data and feeds</a></p>',
    ]
    return document(
        "index.md",
        "Home",
        [line for line in body if line],
        tab="Home",
        head="home: true\n" + structured.for_page("", atlas.site.name, atlas.site.description, atlas.site),
    )


def briefing_index(atlas: Atlas) -> Page:
    """All briefings: the newest, the others by month."""
    path = "briefings/index.md"
    root = root_from(path)
    found = atlas.corpus.briefings
    months: dict[str, list[Briefing]] = defaultdict(list)
    for d, of_day in atlas.days.items():
        months[d[:7]] += of_day
    links = "".join(
        f'<li><a href="{root}timeline/{m}/">{month_words(m)}</a> <span class="ro-count">{number(len(months[m]))}</span></li>'
        for m in sorted(months, reverse=True)
    )
    if atlas.undated:
        links += f'<li><a href="{root}timeline/undated/">Undated</a> <span class="ro-count">{number(len(atlas.undated))}</span></li>'
    body = [
        headline("Briefings"),
        f'<p class="ro-intro">{count(len(found), "briefing")}, the newest first.</p>',
        '<ul class="ro-list">',
        *(briefing_row(atlas, b, root) for b in found[:SHOWN]),
        "</ul>",
        section("By month", "months", [f'<ul class="ro-tags">{links}</ul>'] if links else []),
    ]
    return document(path, "Briefings", body, tab="Home", search=False)


def pages(atlas: Atlas) -> Iterable[Page]:
    """Home and the list of briefings."""
    yield home(atlas)
    yield briefing_index(atlas)
