"""The form of a briefing: `render(briefing) → str` and `parse(str) → Parsed`, each the other's inverse.

docs/format.md describes the form for those who edit it. In short: front matter, then sections of lists;
behind words that stand in the article, a comment tells where: `words <!--520-611-->`.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from readout.records import Actor, Briefing, Header, Move, Passage, Problem, Quote, Role, Section, Span, Term

VERSION = 1
NOWHERE = Span(0, 0)
"""The place of words whose place the file does not give; `checks` says where they stand."""

KINDS = ("person", "organization", "country", "place", "group")
QUOTE_KINDS = ("direct", "mixed", "indirect")
ROLE_STATUSES = ("current", "former", "acting", "elect", "then", "candidate")
TERM_KINDS = ("duration", "rate", "amount", "scope", "deadline", "condition")
SUMMARY, ACTORS, QUOTES, MOVES = "In brief", "Key actors", "Quotes", "Policy moves"
UNKNOWN = "Speaker not named"
NONE_FOUND = {
    SUMMARY: "*No sentence was chosen.*",
    ACTORS: "*No actor was found.*",
    QUOTES: "*No quote was found.*",
    MOVES: "*No policy move was found.*",
}
LEADS = {
    SUMMARY: "*Sentences of the article, word for word.*",
    ACTORS: "*Centrality runs from 0 to 1: how much of the article is about them.*",
    QUOTES: "*Direct: word for word in the article’s quotation marks. "
    "Mixed: partly. Indirect: the article’s paraphrase.*",
    MOVES: "*What was done, proposed, threatened or refused, and the sentence each rests on.*",
}
EMPTY_NOTES = "*Your own notes go here; they are kept.*"

# ------------------------------------------------------------------ words
# What Markdown, GitHub and HTML would act on is escaped, so that an article's words show and do nothing.
PUNCTUATION = re.compile(r"[\\`*_\[\]#|~$]")
ENTITY = re.compile(
    r"[<>&@·]|:(?=//)|(?<=[wW]{3})\.|[^\S ]|[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
NAMED = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
OPENING = re.compile(r"[-+=](?=\s|$|-|=)|\d+(?=[.)](?:\s|$))")
UNESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|&(amp|lt|gt|#\d{1,7});")


def escape(words: str) -> str:
    """Words as they stand in a briefing; `unescape` takes them back exactly.

    >>> escape("*Now* <b>$5</b> & more")
    '\\\\*Now\\\\* &lt;b&gt;\\\\$5&lt;/b&gt; &amp; more'
    """
    words = ENTITY.sub(lambda m: NAMED.get(m[0]) or f"&#{ord(m[0])};", PUNCTUATION.sub(r"\\\g<0>", words))
    words = re.sub(r"^ | $|(?<= ) ", "&#32;", words)
    if m := OPENING.match(words):
        words = f"&#{ord(words[0])};{words[1:]}" if m[0].isdigit() else "\\" + words
    return words


def unescape(words: str) -> str:
    """The words behind `escape`; what people write without escapes stays as it is."""

    def back(m: re.Match[str]) -> str:
        if m[1]:
            return m[1]
        if m[2][0] == "#":
            code = int(m[2][1:])
            return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else m[0]
        return html.unescape(m[0])

    return UNESCAPE.sub(back, words)


def place(passage: Passage) -> str:
    """Words with their place: `words <!--520-611-->`."""
    return f"{escape(passage.words)} <!--{passage.span.start}-{passage.span.end}-->"


def places(passages: Iterable[Passage]) -> str:
    """Several passages, an ellipsis between them."""
    return " … ".join(place(p) for p in passages)


# ------------------------------------------------------------------ seal
SEAL = re.compile(r"^seal: .*$", re.M)


def digest(text: str) -> str:
    """What the seal of a text must be: a digest of it, whatever its line ends and the seal's own value."""
    return hashlib.sha256(SEAL.sub("seal: ", text.replace("\r\n", "\n"), count=1).encode()).hexdigest()[:32]


def is_sealed(text: str) -> bool:
    """Whether a briefing stands as the program wrote it; False once a person has touched it."""
    m = SEAL.search(text.replace("\r\n", "\n"))
    return m is not None and m[0] == f"seal: {digest(text)}"


