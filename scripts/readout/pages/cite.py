"""Citations: a briefing, a quote or a move as plain text, BibTeX, CSL-JSON and RIS.

What is cited is the article, as the source; the site's permalink shows where the statement stands. A field that
the article does not give is left out, never filled. Sources of the formats: BibTeX's manual (Patashnik 1988) and
biblatex's `@article` with `entrysubtype = {newspaper}`; CSL-JSON schema 1.0.2; RIS as Zotero and EndNote read it.

For each briefing there are four files below `cite/`, each with all its entries: `<slug>.txt`, `.bib`, `.json`
(CSL-JSON) and `.ris`. `docs/assets/cite.js` takes the one that is wanted out of them for the dialogue behind “Cite”.
Without JavaScript the links lead to the files themselves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from readout.pages.atlas import move_id, quote_id
from readout.pages.taxonomy import status_words, type_words
from readout.pages.words import clean, date_words, day, esc, web_address
from readout.records import Briefing, Move, Page, Quote, Site


class Citation(NamedTuple):
    """One thing to cite; None where the article does not say."""

    key: str
    """For BibTeX and CSL: the slug, for a statement with its anchor."""
    anchor: str
    """On the briefing's page; "" for the briefing itself."""
    title: str | None
    source: str | None
    author: str | None
    published: str | None
    url: str | None
    permalink: str
    said: str
    """What the statement says, as a note; "" for the briefing."""
    site: str
    invented: bool


def of_briefing(briefing: Briefing, site: Site) -> Citation:
    """The citation of a whole briefing."""
    h = briefing.header
    return Citation(h.slug, "", clean(h.title or "") or None, clean(h.source or "") or None, clean(h.author or "") or None,
                    clean(h.published or "") or None, web_address(h.url), f"{site.address}briefings/{h.slug}/", "",
                    clean(site.name), h.invented)  # fmt: skip


def of_quote(briefing: Briefing, quote: Quote, site: Site) -> Citation:
    """The citation of a quote."""
    names = {a.id: a.name for a in briefing.actors}
    words = clean(" … ".join(p.words for p in quote.content)).strip('“”"').rstrip(",")
    marked = f"“{words}”" if quote.kind == "direct" else words
    speaker = clean(names.get(quote.speaker or "", "")) or "Speaker not named"
    via = f", via {clean(quote.via)}" if quote.via else ""
    return statement(
        of_briefing(briefing, site), quote_id(quote), f"{speaker}{via}, {quote.kind} quote: {marked}"
    )


def of_move(briefing: Briefing, move: Move, site: Site) -> Citation:
    """The citation of a move."""
    names = {a.id: a.name for a in briefing.actors}
    who = ", ".join(clean(names.get(a, a)) for a in move.actors) or "actor not named"
    whom = ", ".join(clean(names.get(a, a)) for a in move.targets)
    said = f"{clean(move.label)} ({type_words(move.type)}; {status_words(move.status).lower()}): {who}{' → ' + whom if whom else ''}"
    return statement(of_briefing(briefing, site), move_id(move), said)


def statement(whole: Citation, anchor: str, said: str) -> Citation:
    """The citation of a statement in a briefing."""
    return whole._replace(
        key=f"{whole.key}-{anchor}", anchor=anchor, permalink=f"{whole.permalink}#{anchor}", said=said
    )


def citations(briefing: Briefing, site: Site) -> Iterator[Citation]:
    """The briefing's own, then its quotes', then its moves', each anchor once."""
    yield of_briefing(briefing, site)
    seen: set[str] = set()
    for found in (
        *(of_quote(briefing, q, site) for q in briefing.quotes),
        *(of_move(briefing, m, site) for m in briefing.moves),
    ):
        if found.anchor not in seen:
            seen.add(found.anchor)
            yield found


# ------------------------------------------------------------------ formats
def ended(words: str) -> str:
    """Words with a full stop, unless they end a sentence already."""
    return words if re.search(r"[.!?…][”’\"')]*$", words) else words + "."


def as_text(c: Citation) -> str:
    """One line for a footnote.

    Author. “Title.” Outlet, 31 March 2025. URL. What it says. In: Readout, permalink.
    """
    parts = [ended(c.said)] if c.said else []
    parts += [ended(c.author)] if c.author else []
    parts.append(f"“{ended(c.title)}”" if c.title else "Untitled article.")
    where = ", ".join(x for x in (c.source, date_words(c.published) if c.published else None) if x)
    parts += [ended(where)] if where else []
    parts += [f"{c.url}."] if c.url else []
    parts += ["Invented for demonstration."] if c.invented else []
    parts.append(f"In: {c.site}, {c.permalink}")
    return " ".join(parts)


TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    c: "\\" + c for c in "&%$#_{}"
}


