"""The page of an actor across all briefings, and the index of actors."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from readout.pages import feeds, figures, structured, taxonomy
from readout.pages.atlas import Atlas, Said, quote_id
from readout.pages.differences import difference_html
from readout.pages.parts import (
    briefing_list,
    date_range,
    document,
    dotted,
    folded,
    headline,
    quote_row,
    section,
    thread_list,
)
from readout.pages.words import capital, count, day, embedded, esc, number, root_from, slug_path, time_tag
from readout.records import Identity, Page, Thread
from readout.slugs import fold

QUOTES_SHOWN = 20
QUOTES_HELD = 120
THREADS_SHOWN = 15
THREADS_HELD = 60
BRIEFINGS_SHOWN = 30
"""Beyond what is held, a page points to the search and the trackers: pages stay light at any size."""


def page(atlas: Atlas, identity: Identity, ties: figures.Ties) -> Page:
    """Everything the site has on one actor."""
    path = slug_path("actors", identity.id)
    root = root_from(path)
    said = atlas.said.get(identity.id, [])
    acts = atlas.acts.get(identity.id, [])
    suffers = atlas.suffers.get(identity.id, [])
    kind = taxonomy.KINDS.get(identity.kind, (identity.kind, identity.kind))[0]
    body = [
        headline(identity.name),
        *facts(atlas, identity, kind),
        section("Roles", "roles", roles(atlas, identity, root)),
        section("Quotes", "quotes", quotes(atlas, identity, said, root)),
        section(
            "Moves it makes" if identity.kind != "person" else "Moves made",
            "initiator",
            threads(atlas, acts, root, identity, "actor"),
        ),
        section(
            "Moves aimed at it" if identity.kind != "person" else "Moves aimed at them",
            "target",
            threads(atlas, suffers, root, identity, "target"),
        ),
        section(
            "In numbers",
            "numbers",
            [figures.quotes_of(atlas, identity, root), figures.network_of(atlas, ties, identity, root)],
        ),
        section("Where accounts differ", "differences", differences(atlas, identity, acts, suffers, root)),
        section("Named together with", "company", company(atlas, identity, root)),
        section("Briefings", "briefings", briefings(atlas, identity, root)),
        f'<p class="ro-meta">Follow {esc(identity.name)}: {feeds.links(f"feeds/actors/{identity.id}", root)}</p>',
    ]
    about = f"{identity.name}: {count(len(said), 'quote')}, {count(len(acts), 'move')} in {count(len(identity.members), 'briefing')}"
    return document(
        path,
        identity.name,
        body,
        tab="Actors",
        about=about,
        head=structured.for_actor(identity, atlas, atlas.site),
    )


def facts(atlas: Atlas, identity: Identity, kind: str) -> list[str]:
    """Kind, other names, first and last seen, counts."""
    seen = atlas.seen.get(identity.id, [])
    dates = sorted(s.briefing.header.published or "" for s in seen if day(s.briefing.header.published))
    when = f"seen {date_range(dates[0], dates[-1])}" if dates else "dates unknown"
    current = next((r.title for s in seen for r in s.actor.roles if r.status == "current"), None)
    lead = f'<p class="ro-byline"><span class="ro-kindword">{esc(kind)}</span>{dotted(esc(current)) if current else ""} · {esc(when)}</p>'
    also = [a for a in identity.aliases if a != identity.name]
    names = f'<p class="ro-also">Also: {esc(", ".join(also[:12]))}</p>' if also else ""
    figures = [
        (len({s.briefing.header.slug for s in seen}), "briefing", "#briefings"),
        (len(atlas.said.get(identity.id, ())), "quote", "#quotes"),
        (len(atlas.acts.get(identity.id, ())), "move made", "#initiator"),
        (len(atlas.suffers.get(identity.id, ())), "move aimed here", "#target"),
    ]
    cells = "".join(
        f"<li>{figure(n, noun.replace('move ', 'moves ', 1) if n != 1 and ' ' in noun else noun + ('s' if n != 1 else ''), link)}</li>"
        for n, noun, link in figures
    )
    return [lead, names, f'<ul class="ro-figures">{cells}</ul>']


def figure(n: int, noun: str, link: str) -> str:
    """A number with its noun, linked to its section where there is one."""
    inner = f"<strong>{number(n)}</strong> {noun}"
    return f'<a href="{link}">{inner}</a>' if n else f"<span>{inner}</span>"


def roles(atlas: Atlas, identity: Identity, root: str) -> list[str]:
    """Roles over time: each as the articles word it, from when to when, in how many briefings."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    shown: dict[tuple[str, str], str] = {}
    for s in atlas.seen.get(identity.id, []):
        for role in s.actor.roles:
            key = (fold(role.title), role.status)
            shown.setdefault(key, role.title)
            found[key].append((s.briefing.header.published or "", s.briefing.header.slug))
    rows = []
    for key, places in sorted(found.items(), key=lambda kv: (max(kv[1])[0], len(kv[1]), kv[0]), reverse=True):
        dates = sorted(d for d, _ in places if day(d))
        status = "" if key[1] == "current" else f' <span class="ro-flag">{esc(key[1])}</span>'
        slugs = sorted({slug for _, slug in places})
        newest = max(places)[1]
        rows.append(
            f'<li><span class="ro-role-t">{esc(shown[key])}</span>{status} <span class="ro-meta">{esc(date_range(dates[0], dates[-1])) if dates else "date unknown"} · '
            f'<a href="{root}briefings/{esc(newest)}/#actors">{count(len(slugs), "briefing")}</a></span></li>'
        )
    return ['<ul class="ro-list ro-roles">', *rows[:12], "</ul>"] if rows else []


