"""Doc, Parse → Cues: every place where something may be reported, with the words that say by whom.

A cue is a candidate only: `attribution` and `paraphrase` choose among them. Verbs come from
`lexicons/cue_verbs.tsv`, nouns from `lexicons/cue_nouns.tsv`; how a cue finds its source is grammar.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import Any, NamedTuple

from readout import lexicon
from readout.extract import dateline
from readout.extract.layout import laid
from readout.extract.syntax import FINITE, below
from readout.lexicon import rows
from readout.records import Doc, Parse, Quoted, Span

VERB_CLASSES = (
    "say add tell ask reply write shout argue admit announce boast commit urge judge think show talk"
).split()
OTHER_CLASSES = ("according", "colon", "dash", "claim", "message", "opinion", "act", "adverb", "verb", "none")
CLASS_NUMBER = {name: i for i, name in enumerate((*VERB_CLASSES, *OTHER_CLASSES))}


@lru_cache(maxsize=1)
def verbs() -> dict[str, tuple[str, str]]:
    """Form of a verb that reports → its lemma and class.

    >>> verbs()["vowed"]
    ('vow', 'commit')
    """
    table: dict[str, tuple[str, str]] = {}
    for lemma, kind, forms in rows("cue_verbs", 3):
        for form in (lemma, *forms.split()):
            table.setdefault(form, (lemma, kind))
    return table


@lru_cache(maxsize=1)
def nouns() -> dict[str, tuple[str, str]]:
    """Form of a noun that reports, plural too → its lemma and class."""
    table: dict[str, tuple[str, str]] = {}
    for noun, kind in rows("cue_nouns", 2):
        plural = (
            noun[:-1] + "ies" if noun.endswith("y") else noun + "es" if noun.endswith("s") else noun + "s"
        )
        table.setdefault(noun, (noun, kind))
        table.setdefault(plural, (noun, kind))
    return table


@lru_cache(maxsize=1)
def telling() -> frozenset[str]:
    """All words that may be a cue whatever their tag: forms of the verbs and nouns, and the adverbs."""
    return frozenset((*verbs(), *nouns(), "according", "per", "reportedly", "allegedly"))


class Cue(NamedTuple):
    """A place that may report: token indices count in `doc.tokens`."""

    at: int
    """The token that reports: verb, noun, `according`, the colon."""
    first: int
    last: int
    """The words of the cue are `tokens[first:last]`."""
    kind: str
    """Its class, of `CLASS_NUMBER`."""
    lemma: str
    source: tuple[int, int] | None
    """The tokens of the source, as `[first, last)`; None where the text gives none."""
    head: int
    """The token on which the source turns; -1 without one."""
    how: int
    """How the source was found, of `HOW`."""
    sure: float = 0.0
    """The score of the source among its rivals; above 0: more likely right than not."""
    rank: int = 0
    """0 for the best source of a cue, 1 for the runner-up, which stands beside it as a cue of its own."""


HOW = {
    name: i
    for i, name in enumerate(
        (
            "none subject relative conjoined controlled noun agent inverted possessive label of before after"
        ).split()
    )
}


def mended(tags: tuple[str, ...], words: list[str], ends: list[int], doc: Doc) -> tuple[str, ...]:
    """Tags with verbs of saying restored that stand as nouns between a quotation, a name and a stop.

    “…,” Silva notes.  The plural noun is a tagger's guess where it does not know the quotation for a clause.
    """
    known = verbs()
    changed: dict[int, str] = {}
    for q in doc.quoted:
        i = bisect_left(ends, q.span.end) + 1
        j = i
        while j < len(tags) and j - i < 5 and tags[j][:3] == "NNP":
            j += 1
        # the verb itself may have been taken for the last of the names
        for k in (j, j - 1):
            if (
                i < k < len(tags)
                and words[k] in known
                and tags[k][:2] == "NN"
                and known[words[k]][0] != words[k]
            ):
                if (
                    k + 1 >= len(tags)
                    or words[k + 1] in (".", ",", ":", ";")
                    or tags[k + 1] in ("IN", "TO", "RB", "NNP", "PRP")
                ):
                    changed[k] = "VBZ" if words[k].endswith("s") else "VBD"
                break
    if not changed:
        return tags
    return tuple(changed.get(i, t) for i, t in enumerate(tags))


class Reading:
    """A doc with its syntax, laid out for looking things up; made once an article."""

    def __init__(self, doc: Doc, parse: Parse) -> None:
        layout = laid(doc)
        n = len(doc.tokens)
        self.doc = doc
        self.n = n
        self.text = doc.text
        self.words = layout.lower
        if "’" in doc.text:
            self.words = [w.replace("’", "'") for w in self.words]
        self.starts, self.ends = layout.starts, layout.ends
        self.tags = tags = mended(parse.tags, self.words, self.ends, doc)
        self.heads = parse.heads
        self.rels = parse.relations
        base = {relation: relation.partition(":")[0] for relation in set(parse.relations)}
        self.base = [base[relation] for relation in parse.relations]
        self.children = below(parse.heads)
        self.sentence = [0] * n
        self.paragraph = [0] * n
        for k, s in enumerate(doc.sentences):
            size = s.last - s.first
            self.sentence[s.first : s.last] = [k] * size
            self.paragraph[s.first : s.last] = [s.paragraph] * size
        self.stretch = [-1] * n
        """Index into `doc.quoted` of the stretch around a token, its marks included; -1 outside."""
        self.tokens_of: list[tuple[int, int]] = []
        """For each stretch its tokens `[first, last)`, marks included."""
        for k, q in enumerate(doc.quoted):
            a = bisect_left(self.starts, q.span.start)
            b = bisect_left(self.starts, q.span.end)
            self.tokens_of.append((a, b))
            self.stretch[a:b] = [k] * (b - a)
        self.edges: dict[int, tuple[int, int]] = {}
        self.looks: dict[tuple[int, int], Any] = {}
        """Noun phrase → what `sources` has read of it."""
        self.chunks = chunks(tags, self.words, self.stretch, self.sentence)
        """Base noun phrases outside quotation marks, as tokens `[first, last)`, in order."""
        self.chunk_starts = [c[0] for c in self.chunks]
        self.chunk_of = [-1] * n
        for k, (a, b) in enumerate(self.chunks):
            for i in range(a, b):
                self.chunk_of[i] = k

    def at(self, char: int) -> int:
        """Index of the first token that ends behind a code point."""
        return bisect_right(self.ends, char)

    def span(self, first: int, last: int) -> Span:
        """The code points of `tokens[first:last]`."""
        return Span(self.starts[first], self.ends[last - 1])

    def tokens_in(self, p: int) -> tuple[int, int]:
        """The tokens `[first, last)` of a paragraph."""
        paragraph = self.doc.paragraphs[p]
        return self.doc.sentences[paragraph.first].first, self.doc.sentences[paragraph.last - 1].last

    def subtree(self, i: int) -> tuple[int, int]:
        """The first token of the subtree of `i`, and the one behind its last."""
        known = self.edges.get(i)
        if known is None:
            low, high = i, i + 1
            stack = [i]
            children = self.children
            guard = 0
            while stack and guard < 400:
                guard += 1
                for c in children[stack.pop()]:
                    if c < low:
                        low = c
                    elif c >= high:
                        high = c + 1
                    stack.append(c)
            known = self.edges[i] = (low, high)
        return known


INSIDE = frozenset("DT PRP$ POS CD JJ JJR JJS NN NNS NNP NNPS $ FW HYPH AFX PDT VBN VBG #".split())
FIRST = INSIDE - {"POS", "HYPH"}
ENDING = frozenset("NN NNS NNP NNPS CD DT FW JJ JJS JJR".split())
ALONE = frozenset(("PRP", "WP", "EX", "WDT"))
OPENING = frozenset(("DT", "PRP$", "PDT"))


def behind_nickname(tags: tuple[str, ...], words: list[str], at: int) -> int:
    """The token behind a nickname whose mark stands at `at`: Ana [“Chica”] Silva; 0 where there is none."""
    for close in (at + 2, at + 3):
        if close + 1 < len(words) and words[close] in MARKS and tags[close + 1][:3] == "NNP":
            return close + 1
    return 0


def two_portfolios(words: list[str], tags: tuple[str, ...], first: int, at: int) -> bool:
    """Whether the “and” at a token joins what one minister is for: “Information [and] Broadcasting Minister”."""
    behind = words[at + 1 : at + 5]
    title = next((k for k, word in enumerate(behind) if word in MINISTERS), 0)
    return (
        title > 0
        and all(tags[k][:2] == "NN" or tags[k] == "JJ" for k in range(at + 1, at + 1 + title))
        and any(word in lexicon.words("portfolios") for word in words[first:at])
    )


MINISTERS = frozenset("minister ministers secretary commissioner minister-designate ministry department".split())
DAYS = dateline.WEEKDAYS | {"yesterday", "today", "tonight", "tomorrow"}
MARKS = frozenset(("“", "”", '"', "''", "``", "‘", "'"))


def chunks(
    tags: tuple[str, ...], words: list[str], stretch: list[int], sentence: list[int]
) -> list[tuple[int, int]]:
    """Base noun phrases by their tags: runs of determiners, modifiers and nouns; a pronoun is one alone.

    A possessive keeps what follows it in the same run: “the Senate's majority leader”; so does a nickname, whose
    marks belong to no stretch.
    """
    found: list[tuple[int, int]] = []
    n = len(tags)
    i = 0
    while i < n:
        tag = tags[i]
        reduced = tag in ("VBN", "VBG") and i > 0 and tags[i - 1][:2] == "NN"  # “a report [released last year]”
        if tag not in FIRST or stretch[i] >= 0 or reduced:
            if tag in ALONE and stretch[i] < 0:
                found.append((i, i + 1))
            i += 1
            continue
        here = sentence[i]
        j = i + 1
        while j < n and stretch[j] < 0 and sentence[j] == here:
            t = tags[j]
            if t in INSIDE and not (t in OPENING and tags[j - 1] not in ("PDT", "DT")):
                # a participle goes on only inside the phrase: “the winning side”
                if t in ("VBN", "VBG") and not (
                    j + 1 < n
                    and tags[j + 1] in INSIDE
                    and tags[j - 1] in ("DT", "PRP$", "POS", "JJ", "HYPH", "CD", "RB")
                ):
                    break
                j += 1
            elif (
                (
                    t in ("RB", "RBS", "RBR")
                    and j + 1 < n
                    and tags[j - 1] in ("DT", "CD", "PRP$", "POS")
                    and (tags[j + 1] in ("JJ", "VBN", "VBG", "HYPH"))
                )
                or (
                    words[j] == ","
                    and tags[j - 1][:2] == "JJ"
                    and j + 2 < n
                    and (tags[j + 1][:2] == "JJ" or (tags[j + 1] == "CD" and tags[j + 2] == "HYPH"))
                )
                or (words[j] in ("-", "–", "&", "/") and j + 1 < n and tags[j + 1] in INSIDE)
                or t[:2] == "NN"
                or words[j] in ("'s", "'")
                or (words[j] == "and" and two_portfolios(words, tags, i, j))
            ):
                j += 1
            elif words[j] in MARKS and (behind := behind_nickname(tags, words, j)):
                j = behind
            else:
                break
        last = j
        while last > i and tags[last - 1] not in ENDING:
            last -= 1
        while last - i > 1 and words[last - 1] in DAYS and tags[last - 2][:2] == "NN":
            last -= 1  # “Ana Silva [yesterday] denied it”
        if last - i > 1 and words[i] == "that" and tags[last - 1] in ("NNS", "NNPS"):
            i += 1  # “a step [that] unions will fight”
        if last > i and (
            tags[last - 1] in ("NN", "NNS", "NNP", "NNPS", "CD", "DT", "JJ")
            or any([t[:2] == "NN" for t in tags[i:last]])
        ):
            found.append((i, last))
        i = max(j, i + 1)
    return found


# Relations of words that belong to the core of a noun phrase.
CORE = frozenset(
    "det compound amod nummod flat nmod:poss case advmod fixed goeswith nmod:desc nmod:unmarked det:predet "
    "compound:prt name".split()
)
NOUN_TAGS = frozenset("NN NNS NNP NNPS PRP WP CD DT EX JJ JJS JJR PRP$ WDT FW RB $ VBG".split())


def noun_phrase(r: Reading, head: int) -> tuple[int, int]:
    """The core of the noun phrase that turns on `head`, as tokens `[first, last)`.

    Title, determiner and modifiers before the noun belong to it; relative clauses, appositions and
    prepositional phrases behind it do not.
    """
    members = {head}
    stack = [head]
    while stack:
        top = stack.pop()
        for c in r.children[top]:
            rel = r.rels[c]
            if c > head and not (
                rel in ("flat", "compound", "fixed", "goeswith", "nummod") or r.base[c] == "flat"
            ):
                continue
            if c < head and top == head and rel == "case":
                continue
            if rel in CORE or r.base[c] in CORE or (r.base[c] == "punct" and r.words[c] in "-.'’&"):
                members.add(c)
                stack.append(c)
    first = last = head
    # contiguous run around the head; a gap of one mark (hyphen, initial's dot) is bridged
    while first - 1 in members or (
        first - 2 in members and r.words[first - 1] in ("-", ".", "–", "’s", "'s", "&")
    ):
        first -= 1
    while last + 1 in members or (last + 2 in members and r.words[last + 1] in ("-", ".", "–", "&")):
        last += 1
    while first < head and r.words[first] in (",", "-", "–", "—"):
        first += 1
    return first, last + 1


CAUSING = frozenset(
    """lead leads led leading prompt prompts prompted prompting force forces forced forcing cause causes caused
    causing""".split()
)
"""Forms of verbs whose object does what the infinitive behind it says, whatever a parse makes of it."""
SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer"))
NOMINAL = ("NN", "PR", "WP", "DT", "CD", "WD", "EX")


def subject(r: Reading, v: int, depth: int = 0) -> tuple[int, str]:
    """The head of the subject of a verb and how it was found, or (-1, 'none')."""
    best = -1
    passive = False
    for c in r.children[v]:
        # the nearest, where the parse gives two
        if r.rels[c] in SUBJECTS and (best < 0 or abs(c - v) < abs(best - v)):
            best = c
        if r.rels[c] == "aux:pass":
            passive = True
    if passive:
        for c in r.children[v]:
            if r.base[c] == "obl" and c > v and any(r.words[g] == "by" for g in r.children[c]):
                return c, "agent"
    if best >= 0:
        if r.tags[best][:2] in ("WP", "WD") or (r.words[best] == "that" and r.rels[v].startswith("acl")):
            return best, "relative"
        return best, "subject" if best < v else "inverted"
    # a noun right behind the verb of saying, which the parse took for its object
    if depth == 0 and v + 1 < r.n and v > 0 and (r.stretch[v - 1] >= 0 or r.words[v - 1] == ","):
        for c in r.children[v]:
            behind = c > v and r.base[c] in ("obj", "obl", "iobj", "ccomp", "xcomp")
            if behind and r.tags[c][:2] in NOMINAL and noun_phrase(r, c)[0] == v + 1:
                return c, "inverted"
    if depth >= 4:
        return -1, "none"
    rel, h = r.base[v], r.heads[v]
    if h < 0:
        return -1, "none"
    if rel == "conj":
        found, how = subject(r, h, depth + 1)
        return (found, how if how in ("relative", "noun") else "conjoined") if found >= 0 else (found, how)
    if rel in ("xcomp", "advcl", "parataxis", "ccomp", "dep", "csubj"):
        if r.tags[v] == "VB" and (rel == "xcomp" or r.words[h] in CAUSING):
            for c in r.children[h]:
                if r.base[c] in ("obj", "iobj") and h < c < v and r.tags[c][:2] in NOMINAL:
                    return c, "controlled"  # “the delay led [Silva] to warn”
        if r.tags[h][:2] in ("VB", "MD") or rel in ("xcomp", "advcl"):
            if rel in ("ccomp", "parataxis", "dep") and r.tags[v] in ("VBD", "VBZ", "VBP"):
                return -1, "none"
            found, how = subject(r, h, depth + 1)
            return (found, how if how == "relative" else "controlled") if found >= 0 else (found, how)
        return -1, "none"
    if rel in ("acl", "amod") and r.tags[h][:2] in NOMINAL:
        return h, "noun"
    return -1, "none"


def auxiliaries(r: Reading, v: int) -> tuple[int, int]:
    """The words of a verb's cue: the verb, with a particle behind it."""
    last = v + 1
    for c in r.children[v]:
        if r.rels[c] == "compound:prt" and c == v + 1:
            last = c + 1
    return v, last


