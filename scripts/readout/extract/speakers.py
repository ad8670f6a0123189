"""Sources and Cast → the actors who speak, one source after the other in the order of the text.

A name says it outright. A description is looked up in the cast, in its apposition, and among the roles of
those who spoke last; a pronoun goes to the last speaker or subject that fits it in gender and number. Where
two fit alike or nobody does, the speaker stays unknown: a wrong name is worse than none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from itertools import pairwise

from readout.extract import antecedents, gazetteer, syntax
from readout.extract.actors import index_of
from readout.extract.cues import Cue, Reading, nouns
from readout.extract.kinds import COUNTRY_NOUNS, noun_class
from readout.records import Actor, Cast, Mention

FIRST = frozenset(("i", "me"))
ALL_OF_US = frozenset("we you us my our your".split())
HE, SHE = frozenset("he him his".split()), frozenset("she her".split())
IT, THEY = frozenset(("it", "its", "itself")), frozenset("they them their both all".split())
RELATIVE = frozenset("who whom whose which that".split())
BY = frozenset(("by", "for", "from", "to", "with", "against", "in", "at", "on"))
PREPOSITIONS = frozenset("of for to on in at from with".split())
BYLINE, NOTE = 4, 3
"""A byline stands in one of the first paragraphs, a note on the author in one of the last."""
EDGES = frozenset((",", "and", "but", "that", "as", "said"))


@lru_cache(maxsize=1)
def titles_of_office() -> frozenset[str]:
    """Words for offices and ranks."""
    return gazetteer.titles("office") | gazetteer.titles("rank")


HEADS = frozenset("president premier chancellor king queen pope emir sultan emperor".split())
"""Offices that one person holds at a time."""


ITSELF = frozenset(
    "party group newspaper agency company union bank magazine network channel movement alliance coalition association "
    "charity firm airline militia station".split()
)
"""Nouns behind a body's name that say no more than what it is."""

BACK = 2
"""Sentences between a pair and its “they”."""
TALKING = frozenset("talk speak sit discuss answer explain reflect".split())
"""What the one who is interviewed does."""
MUTUAL = frozenset(
    "opponent rival counterpart successor predecessor challenger critic host boss colleague teammate mate".split()
)
"""What one named person is to another: “her opponent” may be somebody named."""