def stands_in(name: str, words: str) -> bool:
    """Whether a name stands in some words, whole."""
    at = words.find(name)
    while at >= 0:
        end = at + len(name)
        if not (at and words[at - 1].isalnum()) and not (end < len(words) and words[end].isalnum()):
            return True
        at = words.find(name, at + 1)
    return False


def subjects(atlas: Atlas, said: Said, identity: Identity) -> list[tuple[str, str]]:
    """What a quote is about, as (kind, words): move types that rest on the same sentence, actors it names.

    Only what stands in the words or under the same evidence counts; nothing is guessed.
    """
    spans = [p.span for p in said.quote.content]
    found: dict[tuple[str, str], None] = {}
    for move in said.briefing.moves:
        if any(e.span.meets(s) for e in move.evidence for s in spans):
            found[("type", move.type)] = None
    words = " ".join(p.words for p in said.quote.content)
    for actor in said.briefing.actors:
        other = atlas.who.get((said.briefing.header.slug, actor.id))
        if other is None or other.id == identity.id:
            continue
        if any(stands_in(n, words) for n in (actor.name, *actor.aliases) if len(n) > 2 and n[:1].isupper()):
            found[("actor", other.id)] = None
    return list(found)


def quotes(atlas: Atlas, identity: Identity, said: list[Said], root: str) -> list[str]:
    """Quotes, newest first, and the same by subject."""
    if not said:
        return []
    rows = [quote_row(atlas, s.briefing, s.quote, root, speaker=False) for s in said[:QUOTES_HELD]]
    html = ['<ul class="ro-list ro-quotes">', *rows[:QUOTES_SHOWN], "</ul>"]
    if rows[QUOTES_SHOWN:]:
        html.append(
            folded(
                count(len(rows) - QUOTES_SHOWN, "earlier quote"),
                '<ul class="ro-list ro-quotes">' + "".join(rows[QUOTES_SHOWN:]) + "</ul>",
                css="ro-fold",
            )
        )
    if len(said) > QUOTES_HELD:
        html.append(
            f'<p class="ro-none">The newest {QUOTES_HELD} of {number(len(said))} quotes. <a href="{root}quotes/?speaker={esc(identity.id)}">All of them</a></p>'
        )
    by_subject: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for s in said[:QUOTES_HELD]:
        for subject in subjects(atlas, s, identity):
            by_subject[subject].append(s)
    if by_subject:
        rows = []
        for (kind, code), of_it in sorted(by_subject.items(), key=lambda kv: (-len(kv[1]), kv[0]))[:15]:
            words = taxonomy.type_words(code) if kind == "type" else atlas.identities[code].name
            links = "".join(
                f'<li><a href="{root}briefings/{esc(s.briefing.header.slug)}/#{quote_id(s.quote)}">{esc(" … ".join(p.words for p in s.quote.content)[:160])}</a> {time_tag(s.briefing.header.published, short=True)}</li>'
                for s in of_it[:20]
            )
            rows.append(
                folded(
                    f'{esc(words)} <span class="ro-count">{number(len(of_it))}</span>',
                    f'<ul class="ro-sub">{links}</ul>',
                    css="ro-fold",
                )
            )
        html.append('<h3 id="subjects">By subject</h3>')
        html.append(
            '<p class="ro-hint">Moves that rest on the same sentence, and actors named in the quote.</p>'
        )
        html += ['<div class="ro-subjects">', *rows, "</div>"]
    return html


