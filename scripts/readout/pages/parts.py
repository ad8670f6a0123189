"""Parts that several kinds of page share: chips, statements with their evidence, rows of lists.

Every function gives HTML without blank lines, so that Markdown passes it through as it stands; `root` is the
way from the page to the site's root (`../../`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from readout.pages import taxonomy
from readout.pages.atlas import Atlas, last_date, length, move_id, outlet, quote_id, title
from readout.pages.words import (
    at_words,
    capital,
    clean,
    count,
    date_words,
    esc,
    marked,
    scalar,
    shorten,
    time_tag,
    unsaid,
)
from readout.records import Briefing, Identity, Move, Page, Passage, Quote, Span, Thread

GAP = ' <span class="ro-gap" title="words left out">…</span> '


def document(path: str, heading: str, body: Iterable[str], tab: str = "", search: bool = True, about: str = "",
             short: str = "", head: str = "") -> Page:  # fmt: skip
    """A page: front matter, heading, body; `short` is the title where it differs from the heading.

    `tab` is the entry of the navigation the page belongs to; `about` its description for link previews;
    `head` are lines for the front matter that `structured` made.
    """
    lines = ["---", f"title: {scalar(short or heading)}"]
    if about:
        lines.append(f"description: {scalar(shorten(about, 200))}")
    if tab:
        lines.append(f"tab: {tab}")
    if not search:
        lines.append("search: {exclude: true}")
    # Structured data stand in the body as they are: MkDocs would spend ten milliseconds a page on reading them as YAML.
    data = [json.loads(line[8:]) for line in head.splitlines() if line.startswith("jsonld: ")]
    lines += [*(line for line in head.splitlines() if not line.startswith("jsonld: ")), "---", ""]
    body = [*body, *(f'\n<script type="application/ld+json">{d}</script>\n' for d in data)]
    return Page(path, "\n".join(lines) + "\n" + "\n".join(body).strip("\n") + "\n")


def headline(words: str) -> str:
    """The page's heading in Markdown."""
    from readout.pages.words import safe

    return f"# {safe(words) or '…'} {{ #top }}\n"


def section(heading: str, anchor: str, body: Iterable[str], level: int = 2) -> str:
    """A heading in Markdown, so that it stands in the table of contents, and HTML below; nothing for no body."""
    html = "\n".join(line for line in body if line)
    return f"\n{'#' * level} {heading} {{ #{anchor} }}\n\n{html}\n" if html else ""


# ------------------------------------------------------------------ chips
def status_chip(status: str) -> str:
    """A status as a coloured and worded chip."""
    known = status if status in taxonomy.STATUSES else "other"
    return f'<span class="ro-chip ro-s-{known}">{esc(taxonomy.status_words(status))}</span>'


def type_link(code: str, root: str) -> str:
    """A move's type, linked to its topic."""
    family = taxonomy.FAMILY_OF.get(code)
    words = esc(taxonomy.type_words(code))
    return (
        f'<a class="ro-type" href="{root}topics/{family.code}/#{code}">{words}</a>'
        if family
        else f'<span class="ro-type">{words}</span>'
    )


def invented_banner(briefing: Briefing) -> str:
    """The word that a story is made up, where it is."""
    if not briefing.header.invented:
        return ""
    return ('<p class="ro-invented" role="note"><strong>Invented.</strong> This story was made up for demonstration: '
            "its people, states and events do not exist.</p>")  # fmt: skip


def invented_mark(briefing: Briefing) -> str:
    """The same for a row of a list."""
    return ' <span class="ro-flag">invented</span>' if briefing.header.invented else ""


# ------------------------------------------------------------------ links
def actor_link(identity: Identity | None, words: str, root: str) -> str:
    """A name, linked to the actor's page where it has one."""
    return f'<a href="{root}actors/{identity.id}/">{esc(words)}</a>' if identity else esc(words)


def party(atlas: Atlas, value: str, root: str) -> str:
    """An actor of a thread: an identity's id, or plain words."""
    identity = atlas.identities.get(value)
    return actor_link(identity, identity.name if identity else value, root)


def party_words(atlas: Atlas, value: str) -> str:
    """The same as words."""
    return atlas.identities[value].name if value in atlas.identities else clean(value)


