"""The grammar of Russian: from a parsed sentence to its frames.

A frame stands at every verb, at every adjective or short participle that is a predicate ("готова признать"), at a noun that is
said of another ("Япония — угроза"), and at every noun that stands for a verb ("требование Токио о"). A modal word is fused with
its infinitive, as an auxiliary is in English. Subjects that are not said are found where Russian lets them be: infinitives,
participles, coordination, and "в Токио полагали".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rashomon.coding.frames import Argument, Frame, Mood, Sentence, agree
from rashomon.coding.russian_places import countries
from rashomon.coding.russian_tree import RussianTree, lemma_of, trees_of
from rashomon.coding.russian_words import (
    INSISTING,
    JUDGING,
    LIGHT,
    MINDED,
    MODALS,
    MOVING,
    NOMINAL,
    OBJECT_CONTROL,
    REVERSING,
    STANDPOINTS,
    TEMPORAL,
    TRANSPARENT,
    VERBS,
)

_SUBJECTS: Final = ("nsubj", "nsubj:pass")
_VERBAL: Final = ("VERB", "AUX")
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
_NOMINALS: Final = ("NOUN", "PROPN", "PRON", "DET")
_SIDES: Final = ("за", "против")
_SEEING_IN: Final = frozenset({"видеть", "увидеть", "усматривать", "усмотреть"})
_HOLDING: Final = frozenset({"считать", "счесть", "признать", "признавать", "называть", "назвать"})
_SPEAKER: Final = frozenset({"я", "мы"})
_DECIDED: Final = frozenset({"решение", "готовность", "намерение"})
"""Nouns of mind that are the subject's own where a verb carries them: "принял решение", "выразил готовность"."""
_OWN: Final = frozenset({"свой"})
PEOPLES: Final = frozenset(lower for one in countries() for lower in one.people)
"""Adjectives and names of peoples."""
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


