"""Charts, citations, metadata, feeds and data: what is derived beside the pages, and what must hold of it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

import synthetic
from readout import cli
from readout.corpus import load
from readout.pages import charts, cite, data, feeds, figures, search, structured
from readout.pages.atlas import Atlas, survey
from readout.records import Briefing, Page, Site

SITE = Site(name="Test & Co", address="https://example.org/sub/")
HOSTILE = '</script><script>alert(1)</script> "quoted" & {{ 7*7 }} ]]> \ufffe\u2028 *x* =1+1'


def make_atlas(briefings: list[Briefing]) -> Atlas:
    return survey(load.corpus(Path("/nonexistent"), briefings, ())[0])


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return make_atlas(synthetic.briefings(60))


@pytest.fixture(scope="module")
def hostile() -> Atlas:
    briefing = synthetic.briefings(1)[0]
    actors = tuple(replace(a, name=f"{a.name} {HOSTILE}", aliases=(HOSTILE,)) for a in briefing.actors)
    quotes = tuple(replace(q, via=HOSTILE) for q in briefing.quotes)
    moves = tuple(replace(m, label=HOSTILE) for m in briefing.moves)
    header = replace(
        briefing.header, title=HOSTILE, source=HOSTILE, author=HOSTILE, url="javascript:alert(1)"
    )
    return make_atlas([replace(briefing, header=header, actors=actors, quotes=quotes, moves=moves)])


def derived(atlas: Atlas) -> list[Page]:
    found = [page for b in atlas.corpus.briefings for page in cite.pages(b, SITE)]
    return [*found, *feeds.pages(atlas, SITE), *data.pages(atlas, SITE)]


# ------------------------------------------------------------------ all
def test_the_same_corpus_gives_the_same_bytes_whatever_its_order(atlas: Atlas) -> None:
    briefings = list(atlas.corpus.briefings)
    assert derived(make_atlas(briefings[::-1])) == derived(atlas)


def test_every_file_has_its_own_path(atlas: Atlas) -> None:
    paths = [page.path for page in derived(atlas)]
    assert len(paths) == len(set(paths)) > 100


# ------------------------------------------------------------------ charts
def drawn(html: str) -> ET.Element:
    """The drawing of a chart; fails where it is not well formed."""
    found = re.search(r"<svg.*?</svg>", html, re.S)
    assert found
    return ET.fromstring(found[0])


def all_charts(atlas: Atlas) -> list[str]:
    ties = figures.ties(atlas)
    made = [figures.most_quoted(atlas, ""), figures.network(atlas, ties, "")]
    made += [figures.quotes_of(atlas, i, "../../") for i in atlas.corpus.identities]
    made += [figures.network_of(atlas, ties, i, "../../") for i in atlas.corpus.identities]
    made += [figures.history_of(atlas, t, "../../") for t in atlas.corpus.threads]
    return [chart for chart in made if chart]


def test_every_chart_is_well_formed_has_a_text_alternative_and_its_data_as_a_table(atlas: Atlas) -> None:
    made = all_charts(atlas)
    assert len(made) > 10
    for chart in made:
        picture = drawn(chart)
        named = (picture.get("aria-labelledby") or "").split()
        texts = {e.get("id"): e.text for e in picture if e.tag in ("title", "desc")}
        assert len(named) == 2 and all(texts[n] for n in named)
        assert "<table>" in chart and chart.count("<tr>") > 1
        assert "\n" not in chart, "Markdown would end the HTML at an empty line"


def test_a_bar_is_as_high_as_its_count() -> None:
    html = charts.over_time("k", "T", "quotes", ("2031-01", "2031-02"), [charts.Row("A", None, (10, 5))])
    path = next(e for e in drawn(html).iter("path") if e.get("class") == "bar")
    heights = [float(h) for h in re.findall(r"v-([\d.]+)", path.get("d") or "")]
    assert heights[0] == 2 * heights[1] > 0


def test_a_chart_with_nothing_to_show_is_not_drawn() -> None:
    assert charts.over_time("k", "T", "quotes", ("2031-01",), [charts.Row("A", None, (0,))]) == ""
    assert charts.status_history("k", "T", [charts.Step("2031-01-01", "agreed", "Agreed", "X")]) == ""
    assert charts.network("k", "T", {"a": "A"}, [charts.Edge("a", "a", "says", 3)], {}) == ""


def test_the_status_history_climbs_when_a_proposal_comes_into_force() -> None:
    steps = [
        charts.Step("2031-01-01", "proposed", "Proposed", "X"),
        charts.Step("2031-02-01", "in-force", "In force", "Y"),
    ]
    dots = [e for e in drawn(charts.status_history("k", "T", steps)).iter("circle")]
    assert float(dots[0].get("cx") or 0) < float(dots[1].get("cx") or 0)
    assert float(dots[0].get("cy") or 0) > float(dots[1].get("cy") or 0)


def test_neighbours_in_a_network_stand_side_by_side() -> None:
    edges = [
        charts.Edge("a", "d", "says", 9),
        charts.Edge("b", "e", "says", 9),
        charts.Edge("c", "f", "acts", 9),
    ]
    ring = charts.order_round("abcdef", edges)
    assert all(abs(ring.index(a) - ring.index(b)) in (1, 5) for a, b in ("ad", "be", "cf"))


def test_a_name_in_a_quote_is_a_tie_and_so_is_a_move() -> None:
    briefing = synthetic.briefings(1)[0]
    atlas = make_atlas([briefing])
    counts = {tie for counts in figures.ties(atlas).values() for tie in counts}
    move = briefing.moves[0]
    assert (move.actors[0], move.targets[0], "acts") in counts


# ------------------------------------------------------------------ citations
def test_a_quote_is_cited_in_four_formats_with_its_permalink(atlas: Atlas) -> None:
    briefing = atlas.corpus.briefings[0]
    quote = briefing.quotes[0]
    anchor = f"#q-{quote.content[0].span.start}"
    files = {page.path.rsplit(".", 1)[1]: page.text for page in cite.pages(briefing, SITE)}
    assert set(files) == {"txt", "bib", "json", "ris"}
    assert all(
        f"https://example.org/sub/briefings/{briefing.header.slug}/{anchor}" in text
        for text in files.values()
    )
    items = json.loads(files["json"])
    assert (
        len(items) == files["bib"].count("@misc{") == files["ris"].count("ER  - ") == files["txt"].count("\n")
    )
    assert {item["type"] for item in items} == {"article-newspaper"}


def test_ris_records_open_with_a_type_and_close_with_an_end(atlas: Atlas) -> None:
    for briefing in atlas.corpus.briefings[:10]:
        text = next(p.text for p in cite.pages(briefing, SITE) if p.path.endswith(".ris"))
        lines = [line for line in text.splitlines() if line]
        assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
        assert lines[0] == "TY  - NEWS" and lines[-1] == "ER  - "


def test_what_is_unknown_is_left_out_of_a_citation(atlas: Atlas) -> None:
    briefing = atlas.corpus.briefings[0]
    bare = replace(
        briefing,
        header=replace(briefing.header, title=None, source=None, author=None, url=None, published=None),
    )
    whole = cite.of_briefing(bare, SITE)
    assert "None" not in cite.as_text(whole) + cite.as_bibtex(whole) + cite.as_ris(whole)
    assert {"title", "author", "issued", "container-title"}.isdisjoint(cite.as_csl(whole))
    assert cite.as_csl(whole)["URL"] == whole.permalink


def test_braces_in_a_headline_do_not_break_bibtex(hostile: Atlas) -> None:
    text = next(p.text for p in cite.pages(hostile.corpus.briefings[0], SITE) if p.path.endswith(".bib"))
    entry = text.split("\n@misc")[0]
    assert re.sub(r"\\[{}]", "", entry).count("{") == re.sub(r"\\[{}]", "", entry).count("}")


# ------------------------------------------------------------------ metadata
def head_of(lines: str) -> tuple[dict[str, str], dict[str, object]]:
    front = yaml.safe_load(lines)
    tags = re.findall(r'<meta (?:name|property)="([^"]*)" content="([^"]*)">', front["head"])
    assert "".join(f'="{n}" content="{c}"' for n, c in tags) == re.sub(
        r"<meta (?:name|property)|>", "", front["head"]
    )
    return {n: html.unescape(c) for n, c in tags}, json.loads(front["jsonld"])


def test_a_briefing_cites_its_article_in_json_ld(atlas: Atlas) -> None:
    briefing = atlas.corpus.briefings[0]
    tags, graph = head_of(structured.for_briefing(briefing, atlas, SITE))
    article = graph["citation"]
    assert (
        isinstance(article, dict)
        and article["@type"] == "NewsArticle"
        and article["url"] == briefing.header.url
    )
    parts = graph["hasPart"]
    assert isinstance(parts, list) and {p["@type"] for p in parts} == {"Quotation"}
    assert len(parts) == sum(q.kind != "indirect" for q in briefing.quotes), "a paraphrase is no quotation"
    about = graph["about"]
    assert isinstance(about, list) and {a["@type"] for a in about} <= {
        "Person",
        "Organization",
        "Country",
        "Place",
    }
    assert tags["citation_title"] == briefing.header.title and tags["og:type"] == "article"
    assert tags["citation_publication_date"] == (briefing.header.published or "").replace("-", "/")


def test_metadata_of_hostile_words_reads_back_and_closes_no_element(hostile: Atlas) -> None:
    briefing = hostile.corpus.briefings[0]
    for lines in (structured.for_briefing(briefing, hostile, SITE), structured.for_actor(hostile.corpus.identities[0], hostile, SITE),
                  structured.for_thread(hostile.corpus.threads[0], hostile, SITE)):  # fmt: skip
        assert lines.count("\n") == 2
        front = yaml.safe_load(lines)
        assert "<" not in front["jsonld"] and json.loads(front["jsonld"])["@context"] == "https://schema.org"
    assert "javascript:" not in structured.for_briefing(briefing, hostile, SITE)


# ------------------------------------------------------------------ feeds
ATOM = "{http://www.w3.org/2005/Atom}"


def check_rss(text: str) -> list[str]:
    """The ids of a feed's items; fails where RSS 2.0 does not allow it."""
    channel = ET.fromstring(text.encode()).find("channel")
    assert channel is not None
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    ids = []
    for item in channel.findall("item"):
        assert item.findtext("title") or item.findtext("description")
        assert (item.findtext("link") or "").startswith("https://")
        date = item.findtext("pubDate")
        assert date is None or re.fullmatch(
            r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} 00:00:00 GMT", date
        )
        ids.append(item.findtext("guid") or "")
    return ids


