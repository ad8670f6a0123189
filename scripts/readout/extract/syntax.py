"""Doc → Parse: part-of-speech tags and dependencies; and what every rule asks of a tree.

Tags are those of the Penn Treebank, relations those of Universal Dependencies (English, with subtypes).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from readout import lexicon
from readout.extract import network, seams
from readout.extract.layout import laid
from readout.records import Doc, Parse

LONGEST = 120
"""Tokens read as one sentence; longer ones (lists, tables, text without stops) are read in pieces."""


def bounds_of(doc: Doc) -> list[tuple[int, int]]:
    """The doc's sentences as token ranges, cut at LONGEST."""
    return [(a, min(a + LONGEST, s.last)) for s in doc.sentences for a in range(s.first, s.last, LONGEST)]


_last: list[tuple[Doc, network.Reading]] = []


def reading(doc: Doc) -> network.Reading:
    """What the network says of a doc; the last doc's answer is kept, so that tags and names cost one run, and
    so does a copy of the doc that differs in its quoted stretches only."""
    for known, answer in _last:
        if known.tokens is doc.tokens:
            return answer
    answer = network.network().read(laid(doc).texts, bounds_of(doc))
    _last[:] = [(doc, answer)]
    return answer


def parse(doc: Doc) -> Parse:
    """Tag and parse every sentence of a doc, by the user's parser where one is named, else by the network."""
    if not doc.tokens:
        return Parse((), (), ())
    foreign = seams.syntax()
    if foreign is not None:
        return seams.laid_parse(doc, foreign.words(doc.text))
    net, answer = network.network(), reading(doc)
    heads: list[int] = answer.heads.tolist()
    root, dep = net.relations.index("root"), net.relations.index("dep")
    numbers = np.where(answer.heads < 0, root, np.where(answer.relations == root, dep, answer.relations))
    relations = [net.relations[i] for i in numbers.tolist()]
    for s in doc.sentences:
        if s.last - s.first > LONGEST:  # the pieces hang from the first one's root
            roots = [i for i in range(s.first, s.last) if heads[i] < 0]
            for i in roots[1:]:
                heads[i] = roots[0]
                relations[i] = "parataxis"
    coordinate(heads, relations)
    return Parse(tuple([net.tags[i] for i in answer.tags.tolist()]), tuple(heads), tuple(relations))


def coordinate(heads: list[int], relations: list[str]) -> None:
    """Hang a second subject of a verb on the first where an “and” joins them, in place: “Peru and Chile agreed”.

    No verb has two subjects; a parser that says so has overlooked a coordination.
    """
    for k, relation in enumerate(relations):
        j = heads[k]
        if relation != "cc" or j < k or relations[j] not in SUBJECTS or heads[j] < j:
            continue
        for i in range(k - 1, max(k - FARTHEST, -1), -1):
            if heads[i] == heads[j] and relations[i] == relations[j]:
                heads[j], relations[j] = i, "conj"
                break


FARTHEST = 15
"""Tokens between two subjects of one verb at most."""


# ------------------------------------------------------------------ lemmas
@cache
def irregulars() -> dict[str, dict[str, str]]:
    """Class (V, N, A) → irregular form → lemma."""
    out: dict[str, dict[str, str]] = {}
    for row in lexicon.rows("irregulars", 2):
        known = out.setdefault(row[0], {})
        for entry in row[1].split("|"):
            lemma, *forms = entry.split(" ")
            known.setdefault(lemma, lemma)
            for form in forms:
                known.setdefault(form, lemma)
    return out


@cache
def lemma(form: str, tag: str) -> str:
    """The dictionary form of a word with its Penn tag, in lower case (proper names keep theirs).

    >>> lemma("threatened", "VBD"), lemma("hoping", "VBG"), lemma("tariffs", "NNS"), lemma("Rutte", "NNP")
    ('threaten', 'hope', 'tariff', 'Rutte')
    """
    if tag.startswith("NNP"):
        return form
    word = form.lower().replace("’", "'")
    if tag[:1] == "V" or tag == "MD":
        known = irregulars()["V"].get(word)
        if known:
            return known
        return base_verb(word, tag)
    if tag == "NNS":
        known = irregulars()["N"].get(word)
        return known or singular(word)
    if tag in ("JJR", "JJS", "RBR", "RBS"):
        known = irregulars()["A"].get(word)
        if known:
            return known
        return stripped(word, "er" if tag.endswith("R") else "est")
    if word == "n't":
        return "not"
    return word


VOWELS = frozenset("aeiou")


def rank(word: str) -> int:
    """How common a word is: its place by frequency, very large for an unknown one."""
    return network.network().vector_row.get(word, 10**9)


