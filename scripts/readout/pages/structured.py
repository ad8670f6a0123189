"""Metadata for machines: JSON-LD (schema.org), OpenGraph, and the citation tags that Zotero reads.

MkDocs has no way to write into a page's `<head>` but the theme, so a page carries its tags in its front matter
(`head`), and the theme's `partials/structured.html` prints them. JSON-LD may stand in the body (`parts.document`). What is said of an article is what the
article says of itself; what is unknown is left out.
"""

from __future__ import annotations

import json
import re
from typing import Any

from readout.pages.atlas import Atlas, move_id, quote_id, title
from readout.pages.taxonomy import status_words, type_words
from readout.pages.words import clean, count, date_words, day, embedded, esc, shorten, web_address
from readout.records import Actor, Briefing, Identity, Site, Thread

SCHEMA_TYPES = {
    "person": "Person",
    "organization": "Organization",
    "country": "Country",
    "place": "Place",
    "group": "Organization",
}

Head = list[dict[str, str]]
"""Tags of a page's head: `{"n": name, "c": content}`, with `"k": "property"` for OpenGraph."""


def dump(data: object) -> str:
    """Data as JSON on one line that YAML reads as the same data, whatever letters it holds.

    >>> dump({"a": "x: \\ufffe"})
    '{"a": "x: \\\\ufffe"}'
    """
    text = json.dumps(data, ensure_ascii=False)
    # YAML allows no unpaired surrogates, no-characters and a few controls as they stand.
    return re.sub(
        "[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]", lambda m: f"\\u{ord(m[0]):04x}", text
    )


def front_matter(head: Head, data: object | None) -> str:
    """The lines for a page's front matter: the tags as HTML, for YAML reads one string far faster than a list."""
    tags = "".join(f'<meta {t.get("k", "name")}="{esc(t["n"])}" content="{esc(t["c"])}">' for t in head)
    lines = f"head: {dump(tags)}\n"
    return lines + (f"jsonld: {dump(embedded(data))}\n" if data is not None else "")


def named(n: str, c: str | None) -> Head:
    """A `<meta name>`, where there is something to say."""
    return [{"n": n, "c": clean(c)}] if c and clean(c) else []


def prop(n: str, c: str | None) -> Head:
    """A `<meta property>` of OpenGraph, where there is something to say."""
    return [{"k": "property", "n": n, "c": clean(c)}] if c and clean(c) else []


def open_graph(site: Site, path: str, name: str, about: str, kind: str = "website") -> Head:
    """OpenGraph for a page at `path` (`actors/x/`)."""
    return [
        *prop("og:title", name),
        *prop("og:description", shorten(about, 200)),
        *prop("og:type", kind),
        *prop("og:url", site.address + path),
        *prop("og:site_name", site.name),
        *named("twitter:card", "summary"),
    ]


# ------------------------------------------------------------------ briefing
def about_briefing(briefing: Briefing) -> str:
    """A briefing in a sentence or two, for previews."""
    first = briefing.summary[0].words if briefing.summary else ""
    return (
        shorten(first, 160)
        or f"{count(len(briefing.quotes), 'quote')}, {count(len(briefing.moves), 'policy move')}."
    )


def party(actor: Actor, atlas: Atlas, slug: str, site: Site) -> dict[str, Any]:
    """An actor as a thing of schema.org, named by its page's address."""
    identity = atlas.who.get((slug, actor.id))
    found: dict[str, Any] = {"@type": SCHEMA_TYPES.get(actor.kind, "Thing"), "name": clean(actor.name)}
    if identity:
        found["@id"] = found["url"] = f"{site.address}actors/{identity.id}/"
    roles = [clean(r.title) for r in actor.roles if r.status in ("current", "acting")]
    if roles and actor.kind == "person":
        found["jobTitle"] = roles[0]
    return found


def briefing_data(briefing: Briefing, atlas: Atlas, site: Site) -> dict[str, Any]:
    """JSON-LD of a briefing: an Article about the actors, based on and citing a NewsArticle, with its Quotations."""
    h = briefing.header
    here = f"{site.address}briefings/{h.slug}/"
    source: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": web_address(h.url) or f"{here}#article",
        "headline": clean(title(briefing)),
    }
    if web_address(h.url):
        source["url"] = h.url
    if day(h.published):
        source["datePublished"] = h.published
    if h.author:
        source["author"] = {"@type": "Person", "name": clean(h.author)}
    if h.source:
        source["publisher"] = {"@type": "Organization", "name": clean(h.source)}
    if h.words:
        source["wordCount"] = h.words
    if h.invented:
        source["genre"] = "Fiction"
    actors = {a.id: party(a, atlas, h.slug, site) for a in briefing.actors}
    quotations = []
    for quote in briefing.quotes:
        # An indirect quote is the article's wording, no quotation.
        if quote.kind == "indirect":
            continue
        words = clean(" … ".join(p.words for p in quote.content))
        found: dict[str, Any] = {
            "@type": "Quotation",
            "@id": f"{here}#{quote_id(quote)}",
            "text": words,
            "citation": {"@id": source["@id"]},
        }
        speaker = actors.get(quote.speaker or "")
        if speaker:
            found["spokenByCharacter"] = {k: speaker[k] for k in ("@type", "@id", "name") if k in speaker}
        quotations.append(found)
    page: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": here,
        "url": here,
        "headline": shorten(title(briefing), 110),
        "description": about_briefing(briefing),
        "isPartOf": website(site),
        "isBasedOn": {"@id": source["@id"]},
        "citation": source,
    }
    if day(h.published):
        page["datePublished"] = h.published
    if actors:
        page["about"] = list(actors.values())
    if quotations:
        page["hasPart"] = quotations
    return page


