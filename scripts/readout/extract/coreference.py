"""Pronouns and descriptions → the actors they stand for.

The text is read once, left to right. Every name, pronoun and noun phrase is a mention; what has been
mentioned is a candidate, named or not. A pronoun takes the candidate that a log-linear model likes best
(after Denis and Baldridge 2008, “Specialized models and ranking for coreference resolution”): one set of
weights for he and she, one for it, one for they, one for descriptions; features of distance, grammatical
role, repetition, gender, number and kind. A noun phrase without a name competes like the others, so that a
pronoun which stands for something nameless is left alone; where two candidates come too near each other, it
is left unresolved.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cache
from itertools import repeat
from math import exp

from readout import lexicon
from readout.extract import dateline, gazetteer
from readout.extract.kinds import (
    COUNTRY_NOUNS,
    body_of,
    families,
    family_of,
    noun_class,
    noun_classes,
    takes_up,
    words_of,
)
from readout.extract.layout import laid
from readout.extract.merge import Draft, Spot
from readout.records import Doc, Parse
from readout.slugs import fold

HE, IT, THEY = "he", "it", "they"
PRONOUNS: dict[str, tuple[str, str | None]] = {
    **dict.fromkeys(("he", "him", "his", "himself"), (HE, "m")),
    **dict.fromkeys(("she", "her", "hers", "herself"), (HE, "f")),
    **dict.fromkeys(("it", "its", "itself"), (IT, None)),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), (THEY, None)),
}
"""Pronoun → its class and gender."""
RELATIVE = frozenset(["who", "whom", "whose", "which", "that"])
EVERY_PRONOUN = frozenset(
    """i me my mine myself we us our ours ourselves you your yours yourself
    one both this these those""".split()
).union(PRONOUNS, RELATIVE)
CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december""".split()
)
POSSESSIVE = frozenset(["his", "its", "their"])
SAYING = frozenset(
    """said says say told tells added adds asked asks warned warns wrote writes tweeted replied explained
    argued insisted noted stated continued concluded urged claimed acknowledged declared stressed
    announced""".split()
)
LEADING = frozenset("official chief head leader boss diplomat supremo czar figure representative".split())
"""Nouns for whoever leads a body."""
COMMON = frozenset(
    """the united world new national international european american african asian central bank federal state states
    royal general first south north east west southern northern eastern western democratic republican people's house
    high supreme""".split()
)
"""Words with which the names of many bodies begin."""
AHEAD = 3
"""How many sentences a description may stand before its name."""
FAR = 4
"""How many sentences back a name is still a candidate for a pronoun."""
NEAR = 2
"""The same for a noun phrase without a name."""
DETERMINERS = frozenset(["the", "this", "that", "these", "those"])
NP_TAGS = frozenset(["JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "HYPH", "POS", "AFX"])
NOUN_TAGS = frozenset(["NN", "NNS", "NNP", "NNPS"])
WITHIN = ("compound", "flat", "fixed", "goeswith")
"""Relations of a word that is part of another's name or noun, subtypes among them."""
MARGIN = {HE: 0.35, IT: 0.5, THEY: 0.5, "nominal": 0.35}
"""The least probability at which a link is made."""


class Mention:
    """One mention while the text is read."""

    __slots__ = (
        "entity",
        "first",
        "form",
        "gender",
        "head",
        "kind",
        "last",
        "plural",
        "quoted",
        "role",
        "sentence",
        "spot",
        "tied",
    )

    def __init__(self, first: int, last: int, head: int, form: str, kind: str) -> None:
        self.first, self.last, self.head, self.form, self.kind = first, last, head, form, kind
        self.role = ""
        self.sentence = 0
        self.quoted = -1
        self.gender: str | None = None
        self.plural = False
        self.entity: Entity | None = None
        self.spot: Spot | None = None
        """Of a name."""
        self.tied = -1
        """The draft it describes by its place: “the match referee Juan Silva”."""


class Entity:
    """What mentions have been tied together so far; `draft` is the index of an actor, or -1."""

    __slots__ = ("count", "draft", "first", "gender", "kind", "last", "plural", "spoke", "words")

    def __init__(self, draft: int, kind: str, gender: str | None, plural: bool) -> None:
        self.draft, self.kind, self.gender, self.plural = draft, kind, gender, plural
        self.count = 0
        self.spoke = -9
        """The sentence in which it last was the subject of a verb of saying."""
        self.last: Mention | None = None
        self.first: Mention | None = None
        self.words: frozenset[str] = frozenset()


CORE = {
    "nsubj": "s",
    "nsubj:pass": "s",
    "csubj": "s",
    "obj": "o",
    "iobj": "o",
    "obl": "b",
    "obl:agent": "b",
    "nmod": "n",
    "nmod:poss": "p",
    "root": "r",
    "appos": "a",
    "compound": "c",
    "parataxis": "r",
    "vocative": "v",
    "nsubj:outer": "s",
}


def role_of(parse: Parse, head: int) -> str:
    """One letter for the grammatical role of a noun phrase; that of the first in a coordination."""
    heads, relations = parse.heads, parse.relations
    relation = relations[head]
    steps = 6
    while relation in {"conj", "flat"} and heads[head] >= 0 and steps:
        head = heads[head]
        relation = relations[head]
        steps -= 1
    return CORE.get(relation) or CORE.get(relation.partition(":")[0], "x")


def head_of(parse: Parse, first: int, last: int) -> int:
    """The last of `tokens[first:last]` whose head lies outside."""
    for i in range(last - 1, first - 1, -1):
        if not first <= parse.heads[i] < last:
            return i
    return last - 1


def apposed_to(doc: Doc, parse: Parse, first: int, top: int) -> int:
    """The noun to which a name (from token `first`, headed by `top`) is apposed; -1 where it is to none.

    “The mayor of the town, Ana Silva, spoke”: an apposition, or a second subject of one verb behind a comma.
    """
    heads, relations = parse.heads, parse.relations
    if relations[top] == "appos":
        return heads[top] if heads[top] < first else -1
    start = first - (first > 0 and parse.tags[first - 1] == "NNP")  # “the secretary, Dame Ana Silva, said”
    if start > 3 and doc.tokens[start - 1].text == "," and parse.tags[start - 2] in ("NN", "JJ"):
        # “told Corvane's chief executive, Ana Silva, that …”: one object too many for a parse
        noun, end = start - 2, first
        while end < len(heads) and parse.tags[end][:3] == "NNP":
            end += 1
        opens = any(parse.tags[i] in ("DT", "PRP$", "POS") for i in range(max(noun - 4, 0), noun))
        closed = end == len(heads) or parse.tags[end] in (",", ".", ":", "''")
        if opens and closed and noun_class(doc.tokens[noun].text.lower()) == "person":
            return noun
    if relations[top].startswith("nsubj") and first > 1 and doc.tokens[first - 1].text == ",":
        for i in range(first - 2, max(first - 14, -1), -1):
            if heads[i] == heads[top] and relations[i] == relations[top]:
                return i
    if relations[top] == "conj" and 0 <= heads[top] < first - 2 and doc.tokens[first - 1].text == ",":
        # “Rui Costa and the head of the utility, Ana Silva,”: the list has ended with “and”
        for i in range(first - 2, max(first - 14, heads[top]), -1):
            if heads[i] == heads[top] and relations[i] == "conj" and parse.tags[i] == "NN":
                listed = any(doc.tokens[k].text == "and" for k in range(heads[top] + 1, i))
                return i if listed and noun_class(doc.tokens[i].text.lower()) == "person" else -1
    return -1


class Reader:
    """Lays mentions over a doc and ties them together."""

    def __init__(self, doc: Doc, parse: Parse, drafts: list[Draft]) -> None:
        self.doc, self.parse, self.drafts = doc, parse, drafts
        n = len(doc.tokens)
        self.sentence = [0] * n
        self.paragraph = [0] * n
        for k, s in enumerate(doc.sentences):
            size = s.last - s.first
            self.sentence[s.first : s.last] = [k] * size
            self.paragraph[s.first : s.last] = [s.paragraph] * size
        self.quoted = [-1] * n
        starts = laid(doc).starts
        for k, q in enumerate(doc.quoted):
            for i in range(bisect_right(starts, q.span.start - 1), bisect_right(starts, q.span.end - 1)):
                self.quoted[i] = k
        self.lower = laid(doc).lower
        self.named: list[int] = [-1] * n
        lines = dateline.spans(doc)
        self.senders = {
            i
            for i, d in enumerate(drafts)
            if lines and d.kind == "organization" and all(any(x.covers(s.span) for x in lines) for s in d.spots)
        }
        """Drafts that only a dateline names: news agencies."""
        self.entities = [Entity(i, d.kind, d.gender, d.kind == "group") for i, d in enumerate(drafts)]
        self.mentions = self.find()
        self.at = {m.head: m for m in self.mentions}

    def find(self) -> list[Mention]:
        """All mentions in order of their heads' places."""
        doc, parse, named = self.doc, self.parse, self.named
        tags, heads, relations, lower = parse.tags, parse.heads, parse.relations, self.lower
        found: list[Mention] = []
        # Descriptions first: the name inside “the Silva administration” stays the person's.
        for k, draft in sorted(enumerate(self.drafts), key=lambda item: item[1].form == "name"):
            for spot in draft.spots:
                m = Mention(spot.first, spot.last, head_of(parse, spot.first, spot.last), "name", draft.kind)
                m.gender, m.entity, m.spot = draft.gender, self.entities[k], spot
                m.plural = draft.kind == "group"
                found.append(m)
                for i in range(spot.first, spot.last):
                    named[i] = k
        self.apposed: dict[int, int] = {}
        for m in found:
            head = apposed_to(doc, parse, m.first, m.head)
            if head >= 0:
                self.apposed.setdefault(head, named[m.head])
        classes, genders = noun_classes(), gazetteer.gendered()
        n = len(doc.tokens)
        for i, (tag, word) in enumerate(zip(tags, lower, strict=True)):
            if (tag not in NOUN_TAGS and word not in PRONOUNS) or named[i] >= 0:
                continue
            if word in PRONOUNS:
                if tag in {"PRP", "PRP$"} or word != "her":
                    m = Mention(i, i + 1, i, "pronoun", PRONOUNS[word][0])
                    m.gender = PRONOUNS[word][1]
                    m.plural = m.kind == THEY
                    found.append(m)
                continue
            title = tag.startswith("NNP")
            relation = relations[i]
            within = relation.startswith(WITHIN)
            if title and word not in classes:
                # a name of something that is no actor: a law, a product, an event
                if within or relation.startswith("punct") or word in CALENDAR:
                    continue
                m = Mention(i, i + 1, i, "proper", "thing")
                m.plural = tag.endswith("S")
                found.append(m)
                continue
            if within and heads[i] > i:
                continue
            k = i + 1
            while title and k < n and named[k] < 0 and tags[k].startswith("NNP"):
                k += 1
            if title and i + 1 < k < n and named[k] >= 0:
                continue  # “NATO Secretary General Ines Roca”: all of it is title
            kind = noun_class(word)
            first = self.left_edge(i)
            if i + 1 < n and named[i + 1] >= 0 and kind in {"person", "organization"}:
                # a title or a trade right before a name is part of that name, unless an article opens it
                opened = tags[first] in {"DT", "PRP$"} or "POS" in tags[first:i]
                if not opened:
                    continue
            if relation == "conj" and first == i and relations[heads[i]] == "appos":
                continue  # “director and treasurer of the fund”: one description
            m = Mention(first, i + 1, i, "nominal", kind)
            if word in COUNTRY_NOUNS and (country := self.country_of(m)) >= 0:
                m.tied = country
            elif kind in {"person", "organization"}:
                m.tied = self.tied(m)
            m.plural = tag.endswith("S") or kind == "people"
            m.gender = genders.get(word)
            found.append(m)
        for m in found:
            m.role = role_of(parse, m.head)
            m.sentence = self.sentence[m.head]
            m.quoted = self.quoted[m.head]
        found.sort(key=lambda m: (m.head, m.first))
        return found

    def country_of(self, m: Mention) -> int:
        """The draft of the one country named within a description: “the Russian government”; else -1."""
        inside = {self.named[i] for i in range(m.first, m.head)} - {-1}
        return inside.pop() if len(inside) == 1 and self.drafts[min(inside)].kind == "country" else -1

    def tied(self, m: Mention) -> int:
        """The draft whose name stands right behind a person or body, or in apposition to it; else -1.

        “the match referee Juan Silva”, “his wife, Clara Renner,”, “the mayor of the town, Ana Silva”.
        """
        named, heads, relations, n = self.named, self.parse.heads, self.parse.relations, len(self.lower)
        j = m.last
        if j >= n or self.parse.tags[m.head] == "NNS":  # “two analysts, Ana Silva and Rui Costa”
            return -1
        draft = named[j]
        if draft < 0:
            draft = self.apposed.get(m.head, -1)
        if draft < 0 and self.lower[j] == "," and j + 1 < n and named[j + 1] >= 0:
            draft = named[j + 1]
            k = j + 1
            while k < n and named[k] == draft:
                k += 1
            top = head_of(self.parse, j + 1, k)
            opened = self.parse.tags[m.first] in {"DT", "PRP$"} and self.lower[m.first] not in {"a", "an"}
            closed = k >= n or self.lower[k] in {",", "."}
            if (
                not (opened and closed and relations[top] in {"appos", "nsubj", "dep", "flat"})
                or heads[m.head] == top
            ):
                return -1
        if draft < 0 or self.drafts[draft].kind != m.kind:
            return -1
        return draft

    def left_edge(self, i: int) -> int:
        """The first token of the noun phrase whose head is `i`, by tags: they err less than attachments."""
        tags = self.parse.tags
        low = self.doc.sentences[self.sentence[i]].first
        j = i
        while j > low:
            tag = tags[j - 1]
            if tag in NP_TAGS or (
                tag in {"VBN", "VBG"} and j - 1 > low and tags[j - 2] in {"DT", "JJ", "PRP$", "RB"}
            ):
                j -= 1
            elif tag in {"DT", "PRP$"}:
                j -= 1
                if self.lower[j] not in {"all", "both"} and (j == low or tags[j - 1] != "PDT"):
                    break
            else:
                break
        while j < i and tags[j] in {"HYPH", "POS", "RB"}:
            j += 1
        return j

    # ---------------------------------------------------------------- candidates and features
    def pronoun_candidates(self, m: Mention, seen: Iterable[Entity]) -> list[Entity]:
        """Entities that fit in gender, number and kind, in the order of `seen`: the latest first."""
        found = []
        kind, gender, sentence = m.kind, m.gender, m.sentence
        for e in seen:
            last = e.last
            assert last is not None
            gap = sentence - last.sentence
            if gap > NEAR:
                if gap > FAR:
                    break  # those behind are farther still
                if e.draft < 0:
                    continue
            if kind == HE:
                if e.kind != "person" or e.plural or (e.gender and e.gender != gender):
                    continue
            elif kind == IT:
                if e.plural or e.kind in {"person", "people", "group"}:
                    continue
            elif e.kind == "place" and not e.plural and e.draft >= 0:
                continue
            if last.last > m.first and last.first < m.last:
                continue
            found.append(e)
            if len(found) == 12:
                break
        return found

    def pronoun_features(self, m: Mention, found: list[Entity]) -> list[list[str]]:
        """What the model sees of a pronoun and each of its candidates, in their order."""
        heads, relations, paragraph = self.parse.heads, self.parse.relations, self.paragraph
        top = max([e.count for e in found], default=0)
        sure = any([e.gender is not None for e in found])
        role, head, here = m.role, heads[m.head], paragraph[m.head]
        subject, inside = role == "s", m.quoted >= 0
        says = subject and not inside and self.says(m)
        oneself = self.lower[m.head].endswith(("self", "selves"))
        initial = m.head - self.doc.sentences[m.sentence].first < 3
        table = []
        for rank, e in enumerate(found):
            last = e.last
            assert last is not None
            before, above = last.role, heads[last.head]
            gap = m.sentence - last.sentence
            near = "0" if gap == 0 else "1" if gap == 1 else "2"
            named = "N" if e.draft >= 0 else "U"
            f = [
                "b" + named,
                f"gap{gap if gap < 4 else 4}{named}",
                f"rank{rank if rank < 5 else 5}",
                f"role{before}{near}",
                f"form{last.form}{near}",
                f"kind{e.kind}{'P' if e.plural else 'S'}",
                f"count{e.count if e.count < 6 else 6}",
                f"par{role}{before}",
            ]
            if m.kind == HE:
                f.append("gender" if e.gender is not None else "gender?other" if sure else "gender?")
            if e.count == top:
                f.append("top")
            if len(found) == 1:
                f.append("alone")
            if here != paragraph[last.head]:
                f.append("newpar")
            if says:
                f.append(f"says{min(m.sentence - e.spoke, 4)}" if e.spoke >= 0 else "says-")
            if inside:
                f.append("inq=" if last.quoted == m.quoted else "inqo" if last.quoted >= 0 else "inq-")
                if last.quoted < 0 and gap <= 1 and before == "s":
                    f.append("speaker?")
            elif last.quoted >= 0:
                f.append("outq")
            if gap == 0:
                if above == head and head >= 0:
                    f.append(f"sameverb{role}{before}")
                if oneself:
                    f.append("self=" if above == head else "self-")
                if role == "p":
                    if head >= 0 and heads[head] == above and before == "s":
                        f.append("possobj")
                    if head == last.head:
                        f.append("own")
            else:
                if subject and before == "s":
                    f.append("ss" + near)
                if initial:
                    f.append(f"initial{before}{near}")
            if relations[last.head] == "conj":
                f.append("conj")
            if before == "p" and last.form == "name":
                f.append("nameposs")
            table.append(f)
        return table

    def nominal_candidates(self, m: Mention, seen: Iterable[Entity]) -> list[Entity]:
        """Named entities that a description may take up, in the order of `seen`: the latest first."""
        found = []
        word = self.lower[m.head]
        inside = [self.at[i].entity for i in range(m.first, m.head) if i in self.at]
        for e in seen:
            if e in inside:
                continue  # “his father”, “Silva's lawyer”: someone else
            if e.plural != m.plural and e.kind not in {"organization", "group"}:
                continue
            if m.kind == "person":
                if e.kind != "person" or (m.gender and e.gender and m.gender != e.gender):
                    continue
            elif m.kind == "organization":
                if e.kind not in {"organization", "group"} and not (
                    e.kind == "country" and word in COUNTRY_NOUNS
                ):
                    continue
            elif m.kind == "country":
                if e.kind not in {"country", "place"}:
                    continue
            elif m.kind == "place":
                if e.kind == "country" and word not in LANDS and word not in e.words:
                    continue
                if e.kind not in {"place", "country"} and not (e.kind == "organization" and word in e.words):
                    continue
            elif word not in e.words:
                continue
            found.append(e)
            if len(found) == 10:
                break
        return found

    def listed_with(self, m: Mention, name: Mention) -> bool:
        """Whether a description stands beside a name in a list: “Ana Silva and [the mayor]”."""
        opened = self.parse.tags[m.first] in ("DT", "PRP$") and m.first > 0 and self.lower[m.first - 1] == "and"
        return opened and self.parse.relations[m.head] == "conj" and self.parse.heads[m.head] == name.head

    def brings_up(self, m: Mention, e: Entity) -> bool:
        """Whether a description with “a” speaks of something new: “a market”, said neither beside a name nor
        of it, as in “Ana Silva, a lawyer,” and “Ana Silva is a lawyer”."""
        if self.lower[m.first] not in ("a", "an") or e.last is None:
            return False
        heads = self.parse.heads
        return heads[m.head] != e.last.head and heads[e.last.head] not in (m.head, heads[m.head])

    def of_another_kind(self, m: Mention, e: Entity) -> bool:
        """Whether a name tells that it is none of those that a noun is for: “the hospital”, of a bank; “the
        country”, of a town; “the world”, of a world body."""
        word = self.lower[m.head]
        if m.kind == "country" and word in ("country", "nation"):
            return e.kind == "place"
        if e.last is not None and e.last.form == "name" and self.listed_with(m, e.last):
            return True
        if e.draft in self.senders:
            return True  # “The agency said” is not the one that sent the report
        if self.brings_up(m, e):
            return True
        if word in COUNTRY_NOUNS and any(self.named[i] >= 0 for i in range(m.first, m.head)):
            return True  # “the Texas government” is no other state's
        if m.kind == "thing" and e.kind == "organization" and e.draft >= 0:
            draft = self.drafts[e.draft]
            body = body_of().get(draft.known) if draft.known else None
            ends = [*(spot.text for spot in draft.spots), *draft.roles, *(body.nouns if body else ())]
            return all(word != end.lower().split()[-1] for end in ends if end)
        if m.kind != "organization" or e.kind != "organization" or e.draft < 0 or word in e.words:
            return False
        draft = self.drafts[e.draft]
        names = dict.fromkeys([spot.text for spot in draft.spots] + ([draft.known] if draft.known else []))
        return takes_up({word}, e.kind, words_of(e.kind, tuple(names))) is False

    def nominal_features(self, m: Mention, found: list[Entity]) -> list[list[str]]:
        """What the model sees of a description and each of its candidates, in their order."""
        heads, relations = self.parse.heads, self.parse.relations
        word, d, head, relation = self.lower[m.head], self.determined(m), heads[m.head], relations[m.head]
        mods, family = self.modifiers(m), family_of().get(word)
        always = (f"det{d}{m.kind[0]}", f"size{min(m.head - m.first, 4)}{d}", f"mrole{m.role}{d}")
        top = max([e.count for e in found])
        table = []
        for rank, e in enumerate(found):
            last = e.last
            assert last is not None
            above = heads[last.head]
            gap = m.sentence - last.sentence
            known = word in e.words
            f = [
                always[0],
                f"gap{gap if gap < 6 else 6}",
                f"rank{rank if rank < 4 else 4}{d}",
                f"kind{m.kind}{e.kind}",
                f"count{e.count if e.count < 6 else 6}{d}",
                f"role{last.role}{gap if gap < 2 else 2}",
                always[1],
            ]
            if known:
                f += ("word", "word" + d, f"word{gap if gap < 3 else 3}")
            if e.count == top:
                f.append("top" + d)
            if len(found) == 1:
                f.append("alone" + d)
            if relation == "appos":
                f.append("appos=" if head == last.head else "appos-")
            elif above == m.head:
                role = relations[last.head]
                f.append("copula" if role.startswith("nsubj") else "tied" + relation[:5] + role[:5])
            elif head == last.head:
                f.append("tied" + relation[:5] + relations[last.head][:5])
            elif gap == 0 and above == head:
                f.append("sameverb")
            if gap and m.role == "s" and last.role == "s":
                f.append("ss")
            f.append(always[2])
            if m.quoted >= 0:
                f.append("inq")
            if mods:
                f.append("mods=" if mods & e.words else "mods/w" if known else "mods/")
            if family:
                own = families(e.words)
                f.append("family=" if family in own else "family/" if own else "family?" + family)
            if word in GENERIC:
                f += ("generic" + d, f"generic{gap if gap < 3 else 3}{'top' if e.count == top else ''}")
            table.append(f)
        return table

    def determined(self, m: Mention) -> str:
        """How a description opens: `the`, `this`, `a`, `poss`, `bare` where it is one word, else `mod`."""
        det = self.lower[m.first]
        if det == "the":
            return "the"
        if det in DETERMINERS:
            return "this"
        if det in {"a", "an"}:
            return "a"
        if self.parse.relations[m.first] == "nmod:poss" or det in POSSESSIVE or det in {"her", "my", "our"}:
            return "poss"
        return "bare" if m.first == m.head else "mod"

    def modifiers(self, m: Mention) -> frozenset[str]:
        """What a description adds to its noun, with the country for its adjective: “the Russian leader”."""
        found = set()
        for i in range(m.first, m.head):
            if self.parse.tags[i][:2] in {"NN", "JJ"}:
                country = gazetteer.adjectives().get(self.doc.tokens[i].text)
                found.add(country.name.lower() if country else self.lower[i])
        return frozenset(found)

    def null_features(self, m: Mention, found: list[Entity]) -> list[str]:
        """What speaks for no antecedent, or a nameless one."""
        relations, heads = self.parse.relations, self.parse.heads
        f = [
            "null",
            "nullrel" + relations[m.head],
            f"nulln{min(len(found), 4)}",
            f"nullnamed{min(sum([e.draft >= 0 for e in found]), 3)}",
        ]
        if m.quoted >= 0:
            f.append("nullq")
        if m.form == "nominal":
            word, det = self.lower[m.head], self.lower[m.first]
            d = (
                det
                if det in DETERMINERS or det in {"a", "an"} or det in PRONOUNS
                else "bare"
                if m.first == m.head
                else "mod"
            )
            f += [
                "nulldet" + d + m.kind[0],
                "nullplural" + d if m.plural else "nullsingle" + d,
                f"nullsize{min(m.head - m.first, 5)}{d}",
                "nullkind" + m.kind,
                "nullrole" + m.role + d,
            ]
            after = self.lower[m.head + 1] if m.head + 1 < len(self.lower) else ""
            if after in {"of", "who", "that", "which", "from", "in", "at", "with"}:
                f.append("nullthen" + after + d)
            if any([word in e.words for e in found if e.draft >= 0]):
                f.append("nullword")
        elif heads[m.head] >= 0:
            f.append("nullverb" + self.lower[heads[m.head]])
            if m.kind == IT and m.head + 1 < len(self.lower):
                f.append("nullnext" + self.lower[m.head + 1])
        return f

    # ---------------------------------------------------------------- reading
    def read(
        self, choose: Callable[[str, Mention, list[tuple[Entity, list[str]]], list[str]], Entity | None]
    ) -> None:
        """Tie every mention, left to right; `choose` picks one of the candidates with their features, or
        None.
        """
        seen: dict[Entity, None] = {}
        named: dict[Entity, None] = {}
        # both in the order of the last mention
        self.known: set[str] = set()
        things: dict[str, Entity] = {}
        for m in self.mentions:
            e = m.entity
            if m.form == "pronoun":
                found = self.pronoun_candidates(m, reversed(seen))
                told = self.pronoun_features(m, found)
                e = choose(m.kind, m, list(zip(found, told, strict=True)), self.null_features(m, found))
                if e is not None and e.draft in self.senders:
                    e = None
            elif m.tied >= 0:
                e = self.entities[m.tied]
                self.learn(e, frozenset({self.lower[m.head]}))
            elif m.form == "proper":
                key = self.lower[m.head]
                e = things.get(key)
                if e is None:
                    e = things[key] = Entity(-1, m.kind, None, m.plural)
            elif m.form == "nominal":
                e = self.nominal(m, named, choose)
                if e is not None and e.draft >= 0:
                    self.learn(e, frozenset({self.lower[m.head]}))
                if e is None:
                    e = Entity(-1, m.kind, m.gender, m.plural)
            if e is None:
                continue
            m.entity = e
            if e.last is None:
                e.first = m
            else:
                del seen[e]
            seen[e] = None
            if e.draft >= 0:
                named.pop(e, None)
                named[e] = None
            e.last = m
            e.count += 1
            if m.role == "s" and m.quoted < 0 and self.says(m):
                e.spoke = m.sentence
            if m.gender and e.gender is None:
                e.gender = m.gender
            if m.spot is not None:
                self.learn(e, self.words(m.spot, e))

    def ahead(self) -> None:
        """Tie descriptions that come before the name: “NATO's top official says …” ahead of NATO's Ana Silva.

        Such a description names a body or country and a leading position; it goes to the one person
        named within
        the next sentences whose role has the same body or country in it. Two who fit: to nobody.
        """
        for m in self.mentions:
            e = m.entity
            if m.form != "nominal" or m.kind != "person" or m.plural or (e is not None and e.draft >= 0):
                continue
            word = self.lower[m.head]
            inside = {self.named[i] for i in range(m.first, m.head) if self.named[i] >= 0}
            inside |= self.behind_of(m.head)
            if not inside or (word not in LEADING and word not in gazetteer.titles("office")):
                continue
            bodies = {
                w
                for k in inside
                for w in (self.drafts[k].known or self.drafts[k].spots[0].text).lower().split()
            }
            # what a long name of a body begins with: “Corvane's” of Corvane Pharmaceuticals
            shortened = {self.drafts[k].spots[0].text.lower().split()[0] for k in inside} - COMMON
            fitting = []
            for person in self.entities:
                first = person.first
                if person.kind != "person" or first is None or not m.head < first.head:
                    continue
                held = {w for title in self.drafts[person.draft].roles for w in self.plain(title)}
                if (
                    first.sentence - m.sentence <= AHEAD
                    and (bodies <= held or shortened & held)
                    and (word in LEADING or word in held)
                ):
                    fitting.append(person)
            if len(fitting) == 1:
                m.entity = fitting[0]

    def behind_of(self, head: int) -> set[int]:
        """The draft named behind the “of” of a noun, where it owns nothing further: “the chief of Corvane”."""
        if self.lower[head + 1 : head + 2] != ["of"]:
            return set()
        first = head + 2 + (self.lower[head + 2 : head + 3] == ["the"])
        draft = self.named[first] if first < len(self.named) else -1
        end = first
        while end < len(self.named) and self.named[end] == draft:
            end += 1
        return set() if draft < 0 or self.lower[end : end + 1] in (["'s"], ["’s"]) else {draft}

    def plain(self, title: str) -> list[str]:
        """The words of a role, countries for their adjectives."""
        found: list[str] = []
        for word in title.replace("-", " ").replace("’", "'").split():
            word = word.removesuffix("'s")
            country = gazetteer.adjectives().get(word) or gazetteer.country_names().get(fold(word))
            found += country.name.lower().split() if country else [word.lower()]
        return found

    def says(self, m: Mention) -> bool:
        """Whether a mention is the subject of a verb of saying."""
        head = self.parse.heads[m.head]
        return head >= 0 and self.lower[head] in SAYING

    def learn(self, e: Entity, words: frozenset[str]) -> None:
        """Note words by which a named entity may be taken up."""
        if not words <= e.words:
            e.words |= words
            self.known |= words

    def relatives(self) -> list[tuple[int, int]]:
        """Relative pronouns with the draft of the noun their clause hangs on; once the text is read."""
        heads, relations = self.parse.heads, self.parse.relations
        asking = [i for i, tag in enumerate(self.parse.tags) if tag in {"WP", "WDT", "WP$"}]
        if not asking:
            return []
        whose: dict[int, int] = {}
        for m in self.mentions:
            if m.entity is not None and m.entity.draft >= 0:
                for i in range(m.first, m.last):
                    whose.setdefault(i, m.entity.draft)
        found = []
        for i in asking:
            if self.lower[i] not in RELATIVE:
                continue
            j = i
            for _ in range(6):
                j = heads[j]
                if j < 0 or relations[j].startswith("acl"):
                    break
            if j >= 0 and heads[j] >= 0 and heads[j] in whose and heads[j] < i:
                found.append((i, whose[heads[j]]))
        return found

    def words(self, spot: Spot, e: Entity) -> frozenset[str]:
        """The words by which a name may be taken up: of its titles and roles, of itself, and of what it is
        known as.
        """
        draft = self.drafts[e.draft]
        found = set(spot.titles)
        if draft.kind != "person":
            found.update(spot.text.lower().split())
        if e.count <= 1:
            for title in draft.roles:
                for word in title.replace("-", " ").split():
                    country = gazetteer.adjectives().get(word)
                    found.add(country.name.lower() if country else word.lower())
            if draft.known:
                body = body_of().get(draft.known)
                if body:
                    found |= {w for n in body.nouns for w in n.split()}
            elif draft.kind == "place":
                key = fold(draft.spots[0].text)
                if key in gazetteer.capitals():
                    found |= {"capital", "city"}
                elif key in gazetteer.regions():
                    found.add("state")
        return frozenset(found)

    def nominal(
        self, m: Mention, named: dict[Entity, None], choose: Callable[..., Entity | None]
    ) -> Entity | None:
        """The named entity that a description takes up, or None."""
        if m.kind == "thing" and self.lower[m.head] not in self.known:
            return None
        found = self.nominal_candidates(m, reversed(named))
        if not found:
            return None
        told = self.nominal_features(m, found)
        chosen = choose("nominal", m, list(zip(found, told, strict=True)), self.null_features(m, found))
        # Not one candidate less to choose from: the weights are learned with all of them.
        return None if chosen is not None and self.of_another_kind(m, chosen) else chosen


GENERIC = frozenset(
    [
        "country",
        "nation",
        "state",
        "republic",
        "kingdom",
        "city",
        "town",
        "capital",
        "province",
        "region",
        "island",
        "company",
        "firm",
        "team",
        "party",
        "group",
        "organization",
        "organisation",
        "agency",
        "president",
        "minister",
        "leader",
        "man",
        "woman",
    ]
)
LANDS = frozenset("territory island archipelago region kingdom homeland enclave province".split())
"""Nouns of places that may take up a country."""


# ------------------------------------------------------------------ the model
@cache
def weights() -> dict[str, dict[str, float]]:
    """Class of mention → feature → weight."""
    path = lexicon.WEIGHTS / "coreference.json"
    found: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def chooser(
    model: dict[str, dict[str, float]], least: dict[str, float] | None = None
) -> Callable[[str, Mention, list[tuple[Entity, list[str]]], list[str]], Entity | None]:
    """Picks the candidate of highest probability, or None where that is too low."""
    bar = MARGIN if least is None else least
    zeros = repeat(0.0)

    def choose(
        kind: str, m: Mention, found: list[tuple[Entity, list[str]]], null: list[str]
    ) -> Entity | None:
        get = model[kind].get
        scores = [sum(map(get, features, zeros)) for _, features in found]
        nothing = sum(map(get, null, zeros))
        if not scores:
            return None
        best = max(scores)
        top = max(best, nothing)
        total = sum([exp(x - top) for x in scores]) + exp(nothing - top)
        e = found[scores.index(best)][0]
        if exp(best - top) / total < (bar[kind] if e.draft >= 0 else 0.3):
            return None
        return e

    return choose
