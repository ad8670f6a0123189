"""Text → whether it is English, the one language that is understood."""

from __future__ import annotations

import re

from readout import lexicon

WORD = re.compile(r"[^\W\d_]+")
LEAST_WORDS = 40
"""A shorter text does not tell."""
LEAST_SHARE = 0.02
"""Of 1,624 English articles none has less than 0.05 of its words among `lexicons/english.tsv`."""


def english(text: str) -> bool:
    """Whether a text reads as English; True where it is too short to tell.

    >>> english("Le ministre a dit que la mesure coûterait trois milliards. " * 10)
    False
    """
    words = WORD.findall(text.lower())
    known = lexicon.words("english")
    return len(words) < LEAST_WORDS or sum(w in known for w in words) >= LEAST_SHARE * len(words)
