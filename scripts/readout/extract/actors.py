"""Names → Cast: one actor for everyone the article speaks of, with all mentions.

The door to the rooms beside it: `merge` makes names into drafts, `roles` reads their offices, `coreference`
ties pronouns and descriptions to them, `salience` ranks them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from readout.extract import circles, coreference, gazetteer, merge, roles, salience, seams
from readout.extract.layout import laid
from readout.records import Actor, Cast, Doc, Mention, Move, Name, Parse, Quote, Span
from readout.slugs import slug


class Index:
    """Finds the actor at a place of the text; built once a cast, asked often.

    >>> # index.at(span_of_source), index.at_token(12), index.inside(sentence.span)
    """

    def __init__(self, doc: Doc, cast: Cast) -> None:
        self.cast = cast
        self.actors = {actor.id: actor for actor in cast.actors}
        found = [
            (m.span.start, -m.span.end, m.form, a, m)
            for table in (cast.mentions, cast.asides)
            for a, mentions in table.items()
            for m in mentions
        ]
        self.mentions: list[tuple[Mention, str]] = [(m, actor) for _, _, _, actor, m in sorted(found)]
        """All mentions and asides with their actors, in order; the longer first where two begin together."""
        self.exact = {m.span: actor for m, actor in reversed(self.mentions)}
        self.by_end: dict[int, str] = {}
        for mention, actor in self.mentions:
            # The longest that ends there: “the Indiana governor”, not a name inside it.
            self.by_end.setdefault(mention.span.end, actor)
        self.tokens: dict[int, str] = {}
        starts = laid(doc).starts
        nameless = {a for a, own in cast.mentions.items() if "name" not in [m.form for m in own]}
        # “the Silva administration” acts as a whole, so what has no name of its own overlays the name in it.
        n = len(starts)
        for (span, _), actor in sorted(self.mentions, key=lambda item: item[1] in nameless):
            i = max(bisect_right(starts, span.start) - 1, 0)
            while i < n and starts[i] < span.end:
                self.tokens[i] = actor  # an inner mention comes later and stays
                i += 1

    def at(self, span: Span) -> str | None:
        """The actor whom a stretch of text names: a source, a subject, a noun phrase with its titles.

        The mention that is the stretch; else the longest that ends with it (titles and articles stand before
        a name); else the first name inside, else the first other mention inside; None where there is none.
        """
        actor = self.exact.get(span) or self.by_end.get(span.end)
        if actor is not None:
            return actor
        inside = self.inside(span)
        for mention, actor in inside:
            if mention.form == "name":
                return actor
        return inside[0][1] if inside else None

    def at_token(self, i: int) -> str | None:
        """The actor of the innermost mention that holds token `i`; of “the Silva administration” the whole."""
        return self.tokens.get(i)

    def inside(self, span: Span) -> list[tuple[Mention, str]]:
        """All mentions within a stretch, in order."""
        at = bisect_right(self.mentions, span.start - 1, key=lambda item: item[0].span.start)
        found = []
        while at < len(self.mentions) and self.mentions[at][0].span.start < span.end:
            if self.mentions[at][0].span.end <= span.end:
                found.append(self.mentions[at])
            at += 1
        return found

    def gender(self, actor: str) -> str | None:
        """`f`, `m`, or None where nothing tells, or the actor is no person."""
        return self.cast.genders.get(actor)

    def singular(self, actor: str) -> bool:
        """Whether the actor is one person or one body, not a group."""
        return self.actors[actor].kind != "group"


_last: list[tuple[Doc, Cast, Index]] = []


def index_of(doc: Doc, cast: Cast) -> Index:
    """The index of a cast; the last one is kept, since quotes and moves ask for the same."""
    for known_doc, known_cast, index in _last:
        if known_doc is doc and known_cast is cast:
            return index
    made = Index(doc, cast)
    _last[:] = [(doc, cast, made)]
    return made


def best_name(draft: merge.Draft) -> str:
    """The fullest name in the article, the earliest of equals; a country or body bears its usual one."""
    if draft.known and draft.kind in {"country", "group"}:
        return draft.known
    named = [s.text for s in draft.spots]
    forms = list(dict.fromkeys(named))
    if len(forms) == 1:
        return forms[0]
    if draft.kind in {"person", "organization"}:
        full = [t for t in forms if not merge.is_acronym(t)] or forms
        return max(full, key=lambda t: (len(t.split()), len(t)))
    return max(forms, key=lambda t: (named.count(t), len(t)))


def gather(doc: Doc, parse: Parse, drafts: list[merge.Draft]) -> Cast:
    """Drafts as actors with their named mentions."""
    actors: list[Actor] = []
    mentions: dict[str, tuple[Mention, ...]] = {}
    genders: dict[str, str] = {}
    for draft in drafts:
        name = best_name(draft)
        if name.isupper() and draft.kind in {"person", "place"} and len(name) > 3:
            name = name.title()
        base = slug(gazetteer.bare(name))
        key, n = base, 2
        while key in mentions:
            key, n = f"{base}-{n}", n + 1
        spans = sorted({s.span for s in draft.spots})
        mentions[key] = tuple([Mention(span, draft.form) for span in spans])
        aliases = tuple([t for t in dict.fromkeys([s.text for s in draft.spots]) if t != name])
        held = roles.roles_of(doc, parse, draft)
        draft.roles = [role.title for role in held]
        actors.append(Actor(key, name, draft.kind, held, aliases, doc.cut(*spans[0]), len(spans)))
        if draft.gender:
            genders[key] = draft.gender
    return Cast(tuple(actors), mentions, genders)


def counted(actors: tuple[Actor, ...], mentions: dict[str, tuple[Mention, ...]]) -> tuple[Actor, ...]:
    """The actors with the numbers of their mentions."""
    return tuple([a if a.count == (n := len(mentions[a.id])) else replace(a, count=n) for a in actors])


def tie(doc: Doc, parse: Parse, drafts: list[merge.Draft], cast: Cast) -> Cast:
    """The cast with its pronouns and descriptions."""
    reader = coreference.Reader(doc, parse, drafts)
    reader.read(coreference.chooser(coreference.weights()))
    reader.ahead()
    found = {a.id: list(cast.mentions[a.id]) for a in cast.actors}
    genders = dict(cast.genders)
    for m in reader.mentions:
        if m.entity is None or m.entity.draft < 0 or m.form == "name":
            continue
        actor = cast.actors[m.entity.draft].id
        found[actor].append(Mention(Span(doc.tokens[m.first].start, doc.tokens[m.last - 1].end), m.form))
        if m.gender and cast.actors[m.entity.draft].kind == "person":
            genders.setdefault(actor, m.gender)
    mentions = {a: tuple(sorted(m)) for a, m in found.items()}
    actors = counted(cast.actors, mentions)
    asides: dict[str, list[Mention]] = {}
    for k, draft in enumerate(drafts):
        if draft.asides:
            asides[cast.actors[k].id] = [Mention(spot.span, "name") for spot in draft.asides]
    for i, draft_index in reader.relatives():
        token = doc.tokens[i]
        asides.setdefault(cast.actors[draft_index].id, []).append(
            Mention(Span(token.start, token.end), "pronoun")
        )
    return Cast(actors, mentions, genders, {a: tuple(sorted(asides[a])) for a in sorted(asides)})


def resolve(doc: Doc, parse: Parse, names: tuple[Name, ...]) -> Cast:
    """Merge names into actors, and tie pronouns and descriptions to them."""
    drafts = circles.join(doc, parse, merge.merge(doc, parse, names))
    cast = gather(doc, parse, drafts)
    foreign = seams.coref()
    if foreign is None:
        return tie(doc, parse, drafts, cast)
    named = sorted((m.span.start, m.span.end) for mentions in cast.mentions.values() for m in mentions)
    return laid_links(doc, cast, foreign.links(doc.text, named))


def laid_links(doc: Doc, cast: Cast, groups: Iterable[Iterable[tuple[int, int]]]) -> Cast:
    """The cast with pronouns and descriptions from a foreign part, widened to tokens.

    A group goes to the actor that most of its names are of, the first of equals; names stay as ours.
    """
    starts = laid(doc).starts
    owner = {m.span: a for a, mentions in cast.mentions.items() for m in mentions}
    taken = {i for span in owner for i in range(*span)}
    found = {a: list(mentions) for a, mentions in cast.mentions.items()}
    for group in groups:
        spans = sorted({Span(s, e) for s, e in group if 0 <= s < e <= len(doc.text)})
        votes = Counter(owner[s] for s in spans if s in owner)
        if not votes:
            continue
        actor = votes.most_common(1)[0][0]
        for span in spans:
            first = max(bisect_right(starts, span.start) - 1, 0)
            last = bisect_right(starts, span.end - 1)
            if first >= last or any(i in taken for i in range(*span)):
                continue
            place = Span(doc.tokens[first].start, doc.tokens[last - 1].end)
            taken.update(range(*place))
            one = doc.tokens[first].text.lower()
            form = "pronoun" if last - first == 1 and one in coreference.EVERY_PRONOUN else "nominal"
            found[actor].append(Mention(place, form))
    mentions = {a: tuple(sorted(m)) for a, m in found.items()}
    return replace(cast, actors=counted(cast.actors, mentions), mentions=mentions)


FIRST = frozenset(["i", "me", "my", "mine", "myself"])
FIRST_PLURAL = frozenset(["we", "us", "our", "ours", "ourselves"])


def complete(doc: Doc, cast: Cast, quotes: tuple[Quote, ...]) -> Cast:
    """The cast with the pronouns of the first person in quotations given to their speakers.

    The second step of resolution: `quotes` need the cast to name speakers, and only then is it known who “I”
    is. “We” goes to a body or country that speaks, not to a person.
    """
    kinds = {a.id: a.kind for a in cast.actors}
    layout = laid(doc)
    starts, lower = layout.starts, layout.lower
    taken = {m.span for mentions in cast.mentions.values() for m in mentions}
    found: dict[str, list[Mention]] = {}
    for quote in quotes:
        if quote.speaker not in kinds or quote.kind == "indirect":
            continue
        wanted = FIRST if kinds[quote.speaker] == "person" else FIRST_PLURAL
        for passage in quote.content:
            i = bisect_left(starts, passage.span.start)
            while i < len(starts) and starts[i] < passage.span.end:
                if lower[i] in wanted and (span := Span(starts[i], layout.ends[i])) not in taken:
                    taken.add(span)
                    found.setdefault(quote.speaker, []).append(Mention(span, "pronoun"))
                i += 1
    if not found:
        return cast
    mentions = {a: tuple(sorted([*m, *found.get(a, ())])) for a, m in cast.mentions.items()}
    return replace(cast, actors=counted(cast.actors, mentions), mentions=mentions)


def rank(doc: Doc, parse: Parse, cast: Cast, quotes: tuple[Quote, ...], moves: tuple[Move, ...]) -> Cast:
    """The cast with “I” in quotations and with salience, most central actor first."""
    if not cast.actors:
        return cast
    cast = complete(doc, cast, quotes)
    scores = salience.score(doc, parse, cast, quotes, moves)
    # relative to the most central actor; the root keeps those behind it apart
    top = max(scores.values())
    ordered = sorted(cast.actors, key=lambda a: (-scores[a.id], -a.count, cast.mentions[a.id][0].span))
    scored = [replace(a, salience=round((scores[a.id] / top) ** 0.5, 2)) for a in ordered]
    return replace(cast, actors=tuple(scored))
