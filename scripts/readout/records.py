"""The records that every part of Readout speaks in: frozen, and without logic beyond spans.

All offsets count Unicode code points of `Article.text` and are half-open: `text[start:end]`.
None always means “the text does not say”.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch `[start, end)` of a text, in code points.

    >>> Span(3, 7).covers(Span(4, 7)), Span(3, 7).meets(Span(7, 9))
    (True, False)
    """

    start: int
    end: int

    @property
    def length(self) -> int:
        """Code points in the span."""
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


class Passage(NamedTuple):
    """Words that stand in the article at a place; only `Doc.cut` makes them while extracting."""

    span: Span
    words: str


class Token(NamedTuple):
    """A word, a clitic (`'s`, `n't`), a number or one punctuation mark."""

    start: int
    end: int
    text: str


class Sentence(NamedTuple):
    """A sentence: its span and its tokens `doc.tokens[first:last]`."""

    span: Span
    first: int
    last: int
    paragraph: int
    """Index into `Doc.paragraphs`."""


class Paragraph(NamedTuple):
    """A paragraph: its span and its sentences `doc.sentences[first:last]`."""

    span: Span
    first: int
    last: int


class Quoted(NamedTuple):
    """A stretch in quotation marks, inside one paragraph; nested ones are not listed apart."""

    span: Span
    """With its marks, as far as they are there."""
    inner: Span
    """Without its marks."""
    closed: bool
    """False where the mark is never closed in the paragraph (a quotation that runs on)."""
    double: bool
    """Whether the marks are double ones."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read from its file."""

    id: str
    """The file's stem: slug of the briefing and of its page."""
    text: str
    """The body, never altered; every span counts in it."""
    title: str | None = None
    source: str | None = None
    """The outlet."""
    author: str | None = None
    url: str | None = None
    published: str | None = None
    """ISO 8601 date."""
    digest: str = ""
    """SHA-256 of the raw file, in hex."""
    invented: bool = False
    """Whether its header says that the story is invented (samples)."""


@dataclass(frozen=True, slots=True)
class Doc:
    """An article, segmented."""

    article: Article
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    quoted: tuple[Quoted, ...]

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    def cut(self, start: int, end: int) -> Passage:
        """The passage at `[start, end)`: the one way to put words into a result.

        Raises ValueError for an empty span or one outside the text.
        """
        if not 0 <= start < end <= len(self.article.text):
            raise ValueError(f"no passage at {start}–{end} of {self.article.id}")
        return Passage(Span(start, end), self.article.text[start:end])


@dataclass(frozen=True, slots=True)
class Parse:
    """Syntax of a `Doc`, three tuples parallel to `doc.tokens`."""

    tags: tuple[str, ...]
    """Penn Treebank part-of-speech tags."""
    heads: tuple[int, ...]
    """Index of the head token in `doc.tokens`; -1 for the root of a sentence."""
    relations: tuple[str, ...]
    """Universal Dependencies relation to the head, with subtype (`nsubj:pass`); `root` for roots."""


class Name(NamedTuple):
    """A proper name found in the text."""

    span: Span
    """Without title, article or possessive ending."""
    kind: str
    """`person`, `organization`, `country`, `place`, `group`, or `other` (events, works, laws)."""


class Mention(NamedTuple):
    """A place where the text speaks of an actor."""

    span: Span
    form: str
    """`name` (short names and metonyms too), `nominal` or `pronoun`."""


