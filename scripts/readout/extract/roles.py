"""The offices and positions that the text gives people.

From the words before a name (“NATO Secretary General Mark Rutte”), an apposition (“Rutte, the alliance's top
official”), a copula (“Rutte, who is the head of NATO”), each with the words that say whether it is held now.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import NamedTuple

from readout.extract.coreference import apposed_to, head_of
from readout.extract.kinds import noun_class
from readout.extract.merge import Draft, Spot
from readout.records import Doc, Parse, Role

STATUS = {
    "former": "former",
    "ex": "former",
    "ex-": "former",
    "erstwhile": "former",
    "one-time": "former",
    "onetime": "former",
    "outgoing": "current",
    "late": "former",
    "ousted": "former",
    "deposed": "former",
    "retired": "former",
    "acting": "acting",
    "interim": "acting",
    "caretaker": "acting",
    "then": "then",
    "elect": "elect",
    "incoming": "elect",
    "designate": "elect",
    "candidate": "candidate",
    "nominee": "candidate",
    "contender": "candidate",
    "hopeful": "candidate",
    "frontrunner": "candidate",
    "front-runner": "candidate",
}
"""Words that say how far an office is held → status of the role."""
OPENING = frozenset(
    {
        "former",
        "ex",
        "erstwhile",
        "onetime",
        "late",
        "ousted",
        "deposed",
        "retired",
        "acting",
        "interim",
        "caretaker",
        "then",
        "incoming",
        "outgoing",
    }
)
TITLE_TAGS = frozenset(
    {"NN", "NNS", "NNP", "NNPS", "JJ", "POS", "HYPH", "VBG", "VBN", "CD", "FW", "JJS", "RB"}
)
STOP = frozenset({"the", "a", "an", "said", "says", "told", "added", "when", "while", "with", "by"})
SKIP = frozenset(
    {"sheikh", "sheik", "shaikh", "sheikha", "rev."}
    | {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "mx", "mx.", "miss", "sir", "lady", "dame", "lord", "dr", "dr."}
)
BARE = frozenset(
    {
        "father",
        "mother",
        "son",
        "daughter",
        "wife",
        "husband",
        "brother",
        "sister",
        "man",
        "woman",
        "boy",
        "girl",
        "people",
        "child",
        "friend",
        "person",
        "hero",
        "others",
        "one",
        "native",
        "critic",
        "ally",
        "member",
        "fan",
        "men",
        "women",
        "couple",
        "suspect",
        "victim",
        "resident",
        "teenager",
        "rival",
        "opponent",
    }
)
"""Person nouns that name no office."""


class Found(NamedTuple):
    """A role's words: tokens `[first, last)`, and its status."""

    first: int
    last: int
    status: str


def is_office(word: str) -> bool:
    """Whether a noun can end a title: a person noun that is more than kin or kind."""
    return noun_class(word) == "person" and word not in BARE and word not in SKIP


def before(doc: Doc, parse: Parse, spot: Spot, limit: int) -> Found | None:
    """The title right before a name, with country, body and qualities: “acting U.S. Defense Secretary”."""
    tokens, tags = doc.tokens, parse.tags
    i = spot.first - 1
    while i >= 0 and tokens[i].text.lower() in SKIP:
        i -= 1
    last = i + 1
    word = tokens[i].text.lower() if i >= 0 else ""
    if not (is_office(word.rstrip(".")) or is_office(word) or word in {"general", "elect", "designate"}):
        return None
    first = last
    while i >= 0:
        word = tokens[i].text.lower()
        if (
            word in STOP
            or word in {"“", '"', ",", ":", "—", "–", ")", "(", "."}
            or (tags[i] not in TITLE_TAGS and word not in {"-", "&"})
        ):
            if (
                word in {"for", "of", "and"}
                and last - i > 1
                and tokens[i - 1].text[0].isupper()
                and tokens[i + 1].text[0].isupper()
                and i > 0
                and noun_class(tokens[i - 1].text.lower()) != "thing"
            ):
                i -= 1
                continue  # “Minister for Health Ana Silva”
            break
        if tags[i] in {"VBG", "VBN", "RB"} and word not in STATUS:
            break
        if "\n" in doc.text[tokens[i].end : tokens[i + 1].start]:
            break
        first = i
        i -= 1
    return trim(doc, first, last)


def trim(doc: Doc, first: int, last: int) -> Found | None:
    """The words without article and status; None where nothing is left."""
    tokens = doc.tokens
    status = "current"
    words = [t.text.lower() for t in tokens[first:last]]
    while words and (
        words[0] in OPENING
        or words[0] in {"-", "'s", "’s", "its", "his", "her", "their", "the", "a", "an", "newly", "longtime"}
    ):
        if words[0] in OPENING:
            status = STATUS[words[0]]
        words.pop(0)
        first += 1
    if not words:
        return None
    for word in words:
        if word in {"former", "ex", "then", "acting", "interim", "ousted"}:
            status = STATUS[word]  # “Ohio's former governor”
    if words[-1] in {"elect", "designate"}:
        status = "elect"
    elif status == "current" and words[-1] in {"candidate", "nominee", "contender", "hopeful", "frontrunner"}:
        status = "candidate"
    return Found(first, last, status)