VERB_TAGS = frozenset("VB VBD VBG VBN VBP VBZ".split())


def gesture_before(r: Reading, first: int, last: int) -> int:
    """The short sentence before a stretch that is a sentence by itself, in its paragraph; -1 where there is none.

    “Silva rolled her eyes. “Ask me tomorrow.””
    """
    here = r.sentence[first]
    s = r.doc.sentences[here]
    alone = s.first == first and not any(r.words[i][:1].isalnum() for i in range(last, s.last))
    if not alone or here == 0:
        return -1
    before = r.doc.sentences[here - 1]
    short = r.paragraph[before.first] == r.paragraph[first] and before.last - before.first <= GESTURE
    return here - 1 if short else -1


GESTURE = 14
"""Tokens of a sentence that tells but what somebody does before speaking."""


def find(r: Reading) -> list[Cue]:
    """All candidate cues of a doc in order."""
    known, names, heard = verbs(), nouns(), telling()
    tags, words = r.tags, r.words
    found: list[Cue] = []
    busy = {r.sentence[a] for a, b in r.tokens_of} | {r.sentence[b - 1] for a, b in r.tokens_of if b > a}
    gestures = {s for a, b in r.tokens_of if (s := gesture_before(r, a, b)) >= 0 and s not in busy}
    for i, (tag, word) in enumerate(zip(tags, words, strict=True)):
        verb = tag in VERB_TAGS
        if not verb and word not in heard:
            continue
        if i and words[i - 1] == "-" and r.starts[i] == r.ends[i - 1]:
            continue  # “so-called”, “self-described”
        if verb or (
            word in known
            and tag in ("NN", "NNS", "NNP", "JJ", "IN")
            and r.base[i] in ("root", "parataxis", "conj", "ccomp", "advcl")
            and _subject_like(r, i)
        ):
            if word == "according" and i + 1 < r.n and words[i + 1] == "to":
                _according(r, i, found)
                continue
            entry = known.get(word)
            if entry is None:
                gesture = r.sentence[i] in gestures and r.base[i] == "root" and tag in FINITE
                if not gesture and (r.sentence[i] not in busy or r.base[i] in ("aux", "cop")):
                    continue
                entry = (word, "verb")
            elif r.base[i] in ("aux", "cop", "amod", "compound", "case", "fixed"):
                continue
            head, how = subject(r, i)
            place = noun_phrase(r, head) if head >= 0 else None
            first, last = auxiliaries(r, i)
            lemma, kind = entry
            if lemma == "put" and i + 1 < r.n and words[i + 1] == "it":
                kind = "say"  # “as Silva put it”
            found.append(Cue(i, first, last, kind, lemma, place, head, HOW[how]))
        elif word == "according" and i + 1 < r.n and words[i + 1] == "to":
            _according(r, i, found)
        elif word == "per" and i and (words[i - 1] == "," or r.stretch[i - 1] >= 0) and r.stretch[i] < 0:
            _according(r, i, found, 1)
        elif tag[:2] == "NN" and word in names:
            lemma, kind = names[word]
            head, how = -1, "none"
            for c in r.children[i]:
                if r.rels[c] == "nmod:poss":
                    head, how = c, "possessive"
                elif head < 0 and r.base[c] in ("nmod", "obl") and c > i:
                    case = [words[g] for g in r.children[c] if r.base[g] == "case"]
                    if case and case[0] in ("by", "from", "of"):
                        head, how = c, "of"
            found.append(
                Cue(i, i, i + 1, kind, lemma, noun_phrase(r, head) if head >= 0 else None, head, HOW[how])
            )
        elif word == "reportedly" or word == "allegedly":
            found.append(Cue(i, i, i + 1, "adverb", word, None, -1, 0))
    known_labels = transcript(r)
    ats = {c.at for c in known_labels}
    found += [c for c in labels(r) if c.at not in ats] + known_labels
    told = {c.at for c in found} | {c.last - 1 for c in found}
    for a, _ in r.tokens_of:
        if (
            a >= 2
            and r.words[a - 1] == ":"
            and r.stretch[a - 2] < 0
            and a - 1 not in told
            and (a - 2 not in told or (r.paragraph[a - 1] != r.paragraph[a] and tags[a - 2][:2] == "NN"))
        ):
            found.append(Cue(a - 1, a - 1, a, "colon", ":", None, -1, 0))
            told.add(a - 1)
    found.sort(key=lambda c: (c.at, c.kind))
    return found