# ------------------------------------------------------------------ render
def front_matter(header: Header) -> str:
    """The YAML header, its seal left open."""
    fields: dict[str, Any] = {
        "readout": VERSION,
        "title": header.title,
        "source": header.source,
        "author": header.author,
        "url": header.url,
        "published": header.published,
        "article": header.article,
        "words": header.words,
        "digest": header.digest,
    }
    if header.invented:
        fields["invented"] = header.invented
    body = "".join(f"{key}: {scalar(value)}\n" for key, value in fields.items())
    return f"---\n{body}seal: \n---\n"


def scalar(value: str | int | bool | None) -> str:
    """A value in YAML, strings always between double quotes; read back, it is the same.

    PyYAML's own writer loses U+0085 and the like, which words of an article may hold.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value).lower()

    def code(c: str) -> str:
        return f"\\U{ord(c):08X}" if ord(c) > 0xFFFF else f"\\u{ord(c):04X}"

    return (
        '"'
        + "".join(
            c if c.isprintable() and c not in '"\\\ufeff' else "\\" + c if c in '"\\' else code(c)
            for c in value
        )
        + '"'
    )


def byline(header: Header) -> str:
    """Outlet, date, length and address of the article, for readers; the front matter is what counts."""
    parts = [
        escape(header.source) if header.source else "outlet unknown",
        escape(header.published) if header.published else "date unknown",
        f"{header.words:,} words".replace(",", " "),
    ]
    if header.author:
        parts.insert(1, escape(header.author))
    if header.url:
        parts.append(f"[original](<{header.url}>)")
    return " · ".join(parts)


def actor_lines(actor: Actor) -> Iterator[str]:
    """One actor: a line, and below it roles and other names."""
    first = f" · first as {place(actor.first)}" if actor.first else ""
    mentions = f"{actor.count} mention" + ("" if actor.count == 1 else "s")
    centrality = f"centrality {actor.salience:.2f}"
    yield f"- **{escape(actor.name)}** <!--{actor.id}--> · {actor.kind} · {centrality} · {mentions}{first}"
    for role in actor.roles:
        if role.place is None:
            yield f"    - role: {escape(role.title)} · {role.status}"
        elif role.place.words == role.title:
            yield f"    - role: {place(role.place)} · {role.status}"
        else:
            yield f"    - role: {escape(role.title)} · {role.status} · in {place(role.place)}"
    for alias in actor.aliases:
        yield f"    - also: {escape(alias)}"


def quote_lines(quote: Quote) -> Iterator[str]:
    """One quote: its words, and below them how and through whom it is reported."""
    yield f"- {places(quote.content)}"
    parts = [quote.kind]
    if quote.cue:
        parts.append(f"cue {places(quote.cue)}")
    if quote.source:
        parts.append(f"source {places(quote.source)}")
    if quote.via:
        parts.append(f"via {escape(quote.via)}")
    rule = f" <!--rule {escape(quote.rule)}-->" if quote.rule else ""
    yield f"    - {' · '.join(parts)}{rule}"


def party(value: str, names: dict[str, str], taken: frozenset[str]) -> str:
    """An actor by name, with its id; or the article's own words, marked where `taken` has them as a name."""
    if value in names:
        return f"{escape(names[value])} <!--{value}-->"
    return f"{escape(value)} <!--=-->" if value in taken else escape(value)


def move_lines(move: Move, names: dict[str, str], taken: frozenset[str]) -> Iterator[str]:
    """One move: a heading and a list."""
    yield f"### {escape(move.label)}"
    yield ""
    rule = f" <!--rule {escape(move.rule)}-->" if move.rule else ""
    yield f"- move: {move.type} · {move.status}{rule}"
    for who in move.actors:
        yield f"- who: {party(who, names, taken)}"
    for whom in move.targets:
        yield f"- target: {party(whom, names, taken)}"
    for term in move.terms:
        norm = f" · = {escape(term.norm)}" if term.norm else ""
        yield f"- {term.kind}: {place(term.passage)}{norm}"
    yield f"- named by: {place(move.trigger)}"
    for evidence in move.evidence:
        yield f"- evidence: {place(evidence)}"
    if move.hedge:
        yield f"- hedge: {place(move.hedge)}"


