"""Japanese words in chunks (bunsetsu): a noun with its particles, or a predicate with all that is hung on its end.

What hangs on a predicate is read off by a table of endings: denials, passives, wishes, duties, doubts; and last how the sentence
goes on from it: to a verb of saying, to a noun, to the next clause, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from rashomon.coding.frames import Mood
from rashomon.coding.japanese_endings import (
    ENDINGS,
    GROUNDS,
    LONGEST_ENDING,
    LONGEST_PARTICLE,
    PARTICLES,
    TEMPORAL,
    TITLE_PARTS,
    TITLES,
    WEAK,
)
from rashomon.coding.japanese_places import countries
from rashomon.coding.japanese_text import Token
from rashomon.coding.japanese_words import VERBS, WISHES

Kind = Literal["noun", "predicate", "modifier", "open", "close"]
Way = Literal["end", "quote", "should", "nominal", "noun", "and", "while", "because", "if", "whether"]
"""How a sentence goes on from a predicate.

By "と", "よう(に)", "こと" or "の", a noun that it qualifies, "て", "ながら", "ので", "ば", "か", in this order; or not at all.
"""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words ``start`` to ``end`` (exclusive) of a sentence. ``head``: the word that others hang on.

    ``marks``: its particles, compound ones as one ("に対し"); of a predicate those after "こと" and "の". ``adnominal``: it
    qualifies the next noun. ``comma``: one follows. Of predicates: ``way``, ``mood``, ``negated``, ``passive``, ``past``;
    ``wish``: the word of "たい", "つもり" or of a will ("…う"), -1 if none; ``verbal``, else it is an adjective or a noun;
    ``lasting``: it goes on ("ている"); ``able``: it can be done; ``asking``: it ends in "か", or in what leaves it open.
    """

    start: int
    end: int
    head: int
    kind: Kind
    marks: tuple[str, ...] = ()
    adnominal: bool = False
    comma: bool = False
    way: Way = "end"
    mood: Mood = ""
    negated: bool = False
    passive: bool = False
    causative: bool = False
    past: bool = False
    wish: int = -1
    verbal: bool = False
    lasting: bool = False
    able: bool = False
    asking: bool = False

    @property
    def wished(self) -> bool:
        """Whether what is wanted, and that it is, are two words: "返し|たい", not "返そう"."""
        return self.wish >= 0 and self.wish != self.head

    @property
    def case(self) -> str:
        """The first particle that says what part a noun has; "は" or "も" where only they stand, "" where none does."""
        cases = [mark for mark in self.marks if mark not in TOPICAL]
        return cases[0] if cases else next((mark for mark in self.marks if mark in _TOPICS), "")


TOPICAL: Final = frozenset({"は", "も", "だけ", "のみ", "さえ", "こそ", "まで", "ばかり", "しか", "など", "でも"})
_TOPICS: Final = ("は", "も", "こそ", "さえ", "しか", "など", "だけ", "のみ")
_NOUNS: Final = frozenset({"名詞", "代名詞", "接頭辞", "接尾辞", "形状詞"})
_MODIFIERS: Final = frozenset({"副詞", "連体詞", "接続詞", "感動詞"})
_NOMINALS: Final = frozenset({"こと", "の", "物", "ところ", "所", "点"})
_COPULAS: Final = frozenset({"だ", "です"})
_COMMAS: Final = ("、", "，", ",")
_ASIDE: Final = ("(", "（")
_STOPS: Final = frozenset("。．！？!?」』…―—")
_COUNTRIES: Final = frozenset(name for country in countries() for name in (*country.names, *country.capitals))


def chunks_of(tokens: Sequence[Token]) -> tuple[Chunk, ...]:
    """The chunks of a sentence, in order; every word but stops and commas is in one."""
    return tuple(_Chunking(tokens).chunks())


