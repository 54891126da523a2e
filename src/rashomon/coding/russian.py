"""The grammar of Russian: from a parsed sentence to its frames.

A frame stands at every verb, at every adjective or short participle that is a predicate ("готова признать"), at a noun that is
said of another ("Япония — угроза"), and at every noun that stands for a verb ("требование Токио о"). A modal word is fused with
its infinitive, as an auxiliary is in English. Who does what they say stands in :mod:`rashomon.coding.russian_who`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rashomon.coding.frames import Argument, Frame, Mood, Sentence
from rashomon.coding.russian_tree import trees_of
from rashomon.coding.russian_who import NOMINALS, OWN, SUBJECTS, VERBAL, Who
from rashomon.coding.russian_words import (
    INSISTING,
    JUDGING,
    LIGHT,
    MINDED,
    MODALS,
    MOVING,
    NOMINAL,
    REVERSING,
    STANDPOINTS,
    TEMPORAL,
    TRANSPARENT,
    VERBS,
)

COPULAS: Final = frozenset(
    {
        "быть",
        "являться",
        "явиться",
        "стать",
        "становиться",
        "оставаться",
        "остаться",
        "казаться",
        "оказаться",
        "представлять",
    }
)
_SIDES: Final = ("за", "против")
_SEEING_IN: Final = frozenset({"видеть", "увидеть", "усматривать", "усмотреть"})
_HOLDING: Final = frozenset({"считать", "счесть", "признать", "признавать", "называть", "назвать"})
_DECIDED: Final = frozenset({"решение", "готовность", "намерение"})
"""Nouns of mind that are the subject's own where a verb carries them: "принял решение", "выразил готовность"."""
_THINKING: Final = frozenset(
    word for (word, form), verb in VERBS.entries.items() if form == "+" and verb.name in ("believes", "intends")
)
_MINDING: Final = VERBS.predicates
_OWN_SENSE: Final = frozenset({"находиться", "выражаться", "приниматься", "полагаться", "добиваться"})
"""Verbs in -ся that are no passive of the verb without it."""
_CASES: Final = {"Case=Dat": "dat", "Case=Ins": "ins", "Case=Gen": "gen"}


@dataclass(frozen=True, slots=True)
class Russian:
    """Russian, by slovnet. The models are loaded when the first text is read. ``nominal``: nouns that are frames."""

    language: str = "ru"
    nominal: frozenset[str] = NOMINAL

    def sentences(self, text: str) -> Iterator[Sentence]:
        """The sentences of a text in order, those of more than 300 words left out."""
        for tree in trees_of(text):
            yield Sentence(tree.words[0].start, tree.words[-1].end, tree.words, _Framing(tree, self.nominal).frames())


