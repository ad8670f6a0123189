"""Who is the same across briefings: one actor, one page, one permalink.

Briefings are taken in the order of their publication, whatever order they come in. Each of their actors joins
the identity that its name and the evidence speak for, or begins a new one. So an article added later changes
nothing that earlier ones have settled, and no page is ever renamed by it: an identity's id is the slug of the
name in the earliest briefing that has it; where an earlier identity bears that slug already, what tells
the two apart is put behind it (kind, role, country, else the date). An article added with an earlier date
can begin the identity; the address it had stays in `former`.

For and against: how alike the names are (`spelling`), what the roles say (`standing`), and who else is named
beside them. Two actors that one article keeps apart stay apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from readout import lexicon
from readout.corpus import decisions as words_of_people
from readout.corpus import spelling, standing
from readout.corpus.spelling import Words
from readout.corpus.standing import Standing
from readout.records import Actor, Briefing, Decision, Identity, Problem
from readout.slugs import slug

Member = tuple[str, str]

ENOUGH = 1.0
"""The score from which two actors are one."""
CLOSE = 0.25
"""Within this of the best, a second fitting identity makes the choice a guess."""
CROWD = 24
"""Of more bearers of one surname, only those last named are weighed."""


@cache
def institutions(part: str) -> frozenset[str]:
    """Words that end (`head`) or begin (`modifier`) the names of institutions every country has."""
    return frozenset(
        word for row in lexicon.rows("institutions", 2) if row[0] == part for word in row[1].split()
    )


@dataclass(slots=True)
class Person:
    """One actor of one briefing, prepared for comparison."""

    member: Member
    actor: Actor
    date: str | None
    names: tuple[Words, ...]
    """`spelling.person` or `.plain` of its name and of the aliases that can stand alone; the name first."""
    acronyms: frozenset[str]
    """Names written as acronyms, folded."""
    suffix: str
    roles: tuple[Standing, ...]
    nations: frozenset[str]
    """Countries in its name, for a body."""
    beside: frozenset[str]
    """Names of the others in the briefing, without its countries."""
    around: frozenset[str]
    """The countries the briefing is most about."""
    shadowed: bool = False
    """Whether it is a surname, and the briefing has the full name of another who bears it."""


@dataclass(slots=True)
class Group:
    """An identity in the making."""

    id: str
    kind: str
    order: int
    """How many began before it."""
    members: list[Person] = field(default_factory=list)
    names: dict[Words, None] = field(default_factory=dict)
    suffixes: set[str] = field(default_factory=set)
    roles: dict[Standing, None] = field(default_factory=dict)
    nations: set[str] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    homes: frozenset[str] = frozenset()
    """Countries it may belong to: the fewer, the more articles have named it."""
    slugs: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    former: list[str] = field(default_factory=list)
    into: Group | None = None
    """The group it was made part of."""

    def add(self, one: Person) -> None:
        """Take a member in."""
        self.members.append(one)
        self.names.update(dict.fromkeys(one.names))
        self.suffixes.add(one.suffix)
        self.roles.update(dict.fromkeys(one.roles))
        self.nations |= one.nations
        self.acronyms |= one.acronyms
        self.beside |= one.beside
        own = one.nations or one.around
        self.homes = (self.homes & own) or self.homes or own
        self.slugs.add(one.member[0])
        self.kinds.add(one.actor.kind)


# ------------------------------------------------------------------ preparing
@lru_cache(maxsize=65536)
def canonical(name: str, kind: str) -> str:
    """The usual name of a country or standing body, else the name itself."""
    words = spelling.plain(name)
    if kind != "person":
        if kind in {"country", "group"} and words in spelling.countries():
            return spelling.countries()[words]
        if kind == "organization" and words in spelling.bodies():
            return spelling.bodies()[words]
    return name


@lru_cache(maxsize=65536)
def page_slug(name: str, kind: str) -> str:
    """The slug of an actor's usual name."""
    return slug(canonical(name, kind))


