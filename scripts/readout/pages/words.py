"""Words of articles and people, made safe for Markdown, HTML and addresses; dates and numbers as readers see them."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from readout.records import Passage, Role, Span

ACTIVE = re.compile(r"[\\`*_{}\[\]()#+\-.!|~<>&\"'^=:$@/%]")
SPACE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")
# Marks of direction and invisible letters can make words look like others; a lone surrogate cannot be written.
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]")
HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
MONTHS = [
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
]


def clean(words: str) -> str:
    """Words on one line, without control characters, marks of direction and invisible letters."""
    # Printable words hold none of what is taken out but runs of spaces; most words are printable.
    if words.isprintable() and "  " not in words:
        return words.strip()
    return UNSEEN.sub("", SPACE.sub(" ", words)).strip()


def safe(words: str) -> str:
    """Words that neither Markdown nor HTML nor a template acts on; line breaks become spaces.

    >>> safe("<b>*Now*</b>")
    '&#60;b&#62;&#42;Now&#42;&#60;&#47;b&#62;'
    """
    return ACTIVE.sub(lambda m: f"&#{ord(m[0])};", clean(words))


def esc(words: str) -> str:
    """Words for HTML, between tags or in a quoted attribute.

    >>> esc('<script> & "x"')
    '&lt;script&gt; &amp; &quot;x&quot;'
    """
    return clean(words).translate(HTML)


def scalar(words: str) -> str:
    """Words as a value in a page's front matter: a JSON string, which is YAML too."""
    return json.dumps(clean(words), ensure_ascii=True)


