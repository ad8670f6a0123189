"""Feeds: RSS 2.0, Atom 1.0 and JSON Feed 1.1, of everything, of each actor and of each thread.

Dates are those of publication of the articles: a feed changes only when a briefing does. An entry's id is a UUID of
its permalink's path, so that it outlives a move of the site to another address. An article without a date has none
in RSS and JSON; Atom demands one, and there it is 1970-01-01.
Sources: RSS 2.0 Specification (RSS Advisory Board); RFC 4287 (Atom); jsonfeed.org, version 1.1; RFC 4122, version 5.
"""

from __future__ import annotations

import datetime
import html
import json
import re
import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple

from readout.pages.atlas import Atlas, Said, move_at, move_id, outlet, quote_id, title
from readout.pages.taxonomy import status_words, type_words
from readout.pages.words import clean, count, date_words, day, shorten
from readout.records import Briefing, Identity, Move, Page, Quote, Site, Thread

LATEST = 50
"""Entries in the feeds of everything."""
LATEST_OF_ONE = 20
"""Entries in the feed of an actor or a thread."""
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "readout:permalink")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Entry(NamedTuple):
    """One entry; `path` is its permalink below the site's address."""

    path: str
    title: str
    date: str | None
    """ISO day."""
    about: str
    """HTML."""
    author: str
    tags: tuple[str, ...]


class Feed(NamedTuple):
    """A feed: `path` without ending (`feeds/actors/x`), `home` the page it is the feed of."""

    path: str
    title: str
    about: str
    home: str
    entries: tuple[Entry, ...]


# ------------------------------------------------------------------ entries
def h(words: str) -> str:
    """Words in the HTML of an entry."""
    return html.escape(clean(words))


def iso(published: str | None) -> str | None:
    """The ISO day of a date; None where there is none."""
    date = day(published)
    return date.isoformat() if date else None


def who(parties: tuple[str, ...], briefing: Briefing) -> str:
    """The parties of a move by name."""
    names = {a.id: a.name for a in briefing.actors}
    return ", ".join(clean(names.get(p, p)) for p in parties)


def quote_words(quote: Quote) -> str:
    """A quote's words on one line."""
    return clean(" … ".join(p.words for p in quote.content))


def quote_html(quote: Quote, briefing: Briefing, site: Site) -> str:
    """A quote with its speaker, leading to its place."""
    names = {a.id: a.name for a in briefing.actors}
    link = f"{site.address}briefings/{briefing.header.slug}/#{quote_id(quote)}"
    return f'<li><strong>{h(names.get(quote.speaker or "", "Speaker not named"))}</strong> ({quote.kind}): <a href="{h(link)}">{h(quote_words(quote))}</a></li>'


def move_html(move: Move, briefing: Briefing, site: Site) -> str:
    """A move with type, status and parties, leading to its place."""
    link = f"{site.address}briefings/{briefing.header.slug}/#{move_id(move)}"
    parties = " → ".join(x for x in (who(move.actors, briefing), who(move.targets, briefing)) if x)
    return f'<li><a href="{h(link)}">{h(move.label)}</a>: {h(type_words(move.type))}, {h(status_words(move.status).lower())}{": " + h(parties) if parties else ""}</li>'


def listed(heading: str, items: list[str]) -> str:
    """A list with its heading; "" for none."""
    return f"<h3>{heading}</h3><ul>{''.join(items)}</ul>" if items else ""


def notice(briefing: Briefing) -> str:
    """Where the words are from, and that they are invented where they are."""
    invented = " <strong>Invented for demonstration.</strong>" if briefing.header.invented else ""
    return f"<p>{h(outlet(briefing))}, {h(date_words(briefing.header.published))}.{invented}</p>"


def briefing_entry(briefing: Briefing, site: Site) -> Entry:
    """A briefing: its key sentences, moves and most central quotes."""
    body = notice(briefing)
    body += "".join(f"<p>{h(p.words)}</p>" for p in briefing.summary)
    body += listed("Policy moves", [move_html(m, briefing, site) for m in briefing.moves])
    body += listed("Quotes", [quote_html(q, briefing, site) for q in briefing.quotes[:8]])
    tags = tuple(dict.fromkeys(type_words(m.type) for m in briefing.moves))
    return Entry(
        f"briefings/{briefing.header.slug}/",
        title(briefing),
        iso(briefing.header.published),
        body,
        outlet(briefing),
        tags,
    )


