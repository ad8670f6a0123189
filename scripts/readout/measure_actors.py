"""Actors against gold: the table of the evaluation sets with intervals, and figures on the project's own
articles.

Counts are kept a document, so that intervals can be drawn over documents. What is counted is what the scorer
of the evaluation sets counts: names without title, article and possessive ending; B-cubed over the names that
both sides have; pronouns and descriptions tied to the right named entity; the order of actors against graded
salience.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from math import log2
from typing import Any, NamedTuple

from readout.extract import gazetteer
from readout.extract.kinds import noun_class
from readout.goldtext import KINDS, GoldText

Place = tuple[int, int]
SCORED = {
    "person": "person",
    "organization": "organization",
    "country": "location",
    "place": "location",
    "location": "location",
}
ACTOR_KINDS = frozenset({*SCORED, "group"})
SALIENT = 0.6
ARTICLES = frozenset({"the", "a", "an"})
TITLES = frozenset(
    [
        "president",
        "premier",
        "minister",
        "prime",
        "chancellor",
        "king",
        "queen",
        "prince",
        "princess",
        "pope",
        "senator",
        "sen",
        "representative",
        "rep",
        "congressman",
        "congresswoman",
        "governor",
        "gov",
        "mayor",
        "secretary",
        "general",
        "gen",
        "colonel",
        "col",
        "captain",
        "capt",
        "lieutenant",
        "lt",
        "major",
        "sergeant",
        "sgt",
        "admiral",
        "commander",
        "chief",
        "judge",
        "justice",
        "chairman",
        "chairwoman",
        "chairperson",
        "director",
        "professor",
        "prof",
        "doctor",
        "dr",
        "mr",
        "mrs",
        "ms",
        "sir",
        "lord",
        "lady",
        "dame",
        "sheikh",
        "imam",
        "ayatollah",
        "rabbi",
        "bishop",
        "archbishop",
        "cardinal",
        "father",
        "sister",
        "reverend",
        "rev",
        "ambassador",
        "attorney",
        "spokesman",
        "spokeswoman",
        "spokesperson",
    ]
)
ALL_PRONOUNS = frozenset(
    [
        "i",
        "me",
        "my",
        "mine",
        "myself",
        "we",
        "us",
        "our",
        "ours",
        "ourselves",
        "you",
        "your",
        "yours",
        "he",
        "him",
        "his",
        "himself",
        "she",
        "her",
        "hers",
        "herself",
        "it",
        "its",
        "itself",
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
        "who",
        "whom",
        "whose",
        "which",
        "that",
        "this",
        "these",
        "those",
    ]
)
QUOTES = "\"'“”‘’(["
ENDING = re.compile(r"(['’]s|['’,.;:!?)\]\"”])+$")


def core(text: str, start: int, end: int) -> Place:
    """A span without leading articles and titles, possessive ending and outer punctuation."""
    words = [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", text[start:end])]
    plain = [text[s:e].strip(".,;:!?()\"'“”‘’").lower() for s, e in words]
    while len(words) > 1 and plain[0] in ARTICLES:
        words, plain = words[1:], plain[1:]
    for i in range(len(words) - 2, -1, -1):
        if plain[i] in TITLES and text[words[i + 1][0]].isupper():
            words, plain = words[i + 1 :], plain[i + 1 :]
            break
    if not words:
        return start, end
    start, end = words[0][0], words[-1][1]
    while start < end - 1 and text[start] in QUOTES:
        start += 1
    ending = ENDING.search(text[start:end])
    if ending and ending.start() and not re.search(r"\w\.\w", text[start:end]):
        end = start + ending.start()
    return start, end


class Gold:
    """One gold document, its names made comparable."""

    def __init__(self, record: dict[str, Any]) -> None:
        self.id, self.text, self.entities = record["id"], record["text"], record["entities"]
        self.clusters: bool = record.get("clusters", False)
        self.neutral: set[Place] = set()
        self.others: dict[Place, set[str]] = {}
        self.forms: dict[Place, str] = {}
        names: dict[Place, tuple[str, str]] = {}
        self.whose: dict[Place, list[str]] = {}
        """Any name, of whatever kind → its entities."""
        for entity in self.entities:
            for start, end, form in entity["mentions"]:
                self.forms[start, end] = form
                if form != "name":
                    self.others.setdefault((start, end), set()).add(entity["id"])
                    continue
                place = core(self.text, start, end)
                self.whose.setdefault(place, []).append(entity["id"])
                if entity["kind"] in SCORED:
                    names.setdefault(place, (SCORED[entity["kind"]], entity["id"]))
                else:
                    self.neutral.add(place)
        every = [*names, *self.neutral]
        self.inner = {s for s in names if any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in every)}
        self.owner = {s: entity for s, (_, entity) in names.items()}
        self.names = {s: value for s, value in names.items() if s not in self.inner}
        self.named = {
            e["id"]
            for e in self.entities
            if e["kind"] in SCORED and any(m[2] == "name" for m in e["mentions"])
        }

    def ignored(self, place: Place) -> bool:
        """Whether a prediction there neither helps nor hurts."""
        return place in self.inner or any(place[0] < e and s < place[1] for s, e in self.neutral)


def of_wire(name: str, gold: GoldText) -> Gold:
    """The project's own annotation as a gold document."""
    entities: dict[str, dict[str, Any]] = {}
    for m in gold.mentions:
        e = entities.setdefault(m.entity, {"id": m.entity, "kind": "other", "mentions": [], "salience": 0.0})
        e["mentions"].append([m.start, m.end, m.form])
        if m.form == "name":
            e["kind"] = KINDS[m.code]
    return Gold({"id": name, "text": gold.text, "clusters": True, "entities": list(entities.values())})