def stands_alone(alias: str, kind: str, name: str) -> bool:
    """Whether an alias says by itself who is meant: a full name, an acronym, a known body; not `the Fund`."""
    if kind == "person":
        return len(spelling.person(alias)) > 1
    if kind == "place":
        return False
    words = spelling.plain(alias)
    if spelling.is_acronym(alias) or words in spelling.countries() or words in spelling.bodies():
        return True
    if kind == "country":
        # `Varnian` beside Varnia; not its capital, which is a town as well.
        mine, theirs = spelling.folded(alias), spelling.folded(name)
        return spelling.adjective(mine, theirs) or spelling.adjective(theirs, mine)
    # Other short forms serve within one article only.
    return len(words) > 1


def home(name: str) -> tuple[Words, frozenset[str]]:
    """A body's name without the country in it, and that country (`Peruvian Foreign Ministry`).

    The words of an institution every country has stand in alphabetical order: a `Ministry of Foreign Affairs`
    is a foreign ministry.
    """
    words = spelling.plain(name)
    found = spelling.nations(name)
    if not found:
        return (
            tuple(sorted(w for w in words if w not in spelling.SMALL)) if is_generic(words) else words
        ), found
    table = spelling.nationalities()
    rest: list[str] = []
    at = 0
    while at < len(words):
        size = next(
            (n for n in (4, 3, 2, 1) if table.get(words[at : at + n]) in found and at + n <= len(words)), 0
        )
        if not size:
            rest.append(words[at])
        at += size or 1
    left = tuple(w for w in rest if w not in spelling.SMALL) or words
    return (tuple(sorted(left)) if is_generic(left) else left), found


@lru_cache(maxsize=65536)
def is_generic(words: Words) -> bool:
    """Whether a body's name, its country taken out, is one that many countries have (`foreign ministry`)."""
    bare = [w for w in words if w not in spelling.SMALL]
    heads = institutions("head")
    return any(w in heads for w in bare) and all(w in heads or w in institutions("modifier") for w in bare)


def prepare(briefing: Briefing) -> list[Person]:
    """The actors of a briefing, the most central first as they stand in it."""
    actors = briefing.actors
    keys = [
        (
            a,
            " ".join(
                spelling.person(a.name) if a.kind == "person" else spelling.plain(canonical(a.name, a.kind))
            ),
        )
        for a in actors
    ]
    top = max((a.salience for a in actors if a.kind == "country"), default=0.0)
    around = frozenset(
        canonical(a.name, "country") for a in actors if a.kind == "country" and a.salience >= 0.8 * top
    )
    if any(a.kind == "place" and spelling.plain(a.name) in spelling.states() for a in actors):
        around |= {"United States"}
    bearers = {
        spelling.sound(w[-1]) for a in actors if a.kind == "person" and len(w := spelling.person(a.name)) > 1
    }
    people = frozenset(k for a, k in keys if a.kind != "country")
    found = []
    for actor, own in keys:
        names: dict[Words, None] = {}
        acronyms: set[str] = set()
        nations: frozenset[str] = frozenset()
        for name in (actor.name, *actor.aliases):
            if name is not actor.name and not stands_alone(name, actor.kind, actor.name):
                continue
            if actor.kind == "person":
                words = spelling.person(name)
            else:
                # An acronym beside a long name is that name's, whatever body is known by it elsewhere.
                usual = canonical(name, actor.kind) if name is actor.name else name
                if actor.kind in {"organization", "group"} and usual == name and spelling.is_acronym(name):
                    acronyms.add(spelling.folded(name).replace(".", "").replace("-", ""))
                words = spelling.plain(usual)
                if actor.kind == "organization":
                    words, more = home(usual)
                    nations |= more
            if words:
                names[words] = None
        found.append(
            Person(
                (briefing.header.slug, actor.id),
                actor,
                briefing.header.published,
                tuple(names) or ((actor.id,),),
                frozenset(acronyms),
                spelling.suffix(actor.name) if actor.kind == "person" else "",
                standing.of(actor.roles),
                nations,
                people - {own},
                around,
                actor.kind == "person"
                and all(len(n) == 1 and spelling.sound(n[0]) in bearers for n in names),
            )
        )
    return found