def check_atom(text: str) -> list[str]:
    """The ids of a feed's entries; fails where RFC 4287 does not allow it."""
    feed = ET.fromstring(text.encode())
    assert feed.tag == f"{ATOM}feed"
    ids = []
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1, f"exactly one {name}"
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", part.findtext(f"{ATOM}updated") or "")
        assert part.find(f"{ATOM}author/{ATOM}name") is not None
        assert all((link.get("href") or "").startswith("https://") for link in part.findall(f"{ATOM}link"))
        ids.append(part.findtext(f"{ATOM}id") or "")
    return ids[1:]


def check_json(text: str) -> list[str]:
    """The ids of a feed's items; fails where JSON Feed 1.1 does not allow it."""
    feed = json.loads(text)
    assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"]
    for item in feed["items"]:
        assert item["id"] and item["url"].startswith("https://") and "content_html" in item
    return [item["id"] for item in feed["items"]]


@pytest.mark.parametrize("which", ["atlas", "hostile"])
def test_every_feed_is_valid_and_its_three_formats_have_the_same_entries(
    which: str, request: pytest.FixtureRequest
) -> None:
    pages = {page.path: page.text for page in feeds.pages(request.getfixturevalue(which), SITE)}
    stems = {re.sub(r"\.(rss\.xml|atom\.xml|json)$", "", path) for path in pages}
    assert {"feeds/all", "feeds/quotes", "feeds/moves"} < stems and len(pages) == 3 * len(stems)
    for stem in stems:
        ids = check_rss(pages[f"{stem}.rss.xml"])
        assert ids == check_atom(pages[f"{stem}.atom.xml"]) == check_json(pages[f"{stem}.json"])
        assert len(ids) == len(set(ids)) > 0


