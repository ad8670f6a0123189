"""Briefings → Corpus."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from readout.corpus import decisions, history, identity
from readout.corpus.identity import newest_first
from readout.records import Briefing, Corpus, Problem


def corpus(
    folder: Path, briefings: Iterable[Briefing], edited: Iterable[str]
) -> tuple[Corpus, list[Problem]]:
    """The corpus of usable briefings; `folder` holds `decisions.toml`, `edited` are paths of touched files.

    The problems are those of `decisions.toml`: what is not understood, names nobody, or contradicts itself.
    """
    decided, problems = decisions.read(folder)
    shown = f"{folder.name}/decisions.toml"
    ordered = newest_first(briefings)
    identities, found = identity.linked(ordered, decided, shown)
    threads, more = history.threaded(ordered, identities, decided, shown)
    told = sorted([*problems, *found, *more], key=lambda p: (p.line or 0, p.message))
    return Corpus(ordered, frozenset(Path(p).stem for p in edited), identities, threads), told
