"""What nouns of acts and feelings say: "санкции против Ирана", "гнев Пекина", read with the verb that carries or ends them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rashomon.coding import russian_relations as known
from rashomon.coding.frames import Frame
from rashomon.coding.parties import Party, coded
from rashomon.coding.relations import REVERSED, Relation, each, pairs, promised, sign_of
from rashomon.coding.russian_whose import CASES, LOOSE, Whose


class Deeds:
    """The nouns of acts and feelings of one sentence."""

    def __init__(self, whose: Whose) -> None:
        self.whose, self.sentence, self.parties = whose, whose.sentence, whose.parties
        self.words, self.tree = whose.words, whose.tree

    def relations(self, frame: Frame) -> Iterator[Relation]:
        """What a noun of an act or a feeling says, read with the verb that carries, ends, suffers or rouses it."""
        if frame.predicate in known.RELATIONS:
            yield from self._related(frame)
        yield from self._with_help(frame)
        for kind, forms in known.NOUNS.get(frame.predicate, ()):
            above, noun, ended = self.whose.governor(frame.at)
            if above is not None and (above.supposed or self.whose.wished(above)):
                return
            if sign_of(kind) < 0 and self._against_harm(frame, forms):
                continue
            kind, sources, targets, sure = self._carried(
                frame, REVERSED.get(kind, "") if ended else kind, forms, above, noun
            )
            kind = promised(kind) if above is not None and self.whose.planned(above) else kind
            if kind and sources and targets:
                yield from pairs(kind, sources, targets, (*frame.words, *(above.words if above else ())), sure)
                if frame.predicate in known.MUTUAL and (above is None or above.predicate in known.SIGNING):
                    yield from pairs(kind, targets, sources, frame.words, 0.8 * sure)
            elif kind and len(sources) > 1 and not targets and frame.predicate in known.MUTUAL:
                yield from each(kind, sources, frame.words, 0.8 * sure)

    def _with_help(self, frame: Frame) -> Iterator[Relation]:
        """Of "при поддержке России армия Сирии": who helps whom that does something."""
        above = self.sentence.by_word.get(self.words[frame.at].head)
        if frame.predicate in known.HELP and self.tree.preposition(frame.at) in ("при", "с") and above is not None:
            yield from pairs("SUPPORT", self.whose.owners(frame.at), self.whose.subject(above), frame.words, 0.8)

    def _against_harm(self, frame: Frame, forms: tuple[str, ...]) -> bool:
        """Of "протест против санкций в отношении Ирана": whether it is against what harms another, and not against him."""
        for i in self.tree.under(frame.at, ("nmod", "obl")):
            harm = self.sentence.by_word.get(i)
            entries = known.NOUNS.get(self.words[i].lemma, ())
            fits = self.tree.preposition(i) in forms or ("gen" in forms and self.whose.genitive(i))
            if (
                fits
                and harm is not None
                and any(sign_of(kind) < 0 and self._targets(harm, places) for kind, places in entries)
            ):
                return True
        return False

    def _related(self, frame: Frame) -> Iterator[Relation]:
        """Of "намерен укрепить связи с Пекином": what one makes of relations with another."""
        above, noun, ended = self.whose.governor(frame.at)
        targets = tuple(one for name, each in frame.obliques if name == "с" for one in self.whose.of(each))
        if targets and self.words[self.words[frame.at].head].lemma in known.SPOILING:
            over = self.sentence.by_word.get(self.whose.up(frame.at))
            if over is not None and (over.negated or over.predicate in known.ENDERS | known.FEARING):
                return  # "не хочет ухудшения отношений"
            sources = self.whose.owners(frame.at) or (self.whose.subject(over) if over is not None else ())
            yield from pairs("REJECT", sources, targets, frame.words, 0.8)
            return
        if above is None or not targets or above.supposed or self.whose.is_subject(noun, above):
            return
        lemma = above.predicate
        sign = (lemma in known.IMPROVING) - (lemma in known.WORSENING) or (-1 if ended else 0)
        turned, sure, whose = self.whose.turned(above)
        kind = {1: "COOPERATE", -1: "REJECT"}.get(-sign if turned and sign > 0 else 0 if turned else sign)
        if kind is not None:
            yield from pairs(
                kind, whose if whose is not None else self.whose.subject(above), targets, above.words, sure
            )

    def _carried(
        self, frame: Frame, kind: str, forms: tuple[str, ...], above: Frame | None, noun: int
    ) -> tuple[str, tuple[Party, ...], tuple[Party, ...], float]:
        """Kind, sources, targets and how sure, of an act ``frame`` whose ``noun`` hangs on the verb ``above``."""
        targets, owners = (
            self._targets(frame, forms),
            self.whose.holders(frame.at) or (self.whose.holders(noun) if noun != frame.at else ()),
        )
        if {one.code for one in owners} == {
            one.code for one in targets
        }:  # the same genitive, of "арест гражданина США"
            owners = ()
        if above is None or self.whose.is_subject(noun, above):
            if above is not None and above.predicate in known.GROWING | known.ROUSING:
                owners = owners or self.whose.place(above)
            return (kind, owners, targets, 0.9) if owners else self._unowned(frame, kind, targets)
        turned, sure, whose = self.whose.turned(above)
        subject = whose if whose is not None else self.whose.subject(above)
        if above.predicate == "подвергнуть" and not above.passive:  # "подверг критике решение Рады"
            return self.whose.kind(kind, turned), subject, self.whose.of(above.object), sure
        if above.predicate in known.ROUSING:
            return self.whose.kind(kind, turned), owners or self.whose.place(above), subject or targets, sure
        if above.predicate in known.UNDERGOING and not targets:
            return self.whose.kind(kind, turned), owners or self._from(above), subject, sure
        polarity = self._polarity(above, noun)
        if not polarity:
            return (kind, owners, targets, 0.8) if owners else self._unowned(frame, kind, targets)
        if polarity < 0:
            kind = kind if turned else REVERSED.get(kind, "")
        elif turned:  # who does not support what harms another helps him a little
            shared = above.predicate in known.VERBS and above.predicate not in known.CARRIERS
            kind = REVERSED.get(kind, "") if shared else self.whose.kind(kind, turned)
        if subject and not targets and frame.predicate in known.OBJECTIVE and "gen" in forms:
            whose_own = polarity < 0 and above.predicate in known.VERBS  # "отверг обвинения Дели": his who accuses
            return ("" if whose_own else kind), subject, self.whose.genitives(frame.at), sure
        if owners and targets and subject and {one.code for one in owners}.isdisjoint({one.code for one in subject}):
            return known.NOUNS[frame.predicate][0][0], owners, targets, sure
        found = targets or self._of_carrier(above, forms, noun)
        return kind, subject or owners, found or self._nearby(frame, kind, above), sure

    def _unowned(
        self, frame: Frame, kind: str, targets: tuple[Party, ...]
    ) -> tuple[str, tuple[Party, ...], tuple[Party, ...], float]:
        """Of "намекнул на санкции против России": what harms and is nobody's own is his who speaks of it, if a state does."""
        at = frame.at
        while kind in ("SANCTION", "FIGHT", "DISAPPROVE", "THREATEN") and targets and (at := self.whose.up(at)) >= 0:
            over = self.sentence.by_word[at]
            kinds = known.NOUNS.get(over.predicate, ()) if over.predicate not in known.PASSING else ()
            harmed = over.kind == "noun" and any(sign_of(one) < 0 for one, _ in kinds)
            if over.negated or harmed or over.predicate in known.ENDERS | known.FEARING:
                break
            found = self.whose.subject(over) if over.kind != "noun" else ()
            if found:
                return kind, found, targets, LOOSE
        return "", (), (), 0.0

    def _nearby(self, frame: Frame, kind: str, above: Frame) -> tuple[Party, ...]:
        """Of "выразили возмущение тем, как в Латвии": the one state in what a noun of dislike is about."""
        if kind not in ("DISAPPROVE", "dislikes", "fears", "distrusts", "likes") or not frame.wide:
            return ()
        below = (*self.tree.below(frame.at), *(self.tree.below(above.complement) if above.complement >= 0 else ()))
        every = tuple(coded(one for i in below for one in self.parties.at(i)))
        return tuple(replace(one, weight=LOOSE * one.weight) for one in every) if len(every) == 1 else ()

    def _polarity(self, above: Frame, noun: int) -> int:
        """1 for a verb that carries or wants what a noun says, −1 for one that ends or refuses it, 0 for any other."""
        side, verb = self.tree.preposition(noun), above.predicate
        if side in ("против", "от"):
            return -1
        if verb in known.ENDERS and not side:
            return -1
        if verb in known.CARRIERS or above.kind == "adjective" or side == "за":
            return 1
        kinds = known.VERBS.get(verb, ())
        direct = above.object is not None and noun in above.object.heads
        return sign_of(kinds[0][0]) if kinds and direct else 0

    def _targets(self, frame: Frame, forms: tuple[str, ...]) -> tuple[Party, ...]:
        """Toward whom a noun says something, in the places that its entry has."""
        for form in forms:
            for i in self.tree.under(frame.at, ("nmod", "obl", "iobj", "advcl")):
                side, noun = self.whose.side(i)
                fits = side == form if form not in CASES else self.whose.in_case(i, form)
                if fits and form != "gen":
                    found = self.whose.state(noun)
                    if found:
                        return (*found, *self.whose.beside(noun))
        against = (self.whose.leant(i) for i in self.tree.under(frame.at, ("amod",)))
        found = tuple(one for one in against if one is not None) or self._of_relative(frame.at, forms)
        if found:
            return found
        agents = tuple(
            i for i in self.tree.under(frame.at, ("nmod", "obl", "obl:agent")) if self.whose.in_case(i, "ins")
        )
        if "gen" in forms and any(self.parties.at(i) for i in agents):
            return self.whose.genitives(frame.at)
        if frame.predicate == "требование" and frame.complement in self.sentence.by_word:
            return self.whose.of(self.sentence.by_word[frame.complement].object)
        if "gen" in forms:  # of "критика политики Москвы" the politics is what is criticised
            for i in self.tree.under(frame.at, ("nmod",)):
                if self.whose.genitive(i) and self.words[i].kind == "NOUN" and not self.parties.at(i):
                    return self.whose.state(i)
        return ()

    def _of_relative(self, at: int, forms: tuple[str, ...]) -> tuple[Party, ...]:
        """Of "давление, которое США оказывают на Москву": what the verb of the relative clause has."""
        for i in self.tree.under(at, ("acl:relcl", "acl")):
            frame = self.sentence.by_word.get(i)
            if frame is not None and frame.object is not None and at in frame.object.heads:
                return self._of_carrier(frame, forms, at)
        return ()

    def _from(self, above: Frame) -> tuple[Party, ...]:
        """Of "получил помощь от Москвы": from whom."""
        return next((self.whose.of(one) for name, one in above.obliques if name in ("от", "со стороны", "у")), ())

    def _of_carrier(self, above: Frame, forms: tuple[str, ...], noun: int) -> tuple[Party, ...]:
        """Targets that hang on the verb: "оказал Сирии помощь", "нанёс по Сирии удар"."""
        for name, argument in above.obliques:
            if ((name in forms and name != "gen") or name == "dat") and noun not in argument.heads:
                found = self.whose.of(argument)
                if found:
                    return found
        return ()