def render(briefing: Briefing) -> str:
    """The file of a briefing, sealed."""
    header = briefing.header
    names = {a.id: a.name for a in briefing.actors}
    taken = frozenset(name for a in briefing.actors for name in (a.name, *a.aliases))
    lines = [f"# {escape(header.title) if header.title else 'Untitled article'}", "", byline(header), ""]
    if header.invented:
        lines += [
            "> **Invented.** This story was made up for demonstration: its people, states and events "
            "do not exist.",
            "",
        ]

    def section(heading: str, body: list[str]) -> None:
        lines.extend([f"## {heading}", "", LEADS[heading], "", *(body or [NONE_FOUND[heading]]), ""])

    section(SUMMARY, [f"- {place(p)}" for p in briefing.summary])
    section(ACTORS, [line for actor in briefing.actors for line in actor_lines(actor)])
    body: list[str] = []
    for before, quote in zip([None, *briefing.quotes], briefing.quotes, strict=False):
        if before is None or before.speaker != quote.speaker:
            who = (
                UNKNOWN + " <!--?-->"
                if quote.speaker is None
                else f"{escape(names.get(quote.speaker, quote.speaker))} <!--{quote.speaker}-->"
            )
            body += [*([""] if body else []), f"### {who}", ""]
        body += quote_lines(quote)
    section(QUOTES, body)
    body = []
    for move in briefing.moves:
        body += [*([""] if body else []), *move_lines(move, names, taken)]
    section(MOVES, body)
    for note in briefing.notes or (Section("Notes", EMPTY_NOTES),):
        lines += [f"## {note.heading}", "", *([note.body, ""] if note.body else [])]
    text = front_matter(header) + "\n" + "\n".join(lines).rstrip("\n") + "\n"
    return SEAL.sub(f"seal: {digest(text)}", text, count=1)


# ------------------------------------------------------------------ parse
@dataclass(frozen=True, slots=True)
class Parsed:
    """What was read from a briefing's file."""

    briefing: Briefing | None
    """None where the file cannot be used; then `problems` says why."""
    problems: tuple[Problem, ...]
    lines: tuple[tuple[int, Passage], ...] = ()
    """Every passage with the line it stands on, counted from 1."""
    quoted: tuple[tuple[int, str], ...] = ()
    """Other words that the file shows in quotation marks (labels, names, roles), with their line."""
    moves: tuple[int, ...] = ()
    """The line of each move's type and status, in the order of the briefing's moves."""


PLACED = re.compile(r"(?P<words>.*?)(?: <!--(?P<start>\d+)-(?P<end>\d+)-->)")
TAGGED = re.compile(r"(?P<words>.*?)(?:\s*<!--\s*(?P<tag>\?|=|[\w.-]+)\s*-->)?\s*$")
ACTOR = re.compile(
    r"- \*\*(?P<name>.+)\*\*(?: <!--(?P<id>[\w.-]+)-->)? · (?P<kind>[\w-]+)"
    r"(?: · centrality (?P<salience>[01](?:\.\d+)?))?"
    r"(?: · (?P<count>\d+) mentions?)?(?: · first as (?P<first>.*))?\s*$"
)
MARKED = re.compile('[“"]([^”"]*[^\\W_][^”"]*)[”"]')


class Stop(Exception):
    """A line that is not understood."""


class Parser:
    """Reads one briefing's lines; collects problems, passages and their lines."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.lines: list[tuple[int, Passage]] = []
        self.quoted: list[tuple[int, str]] = []
        self.moves: list[int] = []
        self.at = 0

    def problem(self, message: str, line: int | None = None) -> None:
        """Note a problem on a line, by default the current one."""
        self.problems.append(Problem(self.path, line or self.at, message))

    def passages(self, words: str) -> tuple[Passage, ...]:
        """The passages of a line: each with its place, or at NOWHERE where it has none."""
        found: list[Passage] = []
        at = 0
        while m := PLACED.match(words, at):
            text = m["words"]
            text = text[3:] if found and text.startswith(" … ") else text
            found.append(Passage(Span(int(m["start"]), int(m["end"])), unescape(text)))
            at = m.end()
        rest = words[at:].strip()
        if rest:
            found.append(Passage(NOWHERE, unescape(rest.removeprefix("… "))))
        if not found:
            raise Stop("words are missing here")
        self.lines += [(self.at, p) for p in found]
        return tuple(found)

    def passage(self, words: str) -> Passage:
        """The one passage of a field."""
        found = self.passages(words)
        if len(found) > 1:
            raise Stop("one passage is expected here, not several")
        return found[0]

    @staticmethod
    def rule(words: str) -> tuple[str, str]:
        """A line without the comment that names its rule, and the rule, empty where there is none."""
        m = re.search(r"\s*<!--rule (.*?)-->\s*$", words)
        return (words[: m.start()], unescape(m[1])) if m else (words, "")

    def plain(self, words: str) -> str:
        """Words that are ours or a person's; quotation marks in them are held against the article."""
        text = unescape(words.strip())
        self.quoted += [(self.at, m[1]) for m in MARKED.finditer(text)]
        return text