def _subject_like(r: Reading, i: int) -> bool:
    """Whether a word taken for a noun has a subject of its own, so that it is a verb after all."""
    return any(r.rels[c] in SUBJECTS for c in r.children[i])


def _according(r: Reading, i: int, found: list[Cue], size: int = 2) -> None:
    """Add the cue “according to X”, or “per X”: the noun phrase right behind it."""
    k = bisect_left(r.chunk_starts, i + size)
    place, head = None, -1
    if k < len(r.chunks) and r.chunks[k][0] <= i + 4 and r.sentence[r.chunks[k][0]] == r.sentence[i]:
        place = r.chunks[k]
        head = place[1] - 1
    found.append(Cue(i, i, i + size, "according", "according", place, head, HOW["label"] if place else 0))


DASHES = frozenset(("―", "—", "–", "-", "--"))


def transcript(r: Reading) -> list[Cue]:
    """The labels of a transcript: `SILVA: …`, `Q: …`, at the head of paragraphs, a quotation mark before
    them or not.

    A label in capitals counts where the text has two or more, another where one stands three times or more.
    """
    found: list[Cue] = []
    for p in range(len(r.doc.paragraphs)):
        first, last = r.tokens_in(p)
        if first < last and r.words[first] in OPENERS:
            first += 1
        i = first
        while (
            i < last
            and i - first < 8
            and (r.words[i][:1].isalpha() or r.words[i] in ("-", ".", "'s", "(", ")", ","))
        ):
            i += 1
        if first < i < last - 1 and r.words[i] == ":" and r.text[r.starts[first]].isupper():
            found.append(Cue(i, i, i + 1, "colon", "label", (first, i), i - 1, HOW["label"], 5.0))
    texts = [r.text[r.starts[c.source[0]] : r.ends[c.at - 1]] for c in found if c.source]
    capitals = sum(t == t.upper() for t in texts)
    return [
        c
        for c, t in zip(found, texts, strict=True)
        if (t == t.upper() and capitals >= 2 and len(t) > 1)
        or (t == t.upper() and capitals >= 4)
        or texts.count(t) >= 3
    ]


