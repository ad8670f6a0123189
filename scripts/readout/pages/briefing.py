"""The page of one briefing: reads in ninety seconds; every statement opens its evidence in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from readout.pages import cite, structured, taxonomy
from readout.pages.atlas import Atlas, move_at, outlet, title
from readout.pages.parts import (
    actor_link,
    briefing_link,
    document,
    dotted,
    folded,
    headline,
    invented_banner,
    move_block,
    notes_html,
    original_link,
    permalink,
    place,
    quote_block,
    section,
    source_line,
    speaker_of,
    status_chip,
)
from readout.pages.words import (
    capital,
    clean,
    count,
    day,
    esc,
    minutes,
    number,
    office,
    root_from,
    slug_path,
    time_tag,
    web_address,
)
from readout.records import Actor, Briefing, Page, Quote

CAST_SHOWN = 8
SPEAKERS_SHOWN = 6
QUOTES_SHOWN = 4
"""How many quotes of one speaker stand open; the others fold, so that a long briefing still reads quickly."""
RELATED = 6


def page(atlas: Atlas, briefing: Briefing, edited: bool) -> Page:
    """The page of one briefing."""
    path = slug_path("briefings", briefing.header.slug)
    root = root_from(path)
    body = [
        headline(title(briefing)),
        *byline(briefing, edited),
        invented_banner(briefing),
        section("In brief", "in-brief", points(briefing)),
        section("Who matters", "actors", cast(atlas, briefing, root)),
        section("Quotes", "quotes", quotes(atlas, briefing, root)),
        section("Policy moves", "moves", moves(atlas, briefing, root)),
        section("Dates", "dates", dates(atlas, briefing, root)),
        section("Notes", "notes", notes(briefing)),
        section("Cite", "cite", [cite.block(briefing, atlas.site, root)]),
        section("More on this", "related", related(atlas, briefing, root)),
    ]
    about = (
        clean(briefing.summary[0].words)
        if briefing.summary
        else f"Briefing of an article by {outlet(briefing)}"
    )
    return document(
        path,
        title(briefing),
        body,
        tab="Home",
        about=about,
        head=structured.for_briefing(briefing, atlas, atlas.site),
    )


def reading_words(briefing: Briefing) -> int:
    """How many words of the page stand open: key sentences, quotes, moves, names."""
    count = sum(len(p.words.split()) for p in briefing.summary)
    for _, group in list(groupby(briefing.quotes, key=lambda q: q.speaker))[:SPEAKERS_SHOWN]:
        shown, _ = shown_quotes(list(group))
        count += sum(len(p.words.split()) + 3 for q in shown for p in q.content)
    count += sum(
        8 + len(m.label.split()) + sum(len(t.passage.words.split()) for t in m.terms) for m in briefing.moves
    )
    return count + sum(8 for _ in briefing.actors[:CAST_SHOWN])


def byline(briefing: Briefing, edited: bool) -> list[str]:
    """Outlet, author, date, address, and how much shorter the briefing is."""
    h = briefing.header
    source = (
        f'<span class="ro-outlet">{esc(h.source)}</span>'
        if h.source
        else '<span class="ro-unknown">outlet unknown</span>'
    )
    author = f' · <span class="ro-author">{esc(h.author)}</span>' if h.author else ""
    date = time_tag(h.published) if h.published else '<span class="ro-unknown">date unknown</span>'
    address = web_address(h.url)
    link = f' · <a rel="noopener" href="{esc(address)}">Read the original</a>' if address else ""
    short = reading_words(briefing)
    article = f"The article takes {minutes(h.words)} to read ({number(h.words)} words), " if h.words else ""
    length = f"{article}{'this' if article else 'This'} briefing {minutes(short) if article else 'takes ' + minutes(short)}."
    flags = (
        ' <span class="ro-flag ro-hand" title="A person has edited this briefing">edited by hand</span>'
        if edited
        else ""
    )
    return [
        f'<p class="ro-byline">{source}{author} · {date}{link}</p>',
        f'<p class="ro-length">{length}{flags}</p>',
    ]


def points(briefing: Briefing) -> list[str]:
    """Key sentences, each with its place in the article."""
    if not briefing.summary:
        return ['<p class="ro-none">No key sentence was chosen.</p>']
    rows = [
        f'<li id="s-{p.span.start}">{esc(p.words)} <span class="ro-tail">{place(briefing, p.span)}'
        f"{dotted(original_link(briefing, p.words))} {permalink(f's-{p.span.start}', 'this sentence')}</span></li>"
        for p in briefing.summary
    ]
    return [
        '<p class="ro-hint">Sentences of the article, word for word.</p>',
        '<ol class="ro-points">',
        *rows,
        "</ol>",
    ]


def cast(atlas: Atlas, briefing: Briefing, root: str) -> list[str]:
    """Actors, the most central first; those beyond the first few fold."""
    if not briefing.actors:
        return ['<p class="ro-none">No actor was found.</p>']
    quoted = {a.id: sum(q.speaker == a.id for q in briefing.quotes) for a in briefing.actors}
    rows = [actor_row(atlas, briefing, a, quoted[a.id], root) for a in briefing.actors]
    shown = '<ul class="ro-cast">\n' + "\n".join(rows[:CAST_SHOWN]) + "\n</ul>"
    rest = rows[CAST_SHOWN:]
    more = (
        folded(
            count(len(rest), "more actor"), '<ul class="ro-cast">' + "".join(rest) + "</ul>", css="ro-fold"
        )
        if rest
        else ""
    )
    return [shown, more]


def actor_row(atlas: Atlas, briefing: Briefing, actor: Actor, quoted: int, root: str) -> str:
    """One actor: name, role, how central, how often quoted."""
    identity = atlas.who.get((briefing.header.slug, actor.id))
    roles = "; ".join(esc(office(r)) for r in actor.roles)
    kind = esc(taxonomy.KINDS.get(actor.kind, (actor.kind,))[0])
    what = (
        f'<span class="ro-role">{roles}</span>'
        if roles
        else f'<span class="ro-role ro-kindword">{kind}</span>'
    )
    also = [a for a in actor.aliases if a != actor.name][:3]
    other = f'<span class="ro-also">also {esc(", ".join(also))}</span>' if also else ""
    percent = round(100 * max(0.0, min(1.0, actor.salience)))
    said = (
        f'<span class="ro-n">quoted {quoted}×</span>'
        if quoted
        else '<span class="ro-n"><span class="ro-sr">not quoted</span></span>'
    )
    return (f'<li id="a-{esc(actor.id)}"><span class="ro-cast-name">{actor_link(identity, actor.name, root)} {what}{other}</span>'
            f'<span class="ro-cast-n"><span class="ro-bar" style="--at:{percent}%" title="Centrality {actor.salience:.2f} of 1">'
            f'<span class="ro-sr">centrality {actor.salience:.2f} of 1, </span></span>{said}</span></li>')  # fmt: skip


def shown_quotes(quotes: Sequence[Quote]) -> tuple[list[Quote], list[Quote]]:
    """The quotes of one speaker that stand open, and those that fold: the speaker's own words come first."""
    if len(quotes) <= QUOTES_SHOWN + 1:
        return list(quotes), []
    ranked = sorted(range(len(quotes)), key=lambda n: (quotes[n].kind == "indirect", n))[:QUOTES_SHOWN]
    return [quotes[n] for n in sorted(ranked)], [q for n, q in enumerate(quotes) if n not in ranked]