def local_party(atlas: Atlas, briefing: Briefing, value: str, root: str) -> str:
    """An actor of a briefing's move: an actor's id there, or plain words."""
    actor = next((a for a in briefing.actors if a.id == value), None)
    return actor_link(atlas.who.get((briefing.header.slug, value)), actor.name, root) if actor else esc(value)


def listed(items: Sequence[str]) -> str:
    """`a, b and c`."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1] if items else ""


def direction(actors: Sequence[str], targets: Sequence[str]) -> str:
    """Who → whom, from HTML of each; who is not named is said to be."""
    who = listed(actors) or '<span class="ro-unknown">nobody named</span>'
    if not targets:
        return f'<span class="ro-who">{who}</span>'
    return (f'<span class="ro-who">{who}</span> <span class="ro-arrow" aria-hidden="true">→</span>'
            f'<span class="ro-sr"> towards </span> <span class="ro-whom">{listed(targets)}</span>')  # fmt: skip


def thread_direction(atlas: Atlas, thread: Thread, root: str) -> str:
    """Who → whom of a thread."""
    return direction(
        [party(atlas, a, root) for a in thread.actors], [party(atlas, t, root) for t in thread.targets]
    )


def briefing_link(briefing: Briefing, root: str, anchor: str = "", words: str = "") -> str:
    """A link to a briefing, or to a statement in it."""
    return (
        f'<a href="{root}briefings/{esc(briefing.header.slug)}/{anchor}">{esc(words or title(briefing))}</a>'
    )


def source_line(briefing: Briefing, root: str, anchor: str = "") -> str:
    """Outlet and date of a statement, linked to the statement on its briefing's page."""
    name = f'<span class="{"ro-outlet" if briefing.header.source else "ro-unknown"}">{esc(outlet(briefing))}</span>'
    return (f'<a class="ro-source" href="{root}briefings/{esc(briefing.header.slug)}/{anchor}">{name}, '
            f"{time_tag(briefing.header.published, short=True)}</a>{invented_mark(briefing)}")  # fmt: skip


def permalink(anchor: str, what: str) -> str:
    """The link of a statement to itself."""
    return f'<a class="ro-perma" href="#{anchor}" title="Permalink"><span aria-hidden="true">#</span><span class="ro-sr">Permalink to {what}</span></a>'


def original_link(briefing: Briefing, words: str) -> str:
    """The link to the very words in the original, where it has an address."""
    address = at_words(briefing.header.url, words)
    return (
        f'<a class="ro-original" rel="noopener" href="{esc(address)}">In the original</a>' if address else ""
    )


# ------------------------------------------------------------------ evidence
def place(briefing: Briefing, span: Span) -> str:
    """How far into the article a passage stands, as words and as a small bar."""
    percent = min(100, round(100 * span.start / length(briefing)))
    words = "at the start" if percent < 4 else f"{percent}% in"
    return f'<span class="ro-place" style="--at:{percent}%" title="Place in the article">{words}</span>'


def folded(summary: str, body: str, css: str = "ro-ev", what: str = "") -> str:
    """Something that opens in place; `what` tells a screen reader which of many this is."""
    more = f'<span class="ro-sr"> {what}</span>' if what else ""
    return f'<details class="{css}"><summary>{summary}{more}</summary><div class="ro-ev-in">{body}</div></details>'


def known_sentences(briefing: Briefing) -> list[Passage]:
    """The whole sentences a briefing holds: key sentences and evidence."""
    return [*briefing.summary, *(p for m in briefing.moves for p in m.evidence)]


def quote_context(briefing: Briefing, quote: Quote) -> str:
    """What the article has around a quote, as far as the briefing holds it, the reporting words marked.

    Where a whole sentence that holds the quote is known, that sentence; else quote, speaker and reporting
    words in the article's order, with a sign where words between them are left out.
    """
    marks = [(p.span, "") for p in quote.cue] + [(p.span, "ro-m2") for p in quote.source]
    spans = [p.span for p in (*quote.content, *quote.cue, *quote.source)]
    for sentence in known_sentences(briefing):
        if all(sentence.span.covers(s) for s in spans):
            return marked(sentence, marks)
    parts: list[Passage] = []
    for passage in sorted(
        {*quote.content, *quote.cue, *quote.source}, key=lambda p: (p.span.start, -p.span.end)
    ):
        if not parts or passage.span.start >= parts[-1].span.end:
            parts.append(passage)
    html = marked(parts[0], marks) if parts else ""
    for before, after in pairwise(parts):
        gap = after.span.start - before.span.end
        html += ("" if gap == 0 else " " if gap <= 2 else GAP) + marked(after, marks)
    return html


