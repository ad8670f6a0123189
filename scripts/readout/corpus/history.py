"""Moves that are the same act, across briefings: threads with a dated history of their status."""

from __future__ import annotations

from collections.abc import Sequence

from readout.records import Briefing, Decision, Event, Identity, Move, Thread


def move_id(move: Move) -> str:
    """A move's permalink on its briefing's page: stays as long as the article does."""
    return f"m-{move.trigger.span.start}"


def threads(briefings: Sequence[Briefing], identities: Sequence[Identity], decisions: Sequence[Decision] = ()) -> tuple[Thread, ...]:
    """The threads of all moves, by latest event, newest first; the order of the briefings does not matter.

    First version: every move is a thread of its own.
    """
    who = {member: i.id for i in identities for member in i.members}
    found = []
    for b in briefings:
        slug = b.header.slug
        for index, move in enumerate(b.moves):
            found.append(
                Thread(
                    id=f"{slug}-{move_id(move)}",
                    type=move.type,
                    label=move.label,
                    status=move.status,
                    actors=tuple(who.get((slug, a), a) for a in move.actors),
                    targets=tuple(who.get((slug, a), a) for a in move.targets),
                    events=(Event(slug, index, b.header.published, move.status),),
                )
            )
    found.sort(key=lambda t: t.id)
    return tuple(sorted(found, key=lambda t: t.events[-1].date or "", reverse=True))
