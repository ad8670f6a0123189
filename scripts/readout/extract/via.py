"""Through whom a quote is reported: “…,” he said, as reported by Radio Sol."""

from __future__ import annotations

from readout.extract.cues import Cue, Reading, noun_phrase

PASSING_ON = frozenset("reported quoted told cited carried published".split())


def via(r: Reading, cue: Cue, cues: list[Cue]) -> tuple[int, int] | None:
    """The tokens that name the outlet or person who passes a quote on; None where nobody is said to.

    “, as reported by X”, “, as X reported”, and “, according to X” behind another speaker's reporting
    clause; the
    words must stand in the sentence of the cue, outside quotation marks.
    """
    s = r.doc.sentences[r.sentence[cue.at]]
    for i in range(s.first, s.last - 2):
        if r.words[i] == "as" and r.stretch[i] < 0 and i != cue.at:
            k = i + 1
            while k < s.last and r.words[k] in ("was", "were", "first", "previously", "earlier", "also"):
                k += 1
            if k + 1 < s.last and r.words[k] in PASSING_ON and r.words[k + 1] == "by":
                found = following_noun(r, k + 2, s.last)
                if found is not None:
                    return found
            # “as Radio Sol reported”
            v = k
            while v < s.last and (r.tags[v][:2] == "NN" or r.words[v] in ("the", "has", "had", "first")):
                v += 1
            if v > k and v < s.last and r.words[v] in ("reported", "reports") and v != cue.at:
                for c in r.children[v]:
                    if r.rels[c] == "nsubj" and k <= c < v:
                        return noun_phrase(r, c)
    if cue.kind != "according" and cue.source is not None:
        for other in cues:
            if (
                other.kind == "according"
                and r.sentence[other.at] == r.sentence[cue.at]
                and r.stretch[other.at] < 0
            ) and (
                other.source is not None
                and other.at > cue.at
                and 0 <= other.at - max(cue.last, cue.source[1]) <= 3
            ):
                return other.source
    return None


def following_noun(r: Reading, first: int, last: int) -> tuple[int, int] | None:
    """The run of nouns that begins at `first`, an article left out."""
    if first < last and r.tags[first] == "DT":
        first += 1
    end = first
    while (
        end < last
        and (r.tags[end][:2] in ("NN", "CD", "FW") or r.tags[end] in ("JJ", "POS"))
        and r.stretch[end] < 0
    ):
        end += 1
    return (first, end) if end > first else None
