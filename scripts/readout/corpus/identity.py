"""Who is the same across briefings."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from readout.records import Actor, Briefing, Decision, Identity


def key(actor: Actor) -> tuple[str, str]:
    """What two mentions of one actor share: its kind and its name without accents and case."""
    name = unicodedata.normalize("NFKD", actor.name).encode("ascii", "ignore").decode().lower()
    return actor.kind, re.sub(r"[^a-z0-9]+", "-", name).strip("-") or actor.id


def link(briefings: Sequence[Briefing], decisions: Sequence[Decision] = ()) -> tuple[Identity, ...]:
    """One identity for everyone in the briefings, by id; the order of the briefings does not matter.

    First version: same kind and same name, same actor.
    """
    groups: dict[tuple[str, str], list[tuple[Briefing, Actor]]] = {}
    for briefing in briefings:
        for actor in briefing.actors:
            groups.setdefault(key(actor), []).append((briefing, actor))
    taken = Counter(name for _, name in groups)
    identities = []
    for (kind, name), found in groups.items():
        names = Counter(a.name for _, a in found)
        usual = max(sorted(names), key=lambda n: names[n])
        aliases = Counter(alias for _, a in found for alias in (a.name, *a.aliases) if alias != usual)
        identities.append(
            Identity(
                id=name if taken[name] == 1 else f"{name}-{kind}",
                name=usual,
                kind=kind,
                aliases=tuple(sorted(aliases, key=lambda n: (-aliases[n], n))),
                members=tuple((b.header.slug, a.id) for b, a in found),
            )
        )
    return tuple(sorted(identities, key=lambda i: i.id))
