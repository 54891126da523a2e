"""Whose a Japanese phrase is: which states stand in a chunk, who does what it says, and whether it is said to be so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from rashomon.coding import japanese_relations as known
from rashomon.coding.frames import Argument
from rashomon.coding.japanese import JapaneseSentence
from rashomon.coding.japanese_endings import TITLES
from rashomon.coding.japanese_nouns import Nouns
from rashomon.coding.japanese_places import PREFIXES, Leaning, alone, lettered, unions
from rashomon.coding.japanese_words import DIRECTING, PAPERS
from rashomon.coding.parties import Parties, Party, coded
from rashomon.coding.relations import REVERSED, sign_of

_PARTS: Final = frozenset("北南東西")
"""Before a state's name they make it the name of a part, or of something else: "北アイルランド"."""
_SUBJECTS: Final = frozenset("米英韓露")
"""States whose one letter may stand alone with a particle or a comma."""
_UNIONS: Final = frozenset(one.code for one in unions())
_LETTERED: Final = 0.9
_UNSAID: Final = 0.8
LOOSE: Final = 0.5
"""The certainty of a target that only stands in the sentence."""
_IN_CONTEXT: Final = 0.6
TOWARD: Final = ("に対し", "へ", "に", "について")
"""Particles before whom something is for."""