def quote_evidence(briefing: Briefing, quote: Quote) -> str:
    """How a quote is reported, opening in place."""
    first = quote.content[0]
    facts = [f"characters {first.span.start}–{quote.content[-1].span.end}"]
    if quote.rule:
        facts.append(f"found by rule <code>{esc(quote.rule)}</code>")
    body = (f'<blockquote class="ro-sentence">{quote_context(briefing, quote)}</blockquote>'
            f'<p class="ro-facts">{place(briefing, first.span)} · {" · ".join(facts)}</p>')  # fmt: skip
    return folded("Evidence", body, what="for this quote")


def move_evidence(briefing: Briefing, move: Move) -> str:
    """The sentences a move rests on, its trigger marked."""
    marks = [(move.trigger.span, "")] + [(t.passage.span, "ro-m2") for t in move.terms]
    if move.hedge:
        marks.append((move.hedge.span, "ro-m3"))
    rows = "".join(
        f'<blockquote class="ro-sentence">{marked(p, marks)}</blockquote>'
        f'<p class="ro-facts">{place(briefing, p.span)} · characters {p.span.start}–{p.span.end}{dotted(original_link(briefing, p.words))}</p>'
        for p in move.evidence
    )
    if move.rule:
        rows += f'<p class="ro-facts">found by rule <code>{esc(move.rule)}</code></p>'
    return folded("Evidence", rows, what=f"for {esc(capital(move.label))}")


def dotted(html: str) -> str:
    """Something behind a dot, where there is something."""
    return f" · {html}" if html else ""


# ------------------------------------------------------------------ statements
def words_of(quote: Quote) -> str:
    """A quote's words as HTML, pieces joined by an ellipsis."""
    return GAP.join(esc(p.words) for p in quote.content)


def plain_quote(quote: Quote) -> str:
    """A quote's words as plain text."""
    return " … ".join(clean(p.words) for p in quote.content)


def cue_words(quote: Quote) -> str:
    """A quote's reporting words as plain text."""
    return " … ".join(clean(p.words) for p in quote.cue)


def manner(quote: Quote) -> str:
    """How a quote is reported: kind, reporting words, through whom."""
    kind, meaning = taxonomy.QUOTE_KINDS.get(quote.kind, (quote.kind, ""))
    parts = [f'<span class="ro-kind ro-k-{esc(kind)}" title="{esc(meaning)}">{esc(kind)}</span>']
    if quote.cue:
        cue = cue_words(quote)
        parts.append(f'<span class="ro-cue{" ro-unsaid" if unsaid(cue) else ""}">{esc(cue)}</span>')
    if quote.via:
        parts.append(f'<span class="ro-via">via {esc(quote.via)}</span>')
    return " ".join(parts)


def quote_block(briefing: Briefing, quote: Quote) -> str:
    """A quote on its briefing's page, with its anchor and evidence."""
    anchor = quote_id(quote)
    nameless = ""
    if quote.speaker is None and quote.source:
        nameless = f'<span class="ro-cue">by {esc(" … ".join(clean(p.words) for p in quote.source))}</span> '
    original = original_link(briefing, quote.content[0].words)
    return (f'<figure class="ro-q ro-q-{esc(quote.kind)}" id="{anchor}"><blockquote>{words_of(quote)}</blockquote>'
            f'<figcaption>{nameless}{manner(quote)} {original} {permalink(anchor, "this quote")} {quote_evidence(briefing, quote)}</figcaption></figure>')  # fmt: skip