class Speakers:
    """Says whom each source means; asked in the order of the text, it remembers who spoke last."""

    def __init__(self, r: Reading, cast: Cast, reported: set[int]) -> None:
        self.r = r
        self.cast = cast
        self.index = index_of(r.doc, cast)
        self.heard: list[tuple[int, str]] = []
        """Token of each source so far, and the actor it meant."""
        self.field = antecedents.Field(r, cast, self.index, reported)
        self.weights = antecedents.weights()
        people = {a.id: a for a in cast.actors}
        self.named: list[tuple[int, int, str, Mention]] = []
        """Named mentions and those of descriptions: first token, token behind the last, actor, mention."""
        for mention, actor in self.index.mentions:
            if mention.form == "pronoun" or actor not in people:
                continue
            a = bisect_left(r.starts, mention.span.start)
            b = bisect_left(r.starts, mention.span.end)
            if a < b:
                self.named.append((a, b, actor, mention))
        self.firsts = [m[0] for m in self.named]
        self.people: dict[str, Actor] = people

    def of(self, cue: Cue) -> str | None:
        """The actor's id; None where the source names nobody, or may be anybody."""
        if cue.source is None or cue.head < 0:
            return None
        r = self.r
        first, last = cue.source
        together = self.joint(cue)
        if together != cue.source:  # the first of them
            last = r.chunks[r.chunk_of[together[0]]][1]
            first = together[0]
            cue = cue._replace(source=(first, last), head=last - 1)
        word = r.words[last - 1]
        if cue.lemma == "label" and last - first == 1 and word == "a":
            return self.interviewee
        if last - first == 1 and word in ALL_OF_US:
            return None
        if last - first == 1 and word in FIRST:
            return self.author if first not in self.field.reported else None
        if last - first == 1 and word in RELATIVE:
            actor = self.antecedent(first)
        elif last - first == 1 and (word in HE or word in SHE):
            actor = self.pronoun(first, "m" if word in HE else "f")
        elif last - first == 1 and (word in IT or word in THEY):
            actor = self.body(first, plural=word in THEY)
        else:
            actor = self.phrase(first, last, cue.head)
            if actor is None and cue.kind in ("colon", "dash"):
                actor = self.label(first, last)
        if actor is not None:
            self.heard.append((first, actor))
        return actor

    def joint(self, cue: Cue) -> tuple[int, int]:
        """The tokens of a source with all who are named as speaking together: “[Ana Silva, the mayor, and Rui Costa]
        said in a joint statement”; the source itself where it is one alone. The cue must have a source."""
        assert cue.source is not None
        r = self.r
        top = cue.head
        while r.base[top] == "conj" and r.heads[top] >= 0:
            top = r.heads[top]
        members = [top, *(c for c in r.children[top] if r.base[c] == "conj")]
        members += [c for c in r.children[cue.at] if r.base[c] == "nsubj"]
        held = sorted({k for k in (r.chunk_of[m] for m in members) if k >= 0})
        if len(held) < 2 or not held[0] <= r.chunk_of[cue.head] <= held[-1]:
            return cue.source
        spans = r.chunks[held[0] : held[-1] + 1]
        if not (spans[-1][1] <= cue.at or spans[0][0] > cue.at):
            return cue.source
        gaps = [r.words[i] for (_, b), (a, _) in pairwise(spans) for i in range(b, a)]
        named = {self.named_by(a, b) for a, b in spans}
        if None in named or len(named) < 2 or "and" not in gaps or not set(gaps) <= {"and", ","}:
            return cue.source
        return spans[0][0], spans[-1][1]

    @cached_property
    def author(self) -> str | None:
        """Who writes “I”: the actor named in the byline, or in a note on the author at the end; else None.

        “By Ana Silva” near the top; “Ana Silva is a teacher in Porto.” below, of one whom the text names nowhere
        else.
        """
        r = self.r
        if r.doc.article.author:
            stated = r.doc.article.author.casefold().split()
            for actor in self.people:
                if self.people[actor].name.casefold().split() == stated:
                    return actor
        last = len(r.doc.paragraphs) - 1
        places: dict[str, set[int]] = {}
        notes: dict[str, set[int]] = {}
        for a, b, actor, mention in self.named:
            if mention.form != "name" or self.people[actor].kind != "person":
                continue
            p = r.paragraph[a]
            places.setdefault(actor, set()).add(p)
            opens = r.tokens_in(p)[0]
            byline = p <= BYLINE and a - opens == 1 and r.words[opens] == "by"
            note = p > last - NOTE and p > 0 and a == opens and b - a > 1 and self.told(b)
            if byline or note:
                notes.setdefault(actor, set()).add(p)
        found = [actor for actor, where in notes.items() if where == places[actor]]
        return found[0] if len(found) == 1 else None

    @cached_property
    def interviewee(self) -> str | None:
        """Who answers under the label “A”: the one person who is named above the first label, or who talks there;
        else None.

        “Ana Silva talked to Radio Sol about the port. Q: Why? A: Because …”
        """
        r = self.r
        opens = [r.tokens_in(p)[0] for p in range(len(r.doc.paragraphs))]
        above = next((a for a in opens if r.words[a : a + 2] in (["q", ":"], ["a", ":"])), 0)
        named = [m for m in self.named if m[0] < above and m[3].form == "name" and self.people[m[2]].kind == "person"]
        talking = set()
        for i in range(above):
            if r.tags[i] in syntax.FINITE and syntax.lemma(r.words[i], r.tags[i]) in TALKING:
                before = [actor for _, b, actor, _ in named if b <= i and r.sentence[b - 1] == r.sentence[i]]
                talking.update(before[-1:])
        everyone = {actor for _, _, actor, _ in named}
        found = talking if len(everyone) > 1 else everyone
        return next(iter(found)) if len(found) == 1 else None

    def told(self, at: int) -> bool:
        """Whether `tokens[at:]` say what somebody is: “is a teacher in Porto”."""
        r = self.r
        if at >= r.n or r.words[at] not in ("is", "was"):
            return False
        k = bisect_left(r.chunk_starts, at + 1)
        if k >= len(r.chunks) or r.chunks[k][0] > at + 2:
            return False
        return noun_class(r.words[r.chunks[k][1] - 1]) == "person"

    # -------------------------------------------------------------- names
    def name_around(self, at: int) -> int:
        """The first token of the name that holds a token, or the token itself: “[Metal] and Auto Workers Union”."""
        i = bisect_right(self.firsts, at) - 1
        if i >= 0 and self.named[i][1] > at and self.named[i][3].form == "name":
            return self.named[i][0]
        return at

    def named_by(self, first: int, last: int) -> str | None:
        """The actor of `name_at` alone."""
        return self.name_at(first, last)[0]

    def name_at(self, first: int, last: int) -> tuple[str | None, str]:
        """The actor whose mention ends the phrase `tokens[first:last]`, and the mention's form; not a
        possessor in it."""
        r = self.r
        end = last - 1
        while (end > first and r.tags[end] in ("CD", "POS", ",")) or r.words[end] in (
            "jr.",
            "sr.",
            "jr",
            "sr",
        ):
            end -= 1
            if end <= first:
                break
        i = bisect_left(self.firsts, first)
        found, form = None, ""
        if i and self.named[i - 1][1] >= last and self.named[i - 1][3].form == "name":
            found, form = self.named[i - 1][2], "name"  # “Metal and [Auto Workers Union]”
        while i < len(self.named) and self.named[i][0] < last:
            a, b, actor, mention = self.named[i]
            if b <= last and (b - 1 >= end or b == last) and (mention.form == "name" or a <= first):
                found, form = actor, mention.form
            i += 1
        return found, form

    def bears(self, actor: str, first: int, last: int) -> bool:
        """Whether a description holds all that an actor is called: “the Silva administration”."""
        r, bearer = self.r, self.people[actor]
        if r.words[last - 1] in COUNTRY_NOUNS and bearer.kind == "country":  # “the British government”
            inside = self.index.inside(r.span(first, last - 1))
            if any(who == actor and mention.form != "pronoun" for mention, who in inside):
                return True
        said = gazetteer.straight(r.text[r.starts[first] : r.ends[last - 1]])
        return any(said.endswith(name) for name in (bearer.name, *bearer.aliases))

    def phrase(self, first: int, last: int, head: int) -> str | None:
        """The actor of a noun phrase: named by it, by the apposition around it, or described by it."""
        r = self.r
        actor, form = self.name_at(first, last)
        if actor is not None and (form == "name" or self.bears(actor, first, last)):
            return actor
        if r.words[last - 1] in ITSELF and last - first > 1:
            body, form = self.name_at(first, last - 1)
            if body is not None and form == "name" and self.people[body].kind == "organization":
                return body  # “the opposition Congress party”
        whole, name = self.extent(first, last)
        # “two analysts, Ana Silva and Rui Costa”; an acronym is no plural, whatever its tag
        several = r.tags[last - 1] == "NNS" and not self.acronym(last - 1)
        if name is not None and not (several and self.people[name].kind == "person"):
            return name
        # “Ana Silva, the mayor and a lawyer,” with the source at its end
        run = self.run_before(first)
        if run is not None:
            actor = self.named_by(*run)
            if actor is not None:
                return actor
        for c in r.children[head]:
            if r.base[c] in ("appos", "flat") and r.tags[c][:3] == "NNP" and c > head:
                actor = self.index.at_token(c)
                if actor is not None and self.people[actor].kind == "person" and not several:
                    return actor
        actor = self.issuer(first, last, whole)
        if actor is not None:
            return actor
        return self.described(first, last)

    def extent(self, first: int, last: int) -> tuple[int, str | None]:
        """Where a source ends with its prepositional phrases and apposition, and the actor these name.

        “the minister of trade, Ana Silva”, “Secretary of State Ana Silva”, “the Council of Elders”: a name
        that
        begins inside the phrase or goes on behind it is the whole; an apposition names it.
        """
        r = self.r
        s = r.doc.sentences[r.sentence[first]]
        end = last
        common = (
            r.tags[last - 1] in ("NN", "CD")
            or r.words[last - 1] in titles_of_office()
            # “the MEC, Ana Silva,”
            or (
                (r.tags[last - 1] == "NNP" or self.acronym(last - 1))
                and r.words[first] in antecedents.DETERMINERS
            )
        )
        steps = 0
        while steps < 4:
            steps += 1
            i = bisect_left(self.firsts, first)
            # of a person not a name in what follows: “an official of the Coffee and Cocoa Council”
            within = last if noun_class(r.words[last - 1]) == "person" else end
            while i < len(self.named) and self.named[i][0] < within:
                a, b, actor, mention = self.named[i]
                if b > end and mention.form == "name" and not (a > first and r.words[a - 1] in BY):
                    k = r.chunk_of[b - 1]
                    stop = r.chunks[k][1] if k >= 0 else b
                    if stop > b:  # “the Bank of Spain Governor Ana Silva”
                        bearer = self.named_by(b, stop)
                        if bearer is not None and self.people[bearer].kind == "person":
                            return stop, bearer
                    return b, actor
                i += 1
            k = bisect_left(r.chunk_starts, end)
            if k >= len(r.chunks):
                break
            a, b = r.chunks[k]
            if a >= s.last or r.stretch[a] >= 0:
                break
            between = [r.words[j] for j in range(end, a)]
            if len(between) == 1 and between[0] in PREPOSITIONS:
                name = self.named_by(a, b)
                if (
                    between[0] == "of"
                    and name is not None
                    and self.people[name].kind == "person"
                    and r.text[r.starts[last - 1]].isupper()
                    and r.words[last - 1] in titles_of_office()
                ):
                    return b, name
                end = b
            elif between == [","] and common:
                name = self.named_by(a, b)
                if name is None:
                    wider = self.starting(a)
                    name = wider
                behind = r.words[b] if b < s.last else "."
                if (
                    name is not None
                    and (
                        behind in (",", ".", "-", "—", "–", "(", ":", "and", "of", "from", "who")
                        or r.tags[b][:2] in ("VB", "MD", "RB")
                    )
                    and self.people[name].kind != "place"
                    and r.tags[a][:2] in ("NN", "DT", "JJ")
                ):
                    return b, name
                break
            else:
                break
        return end, None

    def acronym(self, at: int) -> bool:
        """Whether a token is all in capitals."""
        return self.r.text[self.r.starts[at] : self.r.ends[at]].isupper()

    def starting(self, first: int) -> str | None:
        """The actor of a named mention that begins at a token, its article left out."""
        for start in (first, first + 1):
            i = bisect_left(self.firsts, start)
            if i < len(self.named) and self.named[i][0] == start and self.named[i][3].form == "name":
                return self.named[i][2]
        return None

    def issuer(self, first: int, last: int, whole: int) -> str | None:
        """Whose statement, report or letter the source is: “a statement by the union”, “Silva's letter”."""
        r = self.r
        entry = nouns().get(r.words[last - 1])
        if entry is None or entry[1] not in ("message", "claim"):
            return None
        k = bisect_left(r.chunk_starts, last)
        if k < len(r.chunks) and r.chunks[k][0] == last + 1 and r.words[last] in ("by", "from", "of"):
            a, b = r.chunks[k]
            actor = self.named_by(a, b) or self.starting(a)
            if actor is not None:
                return actor
        if r.tags[first] == "PRP$":  # “his remarks”
            owner = self.linked(first)
            if owner is not None:
                return owner
        best = None
        i = bisect_left(self.firsts, first)
        while i < len(self.named) and self.named[i][0] < last:
            a, b, actor, mention = self.named[i]
            if mention.form == "name" and self.people[actor].kind in ("organization", "person", "country"):
                best = best or actor
            i += 1
        if best is not None:
            return best
        mark = next((i for i in range(first + 1, last) if r.words[i] == "'s"), -1)
        if mark > 0:  # “the mayor's message”
            return self.described(first, mark)
        if r.words[first] in ("the", "this", "its", "his", "her") and self.heard:
            token, actor = self.heard[-1]
            if r.paragraph[first] - r.paragraph[token] <= 2 and self.people[actor].kind == "organization":
                return actor
        return None

    def described(self, first: int, last: int) -> str | None:
        """Whom a description means: the learned choice among the actors spoken of before, or nobody."""
        r = self.r
        if (
            first > 1
            and r.words[first - 1] == "and"
            and (k := r.chunk_of[first - 2]) >= 0
            and r.words[r.chunks[k][0]] == "the"
        ) and r.words[first] not in antecedents.DETERMINERS:  # “the former mayor and senator”
            first = r.chunks[k][0]
        if r.tags[last - 1] in ("NNS", "NNPS") and noun_class(r.words[last - 1]) == "person":
            return None
        noun = r.words[last - 1]
        kind = noun_class(noun)
        if (
            r.tags[last - 1][:2] not in ("NN", "JJ")
            or kind not in ("person", "organization", "country")
            or noun in nouns()
        ):
            return self.index.exact.get(r.span(first, last))
        kind = "person" if kind == "person" else "body"
        if kind == "person" and r.words[first] in ("a", "an", "another"):
            return None  # somebody new
        tied = self.index.exact.get(r.span(first, last))
        if kind == "person" and tied in self.people and self.ahead(tied, first):
            return tied  # “NATO's top official says …”, above the paragraph that names him
        found = self.field.described(first, last, kind, self.heard)
        his = r.tags[first] == "PRP$"
        owner = self.linked(first) if his else None
        found = [(who, f) for who, f in found if who != owner]  # “his friend” is somebody else than he
        if noun in HEADS:  # whoever is introduced in another office is not he
            found = [(who, f) for who, f in found if "other role" not in f]
        unnamed = noun not in gazetteer.titles("office") and self.field.nameless_before(noun, first)
        whole = self.of_a_name(last)
        if kind == "person" and ((his and noun not in MUTUAL) or unnamed or whole):
            # “his lawyer”, “the lawyer” behind it, “the mayor of Sund”: nobody who is not known as one
            found = [(who, f) for who, f in found if not who or "role" in f]
        actor, _ = antecedents.best(kind, found, self.weights[kind])
        if not actor and kind == "body" and tied in self.people and noun in self.people[tied].name.lower().split():
            return tied  # “the ministry”, long after the Transport Ministry
        return actor or None

    def of_a_name(self, last: int) -> bool:
        """Whether “of” and a name follow a description: it introduces somebody, and takes up nobody."""
        r = self.r
        k = r.chunk_of[last + 1] if last + 1 < r.n and r.words[last] == "of" else -1
        return k >= 0 and r.tags[r.chunks[k][1] - 1][:3] == "NNP"

    def ahead(self, actor: str, at: int) -> bool:
        """Whether an actor is named only behind a token."""
        return all(a > at for a, _, who, mention in self.named if who == actor and mention.form == "name")

    def run_before(self, first: int) -> tuple[int, int] | None:
        """The phrase that an apposition ending at `first` belongs to: “Ana Silva, a lawyer and [senior
        fellow]”."""
        r = self.r
        i = first - 1
        s = r.doc.sentences[r.sentence[first]].first
        steps = 0
        while i >= s and steps < 14:
            k = r.chunk_of[i]
            if k >= 0:
                a, b = r.chunks[k]
                edge = a == s or r.stretch[a - 1] >= 0 or r.words[a - 1] in EDGES
                if r.words[b] == "," and (edge or (r.tags[b + 1] == "RB" and b + 2 == first)):
                    return a, b
                i = a - 1
                steps += 1
                continue
            if r.stretch[i] >= 0 or not (
                r.words[i] in (",", "and", "of", "at", "for", "in") or r.tags[i] == "RB"  # “now a lawyer”
            ):
                return None
            i -= 1
            steps += 1
        return None

    def label(self, first: int, last: int) -> str | None:
        """The actor of a transcript's label, in capitals or not: by the last name in it."""
        if "'s" in self.r.words[first:last] and noun_class(self.r.words[last - 1]) == "person":
            return None  # “Silva's brother”
        words = [w for w in self.r.words[first:last] if w.isalpha()]
        for word in reversed(words):
            hits = [
                a.id for a in self.cast.actors if a.kind == "person" and a.name.lower().split()[-1] == word
            ]
            if len(hits) == 1:
                return hits[0]
            full = [h for h in hits if " " in self.people[h].name]
            if len(full) == 1:
                return full[0]
        return None

    # -------------------------------------------------------------- pronouns
    def antecedent(self, at: int) -> str | None:
        """The actor before a relative pronoun: “Silva, who …”; “Silva, who … and who …”."""
        r = self.r
        if at and r.words[at - 1] in ("and", "but", "or"):
            start = r.doc.sentences[r.sentence[at]].first
            earlier = [i for i in range(start, at - 1) if r.words[i] == r.words[at] and r.stretch[i] < 0]
            if earlier:
                return self.antecedent(earlier[-1])
        k = bisect_left(r.chunk_starts, at) - 1
        if k < 0:
            return None
        a, b = r.chunks[k]
        if at - b > 3 or r.sentence[a] != r.sentence[at]:
            return None
        if r.words[at - 1] == "," and self.index.at_token(b - 1) is None:
            # “Ana Silva, a Republican and the son of a whaler, who …”
            noun = next((h for h in (r.heads[at], r.heads[r.heads[at]]) if 0 <= h < at), -1)
            while noun >= 0 and r.base[noun] in ("appos", "conj", "nmod"):
                noun = r.heads[noun]
                actor = self.index.at_token(noun)
                if actor is not None and self.people[actor].kind == "person" and r.tags[noun][:3] == "NNP":
                    return actor
        if k and r.words[a] in ("a", "an") and r.words[a - 1] == "," and r.chunks[k - 1][1] == a - 1:
            actor, form = self.name_at(*r.chunks[k - 1])  # “Ana Silva, an economist who …”
            if actor is not None and form == "name" and self.people[actor].kind == "person":
                return actor
        return self.phrase(a, b, b - 1)

    def pronoun(self, at: int, gender: str) -> str | None:
        """He or she: the best of those spoken of before; None where that is a person without a name."""
        found = self.field.candidates(at, gender, "he", self.heard)
        if not found:
            return None
        actor, _ = antecedents.best("he", found, self.weights["he"])
        if actor[0] == "?":
            return None
        self.field.genders.setdefault(actor, gender)
        return actor

    def linked(self, at: int) -> str | None:
        """What the cast has tied to the pronoun."""
        return self.index.exact.get(self.r.span(at, at + 1))

    def body(self, at: int, plural: bool) -> str | None:
        """It or they: what the cast has tied to it, else the last speaker if that is a body."""
        actor = self.linked(at)
        if actor is not None and self.people[actor].kind != "person":
            return actor
        r = self.r
        for token, heard in reversed(self.heard[-1:]):
            kind = self.people[heard].kind
            if (
                r.paragraph[at] - r.paragraph[token] <= 2
                and kind != "person"
                and (kind == "group" or not plural or kind == "organization")
            ):
                return heard
        if r.words[at] == "they":
            return self.pair_before(at)
        return self.subject_before(at) if r.words[at] == "it" else None

    def subject_before(self, at: int) -> str | None:
        """The body that is the subject of the sentence before “it” in its paragraph, where it is the only one."""
        r = self.r
        opens = r.tokens_in(r.paragraph[at])[0]
        here = r.sentence[at]
        subjects = [
            actor
            for a, b, actor, _ in self.named
            if opens <= a < at
            and here - 1 == r.sentence[a]
            and any(r.base[i] == "nsubj" for i in range(a, b))
            and self.people[actor].kind in ("organization", "country", "group")
        ]
        return subjects[0] if len(set(subjects)) == 1 else None

    def pair_before(self, at: int) -> str | None:
        """The first of two persons whom an “and” joins in the sentences before “they”, where no other persons stand
        between; None where there are none."""
        r = self.r
        i = bisect_left(self.firsts, at) - 1
        people: list[tuple[int, int, str]] = []
        while i >= 0 and r.sentence[at] - r.sentence[self.named[i][0]] <= BACK and len(people) < 2:
            a, b, actor, mention = self.named[i]
            if self.people[actor].kind == "person" and mention.form == "name" and a not in self.field.reported:
                people.append((a, b, actor))
            i -= 1
        if len(people) < 2 or people[0][2] == people[1][2]:
            return None
        (second, _, _), (_, behind, first) = people
        joined = r.sentence[behind - 1] == r.sentence[second] and any(
            r.words[j] == "and" for j in range(behind, second)
        )
        verbs = any(r.tags[j] in syntax.FINITE for j in range(behind, second))
        return first if joined and not verbs else None