class Whose(Nouns):
    """The states of one sentence, in their places. ``parties`` has entered it."""

    def __init__(self, sentence: JapaneseSentence, parties: Parties) -> None:
        super().__init__(sentence.tree)
        self.parties = parties
        self._named: dict[int, tuple[tuple[int, Leaning, Party], ...]] = {}

    # states

    def named(self, i: int) -> tuple[tuple[int, Leaning, Party], ...]:
        """The states named in a chunk: the word, how it stands to the state, and the state."""
        if i not in self._named:
            chunk = self.chunks[i]
            self._named[i] = tuple(one for at in range(chunk.start, chunk.end) for one in self._at(at, i))
        return self._named[i]

    def _at(self, at: int, i: int) -> Iterator[tuple[int, Leaning, Party]]:
        word = self.words[at]
        leaning, codes = lettered(word.text)
        code = alone(word.text) if self._alone(at, i) else ""
        before = self._before(at, i)
        if not code and not codes and len(word.text) == 1:
            leaning, codes = self._joined(before, word.text)
        if (code or codes) and not self._a_place(word.end):
            for one in (code,) if code else codes:
                yield at, leaning, Party(one, word.start, word.end, _LETTERED)
        if code or codes:
            return
        if before in _PARTS and len(word.text) > 1:
            return
        for party in self.parties.at(at):
            if not self._a_place(party.end):
                first = next(k for k in range(at + 1) if self.words[k].start >= party.start)
                yield at, PREFIXES.get(self._before(first, i), ""), party

    def _before(self, at: int, i: int) -> str:
        """The word before one of the same chunk."""
        return self.words[at - 1].text if at > self.chunks[i].start else ""

    def _a_place(self, end: int) -> bool:
        """Whether a name that ends here is only part of a place's name, or of another's: "日本海", but not "中国海警局"."""
        after = self._after(end)
        guard = after == "海" and self._after(end + 1) in ("警", "兵")
        return after in known.PLACES and not guard

    def _after(self, end: int) -> str:
        """The word behind a place of the text."""
        return next((one.text for one in self.words if one.start >= end), "")

    @staticmethod
    def _joined(before: str, letter: str) -> tuple[Leaning, tuple[str, ...]]:
        """Of "米|中" and "日米|韓" the last; of "対|ロ" the one."""
        leaning, codes = lettered(before + letter)
        told = before in PREFIXES or alone(before) or lettered(before)[1]
        return leaning, codes[-1:] if told else ()

    def _alone(self, at: int, i: int) -> bool:
        """Whether one letter stands for a state: "米大統領", "米、"."""
        chunk, letter = self.chunks[i], self.words[at].text
        if at + 1 < chunk.end and self.words[at + 1].kind in ("NOUN", "PROPN"):
            return self.words[at + 1].text not in known.PLACES
        return letter in _SUBJECTS and chunk.head == at == chunk.start and (chunk.comma or chunk.marks != ())

    def state(self, i: int, depth: int = 0) -> tuple[Party, ...]:
        """The states that a chunk stands for: named in it, beside it, or whose it is; () for the enemies and friends of one."""
        deed = self.deed(i)[0]
        own = [party for at, leaning, party in self.named(i) if not leaning and not 0 <= at < deed]
        if own and all(one.code in _UNIONS for one in own) and self.lemmas(i) & known.ENVOYS and depth < 4:
            own = list(self.owners(i, depth + 1)) or own  # "イランの国連大使"
        pair = [party for at, leaning, party in self.named(i) if not leaning]
        own = own or (pair if len({one.code for one in pair}) > 1 and self._mutual(i) else [])
        beside = [party for j in self._hung(i, "conj") for party in self.state(j, depth + 1)]
        if self._joint(i):
            return self._two(i, (*beside, *own))
        if own:
            return tuple(coded((*beside, *own)))
        if self.words[self.chunks[i].head].lemma in known.FRIENDS | known.FOES:
            return tuple(coded(beside))
        return tuple(
            coded(
                (
                    *beside,
                    *(self.owners(i, depth) if depth < 4 else ()),
                )
            )
        ) or self._in_context(i)

    def _in_context(self, i: int) -> tuple[Party, ...]:
        """Of a bare "外務省": whose it is by whom the sentences before were about."""
        chunk, word = self.chunks[i], self.words[self.chunks[i].head]
        plain = word.lemma in known.BODIES | known.OFFICES and not self._hung(i, "nmod") and chunk.start == chunk.head
        return (Party(self.parties.about, word.start, word.end, _IN_CONTEXT),) if plain and self.parties.about else ()

    def _two(self, i: int, own: tuple[Party, ...]) -> tuple[Party, ...]:
        """Whom "両国" stands for: those beside it, else the only two named before."""
        whole = sorted({self.tree.chunk_of(at) for at in self._both(i)} - {i, -1})
        beside = tuple(coded((*own, *self._plainly(whole))))
        before = tuple(one for one in coded(self._plainly(range(i))) if one.code not in _UNIONS)
        if not beside and not before:
            word = self.words[self.chunks[i].head]
            return tuple(Party(code, word.start, word.end, _IN_CONTEXT) for code in self.parties.both)
        if beside or len(before) != 2:
            return beside
        return tuple(replace(one, weight=_UNSAID * one.weight) for one in before)

    def _plainly(self, chunks: Iterable[int]) -> Iterator[Party]:
        return (party for j in chunks for _, leaning, party in self.named(j) if not leaning)

    def owners(self, i: int, depth: int = 0) -> tuple[Party, ...]:
        """Whose a noun is: who stands before it in "の" or "による", or does what a clause on it says."""
        for j in reversed(self._hung(i, "nmod")):
            owner = self.chunks[j].case in ("の", "によって", "から")
            found = self.state(j, depth + 1) if owner else self._beyond(j, depth)
            if found:
                return found
        for j in self._hung(i, "acl") if not depth else ():
            own = self._own_subject(j)
            seat = self._first(j, "に") if own < 0 and self._lemma(j) in known.SEATED else -1
            if seat >= 0 and (found := self.state(seat, depth + 1)):
                return found
            if own >= 0 and not self.chunks[j].passive:
                found = self.state(own, depth + 1)
                if found:
                    return found
        return ()

    def _beyond(self, j: int, depth: int) -> tuple[Party, ...]:
        """Of "米国の台湾への売却": whose the sale is, who stands before another that is named."""
        if self.chunks[j].case not in ("に対し", "へ", "と") or not self.named(j):
            return ()
        own = {one.code for one in self.state(j, depth + 1)}
        every = (self.state(k, depth + 1) for k in self._hung(j, "nmod"))
        return next((found for found in every if found and own != {one.code for one in found}), ())

    def toward(self, i: int) -> tuple[Party, ...]:
        """Of "北朝鮮に対する指定": whom a noun is about."""
        return next(
            (
                found
                for j in self._hung(i, "nmod")
                if self.chunks[j].case in (*TOWARD, "と") and (found := self.state(j))
            ),
            (),
        )

    def of(self, argument: Argument | None) -> tuple[Party, ...]:
        """The states that a phrase stands for."""
        if argument is None:
            return ()
        if argument.unsaid:
            return tuple(replace(one, weight=_UNSAID * one.weight) for one in self.parties.who(argument))
        return self.of_chunks(self.tree.chunk_of(head) for head in argument.heads)

    def of_chunks(self, chunks: Iterable[int]) -> tuple[Party, ...]:
        return tuple(coded(party for i in dict.fromkeys(chunks) if i >= 0 for party in self.state(i)))

    def introduce(self) -> None:
        """Remember whose persons are: "フランスのマクロン大統領", "マクロン仏大統領"."""
        for i, chunk in enumerate(self.chunks):
            persons = [at for at in range(chunk.start, chunk.end) if self.words[at].entity == "person"]
            titled = chunk.head + 1 < chunk.end and self.words[chunk.head + 1].lemma in TITLES
            persons = persons or ([chunk.head] if titled and not self.named(i) else [])
            if chunk.kind == "noun" and persons and not any(self.parties.at(at) for at in persons):
                owners = {party.code for _, leaning, party in self.named(i) if not leaning} or {
                    party.code for party in self.owners(i)
                }
                if len(owners) == 1:
                    self.parties.tell(persons[-1], next(iter(owners)))

    def remember(self) -> None:
        """Keep the two states that the sentence names, for "両国" in the next."""
        every = tuple(one.code for one in coded(self._plainly(range(len(self.chunks)))) if one.code not in _UNIONS)
        if every:
            self.parties.both = every if len(every) == 2 else ()

    # deeds

    def deed(self, i: int) -> tuple[int, bool]:
        """The word of a noun that says an act or a feeling, and whether the words behind it end that; −1 if none."""
        chunk = self.chunks[i]
        ended = False
        for at in range(chunk.head, chunk.start - 1, -1):
            lemma = self.words[at].lemma
            inside = at > chunk.start and any(self.words[k].lemma in known.VERBS for k in range(chunk.start, at))
            if lemma in known.HALTING and inside:
                ended = not ended
            elif lemma in known.VERBS and self.words[at].kind in ("NOUN", "PROPN", "ADJ"):
                denied = at > chunk.start and self.words[at - 1].text in ("未", "不", "非")
                return (-1, False) if denied else (at, ended)
            elif lemma not in known.PASSING:
                return -1, False
        return -1, False

    def _mutual(self, i: int) -> bool:
        return bool(self.lemmas(i) & (known.MUTUAL | known.BONDS))

    # who

    def doer(self, i: int) -> tuple[Party, ...]:
        """Who does what a predicate says; of a passive, by whom it is done; of a headline, who stands before its comma."""
        if self._wrapped(i) and not self._hung(i, "arg"):
            return self.doer(self.tree.parents[i])
        if self.chunks[i].passive:
            agent = self._first(i, "によって", "から", "に")
            return self.state(agent) if agent >= 0 else ()
        if self.chunks[i].kind != "predicate":
            own = next((j for j in self._placed(i) if self.chunks[j].case in ("が", "は")), -1)
            return self.state(own) if own >= 0 else self.before_comma(i)
        both = [j for j in self._hung(i, "arg") if self.chunks[j].case in ("は", "が", "も") and self._joint(j)]
        linked = self.of_chunks(both) or self._linked(i)
        argument = self.subject(i) if not linked else None
        if argument is not None and not argument.unsaid:
            return self.of(argument) or self._there(i, argument)
        return linked or self.before_comma(i) or self._at_place(i) or self.of(argument) or self._of_speaker(i)

    def _of_speaker(self, i: int) -> tuple[Party, ...]:
        """Of "決定を下したと述べた" who says so, where nobody else is said to have done it."""
        told = self.tree.relations[i] == "ccomp" and self.chunks[i].way == "quote" and self._own_subject(i) < 0
        found = self.speaker(i) if told else ()
        return tuple(replace(one, weight=_UNSAID * one.weight) for one in found)

    def _there(self, i: int, argument: Argument) -> tuple[Party, ...]:
        """Of "イタリアでは、閣僚が": the state that a place tells, of those who lead it or live in it."""
        if not any(self.words[head].lemma in known.LEADING for head in argument.heads):
            return ()
        return self._at_place(i)

    def _at_place(self, i: int) -> tuple[Party, ...]:
        """Of "国連では…支援を行っている": where it is done."""
        before = (j for j in self._hung(i, "conj") if self.chunks[j].way == "and" and self._own_subject(j) < 0)
        clauses = (i, *before) if self.chunks[i].kind == "predicate" else (i,)
        places = (j for k in clauses for j in self._hung(k, "arg") if self.chunks[j].marks == ("で", "は"))
        return next((found for j in places if (found := self.state(j))), ())

    def _linked(self, i: int) -> tuple[Party, ...]:
        """The doer of the clause that one is linked to by a noun in form only, or of what is agreed, which names him."""
        parent = self.tree.parents[i]
        if self._own_subject(i) >= 0:
            return ()
        formal = self.words[self.chunks[parent].start].lemma in known.FORMAL
        formal |= bool(self.lemmas(parent) & (known.PLANS | PAPERS))
        carried = self.governor(parent)[0] if self._lemma(parent) in known.PASSING else -1
        formal |= carried >= 0 and self._lemma(carried) in known.CARRIERS  # "関税を課す措置をとる"
        reason = self._lemma(parent) == "為" and self.chunks[i].past
        if self.tree.relations[i] == "acl" and formal and not reason:
            above = parent if self.chunks[parent].kind == "predicate" else self.governor(parent)[0]
            return (self.doer(above) or self.doer(self.tree.parents[above])) if above > i else ()
        for j in self.told(i):
            own = self._own_subject(j) if self.chunks[j].way == "nominal" else -1
            if own >= 0 and self._lemma(i) in known.MUTUAL:
                return self.state(own)
        for j in self._hung(i, "conj"):  # "…を作っているとして批判した"
            if self._lemma(j) == "為る" and self.told(j) and self._own_subject(j) < 0:
                return self.doer(self.told(j)[-1])
        shared = self.of(self._shared(i, 0))
        return shared or self._topic(i)

    def _topic(self, i: int) -> tuple[Party, ...]:
        """Whom the sentence is about, who does what its clauses say that name nobody: "米国は制裁を続けており、…"."""
        seen = i
        while self.tree.parents[seen] != seen and (
            self.tree.relations[seen] in ("conj", "advcl")
            or (self.chunks[seen].way == "nominal" and self._own_subject(seen) < 0)
        ):
            seen = self.tree.parents[seen]
        own = self._first(seen, "は") if seen != i and self.tree.parents[seen] == seen else -1
        return self.state(own) if 0 <= own < i and self.chunks[own].case == "は" else ()

    def before_comma(self, i: int) -> tuple[Party, ...]:
        """Of "米、制裁を強化", "日本と韓国、協定に署名": who stands first, before a comma."""
        first = [j for j in range(i) if self.chunks[j].kind == "noun"][:3]
        for k, j in enumerate(first):
            if (
                self.chunks[j].marks == ()
                and self.chunks[j].comma
                and self.tree.relations[j] in ("arg", "conj", "nmod")
            ):
                with_it = [one for one in first[:k] if self.chunks[one].marks in (("と",), ("や",), ())]
                return self.of_chunks((*with_it, j))
            if self.chunks[j].marks not in (("と",), ("の",), ()):
                return ()
        return ()

    def land(self, i: int, depth: int = 0) -> tuple[Party, ...]:
        """Of "ウクライナ東部の都市": in whose land a place is."""
        chunk = self.chunks[i]
        for at in range(chunk.start, chunk.end):
            for party in self.parties.at(at):
                if self._after(party.end) in known.LANDS:
                    return (party,)
        over = (j for j in self._hung(i, "nmod") if self.chunks[j].case == "の" and depth < 3)
        return next((found for j in over if (found := self.land(j, depth + 1))), ())

    def posted(self, i: int) -> tuple[Party, ...]:
        """Of "駐ペルー大使": to whom an envoy is sent."""
        return tuple(coded(party for _, leaning, party in self.named(i) if leaning == "within"))

    def reacted(self, i: int, own: set[str], *, noun: bool = False) -> tuple[Party, ...]:
        """Of "日本が抗議し、中国は反発した": whom the clause before was about, to which one reacts."""
        objects = tuple(self.slots(i, ("=", "に", "へ"))) if not noun else ()
        told = {self.lemma(k) for k in range(min(objects, default=0))}
        plain = all(self.lemma(j) in known.REACTED | told and not self.owners(j) for j in objects)
        if not (noun or self.lemma(i) in known.REACTING) or not plain or self.told(i):
            return ()
        beside = self._hung(self.tree.parents[i], "conj") if self.tree.relations[i] == "conj" else []
        for j in sorted((*self._hung(i, "conj", "advcl"), *beside), reverse=True):
            found = self.doer(j) if j < i and self.chunks[j].kind == "predicate" else ()
            if len(found) == 1 and found[0].code not in own and not self.unreal(j):
                return found
        return ()

    def undergoer(self, i: int) -> tuple[Party, ...]:
        """To whom a passive is done."""
        return self.of(self._undergoing(i))

    def slots(self, i: int, forms: Iterable[str]) -> Iterator[int]:
        """The chunks in the places that an entry has for its target."""
        for form in forms:
            for j in self._placed(i):
                case = self.chunks[j].case
                plain = case == ("を" if form == "=" else form) or (form == "=" and self._topic_object(i, j))
                if plain or (case == "に対し" and form in ("に", "=", "へ")):
                    yield j

    def joined(self, i: int, j: int) -> tuple[Party, ...]:
        """The states of an argument, and of "米国と豪州側を" the one before it that is told with it."""
        k = j - 1
        beside = k in self._placed(i) and self.chunks[k].case == "と" and not self.chunks[k].comma
        return tuple(coded((*(self.state(k) if beside and self.named(k) else ()), *self.state(j))))

    def _placed(self, i: int) -> list[int]:
        """The arguments of a predicate; of a noun that ends a headline those beside it."""
        hung = self._hung(i, "arg")
        if not hung and self._wrapped(i):
            return self._hung(self.tree.parents[i], "arg")
        if hung or self.chunks[i].kind == "predicate":
            return hung
        parent = self.tree.parents[i]
        return [j for j in self._hung(parent, "arg") if j < i]

    def _wrapped(self, i: int) -> bool:
        """Whether a predicate in quotation marks has its arguments before them: "相手を「裏切ろう」とした"."""
        marked = self.tree.relations[i] == "ccomp" and self.chunks[i].head in self.tree.quoted
        return marked and self._lemma(self.tree.parents[i]) == "為る"

    def _topic_object(self, i: int, j: int) -> bool:
        return self.chunks[j].marks == ("は",) and self._own_subject(i) not in (-1, j)

    def governor(self, i: int) -> tuple[int, int, bool]:
        """The predicate that a noun is an argument of, the noun that hangs on it, and whether a noun between ends it.

        −1 where a noun stands between that does not only pass it on.
        """
        seen, ended = i, False
        while self.tree.parents[seen] != seen:
            parent = self.tree.parents[seen]
            lemma = self._lemma(parent)
            if self.tree.relations[seen] == "arg":
                return parent, seen, ended
            if self.tree.relations[seen] != "conj" and lemma not in known.PASSING | known.HALTING:
                return -1, seen, ended
            seen, ended = parent, ended != (lemma in known.HALTING)
        return -1, seen, ended

    def headline(self, i: int) -> bool:
        """Whether a noun stands for its verb, as at the end of a headline: "チャドと断交", "国外追放─事件を受け"."""
        chunk = self.chunks[i]
        if chunk.marks not in ((), ("へ",)) or chunk.comma or "サ変" not in self.words[chunk.head].form:
            return False
        placed = self._placed(i)
        return bool(placed) and (
            self.chunks[placed[-1]].case in ("を", "に", "と", "が", "に対し", "へ") or placed[-1] == 0
        )

    def visited(self, i: int) -> tuple[Party, ...]:
        """Of "訪中した": where one goes."""
        head = self.chunks[i].head
        return tuple(party for at, leaning, party in self.named(i) if at == head and leaning == "visiting")

    def each_other(self, i: int) -> bool:
        """Of "批判し合う": whether each does it to the other."""
        chunk = self.chunks[i]
        return any(self.words[at].lemma == "合う" for at in range(chunk.head + 1, min(chunk.end + 2, len(self.words))))

    def foes(self, i: int) -> tuple[Party, ...]:
        """Of "ロシアの敵": whose enemies they are."""
        return self.owners(i) if self.lemmas(i) & known.FOES and not self.named(i) else ()

    def lemma(self, i: int) -> str:
        """The word of a predicate; of "国外追放" its last."""
        return self._lemma(i)

    def lemmas(self, i: int) -> set[str]:
        """All words of a chunk."""
        return {self.words[at].lemma for at in range(self.chunks[i].start, self.chunks[i].end)}

    def hung(self, i: int, *relations: str) -> list[int]:
        """The chunks that hang on one in these relations."""
        return self._hung(i, *relations)

    def said(self, i: int) -> tuple[int, ...]:
        """The words of a clause."""
        return self.tree.clause(self.chunks[i].head, self.tree.QUALIFYING)

    def told(self, i: int) -> list[int]:
        """The clauses that a predicate governs."""
        return self._hung(i, "ccomp")

    def below(self, i: int) -> list[int]:
        """A chunk and all that hang on it."""
        found, stack = [], [i]
        while stack:
            found.append(stack.pop())
            stack += self.tree.below_chunk[found[-1]]
        return sorted(found)

    def others(self, chunks: Iterable[int], own: frozenset[str]) -> tuple[Party, ...]:
        """The one state that chunks name besides some; () where they name more."""
        every = coded(party for i in chunks for _, leaning, party in self.named(i) if leaning in ("", "toward"))
        found = tuple(one for one in every if one.code not in own)
        return found if len(found) == 1 else ()

    def about(
        self, i: int, slots: Iterable[int], own: frozenset[str], *, anywhere: bool = False, liked: bool = False
    ) -> tuple[Party, ...]:
        """Whom a clause is about that one speaks of: who does what is told, else the one state in it, or ``anywhere``.

        Who is ``liked`` must be named.
        """
        clear = (self.told(j) for j in self._hung(i, "conj") if self._lemma(j) == "為る")
        told = [*self.told(i), *(k for those in clear for k in those)]
        for j in told:
            found = tuple(one for one in self.doer(j) if one.code not in own)
            if found:
                return found
        if liked:
            return ()
        inside = [j for slot in (*slots, *told) for j in self.below(slot)]
        inside = [j for j in inside if not self._only_toward(j)]
        before = [j for j in range(i) if not self._only_toward(j)]
        return self.others(inside, own) or (self.others(before, own) if anywhere and len(own) == 1 else ())

    def _only_toward(self, j: int) -> bool:
        """Whether a chunk names nobody but to whom an act is done, who is not blamed for it: "EU離脱を懸念"."""
        deed = self.deed(j)[0]
        named = self.named(j)
        return bool(named) and all(leaning == "toward" or 0 <= at < deed for at, leaning, _ in named)

    def asks_help(self, i: int) -> bool:
        """Whether a favour is asked: "支援を求めた"."""
        asked = [*self.slots(i, ("=",)), *self.told(i)]
        return any(self.lemmas(j) & known.HELP for j in asked)

    def speaker(self, i: int) -> tuple[Party, ...]:
        """Who says or thinks what a clause says, through those who only pass it on; () where nobody does, or one does not."""
        seen = i
        while self.tree.parents[seen] != seen:
            below, relation, seen = seen, self.tree.relations[seen], self.tree.parents[seen]
            if self._lemma(seen) == "為る" and self.chunks[below].wish >= 0:  # "返そうとした"
                continue
            if relation == "ccomp" and self._lemma(seen) in known.SPEAKING and self.chunks[seen].kind == "predicate":
                found = self.doer(seen)
                if found:
                    return () if self.chunks[seen].negated else found
            elif relation not in ("conj", "acl", "arg", "ccomp"):
                return ()
        return ()

    def judged(self, i: int) -> int:
        """The sign of what a predicate says that its subject is or does: "不当だ", "容認できない"."""
        chunk, lemma = self.chunks[i], self._lemma(i)
        if lemma in known.DENIED:
            return -1 if chunk.negated and (chunk.able or chunk.passive) else 0
        if chunk.verbal and lemma in known.VERBS and not chunk.negated:
            return min(0, sign_of(known.VERBS[lemma][0][0])) * (known.VERBS[lemma][0][0].isupper())
        if chunk.verbal:
            return 0
        lemmas = {self.words[at].lemma for at in range(chunk.start, chunk.head + 1)}
        sign = bool(lemmas & known.GOOD) - bool(lemmas & known.BAD)
        return -sign if chunk.negated else sign

    def judged_one(self, i: int) -> tuple[Party, ...]:
        """Of whom a predicate says so: its doer, or of "対応は容認できない" whose that is."""
        if self._lemma(i) not in known.DENIED:
            return self.doer(i)
        topics = [j for j in self._placed(i) if self.chunks[j].case in ("は", "が", "を", "も")]
        return self.of_chunks(topics)

    # whether it is so

    def unreal(self, i: int) -> bool:
        """Whether what a predicate says is supposed, asked or wished for."""
        chunk = self.chunks[i]
        then = chunk.way == "quote" and self.tree.relations[i] == "advcl" and self.chunks[self.tree.root].past
        then = then and not self.conditions.conditional(i)
        thought = self._lemma(self.tree.parents[i]) in known.SUPPOSING - known.PLANS  # "攻撃する可能性"
        thought &= self.tree.relations[i] == "acl"
        return (self._supposed(i) and not then) or thought or self.wished(i) or self.opposed(i)

    def wished(self, i: int) -> bool:
        """Whether a clause says what should be, or what is asked for, and not what is."""
        seen = i
        while True:
            chunk, parent = self.chunks[seen], self.tree.parents[seen]
            asked = chunk.way in ("should", "nominal") and self._lemma(parent) in DIRECTING and parent != seen
            if asked or chunk.mood in ("should", "must"):
                return True
            inside = self.tree.relations[seen] == "conj" and self.chunks[parent].way in ("should", "nominal")
            if parent == seen or not inside:
                return False
            seen = parent

    def turned(self, i: int) -> tuple[bool, float]:
        """Whether a predicate is turned into its reverse, by itself or by what governs it, and how sure it is."""
        chunk, parent = self.chunks[i], self.tree.parents[i]
        turned = chunk.negated
        told = self.tree.relations[i] in ("ccomp", "acl") and parent != i
        if told and chunk.way in ("nominal", "noun", "quote") and self._lemma(parent) in known.REFUSING:
            told_of = chunk.way == "quote" and self._own_subject(i) >= 0
            turned ^= not chunk.past and not chunk.lasting and not told_of
        return turned, 0.7 if chunk.mood in ("may", "would") else 1.0

    def opposed(self, i: int) -> bool:
        """Whether somebody only refuses or opposes what another would do: "ペルーがNATOに加盟することに反対した"."""
        chunk, parent = self.chunks[i], self.tree.parents[i]
        told = self.tree.relations[i] in ("ccomp", "acl") and parent != i and chunk.way in ("nominal", "noun")
        own = {one.code for one in self.doer(i)} if told and self._own_subject(i) >= 0 else set()
        refused = told and self._lemma(parent) in known.REFUSING and not chunk.past and not chunk.lasting
        return refused and own != {one.code for one in self.doer(parent)} and self._own_subject(i) >= 0

    def planned(self, i: int) -> bool:
        """Whether what a predicate says is yet to be done."""
        chunk, parent = self.chunks[i], self.tree.parents[i]
        if chunk.wish >= 0 or chunk.mood == "will" or chunk.marks == ("へ",):
            return True
        intended = self.tree.relations[i] in ("acl", "ccomp") and parent != i and not chunk.past
        meant = self._lemma(parent) in known.PLANS | known.PLANNED
        plan = any(self.words[at].lemma in known.PLANS for at in range(chunk.head + 1, chunk.end))
        return plan or (intended and meant)

    @staticmethod
    def kind(kind: str, turned: bool) -> str:
        """The kind, or what it is when turned; "" where one is only said not to harm, or not to fear."""
        if not turned:
            return kind
        return REVERSED.get(kind, "") if sign_of(kind) > 0 or kind == "bears" else ""
