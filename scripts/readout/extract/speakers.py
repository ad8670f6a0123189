"""Cue and Cast → the actor who speaks."""

from __future__ import annotations

from readout.extract.actors import Index
from readout.extract.cues import HOW, Cue, Reading, noun_phrase
from readout.records import Cast, Span

FIRST_OR_SECOND = frozenset("i we you me us my our your".split())


class Speakers:
    """Says whom the source of a cue means."""

    def __init__(self, r: Reading, cast: Cast) -> None:
        self.r = r
        self.cast = cast
        self.index = Index(r.doc, cast)

    def of(self, cue: Cue) -> str | None:
        """The actor's id; None where the source names nobody, or may be anybody."""
        if cue.source is None or cue.head < 0:
            return None
        r = self.r
        head = cue.head
        if r.words[head] in FIRST_OR_SECOND:
            return None
        if cue.how == HOW["relative"]:
            above = r.heads[cue.at]
            up = cue.at
            while above >= 0 and r.base[up] == "conj":
                up, above = above, r.heads[above]
            if above < 0 or r.base[up] != "acl":
                return None
            return self.of_phrase(*noun_phrase(r, above), above)
        return self.of_phrase(*cue.source, head)

    def of_phrase(self, first: int, last: int, head: int) -> str | None:
        """The actor named by a noun phrase: by its last word or its head, else by an apposition."""
        r = self.r
        span = r.span(first, last)
        exact = self.index.exact.get(span)
        if exact is not None:
            return exact
        for i in (last - 1, head):
            actor = self.index.at_token(i)
            if actor is not None and not self.possessive(i):
                return actor
        for c in r.children[head]:
            if r.base[c] in ("appos", "flat", "parataxis") and c > head:
                actor = self.index.at_token(c)
                if actor is not None and r.tags[c][:3] == "NNP":
                    return actor
        return self.index.by_end.get(span.end)

    def possessive(self, i: int) -> bool:
        """Whether a token stands in a possessive: “Trump” in “Trump's campaign”."""
        return self.r.rels[i] == "nmod:poss" or (i + 1 < self.r.n and self.r.words[i + 1] == "'s")


def spot(index: Index, span: Span) -> str | None:
    """The actor at a span."""
    return index.at(span)