OPENERS = frozenset(('"', "“", "''", "``", "«", "„"))


def bracketed(r: Reading, first: int, last: int) -> bool:
    """Whether the stretch `tokens[first:last]` stands alone in brackets."""
    return first > 0 and last < r.n and r.words[first - 1] == "(" and r.words[last] == ")"


def labels(r: Reading) -> list[Cue]:
    """Cues without a verb: `NAME: words`, a headline's `Name: words`, and `― Name` behind a quotation."""
    found: list[Cue] = []
    for p in range(len(r.doc.paragraphs)):
        first, last = r.tokens_in(p)
        end = min(last, first + 14)
        for i in range(first, end) if ":" in r.words[first:end] else ():
            if r.words[i] == ":" and i > first and r.stretch[i] < 0:
                if r.words[i - 1] in verbs():
                    break
                head = i - 1
                while head > first and r.tags[head][:2] not in ("NN", "PR") and r.words[head] != ")":
                    head -= 1
                whole = all(
                    r.tags[k][:2] in ("NN", "DT", "JJ", "PO", "CD", "IN", "PR") or r.words[k] in ",.()-&'’"
                    for k in range(first, i)
                )
                if whole:
                    found.append(Cue(i, i, i + 1, "colon", ":", (first, i), head, HOW["label"]))
                break
        if r.words[first] in DASHES and p > 0 and last - first <= 14:
            last -= r.words[last - 1] == "."
            if first + 1 < last:
                found.append(Cue(first, first, first + 1, "dash", "—", (first + 1, last), last - 1, HOW["label"]))
    for a, b in r.tokens_of:
        k = r.chunk_of[a - 2] if a > 1 and bracketed(r, a, b) else -1
        if k >= 0 and r.tags[a - 2][:3] == "NNP" and any(r.tags[i] in FINITE for i in range(a, b)):
            # Silva (“I will not vote for this”)
            found.append(Cue(a - 1, a - 1, a, "colon", ":", r.chunks[k], a - 2, HOW["label"]))
        signer = signed(r, a, b)
        if signer is not None:
            found.append(Cue(b, b, b + 1, "dash", "—", signer, signer[1] - 1, HOW["label"]))
    return found