def test_ids_of_entries_stay_when_the_site_moves(atlas: Atlas) -> None:
    here, there = (
        next(feeds.feeds(atlas, site)) for site in (SITE, replace(SITE, address="https://elsewhere.example/"))
    )
    assert [feeds.identifier(e.path) for e in here.entries] == [
        feeds.identifier(e.path) for e in there.entries
    ]


# ------------------------------------------------------------------ data
def test_csv_and_json_hold_the_same_records(atlas: Atlas) -> None:
    pages = {page.path: page.text for page in data.pages(atlas, SITE)}
    index = json.loads(pages["api/index.json"])
    for name, table in index["tables"].items():
        rows = json.loads(pages[f"api/{name}.json"])
        lines = list(csv.DictReader(io.StringIO(pages[f"api/{name}.csv"].removeprefix("\ufeff"), newline="")))
        assert len(rows) == len(lines) == table["records"] > 0
        assert table["fields"] == list(rows[0]) == list(lines[0])
        assert [row["id"] for row in rows] == [line["id"] for line in lines]
        assert len({row["id"] for row in rows}) == len(rows), "an id is one record’s"


def test_every_field_of_the_data_is_documented(atlas: Atlas) -> None:
    told = (Path(__file__).parent.parent / "docs" / "data.md").read_text(encoding="utf-8")
    for page in data.pages(atlas, SITE):
        if page.path == "api/index.json":
            for name, table in json.loads(page.text)["tables"].items():
                section = told.split(f"## {name}\n")[1].split("\n## ")[0]
                documented = re.findall(r"^\| `(\w+)`", section, re.M)
                assert documented == table["fields"], name


