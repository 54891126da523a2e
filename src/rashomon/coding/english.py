"""The grammar of English: from a parsed sentence to its frames.

A frame stands at every verb, at every adjective with a copula ("was willing to …"), and at every noun that stands for a
verb ("Tokyo's demand for …"). Subjects that are not said are found where English lets them be: coordination, infinitives,
participles and relative clauses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from rashomon.coding.english_entertaining import Entertaining
from rashomon.coding.english_scope import Scope
from rashomon.coding.english_subjects import COPULAS, RELATIVE, SUBJECTS, Subjects
from rashomon.coding.english_tree import EnglishTree, parsed, words_of
from rashomon.coding.english_words import (
    ABSENCES,
    ACCORDING,
    AGREEING,
    CREATING,
    DURATIONS,
    FORMING,
    IDEAS,
    LIGHT,
    MINDED,
    NOMINAL,
    OPEN,
    REQUIRING,
    RETREATING,
    REVERSING,
    SEEMING,
    STANDPOINTS,
    TRANSPARENT,
    UNDOING,
    VERBS,
)
from rashomon.coding.frames import Argument, Frame, Sentence
from rashomon.coding.trees import LONGEST

_OBJECTS: Final = ("dobj", "oprd")


@dataclass(frozen=True, slots=True)
class English:
    """English, by spaCy. The model is loaded when the first text is read."""

    language: str = "en"

    def sentences(self, text: str) -> Iterator[Sentence]:
        """The sentences of a text in order, those of more than 300 words left out."""
        entertaining = Entertaining()
        for start, sentence in parsed(text):
            words = words_of(sentence, start)
            begins = entertaining.begins(words)
            if len(words) <= LONGEST:
                frames = _Framing(EnglishTree(words)).frames()
                told = tuple(replace(one, entertained=True) if one.at >= begins else one for one in frames)
                yield Sentence(words[0].start, words[-1].end, words, told)


class _Framing:
    """The frames of one sentence."""

    def __init__(self, tree: EnglishTree) -> None:
        self.tree, self.words, self.scope, self.who = tree, tree.words, Scope(tree), Subjects(tree)
        self._made: dict[int, Frame] = {}

    def frames(self) -> tuple[Frame, ...]:
        for i, word in enumerate(self.words):
            if word.kind == "NOUN" and word.lemma in NOMINAL and not self._aimed(i):
                self._made[i] = self._noun(i)
            elif word.kind in ("VERB", "AUX") and word.relation not in ("aux", "auxpass"):
                self._made[i] = self._verb(i)
            elif word.lemma in ("for", "to") and word.kind == "ADP" and self._before_clause(i):
                self._made[i] = self._standpoint(i)
        return tuple(self._made[i] for i in sorted(self._made))

    def _aimed(self, at: int) -> bool:
        """Whether a view is nobody's thought, but what is aimed at: "with a view to closing the dam"."""
        above = self.words[self.words[at].head].lemma
        to = any(self.words[i].lemma == "to" for i in self.tree.children[at])
        return self.words[at].lemma == "view" and above == "with" and to

    # verbs and adjectives

    def _verb(self, at: int) -> Frame:
        tree, words = self.tree, self.words
        if words[at].lemma in ACCORDING and words[at].relation == "prep":
            return self._according(at)
        quality = tree.one(at, "acomp") if words[at].lemma in COPULAS else -1
        passive = self.who.passive(at)
        subject = self.who.subject(at)
        found = self._object(at)
        if passive and not self._participle(at, passive):
            found, subject = (found or subject), self._agent(at) or self._thinking(at)
        holder = quality if quality >= 0 else at
        complement = self._complement(at, holder)
        predicate = self._quality(quality) if quality >= 0 else self._predicate(at, passive)
        return Frame(
            predicate=predicate,
            at=at,
            kind="adjective" if quality >= 0 or self._participle(at, passive) else "verb",
            words=tree.clause(at, tree.QUALIFYING),
            wide=tree.clause(at),
            subject=subject,
            object=found,
            obliques=self._obliques(at) + (self._obliques(quality) if quality >= 0 else ()),
            complement=complement,
            over=self._over(at),
            mood=tree.mood(at),
            negated=self._negated(at) != (quality >= 0 and tree.negated(quality)),
            passive=passive,
            supposed=self.scope.unsaid(at) or self.scope.undecided(predicate, complement),
            quoted=at in tree.quoted,
            perfect=any(words[i].lemma == "have" for i in tree.under(at, ("aux",))),
        )

    def _quality(self, at: int) -> str:
        """The adjective of mind, which may be a participle ("inclined"), else the lemma."""
        text = self.words[at].text.lower()
        return text if text in MINDED else self.words[at].lemma

    def _predicate(self, at: int, passive: bool) -> str:
        if self._participle(at, passive):
            return self.words[at].text.lower()
        if self._makes_clear(at):
            return "make clear"
        particle = self.tree.one(at, "prt")
        lemma = self.words[at].lemma
        if lemma == "find" and self._oneself(at):
            return "find oneself"
        what = self.tree.one(at, *_OBJECTS)
        if lemma == "advance" and what >= 0 and self.words[what].lemma in IDEAS:
            return "put forward"
        return f"{lemma} {self.words[particle].lemma}" if particle >= 0 else lemma

    def _oneself(self, at: int) -> bool:
        """Whether a verb is about its own subject: "found itself caught"."""
        places = (at, *self.tree.under(at, ("ccomp",)))
        those = (i for place in places for i in self.tree.under(place, ("nsubj", "nsubjpass", *_OBJECTS)))
        return any(self.words[i].text.lower().endswith(("self", "selves")) for i in those)

    def _makes_clear(self, at: int) -> bool:
        """Whether a verb says as much as to say: "made it clear that"."""
        what = self.tree.one(at, "ccomp", "oprd")
        return self.words[at].lemma == "make" and what >= 0 and self.words[what].lemma in ("clear", "plain", "known")

    def _participle(self, at: int, passive: bool) -> bool:
        """Whether a passive verb is an adjective of mind: "was convinced that"."""
        return passive and self.words[at].text.lower() in MINDED

    def _agent(self, at: int) -> Argument | None:
        by = self.tree.one(at, "agent")
        noun = self.tree.one(by, "pobj") if by >= 0 else -1
        return self.tree.argument(noun) if noun >= 0 else None

    def _thinking(self, at: int) -> Argument | None:
        """Where a passive of thought is at home: "was seen in Tokyo as", "is regarded among Russians as"."""
        if (self.words[at].lemma, "as") not in VERBS.entries:
            return None
        places = (
            self.tree.one(i, "pobj") for i in self.tree.under(at, ("prep",)) if self.words[i].lemma in ("in", "among")
        )
        noun = next((one for one in places if one >= 0 and self.who.at_home(one)), -1)
        return self.tree.argument(noun) if noun >= 0 else None

    def _object(self, at: int) -> Argument | None:
        found = self.tree.one(at, *_OBJECTS)
        small = self._small(at)
        if found < 0 and small >= 0:
            found = self.tree.one(small, "nsubj")
        if found < 0:
            found = self.tree.one(at, "attr")
        if found >= 0:
            if self.words[found].text.lower() in RELATIVE and self.who.relative(at):
                return self.tree.argument(self.words[at].head)
            return self.tree.argument(found)
        if self.who.relative(at) and self.tree.one(at, *SUBJECTS) >= 0 and self.words[at].kind == "VERB":
            subject = self.tree.one(at, *SUBJECTS)
            if self.words[subject].text.lower() not in RELATIVE:
                return self.tree.argument(self.words[at].head)
        return None

    def _obliques(self, at: int) -> tuple[tuple[str, Argument], ...]:
        found = []
        for i in self.tree.under(at, ("prep", "agent", "dative")):
            noun = self.tree.one(i, "pobj", "pcomp")
            dated = noun >= 0 and self.words[noun].kind == "NUM" and self.words[i].lemma != "as"
            lasting = noun >= 0 and self.words[i].lemma == "for" and self.words[noun].lemma in DURATIONS
            if dated or lasting or (noun >= 0 and (self.words[i].lemma, self.words[noun].lemma) == ("in", "order")):
                continue  # "in 1994", "for years", "in order to": not what the predicate is about
            if self.words[i].relation == "dative" and noun < 0:
                found.append(("to", self.tree.argument(i)))
            elif noun < 0:  # "as" before an adjective: "saw it as dangerous"
                inner = [j for j in self.tree.children[i] if self.words[j].kind in ("ADJ", "VERB", "NOUN")]
                found += [(self.words[i].lemma, self.tree.argument(inner[0]))] if inner else []
            else:
                found.append((self.words[i].lemma, self.tree.argument(noun)))
        if self.words[at].kind == "NOUN":  # "the image of Japan as a threat", whatever "as" hangs on
            found += [("as", self.tree.argument(i)) for name, one in found if name == "of" for i in self._after(one)]
        small = self._small(at)
        found += [("as", self.tree.argument(small))] if small >= 0 else []
        taken = self.tree.one(at, "oprd")  # "considered her a danger", as "considered her as a danger"
        if taken >= 0 and self.tree.one(at, "dobj") >= 0:
            found.append(("as", self.tree.argument(taken)))
        return tuple(found)

    def _small(self, at: int) -> int:
        """The quality in a clause without a verb: "found Moscow unreliable"; -1 if none."""
        inner = self.tree.one(at, "ccomp")
        bare = inner >= 0 and self.words[inner].kind in ("ADJ", "NOUN") and self.tree.one(inner, "cop", "aux") < 0
        return inner if bare and self.tree.one(inner, "nsubj") >= 0 else -1

    def _after(self, of: Argument) -> Iterator[int]:
        """The noun of an "as" that stands next after a phrase."""
        at = max(of.words) + 1
        for i in (at, max(of.heads) + 1):
            if i < len(self.words) and self.words[i].lemma == "as" and (noun := self.tree.one(i, "pobj")) >= 0:
                yield noun
                return

    def _complement(self, at: int, holder: int) -> int:
        if self._makes_clear(at):
            said = [i for i in self.tree.children[self.tree.one(at, "ccomp", "oprd")] if self.tree.one(i, "mark") >= 0]
            return said[0] if said else -1
        for place in dict.fromkeys((holder, at)):
            clauses = tuple(self.tree.under(place, ("ccomp", "xcomp")))
            found = next((i for i in clauses if i > place), clauses[0] if clauses else -1)
            if found >= 0 and self.words[found].kind in ("VERB", "AUX"):
                return found
            for i in self.tree.under(place, ("prep",)):
                how = (
                    self.words[i].lemma in _HOW and (self.words[holder].lemma, self.words[i].lemma) not in VERBS.entries
                )
                inner = -1 if how or self.words[i].lemma in _MEANWHILE else self.tree.one(i, "pcomp")
                if inner >= 0 and self.words[inner].kind in ("VERB", "AUX"):
                    return inner
        return -1

    def _over(self, at: int) -> int:
        """The verb or noun of mind above a verb, through what it is coordinated with and the prepositions between."""
        seen = at
        while self.words[seen].head != seen:
            seen = self.words[seen].head
            if self.words[seen].kind in ("VERB", "AUX") or self.words[seen].lemma in NOMINAL:
                return seen
        return -1

    def _negated(self, at: int) -> bool:
        """Whether a verb is negated, by itself or by verbs above it that only pass it on ("failed to", "did not begin to")."""
        found = self.tree.negated(at) != self._nobody(at)
        above = self.words[at].head
        if self.words[at].relation == "conj" and self.words[at].kind in ("VERB", "AUX"):
            found |= any(self.words[i].lemma == "nor" and i < at for i in self.tree.under(above, ("cc",)))
        if self.tree.shared(at):
            return found or self._negated(above)
        if self.words[at].relation == "xcomp" and above != at and self.words[above].lemma in TRANSPARENT:
            found ^= self._negated(above) != (self.words[above].lemma in REVERSING)
        if (self.words[at].relation, self.words[above].lemma) in (("acl", "failure"), ("pcomp", "without")):
            found = not found
        return found

    def _nobody(self, at: int) -> bool:
        """Whether the subject denies the verb: "no leader wanted", "neither side accepted", "none of them"."""
        own = self.who.own_subject(at)
        if own < 0:
            return False
        return (
            self.words[own].lemma in _NONE
            or any(self.words[i].lemma in _NONE for i in self.tree.under(own, ("det", "preconj")))
            or any(self.words[i].lemma == "neither" for i in self.tree.below(own))
        )

    def _according(self, at: int) -> Frame:
        """Of "according to X": a frame whose content is the clause that it hangs on."""
        to = self.tree.one(at, "prep")
        source = self.tree.one(to, "pobj") if to >= 0 else -1
        above = self.words[at].head
        return Frame(
            predicate="according",
            at=at,
            kind="verb",
            words=self.tree.clause(at),
            wide=self.tree.clause(at),
            subject=self.tree.argument(source) if source >= 0 else None,
            complement=above if self.words[above].kind in ("VERB", "AUX") else -1,
        )

    def _before_clause(self, at: int) -> bool:
        """Whether "for X" stands before a clause that says what something is: "for Moscow, the dispute was closed"."""
        above, noun = self.words[at].head, self.tree.one(at, "pobj")
        own = self.who.own_subject(above)
        if not (at < own and 0 <= noun < own):
            return False
        apart = self.words[max(i for i in self.tree.below(noun) if i < own) + 1].text == ","
        people = self.words[noun].entity == "people" and self.words[noun].plural
        many = apart and (people or self.words[noun].lemma in _PARTS_OF_MANY)
        return many or (self.words[above].lemma in SEEMING and self.who.named(noun))

    def _standpoint(self, at: int) -> Frame:
        above = self.words[at].head
        return Frame(
            predicate="for",
            at=at,
            kind="verb",
            words=self.tree.clause(at),
            wide=self.tree.clause(at),
            subject=self.tree.argument(self.tree.one(at, "pobj")),
            complement=above,
            supposed=self.scope.undecided("for", self._complement(above, above)),
        )

    # nouns

    def _noun(self, at: int) -> Frame:
        tree = self.tree
        owner = self.who.owner(at, 0)
        obliques = tuple((name, found) for name, found in self._obliques(at) if found != owner)
        shown = self.who.shown(at)
        obliques += (("of", tree.argument(shown)),) if shown >= 0 else ()
        copula = self._copula(at)
        linked = copula >= 0
        place = copula if linked else at
        complement = tree.one(at, "acl", "ccomp", "relcl")
        if complement >= 0 and not self._content(complement):
            complement = -1
        if complement < 0:
            complement = self._complement(copula, copula) if linked else self._viewed(at)
        if complement < 0 and not linked:
            complement = self._complement(at, at)
        return Frame(
            predicate=self.words[at].lemma,
            at=at,
            kind="noun",
            words=tree.clause(place, tree.QUALIFYING),
            wide=tree.clause(place),
            subject=owner,
            object=self._object(copula) if linked and complement < 0 else None,
            obliques=obliques,
            complement=complement,
            over=self._over(at),
            negated=tree.negated(at) or (linked and self._unlinked(copula)) or self._denied(at),
            supposed=tree.supposed(at)
            or self.scope.told(at)
            or self._absent(at)
            or self._undone(at)
            or self._only_meant(at)
            or self.scope.undecided(self.words[at].lemma, complement),
            quoted=at in tree.quoted,
        )

    def _unlinked(self, copula: int) -> bool:
        """Whether a copula denies the thought that is its subject, and not only a quality of it ("was not so odd")."""
        return self.tree.negated(copula) and self.tree.one(copula, "acomp") < 0

    def _only_meant(self, at: int) -> bool:
        """Whether a thought that its holder voices or has is as little a fact as that: "must show its willingness"."""
        owner = self.tree.one(at, "poss")
        another = (owner >= 0 and self.words[owner].kind != "PRON") or any(
            self.words[i].entity in ("people", "place") for i in self.tree.under(at, ("amod", "compound"))
        )
        over = self._over(at)
        made = over >= 0 and (owner < 0 or self.words[over].lemma in LIGHT | CREATING | FORMING)
        return made and not another and self.words[over].kind in ("VERB", "AUX") and self.scope.unsaid(over)

    def _absent(self, at: int) -> bool:
        """Whether a thought is said not to be there: "the lack of any hope", "did not create the impression"."""
        above, relation = self.words[at].head, self.words[at].relation
        if relation == "dobj":
            return self.words[above].lemma in CREATING and self._negated(above)
        return (
            relation == "pobj"
            and self.words[above].lemma in ("of", "about", "on")
            and self.words[self.words[above].head].lemma in (ABSENCES | OPEN if self.who.a_deed(at) else ABSENCES)
        )

    def _undone(self, at: int) -> bool:
        """Whether a thought is ended or put off ("killed any desire"), or may only come ("it would need Oslo's consent")."""
        word = self.words[at]
        if word.relation in (*_OBJECTS, "nsubjpass") and self.words[word.head].lemma in UNDOING:
            return not self._negated(word.head)
        if word.relation == "pobj" and self._given_up(word.head):
            return True
        over = self._over(at) if word.lemma in AGREEING else -1
        if over >= 0 and word.relation in (*_OBJECTS, "pobj") and self.words[over].lemma in REQUIRING:
            return True
        return over >= 0 and self.words[over].kind in ("VERB", "AUX") and self.tree.mood(over) in _YET

    def _given_up(self, preposition: int) -> bool:
        """Whether what stands after a preposition is taken back, or only would be given: "reneged on", "in return for"."""
        word, above = self.words[preposition], self.words[self.words[preposition].head]
        if (above.lemma, word.lemma) in RETREATING:
            return not self._negated(word.head)
        return word.lemma == "for" and above.lemma in ("return", "exchange")

    def _copula(self, at: int) -> int:
        """The "be" of "Tokyo's goal was …" or "one of its goals was …"; -1 if none."""
        if self.words[at].relation == "pobj":
            at = self.words[self.words[at].head].head
            if self.words[at].lemma not in ("one", "part"):
                return -1
        above = self.words[at].head
        verb = self.words[above].head if self.words[above].relation == "xcomp" else above
        linking = self.words[above].lemma in ("be", "remain") or self.words[verb].lemma in TRANSPARENT
        return above if self.words[at].relation == "nsubj" and linking else -1

    def _viewed(self, at: int) -> int:
        """The verb of the clause that "in Tokyo's view" goes with; -1 where the noun is no such turn."""
        above = self.words[at].head
        turn = (
            self.words[at].lemma in STANDPOINTS
            and self.words[at].relation == "pobj"
            and self.words[above].lemma in ("in", "to", "from")
        )
        verb = self.words[above].head
        return verb if turn and self.words[verb].kind in ("VERB", "AUX") else -1

    def _content(self, clause: int) -> bool:
        """Whether a clause on a noun says what is thought: "that …" or "to …", not "who …" or "made by …"."""
        first = self.tree.one(clause, "mark")
        if first >= 0 and self.words[first].lemma == "that":
            return True
        subject = self.tree.one(clause, *SUBJECTS)
        if subject >= 0 and self.words[subject].text.lower() in RELATIVE:
            return False
        return self.tree.mood(clause) == "to" and self.words[clause].relation in ("acl", "relcl", "ccomp")

    def _denied(self, at: int) -> bool:
        """Whether the verb that carries a noun of mind is negated: "did not express the hope"."""
        above = self.words[at].head
        return self.words[at].relation == "dobj" and self.words[above].lemma in LIGHT and self._negated(above)


_MEANWHILE: Final = frozenset({"after", "before", "by", "without", "since", "while", "through", "despite"})
"""Prepositions before what was done besides, which is not what is thought: "after receiving the plan"."""
_HOW: Final = frozenset({"in", "by", "with", "at"})
"""Prepositions of how a thing is done, but after verbs of which they tell the matter: "in signing the pact"."""
_YET: Final = frozenset({"will", "would", "may", "should"})
"""Moods of what is not so yet."""
_NONE: Final = frozenset({"no", "neither", "none", "nobody"})
_PARTS_OF_MANY: Final = frozenset({"majority", "most", "many"})
"""Of "to most Norwegians, the deal was off": who is told of by a part."""
