"""From the chunks of a Japanese sentence to what states do to each other, feel about each other and are to each other.

As in the other languages, what is supposed, asked or only wished for is left out, and a noun of an act is read with its verb:
"制裁を科す" and "制裁を解除" differ in sign. Who does what is told by particles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rashomon.coding import japanese_relations as known
from rashomon.coding.frames import Sentence
from rashomon.coding.japanese import JapaneseSentence
from rashomon.coding.japanese_between import Between
from rashomon.coding.japanese_deeds import Deeds
from rashomon.coding.japanese_whose import LOOSE, Whose
from rashomon.coding.japanese_words import may_act
from rashomon.coding.parties import Parties, Party
from rashomon.coding.relations import Relation, each, pairs, promised, sign_of, surest

_SAID = 0.8


class JapaneseRelating:
    """The relations of one sentence. ``parties`` has entered it."""

    def __init__(self, sentence: Sentence, parties: Parties) -> None:
        assert isinstance(sentence, JapaneseSentence)
        self.whose = Whose(sentence, parties)
        self.tree, self.chunks, self.words = self.whose.tree, self.whose.chunks, self.whose.words
        self.deeds, self.between = Deeds(self.whose), Between(self.whose)

    def relations(self) -> tuple[Relation, ...]:
        """All of them, each pair and sign once, the surest reading of it; none of a question."""
        found = () if self.words[-1].text in ("?", "？", "か") else surest(self._all())
        told = self.whose.doer(self.tree.root)
        self.whose.parties.about = told[0].code if len(told) == 1 else ""
        self.whose.remember()
        return found

    def _all(self) -> Iterator[Relation]:
        self.whose.introduce()
        for i, chunk in enumerate(self.chunks):
            if chunk.kind == "predicate" and not self.whose.unreal(i):
                found = (*self._of_predicate(i), *self.between.role(i))
                yield from found
                yield from self._held(i, found)
            if chunk.kind == "noun":
                found = tuple(self._of_noun(i))
                yield from found
                above = self.whose.governor(i)[0]
                yield from self._held(above, found) if above >= 0 else ()

    def _of_noun(self, i: int) -> Iterator[Relation]:
        if self.whose.headline(i):
            yield from self._of_predicate(i)
        yield from self.deeds.relations(i)
        yield from self.between.bonds(i)
        yield from self.between.leaning(i)

    def _of_predicate(self, i: int) -> Iterator[Relation]:
        lemma = self.whose.lemma(i)
        turned, sure = self.whose.turned(i)
        visited = self.whose.visited(i)
        if visited:
            yield from pairs("CONSULT", self.whose.doer(i), visited, self.whose.said(i), sure)
        for kind, forms in known.VERBS.get(lemma, ()):
            kind = self._kind(i, kind, turned)
            sources = self.whose.doer(i)
            if kind and (sources or self.chunks[i].passive):
                yield from self._toward(i, kind, forms, sources, sure)

    def _kind(self, i: int, kind: str, turned: bool) -> str:
        """The kind of a predicate as its clause has it; "" for a favour that is asked."""
        if kind == "DEMAND" and self.whose.asks_help(i):
            return ""
        objects = tuple(self.whose.slots(i, ("=",)))
        if self.whose.lemma(i) in known.ARMING and not any(self.whose.lemmas(j) & known.FORCES for j in objects):
            return ""
        kind = self.whose.kind(kind, turned)
        return promised(kind) if self.whose.planned(i) else kind

    def _toward(
        self, i: int, kind: str, forms: tuple[str, ...], sources: tuple[Party, ...], sure: float
    ) -> Iterator[Relation]:
        """What a predicate says of the target where its entry has it; else of whom its clause is about."""
        lemma, said = self.whose.lemma(i), self.whose.said(i)
        if self.chunks[i].passive:
            given = (one for j in self.whose.slots(i, forms) for one in self.whose.state(j))
            yield from pairs(kind, sources, self.whose.undergoer(i) or tuple(given), said, sure)
            return
        own = {one.code for one in sources}
        forms = (*forms, "について") if lemma in known.ABOUT else forms
        slots = tuple(self.whose.slots(i, forms)) if kind != "DISAPPROVE" or not self._of_another(i, own) else ()
        for j in slots:
            if self.deeds.speaks_for_itself(j) or (kind == "fears" and self.whose.lemmas(j) & known.BONDS):
                return  # "関係の悪化を懸念" fears for what binds them
            carried = lemma in known.CARRIERS | known.UNDERGOING and self.whose.deed(j)[0] >= 0
            if carried and (lemma in known.UNDERGOING or not self.whose.owners(j)):
                return
            found = self.whose.state(j) or self._nearby(j, kind, lemma)
            found = self.whose.joined(i, j) if self.whose.state(j) and lemma not in known.MUTUAL else found
            targets = tuple(one for one in found if one.code not in own)
            if self.whose.foes(j):
                yield from pairs("bad" if sign_of(kind) > 0 else "good", sources, self.whose.foes(j), said, 0.8 * sure)
                return
            if targets:
                yield from pairs(kind, sources, targets, said, sure)
                if lemma in known.MUTUAL - known.ONE_SIDED:
                    yield from pairs(kind, targets, sources, said, sure)
                return
        if len(sources) > 1 and (lemma in known.MUTUAL or self.whose.each_other(i)):
            yield from each(kind, sources, said, sure)
        elif sources and (before := self.whose.reacted(i, own)):
            yield from pairs(kind, sources, before, said, _SAID * sure)
        elif kind in ("FIGHT", "ASSAULT"):
            where = tuple(self.whose.slots(i, ("で",)))
            yield from pairs(kind, sources, self.whose.others(where, frozenset(own)), said, sure)
        elif sources:
            yield from pairs(kind, sources, self._about(i, kind, slots, own), said, LOOSE * sure)

    def _about(self, i: int, kind: str, slots: tuple[int, ...], own: set[str]) -> tuple[Party, ...]:
        """Of whom a predicate is said that does not name him: who does what is told, else the one other state there."""
        spoken = kind in known.LOOSE or (kind == "REJECT" and (slots or self.whose.told(i)))
        somebody = any(may_act(self.whose.lemma(j), self.words[self.chunks[j].head].text) for j in slots)
        if not spoken or somebody or (kind == "DEMAND" and slots):  # "政府を批判した"
            return ()
        others = frozenset(own | {one.code for one in self.whose.speaker(i)})
        anywhere = kind in known.LOOSE and sign_of(kind) < 0
        return self.whose.about(i, slots, others, anywhere=anywhere, liked=sign_of(kind) > 0)

    def _nearby(self, j: int, kind: str, lemma: str) -> tuple[Party, ...]:
        """Whom a noun that is nobody's is toward; of a deed in a land, whose that is; of who is called back, from where."""
        found = self.whose.toward(j)
        if not found and kind in known.IN_LANDS:
            found = self.whose.land(j)
        return found or (self.whose.posted(j) if lemma in known.RECALLING else ())

    def _of_another(self, i: int, own: set[str]) -> bool:
        """Whether what is told by a predicate is said of another state: "国連に対し、イラクは…と警告した"."""
        addressed = {one.code for j in self.whose.slots(i, ("に",)) for one in self.whose.state(j)}
        inside = (j for told in self.whose.told(i) for j in self.whose.below(told))
        return bool({one.code for j in inside for _, _, one in self.whose.named(j)} - own - addressed)

    def _held(self, i: int, found: Iterable[Relation]) -> Iterator[Relation]:
        """What who says that another did harm or good thinks of him."""
        holder = self.whose.speaker(i)
        if not holder:
            return
        codes = {one.code for one in holder}
        for one in found:
            if sign_of(one.kind) < 0 and one.source.code not in codes:
                yield from (
                    replace(one, kind="bad", source=each, target=one.source, certainty=round(0.75 * one.certainty, 2))
                    for each in holder
                )
        sign = self.whose.judged(i)
        if sign and self.chunks[i].kind == "predicate":
            own = tuple(one for one in self.whose.judged_one(i) if one.code not in codes)
            yield from pairs("good" if sign > 0 else "bad", holder, own, self.whose.said(i), _SAID)