def signed(r: Reading, first: int, last: int) -> tuple[int, int] | None:
    """The tokens of who signs the stretch `tokens[first:last]`, behind a dash at the end of its paragraph, or None.

    “…” ― Ana Silva.  At the head of a paragraph also “…” — Ana Silva, the mayor;  “…” -- Silva's brother, in court.
    """
    if last >= r.n - 1 or r.words[last] not in DASHES or r.paragraph[last] != r.paragraph[last - 1]:
        return None
    opens, closes = r.tokens_in(r.paragraph[last])
    end = last + 1
    while end < closes and r.tags[end][:3] == "NNP":
        end += 1
    behind = end + (end < closes and r.words[end] == ".")
    if end > last + 1 and behind == closes:
        return last + 1, end
    k = r.chunk_of[last + 1]
    if first != opens or closes - last > SIGNATURE or k < 0 or r.chunks[k][0] != last + 1:
        return None
    end = r.chunks[k][1]
    rest = range(end, closes)
    clause = next((i for i in rest if r.words[i] == ","), closes)
    if any((r.words[i] in DASHES and r.starts[i] > r.ends[i - 1]) or r.stretch[i] >= 0 for i in rest):
        return None
    return None if any(r.tags[i] in FINITE for i in range(end, clause)) else (last + 1, end)


SIGNATURE = 20
"""Tokens that a signature takes at most."""


def stretch_of(doc: Doc, span: Span) -> Quoted | None:
    """The quoted stretch that holds a span, or None."""
    for q in doc.quoted:
        if q.span.covers(span):
            return q
    return None