def base_verb(word: str, tag: str) -> str:
    """The infinitive of a regular verb form."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if tag == "VBZ" and word.endswith("s") and len(word) > 1:
        return third_person(word)
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return stripped(word, ending)
    return word


def third_person(word: str) -> str:
    """The form without the s of the third person or the plural."""
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return word[:-2]
    return word[:-1]


def singular(word: str) -> str:
    """The singular of a regular plural."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss") and len(word) > 2:
        return third_person(word)
    return word


def stripped(word: str, ending: str) -> str:
    """The form under -ed, -ing, -er, -est: as it stands, with an e, or with one consonant of two."""
    stem = word[: -len(ending)]
    if not stem:
        return word  # “er”, which a tagger may take for a comparative
    if ending in ("er", "est") and stem.endswith("i"):
        return stem[:-1] + "y"
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in VOWELS:
        single = stem[:-1]
        return stem if stem[-1] in "lsfz" and rank(stem) < rank(single) else single
    if stem[-1] in "uvz" or stem.endswith(("rs", "ns", "dg", "rg", "nc", "rc", "lg")):
        return stem if rank(stem) < rank(stem + "e") // 20 else stem + "e"
    if len(stem) > 1 and stem[-1] not in VOWELS and stem[-2] in VOWELS and stem[-1] not in "wxy":
        one_vowel = sum(c in VOWELS for c in stem) == 1
        if one_vowel and (len(stem) < 3 or stem[-3] not in VOWELS):
            return stem + "e"  # “stoping” would be doubled: hoping, rated
    return stem if rank(stem) <= rank(stem + "e") else stem + "e"


# ------------------------------------------------------------------ trees
_below: list[tuple[Sequence[int], list[Sequence[int]]]] = []


def below(heads: Sequence[int]) -> list[Sequence[int]]:
    """The dependents of each token, in order; those of the last parse are kept, since every step asks for them."""
    for known, children in _below:
        if known is heads:
            return children
    found: dict[int, list[int]] = {}
    for i, h in enumerate(heads):
        if h in found:
            found[h].append(i)
        else:
            found[h] = [i]
    made: list[Sequence[int]] = [found.get(i, NONE) for i in range(len(heads))]
    _below[:] = [(heads, made)]
    return made


NONE: Sequence[int] = ()
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
"""Tags of verbs that make a clause."""
SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"))
# What a noun phrase keeps of its head's dependents; clauses behind the head and side remarks stay out.
OUTSIDE_PHRASE = frozenset(
    (
        "acl:relcl",
        "acl",
        "appos",
        "parataxis",
        "conj",
        "cc",
        "punct",
        "advcl",
        "advcl:relcl",
        "discourse",
        "dislocated",
        "nsubj",
        "cop",
        "aux",
        "mark",
        "orphan",
        "dep",
        "list",
        "vocative",
        "advmod",
        "ccomp",
        "csubj",
        "nsubj:outer",
        "expl",
    )
)


