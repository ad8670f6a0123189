"""Words of articles and people, made safe for Markdown and HTML."""

from __future__ import annotations

import re

ACTIVE = re.compile(r"[\\`*_{}\[\]()#+\-.!|~<>&\"'^=:$@/]")


def safe(words: str) -> str:
    """Words that neither Markdown nor HTML nor a template acts on; line breaks become spaces.

    >>> safe("<b>*Now*</b>")
    '&#60;b&#62;&#42;Now&#42;&#60;&#47;b&#62;'
    """
    words = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+", " ", words)
    words = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]", "", words)
    return ACTIVE.sub(lambda m: f"&#{ord(m[0])};", words)
