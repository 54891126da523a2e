"""The grammar of Japanese: from a sentence's chunks to its frames.

A frame stands at every predicate, at every noun that stands for a verb ("日本の返還要求", "返還する意向"), and at "たい",
"つもり" and a will ("…ようとする"), with the predicate before it as its clause. Subjects that are not said are found where
Japanese lets them be: in clauses that share one, in what somebody says of himself; else the topic of the text is meant, which is
left to the passage.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from rashomon.coding.frames import Argument, Frame, Mood, Sentence
from rashomon.coding.japanese_tree import JapaneseTree, trees_of
from rashomon.coding.japanese_words import (
    ABSENT,
    AS,
    CLAUSAL,
    DIRECTING,
    EXISTING,
    JOINT,
    LAYERS,
    LIGHT,
    MEMBERS,
    MOVING,
    NEEDED,
    NOMINAL,
    NOUNS,
    OBJECT_CONTROL,
    PARTS,
    REVERSING,
    SPEAKERS,
    SPOKEN,
    STANDPOINTS,
    STATIVE,
    VERBS,
)

_DEEP: Final = 6
_AGENTS: Final = ("によって", "から", "に")
_ABOUT: Final = ("に対し", "について", "へ")
"""Particles after which a noun of mind has its content: "日本への期待"."""


@dataclass(frozen=True, slots=True)
class Japanese:
    """Japanese, by Sudachi and rules. The dictionary is loaded when the first text is read."""

    language: str = "ja"

    def sentences(self, text: str) -> Iterator[Sentence]:
        """The sentences of a text in order, those of more than 300 words left out."""
        for tree in trees_of(text):
            yield Sentence(tree.words[0].start, tree.words[-1].end, tree.words, _Framing(tree).frames())


class _Framing:
    """The frames of one sentence. Chunks are called by their numbers, words too; ``i`` is a chunk, ``at`` a word."""

    def __init__(self, tree: JapaneseTree) -> None:
        self.tree, self.words, self.chunks = tree, tree.words, tree.chunks

    def frames(self) -> tuple[Frame, ...]:
        found = [frame for i in range(len(self.chunks)) for frame in self._of(i)]
        return tuple(sorted(found, key=lambda frame: frame.at))

    def _of(self, i: int) -> Iterator[Frame]:
        chunk = self.chunks[i]
        if chunk.kind == "predicate" and not self._nominal(i):
            yield self._predicate(i)
            if chunk.wish >= 0:
                yield self._wish(i)
        elif chunk.kind in ("predicate", "noun") and self._lemma(i) in NOMINAL:
            yield self._noun(i)
        if chunk.kind == "noun" and chunk.case in ("によると", "から見て"):
            yield self._according(i)

    # chunks

    def _lemma(self, i: int) -> str:
        return self.words[self.chunks[i].head].lemma

    def _nominal(self, i: int) -> bool:
        """Whether a predicate is a noun of mind with a copula: "返還する意向だ"."""
        chunk = self.chunks[i]
        return chunk.kind == "predicate" and not chunk.verbal and self._lemma(i) in NOMINAL and self._has_content(i)

    def _has_content(self, i: int) -> bool:
        chunk = self.chunks[i]
        return bool(self._hung(i, "acl", "nmod")) or chunk.head > chunk.start

    def _hung(self, i: int, *relations: str) -> list[int]:
        return [j for j in self.tree.below_chunk[i] if self.tree.relations[j] in relations]

    def _arguments(self, i: int, case: str) -> list[int]:
        return [j for j in self._hung(i, "arg") if self.chunks[j].case == case]

    def _first(self, i: int, *cases: str) -> int:
        return next((j for case in cases for j in self._arguments(i, case)), -1)

    def _top(self, i: int) -> int:
        """The word of a predicate's outermost frame."""
        chunk = self.chunks[i]
        return chunk.wish if chunk.wish >= 0 and not self._nominal(i) else chunk.head

    def argument(self, i: int) -> Argument:
        """The phrase of a chunk: its name or names, with all that qualifies them but clauses."""
        whole = self.tree.argument(self.chunks[i].head)
        lemma = self._lemma(i)
        if lemma in JOINT:
            return Argument(self._both(i) or whole.heads, whole.words)
        parts = [j for j in self._hung(i, "nmod") if self.chunks[j].case == "の"]
        if parts and (lemma in PARTS or self._counted(i)):
            return Argument(self.argument(parts[-1]).heads, whole.words)
        return whole

    def _counted(self, i: int) -> bool:
        chunk = self.chunks[i]
        return any(self.words[at].lemma in ("%", "パーセント", "割") for at in range(chunk.start, chunk.end))

    def _both(self, i: int) -> tuple[int, ...]:
        """The names before "両国" and the like."""
        chunk = self.chunks[i]
        own = [at for at in range(chunk.start, chunk.end) if self.words[at].kind == "PROPN"]
        hung = [self.chunks[j].head for j in self._hung(i, "conj", "nmod")]
        more = [self.chunks[k].head for j in self._hung(i, "conj", "nmod") for k in self._hung(j, "conj")]
        return tuple(sorted({*own, *hung, *more}))

    # who

    def subject(self, i: int, depth: int = 0) -> Argument | None:
        """Who does what a predicate says; None where nobody sure does."""
        if depth > _DEEP:
            return None
        own = self._own_subject(i)
        if own >= 0:
            return self._speaker(i, depth) if self._lemma(own) in SPEAKERS else self.argument(own)
        relation = self.tree.relations[i]
        if relation == "acl":
            return self._relative(i, "subject")
        if relation == "root":
            return self._shared(i, depth) or self._unsaid(i)
        if relation == "ccomp":
            return self._controlled(i, depth)
        parent = self.tree.parents[i]
        together = relation == "conj" or self.chunks[i].way == "while"
        if together and self.chunks[parent].kind == "predicate":
            return self._shared(i, depth) or self._of_next(parent, depth)
        return None

    def _of_next(self, parent: int, depth: int) -> Argument | None:
        """The subject of the clause that one goes on to; not of a passive, whose subject does nothing."""
        return None if self.chunks[parent].passive else self.subject(parent, depth + 1)

    def _own_subject(self, i: int) -> int:
        """The chunk of a predicate's own subject, -1 if none."""
        found = self._first(i, "が", "の")
        if found >= 0:
            return found
        topics = [j for j in self._hung(i, "arg") if self.chunks[j].case in ("は", "も")]
        return -1 if not topics or (len(topics) == 1 and self._taken(i, topics[0])) else topics[0]

    def _taken(self, i: int, topic: int) -> bool:
        """Whether the one topic of a predicate is its object, set before: "島の返還は拒否した", "島の返還も求めた"."""
        free = self._first(i, "を") < 0 and self._complement(i) < 0 and not self.chunks[i].passive
        return free and (self._lemma(i), "=") in VERBS.entries and not self._may_act(topic)

    def _may_act(self, j: int) -> bool:
        """Whether a noun may be somebody who does something."""
        token = self.words[self.chunks[j].head]
        return self._someone(j) or token.lemma in _OWNED or token.lemma[-1:] in _PERSONS or "サ変" not in token.form

    def _relative(self, i: int, part: str) -> Argument | None:
        """The noun that a clause qualifies, as its subject or its object, where the clause has no room for another part."""
        noun = self.tree.parents[i]
        has_object = self._first(i, "を") >= 0 or self._complement(i) >= 0 or self._first(i, "に") >= 0
        has_subject = self._first(i, "が", "の") >= 0
        if self._lemma(noun) in NOMINAL and (self.chunks[i].way == "quote" or not has_subject):
            return self._owner(noun, 0) if part == "subject" else None
        if part == "subject":
            return self.argument(noun) if has_object and not has_subject else None
        return self.argument(noun) if has_subject and not has_object else None

    def _shared(self, i: int, depth: int) -> Argument | None:
        """The subject of the clause before that goes on to this one, where that has its own."""
        for j in reversed(self._hung(i, "conj", "advcl")):
            if (
                self.chunks[j].kind == "predicate"
                and self.chunks[j].way in ("and", "while")
                and not self.chunks[j].passive
            ):
                own = self._own_subject(j)
                found = self.argument(own) if own >= 0 else self._shared(j, depth + 1) if depth < _DEEP else None
                if found is not None:
                    return found
        return None

    def _unsaid(self, i: int) -> Argument | None:
        """Whoever the text is about, for the predicate that ends a sentence."""
        chunk = self.chunks[i]
        head = chunk.head
        told = not chunk.passive and i not in self.tree.bracketed.values()
        return Argument((head,), (head,), unsaid=True) if told and chunk.verbal else None

    def _controlled(self, i: int, depth: int) -> Argument | None:
        """The subject of a clause that somebody says, wants or does, where it names none."""
        parent, chunk = self.tree.parents[i], self.chunks[i]
        raised = self._first(parent, "を") if self._lemma(parent) in AS else -1
        if raised >= 0 and not chunk.verbal:
            return self.argument(raised)
        if self._nominal(parent) or self.chunks[parent].kind != "predicate":
            return self._owner(parent, depth)
        if chunk.way in ("should", "nominal") and self._lemma(parent) in OBJECT_CONTROL:
            other = self._first(parent, "に", "に対し")
            return self.argument(other) if other >= 0 else None
        own = chunk.wish >= 0 or chunk.way == "nominal" or self._coming(i) or (self._refusing(i) and self._quoted(i))
        return self.subject(parent, depth + 1) if own and not self.chunks[parent].passive else None

    def _speaker(self, i: int, depth: int) -> Argument | None:
        """Who says "我々": the subject of the verb of speech above the words."""
        seen = i
        while self.tree.parents[seen] != seen:
            relation, seen = self.tree.relations[seen], self.tree.parents[seen]
            if relation == "ccomp" and self.chunks[seen].kind == "predicate":
                return self.subject(seen, depth + 1)
        return None

    def _coming(self, i: int) -> bool:
        """Whether a predicate says what its doer is about to do: "拒否すると(述べた)"."""
        chunk = self.chunks[i]
        plain = chunk.verbal and not (chunk.past or chunk.passive or chunk.lasting)
        return plain and chunk.mood in ("", "will") and self._lemma(i) not in STATIVE

    def _refusing(self, i: int) -> bool:
        """Whether a predicate says that something cannot be done: "受け入れられない", "容認できない"."""
        chunk = self.chunks[i]
        return chunk.negated and (chunk.able or chunk.passive) and not chunk.past and self._first(i, "が", *_AGENTS) < 0

    def _quoted(self, i: int) -> bool:
        return self.tree.relations[i] == "ccomp" and self.chunks[i].way == "quote"

    # predicates

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
            words=self.tree.clause(chunk.head, self.tree.QUALIFYING),
            wide=self.tree.clause(chunk.head),
            subject=subject,
            object=found,
            obliques=tuple(self._obliques(i)),
            complement=self._complement(i),
            over=self._over(i),
            mood=self._mood(i),
            negated=chunk.negated and (chunk.wish < 0),
            passive=passive,
            supposed=self._supposed(i),
            quoted=self._in_quotes(i),
        )

    def _adjectival(self, i: int) -> bool:
        """Whether a noun with a copula is used as an adjective: "危険だ", "否定的だ"."""
        chunk = self.chunks[i]
        behind = chunk.head + 1 < chunk.end and self.words[chunk.head + 1].lemma == "的"
        return behind or "形状詞" in self.words[chunk.head].form

    def _name(self, i: int, *, adjective: bool) -> str:
        chunk, lemma = self.chunks[i], self._lemma(i)
        if lemma == "為る" and chunk.head == chunk.start and self._complement(i) >= 0:
            clause = self.tree.chunk_of(self._complement(i))
            will = self.chunks[clause].wish >= 0 and self.words[self.chunks[clause].wish].lemma not in (
                "たい",
                "たがる",
                "積もり",
            )
            return "ようとする" if will else "とする"
        return lemma if chunk.verbal or adjective else "だ"

    def _is_passive(self, i: int) -> bool:
        """Whether "られる" is a passive, and not what one can do: then an object in "を" stands beside it."""
        chunk = self.chunks[i]
        one_step = self.words[chunk.head].kind == "VERB" and self.words[chunk.head].lemma.endswith("る")
        able = self._first(i, "を") >= 0 and chunk.negated and one_step
        return chunk.passive and not able

    def _agent(self, i: int) -> Argument | None:
        found = self._first(i, *_AGENTS)
        return self.argument(found) if found >= 0 else None

    def _undergoing(self, i: int) -> Argument | None:
        own = self._own_subject(i)
        if own < 0 and self.tree.relations[i] == "acl":
            return self.argument(self.tree.parents[i])
        return self.argument(own) if own >= 0 else None

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

    def _complement(self, i: int) -> int:
        """The word at which the clause of a predicate has its frame, -1 if none."""
        for j in reversed(self._hung(i, "ccomp")):
            chunk = self.chunks[j]
            if chunk.way == "should" and self._lemma(i) not in DIRECTING:
                continue
            if chunk.way != "nominal" or chunk.case in ("を", "に", "が", "と", "は", "も", "について"):
                return self._top(j)
        return -1

    def _over(self, i: int) -> int:
        """The predicate or noun of mind above a predicate, through those that go on to it."""
        seen = i
        while self.tree.parents[seen] != seen:
            seen = self.tree.parents[seen]
            if self.chunks[seen].kind == "predicate" or self._lemma(seen) in NOMINAL:
                return self.chunks[seen].head
        return -1

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

    def _supposed(self, i: int) -> bool:
        """Whether a predicate stands in a condition or a question, or in what one says there."""
        seen, asked = i, False
        while True:
            chunk = self.chunks[seen]
            asked = asked or chunk.asking or chunk.way in ("if", "whether")
            asked = asked or (self.tree.relations[seen] == "advcl" and chunk.way in ("quote", "should"))
            parent = self.tree.parents[seen]
            if chunk.adnominal and self._lemma(parent) in ("場合", "時", "限り", "以上"):
                asked = asked or self._lemma(parent) in ("場合", "限り")
            if asked or parent == seen or self.tree.relations[seen] not in ("ccomp", "acl"):
                return asked
            seen = parent

    def _in_quotes(self, i: int) -> bool:
        return self.chunks[i].head in self.tree.quoted

    def _wish(self, i: int) -> Frame:
        """Of "返還したい": who wants it, with the predicate as what is wanted."""
        chunk = self.chunks[i]
        own = self._predicate(i)
        lemma = self.words[chunk.wish].lemma
        will = lemma not in ("たい", "たがる", "積もり", "欲しい")
        name = (
            "積もり" if will and chunk.way != "quote" else "意図" if will else "欲しい" if lemma == "欲しい" else lemma
        )
        return replace(
            own, predicate="積もり" if name == "意図" else name, at=chunk.wish, kind="adjective" if name == "欲しい" else "verb",
            object=None, obliques=(), complement=chunk.head, mood="", negated=chunk.negated,
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

    # nouns

    def _noun(self, i: int) -> Frame:
        chunk = self.chunks[i]
        parent = self.tree.parents[i]
        carrier = parent if self.chunks[parent].kind == "predicate" and parent != i else -1
        content, complement = self._content(i), self._clause_of(i)
        about = tuple(self._about(i))
        if content is None and about and self._lemma(i) in NOUNS.predicates:
            content = about[0][1]
        linked = carrier >= 0 and chunk.case in ("は", "が") and not self.chunks[carrier].verbal and complement < 0
        if linked and content is None and self._lemma(carrier) not in EXISTING:
            content = self.argument(carrier)
        elif carrier >= 0 and content is None and complement < 0 and chunk.case in ("は", "が"):
            complement = self._said_to_be(carrier)
        if complement < 0 and self._viewed(i):
            complement = self._top(carrier)
        return Frame(
            predicate=self._lemma(i),
            at=chunk.head,
            kind="noun",
            words=self.tree.clause(chunk.head, self.tree.QUALIFYING),
            wide=self.tree.clause(chunk.head),
            subject=self._owner(i, 0),
            object=content,
            obliques=about,
            complement=complement,
            over=self._over(i),
            negated=self._noun_negated(i, carrier),
            supposed=self._supposed(i) or (carrier >= 0 and self._supposed(carrier)),
            quoted=self._in_quotes(i),
        )

    def _said_to_be(self, carrier: int) -> int:
        """Of "目的は島を返すことだ": the predicate that says what the noun is."""
        chunk = self.chunks[carrier]
        fact = any(self.words[at].lemma == "こと" for at in range(chunk.head + 1, chunk.end))
        return self._top(carrier) if fact and chunk.verbal else -1

    def _viewed(self, i: int) -> bool:
        """Whether a noun says in whose view the clause is: "田辺の見方では"."""
        return self._lemma(i) in STANDPOINTS and self.chunks[i].kind == "noun" and self.chunks[i].marks == ("で", "は")

    def _noun_negated(self, i: int, carrier: int) -> bool:
        chunk = self.chunks[i]
        if chunk.kind == "predicate":
            return chunk.negated
        if carrier < 0:
            return False
        absent = self._lemma(carrier) in ABSENT and chunk.case in ("は", "が", "も")
        there = self._lemma(carrier) in EXISTING and chunk.case in ("は", "が", "も")
        dropped = chunk.case == "を" and self._lemma(carrier) in REVERSING
        carried = there or (chunk.case == "を" and self._lemma(carrier) in LIGHT)
        return (absent or dropped) != (carried and self.chunks[carrier].negated)

    def _owner(self, i: int, depth: int) -> Argument | None:
        """Whose a noun of mind is: who stands before it in "の" or "による", has it, or voices it."""
        if depth > _DEEP:
            return None
        for j in self._hung(i, "nmod"):
            if self.chunks[j].case in ("の", "によって"):
                owner = j if self._someone(j) else self._farther(j)
                if owner >= 0:
                    return self.argument(owner)
        chunk = self.chunks[i]
        if self.words[chunk.start].kind == "PROPN" and chunk.start < chunk.head:
            return Argument((chunk.start,), (chunk.start,))
        if chunk.kind == "predicate":
            own = self._own_subject(i)
            return self.argument(own) if own >= 0 else self._of_sentence(i, depth)
        return self._carrier(i, depth)

    def _of_sentence(self, i: int, depth: int) -> Argument | None:
        if self.tree.relations[i] == "root":
            shared = self._shared(i, depth)
            head = self.chunks[i].head
            return shared or Argument((head,), (head,), unsaid=True)
        if self.tree.relations[i] in ("conj", "ccomp") and self.chunks[self.tree.parents[i]].kind == "predicate":
            return self.subject(self.tree.parents[i], depth + 1)
        return None

    def _farther(self, j: int) -> int:
        """Of "日本側の条約締結の提案" the owner, who stands before what is proposed.

        -1 of "ソ連の島の要求", where it may be the Soviet island.
        """
        deed = "サ変" in self.words[self.chunks[j].head].form
        for k in self._hung(j, "nmod"):
            if self.chunks[k].case == "の" and self._someone(k) and (deed or self._lemma(k) in _PEOPLE):
                return k
        return -1

    def _someone(self, j: int) -> bool:
        """Whether a noun in "の" may be somebody: a name, or what has a name with it and is no noun of mind itself."""
        chunk = self.chunks[j]
        plain = self.words[chunk.head].kind == "NOUN" and self._lemma(j) not in _OWNED
        named = any(self.words[at].kind in ("PROPN", "PRON") for at in range(chunk.start, chunk.end))
        owned = not plain and any(self._someone(k) for k in self._hung(j, "nmod") if self.chunks[k].case == "の")
        people = self.words[chunk.head].lemma in _PEOPLE
        return (
            (named or owned or people) and self._lemma(j) not in NOMINAL and "サ変" not in self.words[chunk.head].form
        )

    def _carrier(self, i: int, depth: int) -> Argument | None:
        """Who has it or voices it: "懸念を表明した", "ソ連には意思がない"."""
        above, chunk = self.tree.parents[i], self.chunks[i]
        if above == i or self.chunks[above].kind != "predicate":
            return None
        if chunk.case == "を" and self._lemma(above) in LIGHT and not self.chunks[above].passive:
            return self.subject(above, depth + 1)
        if chunk.case in ("が", "は", "も") and self._lemma(above) in EXISTING:
            place = self._first(above, "に")
            if place >= 0:
                return self.argument(place)
            topics = [j for j in self._hung(above, "arg") if self.chunks[j].case == "は" and j != i]
            if topics:
                return self.argument(topics[0])
            return self._of_sentence(above, depth)
        return None

    def _content(self, i: int) -> Argument | None:
        """What a noun of mind is about: the words before it in its compound, and what stands in "の" but its owner."""
        chunk = self.chunks[i]
        own = list(range(chunk.start, chunk.head))
        if own and self.words[own[0]].kind == "PROPN":
            own = own[1:]
        hung = [j for j in self._hung(i, "nmod") if self.chunks[j].case == "の" and not self._someone(j)]
        owners = {at for j in hung if (k := self._farther(j)) >= 0 for at in self.argument(k).words}
        words = sorted({*own, *(at for j in hung for at in self.argument(j).words)} - owners)
        heads = (*(self.chunks[j].head for j in hung), *own[-1:])
        return Argument(tuple(sorted(heads)), tuple(words)) if heads else None

    def _about(self, i: int) -> Iterator[tuple[str, Argument]]:
        for j in self._hung(i, "nmod"):
            if self.chunks[j].case in _ABOUT:
                yield self.chunks[j].case, self.argument(j)
        above = self.tree.parents[i]
        if above != i and self.chunks[i].case == "を" and self._lemma(above) in LIGHT:
            for case in ("に対し", "に", "について"):
                for j in self._arguments(above, case):
                    yield case, self.argument(j)

    def _clause_of(self, i: int) -> int:
        """The clause that says what a noun of mind is about: "…という要求", "返還する意向"; -1 if none."""
        for j in reversed(self._hung(i, "acl")):
            chunk = self.chunks[j]
            plain = self._lemma(i) in CLAUSAL and not chunk.past and self._first(j, "が", "の") < 0
            if chunk.way == "quote" or plain:
                return self._top(j)
            if chunk.way == "nominal" and chunk.adnominal:
                return self._top(j)
        return -1


_PERSONS: Final = frozenset("家者人員官民国")
"""Last letters of nouns of people."""
_OWNED: Final = frozenset().union(*LAYERS.values(), MEMBERS, SPOKEN)
_PEOPLE: Final = frozenset(
    {"政府", "側", "国民", "世論", "外務省", "指導部", "当局", "首相", "大統領", "書記長", "外相", "新聞"}
)
"""Nouns of those who may own a thought, named or not."""