def quotes(atlas: Atlas, briefing: Briefing, root: str) -> list[str]:
    """Quotes by speaker, as the briefing orders them: the most central first."""
    if not briefing.quotes:
        return ['<p class="ro-none">No quote was found.</p>']
    blocks: list[str] = []
    for _, group in groupby(briefing.quotes, key=lambda q: q.speaker):
        of_one = list(group)
        shown, rest = shown_quotes(of_one)
        actor = next((a for a in briefing.actors if a.id == of_one[0].speaker), None)
        role = f' <span class="ro-role">{esc(office(actor.roles[0]))}</span>' if actor and actor.roles else ""
        name = (
            speaker_of(atlas, briefing, of_one[0], root)
            if actor
            else '<span class="ro-unknown">Speaker not named</span>'
        )
        more = (
            folded(
                count(len(rest), "more quote"), "".join(quote_block(briefing, q) for q in rest), css="ro-fold"
            )
            if rest
            else ""
        )
        blocks.append(
            f'<section class="ro-speaker"><h3>{name}{role} <span class="ro-count">{count(len(of_one), "quote")}</span></h3>\n'
            + "\n".join(quote_block(briefing, q) for q in shown) + f"{more}</section>"
        )  # fmt: skip
    rest_blocks = blocks[SPEAKERS_SHOWN:]
    fold = (
        folded(count(len(rest_blocks), "more speaker"), "".join(rest_blocks), css="ro-fold")
        if rest_blocks
        else ""
    )
    return [*blocks[:SPEAKERS_SHOWN], fold]


