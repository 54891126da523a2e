"""Whose a Russian phrase is: which states stand in it, who does what a clause says, and whether it is said to be so."""

from __future__ import annotations

from typing import Final

from rashomon.coding import russian_relations as known
from rashomon.coding.frames import Argument, Frame, Sentence, agree
from rashomon.coding.parties import Parties, Party, coded, leaning
from rashomon.coding.relations import REVERSED, sign_of
from rashomon.coding.russian_tree import RussianTree
from rashomon.coding.russian_who import PEOPLES

_NAMING: Final = ("nmod", "amod", "appos", "flat", "flat:name", "obl", "det", "obl:agent", "nsubj")

ROLES: Final = known.ALLIES | known.ENEMIES | known.FAVOURING | known.OPPOSING
"""Nouns of what one is to another."""

_GOVERNING: Final = frozenset({"правительство", "режим", "власть", "руководство", "выбор", "выборы", "референдум"})
"""Nouns of a state that are told by "в": "режим в Сеуле", "выборы в Сеуле"."""

_BESIDE: Final = frozenset(
    {"при", "после", "до", "перед", "из-за", "вследствие", "кроме", "вместо", "благодаря", "несмотря"}
)
"""Prepositions of what is so besides, which no verb above carries: "при поставках", "после введения санкций"."""

_TURNS: Final = frozenset({"адрес", "отношение", "поддержка", "защита", "сторона", "повод"})
"""Nouns of turns that are as good as prepositions, where the parser does not take them so."""

CASES: Final = {"dat": "Case=Dat", "ins": "Case=Ins", "gen": "Case=Gen"}
"""Where a target stands, of the entries that name a case, as the tagger writes it."""
LOOSE: Final = 0.5
"""The certainty of a target that only stands in the clause."""


