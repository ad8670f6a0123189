"""Metonyms and demonyms: whether `Moscow` is the city or the state, and `Russian` the state or a person."""

from __future__ import annotations

from readout import lexicon
from readout.extract import gazetteer
from readout.records import Doc, Parse

# Where a name of a city stands behind these, the city itself is meant.
PLACING = frozenset(
    [
        "in",
        "at",
        "near",
        "outside",
        "inside",
        "around",
        "across",
        "throughout",
        "through",
        "via",
        "into",
        "toward",
        "towards",
        "within",
        "over",
        "above",
        "beyond",
        "downtown",
        "central",
        "of",
        "visit",
        "leave",
    ]
)
DEALING = frozenset(["with", "against", "between", "by", "upon", "versus", "behind"])
GIVING = frozenset(["to", "for", "on", "from"])


IRREGULAR = dict(
    pair.split(":")
    for pair in (  # as the cut form of the verb
        "came:come went:go gone:go said:say told:tell took:take taken:take gave:give given:give "
        "made:make sent:send left:leave "
        "kept:keep broke:break broken:break sought:seek fought:fight won:win lost:lose held:hold "
        "met:meet put:put "
        "brought:bring flew:fly flown:fly drew:draw drawn:draw withdrew:withdraw withdrawn:withdraw "
        "paid:pay saw:see "
        "thought:think showed:show shown:show spoke:speak spoken:speak bought:buy sold:sell "
        "spent:spend led:lead"
    ).split()
)


def stem(word: str) -> str:
    """A crude base form of a verb or noun, enough to look it up: ending cut, nothing else.

    >>> stem("warned"), stem("accuses"), stem("talks")
    ('warn', 'accus', 'talk')
    """
    word = word.lower()
    word = IRREGULAR.get(word, word)
    for ending in ("ying", "ied", "ies"):
        if word.endswith(ending) and len(word) > 5:
            return word[: -len(ending)] + "y"
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word


def stems(kind: str) -> frozenset[str]:
    """The stems of a row of `usage.tsv`."""
    return _table()[kind]


_cache: dict[str, frozenset[str]] = {}


def _table() -> dict[str, frozenset[str]]:
    if not _cache:
        for kind, words in lexicon.rows("usage", 2):
            _cache[kind] = _cache.get(kind, frozenset()) | {stem(w) for w in words.split()}
    return _cache


def seat_is_state(doc: Doc, parse: Parse, first: int, last: int) -> bool | None:
    """Whether the city named by tokens `[first, last)` stands for its government; None where use does not
    say.

    “Moscow rejected the plan”, “pressure on Moscow”, “claims from Moscow”: the state; “a meeting in Moscow”,
    “MOSCOW, May 3 —”, “flew to Moscow”: the city.
    """
    tokens, tags, heads, relations = doc.tokens, parse.tags, parse.heads, parse.relations
    inside = range(first, last)
    top = next((i for i in reversed(inside) if heads[i] not in inside), last - 1)
    before = tokens[first - 1].text.lower() if first else ""
    after = tokens[last].text if last < len(tokens) else ""
    if before == "the" and first > 1:
        before = tokens[first - 2].text.lower()
    if after in {"'s", "’s", "'", "’"} and heads[top] >= 0:
        return stem(tokens[heads[top]].text) not in stems("urban")
    if before in PLACING or before in {"mayor", "city", "capital"}:
        return False
    opens = any(doc.sentences[p.first].first == first for p in doc.paragraphs)
    if opens and (tokens[first].text.isupper() or after in {"(", "—", "–", "--"}):
        return False  # a dateline
    head, relation = heads[top], relations[top].split(":")[0]
    if relation == "conj" and head >= 0:
        return seat_is_state(doc, parse, head, head + 1)
    verb = stem(tokens[head].text) if head >= 0 else ""
    if relation == "nsubj" and head >= 0:
        if relations[top] == "nsubj:pass":
            return True if verb in stems("state verb") and verb not in stems("target verb") else None
        return verb not in stems("urban")
    if head < 0:
        return None
    if before in DEALING:
        return True
    if before in GIVING:
        if verb in stems("motion"):
            if before == "from" and verb == stem("come"):
                subject = next(
                    (
                        i
                        for i in range(head - 12 if head > 12 else 0, min(len(tokens), head + 6))
                        if heads[i] == head and relations[i].startswith("nsubj")
                    ),
                    None,
                )
                if subject is None:
                    # “strange things coming from Moscow”
                    subject = next(
                        (i for i in range(head - 1, max(head - 4, -1), -1) if tags[i].startswith("NN")), None
                    )
                return subject is not None and (stem(tokens[subject].text) in stems("speech noun"))
            return False
        if before == "from":
            if verb in stems("speech noun") or verb in stems("state noun"):
                return True
            noun = next((i for i in range(first - 2, max(first - 5, -1), -1) if tags[i].startswith("NN")), -1)
            return noun == first - 2 and stem(tokens[noun].text) in stems("speech noun")
        return (
            True
            if verb in stems("state noun") or verb in stems("speech noun") or verb in stems("state verb")
            else None
        )
    if relation in {"obj", "iobj"}:
        return True if verb in stems("state verb") and verb not in stems("motion") else None
    if relation in {"compound", "amod"}:
        return True if verb in stems("state noun") or verb in stems("speech noun") else None
    return None


def demonym_is_state(doc: Doc, parse: Parse, i: int) -> bool:
    """Whether the adjective at token `i` speaks of the state or what is its own: “Russian forces”.

    Not where it tells a person's origin (“the French singer”), a language or a thing of culture.
    """
    tokens, tags, heads = doc.tokens, parse.tags, parse.heads
    n = len(tokens)
    head = heads[i] if heads[i] > i else -1
    if head < 0:
        j = i + 1
        while j < n and j < i + 4 and (tags[j].startswith("JJ") or tokens[j].text == "-" or tags[j] == "CC"):
            j += 1
        while j + 1 < n and j < i + 5 and tags[j].startswith("NN") and tags[j + 1].startswith("NN"):
            j += 1
        head = j if j < n and tags[j].startswith("NN") else -1
    for j in range(i + 1, min(i + 4, n)):
        if not tags[j].startswith(("NN", "JJ")):
            break
        if tokens[j].text.lower() in gazetteer.titles("office"):
            return True  # “Ukrainian President Zelensky”
    if head < 0:
        return False
    word = tokens[head].text.lower()
    if word in gazetteer.titles("office"):
        return True
    root = stem(word)
    return root in stems("state noun") or root in stems("speech noun") or root in stems("state property")