class _Framing(Who):
    """The frames of one sentence."""

    def frames(self) -> tuple[Frame, ...]:
        fused = {self._main(i) for i in range(len(self.words)) if self._main(i) != i}
        return tuple(made for i in range(len(self.words)) if i not in fused and (made := self._frame(i)) is not None)

    def _frame(self, at: int) -> Frame | None:
        word = self.words[at]
        if word.kind == "NOUN" and word.lemma in self.nominal and (word.lemma in NOMINAL or not self._predicative(at)):
            return self._noun(at)
        auxiliary = word.relation in ("aux", "aux:pass", "cop") and word.head != at
        if (word.kind in VERBAL and not auxiliary) or self._predicative(at) or self._main(at) != at:
            return self._predicate(at)
        return None

    def _predicative(self, at: int) -> bool:
        """Whether a word that is no verb is a predicate: "готова", "— угроза", "против сноса"."""
        word = self.words[at]
        if word.kind == "ADJ" and (word.lemma in MINDED or self.tree.one(at, *SUBJECTS) >= 0):
            return word.relation != "amod"
        if word.kind == "ADJ" and word.relation == "xcomp" and self.tree.has(at, "Variant=Short"):
            return self.words[word.head].lemma in COPULAS  # "остаётся верна"
        said = word.kind in NOMINALS and self.tree.one(at, *SUBJECTS) >= 0
        return said and self.tree.preposition(at) in ("", *_SIDES)

    # predicates

    def _predicate(self, at: int) -> Frame:
        tree, main = self.tree, self._main(at)
        minded = self.words[at].lemma in MINDED and self.words[at].kind not in NOMINALS
        adjective = minded and (self.words[at].kind != "VERB" or tree.has(at, "Voice=Pass"))
        passive = (tree.has(main, "Voice=Pass") or self._suffers(main)) and not adjective
        subject, found = self.subject(at), self._object(main)
        if passive:
            found, subject = self._undergoing(at) or found, self._agent(main)
        elif self.words[main].lemma in MOVING:
            found, subject = (subject, found) if found is not None else (None, subject)
        if found is not None and self.words[main].lemma in LIGHT and self._carries(found):
            found = None
        complement = self._complement(main)
        obliques = self._obliques(main)
        if self.words[main].lemma in _SEEING_IN and found is not None:
            found, obliques = self._seen_in(found, obliques)
        name = self._judging(obliques) if self.words[main].lemma in _HOLDING else ""
        if name:
            obliques = tuple(one for one in obliques if one[0] != "as")
        name = name or self._name(main, complement)
        return Frame(
            predicate=name,
            at=at,
            kind="adjective" if adjective or self.words[main].kind == "ADJ" else "verb",
            words=tree.clause(at, tree.QUALIFYING),
            wide=tree.clause(at),
            subject=subject,
            object=found,
            obliques=obliques,
            complement=complement,
            over=self._over(at),
            mood=self._mood(at),
            negated=self._negated(at) != (main != at and tree.negated(main)) and not name.startswith("не "),
            passive=passive,
            supposed=tree.supposed(at) or self._owed(at, main),
            quoted=at in tree.quoted,
        )

    def _owed(self, at: int, main: int) -> bool:
        """Whether one is only told that one should be of a mind: "должна признать"; "должна была признать" may be a fact."""
        owed = at != main and MODALS[self.words[at].lemma] == "must" and self.words[main].lemma in _MINDING
        return owed and not any(self.tree.has(i, "Tense=Past") for i in (at, *self.tree.children[at]))

    def _suffers(self, at: int) -> bool:
        """Whether a verb in -ся is the passive of a verb of mind: "отвергался", and not "надеялся"."""
        lemma = self.words[at].lemma
        own_sense = lemma in _MINDING or lemma in _OWN_SENSE
        return lemma.endswith("ся") and not own_sense and lemma[:-2] in _MINDING

    def _carries(self, found: Argument) -> bool:
        """Whether an object is the subject's own noun of mind, which says all that is said: "подтвердил свое требование"."""
        return any(
            self.words[head].lemma in self.nominal
            and (
                self.words[head].lemma in _DECIDED or any(self.words[i].lemma in OWN for i in self.tree.children[head])
            )
            for head in found.heads
        )

    def _mood(self, at: int) -> Mood:
        mood = self.tree.mood(at)
        if self._main(at) == at or mood == "should":
            return mood
        return "must" if MODALS[self.words[at].lemma] == "must" else "may"

    def _name(self, at: int, complement: int) -> str:
        """The predicate: the lemma, "быть" for a noun said of another, and "выступать за" with "за то, чтобы"."""
        if self.words[at].kind in NOMINALS:
            side = self.tree.preposition(at)
            return "быть" if not side else f"выступать {side}" if self._correlative(at) else "выступать"
        lemma = self.words[at].lemma
        if lemma == "понять" and self.words[self.words[at].head].lemma in ("дать", "давать"):
            return "дать понять"
        if lemma in ("допустить", "допускать") and self.tree.negated(at):
            return f"не {lemma}"
        lemma = lemma.removesuffix("ся") if self._suffers(at) else lemma
        above = self.words[complement].head if complement >= 0 else at
        side = self.tree.preposition(above) if above != at and self.words[above].head == at else ""
        return f"{lemma} {side}" if side in _SIDES else lemma

    def _judging(self, obliques: tuple[tuple[str, Argument], ...]) -> str:
        """Of "считает неприемлемым": the verb that this amounts to; "" if none."""
        every = (JUDGING.get(self.words[i].lemma, "") for name, one in obliques if name == "as" for i in one.heads)
        return next(filter(None, every), "")

    def _seen_in(
        self, found: Argument, obliques: tuple[tuple[str, Argument], ...]
    ) -> tuple[Argument, tuple[tuple[str, Argument], ...]]:
        """Of "видит в Японии угрозу": Japan is the object, and a danger what it is taken for."""
        where = next((one for name, one in obliques if name == "в"), None)
        return (found, obliques) if where is None else (where, (("as", found),))

    # objects

    def _object(self, at: int) -> Argument | None:
        if self.words[at].kind in NOMINALS:  # what another noun is said to be
            return None if self.tree.preposition(at) else self.argument(at)
        subject = self._own_subject(at)
        for i in self._bare(at):
            word = self.words[i]
            if i == subject or word.kind not in ("NOUN", "PROPN", "PRON", "DET", "NUM", "ADJ") or self._correlative(i):
                continue
            if word.kind == "ADJ" and word.relation == "xcomp":
                continue
            if word.relation == "obj" or (self.tree.has(i, "Case=Acc", "Case=Gen") and not self._temporal(i)):
                return self.argument(self._antecedent(at)) if word.lemma == "который" else self.argument(i)
        spoken_of = next((i for i in self.tree.under(at, ("obl", "iobj")) if self.tree.preposition(i) == "о"), -1)
        if spoken_of >= 0 and not self._correlative(spoken_of):
            return self.argument(spoken_of)
        if self.words[at].lemma in COPULAS:
            return next((self.argument(i) for i in self._bare(at) if self.tree.has(i, "Case=Ins")), None)
        return None

    def _temporal(self, at: int) -> bool:
        return self.words[at].lemma in TEMPORAL or self.words[at].text.isdigit()

    def _correlative(self, at: int) -> bool:
        """Whether a noun phrase only announces a clause: "в том, что"."""
        return self.words[at].lemma in ("то", "тот") and self.tree.one(at, "ccomp") >= 0

    def _obliques(self, at: int) -> tuple[tuple[str, Argument], ...]:
        found = []
        if self.words[at].kind in NOMINALS and self.tree.preposition(at) and self.words[at].lemma not in self.nominal:
            found.append((self.tree.preposition(at), self.argument(at)))
        for i in self.tree.under(at, ("obl", "iobj", "nmod", "obj", "xcomp", "obl:agent", "advcl")):
            preposition = self.tree.preposition(i)
            if self._correlative(i) or self._temporal(i) or self.words[i].kind in VERBAL:
                continue
            if preposition:
                found.append((preposition, self.argument(i)))
            elif self._taken_for(at, i):
                found.append(("as", self.argument(i)))
            else:
                found += [(name, self.argument(i)) for case, name in _CASES.items() if self.tree.has(i, case)]
        return tuple(found)

    def _taken_for(self, at: int, noun: int) -> bool:
        """Whether a noun or adjective is what the object is taken for: "считал Японию угрозой", "рассматривал ее как угрозу"."""
        if any(self.words[i].lemma == "как" for i in self.tree.children[noun]):
            return True
        objects = [i for i in self.tree.under(at, ("obj", *SUBJECTS)) if i != noun]
        return bool(objects) and self.tree.has(noun, "Case=Ins") and self.words[noun].relation != "obl:agent"

    # complements

    def _complement(self, at: int) -> int:
        """The word at which the clause stands that a predicate governs; -1 if none."""
        for i in self.tree.under(at, ("ccomp", "xcomp", "csubj")):
            if self.words[at].lemma in _THINKING and "чтобы" in self.tree.marks(i):
                continue  # what for
            if self.words[i].kind in VERBAL or self._predicative(i) or self._main(i) != i:
                return i
        for i in (at, *self.tree.children[at]):
            if self._correlative(i):
                return self.tree.one(i, "ccomp")
        if self.words[at].lemma in INSISTING and self.tree.one(at, "obj") < 0:
            for i in self.tree.under(at, ("advcl",)):
                if "чтобы" in self.tree.marks(i):
                    return i
        return self._beside(at)

    def _beside(self, at: int) -> int:
        """The clause that a verb of speech is put into or before: "как заявил X, …", "…, считает X", "X заявил: …"."""
        word = self.words[at]
        colon = any(one.text == ":" for one in self.words[word.head : at])
        if word.relation == "parataxis" and word.kind == "VERB" and self._own_subject(at) >= 0 and not colon:
            return self._top(word.head)
        if word.relation == "advcl" and "как" in self.tree.marks(at):
            return self._top(word.head)
        if word.kind == "VERB":
            for i in self.tree.under(at, ("parataxis",)):
                colon = any(one.text == ":" for one in self.words[at:i])
                if colon and (self.words[i].kind in VERBAL or self._predicative(i)):
                    return i
        return -1

    def _top(self, at: int) -> int:
        """A word if it may be a predicate, else -1."""
        return at if self.words[at].kind in VERBAL or self._predicative(at) or self._main(at) != at else -1

    def _over(self, at: int) -> int:
        """The verb or noun of mind above a predicate, through what it is coordinated with."""
        seen = at
        while self.words[seen].head != seen:
            seen = self.words[seen].head
            if (
                self.words[seen].kind in (*VERBAL, "ADJ")
                or self.words[seen].lemma in self.nominal
                or self._main(seen) != seen
            ):
                return seen
        return -1

    def _negated(self, at: int) -> bool:
        """Whether a predicate is negated, by itself or by verbs above it that only pass it on ("не стал настаивать")."""
        found = self.tree.negated(at) or self.words[at].lemma == "нельзя"
        above = self.words[at].head
        if self.words[at].relation == "xcomp" and above != at and self.words[above].lemma in TRANSPARENT:
            found ^= self._negated(above) != (self.words[above].lemma in REVERSING)
        return found

    # nouns

    def _noun(self, at: int) -> Frame:
        tree = self.tree
        owner = self._owner(at, 0)
        complement = self._of_noun(at)
        return Frame(
            predicate=self.words[at].lemma,
            at=at,
            kind="noun",
            words=tree.clause(at, tree.QUALIFYING),
            wide=tree.clause(at),
            subject=owner,
            object=self._noun_object(at, owner),
            obliques=tuple((name, one) for name, one in self._obliques(at) if one != owner and name not in ("gen",)),
            complement=complement,
            over=self._over(at),
            negated=tree.negated(at) or self._denied(at),
            supposed=tree.supposed(at),
            quoted=at in tree.quoted,
        )

    def _of_noun(self, at: int) -> int:
        """The clause that a noun of mind governs: its own, that of "цель — вернуть", that of "по мнению X"."""
        own = next((i for i in self.tree.under(at, ("ccomp", "xcomp", "csubj", "nsubj")) if self._top(i) >= 0), -1)
        if own >= 0:
            return own
        above = self.words[at].head
        if above != at and self.words[at].relation in SUBJECTS:
            if self.tree.has(above, "VerbForm=Inf"):
                return above
            linking = self.words[above].lemma in (*COPULAS, "заключаться", "состоять", "сводиться")
            return self._complement(above) if linking else -1
        return self._viewed(at)

    def _viewed(self, at: int) -> int:
        """The clause that "по мнению X" and its like go with; -1 where the noun is no such turn."""
        top = self.words[at].head if self.words[at].lemma == "зрение" else at
        turn = self.tree.preposition(top) in STANDPOINTS.get(self.words[at].lemma, ())
        return self._top(self.words[top].head) if turn and self.words[top].head != top else -1

    def _noun_object(self, at: int, owner: Argument | None) -> Argument | None:
        """What a noun of mind is about: another noun in the genitive than its owner, or what it is said to be."""
        for i in self.tree.under(at, ("nmod",)):
            argument = self.argument(i)
            if not self.tree.preposition(i) and argument != owner and self.tree.has(i, "Case=Gen"):
                return argument
        above = self.words[at].head
        if above != at and self.words[at].relation in SUBJECTS and self.words[above].kind == "NOUN":
            return self.argument(above)
        said = self.tree.one(at, "nsubj")
        return self.argument(said) if said >= 0 else None

    def _denied(self, at: int) -> bool:
        """Whether the verb that carries a noun of mind is negated: "не выразил надежды"."""
        above = self.words[at].head
        return self.words[at].relation in ("obj", "obl") and self.words[above].lemma in LIGHT and self._negated(above)