class Whose:
    """The states of one sentence, in their places. ``parties`` has entered it."""

    def __init__(self, sentence: Sentence, parties: Parties) -> None:
        self.sentence, self.parties, self.words = sentence, parties, sentence.words
        self.tree = RussianTree(sentence.words)

    def introduce(self) -> None:
        """Remember whose persons are: "президент Франции Эмманюэль Макрон"."""
        for at, word in enumerate(self.words):
            if word.kind != "PROPN" or word.entity != "person" or self.parties.at(at):
                continue
            top = at
            while self.words[top].relation in ("appos", "flat:name", "flat") and self.words[top].kind == "PROPN":
                top = self.words[top].head
            owners = () if top == at or self.words[top].lemma not in known.OFFICIALS else self.owners(top)
            if len({one.code for one in owners}) == 1:
                self.parties.tell(at, owners[0].code)
        for at, word in enumerate(self.words):
            if word.lemma in known.OFFICES and word.kind == "NOUN":
                for one in self.owners(at):
                    self.parties.appoint(word.lemma, one.code)

    def of(self, argument: Argument | None) -> tuple[Party, ...]:
        """The states that a phrase stands for: its heads, or whose they are."""
        if argument is None:
            return ()
        return tuple(coded(one for head in argument.heads for one in self.state(head)))

    def named(self, at: int) -> tuple[Party, ...]:
        """The state that a word stands for by itself, or by the rest of a name that begins with it: "Владимира Путина"."""
        rest = (i for i in self.tree.under(at, ("flat:name", "flat")) if self.words[at].kind == "PROPN")
        return self.parties.at(at) or next((found for i in rest if (found := self.named(i))), ())

    def state(self, head: int) -> tuple[Party, ...]:
        """The state that a word stands for, by itself or by whose it is; () for the enemies and friends of one."""
        found = self.named(head)
        if found:
            return found
        if self.words[head].lemma in ROLES:
            return tuple(one for i in self.tree.under(head, ("appos",)) for one in self.parties.at(i))
        return self.owners(head) or self._office(head)

    def _office(self, head: int) -> tuple[Party, ...]:
        """Of "канцлер", of whom the text has told: the state whose chancellor it is; not of "президент компании"."""
        word = self.words[head]
        other = any(self.words[i].kind == "PROPN" or self.genitive(i) for i in self.tree.children[head])
        code = "" if other or word.plural or word.lemma not in known.OFFICES else self.parties.office(word.lemma)
        return (Party(code, word.start, word.end, 0.6),) if code else ()

    def owners(self, head: int, depth: int = 0) -> tuple[Party, ...]:
        """Whose a noun is: an adjective, a genitive, who does it, of "войск НАТО" through the noun between."""
        for i in self.tree.under(head, _NAMING):
            governing = self.tree.preposition(i) == "в" and self.words[head].lemma in _GOVERNING
            if not self._owning(i) and not governing:
                continue
            found = self.named(i)
            thing = self.words[i].kind in ("NOUN", "NUM") or (
                self.words[i].kind == "PROPN" and not self.words[i].entity
            )
            if (
                not found
                and thing
                and depth < 3
                and (self.genitive(i) or self._doing(i) or self.tree.preposition(i) == "из")
            ):
                found = self.owners(i, depth + 1)
            if found:
                return (*found, *self.beside(i))
        return self._doers(head) if depth < 2 else ()

    def _owning(self, at: int) -> bool:
        """Whether a word on a noun may say whose it is."""
        side = self.tree.preposition(at)
        if side == "со стороны" or (side == "из" and self.words[self.words[at].head].lemma == "один"):
            return True
        if side or self.words[at].relation in ("obl", "nsubj"):
            return False
        named = self.words[at].kind == "PROPN" and not self.tree.has(at, "Case=Ins", "Case=Dat")
        return self.words[at].kind in ("ADJ", "DET", "PRON") or self.genitive(at) or named or self._doing(at)

    def _doing(self, at: int) -> bool:
        """Of "строительство Россией казарм": who does it, where the noun has what it is done to as well."""
        head = self.words[at].head
        return self.tree.has(at, "Case=Ins") and any(
            i != at and self.genitive(i) and self.words[i].relation == "nmod" for i in self.tree.children[head]
        )

    def genitive(self, at: int) -> bool:
        return self.tree.has(at, "Case=Gen") and not self.tree.preposition(at)

    def beside(self, at: int) -> tuple[Party, ...]:
        """Those coordinated with a word."""
        return tuple(one for i in self.tree.under(at, ("conj",)) for one in self.parties.at(i))

    def _doers(self, head: int) -> tuple[Party, ...]:
        """Who did what a participle or a relative clause says of a noun: "введённой Вашингтоном", "которую ввёл"."""
        for i in self.tree.under(head, ("acl", "acl:relcl")):
            frame = self.sentence.by_word.get(i)
            if frame is not None and frame.object is not None and head in frame.object.heads:
                found = tuple(one for j in frame.subject.heads for one in self.parties.at(j)) if frame.subject else ()
                if not found and frame.subject is not None:
                    found = tuple(one for j in frame.subject.heads for one in self.owners(j, 2))
                return found
        return ()

    def holders(self, at: int) -> tuple[Party, ...]:
        """Whose an act or feeling is."""
        for i in self.tree.under(at, ("nmod", "obl", "obl:agent")):
            if self.tree.preposition(i) in ("со стороны", "у", "среди", "из") or (
                self.in_case(i, "ins") and self.words[at].lemma in known.OBJECTIVE
            ):
                found = self.state(i)
                if found:
                    return found
        return self.owners(at)

    def genitives(self, at: int) -> tuple[Party, ...]:
        """The states that a noun has in the genitive."""
        return tuple(one for i in self.tree.under(at, ("nmod",)) if self.genitive(i) for one in self.state(i))

    def subject(self, frame: Frame, depth: int = 0) -> tuple[Party, ...]:
        """Who does what a frame says; of "чем вызвал" and of a clause without a subject, who did what stands above it."""
        found = self.of(frame.subject)
        if frame.subject is not None and self._private(frame.subject.heads[0]):
            return ()
        if frame.passive and frame.subject is not None and self.tree.preposition(frame.subject.heads[0]):
            return ()  # where it was done
        if found or depth > 2:
            return found
        paper = self.words[frame.at].relation == "acl" and frame.subject is not None and not frame.passive
        if paper:  # "одобрил резолюцию, осуждающую"
            assert frame.subject is not None
            governor = self.governor(frame.subject.heads[0])[0]
            return () if governor is None else self.subject(governor, depth + 1)
        if frame.subject is not None and self.words[frame.subject.heads[0]].lemma not in ("что", "чем", "это"):
            return ()
        above = self.sentence.by_word.get(self.up(frame.at))
        asked = {self.words[i].lemma for i in self.tree.children[frame.at]} & {"что", "чем", "это"}
        if above is not None and above.kind != "noun" and (asked or self._same(frame.at, above)):
            return self.subject(above, depth + 1)
        return self.place(frame)

    def _private(self, head: int) -> bool:
        """Whether a subject is a person who does not act for a state: "российский теннисист", "один россиянин"."""
        word = self.words[head]
        return word.lemma in known.PRIVATE or (not word.plural and word.kind == "NOUN" and word.lemma in PEOPLES)

    def _same(self, at: int, above: Frame) -> bool:
        """Whether a clause without a subject may have that of the clause above it: "статья, в которой призвал"."""
        if above.subject is None or self.words[at].relation not in ("acl:relcl", "advcl", "conj", "parataxis"):
            return False
        head, verb = self.words[above.subject.heads[0]], self.words[at]
        finite = self.tree.has(at, "VerbForm=Fin") and not self.tree.has(at, "Voice=Pass", "Person=1")
        many = head.plural or len(above.subject.heads) > 1
        return finite and verb.plural == many and agree(verb.gender, head.gender)

    def place(self, frame: Frame) -> tuple[Party, ...]:
        """Of "в Киеве это вызвало", "для Польши это", "из Рима звучат": those who live there; () if none."""
        sides = ("в", "на", "у", "среди", "для", *(("из",) if frame.predicate in known.GROWING else ()))
        for i in self.tree.under(frame.at, ("obl", "nmod")):
            if self.tree.preposition(i) in sides and not self.tree.has(i, "Case=Acc"):
                found = self.parties.at(i)
                if found and self.words[i].kind in ("PROPN", "NOUN"):
                    return found
        return ()

    def up(self, at: int) -> int:
        """The next predicate above a word; -1 if none."""
        while self.words[at].head != at:
            at = self.words[at].head
            if at in self.sentence.by_word:
                return at
        return -1

    def governor(self, at: int) -> tuple[Frame | None, int, bool]:
        """The verb that a noun is an argument of, the noun that hangs on it, and whether a noun between ends it.

        Nouns between are those that only pass it on ("пакет санкций") or end it ("отмена санкций"); None where another stands.
        """
        seen, ended = at, False
        while self.words[seen].head != seen:
            up = self.words[seen].head
            frame = self.sentence.by_word.get(up)
            lemma = self.words[up].lemma
            if self.tree.preposition(seen) in _BESIDE:
                return None, seen, ended
            if frame is not None and frame.kind != "noun":
                return frame, seen, ended
            for_it = lemma == "поддержка" and self.tree.preposition(up) == "в"
            if not for_it and lemma not in known.PASSING | known.ENDING and self.words[seen].relation != "conj":
                return None, seen, ended
            seen, ended = up, ended != (lemma in known.ENDING)
        return None, seen, ended

    def side(self, at: int) -> tuple[str, int]:
        """The preposition of a noun and the noun; of "в адрес Киева" the whole turn and what it is about."""
        side = self.tree.preposition(at)
        below = next((i for i in self.tree.under(at, ("nmod",)) if self.genitive(i)), -1)
        if side and below >= 0 and self.words[at].lemma in _TURNS:
            return f"{side} {self.words[at].text.lower()}", below
        return side, at

    def in_case(self, at: int, form: str) -> bool:
        return not self.tree.preposition(at) and (
            self.tree.has(at, CASES[form]) or (form == "dat" and self.words[at].relation == "iobj")
        )

    def is_subject(self, at: int, frame: Frame) -> bool:
        return frame.subject is not None and at in frame.subject.heads

    def wished(self, frame: Frame) -> bool:
        """Whether a clause says what should be, or what is feared or asked to be, and not what is."""
        return frame.kind != "noun" and frame.mood in ("should", "would")

    def above(self, frame: Frame) -> Frame | None:
        """What governs a frame; of one coordinated with an infinitive, what governs that: "отказался помочь и признать"."""
        seen = frame
        while self.words[seen.at].relation == "conj" and seen.mood == "to":
            head = self.sentence.by_word.get(self.words[seen.at].head)
            if head is None or head.mood != "to":
                break
            seen = head
        return self.sentence.by_word.get(seen.over)

    def turned(self, frame: Frame) -> tuple[bool, float, tuple[Party, ...] | None]:
        """Whether a frame is turned into its reverse, how sure it is, and whose it is where another is asked to do it."""
        turned, sure, whose = frame.negated, 1.0, None
        if frame.mood == "may":
            sure = 0.7
        above = self.above(frame)
        if frame.mood == "to" and above is not None and above.kind != "noun":
            unwanted = above.negated and above.predicate in known.PLANNING | known.SEEING
            turned ^= above.predicate in known.REFUSING or unwanted
            if above.subject is not None and frame.subject is not None and above.subject != frame.subject:
                whose = self.of(above.subject)
        elif frame.mood == "to" and above is not None and above.predicate in ("отказ", "нежелание"):
            turned = not turned
            another = any(self.genitive(i) for i in self.tree.under(above.at, ("nmod",)))
            up = None if another else self.governor(above.at)[0]  # "отказ повстанцев признать" is theirs
            whose = self.holders(above.at) or (self.subject(up) if up is not None else ())
        return turned, sure, whose

    def planned(self, frame: Frame) -> bool:
        """Whether what a frame says is yet to be done."""
        above = self.above(frame)
        intended = frame.mood == "to" and above is not None and above.predicate in known.PLANNING
        return frame.mood == "will" or intended

    def kind(self, kind: str, turned: bool) -> str:
        """The kind, or what it is when turned; "" where what harms is only said not to be done."""
        if not turned:
            return kind
        return REVERSED[kind] if sign_of(kind) > 0 or kind == "bears" else ""

    def located(self, at: int) -> bool:
        """Whether a name only says where: "в Сирии"."""
        return self.tree.preposition(at) in ("в", "на", "из", "через", "до") or self.tree.has(at, "Case=Loc")

    def judged(self, argument: Argument) -> int:
        """The sign of the words for what somebody is taken for; that of the head first."""
        for i in (*argument.heads, *argument.words):
            lemma, denied = self.words[i].lemma, i > 0 and self.words[i - 1].lemma == "не"
            sign = (lemma in known.GOOD) - (lemma in known.BAD)
            if sign:
                return -sign if denied else sign
        return 0

    def leant(self, at: int) -> Party | None:
        """The state that an adjective is for or against."""
        word = self.words[at]
        found = leaning(word.lemma, self.parties.gazetteer.lexicon)
        return None if found is None else Party(found[0], word.start, word.end, 0.9)