# ------------------------------------------------------------------ comparing
def beside(one: Person, group: Group) -> float:
    """What the company says: half a point for each name shared with the other's articles, up to one."""
    return min(1.0, 0.5 * len(one.beside & group.beside)) if one.beside else 0.0


def person_score(one: Person, group: Group) -> float | None:
    """How far a person and an identity are one; None where they cannot be."""
    strongest = None
    for mine in one.names:
        for theirs in group.names:
            strength = spelling.people(mine, theirs)
            if strength is None:
                return None
            strongest = strength if strongest is None else max(strongest, strength)
    if strongest is None:
        return None
    if one.suffix not in group.suffixes:
        # Father and son; newspapers leave the “Jr.” out as well, so roles may overrule one that is missing.
        if one.suffix and any(group.suffixes - {""}):
            return None
        strongest -= 1.4
    roles = standing.verdict(one.roles, tuple(group.roles))
    if strongest < spelling.INITIALS and roles >= 0.6 and far_apart(one, group):
        roles = 0.0  # two presidents of one surname, an age apart
    if one.shadowed and any(len(n) > 1 for n in group.names):
        return None  # not the one its own article names in full, so who is open
    if strongest == spelling.SURNAME and roles <= 0:
        return None  # never by surname and company alone
    company = beside(one, group)
    if one.around and group.homes and not one.around & group.homes:
        company -= 0.25
    return strongest + roles + company


def far_apart(one: Person, group: Group) -> bool:
    """Whether more than six years lie between an actor and the nearest of an identity's."""
    years = [int(m.date[:4]) for m in group.members if m.date]
    return bool(years) and one.date is not None and min(abs(int(one.date[:4]) - y) for y in years) > 6


COMPATIBLE = {
    frozenset({"country", "group"}): -0.6,
    frozenset({"country", "place"}): -0.6,
    frozenset({"country", "organization"}): -0.8,
    frozenset({"organization", "group"}): -0.3,
    frozenset({"place", "organization"}): -1.3,
    frozenset({"place", "group"}): -0.8,
}
"""What two kinds of one name take off the score: a name with little around it is read now so, now so."""


def body_score(one: Person, group: Group) -> float | None:
    """How far a body, country, place or group and an identity are one; None where they cannot be."""
    kinds = [
        0.0 if one.actor.kind == k else COMPATIBLE.get(frozenset({one.actor.kind, k}), -9.0)
        for k in sorted(group.kinds)
    ]
    less = max(kinds)
    same = [n for n in one.names if n in group.names]
    if less < -0.1 and any(n in spelling.countries() and n in spelling.states() for n in same):
        return None  # Georgia, Georgia
    if same:
        score = 2.0 + less
        own = one.nations or one.around
        elsewhere = bool(own) and bool(group.homes) and not own & group.homes
        if one.nations and group.nations and not one.nations & group.nations:
            return None
        if all(len(n) == 1 and n[0] in one.acronyms for n in same):
            if any(len(n) > 1 for n in one.names) and any(len(n) > 1 for n in group.names):
                return None  # one acronym, two long names
            score -= 1.2 if elsewhere else 0.6
        if one.nations & group.nations:
            return score
        if all(is_generic(n) for n in same):
            # Every country has a foreign ministry: whose it is, the article's countries say.
            if elsewhere:
                return None
            score += 0.2 if own and group.homes else -1.2
        elif bool(one.nations) != bool(group.nations) and one.actor.kind == "organization":
            score -= 1.2  # the Times, the Times of India
    else:
        spelled = any(a in spelling.acronyms(n) for a in one.acronyms for n in group.names) or any(
            a in spelling.acronyms(n) for a in group.acronyms for n in one.names
        )
        if not spelled or (any(len(n) > 1 for n in one.names) and any(len(n) > 1 for n in group.names)):
            return None
        score = 0.5 + less
    company = beside(one, group)
    if one.around & group.homes:
        company += 0.25
    return score + company