def test_no_cell_is_a_formula(hostile: Atlas) -> None:
    for page in data.pages(hostile, SITE):
        if page.path.endswith(".csv"):
            for line in csv.reader(io.StringIO(page.text.removeprefix("\ufeff"), newline="")):
                assert not any(value[:1] in ("=", "+", "-", "@") for value in line)


# ------------------------------------------------------------------ search
def test_a_closed_year_keeps_its_records_when_a_briefing_is_added(atlas: Atlas) -> None:
    briefings = list(atlas.corpus.briefings)
    with_newest, without = (
        {(e.part, e.path): e.html for e in search.entries(make_atlas(b))} for b in (briefings, briefings[1:])
    )
    newest = max((b.header.published or "") for b in briefings)[:7]
    old = {key: html for key, html in with_newest.items() if key[0] not in (newest, search.NAMES)}
    assert old and all(without[key] == html for key, html in old.items())
    assert {part for part, _ in with_newest} == {"2024", "2025", newest, search.NAMES}


def test_a_record_holds_aliases_and_every_statement_with_its_anchor(atlas: Atlas) -> None:
    records = {e.path: e.html for e in search.entries(atlas)}
    briefing = atlas.corpus.briefings[0]
    html = records[f"briefings/{briefing.header.slug}/"]
    for quote in briefing.quotes:
        assert f'id="q-{quote.content[0].span.start}"' in html
    for move in briefing.moves:
        assert f'id="m-{move.trigger.span.start}"' in html
    named = next(i for i in atlas.corpus.identities if i.aliases)
    assert named.aliases[0] in records[f"actors/{named.id}/"]


def test_a_country_is_found_by_the_seat_of_its_government() -> None:
    briefing = synthetic.briefings(1)[0]
    country = next(a for a in briefing.actors if a.kind == "country")
    actors = tuple(replace(a, name="Russia", aliases=()) if a == country else a for a in briefing.actors)
    atlas = make_atlas([replace(briefing, actors=actors)])
    records = {e.path: e.html for e in search.entries(atlas, cli.other_names())}
    assert "Kremlin" in records["actors/russia/"]
    assert "Kremlin" not in {e.path: e.html for e in search.entries(atlas)}["actors/russia/"]
