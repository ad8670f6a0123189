"""Categories: which types of move a sentence speaks of by its words, on new wordings and on tempting ones."""

from __future__ import annotations

import numpy as np
import pytest

from readout.extract import categories, instruments, moves, with_cast
from readout.extract.patterns import Words
from readout.records import Article, Doc
from readout.segment import segment


def read(text: str) -> tuple[Doc, Words, categories.Odds]:
    """A text with what its words say."""
    doc, parse, cast = with_cast(Article("case", text))
    w = instruments.view(doc, parse, moves.naming_of(doc, cast))
    said = categories.odds(doc, w, [(c.head, c.code, c.strength) for c in instruments.candidates(doc, w)])
    assert said is not None, "the weights ship with the package"
    return doc, w, said


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The president told his soldiers in the province to come home.", "troop-withdrawal"),
        ("Jakarta will charge 15 percent on foreign shoes at its ports.", "tariff"),
        ("The two ministers sat down together in Vienna on Monday.", "talks"),
        ("The king put his signature to the pensions bill on Friday.", "legislation"),
        ("Judges in Lima threw out the mayor's appeal and sent him to jail for six years.", "court-ruling"),
        ("The central bank left its key rate at four percent.", "monetary-policy"),
    ],
)
def test_the_words_point_to_the_type(text: str, code: str) -> None:
    _, _, said = read(text)
    order = said.table.max(0).argsort()[::-1]
    assert code in [categories.TYPES[k] for k in order[:2]]


@pytest.mark.parametrize(
    "text",
    [
        "The museum opened a show of watercolours on Sunday.",
        "Rain washed out the second day of the cricket match.",
        "Prices of onions rose for a third week, traders said.",
    ],
)
def test_nothing_speaks_for_a_move_where_there_is_none(text: str) -> None:
    _, _, said = read(text)
    assert said.table.max() < 0


def test_every_sentence_has_odds_of_its_own() -> None:
    text = "The army shelled the port. Rain fell. The bank cut its key rate."
    doc, _, said = read(text)
    assert said.table.shape == (len(doc.sentences), len(categories.TYPES)) == (3, 40)
    alone = np.concatenate([read(s)[2].table for s in ("The army shelled the port.",)])
    assert np.argmax(said.table[0]) == np.argmax(alone[0])


def test_a_feature_counts_once_a_sentence() -> None:
    doc, w, _ = read("The bank and the bank and the bank. The bank.")
    model = categories.load(str(categories.PATH))
    assert model is not None
    found = categories.features(doc, w, *model.numbers(doc, w), [])
    pairs = list(zip(found.sentence.tolist(), found.key.tolist(), strict=True))
    assert len(pairs) == len(set(pairs))
    assert pairs == sorted(pairs)


def test_the_carrier_is_a_noun_or_verb_of_the_sentence() -> None:
    doc, w, said = read("Rain fell. The president told his soldiers in the province to come home.")
    head = said.carrier(doc, w, 1, categories.NUMBER["troop-withdrawal"])
    assert head is not None
    assert doc.sentences[1].first <= head < doc.sentences[1].last
    assert w.tags[head][0] in "NV"


def test_a_text_without_words_says_nothing() -> None:
    doc = segment(Article("case", ""))
    assert categories.odds(doc, Words([], [], [], [], [], []), []) is None
