"""What is between two states, and what leans to one: "конфликт между", "жёсткий курс в отношении", "антироссийская политика"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rashomon.coding import russian_relations as known
from rashomon.coding.frames import Frame
from rashomon.coding.parties import Party, coded, leaning
from rashomon.coding.relations import REVERSED, Relation, each, pairs, sign_of
from rashomon.coding.russian_whose import Whose

_STANDING: Final = frozenset({"в отношении", "по отношению к", "к", "против", "с", "в адрес"})


class Between:
    """The relations between two that nouns of one sentence tell of."""

    def __init__(self, whose: Whose) -> None:
        self.whose, self.sentence, self.parties = whose, whose.sentence, whose.parties
        self.words, self.tree = whose.words, whose.tree

    def leaning(self, at: int) -> Iterator[Relation]:
        """Of "антироссийская политика Варшавы": whose something is that is for or against another."""
        noun = self.words[at].head
        target = self.whose.leant(at)
        if target is None or self.words[noun].lemma in known.NOUNS or self.words[at].relation != "amod":
            return
        above, hanging, _ = self.whose.governor(noun)
        owners = self.whose.holders(noun)
        if not owners and above is not None and not above.negated and not self.whose.is_subject(hanging, above):
            owners = self.whose.subject(above) if above.predicate in known.CARRIERS else self.whose.place(above)
        kind = "good" if leaning(self.words[at].lemma, self.parties.gazetteer.lexicon) == (target.code, 1) else "bad"
        yield from pairs(kind, owners, (target,), (at, noun), 0.8)

    def course(self, at: int) -> Iterator[Relation]:
        """Of "жёсткий курс в отношении Пекина": toward whom a stance is, and of which kind."""
        above, hanging, _ = self.whose.governor(at)
        sign, targets = self.judged_by(at), self._stood_toward(at, above)
        if not sign or not targets:
            return
        owners = self.whose.holders(at)
        if not owners and above is not None and not above.negated and not self.whose.is_subject(hanging, above):
            owners = self.whose.subject(above)
        yield from pairs("good" if sign > 0 else "bad", owners, targets, (at,), 0.8)

    def _stood_toward(self, at: int, above: Frame | None) -> tuple[Party, ...]:
        """Toward whom a stance is; of "дал жёсткую оценку действиям Киева" whose they are."""
        sides = (self.whose.side(i) for i in self.tree.under(at, ("nmod", "obl")))
        found = tuple(one for side, noun in sides if side in _STANDING for one in self.whose.state(noun))
        if found or self.words[at].lemma != "оценка":
            return found
        given = next((one for name, one in above.obliques if name == "dat"), None) if above is not None else None
        bare = (i for i in self.tree.under(at, ("nmod",)) if self.whose.in_case(i, "dat"))
        return next((self.whose.state(i) for i in bare), ()) or self.whose.of(given)

    def among(self, at: int) -> Iterator[Relation]:
        """What a noun says that is between two: "конфликт между Турцией и Грецией", "российско-турецкое сближение"."""
        lemma = self.words[at].lemma
        if lemma not in known.MUTUAL or self.words[at].kind != "NOUN" or self.tree.supposed(at):
            return
        both = self._both(at)
        kind = self._between(at, lemma)
        if len(both) == 2 and kind:
            yield from each(kind, both, self.tree.below(at, self.tree.QUALIFYING), 0.9)

    def _both(self, at: int) -> tuple[Party, ...]:
        """The two between whom a noun is."""
        inside: list[Party] = []
        owners: list[Party] = []
        above = self.whose.up(at) if self.words[at].relation in ("nsubj", "obj") else -1
        hanging = self.sentence.by_word[above].words if above >= 0 else ()
        beside = [i for i in hanging if self.words[i].relation == "obl" and self.tree.preposition(i) == "между"]
        for i in (*self.tree.under(at, ("nmod", "amod", "obl")), *beside):
            side = self.tree.preposition(i)
            if side == "на" and self.words[i].lemma in ("граница", "рубеж"):
                inside += self.whose.owners(i)
            elif side == "между":
                inside += [
                    *self.whose.state(i),
                    *(one for j in self.tree.under(i, ("conj",)) for one in self.whose.state(j)),
                ]
            elif side == "с" and self.tree.has(i, "Case=Ins"):
                owners += self.whose.state(i)
            elif not side and (self.whose.genitive(i) or self.words[i].kind == "ADJ"):
                owners += [*self.whose.state(i), *self.whose.beside(i)]
        return tuple(coded(inside or owners))

    def _between(self, at: int, lemma: str) -> str:
        """The kind of what is between two, its verb and its adjectives weighed; "" where it is neither good nor bad."""
        above = self.whose.up(at)
        verb = self.words[above].lemma if above >= 0 else ""
        frame = self.sentence.by_word.get(above)
        if frame is not None and self.whose.wished(frame):
            return ""
        if lemma in known.RELATIONS and self._talked_of(at):
            return ""
        if lemma in known.RELATIONS:
            good, bad = verb in known.IMPROVING, verb in known.WORSENING
            sign = (
                good - bad
                or self.judged_by(at)
                or self._judged_above(at)
                or (self._becoming(above) if above >= 0 else 0)
            )
            turned = frame is not None and frame.negated and good - bad > 0
            return {1: "COOPERATE", -1: "REJECT"}.get(-sign if turned else sign, "")
        kind = known.BETWEEN.get(lemma) or known.NOUNS[lemma][0][0]
        if frame is not None and frame.negated and sign_of(kind) > 0:
            return ""  # what there is none of yet
        return REVERSED[kind] if verb in known.ENDERS else kind

    def _talked_of(self, at: int) -> bool:
        """Whether relations are only spoken of: "обсудили вопросы развития отношений", "речь шла о"."""
        while self.words[at].head != at:
            at = self.words[at].head
            beside = (at, *self.tree.under(at, ("nsubj",)))
            if any(self.words[i].lemma in known.TALKING for i in beside):
                return True
        return False

    def _judged_above(self, at: int) -> int:
        """Of "напряжённость в отношениях", "улучшение отношений": the sign of the noun that they hang on."""
        lemma = self.words[self.words[at].head].lemma
        return (lemma in known.WARM) - (lemma in known.COLD or lemma in known.BETWEEN)

    def _becoming(self, above: int) -> int:
        """Of "превратились в открытую вражду": the sign of what relations turn into."""
        for i in self.tree.under(above, ("obl", "xcomp", "iobj", "advmod")):
            kind = known.NOUNS.get(self.words[i].lemma, ((known.BETWEEN.get(self.words[i].lemma, ""), ()),))[0][0]
            sign = sign_of(kind) or self.judged_by(i)
            if sign:
                return sign
        return 0

    def judged_by(self, at: int) -> int:
        """The sign of the adjectives of a noun."""
        for i in (at, *self.tree.under(at, ("amod",))):
            lemma = self.words[i].lemma
            sign = (lemma in known.WARM) - (lemma in known.COLD)
            if sign:
                return sign
        return 0