def moves(atlas: Atlas, briefing: Briefing, root: str) -> list[str]:
    """Moves in the article's order."""
    if not briefing.moves:
        return ['<p class="ro-none">No policy move was found.</p>']
    return [move_block(atlas, briefing, n, root) for n in range(len(briefing.moves))]


def dates(atlas: Atlas, briefing: Briefing, root: str) -> list[str]:
    """Dated events: publication, deadlines, and what other briefings date of the same moves."""
    h = briefing.header
    rows: list[tuple[str, str]] = []
    published = day(h.published)
    if published:
        rows.append((published.isoformat(), f"This article was published by {esc(outlet(briefing))}."))
    seen: set[tuple[str, str, str]] = set()
    for n, move in enumerate(briefing.moves):
        for term in move.terms:
            date = day(term.norm) if term.kind == "deadline" and len(term.norm or "") == 10 else None
            if date:
                rows.append(
                    (
                        date.isoformat(),
                        f'Deadline in <a href="#m-{move.trigger.span.start}">{esc(capital(move.label))}</a>: {esc(term.passage.words)}.',
                    )
                )
        thread = atlas.thread_of.get((h.slug, n))
        for event in thread.events if thread else ():
            other = atlas.briefings.get(event.slug)
            date = day(event.date)
            if thread is None or other is None or date is None or event.slug == h.slug:
                continue
            key = (date.isoformat(), thread.id, event.status)
            there = move_at(atlas, event)
            if key not in seen and there:
                seen.add(key)
                rows.append((key[0], f'{status_chip(event.status)} <a href="{root}moves/{thread.id}/">{esc(capital(thread.label))}</a>, '
                             f"{source_line(other, root, f'#m-{there.trigger.span.start}')}"))  # fmt: skip
    if len(rows) < 2:
        return []
    return [
        '<ol class="ro-dates">',
        *(f"<li>{time_tag(date, short=True)} <span>{text}</span></li>" for date, text in sorted(rows)),
        "</ol>",
    ]


def notes(briefing: Briefing) -> list[str]:
    """What people wrote."""
    parts: list[str] = []
    for note in briefing.notes:
        heading = f"<h3>{esc(note.heading)}</h3>" if note.heading != "Notes" else ""
        parts.append(
            f'<div class="ro-note">{heading}{notes_html(note.body)}</div>' if note.body.strip() else ""
        )
    return parts


def related(atlas: Atlas, briefing: Briefing, root: str) -> list[str]:
    """Other briefings on the same moves, then on the same central actors, the closest first.

    A shared thread counts one, a shared actor the product of its centrality here and there; actors that are
    everywhere say little, so each counts the less the more briefings hold it.
    """
    slug = briefing.header.slug
    score: dict[str, float] = {}
    why: dict[str, list[str]] = {}

    def add(other: str, weight: float, reason: str) -> None:
        score[other] = score.get(other, 0.0) + weight
        if reason not in why.setdefault(other, []):
            why[other].append(reason)

    for n in range(len(briefing.moves)):
        thread = atlas.thread_of.get((slug, n))
        for event in thread.events if thread else ():
            if thread and event.slug != slug and event.slug in atlas.briefings:
                add(event.slug, 1.0, thread.label)
    for actor in briefing.actors[:CAST_SHOWN]:
        identity = atlas.who.get((slug, actor.id))
        others = atlas.seen.get(identity.id, []) if identity else []
        if identity is None or not len(others) > 1:
            continue
        # The nearest in time are enough: an actor of a thousand briefings would relate everything to everything.
        for there in others[:60]:
            if there.briefing.header.slug != slug:
                add(
                    there.briefing.header.slug,
                    2 * actor.salience * there.actor.salience / len(others) ** 0.5,
                    identity.name,
                )
    best = sorted(score, key=lambda s: (-round(score[s], 6), s))[:RELATED]
    rows = [
        f'<li class="ro-brow"><span class="ro-brow-h">{briefing_link(atlas.briefings[s], root)}</span>'
        f'<span class="ro-meta">{source_line(atlas.briefings[s], root)} · on {esc(", ".join(why[s][:3]))}</span></li>'
        for s in best
    ]
    return ['<ul class="ro-list">', *rows, "</ul>"] if rows else []


def pages(atlas: Atlas) -> Iterable[Page]:
    """All pages of briefings."""
    for item in atlas.corpus.briefings:
        yield page(atlas, item, item.header.slug in atlas.corpus.edited)