def quote_entry(said: Said, site: Site, name: str | None) -> Entry:
    """A quote."""
    b, quote = said.briefing, said.quote
    names = {a.id: a.name for a in b.actors}
    speaker = name or names.get(quote.speaker or "", "Speaker not named")
    body = f"<blockquote>{h(quote_words(quote))}</blockquote><p>{h(speaker)}, {quote.kind} quote, in “{h(title(b))}”.</p>{notice(b)}"
    return Entry(f"briefings/{b.header.slug}/#{quote_id(quote)}", shorten(f"{speaker}: {quote_words(quote)}", 120), iso(b.header.published), body,
                 outlet(b), (quote.kind,))  # fmt: skip


def move_entry(briefing: Briefing, move: Move) -> Entry:
    """A move as one article reports it."""
    parties = " → ".join(x for x in (who(move.actors, briefing), who(move.targets, briefing)) if x)
    body = f"<p>{h(type_words(move.type))}, {h(status_words(move.status).lower())}. {h(parties)}</p>"
    body += "".join(f"<blockquote>{h(p.words)}</blockquote>" for p in move.evidence) + notice(briefing)
    name = f"{status_words(move.status)}: {move.label}"
    return Entry(
        f"briefings/{briefing.header.slug}/#{move_id(move)}",
        name,
        iso(briefing.header.published),
        body,
        outlet(briefing),
        (type_words(move.type),),
    )


def actor_entry(identity: Identity, briefing: Briefing, atlas: Atlas, site: Site) -> Entry:
    """A briefing as far as it is about one actor."""
    slug = briefing.header.slug
    mine = {actor for s, actor in identity.members if s == slug}
    quotes = [quote_html(q, briefing, site) for q in briefing.quotes if q.speaker in mine]
    moves = [move_html(m, briefing, site) for m in briefing.moves if mine & {*m.actors, *m.targets}]
    body = notice(briefing) + listed("Quotes", quotes) + listed("Policy moves", moves)
    did = ", ".join(
        x
        for x in (count(len(quotes), "quote") if quotes else "", count(len(moves), "move") if moves else "")
        if x
    )
    name = f"{title(briefing)} ({did or 'named'})"
    return Entry(
        f"briefings/{slug}/#a-{min(mine)}", name, iso(briefing.header.published), body, outlet(briefing), ()
    )


# ------------------------------------------------------------------ which feeds there are
def feeds(atlas: Atlas, site: Site) -> Iterator[Feed]:
    """All feeds of a corpus, their entries newest first."""
    latest = atlas.corpus.briefings[:LATEST]
    yield Feed(
        "feeds/all",
        site.name,
        site.description or f"Briefings of {site.name}",
        "",
        tuple(briefing_entry(b, site) for b in latest),
    )
    quotes = [Said(b, q) for b in latest for q in sorted(b.quotes, key=lambda q: q.content[0].span)][:LATEST]
    yield Feed(
        "feeds/quotes",
        f"{site.name}: quotes",
        "The newest quotes",
        "quotes/",
        once(tuple(quote_entry(s, site, None) for s in quotes)),
    )
    moves = [(b, m) for b in latest for m in b.moves][:LATEST]
    yield Feed(
        "feeds/moves",
        f"{site.name}: policy moves",
        "The newest policy moves",
        "moves/",
        once(tuple(move_entry(b, m) for b, m in moves)),
    )
    for identity in atlas.corpus.identities:
        seen = list(dict.fromkeys(slug for slug, _ in identity.members if slug in atlas.briefings))[
            :LATEST_OF_ONE
        ]
        entries = tuple(actor_entry(identity, atlas.briefings[slug], atlas, site) for slug in seen)
        yield Feed(f"feeds/actors/{identity.id}", f"{identity.name} – {site.name}", f"Quotes and policy moves of {identity.name}",
                   f"actors/{identity.id}/", entries)  # fmt: skip
    for thread in atlas.corpus.threads:
        yield thread_feed(thread, atlas, site)


def thread_feed(thread: Thread, atlas: Atlas, site: Site) -> Feed:
    """The reports of one move, newest first."""
    found = [(atlas.briefings[e.slug], m) for e in thread.events if (m := move_at(atlas, e))]
    entries = tuple(move_entry(b, m) for b, m in reversed(found))[:LATEST_OF_ONE]
    return Feed(
        f"feeds/moves/{thread.id}",
        f"{thread.label} – {site.name}",
        f"Reports of {thread.label}",
        f"moves/{thread.id}/",
        once(entries),
    )


