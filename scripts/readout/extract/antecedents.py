"""Whom a pronoun or a description in the place of a source means: candidates, and what speaks for each.

Candidates are the actors spoken of before, and persons without a name (“a farmer”), who then speak
unnamed. What
counts is old knowledge of centering (Grosz, Joshi & Weinstein 1995): subjects before objects, near before
far, the
last speaker, the gender; the weights are learned from the project's own annotated articles.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from functools import lru_cache

from readout import lexicon
from readout.extract import gazetteer
from readout.extract.actors import Index
from readout.extract.cues import Reading
from readout.extract.kinds import noun_class, plain, takes_up, words_of
from readout.records import Actor, Cast

REACH = 70
"""How many mentions back a candidate is sought."""
PARAGRAPHS = 6


@lru_cache(maxsize=1)
def weights() -> dict[str, dict[str, float]]:
    """Kind of source (`he`, `person`, `body`) → feature → weight."""
    path = lexicon.WEIGHTS / "speakers.json"
    table: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return table


class Event:
    """A mention: tokens `[first, last)`, whose, and how."""

    __slots__ = ("entity", "first", "form", "gender", "last")

    def __init__(self, first: int, last: int, entity: str, form: str, gender: str | None) -> None:
        self.first, self.last, self.entity, self.form, self.gender = first, last, entity, form, gender


class Field:
    """All mentions of an article in order, those of nameless persons too.

    `reported` holds the tokens that stand in the content of some quote: who is spoken of there is seldom
    who speaks.
    """

    def __init__(self, r: Reading, cast: Cast, index: Index, reported: set[int]) -> None:
        self.r = r
        self.reported = reported
        self.index = index
        self.people: dict[str, Actor] = {a.id: a for a in cast.actors}
        self.genders: dict[str, str] = dict(cast.genders)
        self.events: list[Event] = []
        taken: set[int] = set()
        for mention, actor in index.mentions:
            if actor not in self.people:
                continue
            a = bisect_left(r.starts, mention.span.start)
            b = bisect_left(r.starts, mention.span.end)
            if a < b and mention.form != "pronoun":
                self.events.append(Event(a, b, actor, mention.form, None))
                taken.update(range(a, b))
        for k, (a, b) in enumerate(r.chunks):
            word = r.words[b - 1]
            if r.tags[b - 1] not in ("NN", "JJ") or b - 1 in taken or noun_class(word) != "person":
                continue
            self.events.append(Event(a, b, f"?{k}", "nameless", gazetteer.gendered().get(word)))
        self.events.sort(key=lambda e: (e.first, -e.last))
        self.firsts = [e.first for e in self.events]
        self.roles: dict[str, frozenset[str]] = {
            a.id: frozenset(w for role in a.roles for w in joined(plain(role.title)).split())
            for a in cast.actors
        }
        # sentences that are not wholly quoted, counted
        self.turns: list[int] = []
        count = 0
        for s in r.doc.sentences:
            count += any(r.stretch[i] < 0 and r.words[i][:1].isalpha() for i in range(s.first, s.last))
            self.turns.append(count)

    def nameless_before(self, noun: str, at: int) -> bool:
        """Whether someone without a name is called so before a token, in the last paragraphs: “his lawyer”."""
        r = self.r
        upto = bisect_left(self.firsts, at)
        return any(
            e.form == "nameless"
            and r.words[e.last - 1] == noun
            and r.words[e.first] != "the"
            and r.paragraph[at] - r.paragraph[e.first] <= PARAGRAPHS
            for e in self.events[max(0, upto - REACH) : upto]
        )

    def opens(self, e: Event) -> bool:
        """Whether a mention opens its sentence, a conjunction or adverb before it left aside."""
        r = self.r
        first = r.doc.sentences[r.sentence[e.first]].first
        return e.first - first <= 2 and all(
            r.tags[i] in ("CC", "RB", "DT", "NNP", "NN", "JJ") for i in range(first, e.first)
        )

    def subject(self, e: Event) -> bool:
        """Whether a mention is the subject of a clause, by the parse or by the verb behind it."""
        r = self.r
        for i in range(e.first, e.last):
            if not e.first <= r.heads[i] < e.last:
                if r.base[i] == "nsubj":
                    return True
                break
        i = e.last
        while i < r.n and i - e.last < 2 and r.tags[i] == "RB":
            i += 1
        behind = i < r.n and r.tags[i] in ("VBD", "VBZ", "VBP", "MD")
        return behind and not (e.first > 0 and r.tags[e.first - 1] in ("IN", "TO"))

    def apposed(self, e: Event) -> bool:
        """Whether a name is followed by what its bearer is: “Ana Silva, a lawyer in Lisbon”, “Silva, 41, who …”."""
        r = self.r
        i = e.last
        if i + 1 >= r.n or r.words[i] != ",":
            return False
        if r.tags[i + 1] == "CD":
            return True
        k = r.chunk_of[i + 1]
        return (k >= 0 and noun_class(r.words[r.chunks[k][1] - 1]) == "person") or r.words[i + 1] == "who"

    def candidates(
        self, at: int, gender: str | None, kind: str, heard: list[tuple[int, str]]
    ) -> list[tuple[str, dict[str, float]]]:
        """Candidates for the source at a token, with their features.

        `kind`: `he` for pronouns of known gender, `person` and `body` for descriptions; a nameless
        person's id opens
        with a question mark.
        """
        r = self.r
        upto = bisect_left(self.firsts, at)
        seen: dict[str, dict[str, float]] = {}
        quoted: dict[str, int] = {}
        names: dict[str, int] = {}
        subjects = 0
        here, para = self.turns[r.sentence[at]], r.paragraph[at]
        spoke: dict[str, tuple[int, int]] = {}
        for back, (token, actor) in enumerate(reversed(heard[-4:])):
            spoke.setdefault(actor, (back, token))
        newest_subject = -1
        order = 0
        for n in range(upto - 1, max(-1, upto - REACH), -1):
            e = self.events[n]
            if para - r.paragraph[e.first] > PARAGRAPHS:
                break
            if e.last > at or not self.allowed(e, gender, kind):
                continue
            if r.stretch[e.first] >= 0:  # who is named in a quotation is not who speaks it
                quoted[e.entity] = quoted.get(e.entity, 0) + 1
                continue
            f = seen.get(e.entity)
            near = min(here - self.turns[r.sentence[e.first]], 5)
            is_subject = self.subject(e)
            if f is None:
                f = seen[e.entity] = {
                    f"near {near}": 1.0,
                    f"order {min(order, 3)}": 1.0,
                    f"form {e.form}": 1.0,
                    "count": 0.0,
                    f"paragraphs {min(para - r.paragraph[e.first], 3)}": 1.0,
                }
                order += 1
                if e.first in self.reported:
                    f["reported"] = 1.0
                if e.last < r.n and r.words[e.last] in ("'s", "'"):
                    f["possessive"] = 1.0
                elif e.form == "name" and (k := r.chunk_of[e.last - 1]) >= 0 and r.chunks[k][1] > e.last:
                    f["modifier"] = 1.0
                if e.first > 0 and r.tags[e.first - 1] in ("IN", "TO"):
                    f["preposition"] = 1.0
                known = e.gender or (self.genders.get(e.entity) if e.entity[0] != "?" else None)
                if gender:
                    f["gender known" if known == gender else "gender unknown"] = 1.0
                if e.form == "nameless":
                    word = r.words[e.first]
                    f[
                        "indefinite"
                        if word in ("a", "an", "one", "another", "some")
                        else "definite"
                        if word == "the"
                        else "bare"
                    ] = 1.0
                if e.entity in spoke:
                    back, token = spoke[e.entity]
                    f[f"spoke {back}"] = 1.0
                    if back == 0:
                        f[f"spoke last, paragraphs {min(para - r.paragraph[token], 3)}"] = 1.0
                        if newest_subject > token:
                            f["spoke last, another subject since"] = 1.0
                        if any(
                            x.first > token
                            for x in self.events[bisect_left(self.firsts, token + 1) : upto]
                            if x.entity != e.entity
                            and self.allowed(x, gender, kind)
                            and r.stretch[x.first] < 0
                            and x.first not in self.reported
                        ):
                            f["spoke last, another since"] = 1.0
            f["count"] += 1.0
            if e.form == "name":
                names[e.entity] = names.get(e.entity, 0) + 1
                if near <= 1 and self.apposed(e):
                    f["apposed"] = 1.0
            if is_subject and "subject" not in f:
                inside = e.first in self.reported
                f["subject"] = 1.0
                f[f"subject {near}" + (", reported" if inside else "")] = 1.0
                if not inside:
                    f[f"subject order {min(subjects, 2)}"] = 1.0
                    subjects += 1
                if self.opens(e):
                    f[f"opens {near}"] = 1.0
                newest_subject = max(newest_subject, e.first)
        for entity, times in quoted.items():
            if entity in seen:
                seen[entity]["count"] += times
            elif entity[0] != "?":
                seen[entity] = {"quoted": 1.0, "count": float(times)}
        for entity, f in seen.items():
            if names.get(entity) == 1 and "apposed" in f:
                f["introduced"] = 1.0
            f["count"] = min(f["count"], 8.0) / 4
            if len(seen) == 1:
                f["alone"] = 1.0
        return list(seen.items())

    def allowed(self, e: Event, gender: str | None, kind: str) -> bool:
        """Whether a mention's entity may be meant at all."""
        if e.entity[0] == "?":
            return kind == "he" and (e.gender is None or e.gender == gender)
        actor = self.people[e.entity].kind
        if kind == "body":
            return actor in ("organization", "country", "group")
        if actor != "person":
            return False
        known = self.genders.get(e.entity)
        return gender is None or known is None or known == gender

    def described(
        self, first: int, last: int, kind: str, heard: list[tuple[int, str]]
    ) -> list[tuple[str, dict[str, float]]]:
        """Candidates for a description, with their features, and "" for nobody in the cast."""
        r = self.r
        noun = plain(r.words[last - 1])
        if last - first > 1 and r.words[last - 2] in SECONDS:
            noun = f"{r.words[last - 2]}-{noun}"
        modifiers = {plain(w) for w in r.words[first : last - 1]} - {"the", "a", "an"}
        gender = gazetteer.gendered().get(noun)
        found = self.candidates(first, gender, kind, heard)
        seen = {entity for entity, _ in found}
        for (
            actor,
            words,
        ) in self.roles.items():  # whoever bears the role, however far back, or ahead in the headline
            if (
                actor not in seen
                and noun in words
                and self.people[actor].kind == "person"
                and kind == "person"
            ):
                found.append((actor, {"near far": 1.0}))
        determiner = r.words[first]
        fitting = 0
        if kind == "body":
            found, fitting = self.such(found, first, last)
        linked = self.index.exact.get(r.span(first, last))
        for entity, f in found:
            words = self.roles.get(entity, frozenset())
            if entity == linked:
                f["linked"] = 1.0
            name = {plain(w) for w in self.people[entity].name.split()}
            if noun in words:
                f["role"] = 1.0
                if modifiers & words:
                    f["role with modifier"] = 1.0
            elif words:
                f["other role"] = 1.0
            if noun in name:
                f["noun in name"] = 1.0
            if modifiers & words:
                f["modifier in role"] = 1.0
        bearers = sum(1 for _, f in found if "role" in f)
        nobody: dict[str, float] = {
            "nobody": 1.0,
            f"nobody, determiner {determiner if determiner in DETERMINERS else 'other'}": 1.0,
            f"nobody, role borne by {min(bearers, 2)}": 1.0,
        }
        if kind == "body" and not fitting:
            nobody["nobody, none such a body"] = 1.0
        if noun in NAMELESS:
            nobody["nobody, such as stay nameless"] = 1.0
        if last - first == 2:
            nobody["nobody, noun alone"] = 1.0
        elif (
            determiner == "the"
            and kind == "person"
            and r.words[last - 1] in gazetteer.titles("office")
            and any(r.text[r.starts[i]].isupper() for i in range(first + 1, last - 1))
        ):  # “the Lisbon mayor” tells who of one named before; a stranger is “a mayor”, or “Lisbon's mayor”
            nobody["nobody, named office"] = 1.0
        if any(r.words[i] in ("'s", "'") for i in range(first, last)):
            nobody["nobody, possessor"] = 1.0
        if last < r.n and r.words[last] in ("who", "of", "for", "at", "from", "in"):
            nobody["nobody, more words behind"] = 1.0
        if r.tags[last - 1] in ("NNS", "NNPS"):
            nobody["nobody, plural"] = 1.0
        found.append(("", nobody))
        return found

    def such(
        self, found: list[tuple[str, dict[str, float]]], first: int, last: int
    ) -> tuple[list[tuple[str, dict[str, float]]], int]:
        """Of the candidates for a body those that its description may take up, and how many it fits by its noun.

        “Their union” and “several agencies” are none that the article has named; “the Azerbaijani authorities” are
        nobody else's.
        """
        r = self.r
        places = range(first, last)
        plural = r.tags[last - 1][-1] == "S" and (
            r.words[last - 1] != "authorities" or r.words[first] != "the"
        )
        proper = {plain(r.words[i]) for i in places if r.tags[i] != "DT" and r.text[r.starts[i]].isupper()}
        if r.tags[first] == "PRP$" or r.words[first] in STRANGERS or (plural and not proper):
            return [], 0
        nouns = {
            plain(r.words[i])
            for i in places
            if r.tags[i] == "NN" or (i >= last - 2 and r.tags[i][:2] in ("NN", "JJ"))
        }
        kept, fitting = [], 0
        for entity, f in found:
            actor = self.people[entity]
            own = words_of(actor.kind, (actor.name, *actor.aliases))
            fits = takes_up(nouns, actor.kind, own) if proper <= own else False
            if fits is False:
                continue
            if fits:
                f["noun of such a body"] = 1.0
                fitting += 1
            kept.append((entity, f))
        return kept, fitting


STRANGERS = frozenset("a an another any each every no one some".split())
"""What opens a description of a body not named before."""
DETERMINERS = frozenset(
    "the a an one another some his her its their this that our two three several many".split()
)
NAMELESS = frozenset(
    """official spokesman spokeswoman spokesperson source aide adviser advisor man woman person resident
    witness voter
    diplomat expert analyst supporter protester worker student member reporter""".split()
)
SECONDS = ("vice", "deputy", "assistant")


def joined(title: str) -> str:
    """A title with the word for a second made one with what it qualifies: a vice president is no president.

    >>> joined("first vice president")
    'first vice-president'
    """
    for word in SECONDS:
        title = title.replace(f"{word} ", f"{word}-")
    return title


def best(kind: str, found: list[tuple[str, dict[str, float]]], table: dict[str, float]) -> tuple[str, float]:
    """The candidate with the highest score, and how far it leads; ties go to the first."""
    scored = [
        (sum(table.get(name, 0.0) * value for name, value in f.items()), -n, e)
        for n, (e, f) in enumerate(found)
    ]
    scored.sort(reverse=True)
    lead = scored[0][0] - scored[1][0] if len(scored) > 1 else 9.0
    return scored[0][2], lead
