"""An installed spaCy model as recognizer or parser. Nothing here is needed, or imported, by default.

Models speak of entities in the labels of OntoNotes or of CoNLL; relations may be Universal Dependencies or,
in spaCy's own English models, those of ClearNLP, which are turned into Universal Dependencies here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from readout.extract.seams import Word

KINDS = {
    "PERSON": "person", "PER": "person",
    "ORG": "organization", "ORGANIZATION": "organization",
    "GPE": "location", "LOCATION": "location", "LOC": "location", "FAC": "place", "FACILITY": "place",
    "NORP": "group",
    "EVENT": "other", "WORK_OF_ART": "other", "LAW": "other", "PRODUCT": "other", "MISC": "other",
}  # fmt: skip
"""Label of a model, upper case → our kind; dates, numbers and the like are left out."""

RELATIONS = {
    "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "dobj": "obj",
    "dative": "iobj", "neg": "advmod", "poss": "nmod:poss", "prt": "compound:prt", "relcl": "acl:relcl",
    "npadvmod": "obl:unmarked", "ROOT": "root",
    "quantmod": "advmod", "predet": "det:predet", "preconj": "cc:preconj", "intj": "discourse", "meta": "dep",
    "oprd": "xcomp", "nounmod": "nmod", "npmod": "nmod:unmarked", "acomp": "xcomp", "nn": "compound",
}  # fmt: skip
"""ClearNLP relation → Universal Dependencies, where the tree stays as it is."""


@cache
def model(name: str) -> Any:
    """The named model, or the installed English one, the largest where several are.

    Raises LookupError where spaCy or a model is missing.
    """
    try:
        import spacy
    except ImportError:
        raise LookupError("spaCy is not installed: pip install spacy, and a model") from None
    if not name:
        sizes = ("sm", "md", "lg", "trf")
        english = [m for m in spacy.util.get_installed_models() if m.startswith("en")]
        if not english:
            raise LookupError("no English spaCy model is installed: python -m spacy download en_core_web_sm")
        name = max(
            english,
            key=lambda m: (sizes.index(m[-2:]) if m[-2:] in sizes else 3 if m.endswith("trf") else -1, m),
        )
    try:
        return spacy.load(name)
    except OSError as error:
        raise LookupError(f"spaCy cannot load {name!r}: {error}") from None


class SpacyRecognizer:
    """Names by a spaCy model."""

    def __init__(self, name: str = "") -> None:
        self.model = model(name)

    def names(self, text: str) -> Iterable[tuple[int, int, str]]:
        """Start, end and kind of the model's entities, without those that name nothing (dates, amounts)."""
        for entity in self.model(text).ents:
            kind = KINDS.get(entity.label_.upper())
            if kind is not None:
                yield entity.start_char, entity.end_char, kind


class SpacySyntax:
    """Tags and heads by a spaCy model."""

    def __init__(self, name: str = "") -> None:
        self.model = model(name)

    def words(self, text: str) -> Sequence[Word]:
        """The model's words, spaces left out, relations in Universal Dependencies."""
        doc = self.model(text)
        place: dict[int, int] = {}
        for token in doc:
            if not token.is_space:
                place[token.i] = len(place)
        heads = {t.i: -1 if t.head.i == t.i else t.head.i for t in doc}
        relations = {t.i: t.dep_ or "dep" for t in doc}
        if {"pobj", "dobj", "nsubjpass"} & set(relations.values()):
            heads, relations = universal(doc, heads, relations)
        words = []
        for token in doc:
            if token.i not in place:
                continue
            h = heads[token.i]
            while h >= 0 and h not in place:
                h = heads[h]
            relation = "root" if h < 0 else RELATIONS.get(relations[token.i], relations[token.i])
            words.append(
                Word(
                    token.idx,
                    token.idx + len(token.text),
                    token.tag_ or "NN",
                    place[h] if h >= 0 else -1,
                    relation,
                )
            )
        return words


def universal(
    doc: Any, heads: dict[int, int], relations: dict[int, str]
) -> tuple[dict[int, int], dict[int, str]]:
    """ClearNLP trees with content words as heads: prepositions under nouns, copulas under predicates."""
    heads, relations = dict(heads), dict(relations)
    for token in doc:  # “in” ← “Rome”  becomes  “Rome” ← “in”
        if relations[token.i] not in ("pobj", "pcomp"):
            continue
        prep = heads[token.i]
        if prep < 0 or relations[prep] not in ("prep", "agent", "dative"):
            continue
        governor = heads[prep]
        nominal = governor >= 0 and doc[governor].tag_[:2] in ("NN", "PR", "CD")
        if relations[token.i] == "pcomp":
            new, case = ("acl" if nominal else "advcl"), "mark"
        else:
            new, case = ("nmod" if nominal else "obl"), "case"
            if relations[prep] == "agent":
                new = "obl:agent"
        heads[token.i], relations[token.i] = governor, new
        for other in doc:
            if heads[other.i] == prep and other.i != token.i:
                heads[other.i] = token.i
        heads[prep], relations[prep] = token.i, case
    for token in doc:  # “is” ← “minister”  becomes  “minister” ← “is”
        if relations[token.i] not in ("attr", "acomp") or doc[heads[token.i]].lemma_ not in ("be", ""):
            continue
        verb = heads[token.i]
        if verb < 0 or doc[verb].text.lower() not in BE:
            continue
        heads[token.i], relations[token.i] = heads[verb], relations[verb]
        for other in doc:
            if heads[other.i] == verb and other.i != token.i:
                heads[other.i] = token.i
        heads[verb], relations[verb] = token.i, "cop"
    for token in doc:
        if relations[token.i] == "prep":
            relations[token.i] = "advmod"
    return heads, relations


BE = frozenset(
    ["be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "'m", "’s", "’re", "’m"]
)