def threads(atlas: Atlas, found: list[Thread], root: str, identity: Identity, field: str) -> list[str]:
    """Moves, newest first; the earlier ones fold."""
    if not found:
        return []
    html = [thread_list(atlas, found[:THREADS_SHOWN], root)]
    rest = found[THREADS_SHOWN:THREADS_HELD]
    if rest:
        html.append(
            folded(
                count(len(rest), "earlier move"),
                thread_list(atlas, rest, root).replace("\n", ""),
                css="ro-fold",
            )
        )
    if len(found) > THREADS_HELD:
        html.append(
            f'<p class="ro-none">The newest {THREADS_HELD} of {number(len(found))}. <a href="{root}moves/?{field}={esc(identity.id)}">All in the tracker</a></p>'
        )
    return html


def differences(
    atlas: Atlas, identity: Identity, acts: list[Thread], suffers: list[Thread], root: str
) -> list[str]:
    """This actor's statements on one move that differ, then accounts of its moves that differ between outlets."""
    html: list[str] = []
    own = atlas.own_words.get(identity.id, [])
    others = [(t, d) for t in dict.fromkeys([*acts, *suffers]) for d in t.differences]
    for thread, difference in [*own[:6], *others[:6]]:
        html.append(f'<h3><a href="{root}moves/{thread.id}/">{esc(capital(thread.label))}</a></h3>')
        html.append(difference_html(atlas, difference, root))
    return html


def company(atlas: Atlas, identity: Identity, root: str) -> list[str]:
    """The actors most often central in the same briefings."""
    together: Counter[str] = Counter()
    for s in atlas.seen.get(identity.id, [])[:200]:
        slug = s.briefing.header.slug
        for actor in s.briefing.actors[:12]:
            other = atlas.who.get((slug, actor.id))
            if other and other.id != identity.id:
                together[other.id] += 1
    rows = [
        f'<li><a href="{root}actors/{i}/">{esc(atlas.identities[i].name)}</a> <span class="ro-count">{number(n)}</span></li>'
        for i, n in sorted(together.items(), key=lambda kv: (-kv[1], -round(atlas.weight(kv[0]), 6), kv[0]))[
            :14
        ]
    ]
    return (
        [
            f'<ul class="ro-tags">{"".join(rows)}</ul>',
            '<p class="ro-hint">Number of briefings in which both stand.</p>',
        ]
        if rows
        else []
    )


def briefings(atlas: Atlas, identity: Identity, root: str) -> list[str]:
    """The briefings the actor stands in."""
    found = list(dict.fromkeys(s.briefing.header.slug for s in atlas.seen.get(identity.id, [])))
    html = [briefing_list(atlas, [atlas.briefings[s] for s in found[:BRIEFINGS_SHOWN]], root)]
    if len(found) > BRIEFINGS_SHOWN:
        html.append(f'<p class="ro-none">The newest {BRIEFINGS_SHOWN} of {number(len(found))}.</p>')
    return html


# ------------------------------------------------------------------ index
INDEX_SHOWN = 60


