"""Who does what a Russian predicate says, and whose a noun of mind is.

Named beside it, above it (infinitives, participles, coordination), by the place ("в Токио полагали"), or by who speaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rashomon.coding.frames import Argument, agree
from rashomon.coding.russian_places import countries
from rashomon.coding.russian_tree import RussianTree, lemma_of
from rashomon.coding.russian_words import LIGHT, MODALS, OBJECT_CONTROL

SUBJECTS: Final = ("nsubj", "nsubj:pass")
VERBAL: Final = ("VERB", "AUX")
NOMINALS: Final = ("NOUN", "PROPN", "PRON", "DET")
OWN: Final = frozenset({"свой"})
_SPEAKER: Final = frozenset({"я", "мы"})
PEOPLES: Final = frozenset(lower for one in countries() for lower in one.people)
"""Adjectives and names of peoples."""


class Who:
    """Those who act in one sentence. ``nominal``: nouns that are frames."""

    def __init__(self, tree: RussianTree, nominal: frozenset[str]) -> None:
        self.tree, self.words, self.nominal = tree, tree.words, nominal

    def _main(self, at: int) -> int:
        """The infinitive after a modal word, which says what the predicate is; else the word itself."""
        if self.words[at].lemma in MODALS:
            for i in self.tree.under(at, ("xcomp", "csubj", "ccomp")):
                if self.tree.has(i, "VerbForm=Inf"):
                    return i
        return at

    def argument(self, at: int) -> Argument:
        """The phrase of a noun; of "президент Ельцин" and "Михаил Горбачев" the name is the head."""
        whole = self.tree.argument(at)
        heads = tuple(dict.fromkeys(self._named_head(head) for head in whole.heads))
        return Argument(heads, whole.words)

    def _named_head(self, at: int) -> int:
        names = [i for i in self.tree.under(at, ("appos", "flat:name")) if self._same_case(i, at)]
        return self._named_head(names[-1]) if names else at

    def _same_case(self, name: int, at: int) -> bool:
        """Whether a name may be that of a noun, and not of whom it belongs to: "советник Кошты"."""
        genitive = self.tree.has(name, "Case=Gen") and not self.tree.has(at, "Case=Gen")
        return self.words[name].kind == "PROPN" and not genitive

    # subjects

    def subject(self, at: int, depth: int = 0) -> Argument | None:
        """Who does what a predicate says; found above it where it is not said."""
        own = self._own_subject(at)
        if own >= 0:
            if self.words[own].lemma == "который" and self.words[at].head != at:
                return self.argument(self._antecedent(at))
            if self.words[own].lemma in _SPEAKER:
                return self._speaker(at, depth) or self.argument(own)
            return self.argument(own)
        if self._experiencer(at) >= 0:
            return self.argument(self._experiencer(at))
        place = self._somewhere(at)
        if place >= 0:
            return self.argument(place)
        above = self.words[at].head
        return None if above == at or depth > 6 else self._inherited(at, above, depth)

    def _own_subject(self, at: int) -> int:
        places = (at, self._main(at))
        found = next((i for place in places for i in self.tree.under(place, SUBJECTS) if self._nominative(i)), -1)
        if found >= 0:
            return found
        objects = list(
            self.tree.under(at, ("obj", "iobj"))
        )  # names that no case changes are taken for objects at times
        first = next((i for i in objects if i < at and self.tree.has(i, "Case=Nom")), -1)
        return first if len(objects) > 1 or self.tree.one(at, "ccomp", "xcomp") >= 0 else -1

    def _nominative(self, at: int) -> bool:
        """Whether a noun that the parser takes for a subject has a form that a subject may have."""
        alike = self.tree.has(at, "Animacy=Inan") and not (
            self.tree.has(at, "Gender=Fem") and not self.words[at].plural
        )
        return not self.tree.has(at, "Case=Ins", "Case=Dat") and (alike or not self.tree.has(at, "Case=Acc"))

    def _antecedent(self, at: int) -> int:
        """The noun that a relative clause is about."""
        seen = at
        while self.words[seen].relation != "acl:relcl" and self.words[seen].head != seen:
            seen = self.words[seen].head
        return self.words[seen].head

    def _experiencer(self, at: int) -> int:
        """Of "Японии следует признать", "Москве нужно": the noun in the dative; -1 if none."""
        if self.words[at].lemma not in MODALS and self.words[at].lemma not in ("хотеться", "прийтись", "приходиться"):
            return -1
        places = (at, self._main(at))
        return next((i for place in places for i in self._bare(place) if self.tree.has(i, "Case=Dat")), -1)

    def _somewhere(self, at: int) -> int:
        """Of "в Токио полагали": the place whose people do it; -1 if none."""
        tree = self.tree
        if not (tree.has(at, "Number=Plur") and tree.has(at, "VerbForm=Fin")) or tree.has(at, "Voice=Pass", "Person=1"):
            return -1
        if self.words[at].relation == "conj":
            return -1
        places = (i for i in tree.under(at, ("obl",)) if tree.preposition(i) in ("в", "на") and tree.has(i, "Case=Loc"))
        return next((i for i in places if self.words[i].kind == "PROPN" or self._people(i)), -1)

    def _people(self, at: int) -> bool:
        """Whether a noun has the adjective or the name of a people or a place with it."""
        return any(
            self.words[i].lemma in PEOPLES or (self.words[i].kind == "PROPN" and self.tree.has(i, "Case=Gen"))
            for i in self.tree.under(at, ("amod", "nmod"))
        )

    def _speaker(self, at: int, depth: int) -> Argument | None:
        """Who says "я" or "мы": the subject of the verb of speech beside the words or above them."""
        for i in self.tree.under(at, ("parataxis",)):
            if self.words[i].kind == "VERB" and depth < 3:
                return self.subject(i, depth + 1)
        above = self.words[at].head
        speech = above != at and self.words[at].relation in ("ccomp", "parataxis") and depth < 3
        return self.subject(above, depth + 1) if speech else None

    def _inherited(self, at: int, above: int, depth: int) -> Argument | None:
        relation, kind = self.words[at].relation, self.words[above].kind
        if relation == "acl":
            return self.argument(above)
        if (
            kind in ("NOUN", "PROPN")
            and self.words[above].lemma in self.nominal
            and relation in ("ccomp", "xcomp", "nmod")
        ):
            return self._owner(above, depth)
        if relation in ("ccomp", "advcl") and kind == "VERB" and self._alike(at, above):
            return self.subject(above, depth + 1)
        if relation == "acl:relcl" and (verb := self._verb_above(above)) >= 0 and self._alike(at, verb):
            return self.subject(verb, depth + 1)  # "статья, в которой призвал"
        if self.tree.has(at, "VerbForm=Inf") or relation in ("conj", "advcl", "xcomp"):
            return self._controlling(at, above, depth)
        return None

    def _verb_above(self, at: int) -> int:
        """The verb that a noun hangs on, through other words; -1 if none."""
        while self.words[at].kind != "VERB" and self.words[at].head != at:
            at = self.words[at].head
        return at if self.words[at].kind == "VERB" else -1

    def _alike(self, at: int, above: int) -> bool:
        """Whether a clause without a subject may have that of the verb above: "заявил, что не намерен"; not "что решено".

        Of many it may only where they are named: "в Токио говорят, что приняли" has nobody who accepted.
        """
        while self._passes_on(above) and self.words[above].head != above:
            above = self.words[above].head
        one, other = self.words[at], self.words[above]
        if self.tree.has(at, "VerbForm=Inf", "Voice=Pass") or self._main(at) != at or one.plural != other.plural:
            return False
        return self._own_subject(above) >= 0 if one.plural else agree(one.gender, other.gender)

    def _passes_on(self, at: int) -> bool:
        """Whether a verb has its subject from the verb above it: an infinitive, or one coordinated with it."""
        coordinated = self.words[at].relation == "conj" and self._own_subject(at) < 0
        return coordinated or self.tree.has(at, "VerbForm=Inf")

    def _controlling(self, at: int, above: int, depth: int) -> Argument | None:
        """The subject of an infinitive or a converb: the object of a verb that makes another do it, else its subject."""
        converb = self.tree.has(at, "VerbForm=Conv")
        if self.words[at].relation == "advcl" and not converb:
            return None
        if self.words[above].lemma in OBJECT_CONTROL and not converb and self.words[at].relation != "conj":
            for i in self.tree.under(above, ("obj", "iobj", "obl", "nsubj")):
                if self.tree.preposition(i) in ("", "от") and not self.tree.has(i, "Case=Ins", "Case=Nom"):
                    return self.argument(i)
        if self.words[above].kind not in (*VERBAL, "ADJ") and self.words[above].lemma not in MODALS:
            return None
        if self.tree.has(above, "Voice=Pass") and self.words[at].relation == "conj":
            return None
        return self.subject(above, depth + 1)

    # by whom

    def _bare(self, at: int) -> Iterator[int]:
        """Nouns on a predicate without a preposition."""
        for i in self.tree.under(at, ("obj", "iobj", "obl", "obl:agent", "xcomp", *SUBJECTS)):
            if not self.tree.preposition(i) and (self.words[i].relation not in SUBJECTS or not self._nominative(i)):
                yield i

    def _undergoing(self, at: int) -> Argument | None:
        """Of a passive verb: what is done to, its subject or the noun that it hangs on."""
        own = self._own_subject(at)
        if own < 0 and self.words[at].relation == "acl":
            return self.argument(self.words[at].head)
        return self.argument(own) if own >= 0 else None

    def _agent(self, at: int) -> Argument | None:
        for i in self._bare(at):
            if self.tree.has(i, "Case=Ins") and self.words[i].kind in NOMINALS:
                return self.argument(i)
        place = next((i for i in self.tree.under(at, ("obl",)) if self._in_place(i)), -1)
        return self.argument(place) if place >= 0 else None

    def _in_place(self, at: int) -> bool:
        return self.tree.preposition(at) == "в" and self.words[at].kind == "PROPN" and self.tree.has(at, "Case=Loc")

    # whose

    def _owner(self, at: int, depth: int) -> Argument | None:
        """Whose a noun of mind is: "Токио", "Москвой", "японское", "его", "со стороны Токио", or who has or voices it."""
        for i in self.tree.children[at]:
            if self.words[i].lemma in OWN:
                return self._of_clause(at, depth)
        for i in self.tree.under(at, ("nmod", "obl", "obl:agent")):
            if self._owns(i):
                return self.argument(i)
            inner = self.tree.one(i, "nmod")
            if self.words[i].lemma == "сторона" and self.tree.preposition(i) == "с" and inner >= 0:
                return self.argument(inner)
        for i in self.tree.under(at, ("det", "amod")):
            if self.words[i].lemma in PEOPLES or self.words[i].lemma in ("его", "ее", "их", "он", "она", "они"):
                return self.argument(i)
        if self.words[at].lemma == "зрение" and self.words[at].head != at:
            beside = self.tree.under(self.words[at].head, ("nmod", "nsubj"))
            return next((self.argument(i) for i in beside if self.words[i].kind == "PROPN"), None)
        return self._carrier(at, depth)

    def _owns(self, at: int) -> bool:
        """Whether a noun in the genitive or instrumental is an owner, and not what it is about: it has a name."""
        if self.tree.preposition(at) or not self.tree.has(at, "Case=Gen", "Case=Ins"):
            return self.words[at].kind == "PROPN" and self.tree.preposition(at) in ("в",)
        return self.words[at].kind in ("PROPN", "PRON") or lemma_of(self.words[at].text) in PEOPLES or self._people(at)

    def _carrier(self, at: int, depth: int) -> Argument | None:
        """Who has, voices or shares it: "Токио выразил надежду, что"; "заявил о готовности", "у Токио есть желание"."""
        above, relation = self.words[at].head, self.words[at].relation
        if above == at:
            return None
        if relation in ("obj", "obl") and (self.words[above].lemma in LIGHT or self.tree.preposition(at) in ("о", "с")):
            return self.subject(above, depth + 1)
        if relation in SUBJECTS and self.words[above].lemma in LIGHT and self.tree.has(above, "Voice=Pass"):
            return self._agent(above)
        if relation in SUBJECTS or self.words[above].lemma in ("быть", "нет"):
            return next(
                (self.argument(i) for i in self.tree.under(above, ("obl",)) if self.tree.preposition(i) == "у"), None
            )
        return None

    def _of_clause(self, at: int, depth: int) -> Argument | None:
        """The subject of the clause that a noun stands in."""
        seen = at
        while self.words[seen].head != seen:
            seen = self.words[seen].head
            if self.words[seen].kind in VERBAL:
                return self.subject(seen, depth + 1)
        return None