class Role(NamedTuple):
    """An office or position that the text gives an actor."""

    title: str
    """In the article's words, e.g. `NATO Secretary General`."""
    status: str
    """`current`, `former`, `acting`, `elect`, `then` or `candidate`: as the text has it."""
    place: Passage | None
    """Where the text says so."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone or something that acts or is acted on, once an article."""

    id: str
    """Slug, unique in the article."""
    name: str
    """The fullest name in the article, or the usual one of a country or body."""
    kind: str
    """`person`, `organization`, `country`, `place` or `group`."""
    roles: tuple[Role, ...] = ()
    aliases: tuple[str, ...] = ()
    """Other names the article uses, each once, in order of appearance."""
    first: Passage | None = None
    """The first mention."""
    count: int = 0
    """Mentions, pronouns and descriptions included."""
    salience: float = 0.0
    """0 to 1, two decimals: how central the actor is to the article."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of one article while it is being read, and where the text speaks of them."""

    actors: tuple[Actor, ...]
    mentions: dict[str, tuple[Mention, ...]]
    """Actor id → its mentions in order; never changed after it is made."""
    genders: dict[str, str] = field(default_factory=dict)
    """Actor id → `f` or `m`, as far as names, titles and pronouns tell."""
    asides: dict[str, tuple[Mention, ...]] = field(default_factory=dict)
    """Actor id → places that point to it but are no mentions of it: “who”, “French” of a singer, “pro-Beijing”."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that the article attributes to someone."""

    kind: str
    """`direct`, `mixed` or `indirect`."""
    content: tuple[Passage, ...]
    speaker: str | None
    """An actor's id; None where the text does not say, or names nobody."""
    source: tuple[Passage, ...] = ()
    """The words that name the speaker."""
    cue: tuple[Passage, ...] = ()
    """The words that report."""
    via: str | None = None
    """Through whom it is reported, in the article's words."""
    rule: str = ""
    """The rule that found it."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a move."""

    kind: str
    """`duration`, `rate`, `amount`, `scope`, `deadline` or `condition`."""
    passage: Passage
    norm: str | None = None
    """Its normal form, as the taxonomy of moves defines it; None where none can be computed."""


MOVE_TYPES = tuple(
    """aid appointment arms-embargo arms-transfer border-measure ceasefire civil-restriction court-ruling
    diplomatic-relations election emergency energy-supply executive-order export-restriction expulsion fiscal-measure
    import-restriction legislation loan membership military-operation monetary-policy peace-agreement prisoner-release
    prosecution referendum removal resolution sanctions subsidy talks targeted-sanction tariff trade-agreement
    trade-dispute treaty troop-deployment troop-withdrawal visa-rules weapons-test""".split()
)
"""The codes of the forty types of the taxonomy of moves, by the alphabet."""
MOVE_STATUSES = tuple(
    "proposed threatened negotiating announced agreed in-force extended rejected suspended violated ended".split()
)
"""The codes of its eleven statuses, the less settled first."""


@dataclass(frozen=True, slots=True)
class Move:
    """One act of policy."""

    type: str
    """A code of the taxonomy of moves."""
    label: str
    status: str
    """A status code of the taxonomy."""
    actors: tuple[str, ...]
    """Actor ids, or the article's own words for one without a name."""
    targets: tuple[str, ...]
    """As `actors`."""
    terms: tuple[Term, ...]
    trigger: Passage
    evidence: tuple[Passage, ...]
    """One to three whole sentences."""
    hedge: Passage | None = None
    """The words that keep the report at arm's length (`reportedly`)."""
    rule: str = ""
    """The rule that found it."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read out of one article."""

    article: Article
    actors: tuple[Actor, ...]
    """Most central first."""
    mentions: dict[str, tuple[Mention, ...]]
    """Actor id → its mentions in order; never changed after it is made."""
    quotes: tuple[Quote, ...]
    """In order of their first content."""
    moves: tuple[Move, ...]
    """In order of their trigger."""


@dataclass(frozen=True, slots=True)
class Header:
    """The front matter of a briefing."""

    slug: str
    """The briefing's and the article's stem; not written in the file, for the file's name says it."""
    article: str
    """Name of the article's file in `briefings/articles/`."""
    digest: str
    """SHA-256 of that file when the briefing was made."""
    title: str | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    words: int = 0
    """Length of the article."""
    invented: bool = False


class Section(NamedTuple):
    """A part of a briefing that people write: kept as it stands."""

    heading: str
    body: str
    """Markdown, without blank lines around it."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a briefing file holds."""

    header: Header
    summary: tuple[Passage, ...] = ()
    """Key sentences of the article, in its order."""
    actors: tuple[Actor, ...] = ()
    quotes: tuple[Quote, ...] = ()
    """Those of one speaker together, the most central speaker first."""
    moves: tuple[Move, ...] = ()
    notes: tuple[Section, ...] = ()


class Problem(NamedTuple):
    """Something wrong in an input, said to the person who can mend it."""

    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