Counts = Counter[Any]


def count(gold: Gold, actors: list[dict[str, Any]]) -> Counts:
    """Everything counted of one document; `actors` as in the extraction format, most central first."""
    names: dict[Place, tuple[str, int]] = {}
    others: dict[Place, int] = {}
    for i, actor in enumerate(actors):
        for start, end, form in actor["mentions"]:
            if form == "name":
                names.setdefault(core(gold.text, start, end), (SCORED.get(actor["kind"], actor["kind"]), i))
            else:
                others.setdefault((start, end), i)
    c: Counts = Counter()
    scored = {s: v for s, v in names.items() if s in gold.names or not gold.ignored(s)}
    c["names", "found"], c["names", "wanted"] = len(scored), len(gold.names)
    for place, (kind, _) in scored.items():
        if place in gold.names:
            c["names", "right"] += 1
            c["names", "typed"] += gold.names[place][0] == kind
    if not gold.clusters:
        return c
    both = {s for s in scored if s in gold.names}
    wanted = {s: gold.names[s][1] for s in both}
    given = {s: scored[s][1] for s in both}
    c["b3", "n"] = len(both)
    c["b3", "r"] = cubed(wanted, given)  # type: ignore[assignment]
    c["b3", "p"] = cubed(given, wanted)  # type: ignore[assignment]
    mapping = matched(gold, names, others)
    for place, owners in gold.others.items():
        if owners & gold.named:
            c[gold.forms[place], "wanted"] += 1
    starts: dict[int, set[str]] = defaultdict(set)
    for (start, _), owners in gold.others.items():
        starts[start] |= owners
    for place, i in others.items():
        entity = mapping.get(i)
        if entity not in gold.named:
            continue
        guess = "pronoun" if gold.text[place[0] : place[1]].lower() in ALL_PRONOUNS else "nominal"
        form = gold.forms.get(place, guess)
        c[form, "found"] += 1
        c[form, "right"] += entity in (gold.others.get(place) or starts[place[0]])
    gains = {
        e["id"]: e["salience"]
        for e in gold.entities
        if e["kind"] in ACTOR_KINDS and any(m[2] == "name" for m in e["mentions"])
    }
    salient = {e for e, gain in gains.items() if gain >= SALIENT}
    if salient:
        order = [mapping.get(i) for i in range(len(actors))]
        order = [e for e in order if e is None or e in gains]
        c["rank", "n"] = 1
        c["rank", "recall"] = sum(e in salient for e in order[:5]) / min(5, len(salient))  # type: ignore[assignment]
        ideal = discounted(sorted(gains.values(), reverse=True))
        ndcg = discounted([gains[e] if e is not None else 0.0 for e in order]) / ideal
        c["rank", "ndcg"] = ndcg  # type: ignore[assignment]
    return c


def cubed(left: dict[Place, Any], right: dict[Place, Any]) -> float:
    """How much of each cluster of `left` stays together in `right`, summed over its members."""
    sizes = Counter(left.values())
    together = Counter((cluster, right[place]) for place, cluster in left.items())
    return sum(n * n / sizes[cluster] for (cluster, _), n in together.items())


def discounted(gains: list[float]) -> float:
    """Discounted gain of the first ten."""
    return sum(gain / log2(i + 2) for i, gain in enumerate(gains[:10]))


