"""The second look at doubtful stretches."""

from __future__ import annotations

from readout.extract import quotes, scare, syntax
from readout.extract.quotes import Scene
from readout.records import Article
from readout.segment import segment

TEXT = """Ana Silva leads the harbour.
Silva said on Monday that the “harbour pact” would never be signed again.
“Nobody asked us,” she said.
"""


def scene(text: str) -> Scene:
    doc = segment(Article("case", text))
    return quotes.laid_out(quotes.models(), doc, syntax.parse(doc), {})


def test_a_statement_lends_its_likelihood_to_the_stretches_in_it() -> None:
    s = scene(TEXT)
    forests = quotes.models().forests
    last, quoted = quotes.attribute(s, forests)
    said = quotes.hinted(quotes.propose(s, forests, last, quoted, frozenset(range(3))))
    facts, attitudes = scare.covers(s.points, s.stretches[0], -1, said)
    assert [f.probability > 0.5 for f in facts] == [True] and not attitudes
    assert scare.covers(s.points, s.stretches[1], -1, said) == ([], [])


def test_only_what_is_wanted_is_looked_at_again() -> None:
    s = scene(TEXT)
    forests = quotes.models().forests
    last, quoted = quotes.attribute(s, forests)
    said = quotes.hinted(quotes.propose(s, forests, last, quoted, frozenset(range(3))))
    again = quotes.look_again(s, forests, last, quoted, said, [0])
    assert again[1] == quoted[1] and again[0] != quoted[0]
    assert quotes.look_again(s, forests, last, quoted, said, []) == quoted


def test_doubt_ends_where_the_first_look_is_sure() -> None:
    s = scene(TEXT)
    assert quotes.doubts(s, [scare.DOUBT, -scare.DOUBT]) == ([], frozenset())
    assert quotes.doubts(s, [0.0, 9.0]) == ([0], frozenset({1}))


def test_each_word_of_naming_stands_in_one_class() -> None:
    rows = [word for _, words in scare.lexicon.rows("naming", 2) for word in words.split()]
    assert len(rows) == len(set(rows)) == len(scare.naming())
