"""Web pages saved as HTML, through trafilatura; metadata by the surest evidence first."""

from __future__ import annotations

import json
import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from readout.reading import header, plain
from readout.reading.contract import Reading, Unreadable

CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([A-Za-z0-9_-]{2,20})", re.I)
ARTICLE_TYPES = frozenset(
    """NewsArticle Article ReportageNewsArticle AnalysisNewsArticle BlogPosting OpinionNewsArticle
    LiveBlogPosting""".split()
)
META = {
    "title": ("og:title", "twitter:title", "dc.title", "citation_title"),
    "source": ("og:site_name", "application-name", "dc.publisher", "citation_journal_title"),
    "author": ("author", "article:author", "dc.creator", "citation_author", "parsely-author"),
    "url": ("og:url",),
    "published": (
        "article:published_time",
        "datepublished",
        "dc.date",
        "citation_publication_date",
        "pubdate",
        "parsely-pub-date",
        "sailthru.date",
    ),
}


def linked_data(tree: Any) -> dict[str, str]:
    """Metadata from schema.org JSON-LD, the surest evidence a page has."""
    found: dict[str, str] = {}

    def name_of(value: Any) -> str | None:
        if isinstance(value, list):
            names = [n for n in map(name_of, value) if n]
            return ", ".join(names) or None
        if isinstance(value, dict):
            value = value.get("name")
        return value if isinstance(value, str) and value.strip() else None

    def visit(node: Any, depth: int = 0) -> None:
        if depth > 6:
            return
        if isinstance(node, list):
            for item in node:
                visit(item, depth + 1)
        elif isinstance(node, dict):
            kinds = node.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(k, str) and k in ARTICLE_TYPES for k in kinds) and not found:
                for field, value in (
                    ("title", node.get("headline")),
                    ("source", name_of(node.get("publisher"))),
                    ("author", name_of(node.get("author"))),
                    ("url", node.get("url") if isinstance(node.get("url"), str) else None),
                    ("published", node.get("datePublished")),
                ):
                    if isinstance(value, str):
                        good, _ = header.accept(field, value)
                        if good:
                            found[field] = good
            visit(node.get("@graph"), depth + 1)

    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json" and script.text:
            try:
                visit(json.loads(script.text))
            except (ValueError, RecursionError):
                continue
    return found


def meta_tags(tree: Any) -> dict[str, str]:
    """Metadata from `<meta>`, `<link rel=canonical>` and, last, `<title>`."""
    tags: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if key and meta.get("content"):
            tags.setdefault(key, meta.get("content"))
    found: dict[str, str] = {}
    for field, keys in META.items():
        for key in keys:
            if key in tags:
                good, _ = header.accept(field, tags[key])
                if good and not (field == "author" and good.startswith("http")):
                    found[field] = good
                    break
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            good, _ = header.accept("url", link.get("href"))
            if good:
                found["url"] = good
    return found


def visible(tree: Any) -> dict[str, str]:
    """Title from the one `<h1>`, date from a `<time datetime>`; the weakest evidence that we take."""
    found: dict[str, str] = {}
    heads = [" ".join(h.itertext()) for h in tree.iter("h1")]
    titles = [t.text for t in tree.iter("title") if t.text]
    for words in [*(heads if len(heads) == 1 else []), *titles[:1]]:
        good, _ = header.accept("title", words)
        if good:
            found["title"] = good
            break
    dates = {d for d in (header.iso_date(t.get("datetime") or "") for t in tree.iter("time")) if d}
    if len(dates) == 1:
        found["published"] = dates.pop()
    return found


def read(data: bytes) -> Reading:
    """A saved web page: its article without menus, comments and advertisements, a paragraph a line."""
    import trafilatura  # here, because it takes longer to load than all the rest of the reading

    hint = CHARSET.search(data[:2048])
    page = plain.decode(data, hint[1].decode("ascii") if hint else None)
    front, page = header.split(page)
    stated, problems = header.fields(front) if front else ({}, ())
    try:
        tree = lxml_html.document_fromstring(
            page.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8")
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Unreadable("it holds no HTML page") from None
    text = trafilatura.extract(
        page,
        include_comments=False,
        include_tables=False,
        include_links=False,
        include_images=False,
        output_format="txt",
    )
    if not text or not text.strip():
        raise Unreadable("no article was found in the page; save its text as a .txt file instead")
    found = {**visible(tree), **meta_tags(tree), **linked_data(tree)}
    return Reading(text.rstrip("\n") + "\n", stated, found, problems)
