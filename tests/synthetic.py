"""Invented briefings by the thousand, with their articles, always the same for the same seed.

For measuring the site at a size (weights of pages, search, build time), and as content for tests of pages.
All names, states and events are made of syllables; every passage stands in its article at its span, so that
`readout verify` has nothing to say against them.

    python tests/synthetic.py FOLDER [--briefings 1000] [--seed 1]

writes `briefings/*.md` and `briefings/articles/*.txt` below FOLDER; with `--project`, all that `readout build` needs.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import random
import shutil
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from readout import form, site
from readout.records import Actor, Briefing, Header, Move, Passage, Quote, Role, Span, Term

ONSETS = (
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "h",
    "k",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "sh",
    "t",
    "tr",
    "v",
    "z",
)
VOWELS = ("a", "e", "i", "o", "u", "ae", "ia", "ei")
CODAS = ("", "", "n", "r", "l", "s", "m", "th", "nd", "sk")
GIVEN = (
    "Ada",
    "Aron",
    "Bela",
    "Cato",
    "Dara",
    "Edda",
    "Enno",
    "Fenna",
    "Gisla",
    "Hanno",
    "Ilka",
    "Ivo",
    "Jorun",
    "Kaia",
    "Lio",
    "Mara",
    "Nils",
    "Odo",
    "Petra",
    "Quin",
    "Runa",
    "Sanna",
    "Tavi",
    "Ulla",
    "Vera",
    "Wim",
    "Yara",
    "Zeno",
)
OUTLETS = (
    "The Courier",
    "Meridian Post",
    "Harbour Gazette",
    "North Wire",
    "The Ledger",
    "Evening Beacon",
    "Capital Dispatch",
)
OFFICES = (
    "President",
    "Prime Minister",
    "Foreign Minister",
    "Finance Minister",
    "Defence Minister",
    "Trade Envoy",
    "Party Leader",
    "Governor",
)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
BODIES = ("Council", "Central Bank", "Trade Board", "Assembly", "Alliance", "Court", "Union", "Energy Agency")
CUES = ("said", "told reporters", "warned", "announced", "insisted", "added", "argued", "acknowledged")

STORIES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "ceasefire",
        "{n}-day ceasefire",
        ("proposed", "negotiating", "agreed", "in-force", "violated", "ended"),
    ),
    ("tariff", "{n}% tariff on {good}", ("threatened", "announced", "in-force", "suspended", "ended")),
    ("sanctions", "sanctions on {good}", ("proposed", "agreed", "in-force", "extended")),
    ("talks", "talks on {good}", ("announced", "agreed", "in-force")),
    ("arms-transfer", "delivery of {n} patrol boats", ("proposed", "announced", "agreed")),
    ("trade-agreement", "trade pact on {good}", ("negotiating", "agreed", "in-force")),
    ("loan", "loan of {n} million marks", ("proposed", "agreed", "in-force")),
    ("monetary-policy", "rate cut of {n} basis points", ("announced", "in-force")),
    ("legislation", "{good} bill", ("proposed", "agreed", "rejected", "in-force")),
    ("election", "early election", ("proposed", "announced", "in-force")),
    ("energy-supply", "{good} supply deal", ("negotiating", "agreed", "suspended")),
    ("border-measure", "closing of the {good} crossing", ("threatened", "in-force", "ended")),
    ("export-restriction", "export quota for {good}", ("announced", "in-force", "ended")),
    ("troop-withdrawal", "withdrawal of {n} troops", ("proposed", "agreed", "in-force")),
)
GOODS = (
    "grain",
    "copper",
    "timber",
    "salt",
    "amber",
    "steel",
    "wool",
    "fish",
    "coal",
    "glass",
    "cotton",
    "barley",
    "nickel",
    "paper",
)
WORDS = (
    "harbour",
    "council",
    "winter",
    "budget",
    "river",
    "valley",
    "promise",
    "letter",
    "market",
    "border",
    "bridge",
    "season",
    "minister",
    "village",
    "worker",
    "railway",
    "lantern",
    "northern",
    "southern",
    "quiet",
    "early",
    "public",
    "common",
    "foreign",
    "steady",
    "careful",
    "broad",
    "narrow",
    "agreement",
    "question",
    "answer",
    "report",
    "meeting",
    "office",
    "line",
    "route",
    "island",
    "coast",
    "mountain",
    "field",
    "station",
    "company",
    "family",
    "teacher",
    "farmer",
    "soldier",
    "sailor",
    "price",
    "wage",
    "bread",
    "fuel",
    "water",
    "light",
    "road",
    "tower",
    "square",
    "garden",
    "window",
    "paper",
    "signal",
    "voice",
    "measure",
    "balance",
    "reserve",
    "supply",
)
VERBS = {
    "negotiating": "is negotiating",
    "agreed": "agreed to",
    "in-force": "put into force",
    "violated": "broke",
}
CLAIMS = (
    "the {a} {b} will hold as long as the {c} stays open",
    "no {a} can be better than the {b} behind it",
    "we will not give up the {a} {b} for a {c}",
    "every {a} in the {b} deserves a {c} of its own",
    "the {a} is {d}, and the {b} must follow before the {c} ends",
    "this {b} has cost us more than any {a} in the {c}",
)
FILLERS = (
    "The {a} {b} had been expected since the {c} of the {d} {e}.",
    "Observers in the {a} {b} spoke of a {d} {c}.",
    "In the {b}, the {a} went on as the {c} closed for the {e}.",
    "A {d} {a} stood between the {b} and the {c}, officials noted.",
    "Nobody at the {a} would say how long the {b} might last.",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """An invented actor."""

    name: str
    kind: str
    short: str
    role: str | None = None
    home: str | None = None


@dataclass(frozen=True, slots=True)
class World:
    """Who there is, the often-named first, and which stories run."""

    people: tuple[Figure, ...]
    states: tuple[Figure, ...]
    bodies: tuple[Figure, ...]
    stories: tuple[tuple[str, str, tuple[str, ...], int, int, int], ...]
    """Type, label, statuses, index of who moves (people) and of the target (states), day of the first report."""


@dataclass(slots=True)
class Writer:
    """An article's text as it grows; knows where everything stands."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)

    def add(self, words: str) -> int:
        """Append words; where they start."""
        start = len(self.text)
        self.text += words
        return start

    def sentence(self, words: str, last: bool = False) -> Passage:
        """Append a sentence with a space, or the end of the paragraph, behind it."""
        start = self.add(words)
        self.add("\n\n" if last else " ")
        return Passage(Span(start, start + len(words)), words)

    def cut(self, within: Passage, words: str) -> Passage:
        """The first place of `words` in a passage."""
        start = within.span.start + within.words.index(words)
        return Passage(Span(start, start + len(words)), words)