def index_row(atlas: Atlas, identity: Identity, root: str) -> str:
    """An actor in a list."""
    kind = taxonomy.KINDS.get(identity.kind, (identity.kind,))[0]
    said = len(atlas.said.get(identity.id, ()))
    moves = len(atlas.acts.get(identity.id, ()))
    numbers = " · ".join(
        filter(
            None,
            (
                count(len(identity.members), "briefing"),
                count(said, "quote") if said else "",
                count(moves, "move") if moves else "",
            ),
        )
    )
    return (f'<li class="ro-arow"><a class="ro-label" href="{root}actors/{identity.id}/">{esc(identity.name)}</a>'
            f'<span class="ro-meta"><span class="ro-kindword">{esc(kind)}</span> · {numbers}</span></li>')  # fmt: skip


def letter(identity: Identity) -> str:
    """The letter an actor is listed under: its last name's for a person; `0` for what begins otherwise."""
    words = fold(identity.name).split() or [""]
    first = (
        words[-1]
        if identity.kind == "person"
        else words[1]
        if words[0] == "the" and len(words) > 1
        else words[0]
    )[:1]
    return first if first.isascii() and first.isalpha() else "0"


def index_pages(atlas: Atlas) -> Iterable[Page]:
    """The index: the most central actors, the others by letter; and the data of its filter."""
    ranked = sorted(atlas.corpus.identities, key=lambda i: (-round(atlas.weight(i.id), 6), i.id))
    letters: dict[str, list[Identity]] = defaultdict(list)
    for identity in atlas.corpus.identities:
        letters[letter(identity)].append(identity)
    root = root_from("actors/index.md")
    by_letter = "".join(
        f'<li><a href="{root}actors/all/{x}/">{x.upper() if x != "0" else "0–9"}</a></li>'
        for x in sorted(letters)
    )
    kinds = "".join(
        f'<option value="{code}">{esc(many)}</option>' for code, (_, many) in taxonomy.KINDS.items()
    )
    body = [
        headline("Actors"),
        f'<p class="ro-intro">{count(len(ranked), "actor")} in {count(len(atlas.corpus.briefings), "briefing")}: who matters, what they said, what they did.</p>',
        '<form class="ro-filter" data-readout="actors" data-src="list.json" role="search" aria-label="Filter the actors" hidden><details open><summary>Filter and sort</summary><div class="ro-fields">'
        '<label>Name <input type="search" name="text" autocomplete="off"></label>'
        f'<label>Kind <select name="kind"><option value="">All kinds</option>{kinds}</select></label>'
        '<label>Sort <select name="sort"><option value="">Most central</option><option value="name">Name</option><option value="quotes">Most quoted</option></select></label>'
        '<button type="submit">Filter</button><button type="reset">Clear</button></div></details><p class="ro-result" role="status"></p></form>',
        '<ul class="ro-list ro-results" id="results">',
        *(index_row(atlas, i, root) for i in ranked[:INDEX_SHOWN]),
        "</ul>",
        section("By letter", "letters", [f'<ul class="ro-letters">{by_letter}</ul>'] if letters else []),
    ]
    yield document("actors/index.md", "Actors", body, tab="Actors", search=False)
    data = [
        [
            i.id,
            i.name,
            i.kind,
            " ".join(i.aliases),
            len(i.members),
            len(atlas.said.get(i.id, ())),
            len(atlas.acts.get(i.id, ())),
        ]
        for i in ranked
    ]
    yield Page("actors/list.json", embedded(data) + "\n")
    for x in sorted(letters):
        path = f"actors/all/{x}.md"
        root = root_from(path)
        shown = x.upper() if x != "0" else "0–9"
        rows = [
            index_row(atlas, i, root)
            for i in sorted(
                letters[x],
                key=lambda i: (
                    fold(i.name.split()[-1] if i.kind == "person" and i.name.split() else i.name),
                    i.id,
                ),
            )
        ]
        heading = f"Actors: {shown}"
        yield document(
            path,
            heading,
            [
                headline(heading),
                f'<p><a href="{root}actors/">All actors</a></p>',
                '<ul class="ro-list">',
                *rows,
                "</ul>",
            ],
            tab="Actors",
            search=False,
        )


def pages(atlas: Atlas) -> Iterable[Page]:
    """The index and every actor."""
    yield from index_pages(atlas)
    ties = figures.ties(atlas)
    for identity in atlas.corpus.identities:
        yield page(atlas, identity, ties)
