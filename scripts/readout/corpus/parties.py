"""Who acts and at whom, across articles: a state is met again as its president, its ministry, its capital."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from readout.corpus import spelling, standing
from readout.corpus.identity import canonical, home, is_generic
from readout.corpus.spelling import Words
from readout.records import Actor, Briefing, Identity

LEADERS = standing.HEADS_OF_STATE | {
    "general",
    "commander",
    "chief",
    "mayor",
    "senator",
    "speaker",
    "chairman",
    "chairwoman",
}


POSSESSIVE = re.compile(r"[’']s\b")


class Party(NamedTuple):
    """One of those a move names, and whom else it stands for."""

    key: str
    """An identity's id, or `=` and its words."""
    states: frozenset[str]
    """Keys of the states and bodies it acts for, and its own where it is one."""
    perhaps: frozenset[str]
    """Keys of states it may act for: an officer of a government the article does not name with it."""
    words: frozenset[str]
    """Its folded words, where it is no identity."""
    person: bool


def same(a: Party, b: Party) -> float:
    """How far two parties are one: 1 the same, 0.8 a state and its leader, 0.4 perhaps so, 0 not.

    Two officers of one state stand for it each (0.6), where the articles name the state itself as an actor.
    """
    if a.key == b.key:
        return 1.0
    if a.person and b.person:
        return 0.6 if any(not key.startswith("=") for key in a.states & b.states) else 0.0
    if a.words and b.words:
        return 0.9 if len(a.words & b.words) * 2 > min(len(a.words), len(b.words)) else 0.0
    if a.states & b.states:
        return 0.8
    if (a.perhaps & b.states) or (b.perhaps & a.states):
        return 0.4
    return 0.0


