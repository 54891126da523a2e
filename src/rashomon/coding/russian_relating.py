"""From the frames of a Russian sentence to what states do to each other, feel about each other and are to each other.

What is supposed, asked or only wished is left out; what is said to be so by somebody counts for what he says, and as his view of
whom he says it of. A noun of an act is read with its verb: "ввёл санкции против" and "осудил санкции против" differ in sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from rashomon.coding import russian_relations as known
from rashomon.coding.frames import Argument, Frame, Sentence, agree
from rashomon.coding.parties import Parties, Party, coded
from rashomon.coding.relations import REVERSED, Relation, each, pairs, promised, sign_of, surest
from rashomon.coding.russian import COPULAS
from rashomon.coding.russian_between import Between
from rashomon.coding.russian_deeds import Deeds
from rashomon.coding.russian_whose import LOOSE, ROLES, Whose

NOMINAL: Final = frozenset((*known.NOUNS, *known.BETWEEN, *known.RELATIONS))

_SAID: Final = 0.8
"""What is left of the certainty of what somebody is said to say."""

_FOES: Final = known.ENEMIES | known.OPPOSING

_TAKEN: Final = ("as", "с", "к")
"""Where stands what one is taken for: "считает врагом", "сравнил с врагом", "причисляет к врагам"."""

_WARNING: Final = frozenset({"предупредить", "предупреждать"})
_TOWARD: Final = frozenset({"для", "против", "в отношении", "в адрес", "на"})


class RussianRelating:
    """The relations of one sentence. ``parties`` has entered it."""

    def __init__(self, sentence: Sentence, parties: Parties) -> None:
        self.sentence, self.parties, self.words = sentence, parties, sentence.words
        self.whose = Whose(sentence, parties)
        self.tree, self.nouns, self.between = self.whose.tree, Deeds(self.whose), Between(self.whose)

    def relations(self) -> tuple[Relation, ...]:
        """All of them, each pair and sign once, the surest reading of it; none of a question."""
        return () if self.words[-1].text == "?" else surest(self._all())

    def _all(self) -> Iterator[Relation]:
        self.whose.introduce()
        for frame in self.sentence.frames:
            if frame.supposed or self.whose.wished(frame):
                continue
            found = tuple(self.nouns.relations(frame) if frame.kind == "noun" else self._of_verb(frame))
            yield from found
            yield from self._held(frame, found)
        for at, word in enumerate(self.words):
            if word.kind == "NOUN" and word.lemma in ROLES:
                yield from self._role(at)
            elif word.kind == "NOUN":
                yield from self.between.among(at)
                if word.lemma in known.COURSES:
                    yield from self.between.course(at)
                if word.lemma in known.PHOBIAS:
                    code, kind = known.PHOBIAS[word.lemma]
                    target = Party(code, word.start, word.end, 0.9)
                    yield from pairs(kind, self.whose.holders(at), (target,), (at,), 0.8)
            elif word.kind == "ADJ":
                yield from self.between.leaning(at)

    def _of_verb(self, frame: Frame) -> Iterator[Relation]:
        turned, sure, whose = self.whose.turned(frame)
        if self._seeing(frame):
            yield from self._seen(frame, turned)
            return
        if (frame.kind == "verb" and frame.predicate == "быть") or frame.predicate in COPULAS:
            yield from self._said(frame, turned)
            return
        yield from self._received(frame, turned)
        yield from self._urged(frame)
        table = known.ADJECTIVES if frame.kind == "adjective" else known.VERBS
        lemma = frame.predicate.removesuffix(" против").removesuffix(" за")
        for kind, forms in (*table.get(lemma, ()), *self._as_adjective(frame, lemma)):
            kind = self._turn(frame, kind, turned)
            kind = promised(kind) if self.whose.planned(frame) else kind
            sources = whose if whose is not None else self.whose.subject(frame)
            if kind and sources:
                yield from self._toward(frame, kind, forms, sources, sure)
        for kind, _ in known.FEELING.get(lemma, ()):
            kind = self.whose.kind(kind, turned)
            felt, about = self.whose.of(frame.object) or self.whose.place(frame), self._about(frame)
            if kind:
                yield from pairs(kind, felt, about, frame.words, sure)

    def _as_adjective(self, frame: Frame, lemma: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What a participle says that stands as an adjective."""
        return known.ADJECTIVES.get(lemma, ()) if frame.kind == "verb" and not frame.passive else ()

    def _turn(self, frame: Frame, kind: str, turned: bool) -> str:
        """The kind as its clause has it: who asks that another not be harmed, and who does not condemn him, is for him."""
        above = self.sentence.by_word.get(frame.over)
        about = frame.oblique("о") or frame.object
        tried = above is not None and frame.mood == "to" and above.predicate in known.TRYING
        if kind == "COOPERATE" and (tried or (about is not None and self._meeting(about))):
            return "CONSULT"
        if kind == "AID" and frame.object is not None and self.words[frame.object.heads[0]].lemma in known.MESSAGES:
            return "CONSULT"  # "передал просьбу"
        if frame.predicate in _WARNING and frame.oblique("о") is not None:
            return ""  # who warns of a danger means well
        if turned and kind == "DISAPPROVE":
            return "good"
        if turned and sign_of(kind) < 0 and above is not None and above.predicate in known.URGING:
            return REVERSED[kind]
        return self.whose.kind(kind, turned)

    def _meeting(self, argument: Argument) -> bool:
        """Whether what was agreed on is only to meet."""
        return any(known.NOUNS.get(self.words[i].lemma, (("", ()),))[0][0] == "CONSULT" for i in argument.heads)

    def _about(self, frame: Frame) -> tuple[Party, ...]:
        """What is felt about: the subject, or of "раздражён тем, что Киев" whom the clause is about."""
        below = self.sentence.by_word.get(frame.complement)
        if (
            frame.subject is not None
            and self.words[frame.subject.heads[0]].lemma in ("то", "тот")
            and below is not None
        ):
            return self.whose.of(below.subject)
        return self.whose.subject(frame)

    def _toward(
        self, frame: Frame, kind: str, forms: tuple[str, ...], sources: tuple[Party, ...], sure: float
    ) -> Iterator[Relation]:
        """What a verb says of the target where its entry has it; else of the one state that its clause names."""
        slots = tuple(self._slots(frame, forms))
        if len(sources) > 1 and self._each_other(frame):
            yield from each(kind, sources, frame.words, sure)
            return
        for argument in slots:
            if any(self.words[i].lemma in known.NOUNS and not self.whose.owners(i) for i in argument.heads):
                return  # the noun says toward whom
            if sign_of(kind) > 0 and self.words[argument.heads[0]].lemma in known.REMOVING:
                kind = REVERSED.get(kind, "bad")
            own = {each.code for each in sources}
            foes = tuple(one for i in argument.heads if self.words[i].lemma in _FOES for one in self.whose.owners(i))
            if foes:  # who helps the enemies of another
                yield from pairs("bad" if sign_of(kind) > 0 else "good", sources, foes, frame.words, 0.8 * sure)
                return
            found = self.whose.of(argument) or self._hanging(argument)
            targets = tuple(one for one in found if one.code not in own) or self._other(argument, own)
            if targets:
                yield from pairs(kind, sources, targets, frame.words, sure)
                return
        if len(sources) > 1 and frame.predicate in known.MUTUAL:
            yield from each(kind, sources, frame.words, sure)
        elif slots or frame.complement >= 0 or ("=" in forms and frame.object is None):
            inside = tuple(i for one in slots for i in one.words) or frame.words
            yield from self._loosely(frame, kind, sources, inside, sure)

    def _each_other(self, frame: Frame) -> bool:
        """Whether those who do something do it to each other: "друг друга", "друг с другом"."""
        texts = [self.words[i].text.lower() for i in frame.wide]
        return any(
            one == "друг" and any(other.startswith("друг") for other in texts[i + 1 : i + 3])
            for i, one in enumerate(texts)
        )

    def _hanging(self, argument: Argument) -> tuple[Party, ...]:
        """Whom a preposition on a noun names: "запретил въезд для граждан России"."""
        below = [i for head in argument.heads for i in self.tree.under(head, ("nmod", "obl"))]
        sides = [(*self.whose.side(i), _TOWARD) for i in below]
        if self.words[argument.heads[0]].lemma in known.GOODS:
            inside = {j for i in below for j in (i, *self.tree.under(i, ("nmod",)))}
            sides += [(self.tree.preposition(i), i, frozenset({"из"})) for i in inside]
        every = (self.whose.state(noun) for side, noun, fitting in sides if side in fitting)
        return next((found for found in every if found), ())

    def _other(self, argument: Argument, own: set[str]) -> tuple[Party, ...]:
        """Whom "his", "her" or "it" stands for that cannot be the source itself: the state named last before it that agrees."""
        head = argument.heads[0]
        word = self.words[head]
        if word.kind != "PRON" or word.plural or word.lemma not in ("он", "она", "оно", "его", "ее"):
            return ()
        before = (
            one
            for i in range(head - 1, -1, -1)
            if agree(self.words[i].gender, word.gender)
            for one in self.parties.at(i)
        )
        return tuple(replace(one, weight=0.7) for one in before if one.code not in own)[:1]

    def _slots(self, frame: Frame, forms: tuple[str, ...]) -> Iterator[Argument]:
        for form in forms:
            side, _, noun = form.partition(" ")
            if form == "=" and frame.object is not None:
                yield frame.object
            for name, one in frame.obliques:
                if name == form or (noun and name == side and self.words[one.heads[0]].text.lower() == noun):
                    yield one

    def _loosely(
        self, frame: Frame, kind: str, sources: tuple[Party, ...], inside: tuple[int, ...], sure: float
    ) -> Iterator[Relation]:
        """The one state named among words besides the source, where the target's own place is no state's."""
        below = self.sentence.by_word.get(frame.complement)
        if below is not None and below.subject is not None and sign_of(kind) < 0:
            targets = self.whose.of(below.subject)
        else:
            apart = {j for i in inside for j in self.tree.under(i, ("acl",)) for j in self.tree.below(j)}
            names = (i for i in inside if i not in apart and self.words[i].kind not in ("PRON", "DET"))
            every = coded(one for i in names for one in self.parties.at(i) if not self.whose.located(i))
            targets = tuple(one for one in every if one.code not in {each.code for each in sources})
        if len(targets) == 1:
            yield from pairs(kind, sources, targets, frame.words, LOOSE * sure)

    def _urged(self, frame: Frame) -> Iterator[Relation]:
        """Of "призвал Киев прекратить обстрелы", "не стрелять": that somebody is asked to stop says what is thought of him."""
        below = self.sentence.by_word.get(frame.complement)
        stop = below is not None and (below.predicate in known.STOPPING or (below.negated and below.mood == "to"))
        if frame.predicate in known.URGING and stop:
            yield from pairs("DEMAND", self.whose.subject(frame), self.whose.of(frame.object), frame.words, 0.8)

    def _seeing(self, frame: Frame) -> bool:
        return frame.predicate in known.SEEING and any(frame.oblique(name) is not None for name in _TAKEN)

    def _seen(self, frame: Frame, turned: bool) -> Iterator[Relation]:
        """Of "считает Иран врагом": what the subject takes whom for."""
        every = [one for name, one in frame.obliques if name in _TAKEN]
        taken = next((one for one in every if self.whose.judged(one)), every[0])
        sign = self.whose.judged(taken)
        about = self.whose.of(frame.object) or self.whose.of(taken) or self._undergone(frame)
        kind = {1: "good", -1: "bad"}.get(-sign if turned else sign)
        if kind is not None:
            yield from pairs(kind, self.whose.subject(frame), about, (*frame.words, *taken.words), 1.0)

    def _undergone(self, frame: Frame) -> tuple[Party, ...]:
        """Of "назвал действия, о которых сообщили США": the one state in what is spoken of; of "которую": whose that is."""
        if frame.object is None:
            return ()
        every = tuple(coded(one for i in frame.object.words for one in self.parties.at(i)))
        return every if len(every) == 1 else ()

    def _received(self, frame: Frame, turned: bool) -> Iterator[Relation]:
        """Of "в Пекине восприняли болезненно", "относится к США с недоверием": how somebody takes another."""
        forms = known.RECEIVING.get(frame.predicate)
        if forms is None:
            return
        signs = [self._manner(i) for i in self.tree.children[frame.at]]
        sign = next((one for one in signs if one), 0)
        slots = tuple(self._slots(frame, forms))
        about = tuple(one for each in slots for one in self.whose.of(each))
        above = self.sentence.by_word.get(self.whose.up(frame.at))
        if not about and above is not None and (not slots or self.words[slots[0].heads[0]].lemma in ("что", "это")):
            about = self.whose.subject(above)
        kind = {1: "likes", -1: "dislikes"}.get(-sign if turned else sign)
        if kind is not None:
            yield from pairs(kind, self.whose.of(frame.subject) or self.whose.place(frame), about, frame.words, 0.9)

    def _manner(self, at: int) -> int:
        """The sign of an adverb, or of "с недоверием"."""
        lemma = self.words[at].lemma
        if self.words[at].kind == "ADV" or lemma == "штыки":
            return (lemma in known.WARMLY) - (lemma in known.COLDLY)
        if self.tree.preposition(at) == "с" and lemma in known.NOUNS:
            return sign_of(known.NOUNS[lemma][0][0])
        return 0

    def _said(self, frame: Frame, turned: bool) -> Iterator[Relation]:
        """Of "Китай – угроза для Индии": in whom the one is a danger for the other; friends and enemies see :meth:`_role`."""
        if frame.object is None or frame.subject is None:
            return
        said, judged = self.whose.of(frame.subject), self.whose.judged(frame.object)
        sign = -judged if turned else judged
        if len(said) > 1 and sign and not any(self.words[i].lemma in ROLES for i in frame.object.heads):
            yield from each("ally" if sign > 0 else "enemy", said, frame.words, 0.8)
            return
        place = self.whose.place(frame)
        for head in frame.object.heads:
            if self.words[head].lemma in known.DANGERS:
                afraid = tuple(one for i in self.tree.children[head] for one in self.parties.at(i))
                yield from pairs("good" if turned else "fears", afraid or place, said, frame.words, 1.0)
            elif sign:
                yield from pairs("good" if sign > 0 else "bad", place, said, frame.words, 0.8)

    def _role(self, at: int) -> Iterator[Relation]:
        """What a noun such as "союзник" says: between whom it names and who is said to be one."""
        lemma = self.words[at].lemma
        kind = "ally" if lemma in known.ALLIES | known.FAVOURING else "enemy"
        above = self.words[at].head
        top = (
            above if self.tree.preposition(at) == "из" and self.words[above].lemma == "один" else at
        )  # "один из врагов"
        frame = self.sentence.by_word.get(top) or self.sentence.by_word.get(self.words[top].head)
        if frame is None or frame.supposed or not self._predicated(top, frame):
            return
        turned = frame.negated
        said, owners = self.whose.of(frame.subject), self.whose.owners(at)
        owners = owners or tuple(one for i in self.tree.children[at] for one in self.parties.at(i))
        kind = REVERSED[kind] if turned else kind
        if len(said) > 1 and not owners:
            yield from each(kind, said, frame.words, 0.9)
        for one in owners or self.whose.place(frame):
            if lemma in known.FAVOURING | known.OPPOSING:
                yield from pairs(kind, said, (one,), frame.words, 0.9)
            else:
                yield from each(kind, (*said[:1], one) if said else (), frame.words, 0.8)

    def _predicated(self, at: int, frame: Frame) -> bool:
        """Whether a noun is what the subject of a frame is said to be."""
        return frame.predicate in COPULAS and frame.object is not None and at in frame.object.heads

    def _held(self, frame: Frame, found: Iterable[Relation]) -> Iterator[Relation]:
        """What who says that another did harm or good thinks of him."""
        holder = self._speaker(frame)
        if not holder or frame.kind == "noun":
            return
        own = self.whose.of(frame.subject)
        for one in found:
            suffers = one.target.code in {each.code for each in holder}
            if sign_of(one.kind) < 0 or suffers:
                kind = "good" if sign_of(one.kind) > 0 else "bad"
                yield from (
                    replace(one, kind=kind, source=each, target=one.source, certainty=0.75 * one.certainty)
                    for each in holder
                    if each.code != one.source.code and (suffers or own)
                )
        if frame.mood == "must" and frame.predicate in known.STOPPING:
            yield from pairs("DEMAND", holder, own, frame.words, _SAID)
        untrue = frame.predicate == "соответствовать" and frame.negated  # "не соответствует действительности"
        if untrue or (frame.predicate in known.MISDEEDS and not frame.negated):
            yield from pairs("bad", holder, own, frame.words, _SAID)
            return
        said = Argument((frame.at,), (frame.at,)) if frame.kind == "adjective" else frame.object
        if said is not None and (frame.kind == "adjective" or frame.predicate in COPULAS) and self.whose.judged(said):
            told = self.words[said.heads[0] - 1].lemma == "не"  # which the judgement itself heeds
            sign = -self.whose.judged(said) if frame.negated and not told else self.whose.judged(said)
            yield from pairs("good" if sign > 0 else "bad", holder, own, frame.words, _SAID)

    def _speaker(self, frame: Frame) -> tuple[Party, ...]:
        """Who says or thinks what a frame says, through those who only pass it on; () where nobody does."""
        at, seen = frame.at, set[int]()
        while at >= 0 and at not in seen:
            seen.add(at)
            stated = self._stated(at)
            if stated:
                return stated
            over = next((one for one in self.sentence.frames if one.complement == at and one.at != at), None)
            if over is None or over.predicate not in known.SPEAKING | known.PLANNING:
                return ()
            found = self.whose.of(over.subject)
            if found and over.predicate in known.SPEAKING:
                return () if over.negated else found
            at = over.at
        return ()

    def _stated(self, at: int) -> tuple[Party, ...]:
        """Whose the statement is in which something is told: "согласно заявлению Лондона"."""
        for i in self.tree.under(at, ("obl", "nmod", "parataxis")):
            if self.words[i].lemma in known.STATEMENTS and self.tree.preposition(i) in ("в", "согласно", "по"):
                return self.whose.owners(i)
        return ()
