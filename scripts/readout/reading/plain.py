"""Plain text and Markdown articles, in the encodings people really have."""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser

import markdown

from readout.reading import header
from readout.reading.contract import Reading, Unreadable

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, hint: str | None = None) -> str:
    """Text of a file: by its byte order mark, else UTF-8, else UTF-16 by its zero bytes, else cp1252.

    `hint` is an encoding the file itself names (HTML), tried before cp1252. Raises Unreadable for data
    that are no text.
    """
    for mark, name in BOMS:
        if data.startswith(mark):
            try:
                return data.decode(name)
            except UnicodeDecodeError as error:
                raise Unreadable(f"it is marked as {name.upper()}, but is not: {error.reason}") from None
    sample = data[:4096]
    zeros = sample.count(0)
    if zeros:
        odd, even = sample[1::2].count(0), sample[::2].count(0)
        half = max(1, len(sample) // 2)
        try:
            if odd > 0.3 * half > even:
                return data.decode("utf-16-le")
            if even > 0.3 * half > odd:
                return data.decode("utf-16-be")
        except UnicodeDecodeError:
            pass
        raise Unreadable("it is no text: it holds zero bytes")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if hint:
        try:
            return data.decode(hint)
        except (LookupError, UnicodeDecodeError):
            pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        # Five bytes have no meaning in cp1252; browsers read them as Latin-1 controls, and so do we.
        return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)


LABELLED = re.compile(
    r"(?i)^(title|headline|source|outlet|publisher|author|byline|url|link|date|published)[ \t]*:[ \t]*(\S.*)$"
)


def headline(text: str) -> str | None:
    """A headline at the top of a text: a short first line without a full stop, apart from what follows."""
    lines = text.split("\n", 2)
    first = lines[0].strip()
    if len(lines) < 2 or not 8 <= len(first) <= 140 or first[-1] in '.,;!:”"':
        return None
    rest = text[len(lines[0]) :].strip()
    apart = len(lines) > 1 and not lines[1].strip()
    longer = len(rest.split("\n", 1)[0].strip()) > 1.5 * len(first)
    return header.clean(first) if rest and (apart or longer) else None


def evidence(text: str) -> dict[str, str]:
    """Title of a text without a header, where its first line is plainly one."""
    title = headline(text)
    return {"title": title} if title else {}


def body_and_header(data: bytes) -> tuple[str, dict[str, str], tuple[str, ...]]:
    """Decoded body, the fields of its front matter, and problems with these."""
    text = decode(data)
    front, body = header.split(text)
    if front is None:
        return text, {}, ()
    stated, problems = header.fields(front)
    return body, stated, problems


def read_text(data: bytes) -> Reading:
    """A `.txt` file. Without front matter the text is the decoded file, unchanged."""
    body, stated, problems = body_and_header(data)
    return Reading(body, stated, evidence(body.lstrip()), problems)


def read_markdown(data: bytes) -> Reading:
    """A `.md` file: what a reader of the rendered page sees, a paragraph a line; headings too."""
    body, stated, problems = body_and_header(data)
    collector = Blocks()
    collector.feed(markdown.markdown(body))
    collector.close()
    blocks = collector.done()
    found = {}
    if blocks and blocks[0][0] == "h1":
        found["title"] = header.clean(blocks[0][1])
    return Reading(
        "\n\n".join(words for _, words in blocks) + "\n" if blocks else "", stated, found, problems
    )


class Blocks(HTMLParser):
    """Collects the words of block elements, in order, as (tag, words)."""

    BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li blockquote pre td th dt dd".split())
    SKIPPED = frozenset(["script", "style", "template", "iframe"])

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str]] = []
        self.tag = "p"
        self.words: list[str] = []
        self.skipping = 0

    def flush(self) -> None:
        """End the current block."""
        words = re.sub(r"\s+", " ", "".join(self.words)).strip()
        if words:
            self.blocks.append((self.tag, words))
        self.words = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Open a block, or begin to skip."""
        if tag in self.SKIPPED:
            self.skipping += 1
        elif tag in self.BLOCKS:
            self.flush()
            self.tag = tag
        elif tag == "br":
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close a block, or end skipping."""
        if tag in self.SKIPPED:
            self.skipping = max(0, self.skipping - 1)
        elif tag in self.BLOCKS:
            self.flush()
            self.tag = "p"

    def handle_data(self, data: str) -> None:
        """Keep words that a reader sees."""
        if not self.skipping:
            self.words.append(data)

    def done(self) -> list[tuple[str, str]]:
        """All blocks."""
        self.flush()
        return self.blocks