def tex(words: str) -> str:
    r"""Words for a BibTeX field.

    >>> tex("5% & more_{x}")
    '5\\% \\& more\\_\\{x\\}'
    """
    return "".join(TEX.get(c, c) for c in words)


def as_bibtex(c: Citation) -> str:
    """An `@misc` entry, which every style knows, with biblatex's fields beside the old ones."""
    date = day(c.published)
    # Braces twice: a title keeps its capitals, an author stays one name.
    fields = {
        "author": f"{{{tex(c.author)}}}" if c.author else f"{{{tex(c.source)}}}" if c.source else "",
        "title": f"{{{tex(c.title)}}}" if c.title else "",
        "howpublished": tex(c.source or ""),
        "year": str(date.year) if date else "",
        "month": str(date.month) if date else "",
        "day": str(date.day) if date else "",
        "url": c.url or c.permalink,
        "note": tex(" ".join(x for x in (ended(c.said) if c.said else "", "Invented for demonstration." if c.invented else "") if x))
        + (" " if c.said or c.invented else "") + f"In: {tex(c.site)}, \\url{{{c.permalink}}}",
    }  # fmt: skip
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{re.sub(r'[^A-Za-z0-9:.-]', '-', c.key)},\n{body}\n}}\n"


def as_csl(c: Citation) -> dict[str, Any]:
    """An item of CSL-JSON."""
    date = day(c.published)
    item: dict[str, Any] = {"id": c.key, "type": "article-newspaper"}
    if c.title:
        item["title"] = c.title
    if c.author:
        item["author"] = [{"literal": c.author}]
    if c.source:
        item["container-title"] = c.source
    if date:
        item["issued"] = {"date-parts": [[date.year, date.month, date.day]]}
    item["URL"] = c.url or c.permalink
    item["archive"] = c.site
    item["archive_location"] = c.permalink
    note = " ".join(
        x for x in (ended(c.said) if c.said else "", "Invented for demonstration." if c.invented else "") if x
    )
    if note:
        item["note"] = note
    return item


def as_ris(c: Citation) -> str:
    """An RIS record of type newspaper article."""
    date = day(c.published)
    lines = [("TY", "NEWS"), ("ID", c.key), ("TI", c.title), ("AU", c.author), ("T2", c.source)]
    if date:
        lines += [("PY", str(date.year)), ("DA", f"{date.year:04d}/{date.month:02d}/{date.day:02d}/")]
    lines += [("UR", c.url or c.permalink), ("N1", c.said or None), ("N1", "Invented for demonstration." if c.invented else None),
              ("DB", c.site), ("L2", c.permalink), ("ER", "")]  # fmt: skip
    return "".join(f"{tag}  - {value}\n" for tag, value in lines if value is not None)


# ------------------------------------------------------------------ files and page parts
FORMATS = (("txt", "plain text"), ("bib", "BibTeX"), ("json", "CSL-JSON"), ("ris", "RIS"))


def pages(briefing: Briefing, site: Site) -> Iterator[Page]:
    """The four files of a briefing's citations; in each, the entries stand in the same order."""
    found = list(citations(briefing, site))
    slug = briefing.header.slug
    yield Page(f"cite/{slug}.bib", "\n".join(as_bibtex(c) for c in found))
    yield Page(f"cite/{slug}.ris", "\n".join(as_ris(c) for c in found))
    yield Page(f"cite/{slug}.txt", "".join(as_text(c) + "\n" for c in found))
    items = ",\n".join(json.dumps(as_csl(c), ensure_ascii=False, separators=(",", ":")) for c in found)
    yield Page(f"cite/{slug}.json", f"[{items}]\n")


def link(slug: str, anchor: str, root: str, name: str = "Cite") -> str:
    """A link beside a statement: to the briefing's RIS file, or with JavaScript to the dialogue of `cite.js`.

    `anchor` "" cites the briefing; `root` is the way from the page to the site's root.
    """
    what = f'<span class="cite-what"> {"this briefing" if not anchor else "this " + ("quote" if anchor[0] == "q" else "move")}</span>'
    return f'<a class="cite" href="{esc(root)}cite/{esc(slug)}.ris" download data-cite="{esc(anchor)}">{esc(name)}{what}</a>'


def block(briefing: Briefing, site: Site, root: str) -> str:
    """The briefing's citation to read, with its files, on one line of HTML; needs no JavaScript."""
    slug = esc(briefing.header.slug)
    files = " · ".join(
        f'<a href="{esc(root)}cite/{slug}.{ending}" download>{name}</a>' for ending, name in FORMATS
    )
    words = esc(as_text(of_briefing(briefing, site)))
    return (
        f'<div class="cite-block"><p class="cite-text">{words}</p>'
        f'<p class="cite-files">{link(briefing.header.slug, "", root)} · with all quotes and moves: {files}</p></div>'
    )