def word(rng: random.Random, syllables: int) -> str:
    """An invented word with a capital."""
    return "".join(
        rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS) for _ in range(syllables)
    ).capitalize()


def world(rng: random.Random, briefings: int, days: int) -> World:
    """A world large enough for so many briefings: about 1.5 people a briefing, but never more than 4,000."""
    names: dict[str, None] = {}
    while len(names) < min(4000, 40 + briefings * 3 // 2):
        names[word(rng, 2)] = None
    states = tuple(
        Figure(w + rng.choice(("ia", "land", "mark", "stan")), "country", w) for w in list(names)[:40]
    )
    people = tuple(
        Figure(
            f"{rng.choice(GIVEN)} {w}",
            "person",
            w,
            rng.choice(OFFICES),
            states[int(rng.random() ** 2 * len(states))].name,
        )
        for w in list(names)[40:]
    )
    bodies = tuple(Figure(f"{s.name} {b}", "organization", b) for s in states[:20] for b in BODIES)
    stories = []
    for _ in range(max(6, briefings // 4)):
        kind, label, statuses = rng.choice(STORIES)
        shown = label.format(n=rng.choice((10, 15, 25, 30, 40, 60, 90)), good=rng.choice(GOODS))
        stories.append(
            (kind, shown, statuses, skewed(rng, len(people)), skewed(rng, len(states)), rng.randrange(days))
        )
    return World(people, states, bodies, tuple(stories))


def skewed(rng: random.Random, size: int) -> int:
    """An index, low ones far more often, as names in the news are."""
    return min(size - 1, int(size * rng.random() ** 3))


def filler(rng: random.Random, template: str) -> str:
    """A template with words in it."""
    return template.format(**{k: rng.choice(WORDS) for k in "abcde"})


def slug_of(name: str) -> str:
    """The id of a figure."""
    return name.lower().replace(" ", "-").replace("’", "")


def one(
    rng: random.Random, place: World, number: int, day: int, first: datetime.date
) -> tuple[Briefing, str]:
    """A briefing and its article's text."""
    date = (first + datetime.timedelta(days=day)).isoformat()
    running = [s for s in place.stories if s[5] <= day <= s[5] + 90] or list(place.stories[:3])
    chosen = rng.sample(running, min(len(running), rng.randint(1, 4)))
    w = Writer()
    cast: dict[str, Actor] = {}
    quotes: list[Quote] = []
    moves: list[Move] = []
    summary: list[Passage] = []

    def appear(figure: Figure, passage: Passage, as_words: str, role: Passage | None = None) -> str:
        known = cast.get(slug_of(figure.name))
        cut = w.cut(passage, as_words)
        if known is None:
            roles = (Role(role.words, "current", role),) if role else ()
            known = Actor(slug_of(figure.name), figure.name, figure.kind, roles, (), cut, 0, 0.0)
        aliases = known.aliases
        if as_words != figure.name and as_words not in aliases:
            aliases = (*aliases, as_words)
        cast[known.id] = replace(known, count=known.count + 1, aliases=aliases)
        return known.id

    for rank, (kind, label, statuses, who, whom, started) in enumerate(chosen):
        status = statuses[min(len(statuses) - 1, max(0, day - started) * len(statuses) // 91)]
        person, state = place.people[who], place.states[whom]
        body = place.bodies[skewed(rng, len(place.bodies))]
        verb = VERBS.get(status, status)
        until = first + datetime.timedelta(days=started + 120)
        deadline = f"{until.day} {MONTHS[until.month - 1]}"
        title = f"{person.home} {person.role}"
        report = w.sentence(f"{title} {person.name} {verb} the {label} with {state.name} until {deadline}.")
        who_id = appear(person, report, person.name, w.cut(report, person.role or ""))
        target = appear(state, report, state.name)
        moves.append(
            Move(
                kind,
                label,
                status,
                (who_id,),
                (target,),
                (Term("deadline", w.cut(report, deadline), None),),
                w.cut(report, label),
                (report,),
                None,
                "",
            )
        )
        if rank < 2:
            summary.append(report)
        w.sentence(filler(rng, rng.choice(FILLERS)), last=True)
        for turn in range(rng.randint(1, 4)):
            speaker = person if turn == 0 else place.people[skewed(rng, len(place.people))]
            claim = filler(rng, rng.choice(CLAIMS))
            cue = rng.choice(CUES)
            named = speaker.short if slug_of(speaker.name) in cast else speaker.name
            if rng.random() < 0.6:
                said = w.sentence(f"“{claim[0].upper()}{claim[1:]},” {named} {cue}.", last=rng.random() < 0.5)
                content, sort = w.cut(said, f"“{claim[0].upper()}{claim[1:]},”"), "direct"
            else:
                said = w.sentence(f"{named} {cue} that {claim}.", last=rng.random() < 0.5)
                content, sort = w.cut(said, claim), "indirect"
            via = rng.choice(OUTLETS) if rng.random() < 0.1 else None
            quotes.append(
                Quote(
                    sort,
                    (content,),
                    appear(speaker, said, named),
                    (w.cut(said, named),),
                    (w.cut(said, cue),),
                    via,
                    "",
                )
            )
        aside = w.sentence(f"The {body.name} gave no comment.")
        appear(body, aside, body.name)
        for _ in range(rng.randint(3, 7)):
            w.sentence(filler(rng, rng.choice(FILLERS)))
        w.sentence(filler(rng, rng.choice(FILLERS)), last=True)
    total = sum(a.count for a in cast.values())
    actors = tuple(
        sorted(
            (replace(a, salience=round(a.count / total, 2)) for a in cast.values()),
            key=lambda a: (-a.salience, a.id),
        )
    )
    order = {a.id: n for n, a in enumerate(actors)}
    quotes.sort(key=lambda q: (order[q.speaker or ""], q.content[0].span.start))
    lead = moves[0]
    headline = f"{cast[lead.actors[0]].name} and the {lead.label}: {filler(rng, 'a {a} for the {b}')}"
    slug = f"{date}-{slug_of(cast[lead.actors[0]].name)}-{number:04d}"
    text = w.text.rstrip() + "\n"
    header = Header(
        slug,
        f"{slug}.txt",
        "",
        headline,
        rng.choice(OUTLETS),
        None,
        f"https://example.com/{date}/{number}",
        date,
        len(text.split()),
        True,
    )
    return Briefing(header, tuple(summary), actors, tuple(quotes), tuple(moves)), text


def articles(
    count: int = 1000, seed: int = 1, days: int = 700, first: datetime.date = datetime.date(2024, 1, 1)
) -> list[tuple[Briefing, str]]:
    """So many briefings with their articles’ files over so many days; the same for the same arguments."""
    rng = random.Random(seed)
    place = world(rng, count, days)
    made = []
    for number in range(count):
        briefing, text = one(rng, place, number, number * days // count, first)
        h = briefing.header
        file = (
            f"---\ntitle: {form.scalar(h.title)}\nsource: {form.scalar(h.source)}\nurl: {h.url}\npublished: {h.published}\n"
            f"invented: true\n---\n{text}"
        )
        made.append(
            (replace(briefing, header=replace(h, digest=hashlib.sha256(file.encode()).hexdigest())), file)
        )
    return made


def briefings(count: int = 1000, seed: int = 1) -> list[Briefing]:
    """So many briefings."""
    return [briefing for briefing, _ in articles(count, seed)]


def write(root: Path, count: int = 1000, seed: int = 1) -> None:
    """Put them into a project's folders, where `readout build --no-brief` finds them."""
    folder = root / "briefings" / "articles"
    folder.mkdir(parents=True, exist_ok=True)
    for briefing, text in articles(count, seed):
        (folder / briefing.header.article).write_text(text, encoding="utf-8", newline="\n")
        (root / "briefings" / f"{briefing.header.slug}.md").write_text(
            form.render(briefing), encoding="utf-8", newline="\n"
        )


def lay_out(root: Path, count: int = 1000, seed: int = 1) -> None:
    """A whole project: the briefings, and this repository's `mkdocs.yml`, theme and hand-written pages."""
    here = Path(__file__).resolve().parent.parent
    theme = "scripts/readout/pages/theme"
    for folder in ("docs", theme):
        shutil.rmtree(root / folder, ignore_errors=True)
    root.mkdir(parents=True, exist_ok=True)
    shutil.copy(here / "mkdocs.yml", root)
    shutil.copytree(here / "docs", root / "docs", ignore=shutil.ignore_patterns(*site.DERIVED, "index.md"))
    shutil.copytree(here / theme, root / theme)
    write(root, count, seed)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--briefings", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--project", action="store_true", help="lay out a project that `readout build` can build")
    chosen_options = options.parse_args()
    (lay_out if chosen_options.project else write)(chosen_options.folder, chosen_options.briefings, chosen_options.seed)
