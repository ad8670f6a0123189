"""Briefings → Corpus."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from readout.corpus import decisions, history, identity
from readout.records import Briefing, Corpus, Problem


def newest_first(briefings: Iterable[Briefing]) -> tuple[Briefing, ...]:
    """By date of publication, newest first, those without a date last; then by slug."""
    ordered = sorted(briefings, key=lambda b: b.header.slug)
    dated = sorted((b for b in ordered if b.header.published), key=lambda b: b.header.published or "", reverse=True)
    return (*dated, *(b for b in ordered if not b.header.published))


def corpus(folder: Path, briefings: Iterable[Briefing], edited: Iterable[str]) -> tuple[Corpus, list[Problem]]:
    """The corpus of usable briefings; `folder` holds `decisions.toml`, `edited` are paths of touched files."""
    decided, problems = decisions.read(folder)
    ordered = newest_first(briefings)
    identities = identity.link(ordered, decided)
    threads = history.threads(ordered, identities, decided)
    return Corpus(ordered, frozenset(Path(p).stem for p in edited), identities, threads), problems
