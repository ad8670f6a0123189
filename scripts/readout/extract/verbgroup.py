"""Cue → its words as they are shown: the whole verb group, “did not say”, “declined to say”, “should admit”.

A verb alone may say the opposite of its clause. Whoever reads “Silva: whether the port would close” must see that
Silva did *not* say it, would say it, or was asked to. A verb group is the verb with its auxiliaries, negation and
adverbs (Huddleston and Pullum 2002, “The Cambridge Grammar of the English Language”, ch. 3).
"""

from __future__ import annotations

from collections.abc import Callable

from readout.extract.cues import VERB_TAGS, Cue, Reading

AUXILIARIES = frozenset(
    "be am is are was were been being 's 're 'm have has had having 've 'd do does did get gets got 'll ca wo".split()
)
BETWEEN = frozenset(("RB", "RBR", "MD"))
"""Tags of what stands between the auxiliaries and the verb."""
GOVERNING = VERB_TAGS | {"JJ", "NN", "NNS"}
"""Tags of what may govern an infinitive."""
LINKS = frozenset(("without", "of", "from", "as"))
"""Words between a gerund and its governor: “left without saying”, “was quoted as saying”."""
NEGATIVE = frozenset(("nor", "neither", "never", "not", "hardly", "rarely"))
CONDITIONS = frozenset(("if", "unless", "whether", "until", "lest"))
"""Words before a subject under which nothing is said yet: “if Silva says that …”."""


def shown(r: Reading, c: Cue, source: tuple[int, int] | None, spoken: set[int]) -> list[tuple[int, int]]:
    """The words of a cue, as tokens `[first, last)` in the order of the text: one piece, or two around its subject;
    none where a bracket is all there is.

    `source` is the source as it is shown; `spoken` holds the tokens of contents, which no cue enters.
    """
    if r.words[c.at] == "(":
        return []
    if r.tags[c.at] not in VERB_TAGS or c.kind in ("colon", "dash", "according"):
        return [(c.first, c.last)]
    low = r.doc.sentences[r.sentence[c.at]].first
    taken = range(*source) if source is not None else range(0)

    def free(at: int) -> bool:
        return at >= low and at not in spoken and r.stretch[at] < 0 and at not in taken

    pieces = [(begun(r, c.first, free), c.last)]
    if source is not None and source[1] <= c.first:
        before = ahead(r, c.at, source[0], free)
        if before < source[0]:
            pieces.insert(0, (before, source[0]))
    return pieces


def begun(r: Reading, at: int, free: Callable[[int], bool]) -> int:
    """Where the verb group begins whose verb stands at token `at`.

    Through auxiliaries and adverbs, and through “to” to the verb, adjective or noun that governs it: “is [not
    ready to] say”, “her [refusal to] say”.
    """
    while free(at - 1):
        before, tag = at - 1, r.tags[at - 1]
        gerund = r.tags[at] == "VBG"
        if tag in BETWEEN or r.words[before] in AUXILIARIES:
            at = before
        elif tag == "TO":
            at = before - 1
            if not free(at) or not (r.tags[at] in GOVERNING or r.words[at] == "yet"):
                return before
        elif gerund and (tag in VERB_TAGS or r.words[before] in LINKS):
            at = before
        elif (r.words[at] in LINKS or r.words[at] == "short") and (tag in VERB_TAGS or tag == "JJ"):
            at = before  # “[stopped short of] saying”
        else:
            break
    return at


def ahead(r: Reading, verb: int, subject: int, free: Callable[[int], bool]) -> int:
    """Where what stands before the subject begins: “[Nor did] Silva say”, “[If] Silva says”."""
    at = subject
    while free(at - 1) and r.heads[at - 1] == verb and r.base[at - 1] == "aux":
        at -= 1
    inverted = at < subject
    if free(at - 1) and (
        (r.words[at - 1] in CONDITIONS and r.heads[at - 1] == verb)
        or (r.words[at - 1] in NEGATIVE and (inverted or r.base[at - 1] == "cc"))
    ):
        at -= 1
    return at