def quote_row(atlas: Atlas, briefing: Briefing, quote: Quote, root: str, speaker: bool = True) -> str:
    """A quote in a list of another page, linked to its place."""
    who = ""
    if speaker:
        who = f'<span class="ro-speaker-name">{speaker_of(atlas, briefing, quote, root)}</span> '
    return (f'<li class="ro-q ro-q-{esc(quote.kind)}"><blockquote>{words_of(quote)}</blockquote>'
            f'<div class="ro-cap">{who}{manner(quote)} {source_line(briefing, root, "#" + quote_id(quote))}</div></li>')  # fmt: skip


def speaker_of(atlas: Atlas, briefing: Briefing, quote: Quote, root: str) -> str:
    """A quote's speaker, linked; an unknown one is said to be unknown."""
    actor = next((a for a in briefing.actors if a.id == quote.speaker), None) if quote.speaker else None
    if actor is None:
        words = clean(" … ".join(p.words for p in quote.source))
        return f'<span class="ro-unknown">Speaker not named{f" ({esc(words)})" if words else ""}</span>'
    return actor_link(atlas.who.get((briefing.header.slug, actor.id)), actor.name, root)


def speaker_words(briefing: Briefing, quote: Quote) -> str:
    """A quote's speaker as plain words."""
    actor = next((a for a in briefing.actors if a.id == quote.speaker), None) if quote.speaker else None
    return actor.name if actor else "Speaker not named"


def terms_list(move: Move) -> str:
    """The terms of a move: kind, the article's words, the normal form in a tooltip."""
    if not move.terms:
        return ""
    rows = "".join(
        f"<div><dt>{taxonomy.TERMS.get(t.kind, esc(t.kind))}</dt><dd{norm_title(t.norm)}>{esc(t.passage.words)}</dd></div>"
        for t in move.terms
    )
    return f'<dl class="ro-terms">{rows}</dl>'


def norm_title(norm: str | None) -> str:
    """A normal form as a tooltip."""
    return f' title="= {esc(norm)}"' if norm else ""


def hedge_note(move: Move) -> str:
    """That the article keeps a move at arm's length, where it does."""
    if not move.hedge:
        return ""
    return f'<span class="ro-flag ro-unsure" title="The article keeps the report at arm’s length">uncertain: “{esc(move.hedge.words)}”</span>'


def move_block(atlas: Atlas, briefing: Briefing, index: int, root: str) -> str:
    """A move on its briefing's page, with its anchor, terms and evidence."""
    move = briefing.moves[index]
    anchor = move_id(move)
    thread = atlas.thread_of.get((briefing.header.slug, index))
    label = (
        f'<a href="{root}moves/{thread.id}/">{esc(capital(move.label))}</a>'
        if thread
        else esc(capital(move.label))
    )
    others = len({e.slug for e in thread.events} - {briefing.header.slug}) if thread else 0
    more = (
        f' <a class="ro-more" href="{root}moves/{thread.id}/#history">in {count(others, "other briefing")}</a>'
        if thread and others
        else ""
    )
    who = direction([local_party(atlas, briefing, a, root) for a in move.actors],
                    [local_party(atlas, briefing, t, root) for t in move.targets])  # fmt: skip
    return (f'<section class="ro-move" id="{anchor}"><h3>{label}</h3>'
            f'<p class="ro-line">{status_chip(move.status)} {type_link(move.type, root)} {hedge_note(move)}{more}</p>'
            f'<p class="ro-dir">{who}</p>{terms_list(move)}'
            f'<div class="ro-foot">{permalink(anchor, "this move")} {move_evidence(briefing, move)}</div></section>')  # fmt: skip


def thread_row(atlas: Atlas, thread: Thread, root: str) -> str:
    """A thread in a list."""
    outlets = len({e.slug for e in thread.events})
    seen = f" · {count(outlets, 'briefing')}" if outlets > 1 else ""
    return (f'<li class="ro-trow"><span class="ro-trow-h">{status_chip(thread.status)} <a class="ro-label" href="{root}moves/{thread.id}/">{esc(capital(thread.label))}</a></span>'
            f'<span class="ro-meta">{esc(taxonomy.type_words(thread.type))} · {thread_direction(atlas, thread, root)} · '
            f"{time_tag(last_date(thread), short=True)}{seen}</span></li>")  # fmt: skip


def thread_list(atlas: Atlas, threads: Iterable[Thread], root: str) -> str:
    """Threads as a list."""
    rows = "\n".join(thread_row(atlas, t, root) for t in threads)
    return f'<ul class="ro-list">\n{rows}\n</ul>' if rows else ""