def phrase_end(doc: Doc, parse: Parse, head: int, limit: int) -> int:
    """Behind the last token of a noun phrase that ends a role: its `of`, `for`, `at`, `to` phrases, no
    clause.
    """
    tokens, heads, tags = doc.tokens, parse.heads, parse.tags
    end = head + 1
    i = end
    while i < limit:
        word = tokens[i].text.lower()
        if (
            word
            in {
                ",",
                ";",
                ":",
                "—",
                "–",
                "(",
                ")",
                ".",
                "“",
                "”",
                '"',
                "who",
                "which",
                "that",
                "and",
                "but",
                "said",
            }
            or tags[i].startswith("VB")
            or tags[i] in {"MD", "PRP", "WP"}
        ):
            if (
                word == "and"
                and i + 1 < limit
                and tags[i + 1].startswith("NNP")
                and tags[i - 1].startswith("NNP")
            ):
                i += 1
                continue
            break
        if (
            i == end
            and word not in {"of", "for", "at", "to", "in", "with", "-", "'s", "’s"}
            and heads[i] != head
        ):
            break
        i += 1
        end = i if tags[i - 1].startswith("NN") or tags[i - 1] == "CD" else end
    return end if end - head <= 12 else head + 1


def after(doc: Doc, parse: Parse, spot: Spot, limit: int) -> Found | None:
    """The apposition behind a name: “Ana Silva, the former finance minister of Peru,”."""
    tokens, tags, heads, relations = doc.tokens, parse.tags, parse.heads, parse.relations
    i = spot.last
    if i >= limit or tokens[i].text not in {",", "(", "—", "–"}:
        return None
    i += 1
    start = i
    while i < limit and i < start + 9:
        word = tokens[i].text.lower()
        if (
            tags[i].startswith("NN")
            and is_office(word)
            and not (i + 1 < limit and tags[i + 1].startswith("NN") and heads[i] == i + 1)
        ):
            relation = relations[i].split(":")[0]
            head = heads[i]
            tied = (
                relation == "appos"
                or (spot.first <= head < spot.last)
                or relation in {"conj", "parataxis", "dep", "list", "nmod"}
            )
            if not tied:
                return None
            end = phrase_end(doc, parse, i, limit)
            # “Ana Silva, Peru's minister, said”: what follows closes the apposition
            found = trim(doc, start, end)
            return found
        if (
            word in {",", ";", ".", "who", "which", "whose", "and", "or"}
            or tags[i].startswith("VB")
            or tags[i] in {"PRP", "MD", "IN"}
        ):
            return None
        i += 1
    return None


def fronted(doc: Doc, parse: Parse, spot: Spot, limit: int) -> Found | None:
    """The description to which a name is apposed: “the mayor of the town, Ana Silva,”."""
    tokens, tags = doc.tokens, parse.tags
    i = spot.first - 1
    i -= i > 0 and tags[i] == "NNP"  # “the secretary, Dame Ana Silva,”
    if i < 1 or tokens[i].text != ",":
        return None
    head = apposed_to(doc, parse, spot.first, head_of(parse, spot.first, spot.last))
    if head < 0 or not is_office(tokens[head].text.lower()):
        return None
    first = head
    while first > 0 and tags[first - 1] in TITLE_TAGS and tokens[first - 1].text != ",":
        first -= 1
    return trim(doc, first, phrase_end(doc, parse, head, i))


def is_now(doc: Doc, parse: Parse, spot: Spot, limit: int) -> Found | None:
    """The predicate noun of a name: “Silva is (was) the minister of finance”."""
    tokens, tags, heads, relations = doc.tokens, parse.tags, parse.heads, parse.relations
    top = head_of(parse, spot.first, spot.last)
    head = heads[top]
    if (
        head <= top
        or not relations[top].startswith("nsubj")
        or not tags[head].startswith("NN")
        or not is_office(tokens[head].text.lower())
    ):
        return None
    cop = next((i for i in range(top + 1, head) if heads[i] == head and relations[i] == "cop"), None)
    if cop is None:
        return None
    first = head
    while first - 1 > cop and tags[first - 1] in TITLE_TAGS | {"DT", "PRP$"}:
        first -= 1
    if any(tokens[i].text.lower() in {"not", "n't", "never"} for i in range(top, head)):
        return None
    found = trim(doc, first, phrase_end(doc, parse, head, limit))
    if found and found.status == "current" and tokens[cop].text.lower() in {"was", "were", "been"}:
        return found._replace(status="former")
    return found


first_token = attrgetter("first")


def roles_of(doc: Doc, parse: Parse, draft: Draft) -> tuple[Role, ...]:
    """The roles of one person, each once, in the order of the text."""
    if draft.kind != "person":
        return ()
    found: dict[str, Role] = {}
    for spot in draft.spots:
        limit = doc.sentences[bisect_right(doc.sentences, spot.first, key=first_token) - 1].last
        for rule in (before, fronted, after, is_now):
            hit = rule(doc, parse, spot, limit)
            if hit is None:
                continue
            place = doc.cut(doc.tokens[hit.first].start, doc.tokens[hit.last - 1].end)
            title = " ".join(place.words.split())
            if len(title) > 90:
                continue
            key = title.lower()
            known = found.get(key)
            if known is None or (known.status == "current" and hit.status != "current"):
                found[key] = Role(title, hit.status, place)
    kept = [
        r
        for k, r in found.items()
        if not any(k != o and o.endswith(" " + k) and found[o].status == r.status for o in found)
    ]
    return tuple(kept)
