"""Small pages that lead from addresses a page once had to where it stands now."""

from __future__ import annotations

from collections.abc import Iterable

from readout.pages.atlas import Atlas
from readout.pages.words import esc
from readout.records import Page


def pages(atlas: Atlas) -> Iterable[Page]:
    """One for each former id; plain HTML, which MkDocs copies as it stands."""
    for folder, found in (("actors", atlas.identities.values()), ("moves", atlas.threads.values())):
        taken = {item.id for item in found}
        for item in found:
            for old in item.former:
                if old not in taken and "/" not in old:
                    yield Page(
                        f"{folder}/{old}/index.html",
                        redirect(f"../{item.id}/", getattr(item, "name", "") or getattr(item, "label", "")),
                    )


def redirect(where: str, name: str) -> str:
    """A page that leads on by itself, and by a link."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url={esc(where)}"><link rel="canonical" href="{esc(where)}">'
        f'<title>Moved: {esc(name)}</title></head>\n<body><main><h1>Moved</h1><p><a href="{esc(where)}">{esc(name)}</a></p></main></body></html>\n'
    )
