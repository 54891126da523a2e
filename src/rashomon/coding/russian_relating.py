"""From the frames of a Russian sentence to what states do to each other, feel about each other and are to each other.

What is supposed, asked or only wished is left out; what is said to be so by somebody counts for what he says, and as his view of
whom he says it of. A noun of an act is read with its verb: "ввёл санкции против" and "осудил санкции против" differ in sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import permutations, product
from typing import Final

from rashomon.coding import russian_relations as known
from rashomon.coding.frames import Argument, Frame, Sentence
from rashomon.coding.parties import Parties, Party, coded
from rashomon.coding.relations import REVERSED, Relation, sign_of
from rashomon.coding.russian_tree import RussianTree

NOMINAL: Final = frozenset((*known.NOUNS, *known.BETWEEN, *known.RELATIONS))
_SAID: Final = 0.8
"""What is left of the certainty of what somebody is said to say."""
_LOOSE: Final = 0.5
"""The certainty of a target that only stands in the clause."""
_NAMING: Final = ("nmod", "amod", "appos", "flat", "flat:name", "obl", "det", "obl:agent", "nsubj")


class RussianRelating:
    """The relations of one sentence. ``parties`` has entered it."""

    def __init__(self, sentence: Sentence, parties: Parties) -> None:
        self.sentence, self.parties, self.words = sentence, parties, sentence.words
        self.tree = RussianTree(sentence.words)

    def relations(self) -> tuple[Relation, ...]:
        """All of them, each pair and kind once, the surest reading of it."""
        if self.words[-1].text == "?":
            return ()
        best: dict[tuple[str, str, int], Relation] = {}
        for one in self._all():
            key = (one.source.code, one.target.code, sign_of(one.kind))
            if one.source.code != one.target.code and (key not in best or best[key].certainty < one.certainty):
                best[key] = one
        return tuple(best.values())

    def _all(self) -> Iterator[Relation]:
        self._introduce()
        for frame in self.sentence.frames:
            if frame.supposed or self._wished(frame):
                continue
            found = tuple(self._of_noun(frame) if frame.kind == "noun" else self._of_verb(frame))
            yield from found
            yield from self._held(frame, found)
        for at, word in enumerate(self.words):
            if word.kind == "NOUN" and word.lemma in known.ALLIES | known.ENEMIES:
                yield from self._role(at)
            elif word.kind in ("NOUN", "ADJ"):
                yield from self._among(at)

    # who

    def _introduce(self) -> None:
        """Remember whose persons are: "президент Франции Эмманюэль Макрон"."""
        for at, word in enumerate(self.words):
            if word.kind != "PROPN" or word.entity != "person" or self.parties.at(at):
                continue
            top = at
            while self.words[top].relation in ("appos", "flat:name", "flat") and self.words[top].kind == "PROPN":
                top = self.words[top].head
            owners = () if top == at else self._owners(top)
            if len({one.code for one in owners}) == 1:
                self.parties.tell(at, owners[0].code)

    def _whose(self, argument: Argument | None) -> tuple[Party, ...]:
        """The states that a phrase stands for: its heads, or whose they are."""
        if argument is None:
            return ()
        return tuple(coded(one for head in argument.heads for one in self._state(head)))

    def _state(self, head: int) -> tuple[Party, ...]:
        """The state that a word stands for, by itself or by whose it is; () for the enemies and friends of one."""
        found = self.parties.at(head)
        if found:
            return found
        if self.words[head].lemma in known.ALLIES | known.ENEMIES:
            return ()
        return self._owners(head)

    def _owners(self, head: int, depth: int = 0) -> tuple[Party, ...]:
        """Whose a noun is: an adjective, a genitive, who does it, of "войск НАТО" through the noun between."""
        for i in self.tree.under(head, _NAMING):
            if not self._owning(i):
                continue
            found = self.parties.at(i)
            if not found and self.words[i].kind == "NOUN" and depth < 3 and self._genitive(i):
                found = self._owners(i, depth + 1)
            if found:
                return (*found, *self._beside(i))
        return self._doers(head) if depth < 2 else ()

    def _owning(self, at: int) -> bool:
        """Whether a word on a noun may say whose it is."""
        side = self.tree.preposition(at)
        if side == "со стороны":
            return True
        if side or (self.words[at].relation in ("obl", "nsubj") and not self.tree.has(at, "Case=Ins")):
            return False
        return self.words[at].kind in ("ADJ", "DET", "PRON") or self._genitive(at) or self.words[at].kind == "PROPN"

    def _genitive(self, at: int) -> bool:
        return self.tree.has(at, "Case=Gen") and not self.tree.preposition(at)

    def _beside(self, at: int) -> tuple[Party, ...]:
        """Those coordinated with a word."""
        return tuple(one for i in self.tree.under(at, ("conj",)) for one in self.parties.at(i))

    def _doers(self, head: int) -> tuple[Party, ...]:
        """Who did what a participle or a relative clause says of a noun: "введённой Вашингтоном", "которую ввёл"."""
        for i in self.tree.under(head, ("acl", "acl:relcl")):
            frame = self.sentence.by_word.get(i)
            if frame is not None and frame.object is not None and head in frame.object.heads:
                found = tuple(one for j in frame.subject.heads for one in self.parties.at(j)) if frame.subject else ()
                if not found and frame.subject is not None:
                    found = tuple(one for j in frame.subject.heads for one in self._owners(j, 2))
                return found
        return ()

    def _subject(self, frame: Frame, depth: int = 0) -> tuple[Party, ...]:
        """Who does what a frame says; of "чем вызвал" and of a clause without a subject, who did what stands above it."""
        found = self._whose(frame.subject)
        if found or depth > 2:
            return found
        if frame.subject is not None and self.words[frame.subject.heads[0]].lemma not in ("что", "это"):
            return ()
        above = self.sentence.by_word.get(self._up(frame.at))
        asked = {self.words[i].lemma for i in self.tree.children[frame.at]} & {"что", "это"}
        if above is not None and above.kind != "noun" and asked:
            return self._subject(above, depth + 1)
        return self._place(frame)

    def _place(self, frame: Frame) -> tuple[Party, ...]:
        """Of "в Киеве это вызвало", "для Польши это": those who live there; () if none."""
        for i in self.tree.under(frame.at, ("obl", "nmod")):
            if self.tree.preposition(i) in ("в", "на", "у", "среди", "для") and not self.tree.has(i, "Case=Acc"):
                found = self.parties.at(i)
                if found and self.words[i].kind in ("PROPN", "NOUN"):
                    return found
        return ()

    def _up(self, at: int) -> int:
        """The next predicate above a word; -1 if none."""
        while self.words[at].head != at:
            at = self.words[at].head
            if at in self.sentence.by_word:
                return at
        return -1

    # whether

    def _wished(self, frame: Frame) -> bool:
        """Whether a clause says what should be, or what is feared or asked to be, and not what is."""
        return frame.kind != "noun" and frame.mood in ("should", "would")

    def _turned(self, frame: Frame) -> tuple[bool, float, tuple[Party, ...] | None]:
        """Whether a frame is turned into its reverse, how sure it is, and whose it is where another is asked to do it."""
        turned, sure, whose = frame.negated, 1.0, None
        if frame.mood == "may":
            sure = 0.7
        above = self.sentence.by_word.get(frame.over)
        if frame.mood == "to" and above is not None and above.kind != "noun":
            turned ^= above.predicate in known.REFUSING or (above.negated and above.predicate in known.PLANNING)
            if above.subject is not None and frame.subject is not None and above.subject != frame.subject:
                whose = self._whose(above.subject)
        elif frame.mood == "to" and above is not None and above.predicate in ("отказ", "нежелание"):
            turned = not turned
        return turned, sure, whose

    def _kind(self, kind: str, turned: bool) -> str:
        """The kind, or what it is when turned; "" where what harms is only said not to be done."""
        if not turned:
            return kind
        return REVERSED[kind] if sign_of(kind) > 0 else ""

    # verbs

    def _of_verb(self, frame: Frame) -> Iterator[Relation]:
        turned, sure, whose = self._turned(frame)
        if self._seeing(frame):
            yield from self._seen(frame, turned)
            return
        if frame.kind == "verb" and frame.predicate == "быть" or frame.predicate in _COPULAS:
            yield from self._said(frame, turned)
            return
        table = known.ADJECTIVES if frame.kind == "adjective" else known.VERBS
        lemma = frame.predicate.removesuffix(" против").removesuffix(" за")
        for kind, forms in (*table.get(lemma, ()), *(known.ADJECTIVES.get(lemma, ()) if frame.kind == "verb" else ())):
            kind = self._kind(kind, turned)
            sources = whose if whose is not None else self._subject(frame)
            if kind and sources:
                yield from self._toward(frame, kind, forms, sources, sure)
        for kind, _ in known.FEELING.get(lemma, ()):
            kind = self._kind(kind, turned)
            felt, about = self._whose(frame.object) or self._place(frame), self._subject(frame)
            if kind:
                yield from self._pairs(kind, felt, about, frame.words, sure)

    def _toward(
        self, frame: Frame, kind: str, forms: tuple[str, ...], sources: tuple[Party, ...], sure: float
    ) -> Iterator[Relation]:
        """What a verb says of the target where its entry has it; else of the one state that its clause names."""
        filled = False
        for argument in self._slots(frame, forms):
            if any(self.words[i].lemma in known.NOUNS and not self._owners(i) for i in argument.heads):
                filled = True  # the noun says toward whom
                continue
            targets = tuple(one for one in self._whose(argument) if one.code not in {each.code for each in sources})
            if targets:
                yield from self._pairs(kind, sources, targets, frame.words, sure)
                return
            filled = True
        if len(sources) > 1 and frame.predicate in known.MUTUAL:
            yield from self._each(kind, sources, frame.words, sure)
        elif (filled or frame.complement >= 0) and kind not in ("SUPPORT", "AID", "likes", "REJECT"):
            yield from self._loosely(frame, kind, sources, sure)

    def _slots(self, frame: Frame, forms: tuple[str, ...]) -> Iterator[Argument]:
        for form in forms:
            if form == "=" and frame.object is not None:
                yield frame.object
            yield from (one for name, one in frame.obliques if name == form)

    def _loosely(self, frame: Frame, kind: str, sources: tuple[Party, ...], sure: float) -> Iterator[Relation]:
        """The one state that a clause names besides its source, where the target's own place names none."""
        below = self.sentence.by_word.get(frame.complement)
        if below is not None and below.subject is not None and sign_of(kind) < 0:
            targets = self._whose(below.subject)
        else:
            every = coded(one for i in frame.words for one in self.parties.at(i) if not self._located(i))
            targets = tuple(one for one in every if one.code not in {each.code for each in sources})
        if len(targets) == 1:
            yield from self._pairs(kind, sources, targets, frame.words, _LOOSE * sure)

    def _located(self, at: int) -> bool:
        """Whether a name only says where: "в Сирии"."""
        return self.tree.preposition(at) in ("в", "на", "из", "через", "до") or self.tree.has(at, "Case=Loc")

    # what is said of whom

    def _seeing(self, frame: Frame) -> bool:
        return frame.predicate in known.SEEING and (frame.oblique("as") is not None or frame.oblique("с") is not None)

    def _seen(self, frame: Frame, turned: bool) -> Iterator[Relation]:
        """Of "считает Иран врагом": what the subject takes whom for."""
        taken = frame.oblique("as") or frame.oblique("с")
        assert taken is not None
        sign = self._judged(taken)
        about = self._whose(frame.object) or self._whose(taken) or self._undergone(frame)
        kind = {1: "good", -1: "bad"}.get(-sign if turned else sign)
        if kind is not None:
            yield from self._pairs(kind, self._subject(frame), about, (*frame.words, *taken.words), 1.0)

    def _undergone(self, frame: Frame) -> tuple[Party, ...]:
        """Of "назвал действия, о которых сообщили США": the one state in what is spoken of; of "которую": whose that is."""
        if frame.object is None:
            return ()
        every = tuple(coded(one for i in frame.object.words for one in self.parties.at(i)))
        return every if len(every) == 1 else ()

    def _judged(self, argument: Argument) -> int:
        """The sign of the words for what somebody is taken for; that of the head first."""
        for i in (*argument.heads, *argument.words):
            lemma, denied = self.words[i].lemma, i > 0 and self.words[i - 1].lemma == "не"
            sign = (lemma in known.GOOD) - (lemma in known.BAD)
            if sign:
                return -sign if denied else sign
        return 0

    def _said(self, frame: Frame, turned: bool) -> Iterator[Relation]:
        """Of "Китай – угроза для Индии": in whom the one is a danger for the other; friends and enemies see :meth:`_role`."""
        if frame.object is None or frame.subject is None:
            return
        for head in frame.object.heads:
            if self.words[head].lemma in known.DANGERS:
                about = self._whose(frame.subject)
                afraid = tuple(one for i in self.tree.children[head] for one in self.parties.at(i))
                kind = "good" if turned else "fears"
                yield from self._pairs(kind, afraid or self._place(frame), about, frame.words, 1.0)
            elif self._judged(frame.object):
                place = self._place(frame)
                sign = -self._judged(frame.object) if turned else self._judged(frame.object)
                yield from self._pairs("good" if sign > 0 else "bad", place, self._whose(frame.subject), frame.words, 0.8)

    def _role(self, at: int) -> Iterator[Relation]:
        """What a noun such as "союзник" says: between whom it names and who is said to be one."""
        kind = "ally" if self.words[at].lemma in known.ALLIES else "enemy"
        frame = self.sentence.by_word.get(at) or self.sentence.by_word.get(self.words[at].head)
        if frame is None or frame.supposed or not self._predicated(at, frame):
            return
        turned = frame.negated
        said, owners = self._whose(frame.subject), self._owners(at)
        owners = owners or tuple(one for i in self.tree.children[at] for one in self.parties.at(i))
        kind = REVERSED[kind] if turned else kind
        if len(said) > 1 and not owners:
            yield from self._each(kind, said, frame.words, 0.9)
        for one in owners:
            yield from self._each(kind, (*said[:1], one) if said else (), frame.words, 0.8)

    def _predicated(self, at: int, frame: Frame) -> bool:
        """Whether a noun is what the subject of a frame is said to be."""
        return frame.predicate in _COPULAS and frame.object is not None and at in frame.object.heads

    # between two

    def _among(self, at: int) -> Iterator[Relation]:
        """What a noun says that is between two: "конфликт между Турцией и Грецией", "российско-турецкое сближение"."""
        lemma = self.words[at].lemma
        if lemma not in known.MUTUAL or self.words[at].kind != "NOUN" or self.tree.supposed(at):
            return
        both = self._both(at)
        kind = self._between(at, lemma)
        if len(both) == 2 and kind:
            yield from self._each(kind, both, self.tree.below(at, self.tree.QUALIFYING), 0.9)

    def _both(self, at: int) -> tuple[Party, ...]:
        """The two between whom a noun is."""
        inside, owners = [], []
        for i in self.tree.under(at, ("nmod", "amod", "obl")):
            side = self.tree.preposition(i)
            if side == "между":
                inside += [*self._state(i), *(one for j in self.tree.under(i, ("conj",)) for one in self._state(j))]
            elif side == "с" and self.tree.has(i, "Case=Ins"):
                owners += self._state(i)
            elif not side and (self._genitive(i) or self.words[i].kind == "ADJ"):
                owners += [*self._state(i), *self._beside(i)]
        return tuple(coded(inside or owners))

    def _between(self, at: int, lemma: str) -> str:
        """The kind of what is between two, its verb and its adjectives weighed; "" where it is neither good nor bad."""
        above = self._up(at)
        verb = self.words[above].lemma if above >= 0 else ""
        frame = self.sentence.by_word.get(above)
        if frame is not None and self._wished(frame):
            return ""
        if lemma in known.RELATIONS:
            good, bad = verb in known.IMPROVING, verb in known.WORSENING
            sign = good - bad or self._judged_by(at) or (self._becoming(above) if above >= 0 else 0)
            turned = frame is not None and frame.negated and good - bad > 0
            return {1: "COOPERATE", -1: "REJECT"}.get(-sign if turned else sign, "")
        kind = known.BETWEEN.get(lemma) or known.NOUNS[lemma][0][0]
        ended = verb in known.ENDERS or (frame is not None and frame.negated and sign_of(kind) > 0)
        return REVERSED[kind] if ended else kind

    def _becoming(self, above: int) -> int:
        """Of "превратились в открытую вражду": the sign of what relations turn into."""
        for i in self.tree.under(above, ("obl", "xcomp", "iobj", "advmod")):
            kind = known.NOUNS.get(self.words[i].lemma, ((known.BETWEEN.get(self.words[i].lemma, ""), ()),))[0][0]
            sign = sign_of(kind) or self._judged_by(i)
            if sign:
                return sign
        return 0

    def _judged_by(self, at: int) -> int:
        """The sign of the adjectives of a noun."""
        for i in (at, *self.tree.under(at, ("amod",))):
            lemma = self.words[i].lemma
            sign = (lemma in _WARM) - (lemma in _COLD)
            if sign:
                return sign
        return 0

    # nouns

    def _of_noun(self, frame: Frame) -> Iterator[Relation]:
        """What a noun of an act or a feeling says, read with the verb that carries, ends, suffers or rouses it."""
        for kind, forms in known.NOUNS.get(frame.predicate, ()):
            above = self.sentence.by_word.get(self._governor(frame.at))
            if above is not None and (above.supposed or self._wished(above)):
                return
            kind, sources, targets, sure = self._carried(frame, kind, forms, above)
            if kind and sources and targets:
                yield from self._pairs(kind, sources, targets, (*frame.words, *(above.words if above else ())), sure)
                if frame.predicate in known.MUTUAL and self.tree.one(frame.at, "nmod") >= 0:
                    yield from self._pairs(kind, targets, sources, frame.words, 0.8 * sure)
            elif kind and len(sources) > 1 and not targets and frame.predicate in known.MUTUAL:
                yield from self._each(kind, sources, frame.words, 0.8 * sure)

    def _governor(self, at: int) -> int:
        """The verb that a noun is the object or another argument of; through nouns of the same kind ("пакет санкций")."""
        up = self._up(at)
        frame = self.sentence.by_word.get(up)
        return up if frame is not None and frame.kind != "noun" else -1

    def _carried(
        self, frame: Frame, kind: str, forms: tuple[str, ...], above: Frame | None
    ) -> tuple[str, tuple[Party, ...], tuple[Party, ...], float]:
        at, verb = frame.at, above.predicate if above is not None else ""
        targets, owners = self._targets(frame, forms, above), self._holders(at)
        subject = self._subject(above) if above is not None and not self._is_subject(at, above) else ()
        if above is None or self._is_subject(at, above):
            if above is not None and verb in known.GROWING | known.ROUSING and not owners:
                owners = self._place(above)
            return kind, owners, targets, 0.9
        turned, sure, whose = self._turned(above)
        subject = whose if whose is not None else subject
        if verb in known.ROUSING:
            return self._kind(kind, turned), owners or self._place(above), subject or targets, sure
        if verb in known.UNDERGOING and not targets:
            return self._kind(kind, turned), owners or self._from(above), subject, sure
        polarity = self._polarity(verb, above)
        if not polarity:
            return kind, owners, targets, 0.8
        doubly = (polarity < 0) != turned
        kind = REVERSED.get(kind, "") if doubly and (polarity < 0 or sign_of(kind) > 0) else "" if doubly else kind
        objective = frame.predicate in known.OBJECTIVE and not targets and "gen" in forms
        if subject and objective:
            return kind, subject, owners, sure
        if owners and subject and {one.code for one in owners} != {one.code for one in subject} and targets:
            return known.NOUNS[frame.predicate][0][0], owners, targets, sure
        return kind, subject or owners, targets or self._of_carrier(above, forms, at), sure

    def _polarity(self, verb: str, above: Frame) -> int:
        """1 for a verb that carries or wants what its object says, −1 for one that ends or refuses it, 0 for any other."""
        if verb in known.ENDERS or verb.endswith(" против") or above.oblique("против") is not None:
            return -1
        if verb in known.CARRIERS or verb.endswith(" за") or above.kind == "adjective":
            return 1
        kinds = known.VERBS.get(verb, ())
        return sign_of(kinds[0][0]) if kinds else 0

    def _targets(self, frame: Frame, forms: tuple[str, ...], above: Frame | None) -> tuple[Party, ...]:
        """Toward whom a noun says something, in the places that its entry has."""
        for form in forms:
            for i in self.tree.under(frame.at, ("nmod", "obl", "iobj", "advcl")):
                side, noun = self._side(i)
                fits = side == form if form not in _CASES else self._in_case(i, form)
                if fits and form != "gen":
                    found = self._state(noun)
                    if found:
                        return (*found, *self._beside(noun))
        agents = tuple(i for i in self.tree.under(frame.at, ("nmod", "obl", "obl:agent")) if self._in_case(i, "ins"))
        if "gen" in forms and any(self.parties.at(i) for i in agents):
            return tuple(one for i in self.tree.under(frame.at, ("nmod",)) if self._genitive(i) for one in self._state(i))
        if "gen" in forms:  # of "критика политики Москвы" the politics is what is criticised
            for i in self.tree.under(frame.at, ("nmod",)):
                if self._genitive(i) and self.words[i].kind == "NOUN" and not self.parties.at(i):
                    return self._state(i)
        return ()

    def _side(self, at: int) -> tuple[str, int]:
        """The preposition of a noun and the noun; of "в адрес Киева" the whole turn and what it is about."""
        side = self.tree.preposition(at)
        below = next((i for i in self.tree.under(at, ("nmod",)) if self._genitive(i)), -1)
        if side and below >= 0 and self.words[at].lemma in _TURNS:
            return f"{side} {self.words[at].text.lower()}", below
        return side, at

    def _in_case(self, at: int, form: str) -> bool:
        return not self.tree.preposition(at) and self.tree.has(at, _CASES[form])

    def _holders(self, at: int) -> tuple[Party, ...]:
        """Whose an act or feeling is."""
        for i in self.tree.under(at, ("nmod", "obl", "obl:agent")):
            if self.tree.preposition(i) in ("со стороны", "у", "среди") or (
                self._in_case(i, "ins") and self.words[at].lemma in known.OBJECTIVE
            ):
                found = self._state(i)
                if found:
                    return found
        return self._owners(at)

    def _from(self, above: Frame) -> tuple[Party, ...]:
        """Of "получил помощь от Москвы": from whom."""
        return next((self._whose(one) for name, one in above.obliques if name in ("от", "со стороны", "у")), ())

    def _of_carrier(self, above: Frame, forms: tuple[str, ...], noun: int) -> tuple[Party, ...]:
        """Targets that hang on the verb: "оказал Сирии помощь", "нанёс по Сирии удар"."""
        for name, argument in above.obliques:
            if (name in forms and name != "gen" or name == "dat") and noun not in argument.heads:
                found = self._whose(argument)
                if found:
                    return found
        return ()

    def _is_subject(self, at: int, frame: Frame) -> bool:
        return frame.subject is not None and at in frame.subject.heads

    # what is said by another

    def _held(self, frame: Frame, found: Iterable[Relation]) -> Iterator[Relation]:
        """What who says that another did harm or good thinks of him."""
        holder = self._speaker(frame)
        if not holder or frame.kind == "noun":
            return
        own = self._whose(frame.subject)
        for one in found:
            suffers = one.target.code in {each.code for each in holder}
            if sign_of(one.kind) < 0 or suffers:
                kind = "good" if sign_of(one.kind) > 0 else "bad"
                yield from (
                    replace(one, kind=kind, source=each, target=one.source, certainty=0.75 * one.certainty)
                    for each in holder
                    if each.code != one.source.code and (suffers or own)
                )
        if frame.predicate in known.MISDEEDS and not frame.negated:
            yield from self._pairs("bad", holder, own, frame.words, _SAID)
        elif frame.predicate in _COPULAS and frame.object is not None and self._judged(frame.object):
            sign = -self._judged(frame.object) if frame.negated else self._judged(frame.object)
            yield from self._pairs("good" if sign > 0 else "bad", holder, own, frame.words, _SAID)

    def _speaker(self, frame: Frame) -> tuple[Party, ...]:
        """Who says or thinks what a frame says; () where nobody does."""
        for one in self.sentence.frames:
            if one.complement == frame.at and one.predicate in known.SPEAKING and one.at != frame.at:
                return self._whose(one.subject)
        return ()

    # pairs

    def _pairs(
        self, kind: str, sources: Iterable[Party], targets: Iterable[Party], said: tuple[int, ...], sure: float
    ) -> Iterator[Relation]:
        """Each source toward each target."""
        for source, target in product(tuple(sources), tuple(targets)):
            weight = round(self._sure(sure) * source.weight * target.weight, 2)
            yield Relation(kind, source, target, said, weight)

    def _each(self, kind: str, those: tuple[Party, ...], said: tuple[int, ...], sure: float) -> Iterator[Relation]:
        """Each toward each other."""
        for one, other in permutations(those, 2):
            yield from self._pairs(kind, (one,), (other,), said, sure)

    def _sure(self, sure: float) -> float:
        return 0.95 * sure


_COPULAS: Final = frozenset({"быть", "являться", "явиться", "стать", "становиться", "оставаться", "остаться", "оказаться", "представлять"})
_TURNS: Final = frozenset({"адрес", "отношение", "поддержка", "защита", "сторона", "повод"})
"""Nouns of turns that are as good as prepositions, where the parser does not take them so."""
_CASES: Final = {"dat": "Case=Dat", "ins": "Case=Ins", "gen": "Case=Gen"}
_WARM: Final = frozenset(
    "дружеский дружественный братский теплый добрый хороший отличный союзнический добрососедский доверительный партнерский "
    "прочный близкий тесный особый превосходный улучшение потепление нормализация укрепление развитие восстановление "
    "партнерство дружба лучше тепло".split()
)
_COLD: Final = frozenset(
    "напряженный враждебный холодный плохой натянутый испорченный ухудшение обострение разрыв охлаждение кризис конфликтный "
    "недружественный сложный ледяной худший недобрый неприязненный взрывоопасный тупик вражда хуже".split()
)
