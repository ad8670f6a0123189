"""Topics: the eight families of moves, and the organizations most written about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from readout.pages import taxonomy
from readout.pages.atlas import Atlas, move_at
from readout.pages.parts import briefing_list, document, headline, section, thread_list
from readout.pages.words import count, esc, number, root_from
from readout.records import Page, Thread

PER_TYPE = 15


def pages(atlas: Atlas) -> Iterable[Page]:
    """The index of topics, and a page for each family of moves."""
    of_family: dict[str, list[Thread]] = {f.code: [] for f in taxonomy.FAMILIES}
    for thread in atlas.corpus.threads:
        family = taxonomy.FAMILY_OF.get(thread.type)
        if family:
            of_family[family.code].append(thread)
    root = root_from("topics/index.md")
    cards = "".join(
        f'<li><a class="ro-label" href="{root}topics/{f.code}/">{esc(f.title)}</a> <span class="ro-count">{number(len(of_family[f.code]))}</span>'
        f'<span class="ro-meta">{esc(f.about)}</span></li>'
        for f in taxonomy.FAMILIES
    )
    bodies = sorted(
        (i for i in atlas.corpus.identities if i.kind == "organization"),
        key=lambda i: (-round(atlas.weight(i.id), 6), i.id),
    )[:24]
    tags = "".join(
        f'<li><a href="{root}actors/{i.id}/">{esc(i.name)}</a> <span class="ro-count">{number(len(i.members))}</span></li>'
        for i in bodies
    )
    body = [
        headline("Topics"),
        '<p class="ro-intro">A topic here is a family of policy moves, or an organization: nothing is guessed from words.</p>',
        section("By kind of move", "families", [f'<ul class="ro-cards">{cards}</ul>']),
        section("Organizations", "organizations", [f'<ul class="ro-tags">{tags}</ul>'] if tags else []),
    ]
    yield document("topics/index.md", "Topics", body, tab="Moves", search=False)
    for family in taxonomy.FAMILIES:
        yield family_page(atlas, family, of_family[family.code])


def family_page(atlas: Atlas, family: taxonomy.Family, threads: list[Thread]) -> Page:
    """The moves of a family by type, who makes most of them, and the briefings on it."""
    path = f"topics/{family.code}.md"
    root = root_from(path)
    acting = Counter(a for t in threads for a in t.actors if a in atlas.identities)
    tags = "".join(
        f'<li><a href="{root}actors/{i}/">{esc(atlas.identities[i].name)}</a> <span class="ro-count">{number(n)}</span></li>'
        for i, n in sorted(acting.items(), key=lambda kv: (-kv[1], kv[0]))[:14]
    )
    body = [
        headline(family.title),
        f'<p class="ro-intro">{count(len(threads), "move")}: {esc(family.about)}. <a href="{root}topics/">All topics</a></p>',
    ]
    empty: list[str] = []
    for code, words in family.types:
        of_type = [t for t in threads if t.type == code]
        if not of_type:
            empty.append(words.lower())
            continue
        rest = len(of_type) - PER_TYPE
        more = (
            f'<p><a href="{root}moves/?type={code}">{number(rest)} more in the tracker</a></p>'
            if rest > 0
            else ""
        )
        body.append(section(words, code, [thread_list(atlas, of_type[:PER_TYPE], root), more]))
    if empty:
        body.append(f'<p class="ro-none">No move yet of these types: {esc(", ".join(empty))}.</p>')
    slugs = list(dict.fromkeys(e.slug for t in threads for e in reversed(t.events) if move_at(atlas, e)))[:12]
    body.append(section("Who acts most", "actors", [f'<ul class="ro-tags">{tags}</ul>'] if tags else []))
    body.append(
        section(
            "Latest briefings", "briefings", [briefing_list(atlas, [atlas.briefings[s] for s in slugs], root)]
        )
    )
    return document(path, family.title, body, tab="Moves", search=False)
