"""Syntax: what the network makes of sentences (rows in cases/syntax.md), trees, lemmas, and odd input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import casebook
from readout.extract import network, syntax
from readout.records import Article, Doc, Parse
from readout.segment import segment


def read(text: str) -> tuple[Doc, Parse]:
    doc = segment(Article("case", text))
    return doc, syntax.parse(doc)


def tree(text: str) -> syntax.Tree:
    return syntax.Tree(*read(text))


def shown(text: str) -> str:
    """Each verb with who does it and to whom, by the heads of the noun phrases."""
    doc, parse = read(text)
    t = syntax.Tree(doc, parse)
    lines = []
    for i, tag in enumerate(parse.tags):
        if tag[:2] != "VB" or parse.relations[i] in ("aux", "aux:pass", "cop"):
            continue
        who, whom = t.agent(i), t.patient(i)
        names = ["-" if k is None else phrase(t, k) for k in (who, whom)]
        lines.append(f"{t.lemma(i)}: {names[0]} → {names[1]}")
    return "\n".join(lines)


def phrase(t: syntax.Tree, k: int) -> str:
    first, last = t.noun_phrase(k)
    return t.doc.text[t.doc.tokens[first].start : t.doc.tokens[last - 1].end]


@pytest.mark.parametrize("case", casebook.read("syntax"), ids=lambda c: c.title)
def test_who_does_what_to_whom(case: casebook.Case) -> None:
    assert shown(case.given) == case.expected


LEMMAS = """
    threatened/VBD/threaten hoping/VBG/hope stopped/VBD/stop agreed/VBN/agree
    imposes/VBZ/impose vetoes/VBZ/veto denies/VBZ/deny sought/VBD/seek
    banning/VBG/ban signing/VBG/sign raised/VBD/raise killing/VBG/kill
    pledged/VBD/pledge announced/VBD/announce urging/VBG/urge visited/VBD/visit
    tariffs/NNS/tariff countries/NNS/country women/NNS/woman buses/NNS/bus
    taxes/NNS/tax crises/NNS/crisis talks/NNS/talk largest/JJS/large
    worse/JJR/bad is/VBZ/be ’re/VBP/be n't/RB/not
    Rutte/NNP/Rutte The/DT/the welcomed/VBD/welcome freed/VBN/free
    led/VBN/lead accused/VBD/accuse voted/VBD/vote closed/VBD/close
    added/VBD/add changing/VBG/change proposed/VBD/propose expelled/VBD/expel
    froze/VBD/freeze
