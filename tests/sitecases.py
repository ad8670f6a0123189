"""Invented briefings for the tests of pages: a truce told by two outlets, an attack, and an article that says nothing.

Each is composed sentence by sentence, so that every passage stands in its article.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from readout import form
from readout.records import Actor, Briefing, Header, Move, Passage, Quote, Role, Section, Span, Term


@dataclass(slots=True)
class Story:
    """An article as it grows."""

    text: str = ""
    sentences: list[Passage] = field(default_factory=list)

    def add(self, sentence: str) -> Passage:
        """A sentence at the end, on a line of its own."""
        start = len(self.text)
        self.text += sentence + "\n"
        passage = Passage(Span(start, start + len(sentence)), sentence)
        self.sentences.append(passage)
        return passage

    def find(self, words: str) -> Passage:
        """The first place of some words."""
        start = self.text.index(words)
        return Passage(Span(start, start + len(words)), words)


def finished(story: Story, header: Header, **parts: object) -> tuple[Briefing, str]:
    """The briefing and its article's text."""
    digest = hashlib.sha256(story.text.encode()).hexdigest()
    words = len(story.text.split())
    return Briefing(header=replace(header, digest=digest, words=words), **parts), story.text  # type: ignore[arg-type]


def truce(slug: str, published: str, source: str, days: str, norm: str, status: str) -> tuple[Briefing, str]:
    """A truce between two invented states, as one outlet has it."""
    s = Story()
    lead = s.add(
        f"Norvia and Halden agreed a {days} truce in the Salt Valley on Tuesday, President Mira Solen said."
    )
    said = s.add("“We stop the guns first and argue afterwards,” Solen told reporters in Port Aster.")
    hope = s.add("Foreign Minister Joren Beck said that the truce would hold “with a little patience”.")
    s.add("An official said the harvest could begin.")
    actors = (
        Actor(
            "mira-solen",
            "Mira Solen",
            "person",
            (Role("President", "current", s.find("President")),),
            ("Solen",),
            s.find("Mira Solen"),
            4,
            0.9,
        ),
        Actor("norvia", "Norvia", "country", (), (), s.find("Norvia"), 2, 0.7),
        Actor("halden", "Halden", "country", (), (), s.find("Halden"), 1, 0.6),
        Actor(
            "joren-beck",
            "Joren Beck",
            "person",
            (Role("Foreign Minister", "current", None),),
            (),
            s.find("Joren Beck"),
            1,
            0.3,
        ),
    )
    quotes = (
        Quote(
            "direct",
            (s.find("“We stop the guns first and argue afterwards,”"),),
            "mira-solen",
            (Passage(Span(s.text.index("Solen told"), s.text.index("Solen told") + 5), "Solen"),),
            (s.find("told reporters"),),
            "Radio Aster",
            "after",
        ),
        Quote(
            "mixed",
            (s.find("the truce would hold “with a little patience”"),),
            "joren-beck",
            (s.find("Joren Beck"),),
            (s.find("said that"),),
        ),
        Quote("indirect", (s.find("the harvest could begin"),), None, (s.find("An official"),), ()),
    )
    moves = (
        Move(
            "ceasefire",
            f"{days} truce in the Salt Valley",
            status,
            ("mira-solen",),
            ("norvia", "halden"),
            (Term("duration", s.find(days), norm), Term("scope", s.find("Salt Valley"), "salt valley")),
            s.find("truce"),
            (lead,),
            rule="strong",
        ),
    )
    header = Header(
        slug,
        f"{slug}.txt",
        "",
        f"Guns fall silent in the Salt Valley ({source})",
        source,
        "Tessa Quill",
        f"https://example.org/{slug}",
        published,
        invented=True,
    )
    return finished(s, header, summary=(lead, said, hope), actors=actors, quotes=quotes, moves=moves)


HOSTILE = (
    "<script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "</blockquote></details></div></article><h1>hacked</h1>",
    "[click](javascript:window.hacked=1)",
    "![x](http://evil.example/x.png)",
    "{{ config.site_name }}{% raw %}{# x #}",
    '{: onclick="window.hacked=1" #q-0 }',
    '" onmouseover="window.hacked=1" x="',
    "' autofocus onfocus='window.hacked=1",
    "<!-- --> --> ]]> <![CDATA[",
    "&lt;script&gt;window.hacked=1&lt;/script&gt;",
    "wzxhzdk:0 klzzwxh:0000",
    "**bold** _it_ `code` # head | a | b | $x$ ~~s~~ [^1] *[HTML]: x",
    "www.evil.example http://evil.example/a?b=c&d=e me@evil.example",
    "</script><script>window.hacked=1</script>",
)
"""What an article could hold to act on a page."""