def unsure_score(one: Person, group: Group) -> float | None:
    """As `score`, where a name of one word is a person's in one article and a body's or a place's in another.

    A word that no article gives a role, in the same company each time, is read wrongly in one of them.
    """
    if one.roles or group.roles or one.names[0] in spelling.countries():
        return None
    if any(len(n) > 1 for n in (*one.names, *group.names)) or one.names[0] not in group.names:
        return None
    return 0.6 + beside(one, group) + (0.25 if one.around & group.homes else 0.0)


def score(one: Person, group: Group) -> float | None:
    """How far an actor and an identity are one, from `ENOUGH` upwards; None where they cannot be."""
    if one.member[0] in group.slugs:
        return None
    persons = "person" in group.kinds
    if one.actor.kind == "person" and group.kinds == {"person"}:
        return person_score(one, group)
    if one.actor.kind != "person" and not persons:
        return body_score(one, group)
    return unsure_score(one, group)


# ------------------------------------------------------------------ finding what to compare
class Index:
    """Finds the identities whose names may be an actor's, without looking at all."""

    def __init__(self) -> None:
        self.at: dict[str, list[Group]] = {}

    def put(self, group: Group, one: Person) -> None:
        """Make a group findable under an actor's names."""
        for key in self.keys(one, stored=True):
            groups = self.at.setdefault(key, [])
            if not any(g is group for g in groups):
                groups.append(group)

    def keys(self, one: Person, stored: bool) -> list[str]:
        """Under what an actor is stored, or looked for."""
        keys: dict[str, None] = {}
        if one.actor.kind != "person":
            for words in one.names:
                keys["= " + " ".join(words)] = None
                for short in sorted(spelling.acronyms(words)):
                    keys[("~ " if stored else "# ") + short] = None
            for short in sorted(one.acronyms):
                keys[("# " if stored else "~ ") + short] = None
            return list(keys)
        for words in one.names:
            if len(words) == 1 and not one.roles:
                keys["= " + words[0]] = None
            keys["full " + "".join(sorted("".join(words).replace("-", "")))] = None
            core = [w for w in words if w not in spelling.PARTICLES] or list(words)
            last = core[-1].removeprefix("al-").removeprefix("el-")
            ends = dict.fromkeys(
                [spelling.sound(last), *(spelling.sound(w) for w in last.split("-") if len(w) > 3)]
            )
            if len(core) == 1:
                keys.update(dict.fromkeys(f"lone {end}" for end in ends))
                if not stored:
                    keys.update(dict.fromkeys([*(f"last {end}" for end in ends), f"first {core[0]}"]))
                continue
            if len(core) > 2:
                ends[spelling.sound(core[1])] = None
            for end in ends:
                firsts = [core[0], core[1]] if len(core) > 2 and spelling.initial(core[0]) else core[:1]
                for first in firsts:
                    if stored:
                        keys.update(
                            dict.fromkeys(
                                [f"last {end}", f"{end} {spelling.sound(first)}", f"{end} {first[0]}."]
                            )
                        )
                        if spelling.initial(first):
                            keys[f"{end} {first[0]}"] = None
                        continue
                    forms = {first, *spelling.nicknames().get(first, ())}
                    keys.update(dict.fromkeys(f"{end} {spelling.sound(f)}" for f in sorted(forms)))
                    keys.update(dict.fromkeys(f"{end} {letter}" for letter in sorted({f[0] for f in forms})))
                    if spelling.initial(first):
                        keys[f"{end} {first[0]}."] = None
                if not stored:
                    keys[f"lone {end}"] = None
            if stored:
                keys[f"first {core[0]}"] = None
        return list(keys)

    def candidates(self, one: Person) -> list[Group]:
        """Identities to weigh, in the order of their first member; each once."""
        found: dict[int, Group] = {}
        for key in self.keys(one, stored=False):
            groups = self.at.get(key, ())
            for group in groups[-CROWD:]:
                while group.into:
                    group = group.into
                found.setdefault(id(group), group)
        return list(found.values())