def embedded(data: object) -> str:
    """JSON that can stand in a `<script>` of a page: nothing in it closes the element or opens a comment."""
    return (
        json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


UNSAID = re.compile(
    r"\b(not|cannot|never|nor|neither|without|short of|yet to|if|unless|hardly|declin\w+|refus\w+|would|could|should|might"
    r"|may|must|do|does|did|den(?:y|ied|ies|ying)|expected|falsely)\b|n['’]t\b",
    re.I,
)


def unsaid(cue: str) -> bool:
    """Whether reporting words say that something was not said, or not yet: readers must not miss them.

    >>> unsaid("did not say"), unsaid("said"), unsaid("If … says")
    (True, False, True)
    """
    return UNSAID.search(cue) is not None


# ------------------------------------------------------------------ addresses
def web_address(url: str | None) -> str | None:
    """The address, when a browser may safely follow it: http or https, with a host; else None."""
    if not url or re.search(r"[\s\x00-\x1f<>\"'\\`]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def at_words(url: str | None, words: str) -> str | None:
    """The address of the very words in the original, as a text fragment; None without a usable address.

    >>> at_words("https://example.org/a", "The truce began at dawn.")
    'https://example.org/a#:~:text=The%20truce%20began%20at%20dawn.'

    Long or broken stretches are named by their first and last words. Source: WICG, Scroll to Text Fragment.
    """
    address = web_address(url)
    if address is None:
        return None

    def code(text: str) -> str:
        return quote(text, safe="").replace("-", "%2D")

    pieces = words.split()
    if not pieces:
        return address
    if len(pieces) <= 8 and "\n" not in words.strip():
        text = code(" ".join(pieces))
    else:
        # The first words must stand in one block, and so must the last: neither may run over a line's end.
        first = words.strip().split("\n", 1)[0].split()[:5]
        last = words.strip().rsplit("\n", 1)[-1].split()[-5:]
        text = code(" ".join(first)) + "," + code(" ".join(last))
    return f"{address}{'' if '#' in address else '#'}:~:text={text}"


def slug_path(folder: str, name: str) -> str:
    """The file of a page below `docs/`: `folder/name.md`, whose address is `folder/name/`.

    MkDocs reads `index.md` and `README.md` as the folder's own page, so those names get a folder.
    """
    return f"{folder}/{name}/index.md" if name.lower() in ("index", "readme") else f"{folder}/{name}.md"


def page_url(path: str) -> str:
    """The address of a page below the site's root, from its file: `moves/x.md` → `moves/x/`.

    >>> page_url("moves/index.md"), page_url("moves/x.md"), page_url("index.md")
    ('moves/', 'moves/x/', '')
    """
    stem = path.removesuffix(".md")
    return "" if stem == "index" else stem.removesuffix("/index") + "/"


def root_from(path: str) -> str:
    """The way from a page to the site's root: `../../` from `moves/x.md`, `./` from `index.md`."""
    return "../" * page_url(path).count("/") or "./"


# ------------------------------------------------------------------ dates and numbers
def day(published: str | None) -> datetime.date | None:
    """The day of an ISO date, or None."""
    try:
        return datetime.date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def date_words(published: str | None, short: bool = False) -> str:
    """A date for readers: `4 March 2031`, or `4 Mar 2031`; what is no date as it stands, nothing as unknown.

    >>> date_words("2031-03-04"), date_words("2031-03-04", short=True), date_words(None)
    ('4 March 2031', '4 Mar 2031', 'date unknown')
    """
    date = day(published)
    if date is None:
        return clean(published) if published else "date unknown"
    month = MONTHS[date.month - 1]
    return f"{date.day} {month[:3] if short else month} {date.year}"


def time_tag(published: str | None, short: bool = False) -> str:
    """A date as a `<time>`, or as words where it is none."""
    date = day(published)
    words = esc(date_words(published, short))
    return (
        f'<time datetime="{date.isoformat()}">{words}</time>'
        if date
        else f'<span class="ro-unknown">{words}</span>'
    )


def week_of(date: datetime.date) -> str:
    """The ISO week of a day: `2031-W10`."""
    year, week, _ = date.isocalendar()
    return f"{year}-W{week:02d}"


def number(value: int) -> str:
    """A count with a narrow space between thousands.

    >>> number(12345)
    '12\\u202f345'
    """
    return f"{value:,}".replace(",", "\u202f")


def count(value: int, one: str, many: str | None = None) -> str:
    """A count with its noun: `1 quote`, `2 quotes`."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def minutes(words: int) -> str:
    """How long reading takes, at 230 words a minute (Brysbaert 2019: 238 for English prose)."""
    seconds = words * 60 / 230
    return (
        f"{max(10, round(seconds / 10) * 10)} seconds" if seconds < 95 else f"{round(seconds / 60)} minutes"
    )


# ------------------------------------------------------------------ passages
def capital(words: str) -> str:
    """Words with a capital first letter, as a heading has them.

    >>> capital("lifting of the embargo")
    'Lifting of the embargo'
    """
    words = clean(words)
    return words[:1].upper() + words[1:]


def shorten(words: str, limit: int) -> str:
    """Words cut at a word's end near `limit` characters, with an ellipsis."""
    words = clean(words)
    if len(words) <= limit:
        return words
    return words[:limit].rsplit(" ", 1)[0].rstrip(",;:–—-") + "…"


def marked(passage: Passage, marks: Iterable[tuple[Span, str]]) -> str:
    """A passage as HTML in which each span that falls into it is set in `<mark>`, with its class.

    Where marks overlap, the earlier in the list wins.
    """
    start, end = passage.span
    owner: list[str | None] = [None] * len(passage.words)
    for span, kind in marks:
        for at in range(max(start, span.start), min(end, span.end)):
            if at - start < len(owner) and owner[at - start] is None:
                owner[at - start] = kind
    pieces: list[str] = []
    at = 0
    while at < len(owner):
        to = at
        while to < len(owner) and owner[to] == owner[at]:
            to += 1
        # `clean` trims; the spaces at a mark's edges belong to the sentence.
        piece = UNSEEN.sub("", SPACE.sub(" ", passage.words[at:to])).translate(HTML)
        css = owner[at]
        if css is not None:
            piece = f'<mark class="{css}">{piece}</mark>' if css else f"<mark>{piece}</mark>"
        pieces.append(piece)
        at = to
    return "".join(pieces).strip()


def office(role: Role) -> str:
    """A role as shown where its status has no place of its own: one no longer held always says so.

    >>> office(Role("President", "former", None)), office(Role("former President", "former", None))
    ('President (former)', 'former President')
    """
    told = (
        role.status == "current"
        or role.status in role.title.lower()
        or (role.status == "former" and role.title.lower().startswith(("ex-", "then-")))
    )
    return role.title if told else f"{role.title} ({role.status})"