class Tree:
    """A Doc and its Parse with the ways down: children, subtrees, subjects, objects, noun phrases.

    All indices are tokens of the doc; token ranges are half-open `(first, last)`.
    """

    __slots__ = ("_spans", "children", "doc", "heads", "relations", "tags", "words")

    def __init__(self, doc: Doc, parse: Parse) -> None:
        self.doc = doc
        self.words = laid(doc).texts
        self.tags = parse.tags
        self.heads = parse.heads
        self.relations = parse.relations
        self.children: Sequence[Sequence[int]] = below(parse.heads)
        """Dependents of each token, in order."""
        self._spans: dict[int, tuple[int, int]] = {}

    def lemma(self, i: int) -> str:
        """The dictionary form of token `i`."""
        return lemma(self.words[i], self.tags[i])

    def child(self, i: int, *relations: str) -> int | None:
        """The first dependent of `i` in one of these relations (tried in the order given), or None."""
        for relation in relations:
            for k in self.children[i]:
                if self.relations[k] == relation:
                    return k
        return None

    def each(self, i: int, *relations: str) -> list[int]:
        """All dependents of `i` in one of these relations."""
        return [k for k in self.children[i] if self.relations[k] in relations]

    def subtree(self, i: int) -> tuple[int, int]:
        """The token range from the first to the last word below `i`, itself included."""
        known = self._spans.get(i)
        if known:
            return known
        first, last = i, i + 1
        stack = [i]
        seen = 0
        while stack and seen <= len(self.words):
            seen += 1
            k = stack.pop()
            if k < first:
                first = k
            elif k >= last:
                last = k + 1
            stack += self.children[k]
        self._spans[i] = first, last
        return first, last

    def root(self, i: int) -> int:
        """The root of the sentence of token `i`."""
        while self.heads[i] >= 0:
            i = self.heads[i]
        return i

    def above(self, i: int) -> list[int]:
        """Head, head of the head, … up to the root."""
        path = []
        while (i := self.heads[i]) >= 0:
            path.append(i)
        return path

    def subject(self, i: int) -> int | None:
        """The subject of the verb (or nominal predicate) `i`, inherited where it has none of its own.

        A verb joined by `conj` takes the first one's; an `xcomp` its governor's object (told him to go) or
        subject (wants to go); `advcl` in -ing or “to …” the main clause's; `acl` the noun it hangs on.
        A passive's grammatical subject is returned: ask `passive`. None where there is none.
        """
        for _ in range(6):
            own = self.child(i, "nsubj", "nsubj:pass", "csubj", "nsubj:outer")
            if own is not None:
                return self.antecedent(own)
            h = self.heads[i]
            if h < 0:
                return None
            relation = self.relations[i]
            if relation == "conj":
                pass
            elif relation == "xcomp":
                obj = self.child(h, "obj", "iobj")
                if obj is not None and obj < i:
                    return obj
            elif relation == "advcl":
                if self.child(i, "mark") is not None and self.tags[i] in ("VBD", "VBZ", "VBP"):
                    return None
            elif relation.startswith("acl"):
                return h
            else:
                return None
            i = h
        return None

    def antecedent(self, i: int) -> int:
        """For a relative pronoun that opens a relative clause the noun the clause hangs on; else `i`."""
        if self.tags[i] in ("WP", "WDT", "WP$"):
            clause = self.heads[i]
            if clause >= 0 and self.relations[clause] == "acl:relcl" and self.heads[clause] >= 0:
                return self.heads[clause]
        return i

    def passive(self, i: int) -> bool:
        """Whether the verb `i` is in the passive (was hit; hit by …)."""
        if any(self.relations[k] in ("aux:pass", "nsubj:pass", "obl:agent") for k in self.children[i]):
            return True
        if self.relations[i] == "conj" and self.tags[i] == "VBN" and self.child(i, "nsubj", "aux") is None:
            return self.heads[i] >= 0 and self.tags[self.heads[i]] == "VBN" and self.passive(self.heads[i])
        return self.relations[i] == "acl" and self.tags[i] == "VBN"

    def agent(self, i: int) -> int | None:
        """Who does it: the subject of an active verb, the “by” phrase of a passive; None where unsaid."""
        if self.passive(i):
            by = self.child(i, "obl:agent")
            if by is not None:
                return by
            for k in self.each(i, "obl", "nmod"):
                case = self.child(k, "case")
                if case is not None and self.words[case].lower() == "by" and not self.words[k][0].isdigit():
                    return k
            return None
        return self.subject(i)

    def patient(self, i: int) -> int | None:
        """Whom or what it is done to: the object of an active verb, the subject of a passive one."""
        if self.passive(i):
            return self.subject(i)
        return self.object(i)

    def object(self, i: int) -> int | None:
        """The direct object of verb `i`, also one shared with a verb joined behind; else the indirect one."""
        own = self.child(i, "obj")
        if own is not None:
            return own
        later = [k for k in self.children[i] if self.relations[k] == "conj" and self.tags[k] == self.tags[i]]
        for k in later:  # “sign and ratify the treaty”: the object stands with the last verb
            if k - i < 4:
                shared = self.child(k, "obj")
                if shared is not None:
                    return shared
        return self.child(i, "iobj")

    def case(self, i: int) -> str | None:
        """The preposition of the phrase of `i` in lower case, whole (`according to`); None without."""
        k = self.child(i, "case")
        if k is None:
            return None
        more = self.each(k, "fixed")
        return " ".join([self.words[k], *(self.words[m] for m in more)]).lower()

    def negated(self, i: int) -> bool:
        """Whether a “not”, “n't” or “never” hangs on `i`."""
        return any(
            self.words[k].lower() in ("not", "n't", "n’t", "never", "no")
            and self.relations[k] in ("advmod", "det")
            for k in self.children[i]
        )

    def noun_phrase(self, i: int, prepositions: bool = True) -> tuple[int, int]:
        """The token range of the noun phrase headed by `i`: determiner, adjectives, compounds, “of …”;
        without a preposition before it, relative clause, apposition or conjuncts behind it.

        `prepositions=False` also leaves out phrases behind the head (“the minister” of “the minister of X”).
        """
        first, last = i, i + 1
        for k in self.children[i]:
            relation = self.relations[k]
            if k < i:
                if (relation in OUTSIDE_PHRASE and relation != "advmod") or relation == "case":
                    continue
                first = min(first, self.subtree(k)[0])
            elif relation in ("flat", "compound", "nummod", "goeswith", "fixed", "nmod:desc", "det"):
                last = max(last, self.subtree(k)[1])
            elif prepositions and relation in ("nmod", "nmod:unmarked", "amod"):
                span = self.subtree(k)
                inner = self.noun_phrase(k)
                if span[0] <= last + 1:
                    last = max(last, inner[1])
        return first, last

    def conjuncts(self, i: int) -> list[int]:
        """`i` and all that is joined to it: “Ana, Bo and Cy” → the three heads."""
        out = [i]
        for k in out:
            out += [c for c in self.children[k] if self.relations[c] == "conj"]
        return sorted(out)