def matched(gold: Gold, names: dict[Place, tuple[str, int]], others: dict[Place, int]) -> dict[int, str]:
    """Actor → the gold entity with which it shares most mentions, one actor an entity."""
    shared: dict[tuple[int, str], float] = defaultdict(float)
    for place, (_, i) in names.items():
        if place in gold.owner:
            shared[i, gold.owner[place]] += 1
        else:
            for entity in gold.whose.get(place, ()):
                shared[i, entity] += 1
    for place, i in others.items():
        for entity in sorted(gold.others.get(place, ())):
            shared[i, entity] += 0.5  # a name says more
    mapping: dict[int, str] = {}
    for (i, entity), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if i not in mapping and entity not in mapping.values():
            mapping[i] = entity
    return mapping


# ------------------------------------------------------------------ named speakers
CUT = re.compile(
    r"[,(;:—–\n]| who | whose | (?:of|for|and) (?!(?:a |the )?[A-Z])| in | at | with | from | on | as | to "
)
INNER = frozenset({"of", "for", "and", "the", "a"})
WORD = re.compile(r"[^\W\d_](?:[\w.'’-]*\w)?\.?")


def speaker_name(words: str) -> Place | None:
    """Where a source names its speaker: the run of capitalised words that ends it, titles off; None for
    others.

    What stands behind a comma, a relative pronoun or a preposition tells more of the speaker and is left out,
    but for “of”, “for” and “and” inside a name. A bare title (“the Secretary”), a people (“Democrats”) and a
    common noun that opens a sentence are no names.

    >>> speaker_name("former Gov. Ana Silva of Ohio"), speaker_name("the two officials")
    ((12, 21), None)
    """
    found = CUT.search(words, 3)
    end = found.start() if found else len(words)
    places = [(m.start(), m.end()) for m in WORD.finditer(words[:end])]
    run: list[Place] = []
    for s, e in reversed(places):
        word = words[s:e]
        low = re.sub(r"['’]s$", "", word).lower().rstrip(".")
        if run and word in INNER:
            run.insert(0, (s, e))
            continue
        if not word[0].isupper() or low in TITLES or low in gazetteer.any_title() or low in ARTICLES:
            break
        run.insert(0, (s, e))
    while run and words[run[0][0] : run[0][1]] in INNER:
        run.pop(0)
    if not run or words[run[-1][1] : end].strip(" '’s\"”."):
        return None
    s, e = run[0][0], run[-1][1]
    name = re.sub(r"['’]s?$", "", words[s:e])
    e = s + len(name)
    plain = name.split()[-1]
    if " " not in name and noun_class(name.lower()) != "thing":
        return None
    if (
        len(name) < 3
        or name in gazetteer.demonyms()
        or plain.lower() in PRONOUNS
        or plain in {"Republicans", "Democrats", *DAYS}
    ):
        return None
    return s, e


