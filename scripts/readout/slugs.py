"""Slugs: names as they stand in ids, file names and addresses."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a base letter and a mark.
PLAIN = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "ae",
        "ø": "o",
        "Ø": "o",
        "đ": "d",
        "Đ": "d",
        "ł": "l",
        "Ł": "l",
        "ı": "i",
        "ð": "d",
        "þ": "th",
        "œ": "oe",
        "Œ": "oe",
        "’": "",
        "'": "",
        "ʼ": "",
        "‘": "",
    }
)
GAP = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Lower case without accents: the form in which spellings are compared.

    >>> fold("Élysée"), fold("O’Neill")
    ('elysee', 'oneill')
    """
    flat = unicodedata.normalize("NFKD", text.translate(PLAIN))
    return "".join(c for c in flat if not unicodedata.combining(c)).lower()


def slug(text: str) -> str:
    """The text in a–z, 0–9 and single hyphens; `unnamed` where none of it is left.

    >>> slug("Recep Tayyip Erdoğan"), slug("U.S. Senate")
    ('recep-tayyip-erdogan', 'u-s-senate')
    """
    return GAP.sub("-", fold(text)).strip("-") or "unnamed"
