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
from rashomon.coding.frames import Argument, Frame, Sentence, agree
from rashomon.coding.parties import Parties, Party, coded, leaning
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
        for one in filter(lambda each: sign_of(each.kind), self._all()):
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
            if word.kind == "NOUN" and word.lemma in _ROLES:
                yield from self._role(at)
            elif word.kind == "NOUN":
                yield from self._among(at)
                if word.lemma in known.COURSES:
                    yield from self._course(at)
                if word.lemma in known.PHOBIAS:
                    code, kind = known.PHOBIAS[word.lemma]
                    target = Party(code, word.start, word.end, 0.9)
                    yield from self._pairs(kind, self._holders(at), (target,), (at,), 0.8)
            elif word.kind == "ADJ":
                yield from self._leaning(at)

    def _leaning(self, at: int) -> Iterator[Relation]:
        """Of "антироссийская политика Варшавы": whose something is that is for or against another."""
        noun = self.words[at].head
        target = self._leant(at)
        if target is None or self.words[noun].lemma in known.NOUNS or self.words[at].relation != "amod":
            return
        above, hanging, _ = self._governor(noun)
        owners = self._holders(noun)
        if not owners and above is not None and not above.negated and not self._is_subject(hanging, above):
            owners = self._subject(above) if above.predicate in known.CARRIERS else self._place(above)
        kind = "good" if leaning(self.words[at].lemma, self.parties.gazetteer.lexicon) == (target.code, 1) else "bad"
        yield from self._pairs(kind, owners, (target,), (at, noun), 0.8)

    def _course(self, at: int) -> Iterator[Relation]:
        """Of "жёсткий курс в отношении Пекина": toward whom a stance is, and of which kind."""
        sign = self._judged_by(at)
        sides = (self._side(i) for i in self.tree.under(at, ("nmod", "obl")))
        targets = tuple(one for side, noun in sides if side in _STANDING for one in self._state(noun))
        if not sign or not targets:
            return
        above, hanging, _ = self._governor(at)
        owners = self._holders(at)
        if not owners and above is not None and not above.negated and not self._is_subject(hanging, above):
            owners = self._subject(above)
        yield from self._pairs("good" if sign > 0 else "bad", owners, targets, (at,), 0.8)

    def _leant(self, at: int) -> Party | None:
        """The state that an adjective is for or against."""
        word = self.words[at]
        found = leaning(word.lemma, self.parties.gazetteer.lexicon)
        return None if found is None else Party(found[0], word.start, word.end, 0.9)

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
        if self.words[head].lemma in _ROLES:
            return tuple(one for i in self.tree.under(head, ("appos",)) for one in self.parties.at(i))
        return self._owners(head)

    def _owners(self, head: int, depth: int = 0) -> tuple[Party, ...]:
        """Whose a noun is: an adjective, a genitive, who does it, of "войск НАТО" through the noun between."""
        for i in self.tree.under(head, _NAMING):
            governing = self.tree.preposition(i) == "в" and self.words[head].lemma in _GOVERNING
            if not self._owning(i) and not governing:
                continue
            found = self.parties.at(i)
            thing = self.words[i].kind in ("NOUN", "NUM") or (self.words[i].kind == "PROPN" and not self.words[i].entity)
            if not found and thing and depth < 3 and (
                self._genitive(i) or self._doing(i) or self.tree.preposition(i) == "из"
            ):
                found = self._owners(i, depth + 1)
            if found:
                return (*found, *self._beside(i))
        return self._doers(head) if depth < 2 else ()

    def _owning(self, at: int) -> bool:
        """Whether a word on a noun may say whose it is."""
        side = self.tree.preposition(at)
        if side == "со стороны" or (side == "из" and self.words[self.words[at].head].lemma == "один"):
            return True
        if side or self.words[at].relation in ("obl", "nsubj"):
            return False
        named = self.words[at].kind == "PROPN" and not self.tree.has(at, "Case=Ins", "Case=Dat")
        return self.words[at].kind in ("ADJ", "DET", "PRON") or self._genitive(at) or named or self._doing(at)

    def _doing(self, at: int) -> bool:
        """Of "строительство Россией казарм": who does it, where the noun has what it is done to as well."""
        head = self.words[at].head
        return self.tree.has(at, "Case=Ins") and any(
            i != at and self._genitive(i) and self.words[i].relation == "nmod" for i in self.tree.children[head]
        )

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
        if frame.passive and frame.subject is not None and self.tree.preposition(frame.subject.heads[0]):
            return ()  # where it was done
        if found or depth > 2:
            return found
        paper = self.words[frame.at].relation == "acl" and frame.subject is not None and not frame.passive
        if paper:  # "одобрил резолюцию, осуждающую"
            assert frame.subject is not None
            governor = self._governor(frame.subject.heads[0])[0]
            return () if governor is None else self._subject(governor, depth + 1)
        if frame.subject is not None and self.words[frame.subject.heads[0]].lemma not in ("что", "чем", "это"):
            return ()
        above = self.sentence.by_word.get(self._up(frame.at))
        asked = {self.words[i].lemma for i in self.tree.children[frame.at]} & {"что", "чем", "это"}
        if above is not None and above.kind != "noun" and (asked or self._same(frame.at, above)):
            return self._subject(above, depth + 1)
        return self._place(frame)

    def _same(self, at: int, above: Frame) -> bool:
        """Whether a clause without a subject may have that of the clause above it: "статья, в которой призвал"."""
        if above.subject is None or self.words[at].relation not in ("acl:relcl", "advcl", "conj", "parataxis"):
            return False
        head, verb = self.words[above.subject.heads[0]], self.words[at]
        finite = self.tree.has(at, "VerbForm=Fin") and not self.tree.has(at, "Voice=Pass", "Person=1")
        many = head.plural or len(above.subject.heads) > 1
        return finite and verb.plural == many and agree(verb.gender, head.gender)

    def _place(self, frame: Frame) -> tuple[Party, ...]:
        """Of "в Киеве это вызвало", "для Польши это", "из Рима звучат": those who live there; () if none."""
        sides = ("в", "на", "у", "среди", "для", *(("из",) if frame.predicate in known.GROWING else ()))
        for i in self.tree.under(frame.at, ("obl", "nmod")):
            if self.tree.preposition(i) in sides and not self.tree.has(i, "Case=Acc"):
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
            unwanted = above.negated and above.predicate in known.PLANNING | known.SEEING
            turned ^= above.predicate in known.REFUSING or unwanted
            if above.subject is not None and frame.subject is not None and above.subject != frame.subject:
                whose = self._whose(above.subject)
        elif frame.mood == "to" and above is not None and above.predicate in ("отказ", "нежелание"):
            turned = not turned
            whose = self._holders(above.at) or (self._subject(up) if (up := self._governor(above.at)[0]) is not None else ())
        return turned, sure, whose

    def _kind(self, kind: str, turned: bool) -> str:
        """The kind, or what it is when turned; "" where what harms is only said not to be done."""
        if not turned:
            return kind
        return REVERSED[kind] if sign_of(kind) > 0 or kind == "bears" else ""

    # verbs

    def _of_verb(self, frame: Frame) -> Iterator[Relation]:
        turned, sure, whose = self._turned(frame)
        if self._seeing(frame):
            yield from self._seen(frame, turned)
            return
        if frame.kind == "verb" and frame.predicate == "быть" or frame.predicate in _COPULAS:
            yield from self._said(frame, turned)
            return
        yield from self._received(frame, turned)
        yield from self._urged(frame)
        table = known.ADJECTIVES if frame.kind == "adjective" else known.VERBS
        lemma = frame.predicate.removesuffix(" против").removesuffix(" за")
        for kind, forms in (*table.get(lemma, ()), *self._as_adjective(frame, lemma)):
            kind = self._turn(frame, kind, turned)
            sources = whose if whose is not None else self._subject(frame)
            if kind and sources:
                yield from self._toward(frame, kind, forms, sources, sure)
        for kind, _ in known.FEELING.get(lemma, ()):
            kind = self._kind(kind, turned)
            felt, about = self._whose(frame.object) or self._place(frame), self._about(frame)
            if kind:
                yield from self._pairs(kind, felt, about, frame.words, sure)

    def _as_adjective(self, frame: Frame, lemma: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What a participle says that stands as an adjective."""
        return known.ADJECTIVES.get(lemma, ()) if frame.kind == "verb" and not frame.passive else ()

    def _turn(self, frame: Frame, kind: str, turned: bool) -> str:
        """The kind as its clause has it: who asks that another not be harmed, and who does not condemn him, is for him."""
        above = self.sentence.by_word.get(frame.over)
        if turned and kind == "DISAPPROVE":
            return "good"
        if turned and sign_of(kind) < 0 and above is not None and above.predicate in known.URGING:
            return REVERSED[kind]
        return self._kind(kind, turned)

    def _about(self, frame: Frame) -> tuple[Party, ...]:
        """What is felt about: the subject, or of "раздражён тем, что Киев" whom the clause is about."""
        below = self.sentence.by_word.get(frame.complement)
        if frame.subject is not None and self.words[frame.subject.heads[0]].lemma in ("то", "тот") and below is not None:
            return self._whose(below.subject)
        return self._subject(frame)

    def _toward(
        self, frame: Frame, kind: str, forms: tuple[str, ...], sources: tuple[Party, ...], sure: float
    ) -> Iterator[Relation]:
        """What a verb says of the target where its entry has it; else of the one state that its clause names."""
        slots = tuple(self._slots(frame, forms))
        for argument in slots:
            if any(self.words[i].lemma in known.NOUNS and not self._owners(i) for i in argument.heads):
                return  # the noun says toward whom
            own = {each.code for each in sources}
            foes = tuple(one for i in argument.heads if self.words[i].lemma in _FOES for one in self._owners(i))
            if foes:  # who helps the enemies of another
                yield from self._pairs("bad" if sign_of(kind) > 0 else "good", sources, foes, frame.words, 0.8 * sure)
                return
            found = self._whose(argument) or self._hanging(argument)
            targets = tuple(one for one in found if one.code not in own) or self._other(argument, own)
            if targets:
                yield from self._pairs(kind, sources, targets, frame.words, sure)
                return
        if len(sources) > 1 and frame.predicate in known.MUTUAL:
            yield from self._each(kind, sources, frame.words, sure)
        elif slots or frame.complement >= 0 or ("=" in forms and frame.object is None):
            inside = tuple(i for one in slots for i in one.words) or frame.words
            yield from self._loosely(frame, kind, sources, inside, sure)

    def _hanging(self, argument: Argument) -> tuple[Party, ...]:
        """Whom a preposition on a noun names: "запретил въезд для граждан России"."""
        below = (i for head in argument.heads for i in self.tree.under(head, ("nmod", "obl")))
        return next((found for i in below if self._side(i)[0] in _TOWARD and (found := self._state(self._side(i)[1]))), ())

    def _other(self, argument: Argument, own: set[str]) -> tuple[Party, ...]:
        """Whom "his", "her" or "it" stands for that cannot be the source itself: the state named last before it that agrees."""
        head = argument.heads[0]
        word = self.words[head]
        if word.kind != "PRON" or word.plural or word.lemma not in ("он", "она", "оно", "его", "ее"):
            return ()
        before = (
            one for i in range(head - 1, -1, -1) if agree(self.words[i].gender, word.gender) for one in self.parties.at(i)
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
            targets = self._whose(below.subject)
        else:
            apart = {j for i in inside for j in self.tree.under(i, ("acl",)) for j in self.tree.below(j)}
            every = coded(one for i in inside if i not in apart for one in self.parties.at(i) if not self._located(i))
            targets = tuple(one for one in every if one.code not in {each.code for each in sources})
        if len(targets) == 1:
            yield from self._pairs(kind, sources, targets, frame.words, _LOOSE * sure)

    def _located(self, at: int) -> bool:
        """Whether a name only says where: "в Сирии"."""
        return self.tree.preposition(at) in ("в", "на", "из", "через", "до") or self.tree.has(at, "Case=Loc")

    def _urged(self, frame: Frame) -> Iterator[Relation]:
        """Of "призвал Киев прекратить обстрелы": that somebody is asked to stop says what is thought of him."""
        below = self.sentence.by_word.get(frame.complement)
        if frame.predicate in known.URGING and below is not None and below.predicate in known.STOPPING:
            yield from self._pairs("DEMAND", self._subject(frame), self._whose(frame.object), frame.words, 0.8)

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

    def _received(self, frame: Frame, turned: bool) -> Iterator[Relation]:
        """Of "в Пекине восприняли болезненно", "относится к США с недоверием": how somebody takes another."""
        forms = known.RECEIVING.get(frame.predicate)
        if forms is None:
            return
        signs = [self._manner(i) for i in self.tree.children[frame.at]]
        sign = next((one for one in signs if one), 0)
        slots = tuple(self._slots(frame, forms))
        about = tuple(one for each in slots for one in self._whose(each))
        above = self.sentence.by_word.get(self._up(frame.at))
        if not about and above is not None and (not slots or self.words[slots[0].heads[0]].lemma in ("что", "это")):
            about = self._subject(above)
        kind = {1: "likes", -1: "dislikes"}.get(-sign if turned else sign)
        if kind is not None:
            yield from self._pairs(kind, self._whose(frame.subject) or self._place(frame), about, frame.words, 0.9)

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
        said = self._whose(frame.subject)
        if len(said) > 1 and self._judged(frame.object) and not any(self.words[i].lemma in _ROLES for i in frame.object.heads):
            kind = "ally" if (self._judged(frame.object) > 0) != turned else "enemy"
            yield from self._each(kind, said, frame.words, 0.8)
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
        lemma = self.words[at].lemma
        kind = "ally" if lemma in known.ALLIES | known.FAVOURING else "enemy"
        frame = self.sentence.by_word.get(at) or self.sentence.by_word.get(self.words[at].head)
        if frame is None or frame.supposed or not self._predicated(at, frame):
            return
        turned = frame.negated
        said, owners = self._whose(frame.subject), self._owners(at)
        owners = owners or tuple(one for i in self.tree.children[at] for one in self.parties.at(i))
        kind = REVERSED[kind] if turned else kind
        if len(said) > 1 and not owners:
            yield from self._each(kind, said, frame.words, 0.9)
        for one in owners or self._place(frame):
            if lemma in known.FAVOURING | known.OPPOSING:
                yield from self._pairs(kind, said, (one,), frame.words, 0.9)
            else:
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
        above = self._up(at) if self.words[at].relation in ("nsubj", "obj") else -1
        hanging = self.sentence.by_word[above].words if above >= 0 else ()
        beside = [i for i in hanging if self.words[i].relation == "obl" and self.tree.preposition(i) == "между"]
        for i in (*self.tree.under(at, ("nmod", "amod", "obl")), *beside):
            side = self.tree.preposition(i)
            if side == "на" and self.words[i].lemma in ("граница", "рубеж"):
                inside += self._owners(i)
            elif side == "между":
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
            sign = good - bad or self._judged_by(at) or self._judged_above(at) or (self._becoming(above) if above >= 0 else 0)
            turned = frame is not None and frame.negated and good - bad > 0
            return {1: "COOPERATE", -1: "REJECT"}.get(-sign if turned else sign, "")
        kind = known.BETWEEN.get(lemma) or known.NOUNS[lemma][0][0]
        ended = verb in known.ENDERS or (frame is not None and frame.negated and sign_of(kind) > 0)
        return REVERSED[kind] if ended else kind

    def _judged_above(self, at: int) -> int:
        """Of "напряжённость в отношениях", "улучшение отношений": the sign of the noun that they hang on."""
        lemma = self.words[self.words[at].head].lemma
        return (lemma in _WARM) - (lemma in _COLD or lemma in known.BETWEEN)

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
        if frame.predicate in known.RELATIONS:
            yield from self._related(frame)
        for kind, forms in known.NOUNS.get(frame.predicate, ()):
            above, noun, ended = self._governor(frame.at)
            if above is not None and (above.supposed or self._wished(above)):
                return
            kind, sources, targets, sure = self._carried(frame, REVERSED.get(kind, "") if ended else kind, forms, above, noun)
            if kind and sources and targets:
                yield from self._pairs(kind, sources, targets, (*frame.words, *(above.words if above else ())), sure)
                if frame.predicate in known.MUTUAL and (above is None or above.predicate in known.SIGNING):
                    yield from self._pairs(kind, targets, sources, frame.words, 0.8 * sure)
            elif kind and len(sources) > 1 and not targets and frame.predicate in known.MUTUAL and noun == frame.at:
                yield from self._each(kind, sources, frame.words, 0.8 * sure)

    def _related(self, frame: Frame) -> Iterator[Relation]:
        """Of "намерен укрепить связи с Пекином": what one makes of relations with another."""
        above, noun, ended = self._governor(frame.at)
        targets = tuple(one for name, each in frame.obliques if name == "с" for one in self._whose(each))
        if above is None or not targets or above.supposed or self._is_subject(noun, above):
            return
        lemma = above.predicate
        sign = (lemma in known.IMPROVING) - (lemma in known.WORSENING) or (-1 if ended else 0)
        turned, sure, whose = self._turned(above)
        kind = {1: "COOPERATE", -1: "REJECT"}.get(-sign if turned and sign > 0 else 0 if turned else sign)
        if kind is not None:
            yield from self._pairs(kind, whose if whose is not None else self._subject(above), targets, above.words, sure)

    def _governor(self, at: int) -> tuple[Frame | None, int, bool]:
        """The verb that a noun is an argument of, the noun that hangs on it, and whether a noun between ends it.

        Nouns between are those that only pass it on ("пакет санкций") or end it ("отмена санкций"); None where another stands.
        """
        seen, ended = at, False
        while self.words[seen].head != seen:
            up = self.words[seen].head
            frame = self.sentence.by_word.get(up)
            lemma = self.words[up].lemma
            if frame is not None and frame.kind != "noun":
                return frame, seen, ended
            if lemma not in known.PASSING | known.ENDING and self.words[seen].relation != "conj":
                return None, seen, ended
            seen, ended = up, ended != (lemma in known.ENDING)
        return None, seen, ended

    def _carried(
        self, frame: Frame, kind: str, forms: tuple[str, ...], above: Frame | None, noun: int
    ) -> tuple[str, tuple[Party, ...], tuple[Party, ...], float]:
        """Kind, sources, targets and how sure, of an act ``frame`` whose ``noun`` hangs on the verb ``above``."""
        targets, owners = self._targets(frame, forms), self._holders(frame.at) or (self._holders(noun) if noun != frame.at else ())
        if {one.code for one in owners} == {one.code for one in targets}:  # the same genitive, of "арест гражданина США"
            owners = ()
        if above is None or self._is_subject(noun, above):
            if above is not None and above.predicate in known.GROWING | known.ROUSING:
                owners = owners or self._place(above)
            return (kind, owners, targets, 0.9) if owners else self._unowned(frame, kind, targets)
        turned, sure, whose = self._turned(above)
        subject = whose if whose is not None else self._subject(above)
        if above.predicate in known.ROUSING:
            return self._kind(kind, turned), owners or self._place(above), subject or targets, sure
        if above.predicate in known.UNDERGOING and not targets:
            return self._kind(kind, turned), owners or self._from(above), subject, sure
        polarity = self._polarity(above, noun)
        if not polarity:
            return (kind, owners, targets, 0.8) if owners else self._unowned(frame, kind, targets)
        if polarity < 0:
            kind = kind if turned else REVERSED.get(kind, "")
        elif turned:  # who does not support what harms another helps him a little
            shared = above.predicate in known.VERBS and above.predicate not in known.CARRIERS
            kind = REVERSED.get(kind, "") if shared else self._kind(kind, turned)
        if subject and not targets and frame.predicate in known.OBJECTIVE and "gen" in forms:
            whose_own = polarity < 0 and above.predicate in known.VERBS  # "отверг обвинения Дели": his who accuses
            return ("" if whose_own else kind), subject, self._genitives(frame.at), sure
        if owners and targets and subject and {one.code for one in owners}.isdisjoint({one.code for one in subject}):
            return known.NOUNS[frame.predicate][0][0], owners, targets, sure
        found = targets or self._of_carrier(above, forms, noun)
        return kind, subject or owners, found or self._nearby(frame, kind, above), sure

    def _unowned(
        self, frame: Frame, kind: str, targets: tuple[Party, ...]
    ) -> tuple[str, tuple[Party, ...], tuple[Party, ...], float]:
        """Of "намекнул на санкции против России": what harms and is nobody's own is his who speaks of it, if a state does."""
        at = frame.at
        while kind in ("SANCTION", "FIGHT", "DISAPPROVE") and targets and (at := self._up(at)) >= 0:
            over = self.sentence.by_word[at]
            if over.negated or over.predicate in known.ENDERS | known.FEARING:
                break
            found = self._whose(over.subject) if over.kind != "noun" else ()
            if found:
                return kind, found, targets, _LOOSE
        return "", (), (), 0.0

    def _nearby(self, frame: Frame, kind: str, above: Frame) -> tuple[Party, ...]:
        """Of "выразили возмущение тем, как в Латвии": the one state in what a noun of dislike is about."""
        if kind not in ("DISAPPROVE", "dislikes", "fears", "distrusts", "likes") or not frame.wide:
            return ()
        below = (*self.tree.below(frame.at), *(self.tree.below(above.complement) if above.complement >= 0 else ()))
        every = tuple(coded(one for i in below for one in self.parties.at(i)))
        return tuple(replace(one, weight=_LOOSE * one.weight) for one in every) if len(every) == 1 else ()

    def _genitives(self, at: int) -> tuple[Party, ...]:
        """The states that a noun has in the genitive."""
        return tuple(one for i in self.tree.under(at, ("nmod",)) if self._genitive(i) for one in self._state(i))

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
                side, noun = self._side(i)
                fits = side == form if form not in _CASES else self._in_case(i, form)
                if fits and form != "gen":
                    found = self._state(noun)
                    if found:
                        return (*found, *self._beside(noun))
        against = (self._leant(i) for i in self.tree.under(frame.at, ("amod",)))
        found = tuple(one for one in against if one is not None) or self._of_relative(frame.at, forms)
        if found:
            return found
        agents = tuple(i for i in self.tree.under(frame.at, ("nmod", "obl", "obl:agent")) if self._in_case(i, "ins"))
        if "gen" in forms and any(self.parties.at(i) for i in agents):
            return self._genitives(frame.at)
        if "gen" in forms:  # of "критика политики Москвы" the politics is what is criticised
            for i in self.tree.under(frame.at, ("nmod",)):
                if self._genitive(i) and self.words[i].kind == "NOUN" and not self.parties.at(i):
                    return self._state(i)
        return ()

    def _of_relative(self, at: int, forms: tuple[str, ...]) -> tuple[Party, ...]:
        """Of "давление, которое США оказывают на Москву": what the verb of the relative clause has."""
        for i in self.tree.under(at, ("acl:relcl", "acl")):
            frame = self.sentence.by_word.get(i)
            if frame is not None and frame.object is not None and at in frame.object.heads:
                return self._of_carrier(frame, forms, at)
        return ()

    def _side(self, at: int) -> tuple[str, int]:
        """The preposition of a noun and the noun; of "в адрес Киева" the whole turn and what it is about."""
        side = self.tree.preposition(at)
        below = next((i for i in self.tree.under(at, ("nmod",)) if self._genitive(i)), -1)
        if side and below >= 0 and self.words[at].lemma in _TURNS:
            return f"{side} {self.words[at].text.lower()}", below
        return side, at

    def _in_case(self, at: int, form: str) -> bool:
        return not self.tree.preposition(at) and (
            self.tree.has(at, _CASES[form]) or (form == "dat" and self.words[at].relation == "iobj")
        )

    def _holders(self, at: int) -> tuple[Party, ...]:
        """Whose an act or feeling is."""
        for i in self.tree.under(at, ("nmod", "obl", "obl:agent")):
            if self.tree.preposition(i) in ("со стороны", "у", "среди", "из") or (
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
            return
        said = Argument((frame.at,), (frame.at,)) if frame.kind == "adjective" else frame.object
        if said is not None and (frame.kind == "adjective" or frame.predicate in _COPULAS) and self._judged(said):
            sign = -self._judged(said) if frame.negated else self._judged(said)
            yield from self._pairs("good" if sign > 0 else "bad", holder, own, frame.words, _SAID)

    def _speaker(self, frame: Frame) -> tuple[Party, ...]:
        """Who says or thinks what a frame says, through those who only pass it on; () where nobody does."""
        at, seen = frame.at, set[int]()
        while at >= 0 and at not in seen:
            seen.add(at)
            stated = self._stated(at)
            if stated:
                return stated
            over = next((one for one in self.sentence.frames if one.complement == at and one.at != at), None)
            if over is None or over.predicate not in known.SPEAKING:
                return ()
            found = self._whose(over.subject)
            if found:
                return found
            at = over.at
        return ()

    def _stated(self, at: int) -> tuple[Party, ...]:
        """Whose the statement is in which something is told: "согласно заявлению Лондона"."""
        for i in self.tree.under(at, ("obl", "nmod", "parataxis")):
            if self.words[i].lemma in known.STATEMENTS and self.tree.preposition(i) in ("в", "согласно", "по"):
                return self._owners(i)
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


_ROLES: Final = known.ALLIES | known.ENEMIES | known.FAVOURING | known.OPPOSING
_FOES: Final = known.ENEMIES | known.OPPOSING
_COPULAS: Final = frozenset({"быть", "являться", "явиться", "стать", "становиться", "оставаться", "остаться", "оказаться", "представлять"})
_GOVERNING: Final = frozenset({"правительство", "режим", "власть", "руководство"})
_TOWARD: Final = frozenset({"для", "против", "в отношении", "в адрес", "на"})
_STANDING: Final = frozenset({"в отношении", "по отношению к", "к", "против", "с", "в адрес"})
_TURNS: Final = frozenset({"адрес", "отношение", "поддержка", "защита", "сторона", "повод"})
"""Nouns of turns that are as good as prepositions, where the parser does not take them so."""
_CASES: Final = {"dat": "Case=Dat", "ins": "Case=Ins", "gen": "Case=Gen"}
_WARM: Final = frozenset(
    "дружеский дружественный братский теплый добрый хороший отличный союзнический добрососедский доверительный партнерский "
    "мягкий высокий прочный близкий тесный особый превосходный улучшение потепление нормализация укрепление развитие восстановление "
    "партнерство дружба лучше тепло".split()
)
_COLD: Final = frozenset(
    "напряженный враждебный холодный плохой натянутый испорченный ухудшение обострение разрыв охлаждение кризис конфликтный "
    "жесткий агрессивный резкий низкий недружественный сложный ледяной худший недобрый неприязненный взрывоопасный тупик вражда хуже".split()
)
