"""The grammar of Japanese: from a sentence's chunks to its frames.

A frame stands at every predicate, at every noun that stands for a verb ("日本の返還要求", "返還する意向"), and at "たい",
"つもり" and a will ("…ようとする"), with the predicate before it as its clause. Subjects that are not said are found where
Japanese lets them be: in clauses that share one, in what somebody says of himself; else the topic of the text is meant, which is
left to the passage.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rashomon.coding.frames import Argument, Frame, Mood, Sentence
from rashomon.coding.japanese_nouns import Nouns
from rashomon.coding.japanese_tree import JapaneseTree, trees_of
from rashomon.coding.japanese_words import (
    AS,
    ASKING,
    CLAIMS,
    KNOWING,
    MOVING,
    NEEDED,
    NOMINAL,
    PERCEIVED,
    STANDPOINTS,
    WISHES,
)


@dataclass(frozen=True)
class JapaneseSentence(Sentence):
    """A sentence with its chunks in their tree, for what is told by particles and not by frames."""

    tree: JapaneseTree


@dataclass(frozen=True, slots=True)
class Japanese:
    """Japanese, by Sudachi and rules. The dictionary is loaded when the first text is read."""

    language: str = "ja"

    def sentences(self, text: str) -> Iterator[JapaneseSentence]:
        """The sentences of a text in order, those of more than 300 words left out."""
        for tree in trees_of(text):
            start, end = tree.words[0].start, tree.words[-1].end
            yield JapaneseSentence(start, end, tree.words, _Framing(tree).frames(), tree)


class _Framing(Nouns):
    """The frames of one sentence."""

    def frames(self) -> tuple[Frame, ...]:
        found = [frame for i in range(len(self.chunks)) for frame in self._of(i)]
        return tuple(sorted(found, key=lambda frame: frame.at))

    def _of(self, i: int) -> Iterator[Frame]:
        chunk = self.chunks[i]
        if chunk.kind == "predicate" and not self._nominal(i):
            yield self._predicate(i)
            if chunk.wished:
                yield self._wish(i)
        elif chunk.kind in ("predicate", "noun") and self._lemma(i) in NOMINAL:
            yield self._noun(i)
        if chunk.kind == "noun" and (chunk.case in ("によると", "から見て") or self._in_eyes(i)):
            yield self._according(i)

    def _in_eyes(self, i: int) -> bool:
        """Whether a noun says in whose eyes something is what a predicate says: "日本にとって脅威だ"."""
        above = self.chunks[self.tree.parents[i]]
        told = above.kind == "predicate" and not above.verbal
        return self.chunks[i].case == "にとって" and told and self.words[above.head].lemma in PERCEIVED

    def _predicate(self, i: int) -> Frame:
        chunk = self.chunks[i]
        passive = self._is_passive(i)
        subject, found = self.subject(i), self._object(i)
        if self._refusing(i) and self._quoted(i) and self._first(i, "を") < 0:
            topic = self._own_subject(i)
            subject, found = self._controlled(i, 0), self.argument(topic) if topic >= 0 else None
            passive = False
        elif passive:
            subject, found = self._agent(i), self._undergoing(i)
        elif chunk.causative and self._lemma(i) in MOVING | NOMINAL:
            subject, found = found, None
        adjective = not chunk.verbal and (self.words[chunk.head].kind == "ADJ" or self._adjectival(i))
        minded = self._lemma(i) in ("反対", "賛成", "不安", "心配")
        return Frame(
            predicate=self._name(i, adjective=adjective or minded),
            at=chunk.head,
            kind="adjective" if adjective or (minded and not chunk.verbal) else "verb",
            words=self._said(i) if not chunk.wished else self.tree.clause(chunk.head, self.tree.QUALIFYING),
            wide=self._wide(i, found),
            subject=subject,
            object=found,
            obliques=tuple(self._obliques(i)),
            complement=self._complement(i),
            over=self._over(i),
            mood=self._mood(i),
            negated=chunk.negated and not chunk.wished and self._lemma(i) not in KNOWING,
            passive=passive,
            supposed=self._supposed(i),
            quoted=self._in_quotes(i),
        )

    def _wide(self, i: int, found: Argument | None) -> tuple[int, ...]:
        """The words of a clause with the clauses that qualify its nouns; not with what is only claimed: "…との報道を否定した"."""
        claimed = found is not None and any(self.words[at].lemma in CLAIMS for at in found.heads)
        return self.tree.clause(self.chunks[i].head, self.tree.QUALIFYING if claimed else frozenset())

    def _said(self, i: int) -> tuple[int, ...]:
        """The words of a clause; of one that is told, with the clauses and sentences before it that are told with it."""
        own = self.tree.clause(self.chunks[i].head, self.tree.QUALIFYING)
        if self.tree.relations[i] != "ccomp":
            return own
        before = [self.chunks[j].head for j in self._hung(i, "conj")]
        return tuple(sorted({*own, *(at for one in before for at in self.tree.below(one, self.tree.QUALIFYING))}))

    def _adjectival(self, i: int) -> bool:
        """Whether a noun with a copula is used as an adjective: "危険だ", "否定的だ"."""
        chunk = self.chunks[i]
        behind = chunk.head + 1 < chunk.end and self.words[chunk.head + 1].lemma == "的"
        return behind or "形状詞" in self.words[chunk.head].form

    def _name(self, i: int, *, adjective: bool) -> str:
        chunk, lemma = self.chunks[i], self._lemma(i)
        complement = self._complement(i)
        told = self.chunks[self.tree.chunk_of(complement)] if complement >= 0 else None
        if lemma == "為る" and chunk.head == chunk.start and told is not None and told.way == "quote":
            return "ようとする" if told.wish >= 0 and self.words[told.wish].lemma not in WISHES else "とする"
        if lemma in KNOWING and chunk.negated:
            return "知らない"
        if lemma == "応じる" and self._first(i, "に") >= 0 and self._lemma(self._first(i, "に")) in ASKING:
            return "答える"
        return lemma if chunk.verbal or adjective else "だ"

    def _is_passive(self, i: int) -> bool:
        """Whether "られる" is a passive, and not what one can do: then an object in "を" stands beside it."""
        chunk = self.chunks[i]
        one_step = self.words[chunk.head].kind == "VERB" and self.words[chunk.head].lemma.endswith("る")
        able = self._first(i, "を") >= 0 and chunk.negated and one_step
        return chunk.passive and not able

    def _object(self, i: int) -> Argument | None:
        found = self._first(i, "を")
        if found < 0 and self._first(i, "が") >= 0 and self._complement(i) < 0:
            found = self._first(i, "は", "も")
        if found < 0 and self._complement(i) < 0:
            topics = [j for j in self._hung(i, "arg") if self.chunks[j].case in ("は", "も")]
            found = topics[1] if len(topics) > 1 else topics[0] if topics and self._taken(i, topics[0]) else -1
        if found < 0 and self.tree.relations[i] == "acl":
            return self._relative(i, "object")
        return self.argument(found) if found >= 0 else None

    def _obliques(self, i: int) -> Iterator[tuple[str, Argument]]:
        taken = self._lemma(i) in AS and self._object(i) is not None
        for j in self._hung(i, "arg"):
            case = self.chunks[j].case
            if case == "として" or (case == "と" and taken):
                yield "as", self.argument(j)
            elif case not in ("が", "を", "は", "も", "の", ""):
                yield case, self.argument(j)
        for j in self._hung(i, "ccomp"):
            if self.chunks[j].way == "nominal" and self.chunks[j].case not in ("を", "が", "は", "と", "も"):
                head = self._top(j)
                yield self.chunks[j].case, Argument((head,), self.tree.clause(self.chunks[j].head))

    def _mood(self, i: int) -> Mood:
        chunk = self.chunks[i]
        if chunk.wish >= 0:
            return "to"
        if self._lemma(i) in NEEDED:
            return "must"
        if chunk.able:
            return "may"
        if chunk.mood:
            return chunk.mood
        if chunk.way == "should":
            return "should"
        if chunk.way == "nominal" and self.tree.relations[i] == "ccomp" and not chunk.past and not chunk.lasting:
            return "to" if self.subject(i) is None or self._first(i, "が", "の") < 0 else "will"
        return "will" if self._coming(i) else ""

    def _wish(self, i: int) -> Frame:
        """Of "返還したい": who wants it, with the predicate as what is wanted."""
        chunk = self.chunks[i]
        lemma = self.words[chunk.wish].lemma
        own = self._predicate(i)
        if lemma == "欲しい" and self._first(i, "が") >= 0:  # who is to do it, and not who wants it
            own = replace(own, subject=self._speaker(i, 0))
        return replace(
            own, predicate=lemma if lemma in WISHES else "積もり", at=chunk.wish, words=self._said(i),
            kind="adjective" if lemma == "欲しい" else "verb", object=None, obliques=(), complement=chunk.head, mood="",
            negated=chunk.negated,
        )  # fmt: skip

    def _according(self, i: int) -> Frame:
        """Of "外務省によると": a frame whose content is the predicate that it hangs on."""
        chunk, above = self.chunks[i], self.tree.parents[i]
        at = next(at for at in range(chunk.head + 1, chunk.end) if self.words[at].kind in ("VERB", "AUX", "ADP"))
        own = tuple(range(chunk.start, chunk.end))
        content = self.chunks[above].kind == "predicate" and above != i
        return Frame(
            predicate=chunk.case, at=at, kind="verb", words=own, wide=own, subject=self._source(i),
            complement=self._top(above) if content else -1,
        )  # fmt: skip

    def _source(self, i: int) -> Argument:
        """Of "田辺の話によると" the one whose words they are."""
        owners = [j for j in self._hung(i, "nmod") if self.chunks[j].case == "の"]
        return self.argument(owners[-1] if owners and self._lemma(i) in STANDPOINTS else i)