class Page(NamedTuple):
    """A file of the site's source."""

    path: str
    """Below `docs/`, with forward slashes."""
    text: str


class Decision(NamedTuple):
    """A person's word in `briefings/decisions.toml`, which beats what the program thinks."""

    verb: str
    """`merge`, `never-merge`, `rename`, `ignore` (actors); `join`, `split`, `correct` (moves)."""
    subjects: tuple[str, ...]
    """Actors: `slug/actor-id` (one briefing's actor) or an identity's id; moves: `slug#m-908`, the move's permalink."""
    value: str | None = None
    """The new name, for `rename`; the new value, for `correct`."""
    who: str | None = None
    when: str | None = None
    why: str | None = None
    field: str | None = None
    """What `correct` sets: `status` or `label` of the move's thread."""
    line: int | None = None
    """Where the entry begins in `decisions.toml`, from 1."""


@dataclass(frozen=True, slots=True)
class Identity:
    """One actor across all briefings: one page, one permalink `actors/<id>/`."""

    id: str
    """Slug; stays when briefings are added."""
    name: str
    kind: str
    aliases: tuple[str, ...]
    """All other names, each once, the commonest first."""
    members: tuple[tuple[str, str], ...]
    """(briefing's slug, actor's id there), in order of `Corpus.briefings`."""
    former: tuple[str, ...] = ()
    """Other ids under which links may know the page, in order; no other identity's id is among them."""


class Account(NamedTuple):
    """What one briefing says on a point on which accounts differ."""

    slug: str
    """The briefing's."""
    date: str | None
    """Its date of publication, ISO."""
    source: str | None
    """Its outlet."""
    value: str
    """What it says: a status code, a term's normal form or words, or the words of a statement."""
    passage: Passage
    """The article's words it rests on: the term, the sentence of evidence, the statement."""
    anchor: str
    """Permalink on the briefing's page: `m-908` for a move, `q-520` for a quote."""


class Difference(NamedTuple):
    """Accounts of one act that do not agree, to stand side by side; which is right is not decided."""

    about: str
    """`status`; a kind of term (`rate`, `duration` …); or `statement`."""
    accounts: tuple[Account, ...]
    """Two or more with different values, by date, then slug."""
    rule: str
    """The rule that set them side by side, as a sentence for readers."""
    who: str | None = None
    """Id of the identity that made the statements; None for terms and statuses."""


class Event(NamedTuple):
    """A move as one briefing has it: a point in a thread's history."""

    slug: str
    """The briefing's."""
    index: int  # type: ignore[assignment]  # a tuple's own `index` is not needed here
    """Into its `moves`."""
    date: str | None
    """Date of publication, ISO."""
    status: str


@dataclass(frozen=True, slots=True)
class Thread:
    """Moves that are the same act, across briefings: one page `moves/<id>/`."""

    id: str
    """Slug; stays when briefings are added."""
    type: str
    label: str
    status: str
    """The latest one."""
    actors: tuple[str, ...]
    """Ids of identities, or plain words."""
    targets: tuple[str, ...]
    events: tuple[Event, ...]
    """Oldest first; undated ones last."""
    former: tuple[str, ...] = ()
    """Other ids under which links may know the page, in order; no other thread's id is among them."""
    differences: tuple[Difference, ...] = ()
    """Where outlets of about the same date differ on a term or the status: terms first, in order of their kind."""
    statements: tuple[Difference, ...] = ()
    """Where one actor's statements on this act differ over time, by actor."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """All briefings that can be used, and what is known across them."""

    briefings: tuple[Briefing, ...]
    """By date of publication, newest first; those without a date last; then by slug."""
    edited: frozenset[str] = frozenset()
    """Slugs of briefings that a person has touched."""
    identities: tuple[Identity, ...] = ()
    """By id."""
    threads: tuple[Thread, ...] = ()
    """By latest event, newest first; then by id."""


@dataclass(frozen=True, slots=True)
class Site:
    """What `mkdocs.yml` says of the site, as far as derived files need it."""

    name: str = "Readout"
    description: str = ""
    address: str = "http://127.0.0.1:8000/"
    """Where it is published, with a slash at its end; without a `site_url`, that of `readout serve`."""
    language: str = "en"
