"""Who does what an English verb says, and whose an English noun of mind is, where it stands and where it is not said.

Subjects that are not said are found where English lets them be: coordination, infinitives, participles and relative clauses.
"""

from __future__ import annotations

from typing import Final

from rashomon.coding.english_tree import PARTICIPLE, EnglishTree
from rashomon.coding.english_words import (
    ADDRESSING,
    CHANCES,
    IMAGES,
    LIGHT,
    NOMINAL,
    NOUNS,
    OBJECT_CONTROL,
    STANDPOINTS,
)
from rashomon.coding.frames import Argument

SUBJECTS: Final = ("nsubj", "nsubjpass")
RELATIVE: Final = frozenset({"who", "which", "that", "whom"})
COPULAS: Final = frozenset({"be", "become", "remain", "seem", "appear", "feel", "grow", "stay", "prove"})


class Subjects:
    """The subjects and owners of one sentence."""

    def __init__(self, tree: EnglishTree) -> None:
        self.tree, self.words = tree, tree.words

    def subject(self, at: int, depth: int = 0) -> Argument | None:
        """Who does what the verb says; found above it where it is not said."""
        own = self.own_subject(at)
        if own >= 0:
            if self.words[own].text.lower() in RELATIVE and self.relative(at):
                person = self.words[self.words[at].head].entity == "person" and self.words[own].text.lower() == "which"
                return None if person else self.tree.argument(self.words[at].head)
            return None if self._expletive(at, own) else self.tree.argument(own)
        above = self.words[at].head
        if above == at or depth > 6 or self._lost(at):
            return None
        relation = self.words[at].relation
        if relation in ("acl", PARTICIPLE, "relcl"):
            return self._of_noun(at, above, depth)
        if relation == "prep" or self.words[above].kind not in ("VERB", "AUX", "ADJ", "ADP", "SCONJ"):
            return None
        return self._inherited(at, above, depth)

    def _lost(self, at: int) -> bool:
        """Whether a clause has a subject that the parser hung elsewhere: one with "that" and no infinitive has its own."""
        marks = (self.words[i].lemma for i in self.tree.under(at, ("mark",)))
        finite = self.words[at].relation == "ccomp" and self.tree.mood(at) != "to"
        return finite and "that" in marks and self.tree.one(at, "csubj") < 0

    def own_subject(self, at: int) -> int:
        """The subject on a verb, or where the parser hung it: on the verb's auxiliary; -1 if none."""
        places = (at, *self.tree.under(at, ("aux", "auxpass")))
        return next((found for place in places if (found := self.tree.one(place, *SUBJECTS)) >= 0), -1)

    def _expletive(self, at: int, subject: int) -> bool:
        """Whether a subject stands for a clause to come: "it is difficult to …", "there is"."""
        if self.words[subject].relation == "expl":
            return True
        quality = self.tree.one(at, "acomp", "attr")
        what = self.tree.one(at, "dobj")
        if self.words[subject].lemma == "it" and self.passive(at) and self.tree.one(at, "ccomp") >= 0:
            return True
        if what >= 0 and [self.words[i].lemma for i in (subject, at, what)] == ["it", "make", "sense"]:
            return True
        clause = any(self.tree.one(place, "xcomp", "ccomp", "advcl") >= 0 for place in (at, quality) if place >= 0)
        return self.words[subject].lemma == "it" and self.words[at].lemma in COPULAS and quality >= 0 and clause

    def relative(self, at: int) -> bool:
        return self.words[at].relation == "relcl" and self.words[at].head != at

    def passive(self, at: int) -> bool:
        word = self.words[at]
        if word.form != "VBN":
            return False
        return self.tree.one(at, "auxpass") >= 0 or (
            word.relation in ("acl", PARTICIPLE, "relcl", "advcl", "acomp") and self.tree.one(at, "aux") < 0
        )

    def _of_noun(self, at: int, noun: int, depth: int) -> Argument | None:
        """The subject of a clause on a noun: the noun of a participle, the owner of a noun of mind ("a refusal to …")."""
        if self.words[at].form in ("VBG", "VBN"):
            return self.tree.argument(noun)
        return self.owner(noun, depth) if self.words[noun].lemma in NOMINAL else None

    def _inherited(self, at: int, above: int, depth: int) -> Argument | None:
        if self.words[above].kind in ("ADP", "SCONJ") and self.words[self.words[above].head].lemma in ADDRESSING:
            addressed = self.tree.one(self.words[above].head, "dobj")
            if addressed >= 0:
                return self.tree.argument(addressed)
        if self.words[above].kind in ("ADJ", "ADP", "SCONJ"):
            return self.subject(self.words[above].head, depth + 1) if self.words[above].head != above else None
        infinitive = self.words[at].relation == "advcl" and self.tree.mood(at) == "to" and at > above
        if (infinitive or self.words[at].relation in ("xcomp", "ccomp")) and self.words[above].lemma in OBJECT_CONTROL:
            controlled = self.tree.one(above, "dobj")
            if controlled >= 0:
                return self.tree.argument(controlled)
        if self.passive(above):
            own = self.own_subject(above)
            return self.tree.argument(own) if own >= 0 else self.subject(above, depth + 1)
        return self.subject(above, depth + 1)

    def owner(self, at: int, depth: int) -> Argument | None:
        """Whose a noun of mind is: "Tokyo's", "the Soviet", "by", "in", "among" or "of" somebody, or who has or voices it."""
        if self.words[at].lemma in CHANCES:
            return self._carrier(at, depth) if self.words[at].relation == "pobj" else None
        owner, shown = self.tree.one(at, "poss"), self.shown(at)
        if owner >= 0 and owner != shown:
            return self.tree.argument(owner)
        taken = (self.tree.one(i, "pobj") for i in self.tree.under(at, ("prep",)) if self.words[i].lemma == "as")
        behind = [
            i for noun in taken if noun >= 0 for i in self.tree.under(noun, ("prep",)) if self.words[i].lemma == "among"
        ]
        for name in ("by", "among", "within", "in", "on"):
            for i in (*self.tree.under(at, ("prep", "agent")), *behind):
                noun = self.tree.one(i, "pobj")
                if noun >= 0 and self.words[noun].lemma in STANDPOINTS:  # "in the minds of Russians"
                    return self.owner(noun, depth + 1) if depth < 2 else None
                if self.words[i].lemma == name and noun >= 0 and self.named(noun):
                    where = name in ("in", "within", "on") and self.a_deed(at)  # where it is done says not who does it
                    return None if where and self.at_home(noun) else self.tree.argument(noun)
        for i in self.tree.under(at, ("amod", "compound", "nmod")):
            if self.words[i].entity in ("people", "place", "organisation", "person"):
                return self.tree.argument(i)
        of = self._of(at)
        if of is not None and self.words[at].lemma in STANDPOINTS:
            return of
        return self._carrier(at, depth) or of or self._spread(at, depth)

    def shown(self, at: int) -> int:
        """Whom an image shows that stands before it: "Lisbon's image in Oslo"; -1 where it is whose image it is."""
        of = any(self.words[i].lemma == "of" for i in self.tree.under(at, ("prep",)))
        return -1 if of or self.words[at].lemma not in IMAGES else self.tree.one(at, "poss")

    def a_deed(self, at: int) -> bool:
        """Whether a noun of mind tells what one does or would do: "recognition", "consent"; not what one feels or thinks."""
        verbs = {verb.name for (lemma, _), verb in NOUNS.entries.items() if lemma == self.words[at].lemma}
        return bool(verbs & _DEEDS)

    def _spread(self, at: int, depth: int) -> Argument | None:
        """Where a thought is at home: "the image of Japan as … became popular among Russians", "took hold in their minds"."""
        above = self.words[at].head
        if self.words[at].relation not in SUBJECTS or depth > 1 or self.a_deed(at):
            return None
        for place in (above, *self.tree.under(above, ("acomp", "xcomp", "oprd"))):
            for i in self.tree.under(place, ("prep",)):
                noun = self.tree.one(i, "pobj") if self.words[i].lemma in ("in", "among", "within") else -1
                if noun >= 0 and self.words[noun].lemma in STANDPOINTS:
                    return self.owner(noun, depth + 1)
                if noun >= 0 and self.at_home(noun):
                    return self.tree.argument(noun)
        return None

    def named(self, noun: int) -> bool:
        named = self.words[noun].kind == "PROPN" or any(self.words[i].kind == "PROPN" for i in self.tree.children[noun])
        return named or self.at_home(noun)

    def at_home(self, noun: int) -> bool:
        return self.words[noun].entity in ("place", "people") or any(
            self.words[i].entity in ("place", "people") for i in self.tree.under(noun, ("amod", "compound"))
        )

    def _of(self, at: int) -> Argument | None:
        """Of "the decision of Moscow": where "of" does not say what it is about."""
        if (self.words[at].lemma, "of") in NOUNS.entries and self.words[at].lemma not in STANDPOINTS:
            return None
        for i in self.tree.under(at, ("prep",)):
            noun = self.tree.one(i, "pobj")
            if self.words[i].lemma == "of" and noun >= 0:
                return self.tree.argument(noun)
        return None

    def _carrier(self, at: int, depth: int) -> Argument | None:
        """Who has, voices or shares it: "Tokyo expressed the hope that …"; or is under it: "under the illusion that …"."""
        above, relation = self.words[at].head, self.words[at].relation
        if relation == "dobj" and self.words[above].lemma in _GIVING:
            given = self.tree.one(above, "dative")
            return self.tree.argument(given) if given >= 0 and self.words[given].kind != "ADP" else None
        if relation == "dobj" and self.words[above].lemma in LIGHT and self.tree.one(above, "prt") < 0:
            return self.subject(above, depth + 1)
        if relation == "pobj" and self.words[above].lemma in _WITH:
            verb = self.words[above].head
            if self.words[verb].kind in ("VERB", "AUX"):
                return self.subject(verb, depth + 1)
        return None


_WITH: Final = frozenset({"under", "with", "of", "in", "on", "from", "out", "for"})
"""Prepositions between a verb and the thought with which it is done: "on the assumption that", "out of fear that"."""
_GIVING: Final = frozenset({"give", "leave", "lend"})
_DEEDS: Final = frozenset({"accepts", "rejects", "proposes", "demands", "avoids"})