def split_sections(lines: list[str]) -> list[tuple[str, int, list[str]]]:
    """The `## ` sections: heading, number of its line (from 1), lines below. What stands before has none."""
    sections: list[tuple[str, int, list[str]]] = [("", 1, [])]
    for number, line in enumerate(lines, 1):
        if line.startswith("## "):
            sections.append((line[3:].strip(), number, []))
        else:
            sections[-1][2].append(line)
    return sections


def parse_header(parser: Parser, text: str, slug: str) -> tuple[Header | None, int]:
    """The header, and how many lines it takes."""
    m = re.match(r"---\n(.*?)^---[ \t]*\n", text, re.S | re.M)
    if not m:
        parser.problem("the file must open with front matter between two lines “---”", 1)
        return None, 0
    size = m[0].count("\n")
    try:
        data = yaml.safe_load(m[1])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        parser.problem(
            f"the front matter is not YAML: {getattr(error, 'problem', error)}", mark.line + 2 if mark else 1
        )
        return None, size
    if not isinstance(data, dict):
        parser.problem("the front matter holds no fields", 1)
        return None, size
    if data.get("readout") != VERSION:
        parser.problem(
            f"`readout: {VERSION}` is expected in the front matter, not {data.get('readout')!r}", 2
        )
        return None, size

    def field(name: str) -> str | None:
        value = data.get(name)
        return None if value is None or value == "" else str(value)

    if not field("article"):
        parser.problem("the front matter names no `article`", 1)
        return None, size
    words = data.get("words")
    return Header(
        slug=slug,
        article=str(data["article"]),
        digest=field("digest") or "",
        title=field("title"),
        source=field("source"),
        author=field("author"),
        url=field("url"),
        published=field("published"),
        words=words if isinstance(words, int) and not isinstance(words, bool) else 0,
        invented=data.get("invented") is True,
    ), size


def parse(text: str, slug: str = "", path: str = "") -> Parsed:
    """Read a briefing's file; `slug` is its stem, `path` is how problems name it."""
    parser = Parser(path or f"{slug}.md")
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    header, size = parse_header(parser, text, slug)
    if header is None:
        return Parsed(None, tuple(parser.problems))
    lines = text.split("\n")
    summary: list[Passage] = []
    actors: list[Actor] = []
    quotes: list[Quote] = []
    moves: list[Move] = []
    notes: list[Section] = []
    sections = split_sections(["" if n < size else line for n, line in enumerate(lines)])
    # Actors first: quotes and moves name them.
    for heading, number, body in sorted(sections[1:], key=lambda s: s[0] != ACTORS):
        if heading == SUMMARY:
            for parser.at, line in content(body, number, heading):
                if guard(parser, line, lambda line: summary.extend(parser.passages(bullet(line)))):
                    continue
        elif heading == ACTORS:
            parse_actors(parser, content(body, number, heading), actors)
        elif heading == QUOTES:
            parse_quotes(parser, content(body, number, heading), actors, quotes)
        elif heading == MOVES:
            parse_moves(parser, content(body, number, heading), actors, moves)
    for heading, _, body in sections[1:]:
        if heading not in LEADS:
            notes.append(Section(heading, "\n".join(body).strip("\n")))
    if notes == [Section("Notes", EMPTY_NOTES)]:
        notes = []
    briefing = Briefing(header, tuple(summary), tuple(actors), tuple(quotes), tuple(moves), tuple(notes))
    problems = tuple(sorted(parser.problems, key=lambda p: p.line or 0))
    return Parsed(
        None if problems else briefing,
        problems,
        tuple(sorted(parser.lines, key=lambda x: x[0])),
        tuple(parser.quoted),
        tuple(parser.moves),
    )


