"""Drafts → drafts with the bodies that bear a person's name: “the Silva administration”, “Costa's campaign”.

What such a body says is not the person's word, and no other body's. It has no name of its own, so its
mentions are descriptions; the person's name inside stays a mention of the person.
"""

from __future__ import annotations

from readout import lexicon
from readout.extract import gazetteer
from readout.extract.merge import Draft, Spot
from readout.records import Doc, Parse, Span

MODIFIERS = 2
"""Words that may stand between a possessor and the noun: “Silva's press office”."""
ADJECTIVES = frozenset(
    "presidential gubernatorial senatorial mayoral minority coalition interim caretaker".split()
)
"""Of adjectives these only: “Silva's first campaign” is a time, no body."""
OPENERS = frozenset(("the", "a", "an"))


def join(doc: Doc, parse: Parse, drafts: list[Draft]) -> list[Draft]:
    """The drafts and those of the bodies around persons, in the order of their first mentions.

    A body counts where it does or says something, or is spoken of twice.
    """
    found: dict[tuple[int, str], Draft] = {}
    for k, draft in enumerate(drafts):
        for spot in draft.spots if draft.kind == "person" else ():
            noun = noun_behind(doc, parse, spot.last)
            if noun < 0:
                continue
            body = found.setdefault((k, doc.tokens[noun].text), Draft("organization", form="nominal"))
            body.spots.append(described(doc, spot, noun))
    for body in found.values():
        body.spots.sort()
    kept = [b for b in found.values() if len(b.spots) > 1 or acts(doc, parse, b.spots[0])]
    return sorted([*drafts, *kept], key=lambda d: d.spots[0])


def acts(doc: Doc, parse: Parse, spot: Spot) -> bool:
    """Whether a description is a subject, or behind “by” or “according to”."""
    before = [t.text.lower() for t in doc.tokens[max(spot.first - 2, 0) : spot.first]]
    return parse.relations[spot.last - 1].startswith(("nsubj", "obl:agent")) or before == ["according", "to"]


def noun_behind(doc: Doc, parse: Parse, at: int) -> int:
    """The token of the body's noun in what follows a person's name at token `at`; -1 where none does.

    Right behind the name, or behind a possessive ending and a few modifiers; the noun ends its phrase
    (“the Silva campaign”, not “the Silva campaign manager”).
    """
    tokens, tags = doc.tokens, parse.tags
    end = at
    if at < len(tokens) and tags[at] == "POS":
        at += 1
        end = at
        while (
            end < len(tokens)
            and end - at < MODIFIERS
            and not known(doc, end)
            and (tags[end] == "NN" or tokens[end].text in ADJECTIVES)
        ):
            end += 1
    if end >= len(tokens) or not known(doc, end):
        return -1
    behind = end + 1
    goes_on = behind < len(tokens) and (tags[behind][:2] == "NN" or tokens[behind].text == "-")
    return -1 if goes_on else end


def known(doc: Doc, at: int) -> bool:
    """Whether a token is one of the nouns for such a body."""
    return doc.tokens[at].text in lexicon.words("circles")


def described(doc: Doc, name: Spot, noun: int) -> Spot:
    """The whole description as a spot: from the article or title before the name to the noun."""
    first = name.first - len(name.titles)
    if first > 0 and doc.tokens[first - 1].text.lower() in OPENERS:
        first -= 1
    span = Span(doc.tokens[first].start, doc.tokens[noun].end)
    text = gazetteer.straight(doc.text[name.span.start : span.end])
    return Spot(span, first, noun + 1, text, "organization", ())