def once(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Each entry once: two statements may begin at the same place."""
    return tuple({e.path: e for e in entries}.values())


# ------------------------------------------------------------------ formats
def x(words: str) -> str:
    """Words in XML 1.0."""
    return html.escape(NO_XML.sub("", words))


def identifier(path: str) -> str:
    """The id of a permalink, the same wherever the site stands."""
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, path)}"


def rfc822(date: str) -> str:
    """A day as RSS writes it.

    >>> rfc822("2031-03-04")
    'Tue, 04 Mar 2031 00:00:00 GMT'
    """
    d = datetime.date.fromisoformat(date)
    return f"{DAYS[d.weekday()]}, {d.day:02d} {MONTHS[d.month - 1]} {d.year:04d} 00:00:00 GMT"


def newest(feed: Feed) -> str | None:
    """The newest date in a feed."""
    return max((e.date for e in feed.entries if e.date), default=None)


def as_rss(feed: Feed, site: Site) -> str:
    """RSS 2.0."""
    date = newest(feed)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">',
        "<channel>",
        f"<title>{x(feed.title)}</title>",
        f"<link>{x(site.address + feed.home)}</link>",
        f"<description>{x(feed.about)}</description>",
        f"<language>{x(site.language)}</language>",
        f'<atom:link href="{x(site.address + feed.path)}.rss.xml" rel="self" type="application/rss+xml"/>',
        *([f"<pubDate>{rfc822(date)}</pubDate>"] if date else []),
    ]
    for e in feed.entries:
        lines += [
            "<item>",
            f"<title>{x(e.title)}</title>",
            f"<link>{x(site.address + e.path)}</link>",
            f'<guid isPermaLink="false">{identifier(e.path)}</guid>',
            *([f"<pubDate>{rfc822(e.date)}</pubDate>"] if e.date else []),
            f"<dc:creator>{x(e.author)}</dc:creator>",
            *(f"<category>{x(t)}</category>" for t in e.tags),
            f"<description>{x(e.about)}</description>",
            "</item>",
        ]
    return "\n".join([*lines, "</channel>", "</rss>"]) + "\n"


def as_atom(feed: Feed, site: Site) -> str:
    """Atom 1.0."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{x(site.language)}">',
        f"<id>{identifier(feed.path)}</id>",
        f"<title>{x(feed.title)}</title>",
        f"<subtitle>{x(feed.about)}</subtitle>",
        f"<updated>{newest(feed) or '1970-01-01'}T00:00:00Z</updated>",
        f'<link rel="self" type="application/atom+xml" href="{x(site.address + feed.path)}.atom.xml"/>',
        f'<link rel="alternate" type="text/html" href="{x(site.address + feed.home)}"/>',
        f"<author><name>{x(site.name)}</name></author>",
    ]
    for e in feed.entries:
        date = f"{e.date or '1970-01-01'}T00:00:00Z"
        lines += [
            "<entry>",
            f"<id>{identifier(e.path)}</id>",
            f"<title>{x(e.title)}</title>",
            f'<link rel="alternate" type="text/html" href="{x(site.address + e.path)}"/>',
            f"<updated>{date}</updated>",
            *([f"<published>{date}</published>"] if e.date else []),
            f"<author><name>{x(e.author)}</name></author>",
            *(f'<category term="{x(t)}"/>' for t in e.tags),
            f'<content type="html">{x(e.about)}</content>',
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>"]) + "\n"


def as_json(feed: Feed, site: Site) -> str:
    """JSON Feed 1.1."""
    items = []
    for e in feed.entries:
        item: dict[str, Any] = {
            "id": identifier(e.path),
            "url": site.address + e.path,
            "title": clean(e.title),
            "content_html": e.about,
        }
        if e.date:
            item["date_published"] = f"{e.date}T00:00:00Z"
        item["authors"] = [{"name": clean(e.author)}]
        if e.tags:
            item["tags"] = list(e.tags)
        items.append(item)
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(feed.title),
        "home_page_url": site.address + feed.home,
        "feed_url": f"{site.address}{feed.path}.json",
        "description": clean(feed.about),
        "language": site.language,
        "items": items,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def pages(atlas: Atlas, site: Site) -> Iterator[Page]:
    """The files of all feeds."""
    for feed in feeds(atlas, site):
        yield Page(f"{feed.path}.rss.xml", as_rss(feed, site))
        yield Page(f"{feed.path}.atom.xml", as_atom(feed, site))
        yield Page(f"{feed.path}.json", as_json(feed, site))


def links(path: str, root: str) -> str:
    """Links to a page's own feeds, on one line of HTML; `path` without ending, `root` the way to the site's root."""
    return " · ".join(
        f'<a href="{x(root + path)}.{ending}" type="{kind}">{name}</a>'
        for ending, kind, name in (("rss.xml", "application/rss+xml", "RSS"), ("atom.xml", "application/atom+xml", "Atom"),
                                   ("json", "application/feed+json", "JSON Feed"))
    )  # fmt: skip