def content(body: list[str], number: int, heading: str) -> list[tuple[int, str]]:
    """The lines of a section that say something, with their numbers."""
    return [
        (number + 1 + k, line.rstrip())
        for k, line in enumerate(body)
        if line.strip() and line.strip() not in (LEADS[heading], NONE_FOUND[heading])
    ]


def bullet(line: str) -> str:
    """What follows the dash of a list's line. Raises Stop where there is none."""
    m = re.match(r"\s*[-*+] (.*)$", line)
    if not m:
        raise Stop("a line of the list must begin with “- ”")
    return m[1]


def guard(parser: Parser, line: str, action: Any) -> bool:
    """Run `action` on a line; False, and a problem noted, where it is not understood."""
    try:
        action(line)
        return True
    except Stop as stop:
        parser.problem(f"{stop}: “{line.strip()[:60]}”")
        return False


def parse_actors(parser: Parser, lines: list[tuple[int, str]], actors: list[Actor]) -> None:
    """Fill `actors` from the lines of their section."""
    roles: list[Role] = []
    aliases: list[str] = []
    current: re.Match[str] | None = None
    first: Passage | None = None

    def close() -> None:
        if current is not None:
            name = unescape(current["name"])
            identity = current["id"] or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "actor"
            actors.append(
                Actor(
                    identity,
                    name,
                    current["kind"],
                    tuple(roles),
                    tuple(aliases),
                    first,
                    int(current["count"] or 0),
                    float(current["salience"] or 0),
                )
            )
        roles.clear()
        aliases.clear()

    def one(line: str) -> None:
        nonlocal current, first
        if not line.startswith((" ", "\t")):
            m = ACTOR.match(line)
            if not m:
                raise Stop("an actor’s line is “- **Name** · kind · …”")
            if m["kind"] not in KINDS:
                raise Stop(f"“{m['kind']}” is no kind; kinds are {', '.join(KINDS)}")
            close()
            current = m
            parser.plain(m["name"])
            first = parser.passage(m["first"]) if m["first"] else None
            return
        if current is None:
            raise Stop("an actor’s line is “- **Name** · kind · …”")
        key, _, value = bullet(line).partition(": ")
        if key == "also":
            aliases.append(parser.plain(value))
        elif key == "role":
            roles.append(parse_role(parser, value))
        else:
            raise Stop("below an actor stand “- role: …” and “- also: …”")

    for parser.at, line in lines:
        guard(parser, line, one)
    close()
    seen: set[str] = set()
    for actor in actors:
        if actor.id in seen:
            parser.problem(f"two actors have the id “{actor.id}”", lines[0][0] if lines else None)
        seen.add(actor.id)


def parse_role(parser: Parser, value: str) -> Role:
    """A role's line behind `role: `."""
    title, *rest = value.split(" · ")
    status = rest[0].strip() if rest else "current"
    if status not in ROLE_STATUSES:
        raise Stop(f"“{status}” is no status of a role; these are {', '.join(ROLE_STATUSES)}")
    if len(rest) > 1:
        if not rest[1].startswith("in "):
            raise Stop("a role’s line is “- role: title · status · in words <!--place-->”")
        return Role(parser.plain(title), status, parser.passage(rest[1][3:]))
    if PLACED.match(title):
        passage = parser.passage(title)
        return Role(passage.words, status, passage)
    return Role(parser.plain(title), status, None)


def resolve(parser: Parser, words: str, actors: list[Actor], field: str) -> str | None:
    """An actor's id, or plain words, from `Name <!--id-->`; None for an unknown speaker."""
    m = TAGGED.match(words)
    assert m
    name, tag = parser.plain(m["words"]), m["tag"]
    if tag == "=":
        return name
    if tag == "?" or (tag is None and name == UNKNOWN):
        return None
    if tag:
        hit = next((a for a in actors if a.id == tag), None)
        if hit is None:
            raise Stop(f"no actor has the id “{tag}”")
        if name != hit.name:
            raise Stop(
                f"{field} says “{name}”, but <!--{tag}--> is “{hit.name}”: "
                "change both, or leave the comment out"
            )
        return hit.id
    hits = [a for a in actors if name == a.name] or [a for a in actors if name in a.aliases]
    if len(hits) == 1:
        return hits[0].id
    if field == "the speaker":
        raise Stop(
            f"“{name}” is not among the key actors; add a line “- **{name}** · person” there"
            if not hits
            else f"“{name}” could be several actors; add <!--id--> behind the name"
        )
    return name