# ------------------------------------------------------------------ linking
def new_id(one: Person, taken: dict[str, Group]) -> str:
    """The id of an identity that begins with this actor: from this actor and those before it alone."""
    base = page_slug(one.actor.name, one.actor.kind)
    if base not in taken:
        return base
    tails: list[str] = []
    if taken[base].kind != one.actor.kind:
        tails.append(one.actor.kind)
    tails += [slug(r.title)[:40].strip("-") for r in one.actor.roles[:1]]
    tails += [
        slug(n) for n in sorted(one.nations or (one.around if one.actor.kind == "organization" else ()))[:1]
    ]
    tails += [one.date or "", one.member[0], f"{one.member[0]}-{one.member[1]}"]
    for tail in tails:
        if tail and f"{base}-{tail}" not in taken:
            return f"{base}-{tail}"
    return next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)


def may_join(a: Group, b: Group) -> bool:
    """Whether two identities that one actor fits can be one: no article, name or role speaks against it."""
    if a.slugs & b.slugs:
        return False
    if "person" in a.kinds | b.kinds:
        if a.kinds | b.kinds != {"person"}:
            return False
        if len({*a.suffixes, *b.suffixes} - {""}) > 1:
            return False
        if any(spelling.people(x, y) is None for x in a.names for y in b.names):
            return False
        return standing.verdict(tuple(a.roles), tuple(b.roles)) > -0.5
    return not (a.nations and b.nations) or bool(a.nations & b.nations)


def in_order(briefings: Iterable[Briefing]) -> list[Briefing]:
    """By date of publication, oldest first, those without a date last; then by slug."""
    return sorted(
        briefings, key=lambda b: (b.header.published is None, b.header.published or "", b.header.slug)
    )


def newest_first(briefings: Iterable[Briefing]) -> tuple[Briefing, ...]:
    """By date of publication, newest first, those without a date last; then by slug."""
    ordered = sorted(briefings, key=lambda b: b.header.slug)
    dated = sorted(
        (b for b in ordered if b.header.published), key=lambda b: b.header.published or "", reverse=True
    )
    return (*dated, *(b for b in ordered if not b.header.published))


class Linker:
    """Takes the actors of briefings in the order of publication and groups them."""

    def __init__(self, said: words_of_people.AboutActors) -> None:
        self.apart, self.together, self.apart_ids = said.apart, said.together, said.apart_ids
        self.groups: list[Group] = []
        self.taken: dict[str, Group] = {}
        self.index = Index()
        self.home: dict[Member, Group] = {}

    def where(self, member: Member) -> Group | None:
        """The identity an actor stands in now."""
        group = self.home.get(member)
        while group and group.into:
            group = group.into
        return group

    def join(self, a: Group, b: Group) -> Group:
        """Make two identities one, under the id of the earlier."""
        if a is b:
            return a
        first, second = (a, b) if a.order < b.order else (b, a)
        for one in second.members:
            first.add(one)
        first.former += [second.id, *second.former]
        second.into = first
        return first

    def place(self, one: Person) -> None:
        """Put an actor where it belongs."""
        group = self.wanted(one) or self.found(one)
        if group is None:
            group = self.begin(one)
        else:
            group.add(one)
        self.index.put(group, one)
        self.home[one.member] = group

    def begin(self, one: Person) -> Group:
        """A new identity for an actor."""
        group = Group(new_id(one, self.taken), one.actor.kind, len(self.groups))
        self.taken[group.id] = group
        self.groups.append(group)
        group.add(one)
        return group

    def wanted(self, one: Person) -> Group | None:
        """Where a person's decision puts it."""
        for other in sorted(self.together.get(one.member, ())):
            group = self.where(other)
            if group:
                return group
        return None

    def found(self, one: Person) -> Group | None:
        """The identity that evidence puts it in; None where none does, or two that cannot be told apart."""
        barred = {id(self.where(m)) for m in self.apart.get(one.member, ())}
        weighed: list[tuple[float, int, Group]] = []
        for at, group in enumerate(self.index.candidates(one)):
            if id(group) in barred:
                continue
            value = score(one, group)
            if value is not None and value >= ENOUGH:
                weighed.append((-round(value, 3), at, group))
        if not weighed:
            return None
        weighed.sort(key=lambda w: w[:2])
        best = weighed[0][2]
        for value, _, other in weighed[1:]:
            if may_join(best, other) and not self.kept_apart(best, other):
                best = self.join(best, other)
            elif value - weighed[0][0] < CLOSE and not self.one_kept_twice(best, other):
                return None
        return best

    def one_kept_twice(self, a: Group, b: Group) -> bool:
        """Whether two identities that an article keeps apart seem to be one: same name, same office.

        Then it matters less which of them a third joins than that it joins one.
        """
        return bool(a.names.keys() & b.names.keys()) and (
            standing.verdict(tuple(a.roles), tuple(b.roles)) >= 0.6 or "person" not in a.kinds
        )

    def kept_apart(self, a: Group, b: Group) -> bool:
        """Whether a decision keeps members of two identities apart."""
        if any(frozenset({x, y}) in self.apart_ids for x in (a.id, *a.former) for y in (b.id, *b.former)):
            return True
        return bool(self.apart) and any(
            o.member in self.apart.get(m.member, ()) for m in a.members for o in b.members
        )


