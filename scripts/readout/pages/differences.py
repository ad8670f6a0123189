"""Accounts of one act that do not agree, side by side, with the rule that set them there."""

from __future__ import annotations

from readout.pages import taxonomy
from readout.pages.atlas import Atlas
from readout.pages.parts import source_line, status_chip
from readout.pages.words import clean, esc
from readout.records import Account, Difference, Span


def account_html(atlas: Atlas, difference: Difference, account: Account, root: str) -> str:
    """One side: outlet and date, the value, the words it rests on."""
    briefing = atlas.briefings.get(account.slug)
    where = (
        source_line(briefing, root, "#" + account.anchor)
        if briefing
        else esc(account.source or "outlet unknown")
    )
    value = ""
    if difference.about == "status":
        value = f"<p>{status_chip(account.value)}</p>"
    elif difference.about != "statement":
        value = f"<p>{esc(taxonomy.TERMS.get(difference.about, difference.about))}: <strong>{esc(account.value)}</strong></p>"
    words = evidence(atlas, account)
    return f'<div class="ro-side"><p class="ro-meta">{where}</p>{value}<blockquote class="ro-sentence">{words}</blockquote></div>'


def evidence(atlas: Atlas, account: Account) -> str:
    """The sentence that holds the words at issue, these marked; else the words alone."""
    from readout.pages.words import marked

    span: Span = account.passage.span
    briefing = atlas.briefings.get(account.slug)
    if briefing:
        for move in briefing.moves:
            for sentence in move.evidence:
                if sentence.span.covers(span) and sentence.span != span:
                    return marked(sentence, [(span, "")])
    return esc(clean(account.passage.words))


def difference_html(atlas: Atlas, difference: Difference, root: str) -> str:
    """The accounts side by side, with the rule."""
    sides = "".join(account_html(atlas, difference, a, root) for a in difference.accounts)
    return f'<div class="ro-differ"><div class="ro-sides">{sides}</div><p class="ro-hint">{esc(difference.rule)}</p></div>'
