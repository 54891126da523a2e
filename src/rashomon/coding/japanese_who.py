"""Who does what a Japanese predicate says, and whose a noun of mind is.

Named beside it, shared with what is joined to it, or whoever the text is about.
"""

from __future__ import annotations

from typing import Final

from rashomon.coding.frames import Argument
from rashomon.coding.japanese_conditions import Conditions
from rashomon.coding.japanese_tree import JapaneseTree
from rashomon.coding.japanese_words import (
    DIRECTING,
    EXISTING,
    JOINT,
    LAYERS,
    LIGHT,
    MEMBERS,
    NOMINAL,
    NOUNS,
    OBJECT_CONTROL,
    PARTS,
    SPEAKERS,
    SPOKEN,
    STATIVE,
    VERBS,
    may_act,
)

_DEEP: Final = 6
"""Steps from clause to clause that a subject may be away."""
_AGENTS: Final = ("によって", "から", "に")


class Who:
    """Those who act in one sentence. Chunks are called by their numbers, words too; ``i`` is a chunk, ``at`` a word."""

    def __init__(self, tree: JapaneseTree) -> None:
        self.tree, self.words, self.chunks = tree, tree.words, tree.chunks
        self.conditions = Conditions(tree)

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
        """The argument with the first of these particles that one has, the nearest; -1 if none."""
        return next((j for case in cases for j in reversed(self._arguments(i, case))), -1)

    def _top(self, i: int) -> int:
        """The word of a predicate's outermost frame."""
        chunk = self.chunks[i]
        return chunk.wish if chunk.wished and not self._nominal(i) else chunk.head

    def argument(self, i: int) -> Argument:
        """The phrase of a chunk: its name or names, with all that qualifies them but clauses."""
        whole = self.tree.argument(self.chunks[i].head)
        lemma = self._lemma(i)
        if self._joint(i):
            return Argument(self._both(i) or whole.heads, whole.words)
        parts = [j for j in self._hung(i, "nmod") if self.chunks[j].case == "の"]
        if parts and (lemma in PARTS or self._counted(i)):
            return Argument(self.argument(parts[-1]).heads, whole.words)
        return whole

    def _joint(self, i: int) -> bool:
        """Whether a phrase means two together: "日ソ両国", "両国の政府"."""
        chunk = self.chunks[i]
        return any(self.words[at].lemma in JOINT for at in range(chunk.start, chunk.end))

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

    def subject(self, i: int, depth: int = 0) -> Argument | None:
        """Who does what a predicate says; None where nobody sure does."""
        if depth > _DEEP:
            return None
        own = self._from_whom(i)
        own = own if own >= 0 else self._own_subject(i)
        if own >= 0:
            return self._speaker(i, depth) if self._lemma(own) in SPEAKERS else self.argument(own)
        relation = self.tree.relations[i]
        if relation == "acl":
            return self._relative(i, "subject")
        if relation == "root":
            return self._shared(i, depth) or self._unsaid(i)
        if relation == "ccomp":
            return self._shared(i, depth) or self._controlled(i, depth)
        parent = self.tree.parents[i]
        if relation == "advcl" and self.chunks[i].way == "quote":
            return self._shared(i, depth)  # "条約を破り、侵攻すると、"
        together = relation == "conj" or self.chunks[i].way == "while"
        if together and self.chunks[parent].kind == "predicate":
            return self._shared(i, depth) or self._of_next(parent, depth)
        return None

    def _from_whom(self, i: int) -> int:
        """Of "外相から、…と述べた" who says so, as diplomats write; -1 if nobody."""
        verb = VERBS.entries.get((self._lemma(i), "+"))
        said = verb is not None and verb.name == "asserts" and self._complement(i) >= 0 and not self.chunks[i].passive
        return self._first(i, "から") if said else -1

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
        word = self.words[self.chunks[j].head]
        return self._someone(j) or may_act(word.lemma, word.text) or "サ変" not in word.form

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
        raised = self._first(parent, "を") if chunk.way == "quote" else -1
        if raised >= 0 and not chunk.verbal:
            return self.argument(raised)
        if self._nominal(parent) or self.chunks[parent].kind != "predicate":
            return self._owner(parent, depth)
        if chunk.way in ("should", "nominal") and self._lemma(parent) in OBJECT_CONTROL:
            other = self._first(parent, "に", "に対し")
            return self.argument(other) if other >= 0 else None
        own = chunk.wish >= 0 or self._coming(i) or (self._refusing(i) and self._quoted(i))
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
        return (
            chunk.negated and (chunk.able or chunk.passive) and not chunk.past and self._first(i, "が", "によって") < 0
        )

    def _quoted(self, i: int) -> bool:
        return self.tree.relations[i] == "ccomp" and self.chunks[i].way == "quote"

    def _complement(self, i: int) -> int:
        """The word at which the clause of a predicate has its frame, -1 if none."""
        for j in reversed(self._hung(i, "ccomp")):
            chunk = self.chunks[j]
            if chunk.way == "should" and self._lemma(i) not in DIRECTING:
                continue
            if chunk.way != "nominal" or chunk.case in ("を", "に", "が", "と", "は", "も", "について"):
                return self._top(j)
        return -1

    def _agent(self, i: int) -> Argument | None:
        found = self._first(i, *_AGENTS)
        return self.argument(found) if found >= 0 else None

    def _undergoing(self, i: int) -> Argument | None:
        own = self._own_subject(i)
        if own < 0 and self.tree.relations[i] == "acl":
            return self.argument(self.tree.parents[i])
        return self.argument(own) if own >= 0 else None

    def _owner(self, i: int, depth: int) -> Argument | None:
        """Whose a noun of mind is: who stands before it in "の" or "による", has it, or voices it."""
        if depth > _DEEP:
            return None
        for j in self._hung(i, "nmod"):
            if self.chunks[j].case in ("の", "によって"):
                owner = j if self._someone(j) else self._farther(j)
                if owner >= 0:
                    return self.argument(owner)
            elif (owner := self._across(j)) >= 0:
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

    def _across(self, j: int) -> int:
        """Of "日本のロシアに対する不信" the owner, who stands before another name that it is toward; -1 if none."""
        toward = self.chunks[j].case in ("に対し", "へ") and self.words[self.chunks[j].head].kind == "PROPN"
        names = [k for k in self._hung(j, "nmod") if self.chunks[k].case == "の" and self._someone(k)] if toward else []
        return names[-1] if names else -1

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
            place = self._first(above, "に", "で")
            if place >= 0:
                return self.argument(place)
            topics = [j for j in self._hung(above, "arg") if self.chunks[j].case == "は" and j != i]
            if topics:
                return self.argument(topics[0])
            minded = NOUNS.entries.get((self._lemma(i), "+"))
            may_own = minded is not None and minded.name in ("intends", "accepts")
            return self._of_sentence(above, depth) if may_own else None
        return None


_OWNED: Final = frozenset().union(*LAYERS.values(), MEMBERS, SPOKEN)
_PEOPLE: Final = frozenset(
    {"政府", "側", "国民", "世論", "外務省", "指導部", "当局", "首相", "大統領", "書記長", "外相", "新聞"}
)
"""Nouns of those who may own a thought, named or not."""