def parse_quotes(
    parser: Parser, lines: list[tuple[int, str]], actors: list[Actor], quotes: list[Quote]
) -> None:
    """Fill `quotes` from the lines of their section."""
    speaker: str | None = None

    def one(line: str) -> None:
        nonlocal speaker
        if line.startswith("### "):
            speaker = resolve(parser, line[4:], actors, "the speaker")
        elif not line.startswith((" ", "\t")):
            quotes.append(Quote("direct", parser.passages(bullet(line)), speaker))
        elif not quotes:
            raise Stop("a quote begins with “- ” at the start of the line")
        else:
            words, rule = parser.rule(bullet(line))
            kind, *rest = words.split(" · ")
            if kind not in QUOTE_KINDS:
                raise Stop(f"“{kind}” is no kind of quote; kinds are {', '.join(QUOTE_KINDS)}")
            last = quotes[-1]
            cue, source, via = last.cue, last.source, last.via
            for part in rest:
                key, _, value = part.partition(" ")
                if key == "cue":
                    cue = parser.passages(value)
                elif key == "source":
                    source = parser.passages(value)
                elif key == "via":
                    via = parser.plain(value)
                else:
                    raise Stop(f"“{key}” is not known here; known are cue, source, via")
            quotes[-1] = Quote(kind, last.content, last.speaker, source, cue, via, rule or last.rule)

    for parser.at, line in lines:
        guard(parser, line, one)


def parse_moves(parser: Parser, lines: list[tuple[int, str]], actors: list[Actor], moves: list[Move]) -> None:
    """Fill `moves` from the lines of their section."""
    groups: list[tuple[int, str, list[tuple[int, str]]]] = []
    for number, line in lines:
        if line.startswith("### "):
            groups.append((number, line[4:], []))
        elif groups:
            groups[-1][2].append((number, line))
        else:
            parser.at = number
            parser.problem("a move begins with a heading “### …”")
    for number, label, rows in groups:
        fields: dict[str, Any] = {
            "type": None,
            "status": None,
            "actors": [],
            "targets": [],
            "terms": [],
            "trigger": None,
            "evidence": [],
            "hedge": None,
            "rule": "",
        }

        def one(line: str, fields: dict[str, Any] = fields) -> None:
            key, colon, value = bullet(line).partition(": ")
            if not colon:
                raise Stop("a move’s line is “- field: value”")
            if key == "move":
                value, fields["rule"] = parser.rule(value)
                fields["type"], _, fields["status"] = (part.strip() for part in value.partition(" · "))
            elif key in ("who", "target"):
                fields["actors" if key == "who" else "targets"].append(resolve(parser, value, actors, key))
            elif key in TERM_KINDS:
                words, _, norm = value.partition(" · = ")
                fields["terms"].append(Term(key, parser.passage(words), unescape(norm) or None))
            elif key == "named by":
                fields["trigger"] = parser.passage(value)
            elif key == "evidence":
                fields["evidence"].append(parser.passage(value))
            elif key == "hedge":
                fields["hedge"] = parser.passage(value)
            else:
                raise Stop(
                    f"“{key}” is no field of a move; fields are move, who, target, {', '.join(TERM_KINDS)}, "
                    "named by, evidence, hedge"
                )

        stated = number
        for parser.at, line in rows:
            stated = parser.at if line.startswith("- move:") else stated
            guard(parser, line, one)
        parser.at = number
        if not fields["type"] or not fields["status"]:
            parser.problem("the move lacks “- move: type · status”")
        elif not fields["evidence"]:
            parser.problem("the move lacks its evidence: “- evidence: sentence <!--place-->”")
        else:
            trigger = fields["trigger"] or fields["evidence"][0]
            parser.moves.append(stated)
            moves.append(
                Move(
                    fields["type"],
                    parser.plain(label),
                    fields["status"],
                    tuple(fields["actors"]),
                    tuple(fields["targets"]),
                    tuple(fields["terms"]),
                    trigger,
                    tuple(fields["evidence"]),
                    fields["hedge"],
                    fields["rule"],
                )
            )