def usual_name(group: Group) -> str:
    """The name most briefings use; a full one before a surname, the earliest of equals."""
    counts: Counter[str] = Counter()
    for one in group.members:
        counts[canonical(one.actor.name, one.actor.kind)] += 1
    order = list(counts)
    if group.kind == "country":
        order = [
            n
            for n in order
            if not any(n != m and spelling.adjective(spelling.folded(n), spelling.folded(m)) for m in order)
        ] or order
    full = [
        n
        for n in order
        if (len(spelling.person(n)) > 1 if "person" in group.kinds else not spelling.is_acronym(n))
    ]
    return max(full or order, key=lambda n: (counts[n], -order.index(n)))


def usual_kind(group: Group) -> str:
    """The kind most briefings give; the earliest of equals.

    Where a name of one word is read as a person's and as something else's, it is something else's.
    """
    kinds = Counter(one.actor.kind for one in group.members)
    if len(kinds) > 1:
        del kinds["person"]
    return max(kinds, key=lambda k: (kinds[k], -list(kinds).index(k)))


def pointers(groups: Sequence[Group]) -> dict[str, list[str]]:
    """Id → other ids that links may have: of groups made part of it, and of its members' other names.

    Had an article with another of its names come first, the page would bear that one; so links to it keep
    working when an earlier article is added later.
    """
    taken = {g.id for g in groups}
    found: dict[str, list[str]] = {}
    # Addresses that a page did have come before those it might have had.
    had = [(g, name) for g in groups for name in g.former]
    might = [(g, page_slug(m.actor.name, m.actor.kind)) for g in groups for m in g.members]
    for group, name in (*had, *might):
        if name not in taken:
            taken.add(name)
            found.setdefault(group.id, []).append(name)
    return found


def linked(
    briefings: Sequence[Briefing], decisions: Sequence[Decision] = (), path: str = words_of_people.SHOWN
) -> tuple[tuple[Identity, ...], list[Problem]]:
    """One identity for everyone in the briefings, by id, and the decisions that could not be followed.

    The order of the briefings does not matter. A person's word (`merge`, `never-merge`, `rename`,
    `ignore`) comes before all evidence; `never-merge` comes before `merge`.
    """
    ordered = in_order(briefings)
    known = {(b.header.slug, a.id) for b in ordered for a in b.actors}
    said = words_of_people.about_actors(decisions, known, path)
    linker = Linker(said)
    for briefing in ordered:
        # Full names first, so that a surname cannot take the place of one.
        for one in sorted(prepare(briefing), key=lambda p: -len(p.names[0])):
            linker.place(one)
    hidden, renamed, problems = follow(linker, said, path)
    groups = [g for g in linker.groups if g.into is None and g.members]
    others = pointers(groups)
    rank = {b.header.slug: i for i, b in enumerate(newest_first(briefings))}
    identities = []
    for group in groups:
        members = [m for m in group.members if m.member not in hidden]
        if not members:
            continue
        name = renamed.get(group.id) or usual_name(group)
        aliases: Counter[str] = Counter()
        for one in members:
            aliases.update(list(dict.fromkeys((one.actor.name, *one.actor.aliases))))
        del aliases[name]
        members.sort(key=lambda m: (rank[m.member[0]], m.member[1]))
        identities.append(
            Identity(
                group.id,
                name,
                usual_kind(group),
                tuple(sorted(aliases, key=lambda n: (-aliases[n], n))),
                tuple(m.member for m in members),
                tuple(others.get(group.id, ())),
            )
        )
    return tuple(sorted(identities, key=lambda i: i.id)), [*said.problems, *problems]