def briefing_row(atlas: Atlas, briefing: Briefing, root: str, lead: bool = False) -> str:
    """A briefing in a list: headline, outlet, date, counts; with its first key sentence where `lead` asks."""
    h = briefing.header
    counts = " · ".join(filter(None, (count(len(briefing.quotes), "quote") if briefing.quotes else "",
                                      count(len(briefing.moves), "move") if briefing.moves else "")))  # fmt: skip
    first = (
        f'<p class="ro-lead">{esc(shorten(briefing.summary[0].words, 260))}</p>'
        if lead and briefing.summary
        else ""
    )
    return (f'<li class="ro-brow"><span class="ro-brow-h">{briefing_link(briefing, root)}</span>{invented_mark(briefing)}{first}'
            f'<span class="ro-meta"><span class="{"ro-outlet" if h.source else "ro-unknown"}">{esc(outlet(briefing))}</span> · {time_tag(h.published, short=True)}'
            f"{dotted(counts)}</span></li>")  # fmt: skip


def briefing_list(atlas: Atlas, briefings: Iterable[Briefing], root: str, lead: bool = False) -> str:
    """Briefings as a list."""
    rows = "\n".join(briefing_row(atlas, b, root, lead) for b in briefings)
    return f'<ul class="ro-list">\n{rows}\n</ul>' if rows else ""


# ------------------------------------------------------------------ notes
LINK = re.compile(r"\[([^\]\n]{1,200})\]\((https?://[^\s()<>\"']{1,500})\)|(https?://[^\s()<>\"']{1,500})")


def notes_html(body: str) -> str:
    """People's own notes: paragraphs, lists, bold, italics and web links; all else shows as it was typed."""

    def inline(text: str) -> str:
        pieces: list[str] = []
        at = 0
        for m in LINK.finditer(text):
            pieces.append(emphasis(esc_keep(text[at : m.start()])))
            address = (m[2] or m[3]).rstrip(".,;:!?") if not m[2] else m[2]
            tail = "" if m[2] else m[3][len(address) :]
            pieces.append(
                f'<a rel="noopener nofollow" href="{esc(address)}">{esc(m[1] or address)}</a>{esc_keep(tail)}'
            )
            at = m.end()
        pieces.append(emphasis(esc_keep(text[at:])))
        return "".join(pieces)

    def emphasis(html: str) -> str:
        html = re.sub(r"\*\*(?=\S)([^*]+?)(?<=\S)\*\*", r"<strong>\1</strong>", html)
        return re.sub(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])", r"<em>\1</em>", html)

    out: list[str] = []
    for block in re.split(r"\n\s*\n", body.strip()):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if lines and all(re.match(r"[-*+] ", line) for line in lines):
            out.append("<ul>" + "".join(f"<li>{inline(line[2:])}</li>" for line in lines) + "</ul>")
        elif lines:
            out.append(f"<p>{inline(' '.join(lines).lstrip('# '))}</p>")
    return "\n".join(out)


def esc_keep(words: str) -> str:
    """As `esc`, but spaces at the ends stay: they part words from a link."""
    left = " " if words[:1].isspace() else ""
    right = " " if words[-1:].isspace() and words.strip() else ""
    return f"{left}{esc(words)}{right}"


# ------------------------------------------------------------------ ways on
def pager(before: tuple[str, str] | None, after: tuple[str, str] | None) -> str:
    """Links to the neighbours of a page in a row: (address, words)."""
    if not before and not after:
        return ""
    left = f'<a rel="prev" href="{before[0]}">← {esc(before[1])}</a>' if before else "<span></span>"
    right = f'<a rel="next" href="{after[0]}">{esc(after[1])} →</a>' if after else "<span></span>"
    return f'<nav class="ro-pager" aria-label="Neighbouring pages">{left}{right}</nav>'


def date_range(first: str | None, last: str | None) -> str:
    """`4 March 2031`, or `4 March 2031 to 6 May 2031`."""
    if not first or not last or first[:10] == last[:10]:
        return date_words(last or first)
    return f"{date_words(first)} to {date_words(last)}"
