"""Doc → Extraction: names, actors, quotes, moves, in this order; each step a pure function."""

from __future__ import annotations

from readout.extract import actors as actor_rules
from readout.extract import moves as move_rules
from readout.extract import names as name_rules
from readout.extract import quotes as quote_rules
from readout.extract import syntax
from readout.records import Article, Cast, Doc, Extraction, Parse
from readout.segment import segment


def extract(article: Article) -> Extraction:
    """Read everything out of one article."""
    doc, parse, cast = with_cast(article)
    quotes = quote_rules.find(doc, parse, cast)
    moves = move_rules.find(doc, parse, cast, quotes)
    cast = actor_rules.rank(doc, parse, cast, quotes, moves)
    return Extraction(article, cast.actors, cast.mentions, quotes, moves)


def with_cast(article: Article) -> tuple[Doc, Parse, Cast]:
    """An article read as far as who is in it: what quotes and moves build on, here and in training."""
    doc = segment(article)
    parse = syntax.parse(doc)
    names = name_rules.find(doc, parse)
    doc = name_rules.without_nicknames(doc, names)
    return doc, parse, actor_rules.resolve(doc, parse, names)