def link(briefings: Sequence[Briefing], decisions: Sequence[Decision] = ()) -> tuple[Identity, ...]:
    """One identity for everyone in the briefings, by id; as `linked`, without the problems."""
    return linked(briefings, decisions)[0]


def follow(
    linker: Linker, said: words_of_people.AboutActors, path: str
) -> tuple[set[Member], dict[str, str], list[Problem]]:
    """Do what decisions ask of identities; members to hide, id → new name, and what could not be done."""
    problems: list[Problem] = []
    hidden: set[Member] = set()
    renamed: dict[str, str] = {}

    live = [g for g in linker.groups if g.into is None]
    known = {name: g for g in live for name in pointers(live).get(g.id, ())} if said.identities else {}

    def group_of(subject: str) -> Group | None:
        group = linker.taken.get(subject) or known.get(subject)
        while group and group.into:
            group = group.into
        return group

    def take_out(member: Member) -> Group:
        """An identity of its own for one member."""
        group = linker.where(member)
        assert group
        one = next(m for m in group.members if m.member == member)
        if len(group.members) == 1:
            return group
        rest = [m for m in group.members if m.member != member]
        fresh = Group(group.id, group.kind, group.order)
        for m in rest:
            fresh.add(m)
        for name in (
            "members",
            "names",
            "suffixes",
            "roles",
            "nations",
            "acronyms",
            "beside",
            "homes",
            "slugs",
            "kinds",
        ):
            setattr(group, name, getattr(fresh, name))
        alone = linker.begin(one)
        linker.home[member] = alone
        return alone

    def resolve(decision: Decision, alone: bool) -> list[Group]:
        """The identities a decision names; a single member is taken out of its own first where `alone`."""
        found: list[Group] = []
        for subject in decision.subjects:
            member = words_of_people.as_member(subject)
            group = (take_out(member) if alone else linker.where(member)) if member else group_of(subject)
            if group is None:
                problems.append(words_of_people.unknown(decision, subject, sorted(linker.taken), path))
            else:
                found.append(group)
        return found

    for decision in said.identities:
        places = [m for m in map(words_of_people.as_member, decision.subjects) if m]
        if decision.verb == "never-merge":
            # Identities stay apart by what the program does anyway; a single actor among them is taken out.
            groups = resolve(decision, alone=False)
            if len({id(g) for g in groups}) < len(groups):
                for place in places:
                    take_out(place)
        elif decision.verb == "merge":
            whole = [s for s in decision.subjects if not words_of_people.as_member(s)]
            groups = resolve(decision, alone=bool(whole))
            if len(groups) == len(decision.subjects):
                home = groups[0]
                for other in groups[1:]:
                    home = linker.join(home, other)
    for decision in said.identities:
        if decision.verb == "rename":
            for group in resolve(decision, alone=False):
                renamed[group.id] = decision.value or group.id
        elif decision.verb == "ignore":
            for subject in decision.subjects:
                member = words_of_people.as_member(subject)
                if member:
                    hidden.add(member)
                    continue
                found = group_of(subject)
                if found is None:
                    problems.append(words_of_people.unknown(decision, subject, sorted(linker.taken), path))
                else:
                    hidden |= {m.member for m in found.members}
    return hidden, renamed, problems