"""


@pytest.mark.parametrize("row", LEMMAS.split())
def test_the_dictionary_form(row: str) -> None:
    form, tag, lemma = row.split("/")
    assert syntax.lemma(form, tag) == lemma


def sound(doc: Doc, parse: Parse) -> None:
    """One tree a sentence, and a tag and relation a token."""
    assert len(parse.tags) == len(parse.heads) == len(parse.relations) == len(doc.tokens)
    for s in doc.sentences:
        roots = [i for i in range(s.first, s.last) if parse.heads[i] < 0]
        assert len(roots) == 1 and parse.relations[roots[0]] == "root"
        for i in range(s.first, s.last):
            at, steps = i, 0
            while parse.heads[at] >= 0:
                at = parse.heads[at]
                assert s.first <= at < s.last
                steps += 1
                assert steps <= s.last - s.first


ODD = [
    "The minister",
    "Ana Silva",
    "said",
    "that",
    "“we",
    "agree”",
    "SHUT DOWN",
    ".",
    "\n\n",
    ",",
    "(",
    "—",
    "5%",
    "U.S.",
    "İ",
    "ß",
    "\u200b",
    "’s",
    "n't",
    "of",
    "who",
    "and",
    "😀",
    "مرحبا",
    "é",
    "was hit by",
    "$",
    "…",
    "X" * 90,
]
PIECES = st.lists(st.sampled_from(ODD), max_size=60)


@given(PIECES)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_sentence_is_one_tree_whatever_the_text(pieces: list[str]) -> None:
    doc, parse = read(" ".join(pieces))
    sound(doc, parse)
    t = syntax.Tree(doc, parse)
    for i in range(len(doc.tokens)):
        first, last = t.subtree(i)
        a, z = t.noun_phrase(i)
        assert first <= i < last and first <= a <= i < z <= last
        t.agent(i), t.patient(i), t.conjuncts(i), t.case(i), t.above(i)


def test_a_sentence_without_end_is_read_in_pieces() -> None:
    doc, parse = read("port, " * 700 + "and harbour.")
    sound(doc, parse)


def test_a_very_long_text_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The union blocked the port. Ana Silva left Lyon. " * 12
    whole = read(text)[1]
    monkeypatch.setattr(network, "MOST", 30)
    syntax._last.clear()
    doc, parts = read(text)
    sound(doc, parts)
    assert parts == whole
    assert len(network.network().read([t.text for t in doc.tokens], syntax.bounds_of(doc)).names) == len(
        doc.tokens
    )


def test_what_was_read_before_does_not_matter() -> None:
    text = "Mirela Vost, who leads the Harbour Party, told Lornburg’s council on Friday that fees would rise."
    network.network().row_of.clear()
    network.network().normals.clear()
    first = read(text)[1], network.network().read(["Vost", "spoke"], [(0, 2)]).names.tobytes()
    read("Other words: fees, council, Mirela. " * 9)
    assert first == (read(text)[1], network.network().read(["Vost", "spoke"], [(0, 2)]).names.tobytes())


def test_both_styles_of_quotation_marks_are_one() -> None:
    a = read("“We can't agree,” she said. ‘No.’")[1]
    b = read("\"We can't agree,\" she said. 'No.'")[1]
    assert a == b


def test_rows_of_a_pack_lead_back() -> None:
    lengths = [3, 1, 4, 2]
    p = network.pack(lengths)
    assert p.sizes == (4, 3, 2, 1)
    assert p.token[p.row].tolist() == list(range(10))
    tokens = [*p.token.tolist(), None]
    # left and right neighbours stay inside the sentence; the mirror turns each sentence round
    assert [tokens[k] for k in p.left[p.row]] == [None, 0, 1, None, None, 4, 5, 6, None, 8]
    assert [tokens[k] for k in p.right[p.row]] == [1, 2, None, None, 5, 6, 7, None, 9, None]
    assert [tokens[k] for k in p.mirror[p.row]] == [2, 1, 0, 3, 7, 6, 5, 4, 9, 8]


def test_a_loop_is_mended_into_the_best_tree() -> None:
    # 0 and 1 prefer each other; the best tree roots 2 and hangs 0 on it
    score = np.array([[0, -9, 9, 8], [0, 9, -9, 1], [5, 1, 1, -9]], np.float32)
    assert not network.is_tree([2, 1, 0])
    assert network.best_tree(score) == [3, 1, 0]


@given(st.integers(2, 6), st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_the_best_tree_is_the_best_of_all(size: int, seed: int) -> None:
    import itertools

    score = np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32)
    for i in range(size):
        score[i, i + 1] = -np.inf
    root = int(score[:, 0].argmax())
    best = max(
        (heads for heads in itertools.product(range(size + 1), repeat=size)
         if heads[root] == 0 and heads.count(0) == 1 and network.is_tree(heads)),
        key=lambda heads: sum(score[i, h] for i, h in enumerate(heads)),
    ) if size < 6 else None  # fmt: skip
    found = network.best_tree(score)
    assert network.is_tree(found) and found.count(0) == 1
    if best is not None:
        assert sum(score[i, h] for i, h in enumerate(found)) == pytest.approx(
            sum(score[i, h] for i, h in enumerate(best)), abs=1e-4
        )


def test_longer_words_than_any_list_have_a_vector() -> None:
    net = network.network()
    assert net.type_vectors(["Xx" * 200]).shape == (1, net.width)


def test_a_second_subject_behind_an_and_is_a_conjunct() -> None:
    heads, relations = [3, 2, 3, -1], ["nsubj", "cc", "nsubj", "root"]  # “Peru and Chile agreed”
    syntax.coordinate(heads, relations)
    assert (heads, relations) == ([3, 2, 0, -1], ["nsubj", "cc", "conj", "root"])


@given(
    st.text(min_size=1, max_size=6) | st.sampled_from(["er", "est", "ing", "ed", "s", "ies", "'s"]),
    st.sampled_from(["NN", "NNS", "VB", "VBD", "VBG", "VBN", "VBZ", "JJR", "JJS", "RBR", "RBS", "NNP"]),
)
def test_every_word_has_a_lemma(form: str, tag: str) -> None:
    assert syntax.lemma(form, tag)