class Registry:
    """Knows the parties of briefings, read in the order of publication; what it learns serves later ones."""

    def __init__(self, identities: Sequence[Identity]) -> None:
        self.who = {member: i for i in identities for member in i.members}
        self.ids: dict[Words, str] = {}
        """Words of a name of a country or body → its identity's id; of two, that with more members."""
        for i in sorted(identities, key=lambda i: (-len(i.members), i.id)):
            if i.kind != "person":
                for name in (i.name, *i.aliases):
                    if name == i.name or spelling.is_acronym(name) or len(spelling.plain(name)) > 1:
                        self.ids.setdefault(spelling.plain(name), i.id)
        self.names: dict[tuple[str, str], str] = {}
        """(slug, actor id) → the name there, for actors that a decision leaves out."""
        self.serves: dict[str, dict[str, None]] = {}
        """Identity's id → the keys of the states and bodies it acted for, as far as read."""
        self.stems: dict[str, dict[str, str]] = {}
        """First four letters → single words of names that begin so, with their keys, as far as read."""
        self.states: set[str] = set()
        """Keys of names with an adjective, as far as read: states, whatever kind an article takes them
        for."""

    def state(self, name: str) -> str:
        """The key of a country or body by its usual name."""
        return self.ids.get(spelling.plain(name), "=" + " ".join(spelling.plain(name)))

    def key(self, slug: str, actor: str) -> str:
        """The id of an actor's identity; its own words where a decision leaves it out."""
        found = self.who.get((slug, actor))
        return found.id if found else "=" + " ".join(spelling.plain(actor))

    def kind(self, slug: str, actor: Actor) -> str:
        """An actor's kind, as all articles together have it."""
        found = self.who.get((slug, actor.id))
        return found.kind if found else actor.kind

    def served(self, actor: Actor, briefing: Briefing) -> list[str]:
        """The states and bodies that this briefing says an actor acts for."""
        found: dict[str, None] = {}
        slug = briefing.header.slug
        if actor.kind == "person":
            for role in actor.roles:
                read = standing.read(role.title, role.status)
                if read.past:
                    continue
                found.update(dict.fromkeys(self.state(n) for n in sorted(read.nations)))
                found.update(dict.fromkeys(self.named(read, role.title, briefing)))
                # A state that this article names in the role alone.
                found.update(dict.fromkeys("=" + word for word in sorted(read.proper)))
        elif actor.kind == "organization":
            words, nations = home(canonical(actor.name, actor.kind))
            if nations and is_generic(words):
                found.update(dict.fromkeys(self.state(n) for n in sorted(nations)))
        elif actor.kind == "group":
            # A people, for its state.
            word = spelling.folded(actor.name).removesuffix("s")
            found.update(dict.fromkeys(self.state(n) for n in sorted(spelling.nations(actor.name))))
            for other in briefing.actors:
                if (
                    other is not actor
                    and " " not in other.name
                    and spelling.adjective(word, spelling.folded(other.name))
                ):
                    found[self.key(slug, other.id)] = None
        elif actor.kind in {"place", "country"}:
            town = spelling.capitals().get(spelling.plain(actor.name))
            if town and actor.kind == "place":
                found[self.state(town)] = None
        return [key for key in found if key != self.key(slug, actor.id)]

    def named(self, read: standing.Standing, title: str, briefing: Briefing) -> Iterable[str]:
        """Keys of the briefing's countries and bodies that a role names (`Varnian president`, `NATO
        chief`)."""
        words = spelling.plain(POSSESSIVE.sub("", title))
        loose = frozenset(words)
        for other in briefing.actors:
            if other.kind not in {"country", "organization", "place", "group"}:
                continue
            for name in (other.name, *other.aliases):
                parts = [w for w in spelling.plain(name) if w not in spelling.SMALL]
                if not parts or (len(parts) == 1 and parts[0] in standing.walks()):
                    continue
                if (len(parts) > 1 or name[:1].isupper()) and set(parts) <= loose:
                    yield self.key(briefing.header.slug, other.id)
                    break
                if (
                    other.kind == "country"
                    and len(parts) == 1
                    and any(spelling.adjective(w, parts[0]) for w in read.proper)
                ):
                    yield self.key(briefing.header.slug, other.id)
                    break

    def read(self, briefing: Briefing) -> None:
        """Learn from a briefing whom its actors act for."""
        for actor in briefing.actors:
            self.names[briefing.header.slug, actor.id] = actor.name
            self.learn(actor, self.key(briefing.header.slug, actor.id))
            keys = self.served(actor, briefing)
            if keys:
                known = self.serves.setdefault(self.key(briefing.header.slug, actor.id), {})
                known.update(dict.fromkeys(keys))

    def learn(self, actor: Actor, key: str) -> None:
        """Note an actor's names of one word, and which of them is the adjective of another."""
        for name in (actor.name, *actor.aliases):
            word = spelling.folded(name)
            if " " in word or len(word) < 4 or not name[:1].isupper():
                continue
            known = self.stems.setdefault(word[:4], {})
            if word in known:
                continue
            known[word] = key
            for other, whose in known.items():
                if spelling.adjective(word, other):
                    self.states.add(whose)
                elif spelling.adjective(other, word):
                    self.states.add(key)

    def parties(
        self, briefing: Briefing, named: Sequence[str], aimed_at: Sequence[str], label: str = ""
    ) -> tuple[Party, ...]:
        """The parties that a move names; `aimed_at` are its targets, for whom none of its actors acts.

        An officer may act for a country of the article, or a body that the label names (`League observers`).
        """
        slug = briefing.header.slug
        actors = {a.id: a for a in briefing.actors}
        barred = {self.key(slug, t) for t in aimed_at if t in actors}
        countries = [
            self.key(slug, a.id)
            for a in briefing.actors
            if a.kind == "country"
            or self.key(slug, a.id) in self.states
            or (a.kind == "organization" and any(in_label(n, label) for n in (a.name, *a.aliases)))
        ]
        found: dict[str, Party] = {}
        for one in named:
            actor = actors.get(one)
            if actor is None:
                hit = self.ids.get(spelling.plain(one))
                words = frozenset(w.removesuffix("s") for w in spelling.plain(one) if w not in spelling.SMALL)
                key = hit or "=" + " ".join(sorted(words))
                states = frozenset({hit}) if hit else frozenset(self.state(n) for n in spelling.nations(one))
                found[key] = Party(key, states, frozenset(), frozenset() if hit else words, False)
                continue
            key = self.key(slug, one)
            states = frozenset(self.serves.get(key, ()))
            perhaps: frozenset[str] = frozenset()
            if self.kind(slug, actor) == "person":
                offices = [standing.read(r.title, r.status) for r in actor.roles]
                # A word of a role may be a state, or not (“Prime Minister”): it settles nothing.
                if all(k.startswith("=") for k in states) and (
                    any(o.office in LEADERS for o in offices) or not offices
                ):
                    perhaps = frozenset(c for c in countries if c not in barred)
            else:
                states |= {key, "=" + " ".join(spelling.plain(canonical(actor.name, actor.kind)))}
                if actor.kind == "organization" and is_generic(home(actor.name)[0]):
                    perhaps = frozenset(c for c in countries if c not in barred)
            found[key] = Party(key, states, perhaps, frozenset(), self.kind(slug, actor) == "person")
        return tuple(found.values())


def in_label(name: str, label: str) -> bool:
    """Whether a label names a body, in full or by the first word of a long name.

    >>> in_label("League of Coastal States", "League observers"), in_label("Red Lamp Society", "red line")
    (True, False)
    """
    first, *rest = name.split()
    return name in label or (
        len(rest) > 1 and len(first) > 4 and re.search(rf"\b{re.escape(first)}\b", label) is not None
    )
