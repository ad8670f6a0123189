"""Article → Doc: paragraphs, sentences, tokens and quoted stretches, laid over an unaltered text."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise, repeat

from readout.records import Article, Doc, Paragraph, Quoted, Sentence, Span, Token

# ------------------------------------------------------------------ tokens
# Close to the tokenization of the Universal Dependencies English treebanks, on which the syntax is
# learned: clitics apart, hyphens apart, every punctuation mark a token; "U.S." and "Mr." stay whole.
ABBREVIATIONS = (
    "Mr Mrs Ms Mx Dr Prof Sr Jr St Gen Col Capt Cpt Lt Maj Sgt Adm Cmdr Brig Sen Rep Reps Sens Gov Govs Pres Hon Rev "
    "ST Fr Msgr Amb Sec Supt Insp Ald Atty Asst Assoc Dept Dist Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec "
    "Inc Corp Co Ltd Bros Mt Ft No Nos vs etc al approx Ave Blvd Rd Pvt Spc Sn Engr Barr Alh Mme Mlle "
    # American states, as the press shortens them
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa "
    "Tenn Tex Va Vt Wash Wis Wyo"
).split()
# Those which a sentence seldom ends on, capital or not behind them.
NEVER_LAST = frozenset(
    "Mr Mrs Ms Mx Dr Prof St Gen Col Capt Cpt Lt Maj Sgt Adm Cmdr Brig Sen Rep Reps Sens Gov Govs Pres Hon Rev Fr Msgr "
    "ST Amb Sec Supt Insp Ald Atty Asst Assoc Mt Ft No Nos vs Pvt Spc Engr Barr Alh Mme Mlle Dept".split()
)
TOKEN = re.compile(
    rf"""([ ]?)                                   # the usual space, so that no token is sought at it
    ([A-Za-z][a-z]*(?<!annot)(?=[ ,;)\n])         # a plain word, as most are; “cannot” is parted below
    |[,;()“”"]|\.(?=[ \n])                            # a plain mark
    |(?:https?://|www\.)[^\s<>"“”]+[^\s<>"“”.,;:!?)\]'’]   # addresses
    |[\w.+-]+@[\w-]+(?:\.[\w-]+)+
    |[@#]\w+                                                 # handles and tags
    |(?:[A-Za-z]\.){{2,}}(?:[A-Z]\b(?!\.))?                  # U.S., U.S.S.R, p.m.
    |(?:{"|".join(ABBREVIATIONS)})\.(?=[\s,)])               # Mr.
    |[A-Z]\.(?=\s?[A-Z])                                     # an initial
    |(?:US|U\.S\.|A|C|NZ|HK|S|R|Rs)?[$€£¥₹](?=\d)            # currency
    |\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s|bn|m|tn|k)?\b|\d+(?:[.,]\d+)*
    |[Cc]an(?=not\b)
    |[^\W\d_]+(?=n['’]t\b)
    |n['’]t\b
    |['’](?:s|S|ll|re|ve|d|m|LL|RE|VE)\b
    |[^\W\d_]+(?:['’][^\W\d_]{{2,}}\b(?<!['’]ll)(?<!['’]re)(?<!['’]ve))+   # O’Neill, d’Ivoire
    |[DdOoLl]['’](?=[A-Z])[^\W\d_]+
    |[^\W_]+
    |\.\.\.+|--+|``|''
    |\S)""",
    re.X,
)


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut `text[start:end]` into tokens, whose offsets count in the whole text.

    >>> [t.text for t in tokenize("Mr. Rutte’s 30-day plan isn't new.")]
    ['Mr.', 'Rutte', '’s', '30', '-', 'day', 'plan', 'is', "n't", 'new', '.']
    """
    # in turns what lies between, the space and a token; a match object a token takes twice as long
    pieces = TOKEN.split(text[start:end])
    bounds = list(accumulate(map(len, pieces), initial=start))
    return list(map(tuple.__new__, repeat(Token), zip(bounds[2::3], bounds[3::3], pieces[2::3], strict=False)))


# ------------------------------------------------------------------ quoted stretches
DOUBLE = re.compile(r"''|``|[\"“”„«»]")
# A single mark opens at a word's start, not behind one, and closes at a word's end before a space or
# punctuation; apostrophes inside words are stepped over.
SINGLE = re.compile(
    r"(?<![^\W_])(?P<open>[‘'])(?=[^\W_])(?P<body>(?:[^‘’'\n]|(?<=[^\W_])['’](?=[^\W_]))+)['’](?![^\W_])"
)
WORD = re.compile(r"[^\W_]+")


def quoted_stretches(
    text: str, start: int, end: int, usual: bool = False, continued: bool = False
) -> list[Quoted]:
    """The outermost stretches in quotation marks of one paragraph, in order.

    Nested marks belong to the outer stretch. A quotation over several paragraphs closes only in the last:
    a mark that opens the paragraph and is never closed quotes to its end, and so does one within it where the
    next paragraph opens with a mark too (`continued`); any other unclosed mark is ignored, so an odd mark costs
    itself and nothing else. Single marks count outside double ones, where
    they come in pairs around three words or more (two, with the curly mark); around any where they are the
    `usual` ones, as in headlines.
    """
    found: list[Quoted] = []
    at = start
    while at < end:
        stack: list[re.Match[str]] = []
        hit: Quoted | None = None
        for m in DOUBLE.finditer(text, at, end):
            before = text[m.start() - 1] if m.start() > start else " "
            after = text[m.end()] if m.end() < end else " "
            opens = not after.isspace() and (before.isspace() or before in "([{—–-/…:‘'")
            if m[0] == "“" and not opens:
                opens = not after.isspace() and not stack
            if opens:
                stack.append(m)
            elif len(stack) > 1:
                stack.pop()
            elif stack:
                hit = Quoted(Span(stack[0].start(), m.end()), Span(stack[0].end(), m.start()), True, True)
                break
        if hit is None and stack:
            first = stack[0]
            if not text[start : first.start()].strip() or (continued and len(stack) == 1):
                hit = Quoted(Span(first.start(), end), Span(first.end(), end), False, True)
            else:
                at = first.end()  # a stray mark: go on behind it
                continue
        if hit is None:
            break
        if WORD.search(text, *hit.inner):
            found.append(hit)
        at = hit.span.end
    if "‘" in text[start:end] or "'" in text[start:end]:
        doubles = [q.span for q in found]
        for m in SINGLE.finditer(text, start, end):
            span = Span(*m.span())
            need = 1 if usual else 2 if m["open"] == "‘" else 3
            if len(WORD.findall(m["body"])) >= need and not any(d.meets(span) for d in doubles):
                found.append(Quoted(span, Span(*m.span("body")), True, False))
        found.sort()
    return found


def single_marks(text: str) -> bool:
    """Whether single marks are the usual ones of an article: more sentences stand in them than in double ones.

    >>> single_marks("'We will not wait now,' she said. 'They had their time in May.'"), single_marks("It's his.")
    (True, False)
    """
    doubles = text.count('"') // 2 + text.count("“")
    if doubles > MANY or ("'" not in text and "‘" not in text):
        return False
    whole = sum(
        m["body"][-1] in ",.?!…" and len(WORD.findall(m["body"])) >= SENTENCE for m in SINGLE.finditer(text)
    )
    return whole > max(doubles, 1)


MANY = 12
"""Double marks beyond which nobody looks whether single ones are usual."""
SENTENCE = 4
"""Words of a quotation that is no mere phrase."""


def opens_quoted(text: str, paragraph: Span) -> bool:
    """Whether a paragraph opens with a double quotation mark."""
    lead = text[paragraph.start : paragraph.end].lstrip()
    return lead[:1] in ("“", '"', "«", "„") or lead[:2] in ("``", "''")


# ------------------------------------------------------------------ sentences
CLOSERS = frozenset("\"”’')]»") | {"''"}
OPENERS = frozenset("\"“‘'([«") | {"``"}
ENDERS = frozenset({".", "!", "?", "…", "...", "...."})


def sentence_starts(tokens: list[Token], text: str) -> list[int]:
    """Indices of the tokens that open a sentence, within one paragraph."""
    starts = [0]
    n = len(tokens)
    i = 0
    while i < n - 1:
        word = tokens[i].text
        ends = word in ENDERS or (len(word) > 1 and word[-1] == "." and word[0].isalpha())
        if not ends:
            i += 1
            continue
        j = i + 1
        while j < n and (
            tokens[j].text in ENDERS
            or (
                tokens[j].text in CLOSERS and (tokens[j].start == tokens[j - 1].end or tokens[j].text in "”»")
            )
        ):
            j += 1
        if j >= n:
            break
        nxt = j
        while nxt < n - 1 and tokens[nxt].text in OPENERS:
            nxt += 1
        follow = tokens[nxt].text
        spaced = tokens[j].start > tokens[j - 1].end
        capital = follow[0].isupper() or follow[0].isdigit() or follow[0] in "@#$€£—-•–"
        if len(word) > 1 and word[-1] == "." and word not in ENDERS:
            stem = word[:-1]
            if stem in NEVER_LAST or (len(stem) == 1 and stem.isupper()):
                split = False
            elif "." in stem or stem in ABBREVIATIONS:
                # "in the U.S. The plan": a split only before a word that seldom stands inside a name
                split = spaced and follow in STARTERS
            else:
                split = spaced and capital
        else:
            closed = j > i + 1 and tokens[j - 1].text in CLOSERS
            if spaced:
                split = capital or (word == "." and nxt > j)
                if closed and word in "!?" and follow[0].islower():
                    split = False
            else:
                # sentences run together without a space: “talks.The minister”
                split = (
                    word == "."
                    and follow[0].isupper()
                    and len(follow) > 1
                    and follow[1:2].islower()
                    and tokens[i].start > 0
                    and text[tokens[i].start - 1].islower()
                )
        if split:
            starts.append(j)
        i = j
    return starts


STARTERS = frozenset(
    """The A An In On At But And He She It They We I You This That These Those His Her Its Their Our My There When
    While If As After Before For However Meanwhile Although Though Since Because So Yet Still Now Then What Who
    According Last Under With From By To Of Not No Some Many Most Both All One Two
    Asked Speaking Earlier Later Also""".split()
)

TIME = re.compile(
    r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?:,? (?:GMT|UTC|BST|CEST|CET|EST|EDT|ET|PST|PDT|PT|local time))?"
    r" ?[-–—:|]? +(?=[A-Z“\"‘'])"
)
"""The time at which an entry of a live report was written: “11:42 The minister”, “9.15am GMT — Talks”."""
DATELINE = re.compile(
    r"(?:[A-ZÀ-Þ][A-ZÀ-Þ'’ ./-]{3,40}(?:, [^\n(]{1,40}?(?: ?\([^)\n]{1,30}\))?| ?\([^)\n]{1,30}\))"
    r"|(?:[A-ZÀ-Þ][\w’'.]+ ?){1,3}?(?:, [^\n(]{1,30}?)? ?\([^)\n]{1,30}\))"
    r"(?: ?(?:—|–|--)| -) ?(?=[A-ZÀ-Þ\"“‘'0-9])"
)
"""Where, when and for whom a report was written: “LIMA, May 6 —”, “Lima (AP) –”. A bare name before a dash may be the
first of the sentence."""


def behind_lead(words: list[Token], text: str) -> int:
    """The first token behind the time or the dateline that opens a paragraph; 0 where none does.

    Such a lead is a sentence of its own: nobody is called “11:42 Silva”, and no town is the subject of what follows.
    """
    start = words[0].start
    m = (TIME if words[0].text[0].isdigit() else DATELINE).match(text, start, min(start + 120, words[-1].start + 1))
    return next((i for i, t in enumerate(words) if t.start >= m.end()), 0) if m else 0


PARAGRAPH = re.compile(r"[^\n]+")


def paragraph_spans(text: str) -> list[Span]:
    """Paragraphs: lines; in hard-wrapped text, runs of lines up to a blank or differently indented one."""
    lines = [Span(*m.span()) for m in PARAGRAPH.finditer(text) if not m[0].isspace()]
    if not hard_wrapped(text, lines):
        return lines
    indents = [s.length - len(text[s.start : s.end].lstrip()) for s in lines]
    usual = max(sorted(set(indents)), key=indents.count)
    joined: list[Span] = []
    for line, indent, before in zip(lines, indents, [usual, *indents], strict=False):
        blank = bool(joined) and text.count("\n", joined[-1].end, line.start) > 1
        if joined and not blank and indent == usual and (before >= usual):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return joined


WIDEST = 100
"""Characters of a line, above which nobody breaks lines by hand."""


def hard_wrapped(text: str, lines: list[Span]) -> bool:
    """Whether lines are broken in mid-sentence: most end without a final mark, and many go on in lower case, or end
    where the next word would not have fitted.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if a.length > 30]
    if len(pairs) < 2 or max(a.length for a, _ in pairs) > WIDEST:
        return False
    open_ended = sum(text[a.start : a.end].rstrip()[-1] not in '.!?"”:' for a, _ in pairs)
    runs_on = sum(text[a.end : a.end + 24].lstrip()[:1].islower() for a, _ in pairs)
    width = max(a.length for a, _ in pairs)
    full = sum(a.length + 1 + len(text[b.start : b.end].split()[0]) > width - 3 for a, b in pairs)
    if open_ended < 0.6 * len(pairs):
        return False
    surely = len(pairs) >= 4 and runs_on >= 0.25 * len(pairs)
    return surely or (runs_on > 0 and full >= 0.5 * len(pairs))


def segment(article: Article) -> Doc:
    """Lay paragraphs, sentences, tokens and quoted stretches over an article's text."""
    text = article.text
    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    tokens: list[Token] = []
    quoted: list[Quoted] = []
    spans = paragraph_spans(text)
    single = single_marks(text)
    for span, following in zip(spans, [*spans[1:], None], strict=False):
        words = tokenize(text, span.start, span.end)
        if not words:
            continue
        goes_on = following is not None and opens_quoted(text, following)
        quoted += quoted_stretches(text, span.start, span.end, usual=single or not paragraphs, continued=goes_on)
        base, first = len(tokens), len(sentences)
        starts = sentence_starts(words, text)
        lead = behind_lead(words, text)
        if lead > 0:
            starts = [0, lead, *(i for i in starts if i > lead)]
        for a, b in zip(starts, [*starts[1:], len(words)], strict=True):
            place = Span(words[a].start, words[b - 1].end)
            sentences.append(Sentence(place, base + a, base + b, len(paragraphs)))
        tokens += words
        paragraphs.append(Paragraph(Span(words[0].start, words[-1].end), first, len(sentences)))
    return Doc(article, tuple(paragraphs), tuple(sentences), tuple(tokens), tuple(quoted))