DAYS = frozenset(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
PRONOUNS = frozenset(
    [
        "he",
        "she",
        "it",
        "they",
        "i",
        "we",
        "you",
        "this",
        "that",
        "these",
        "those",
        "his",
        "her",
        "its",
        "their",
        "who",
        "one",
        "some",
        "many",
        "others",
        "both",
    ]
)


def count_speakers(row: dict[str, Any], actors: list[dict[str, Any]]) -> Counts:
    """Named sources of one article, and how many have a found name that ends with them, or shares a letter.

    Headlines are left out: there every word has a capital.
    """
    mentions = [core(row["text"], s, e) for a in actors for s, e, form in a["mentions"] if form == "name"]
    ends = {e for _, e in mentions}
    c: Counts = Counter()
    seen = set()
    headline = row["text"].find("\n")
    common = set(re.findall(r"(?<![\w.])[a-z]+", row["text"]))
    for attribution in row["attributions"]:
        for start, end in attribution["source"][:1]:
            place = speaker_name(row["text"][start:end])
            if place is None or start in seen or start < headline:
                continue
            first = row["text"][start + place[0] : start + place[1]].split()[0]
            if first.lower() in common:
                continue  # a word that the article writes small too
            s, e = start + place[0], start + place[1]
            name = row["text"][s:e]
            if " " not in name and not re.search(rf"[\w,] {re.escape(name)}\b", row["text"]):
                continue  # a word that only ever opens a sentence
            seen.add(start)
            c["speakers", "n"] += 1
            c["speakers", "end"] += bool({e, s + len(name.rstrip("."))} & ends)
            c["speakers", "any"] += any(a < e and s < b for a, b in mentions)
    return c


# ------------------------------------------------------------------ figures
def f1(c: Counts, part: str, right: str = "right") -> float:
    """F1 from counts."""
    total = c[part, "found"] + c[part, "wanted"]
    return float(2 * c[part, right] / total) if total else 0.0


def b3(c: Counts) -> float:
    """F of B-cubed precision and recall."""
    n, total = c["b3", "n"], c["b3", "p"] + c["b3", "r"]
    return float(2 * c["b3", "p"] * c["b3", "r"] / total / n) if n and total else 0.0


def share(c: Counts, part: str, what: str) -> float:
    """A mean of what was summed."""
    return float(c[part, what] / c[part, "n"]) if c[part, "n"] else 0.0


class Row(NamedTuple):
    """A line of the table."""

    label: str
    value: float
    low: float
    high: float
    n: int
    bar: float
    goal: float


def row(
    label: str, documents: list[Counts], figure: Callable[[Counts], float], n: str, bar: float, goal: float
) -> Row:
    """A figure with its 95% interval over documents (percentile bootstrap, 1000 draws, fixed seed)."""
    total = summed(documents)
    draw = random.Random(7)
    values = sorted(figure(summed(draw.choices(documents, k=len(documents)))) for _ in range(1000))
    part, _, what = n.partition(".")
    return Row(label, figure(total), values[25], values[974], round(total[part, what]), bar, goal)


def summed(documents: Iterable[Counts]) -> Counts:
    """All counts together."""
    total: Counts = Counter()
    for c in documents:
        for key, value in c.items():
            total[key] += value
    return total


def rows(counts: dict[str, list[Counts]]) -> list[Row]:
    """The lines of the table; `counts` by set: gum, crossner, worldwide, speakers (any may be missing)."""
    found = []
    for key, label, bars in (
        ("gum", "GUM news", (0.84, 0.88, 0.78, 0.83)),
        ("crossner", "CrossNER politics", (0.81, 0.85, 0.74, 0.78)),
        ("worldwide", "worldwide newswire", (0.83, 0.87, 0.74, 0.80)),
    ):
        if key in counts:
            found.append(
                row(f"names, {label}", counts[key], lambda c: f1(c, "names"), "names.wanted", *bars[:2])
            )
            found.append(
                row(
                    "  and of the right kind",
                    counts[key],
                    lambda c: f1(c, "names", "typed"),
                    "names.wanted",
                    *bars[2:],
                )
            )
    if "speakers" in counts:
        s = counts["speakers"]
        found.append(
            row(
                "named speakers: end of the name found",
                s,
                lambda c: share(c, "speakers", "end"),
                "speakers.n",
                0.96,
                0.98,
            )
        )
        found.append(
            row("  any part of it", s, lambda c: share(c, "speakers", "any"), "speakers.n", 0.98, 0.99)
        )
    if "gum" in counts:
        g = counts["gum"]
        found += [
            row("merging, B-cubed on shared names", g, b3, "b3.n", 0.97, 0.98),
            row("pronouns resolved, F1", g, lambda c: f1(c, "pronoun"), "pronoun.wanted", 0.68, 0.75),
            row("descriptions resolved, F1", g, lambda c: f1(c, "nominal"), "nominal.wanted", 0.30, 0.45),
            row("key actors, recall@5", g, lambda c: share(c, "rank", "recall"), "rank.n", 0.87, 0.91),
            row("key actors, NDCG@10", g, lambda c: share(c, "rank", "ndcg"), "rank.n", 0.80, 0.86),
        ]
    return found


def table(found: list[Row]) -> str:
    """The lines as text."""
    lines = [f"{'':40}{'n':>6}  {'value':>5}  {'95% interval':12}  bar  goal"]
    for r in found:
        reached = "goal" if r.value >= r.goal else "bar" if r.value >= r.bar else "below"
        lines.append(
            f"{r.label:40}{r.n:6}  {100 * r.value:5.1f}  [{100 * r.low:.1f}, {100 * r.high:.1f}]"
            f"  {100 * r.bar:4.0f} {100 * r.goal:4.0f}  {reached}"
        )
    return "\n".join(lines)


def figures(c: Counts) -> dict[str, float]:
    """What the floors guard, from the counts of all articles of the project's own gold."""
    return {
        "actors.names": round(f1(c, "names"), 4),
        "actors.typed": round(f1(c, "names", "typed"), 4),
        "actors.merging": round(b3(c), 4),
        "actors.pronouns": round(f1(c, "pronoun"), 4),
        "actors.descriptions": round(f1(c, "nominal"), 4),
    }