class _Chunking:
    """The chunks of one sentence being read."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def chunks(self) -> Iterator[Chunk]:
        while self.at < len(self.tokens):
            before = self.at
            made = self._next()
            if self.at == before:
                self.at += 1
            if made is not None:
                comma = self._text(self.at) in _COMMAS
                yield replace(made, end=self.at, comma=comma)

    # looking ahead

    def _lemma(self, at: int) -> str:
        return self.tokens[at].lemma if at < len(self.tokens) else ""

    def _text(self, at: int) -> str:
        return self.tokens[at].text if at < len(self.tokens) else ""

    def _kind(self, at: int) -> str:
        return self.tokens[at].kind if at < len(self.tokens) else ""

    def _nominal(self, at: int) -> bool:
        """Whether a word may stand in a noun's compound."""
        kind = self._kind(at)
        return (kind in _NOUNS and not self._helping(at)) or self._text(at) in ("・", "=", "＝")

    def _helping(self, at: int) -> bool:
        """Whether a word is a noun in form only: よう, そう."""
        return "助動詞語幹" in self.tokens[at].sub

    def _next(self) -> Chunk | None:
        token = self.tokens[self.at]
        if token.text in _ASIDE:
            self._pass_over()
            return None
        if token.text in ("「", "『"):
            self.at += 1
            return Chunk(self.at - 1, self.at, self.at - 1, "open")
        if token.text in ("」", "』"):
            return self._close()
        if self._nominal(self.at) and token.text not in ("・", "=", "＝"):
            return self._noun()
        adverbial = token.kind == "形容詞" and self._kind(self.at + 1) in ("動詞", "名詞")
        if token.form.startswith("連用") and (adverbial or token.lemma == "引き続く"):
            self.at += 1
            return Chunk(self.at - 1, self.at, self.at - 1, "modifier")
        if token.kind in ("動詞", "形容詞"):
            return self._predicate(self.at, self.at, verbal=token.kind == "動詞")
        if token.kind in _MODIFIERS:
            self.at += 1
            start = self.at - 1
            if token.kind == "副詞":
                self._particles()
            return Chunk(start, self.at, start, "modifier", adnominal=token.kind == "連体詞")
        return None

    def _nominals(self) -> None:
        """Pass over the words of a compound, as far as no blank parts them: "追放 疑惑で" are two in a headline."""
        start = self.at
        while self._nominal(self.at) and (self.at == start or not self._parted(self.at)):
            self.at += 1
        while self._text(self.at - 1) in ("・", "=", "＝"):
            self.at -= 1

    def _parted(self, at: int) -> bool:
        """Whether a blank stands before a word, and both it and the one before are Japanese."""
        before, after = self.tokens[at - 1], self.tokens[at]
        return before.end < after.start and not (before.text.isascii() or after.text.isascii())

    def _closed(self) -> int:
        """Where the round brackets that open here are closed, −1 if nowhere."""
        return next((i for i in range(self.at, len(self.tokens)) if self.tokens[i].text in (")", "）")), -1)

    def _pass_over(self) -> None:
        """Pass over what stands in round brackets, if they are closed."""
        self.at = max(self.at, self._closed()) + 1

    def _close(self) -> Chunk:
        """What closes a quotation, with how the sentence goes on from it."""
        start = self.at
        self.at += 1
        if self._text(self.at) in ("を", "に", "へ"):
            marks, adnominal = self._particles()
            return Chunk(start, self.at, start, "close", marks, adnominal)
        self.at += self._lemma(self.at) == "だ" and self._text(self.at + 1) == "と"  # "「侵略」だと"
        way, marks, adnominal = self._going_on()
        if way == "end" and not marks:
            marks, adnominal = self._particles()
        return Chunk(start, self.at, start, "close", marks, adnominal, way=way)

    # nouns

    def _noun(self) -> Chunk:
        start = self.at
        self._nominals()
        head = self._head(start, self.at)
        last = self.at - 1
        if self._text(self.at) in _ASIDE and self._closed() >= 0:
            self._pass_over()
            if self._nominal(self.at):  # "メフリス(検事)団長が"
                self._nominals()
                head = self.at - 1
                last = head
        if self._lemma(self.at) in ("為る", "出来る", "致す", "下さる") and self._verbs(last):
            return self._predicate(start, last, verbal=True)
        doing = "サ変" in self.tokens[last].sub and self._lemma(self.at + 1) in VERBS.predicates
        manner = self._lemma(self.at) == "だ" and not doing  # "独立に反対"
        if self._text(self.at) == "に" and (manner or self.tokens[last].kind == "形状詞"):
            self.at += 1
            self._particles()
            return Chunk(start, self.at, head, "modifier")
        if self._copular(self.at):
            return self._predicate(start, head, verbal=False)
        marks, adnominal = self._particles()
        if marks == ("を",) and self._lemma(self.at) in GROUNDS and self._text(self.at + 1) == "に":
            self.at += 2
            self.at += 2 * (self._lemma(self.at) == "為る" and self._lemma(self.at + 1) == "て")
            marks = ("をもとに",)
        if self.tokens[head].lemma in TEMPORAL and set(marks) <= {"は", "も", "に"}:
            marks = ("時",)
        curt = not marks and self._curt(start, last)
        told = self.tokens[last].lemma in VERBS.predicates or self._another_behind()
        if curt and self._text(self.at) in _COMMAS and told:
            return Chunk(start, self.at, head, "predicate", verbal=True, way="and")
        if not marks and self._ends(self.at):
            return Chunk(start, self.at, head, "predicate", verbal=curt)
        return Chunk(start, self.at, head, "noun", marks, adnominal)

    def _curt(self, start: int, last: int) -> bool:
        """Whether a noun at the end stands for its verb: "…と発言。", "…を主張。"."""
        before = self.tokens[start - 1] if start else None
        those = ("と", "を", "に", "で", "も", "よう", "く")
        return (
            "サ変" in self.tokens[last].sub and before is not None and (before.text in those or before.kind == "副詞")
        )

    def _another_behind(self) -> bool:
        """Whether somebody else comes soon behind a comma: "ペルーが隣国に侵攻、チリ軍が応戦"."""
        soon = [self._text(at) for at in range(self.at + 1, self.at + 6)]
        return "が" in soon and "を" not in soon[: soon.index("が")]

    def _verbs(self, at: int) -> bool:
        """Whether a noun makes a verb with する."""
        return "サ変" in self.tokens[at].sub or self.tokens[at].kind == "接尾辞" or "一般" in self.tokens[at].sub

    def _copular(self, at: int) -> bool:
        """Whether a copula follows a noun, or the "な" of one that is used as an adjective."""
        lemma = self._lemma(at)
        if lemma in _COPULAS and self._kind(at) == "助動詞":
            return self._text(at) != "に" and not (self._text(at) == "で" and self._plain_de(at))
        denied = (
            lemma == "で" and self._text(at + 1) in ("は", "も") and self._lemma(at + 2) in ("無い", "有る", "ござる")
        )
        if lemma == "らしい" or (lemma == "みたい" and self._kind(at) == "形状詞"):
            return True
        return denied or (lemma == "で" and self._lemma(at + 1) in ("無い", "有る"))

    def _plain_de(self, at: int) -> bool:
        """Whether a "で" only says where or how: "見方では、" and not "脅威では(ない)"."""
        after = at + 1 + (self._text(at + 1) in ("は", "も"))
        return self._text(at + 1) in ("は", "も") and self._lemma(after) not in ("無い", "有る", "ござる", "なかろう")

    def _head(self, start: int, end: int) -> int:
        """The head of a compound: its last word; the name before a title, what stands before a weak ending."""
        head = end - 1
        while head > start and self.tokens[head].lemma in WEAK:
            head -= 1
        while head > start and _title(self.tokens[head].lemma) and self._person(head - 1, start):
            head -= 1
        return head

    def _person(self, at: int, start: int) -> bool:
        """Whether the words up to a title are a name, or the word is a title itself."""
        token = self.tokens[at]
        if _title(token.lemma):
            return at > start and self._person(at - 1, start)
        person = token.sub.startswith("固有名詞") and token.text not in _COUNTRIES
        return person or (token.kind == "名詞" and _katakana(token.text) and "地名" not in token.sub)

    def _ends(self, at: int) -> bool:
        """Whether a clause is at its end here."""
        return at >= len(self.tokens) or self._text(at) in _STOPS

    def _particles(self) -> tuple[tuple[str, ...], bool]:
        """The particles from here on, and whether they make the noun qualify the next."""
        marks: list[str] = []
        adnominal = False
        while self.at < len(self.tokens):
            compound = self._compound()
            if compound is not None:
                marks.append(compound[0])
                adnominal = compound[1]
                if adnominal:
                    break
            elif self._kind(self.at) == "助詞" and self._text(self.at) not in ("か", "ね", "よ", "ぞ"):
                adnominal = self._text(self.at) == "の"
                if adnominal and marks and marks[-1] not in TOPICAL:
                    self.at += 1
                    break
                marks.append(self._text(self.at))
                self.at += 1
                if adnominal:
                    break
            elif self._text(self.at) in ("で", "に") and self._lemma(self.at) == "だ":
                marks.append(self._text(self.at))
                self.at += 1
            else:
                break
        if marks[-1:] == ["と"] and self._lemma(self.at) == "言う" and self._kind(self.at + 1) in _NOUNS:
            self.at += 1
            marks, adnominal = ["の"], True  # "新思考という概念"
        return tuple(marks), adnominal

    def _compound(self) -> tuple[str, bool] | None:
        """A particle of several words that begins here, which is passed over."""
        for length in range(LONGEST_PARTICLE, 1, -1):
            lemmas = tuple(self._lemma(i) for i in range(self.at, self.at + length))
            found = PARTICLES.get(lemmas)
            if found is not None:
                return self._taken(length, found)
        return None

    def _taken(self, length: int, found: tuple[str, bool]) -> tuple[str, bool] | None:
        """A compound particle, if what follows fits: a noun behind one that qualifies, else no noun."""
        name, adnominal = found
        last = self.tokens[self.at + length - 1]
        after = self.at + length
        verb = last.kind == "動詞"
        if verb and last.form.startswith("連用"):
            adnominal = False
        elif adnominal and not (self._nominal(after) or self._kind(after) in ("連体詞", "形容詞", "副詞", "動詞")):
            return None
        self.at = after
        if self._text(self.at) == "の" and not adnominal:
            self.at += 1
            adnominal = True
        return name, adnominal

    # predicates

    def _predicate(self, start: int, head: int, *, verbal: bool) -> Chunk:
        """A predicate whose own word is ``head``, with its endings and what follows them."""
        if head >= self.at:
            self.at = head + 1
        if self._lemma(self.at) in ("為る", "致す", "下さる") and verbal and self.at > start:
            self.at += 1
        able = self._lemma(self.at) == "出来る" and self.at > start
        self.at += able
        own = self.tokens[self.at - 1]
        made = Chunk(start, self.at, head, "predicate", verbal=verbal, able=able)
        if own.form == "意志推量形":
            made = replace(made, wish=self.at - 1)
        if own.form == "命令形":
            made = replace(made, mood="must")
        while self.at < len(self.tokens):
            longer = self._ended(made)
            if longer is None:
                break
            made = longer
        asking = self._text(self.at) == "か" and self._ends(self.at + 1)
        self.at += asking
        way, marks, adnominal = self._going_on()
        return replace(made, way=way, marks=marks, adnominal=adnominal, asking=asking or made.asking)

    def _ended(self, made: Chunk) -> Chunk | None:
        """The predicate with the longest ending that stands here; None where none does."""
        if (
            made.verbal
            and self._lemma(self.at) == "と"
            and self._lemma(self.at + 1) == "言う"
            and self._ends(self.at + 2)
        ):
            self.at += 2  # "…という。" is hearsay, which its words show
            return made
        for length in range(LONGEST_ENDING, 0, -1):
            lemmas = tuple(self._lemma(i) for i in range(self.at, self.at + length))
            if lemmas in ENDINGS and self._fits(lemmas, made):
                first, last = self.at, self.tokens[self.at + length - 1]
                self.at += length
                return self._effect(made, ENDINGS[lemmas], first, last)
        return None

    def _fits(self, lemmas: tuple[str, ...], made: Chunk) -> bool:
        """Whether an ending may stand here: "な" and "で…" after nouns only, no "なら" and "たら", "続ける" on a verb's stem."""
        first = self.tokens[self.at]
        if first.lemma == "よう" and self.tokens[self.at + len(lemmas) - 1].text == "に":  # "引き渡すように要求"
            return False
        if first.lemma in ("た", *_COPULAS) and len(lemmas) == 1 and first.text in ("なら", "たら", "だら", "な"):
            return first.text == "な" and not made.verbal
        if first.lemma in ("始める", "続ける", "出す", "掛ける", "切る", "得る"):
            return self.tokens[self.at - 1].form.startswith("連用")
        return first.text != "で" or first.kind != "助詞" or first.lemma == "て" or not made.verbal

    def _effect(self, made: Chunk, effect: list[str], first: int, last: Token) -> Chunk:
        """What an ending makes of a predicate."""
        if "not" in effect:
            made = replace(made, negated=not made.negated)
        for one in effect:
            if one in ("must", "may", "would", "will"):
                made = replace(made, mood=one)  # type: ignore[arg-type]
            elif one in ("passive", "causative", "past", "lasting", "able"):
                made = replace(made, **{one: True})  # type: ignore[arg-type]
            elif one == "open":
                made = replace(made, asking=True)
            elif one == "wish":
                found = (at for at in range(first, self.at) if self.tokens[at].lemma in WISHES)
                made = replace(made, wish=next(found, first))
        if last.form == "意志推量形" and last.lemma in (*_COPULAS, "無い", "ない"):
            made = replace(made, mood="would")
        return made

    # how it goes on

    def _going_on(self) -> tuple[Way, tuple[str, ...], bool]:
        """How the sentence goes on from a predicate that ends here; the particles of "こと" and "の"; whether to a noun."""
        if self._ends(self.at):
            return "end", (), False
        self.at += (
            self._text(self.at) in _COMMAS and self._text(self.at + 1) == "と" and self._kind(self.at + 1) == "助詞"
        )
        text, lemma = self._text(self.at), self._lemma(self.at)
        if lemma == "旨" and self._kind(self.at + 1) in ("助詞", "名詞", "動詞"):
            self.at += 1 + (self._text(self.at + 1) in ("を", "の"))
            return "quote", (), self._text(self.at - 1) == "の"
        if text == "と" and self._kind(self.at) == "助詞":
            return self._quoting()
        if lemma == "よう" and self._helping(self.at):
            self.at += 1 + (self._text(self.at + 1) == "に")
            noun = self._lemma(self.at) == "だ"
            self.at += noun
            return ("noun", (), True) if noun else ("should", (), False)
        if text == "の" and self._text(self.at + 1) == "か":
            self.at += 1
            text = "か"
        if text == "もの" and self._text(self.at + 1) == "の" and self._text(self.at + 2) in _COMMAS:
            self.at += 2
            return "and", (), False
        behind = self._kind(self.at + 1) == "助詞" or self._text(self.at + 1) in ("に", "を")
        if lemma in _NOMINALS and text != "か" and behind:
            return self._nominalised()
        if text == "か":
            self.at += 1
            while self._text(self.at) in ("どう", "否", "か", "は", "が", "を", "に", "で", "も", "と", "の"):
                self.at += 1
            return "whether", (), False
        return self._joining(text, lemma)

    def _quoting(self) -> tuple[Way, tuple[str, ...], bool]:
        self.at += 1
        if self._text(self.at) == "の" and self._kind(self.at + 1) in _NOUNS | _MODIFIERS | {"形容詞"}:
            self.at += 1
            return "quote", (), True
        if self._lemma(self.at) == "言う" and self._saying(self.at):
            self.at += 1
            return "quote", (), True
        while self._text(self.at) in ("は", "も"):
            self.at += 1
        return "quote", (), False

    def _saying(self, at: int) -> bool:
        """Whether a "いう" only links a clause to a noun: "返すという提案"."""
        after = self._kind(at + 1) in _NOUNS | {"連体詞", "形容詞"} or self._text(at + 1) == "の"
        return self.tokens[at].text in ("いう", "言う", "いった") and after

    def _nominalised(self) -> tuple[Way, tuple[str, ...], bool]:
        self.at += 1
        marks, adnominal = self._particles()
        if marks and marks[0] == "と" and self._lemma(self.at - 2) == "物":
            return "quote", (), False
        return "nominal", marks, adnominal

    def _joining(self, text: str, lemma: str) -> tuple[Way, tuple[str, ...], bool]:
        form = self.tokens[self.at - 1].form
        if lemma in ("た", "だ") and text in ("たら", "だら", "なら"):
            self.at += 1 + (self._text(self.at + 1) == "ば")
            return "if", (), False
        if text == "ば" or form == "仮定形":
            self.at += text == "ば"
            return "if", (), False
        if self._kind(self.at) == "助詞":
            return self._by_particle(text)
        if text in _COMMAS and form.startswith("連用"):
            return "and", (), False
        quoted = text in ("「", "『") and form.startswith(("終止", "連体"))  # "使った「挑発」"
        if (
            quoted
            or self._kind(self.at) in _NOUNS
            or (self._kind(self.at) in ("連体詞", "形容詞", "副詞") and not form.startswith("連用"))
        ):
            return ("and", (), False) if form.startswith("連用") else ("noun", (), True)
        return "and", (), False

    def _by_particle(self, text: str) -> tuple[Way, tuple[str, ...], bool]:
        self.at += 1
        if text in ("て", "で") and self._text(self.at) == "も":
            self.at += 1
            return "if", (), False
        if text == "など" and self._text(self.at) == "の":
            self.at += 1
            return "noun", (), True
        if text == "まで":  # what has not come yet: "結ぶまでは"
            self.at += self._text(self.at) in ("は", "に", "も")
            return "whether", (), False
        if text in ("ながら", "つつ"):
            self.at += self._text(self.at) == "も"
            return "while", (), False
        if text in ("ので", "から", "のに"):
            return "because", (), False
        if text in ("を", "に", "へ"):  # of a noun that was taken for a predicate, or a purpose: "会いに"
            return "because", (), False
        while self._kind(self.at) == "助詞":
            self.at += 1
        return "and", (), False


def _title(lemma: str) -> bool:
    """Whether a word is a title, or a part of one that has several words."""
    return lemma in TITLES | TITLE_PARTS or lemma.endswith("党") or (lemma[:1] in "前元現副" and lemma[1:] in TITLES)


def _katakana(text: str) -> bool:
    return all("ァ" <= one <= "ヺ" or one in "ー・" for one in text)