class _Framing:
    """The frames of one sentence."""

    def __init__(self, tree: RussianTree, nominal: frozenset[str]) -> None:
        self.tree, self.words, self.nominal = tree, tree.words, nominal

    def frames(self) -> tuple[Frame, ...]:
        fused = {self._main(i) for i in range(len(self.words)) if self._main(i) != i}
        return tuple(made for i in range(len(self.words)) if i not in fused and (made := self._frame(i)) is not None)

    def _frame(self, at: int) -> Frame | None:
        word = self.words[at]
        if word.kind == "NOUN" and word.lemma in self.nominal and (word.lemma in NOMINAL or not self._predicative(at)):
            return self._noun(at)
        auxiliary = word.relation in ("aux", "aux:pass", "cop") and word.head != at
        if (word.kind in _VERBAL and not auxiliary) or self._predicative(at) or self._main(at) != at:
            return self._predicate(at)
        return None

    def _predicative(self, at: int) -> bool:
        """Whether a word that is no verb is a predicate: "готова", "— угроза", "против сноса"."""
        word = self.words[at]
        if word.kind == "ADJ" and (word.lemma in MINDED or self.tree.one(at, *_SUBJECTS) >= 0):
            return word.relation != "amod"
        if word.kind == "ADJ" and word.relation == "xcomp" and self.tree.has(at, "Variant=Short"):
            return self.words[word.head].lemma in COPULAS  # "остаётся верна"
        said = word.kind in _NOMINALS and self.tree.one(at, *_SUBJECTS) >= 0
        return said and self.tree.preposition(at) in ("", *_SIDES)

    def _main(self, at: int) -> int:
        """The infinitive after a modal word, which says what the predicate is; else the word itself."""
        if self.words[at].lemma in MODALS:
            for i in self.tree.under(at, ("xcomp", "csubj", "ccomp")):
                if self.tree.has(i, "VerbForm=Inf"):
                    return i
        return at

    # predicates

    def _predicate(self, at: int) -> Frame:
        tree, main = self.tree, self._main(at)
        minded = self.words[at].lemma in MINDED and self.words[at].kind not in _NOMINALS
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
                self.words[head].lemma in _DECIDED or any(self.words[i].lemma in _OWN for i in self.tree.children[head])
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
        if self.words[at].kind in _NOMINALS:
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
        found = next((i for place in places for i in self.tree.under(place, _SUBJECTS) if self._nominative(i)), -1)
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
        if self.words[above].kind not in (*_VERBAL, "ADJ") and self.words[above].lemma not in MODALS:
            return None
        if self.tree.has(above, "Voice=Pass") and self.words[at].relation == "conj":
            return None
        return self.subject(above, depth + 1)

    # objects

    def _bare(self, at: int) -> Iterator[int]:
        """Nouns on a predicate without a preposition."""
        for i in self.tree.under(at, ("obj", "iobj", "obl", "obl:agent", "xcomp", *_SUBJECTS)):
            if not self.tree.preposition(i) and (self.words[i].relation not in _SUBJECTS or not self._nominative(i)):
                yield i

    def _undergoing(self, at: int) -> Argument | None:
        """Of a passive verb: what is done to, its subject or the noun that it hangs on."""
        own = self._own_subject(at)
        if own < 0 and self.words[at].relation == "acl":
            return self.argument(self.words[at].head)
        return self.argument(own) if own >= 0 else None

    def _agent(self, at: int) -> Argument | None:
        for i in self._bare(at):
            if self.tree.has(i, "Case=Ins") and self.words[i].kind in _NOMINALS:
                return self.argument(i)
        place = next((i for i in self.tree.under(at, ("obl",)) if self._in_place(i)), -1)
        return self.argument(place) if place >= 0 else None

    def _in_place(self, at: int) -> bool:
        return self.tree.preposition(at) == "в" and self.words[at].kind == "PROPN" and self.tree.has(at, "Case=Loc")

    def _object(self, at: int) -> Argument | None:
        if self.words[at].kind in _NOMINALS:  # what another noun is said to be
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
        if self.words[at].kind in _NOMINALS and self.tree.preposition(at) and self.words[at].lemma not in self.nominal:
            found.append((self.tree.preposition(at), self.argument(at)))
        for i in self.tree.under(at, ("obl", "iobj", "nmod", "obj", "xcomp", "obl:agent", "advcl")):
            preposition = self.tree.preposition(i)
            if self._correlative(i) or self._temporal(i) or self.words[i].kind in _VERBAL:
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
        objects = [i for i in self.tree.under(at, ("obj", *_SUBJECTS)) if i != noun]
        return bool(objects) and self.tree.has(noun, "Case=Ins") and self.words[noun].relation != "obl:agent"

    # complements

    def _complement(self, at: int) -> int:
        """The word at which the clause stands that a predicate governs; -1 if none."""
        for i in self.tree.under(at, ("ccomp", "xcomp", "csubj")):
            if self.words[at].lemma in _THINKING and "чтобы" in self.tree.marks(i):
                continue  # what for
            if self.words[i].kind in _VERBAL or self._predicative(i) or self._main(i) != i:
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
                if colon and (self.words[i].kind in _VERBAL or self._predicative(i)):
                    return i
        return -1

    def _top(self, at: int) -> int:
        """A word if it may be a predicate, else -1."""
        return at if self.words[at].kind in _VERBAL or self._predicative(at) or self._main(at) != at else -1

    def _over(self, at: int) -> int:
        """The verb or noun of mind above a predicate, through what it is coordinated with."""
        seen = at
        while self.words[seen].head != seen:
            seen = self.words[seen].head
            if (
                self.words[seen].kind in (*_VERBAL, "ADJ")
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
        if above != at and self.words[at].relation in _SUBJECTS:
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
        if above != at and self.words[at].relation in _SUBJECTS and self.words[above].kind == "NOUN":
            return self.argument(above)
        said = self.tree.one(at, "nsubj")
        return self.argument(said) if said >= 0 else None

    def _denied(self, at: int) -> bool:
        """Whether the verb that carries a noun of mind is negated: "не выразил надежды"."""
        above = self.words[at].head
        return self.words[at].relation in ("obj", "obl") and self.words[above].lemma in LIGHT and self._negated(above)

    def _owner(self, at: int, depth: int) -> Argument | None:
        """Whose a noun of mind is: "Токио", "Москвой", "японское", "его", "со стороны Токио", or who has or voices it."""
        for i in self.tree.children[at]:
            if self.words[i].lemma in _OWN:
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
        if relation in _SUBJECTS and self.words[above].lemma in LIGHT and self.tree.has(above, "Voice=Pass"):
            return self._agent(above)
        if relation in _SUBJECTS or self.words[above].lemma in ("быть", "нет"):
            return next(
                (self.argument(i) for i in self.tree.under(above, ("obl",)) if self.tree.preposition(i) == "у"), None
            )
        return None

    def _of_clause(self, at: int, depth: int) -> Argument | None:
        """The subject of the clause that a noun stands in."""
        seen = at
        while self.words[seen].head != seen:
            seen = self.words[seen].head
            if self.words[seen].kind in _VERBAL:
                return self.subject(seen, depth + 1)
        return None
