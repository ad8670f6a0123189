"""The seams: a user’s own recognizer, parser or coreference, and the adapter for spaCy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from readout.extract import actors, extract, names, seams, syntax
from readout.records import Article, Name, Span
from readout.segment import segment

TEXT = "Mira Holt met Talven Dray in Lornburg. The Harbour Board said nothing.\n"


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    seams.part.cache_clear()
    yield
    seams.part.cache_clear()


class Point:
    """An entry point as an installed package would give it."""

    name, value = "mine", "somewhere:Mine"

    def __init__(self, factory: object) -> None:
        self.factory = factory

    def load(self) -> object:
        return self.factory


def use(monkeypatch: pytest.MonkeyPatch, group: str, factory: object) -> None:
    monkeypatch.setenv(f"READOUT_{group.upper()}", "mine")
    monkeypatch.setattr(seams, "entry_points", lambda group: [Point(factory)])


def test_without_a_setting_the_project_reads_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("READOUT_RECOGNIZER", raising=False)
    assert seams.recognizer() is None and seams.syntax() is None


def test_a_named_recognizer_replaces_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    class Mine:
        def names(self, text: str) -> Iterable[tuple[int, int, str]]:
            at = text.index("Harbour")
            return [
                (at, at + len("Harbour Boa"), "organization"),
                (0, 4, "date"),
                (3, 3, "person"),
                (-4, 900, "person"),
            ]

    use(monkeypatch, "recognizer", Mine)
    doc = segment(Article("a", TEXT))
    found = names.find(doc, syntax.parse(doc))
    # widened to whole words; unknown kinds, empty spans and spans outside the text are left out
    assert [(doc.text[n.span.start : n.span.end], n.kind) for n in found] == [
        ("Harbour Board", "organization")
    ]


def test_a_named_parser_replaces_ours_whatever_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    class Mine:
        def words(self, text: str) -> Sequence[seams.Word]:
            # a loop, a head in another sentence, pieces of a word, and most words missing
            return [
                seams.Word(0, 4, "NNP", 1, "compound"),
                seams.Word(5, 7, "NNP", 0, "flat"),
                seams.Word(7, 9, "NNP", 1, "flat"),
                seams.Word(10, 13, "VBD", 4, "obj"),
                seams.Word(44, 51, "NNP", -1, "root"),
            ]

    use(monkeypatch, "syntax", Mine)
    doc = segment(Article("a", TEXT))
    parse = syntax.parse(doc)
    for s in doc.sentences:
        assert sum(parse.heads[i] < 0 for i in range(s.first, s.last)) == 1
        for i in range(s.first, s.last):
            steps = 0
            while parse.heads[i] >= 0:
                i = parse.heads[i]
                assert s.first <= i < s.last
                steps += 1
                assert steps < 100
    assert parse.tags[:3] == ("NNP", "NNP", "VBD")
    extract(Article("a", TEXT))


def test_a_part_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READOUT_RECOGNIZER", "nowhere")
    with pytest.raises(seams.UnknownPart, match="READOUT_RECOGNIZER=nowhere: there is no such recognizer"):
        seams.recognizer()


# ------------------------------------------------------------------ spaCy
@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small spaCy pipeline, trained here on invented sentences until it knows their names."""
    spacy = pytest.importorskip("spacy")
    training = pytest.importorskip("spacy.training")
    spacy.util.fix_random_seed(1)
    nlp = spacy.blank("en")
    ner = nlp.add_pipe("ner")
    people = ["Mira Holt", "Talven Dray", "Osk Penner"]
    places = ["Lornburg", "Veska", "Port Anning"]
    examples = []
    for i in range(9):
        who, where = people[i % 3], places[i // 3]
        text = f"{who} spoke in {where} on Monday."
        start = text.index(where)
        monday = text.index("Monday")
        entities = [(0, len(who), "PERSON"), (start, start + len(where), "GPE"), (monday, monday + 6, "DATE")]
        examples.append(training.Example.from_dict(nlp.make_doc(text), {"entities": entities}))
    for label in ("PERSON", "GPE", "DATE"):
        ner.add_label(label)
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(25):
        nlp.update(examples, sgd=optimizer)
    folder = tmp_path_factory.mktemp("spacy") / "en_small"
    nlp.to_disk(folder)
    return folder


def test_an_installed_spacy_model_finds_the_names(pipeline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READOUT_RECOGNIZER", f"spacy:{pipeline}")
    doc = segment(Article("a", "Talven Dray spoke in Veska on Monday."))
    found = names.find(doc, syntax.parse(doc))
    assert [(doc.text[n.span.start : n.span.end], n.kind) for n in found] == [
        ("Talven Dray", "person"),
        ("Veska", "place"),
    ]


def test_spacy_names_become_actors(pipeline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READOUT_RECOGNIZER", f"spacy:{pipeline}")
    actors = extract(Article("a", "Mira Holt spoke in Lornburg on Monday.")).actors
    assert "Mira Holt" in [a.name for a in actors]


def test_the_largest_installed_english_model_is_found(
    pipeline: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spacy = pytest.importorskip("spacy")
    from readout.extract import spacy_parts

    there = ["de_core_news_lg", "en_core_web_sm", "en_core_web_md"]
    asked: list[str] = []
    monkeypatch.setattr(spacy.util, "get_installed_models", lambda: there)
    monkeypatch.setattr(spacy, "load", lambda name: asked.append(name))
    spacy_parts.model.cache_clear()
    monkeypatch.setenv("READOUT_RECOGNIZER", "spacy")
    seams.recognizer()
    spacy_parts.model.cache_clear()
    assert asked == ["en_core_web_md"]


def test_a_spacy_model_that_is_not_there_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("spacy")
    monkeypatch.setenv("READOUT_RECOGNIZER", "spacy:en_no_such_model")
    with pytest.raises(LookupError, match="en_no_such_model"):
        seams.recognizer()


def test_trees_of_clearnlp_become_universal() -> None:
    spacy = pytest.importorskip("spacy")
    from readout.extract.spacy_parts import universal

    words = ["Holt", "is", "mayor", "of", "Veska"]
    doc = spacy.tokens.Doc(
        spacy.blank("en").vocab, words=words, tags=["NNP", "VBZ", "NN", "IN", "NNP"],
        heads=[1, 1, 1, 2, 3], deps=["nsubj", "ROOT", "attr", "prep", "pobj"],
    )  # fmt: skip
    heads, relations = universal(doc, {0: 1, 1: -1, 2: 1, 3: 2, 4: 3}, {t.i: t.dep_ for t in doc})
    shown = [f"{words[i]} {relations[i]} {words[heads[i]] if heads[i] >= 0 else '-'}" for i in range(5)]
    assert shown == ["Holt nsubj mayor", "is cop mayor", "mayor ROOT -", "of case Veska", "Veska nmod mayor"]


def test_a_named_coref_ties_descriptions_to_our_names(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Ana Silva met Otto Brandt. The tall one left, and she stayed."

    class Mine:
        def links(self, text: str, names: Sequence[tuple[int, int]]) -> Iterable[Iterable[tuple[int, int]]]:
            silva, brandt = names
            tall, she = text.index("The tall"), text.index("she")
            yield [silva, (she, she + 3)]
            yield [brandt, (tall, tall + len("The tall on")), (-3, 900)]
            yield [(0, 3), (5, 5)]  # no name of ours: left aside

    use(monkeypatch, "coref", Mine)
    doc = segment(Article("a", text))
    given = tuple(
        Name(Span(text.index(w), text.index(w) + len(w)), "person") for w in ("Ana Silva", "Otto Brandt")
    )
    cast = actors.resolve(doc, syntax.parse(doc), given)
    said = {a: [(text[m.span.start : m.span.end], m.form) for m in ms] for a, ms in cast.mentions.items()}
    assert said == {
        "ana-silva": [("Ana Silva", "name"), ("she", "pronoun")],
        "otto-brandt": [("Otto Brandt", "name"), ("The tall one", "nominal")],
    }