def attack() -> tuple[Briefing, str]:
    """An article whose every part tries to act on the page it is shown on."""
    s = Story()
    lines = [s.add(f"Line {n} {words} ends.") for n, words in enumerate(HOSTILE)]
    name, other = HOSTILE[0], HOSTILE[7]
    actors = (
        Actor(
            "evil",
            f"{name}{HOSTILE[5]}",
            "person",
            (Role(HOSTILE[1], "former", s.find(HOSTILE[1])),),
            (HOSTILE[3], other),
            s.find(name),
            3,
            0.9,
        ),
        Actor("worse", HOSTILE[2], "organization", (), (HOSTILE[8],), None, 1, 0.5),
    )
    quotes = tuple(
        Quote(
            kind,
            (s.find(words),),
            "evil" if n % 2 else None,
            (s.find(HOSTILE[2]),),
            (s.find(HOSTILE[4]),),
            HOSTILE[6],
            HOSTILE[1],
        )
        for n, (kind, words) in enumerate(zip(("direct", "mixed", "indirect") * 5, HOSTILE, strict=False))
    )
    moves = (
        Move(
            "tariff",
            HOSTILE[3],
            "announced",
            ("evil", HOSTILE[1]),
            ("worse", HOSTILE[7]),
            (Term("scope", s.find(HOSTILE[0]), HOSTILE[7]), Term("condition", s.find(HOSTILE[9]))),
            s.find(HOSTILE[0]),
            (lines[0], lines[7]),
            s.find(HOSTILE[8]),
            HOSTILE[4],
        ),
        Move("tariff", HOSTILE[14], "ended", (), (), (), s.find(HOSTILE[14]), (lines[14],)),
    )
    header = Header(
        "attack",
        "attack.txt",
        "",
        f"{HOSTILE[0]} {HOSTILE[3]} {HOSTILE[5]} title: x",
        HOSTILE[1],
        HOSTILE[8],
        "javascript:window.hacked=1",
        "2031-03-06",
        invented=True,
    )
    notes = (
        Section(
            "Notes",
            "\n\n".join([*HOSTILE, "A [good link](https://example.org/ok) and **weight**.", "- one\n- two"]),
        ),
    )
    return finished(
        s, header, summary=tuple(lines[:3]), actors=actors, quotes=quotes, moves=moves, notes=notes
    )


def nothing_known() -> tuple[Briefing, str]:
    """An article without title, outlet, date and address, in which nothing was found; its name is that of an index."""
    s = Story()
    s.add("It rained.")
    return finished(s, Header("index", "index.txt", ""))


def long_one() -> tuple[Briefing, str]:
    """An interview with more quotes of one speaker, and more actors, than stand open."""
    s = Story()
    lead = s.add("Governor Ilse Marr spoke for an hour in Port Aster.")
    quotes = []
    for n in range(12):
        sentence = s.add(
            f"“Answer number {n} is a plain one,” Marr said."
            if n % 3
            else f"Marr said that question {n} was fair."
        )
        words = sentence.words.split(" Marr")[0] if n % 3 else f"that question {n} was fair"
        at = s.text.index(words, sentence.span.start)
        cue = s.text.index("said", sentence.span.start)
        quotes.append(
            Quote(
                "direct" if n % 3 else "indirect",
                (Passage(Span(at, at + len(words)), words),),
                "ilse-marr",
                (),
                (Passage(Span(cue, cue + 4), "said"),),
            )
        )
    names = ["Ilse Marr", *(f"Person {x}" for x in "Abcdefghijkl")]
    for name in names[1:]:
        s.add(f"{name} was there.")
    actors = tuple(
        Actor(n.lower().replace(" ", "-"), n, "person", (), (), s.find(n), 1, round(0.9 - 0.05 * k, 2))
        for k, n in enumerate(names)
    )
    header = Header(
        "2031-03-05-long-interview",
        "2031-03-05-long-interview.txt",
        "",
        "An hour with the governor",
        "The Salt Courier",
        None,
        "https://example.org/long",
        "2031-03-05",
        invented=True,
    )
    return finished(s, header, summary=(lead,), actors=actors, quotes=tuple(quotes))


def stories() -> list[tuple[Briefing, str]]:
    """All of them."""
    return [
        truce("2031-03-04-truce", "2031-03-04", "The Salt Courier", "10-day", "P10D", "agreed"),
        truce("2031-03-05-truce-again", "2031-03-05", "Halden Morning Post", "14-day", "P14D", "announced"),
        attack(),
        nothing_known(),
        long_one(),
    ]


def write(root: Path) -> None:
    """Briefings and articles below a project's folder; the second truce is edited by hand."""
    (root / "briefings" / "articles").mkdir(parents=True, exist_ok=True)
    for briefing, text in stories():
        (root / "briefings" / "articles" / briefing.header.article).write_text(
            text, encoding="utf-8", newline="\n"
        )
        made = form.render(briefing)
        if briefing.header.slug == "2031-03-05-truce-again":
            made = made.replace(
                form.EMPTY_NOTES, "The map differs; see [the annex](https://example.org/annex)."
            )
        (root / "briefings" / f"{briefing.header.slug}.md").write_text(made, encoding="utf-8", newline="\n")