def website(site: Site) -> dict[str, Any]:
    """The site as a thing of schema.org."""
    return {"@type": "WebSite", "@id": site.address, "url": site.address, "name": clean(site.name)}


def for_briefing(briefing: Briefing, atlas: Atlas, site: Site) -> str:
    """Front matter of a briefing's page."""
    h = briefing.header
    path = f"briefings/{h.slug}/"
    date = day(h.published)
    head = open_graph(site, path, title(briefing), about_briefing(briefing), "article")
    head += prop("article:published_time", date.isoformat() if date else None)
    # Zotero's “Embedded Metadata” reads Highwire's citation tags and Dublin Core.
    head += named("citation_title", title(briefing))
    head += named("citation_author", h.author)
    head += named("citation_publication_date", date.strftime("%Y/%m/%d") if date else None)
    head += named("citation_public_url", web_address(h.url) or site.address + path)
    head += named("dcterms.type", "newspaperArticle")
    head += named("dcterms.title", title(briefing))
    head += named("dcterms.publisher", h.source)
    head += named("dcterms.date", date.isoformat() if date else None)
    head += named("dcterms.source", web_address(h.url))
    return front_matter(head, briefing_data(briefing, atlas, site))


# ------------------------------------------------------------------ actor, thread, other pages
def actor_data(identity: Identity, site: Site) -> dict[str, Any]:
    """JSON-LD of an actor's page."""
    here = f"{site.address}actors/{identity.id}/"
    who: dict[str, Any] = {
        "@type": SCHEMA_TYPES.get(identity.kind, "Thing"),
        "@id": here,
        "name": clean(identity.name),
    }
    if identity.aliases:
        who["alternateName"] = [clean(a) for a in identity.aliases]
    return {"@context": "https://schema.org", "@type": "ProfilePage" if identity.kind in ("person", "organization") else "WebPage",
            "url": here, "name": clean(identity.name), "isPartOf": website(site), "mainEntity": who}  # fmt: skip


def for_actor(identity: Identity, atlas: Atlas, site: Site) -> str:
    """Front matter of an actor's page."""
    said, seen = len(atlas.said.get(identity.id, ())), len(atlas.seen.get(identity.id, ()))
    about = f"{identity.name}: {count(said, 'quote')} in {count(seen, 'briefing')}."
    kind = "profile" if identity.kind == "person" else "website"
    return front_matter(
        open_graph(site, f"actors/{identity.id}/", identity.name, about, kind), actor_data(identity, site)
    )


def thread_data(thread: Thread, atlas: Atlas, site: Site) -> dict[str, Any]:
    """JSON-LD of a thread's page: a WebPage that cites the articles that report the move."""
    here = f"{site.address}moves/{thread.id}/"
    cited = []
    for event in thread.events:
        briefing = atlas.briefings.get(event.slug)
        if briefing and event.index < len(briefing.moves):
            anchor = move_id(briefing.moves[event.index])
            cited.append(
                {
                    "@type": "Article",
                    "@id": f"{site.address}briefings/{event.slug}/#{anchor}",
                    "headline": shorten(title(briefing), 110),
                }
            )
    return {"@context": "https://schema.org", "@type": "WebPage", "url": here, "name": clean(thread.label), "isPartOf": website(site),
            "citation": cited}  # fmt: skip


def for_thread(thread: Thread, atlas: Atlas, site: Site) -> str:
    """Front matter of a thread's page."""
    dates = [e.date for e in thread.events if e.date]
    latest = f", {date_words(max(dates))}" if dates else ""
    about = f"{type_words(thread.type)}: {thread.label}. {status_words(thread.status)}{latest}; {count(len(thread.events), 'report')}."
    return front_matter(
        open_graph(site, f"moves/{thread.id}/", thread.label, about), thread_data(thread, atlas, site)
    )


def for_page(path: str, name: str, about: str, site: Site) -> str:
    """Front matter of any other page at `path` (`timeline/`)."""
    data = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "url": site.address + path,
        "name": clean(name),
        "isPartOf": website(site),
    }
    return front_matter(open_graph(site, path, name, about), data)
