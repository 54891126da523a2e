"""Japanese chunks in their tree: what each hangs on, told by its particles, since heads come last and lines do not cross.

Chunks are taken from left to right onto a stack. A noun takes what qualifies it; a predicate takes the nouns before it as long
as it has room for their cases. A topic ("は") waits for the predicate that ends the clause, unless another topic comes between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import zip_longest
from typing import ClassVar, Final

from rashomon.coding.frames import Word
from rashomon.coding.japanese_chunks import Chunk, Way, chunks_of
from rashomon.coding.japanese_text import Token, sentences_of, tokens_of
from rashomon.coding.japanese_words import (
    CLAUSAL,
    EXISTING,
    HEIGHTENING,
    JOINT,
    NOMINAL,
    PAPERS,
    QUOTING,
    SHORT,
    may_act,
)
from rashomon.coding.trees import LONGEST, Tree

_KINDS: Final = {
    "名詞": "NOUN", "接尾辞": "NOUN", "接頭辞": "NOUN", "代名詞": "PRON", "動詞": "VERB", "形容詞": "ADJ",
    "形状詞": "ADJ",
    "助詞": "ADP", "助動詞": "AUX", "副詞": "ADV", "連体詞": "DET", "接続詞": "CCONJ", "補助記号": "PUNCT",
    "記号": "SYM",
}  # fmt: skip
_HELD: Final[frozenset[Way]] = frozenset({"noun", "nominal", "should", "whether", "if", "because", "while"})
"""Ways of clauses that leave a topic before them to the clause that they are part of."""
_RELATIONS: Final = {"and": "conj", "while": "advcl", "because": "advcl", "if": "advcl", "whether": "advcl"}


class JapaneseTree(Tree):
    """The chunks of a sentence, and their words in a tree. ``parents``: the chunk each hangs on, itself for the last."""

    QUALIFYING: ClassVar = frozenset({"acl"})
    APART: ClassVar = frozenset({"conj", "advcl", "punct"})

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        attaching = _Attaching(tokens, chunks_of(tokens))
        self.chunks = tuple(attaching.chunks)
        self.parents, self.relations = attaching.parents, attaching.relations
        self.bracketed = attaching.bracketed
        self.below_chunk: list[list[int]] = [[] for _ in self.chunks]
        for i, parent in enumerate(self.parents):
            if parent != i:
                self.below_chunk[parent].append(i)
        super().__init__(self._words())

    def _words(self) -> tuple[Word, ...]:
        of = {at: i for i, chunk in enumerate(self.chunks) for at in range(chunk.start, chunk.end)}
        root = self.chunks[self.root].head if self.chunks else 0
        return tuple(self._word(at, token, of.get(at, -1), root) for at, token in enumerate(self.tokens))

    @cached_property
    def root(self) -> int:
        """The chunk on which all others hang."""
        return next((i for i in reversed(range(len(self.chunks))) if self.parents[i] == i), len(self.chunks) - 1)

    def _word(self, at: int, token: Token, own: int, root: int) -> Word:
        kind = _KINDS.get(token.kind, "X")
        kind = "PROPN" if kind == "NOUN" and token.sub.startswith("固有名詞") else kind
        head, relation = root, "punct"
        if own >= 0:
            chunk = self.chunks[own]
            head, relation = chunk.head, "case" if kind == "ADP" else "aux" if kind == "AUX" else "compound"
            if at == chunk.head:
                parent = self.parents[own]
                head = self.chunks[parent].head
                relation = "root" if parent == own else self.relations[own]
                verbal = chunk.kind == "predicate" and (chunk.verbal or token.kind == "動詞")
                kind = "VERB" if verbal else kind
        entity = "person" if "人名" in token.sub else "place" if "地名" in token.sub else ""
        text = SHORT.get(token.text, token.text) if token.form == "short" else token.text
        return Word(
            text, token.lemma, kind, f"{token.kind} {token.sub}", relation, head, token.start, token.end, entity
        )

    def chunk_of(self, at: int) -> int:
        """The chunk of a word, -1 if none."""
        return next((i for i, chunk in enumerate(self.chunks) if chunk.start <= at < chunk.end), -1)


class _Attaching:
    """What each chunk of a sentence hangs on."""

    def __init__(self, tokens: Sequence[Token], chunks: Sequence[Chunk]) -> None:
        self.tokens, self.chunks = tokens, list(chunks)
        self.parents = list(range(len(chunks)))
        self.relations = ["root"] * len(chunks)
        self.bracketed: dict[int, int] = {}
        self.stack: list[int] = []
        for i in range(len(self.chunks)):
            self._take(i)
        self._finish()

    def _lemma(self, i: int) -> str:
        return self.tokens[self.chunks[i].head].lemma

    def _name(self, i: int) -> bool:
        """Whether a chunk's head is a name, or a pronoun."""
        token = self.tokens[self.chunks[i].head]
        return token.sub.startswith("固有名詞") or token.kind == "代名詞"

    def _class(self, i: int) -> str:
        """What a chunk's head is the name of, "" where it is none."""
        sub = self.tokens[self.chunks[i].head].sub
        return sub if self._name(i) else ""

    def _hang(self, i: int, parent: int, relation: str) -> None:
        self.parents[i], self.relations[i] = parent, relation

    def _take(self, i: int) -> None:
        kind = self.chunks[i].kind
        if kind == "open":
            self.stack.append(i)
        elif kind == "close":
            self._close(i)
        elif kind == "noun":
            self._qualify(i)
            self._coordinate(i)
            self.stack.append(i)
        elif kind == "predicate":
            if not self._heightening(i):
                if not self.chunks[i].verbal:
                    self._qualify(i)
                self._govern(i)
            self.stack.append(i)
        else:
            self.stack.append(i)

    def _heightening(self, i: int) -> bool:
        """Whether an adjective before its noun only heightens it, and has nothing before it: "中国に強い不信感を"."""
        chunk = self.chunks[i]
        plain = chunk.way == "noun" and not chunk.verbal and not chunk.negated
        before = self.stack[-1] if self.stack else -1
        own = before >= 0 and self.chunks[before].case == "が" and not self._animate(before)
        return plain and self._lemma(i) in HEIGHTENING and not own

    # quotations

    def _close(self, i: int) -> None:
        """A quotation as one chunk: its last predicate or noun, with the particles that follow the mark."""
        opened = next((at for at in reversed(range(len(self.stack))) if self.chunks[self.stack[at]].kind == "open"), -1)
        inside = self.stack[opened + 1 :] if opened >= 0 else []
        predicates = [one for one in inside if self.chunks[one].kind == "predicate"]
        if not inside or opened < 0:
            self.parents[i] = max(0, i - 1)
            self.relations[i] = "punct"
            return
        top = predicates[-1] if predicates else inside[-1]
        for one in inside:
            if one != top:
                self._hang(one, top, "conj" if self.chunks[one].kind == "predicate" else "arg")
        mark = self.chunks[i]
        opening = self.stack[opened]
        del self.stack[opened:]
        self._hang(opening, top, "punct")
        self._hang(i, top, "punct")
        self._reopen(top, mark, opening, i)
        self._reach_out(top)

    def _reach_out(self, top: int) -> None:
        """Give a predicate in quotation marks a subject before them that says nothing: "返還することが「不可欠だ」と述べた"."""
        self.stack.pop()
        own = {self.chunks[j].case for j in range(top) if self.parents[j] == top}
        if self.stack and self.chunks[top].kind == "predicate" and not own & {"が", "は"}:
            before = self.stack[-1]
            chunk = self.chunks[before]
            clause = chunk.kind == "predicate" and chunk.way == "nominal"
            if chunk.case in ("が", "は") and (clause or (chunk.kind == "noun" and not self._animate(before))):
                self._hang(self.stack.pop(), top, "ccomp" if clause else "arg")
        self.stack.append(top)

    def _reopen(self, top: int, mark: Chunk, opening: int, closing: int) -> None:
        """Put what a quotation says back among what waits, to go on as the words behind it have it."""
        chunk = self.chunks[top]
        if mark.marks and mark.way == "end" and self._named_only(top):
            self.chunks[top] = chunk = replace(chunk, kind="noun")
            self._qualify(top)
        if chunk.kind == "predicate":
            way: Way = mark.way if mark.way != "end" else "quote" if mark.marks == () else "nominal"
            self.chunks[top] = replace(chunk, way=way, marks=mark.marks, adnominal=mark.adnominal, comma=mark.comma)
            self.bracketed.update(dict.fromkeys(range(opening, closing), top))
        else:
            marks = mark.marks or (("と",) if mark.way == "quote" else ())
            self.chunks[top] = replace(chunk, marks=marks, adnominal=mark.adnominal, comma=mark.comma)
        self.stack.append(top)

    def _named_only(self, top: int) -> bool:
        """Whether all that is in quotation marks is a noun: "「挑発」を"."""
        chunk = self.chunks[top]
        plain = chunk.kind == "predicate" and not chunk.verbal and chunk.head == chunk.end - 1
        inside = any(self.parents[j] == top and self.relations[j] in ("arg", "conj", "ccomp") for j in range(top))
        return plain and self.tokens[chunk.head].kind == "名詞" and not inside

    # nouns

    def _qualify(self, i: int) -> None:
        """A noun takes what stands before it to qualify it; a name in "の" leaves a clause to the noun of mind behind it."""
        while self.stack:
            top = self.stack[-1]
            chunk = self.chunks[top]
            if not chunk.adnominal or chunk.kind == "open":
                return
            clause = chunk.kind == "predicate"
            if self.chunks[i].adnominal and self._leaves(top, i):
                return
            self.stack.pop()
            bare = clause and not chunk.verbal and self.parents[top] == top and top not in self.parents[:top]
            self._hang(top, i, "amod" if bare else "acl" if clause else "nmod")

    def _leaves(self, top: int, i: int) -> bool:
        """Whether a noun in "の" leaves what waits before it to the noun behind it: "返還を求める日本の要求"."""
        if self._name(i):
            return self._minded(i + 1) and not self._name(top)
        deed = i + 1 < len(self.chunks) and "サ変" in self.tokens[self.chunks[i + 1].head].sub
        return self.chunks[top].kind == "predicate" and deed

    def _minded(self, i: int) -> bool:
        return i < len(self.chunks) and self._lemma(i) in NOMINAL | CLAUSAL

    def _coordinate(self, i: int) -> None:
        """Take names that stand together before one particle: "日本とソ連は", "日本、ソ連両国は"."""
        both = any(self.tokens[at].text in JOINT for at in range(self.chunks[i].start, self.chunks[i].end))
        while self.stack and self.chunks[i].marks:
            top = self.stack[-1]
            chunk = self.chunks[top]
            states = self._of_state(top) and self._of_state(i)
            beside = chunk.marks == () and chunk.comma and (both or self._name(i))
            alike = self._name(top) if both else self._class(top) == self._class(i) or (states and not beside)
            if chunk.kind != "noun" or not alike or not (beside or chunk.marks in (("と",), ("や",))):
                return
            if beside and top == 0 and i == 1 and not both and self._headline():
                return
            self._hang(self.stack.pop(), i, "conj")

    def _headline(self) -> bool:
        """Whether nothing but what stands before the first comma can be who does it: "チリ、ペルーとの断交を宣言"."""
        return all(chunk.kind != "noun" or chunk.case not in ("は", "が", "も") for chunk in self.chunks)

    def _of_state(self, i: int) -> bool:
        """Whether a chunk is a place's name, or somebody of it: "欧州連合", "中国政府"."""
        chunk = self.chunks[i]
        token = self.tokens[chunk.start]
        one = chunk.start == chunk.head or may_act(self._lemma(i), self.tokens[chunk.head].text)
        return "地名" in token.sub and (one or self.tokens[chunk.head].text == "連合")

    # predicates

    def _govern(self, i: int) -> None:
        """A predicate takes what waits before it, as long as it has room."""
        filled: set[str] = set()
        while self.stack:
            top = self.stack[-1]
            chunk = self.chunks[top]
            relation = self._relation(top, i, filled)
            if chunk.kind == "open" or not relation:
                return
            self.stack.pop()
            self._hang(top, i, relation)
            if chunk.kind == "noun" or chunk.way == "nominal":
                filled.add(chunk.case)
            if relation == "ccomp" and chunk.way == "quote" and self._as_ground(i):
                return

    def _relation(self, top: int, i: int, filled: set[str]) -> str:
        """How a waiting chunk hangs on a predicate; "" if it waits for a later one."""
        chunk = self.chunks[top]
        if chunk.kind == "modifier":
            return "advmod"
        if chunk.kind == "noun":
            return "arg" if self._has_room(top, i, filled) else ""
        if chunk.way == "nominal":
            return "ccomp" if chunk.case not in filled else ""
        if chunk.way in ("quote", "should"):
            return self._told(top, i, filled)
        if chunk.way == "end":
            return "conj" if self._in_brackets() else ""
        if chunk.way == "noun":
            return "conj"
        return _RELATIONS[chunk.way] if self._same_clause(top, i, filled) else ""

    def _told(self, top: int, i: int, filled: set[str]) -> str:
        """How a clause in "と" or "よう" hangs on a predicate: what is told by a verb of saying, else a condition or the like."""
        own, clause = self.chunks[i], self.chunks[top]
        supposed = clause.way == "quote" and clause.comma and not (clause.past or own.past)
        if supposed and "を" in filled and filled & {"は", "が"}:
            return "advcl"  # "譲歩すると、日本は条約を望む"
        if self._lemma(i) == "為る" and own.head == own.start:  # "とする" is one word, and is nothing apart
            near = all(self.chunks[j].kind in ("open", "close") for j in range(top + 1, i)) or self._clear(i - 1)
            return "ccomp" if near or self.chunks[top].way == "should" else "advcl"
        if self._lemma(i) in QUOTING or (not own.verbal and self._lemma(i) in NOMINAL):
            return "ccomp"
        after = next((j for j in range(i + 1, len(self.chunks)) if self.chunks[j].kind == "predicate"), -1)
        waits = own.way == "and" and not own.comma and after >= 0 and self._lemma(after) in QUOTING
        return "" if waits else "advcl"  # "…と誤って信じた"

    def _as_ground(self, i: int) -> bool:
        """Whether a predicate is that of "…として、", before which only the clause is its own."""
        own = self.chunks[i]
        return self._lemma(i) == "為る" and own.head == own.start and own.way == "and" and not own.past

    def _clear(self, i: int) -> bool:
        """Whether a chunk is that of "…と明らかにした", by which something is told."""
        return self.chunks[i].kind == "modifier" and self._lemma(i) == "明らか"

    def _in_brackets(self) -> bool:
        return any(self.chunks[one].kind == "open" for one in self.stack)

    def _has_room(self, top: int, i: int, filled: set[str]) -> bool:
        chunk, own = self.chunks[top], self.chunks[i]
        case = chunk.case
        if (case == "を" and (not own.verbal or (own.able and own.way == "noun"))) or (
            case == "が" and chunk.comma and own.way in ("noun", "should") and not self._topics_before()
        ):
            return False
        if case in ("が", "を"):
            return case not in filled
        if case == "の":
            return "が" not in filled
        if case in ("によると", "から見て") or (case == "で" and self._lemma(top) in NOMINAL):
            return own.way == "end" and not self._in_brackets()
        if case in ("は", "も"):
            return self._topic_here(top, i, filled)
        if (case in ("に対し", "に", "から") or chunk.marks == ("で", "は")) and chunk.comma:
            return own.way not in ("nominal", "quote", "should", "noun")
        return True

    def _topic_here(self, top: int, i: int, filled: set[str]) -> bool:
        """Whether a topic is that of this predicate, and not of a later one."""
        way = self.chunks[i].way
        if way == "end" or (self._lemma(i) in EXISTING and self._lemma(top) in NOMINAL):
            return True
        if way in _HELD:
            return False
        if way == "quote" and "が" not in filled and "は" not in filled:
            above = next((one for one in self.chunks[i + 1 :] if one.kind == "predicate"), None)
            inner = above is not None and (above.passive or (above.way == "noun" and not self.chunks[top].comma))
            inner = inner and not self._issued(i)
            if self._topics_before() > 1 or inner or not self._animate(top):
                return True
        return "が" not in filled and self._topic_after(i)

    def _issued(self, i: int) -> bool:
        """Whether the clause behind one only says what a paper says that somebody issues: "…だと非難する談話を発表した"."""
        after = next((j for j in range(i + 1, len(self.chunks)) if self.chunks[j].kind == "predicate"), -1)
        return 0 <= after < len(self.chunks) - 1 and self._lemma(after + 1) in PAPERS

    def _topics_before(self) -> int:
        count = 0
        for one in reversed(self.stack):
            if self.chunks[one].kind == "open":
                break
            chunk = self.chunks[one]
            count += chunk.kind == "noun" and (chunk.case == "は" or (chunk.case == "から" and chunk.comma))
        return count

    def _topic_after(self, i: int) -> bool:
        """Whether a topic or a subject of its own comes for the predicate that this one's clause goes on to."""
        depth = 0
        for j in range(i + 1, len(self.chunks)):
            chunk = self.chunks[j]
            depth += (chunk.kind == "open") - (chunk.kind == "close")
            if depth < 0:
                return False
            if (
                depth == 0
                and chunk.kind == "noun"
                and chunk.case == "は"
                and (self._animate(j) or self.chunks[i].comma)
            ):
                return True
            if depth == 0 and chunk.kind == "noun" and chunk.case == "が" and self._own(j):
                return True
            if depth == 0 and chunk.kind == "predicate" and chunk.way in ("end", "and"):
                return False
        return False

    def _animate(self, i: int) -> bool:
        """Whether a noun may be somebody who says or does something."""
        return self._name(i) or may_act(self._lemma(i), self.tokens[self.chunks[i].head].text)

    def _own(self, j: int) -> bool:
        """Whether a "が" is of the predicate that ends the clause: no quotation or the like comes between."""
        after = next((one for one in self.chunks[j + 1 :] if one.kind == "predicate"), None)
        return after is not None and after.way in ("end", "and")

    def _same_clause(self, top: int, i: int, filled: set[str]) -> bool:
        """Whether a clause before belongs with this predicate, and not with the one that this one's clause is part of."""
        own, chunk = self.chunks[i], self.chunks[top]
        above = next((one for one in self.chunks[i + 1 :] if one.kind == "predicate"), None)
        if own.way == "noun" or (own.way == "quote" and above is not None and above.way == "noun"):
            return not chunk.comma
        if own.way in ("quote", "nominal", "should") and filled & {"が", "は", "も"}:
            return any(self.parents[one] == top and self.chunks[one].case in ("が", "は", "も") for one in range(top))
        return True

    def _finish(self) -> None:
        """Hang what is left on the last predicate, or the last chunk."""
        left = [one for one in self.stack if self.chunks[one].kind != "open"]
        if not left:
            return
        root = next((one for one in reversed(left) if self.chunks[one].kind == "predicate"), left[-1])
        for one in self.stack:
            if one != root:
                predicate = self.chunks[one].kind == "predicate"
                self._hang(one, root, "conj" if predicate else "punct" if self.chunks[one].kind == "open" else "arg")


def trees_of(text: str) -> Iterator[JapaneseTree]:
    """The trees of a text's sentences, those that are too long left out."""
    for start, end in sentences_of(text):
        tokens = tuple(_paired(tokens_of(text, start, end)))
        if 0 < len(tokens) <= LONGEST:
            tree = JapaneseTree(tokens)
            if tree.chunks:
                yield tree


def _paired(tokens: Sequence[Token]) -> Iterator[Token]:
    """The words, with "日ソ" before "両国" or "双方" as two of them, each with the name that it is short for."""
    for one, after in zip_longest(tokens, tokens[1:]):
        both = len(one.text) == 2 and after is not None and after.text in JOINT
        if both and all(letter in SHORT for letter in one.text):
            for i, letter in enumerate(one.text):
                at = one.start + i
                yield Token(letter, SHORT[letter], "名詞", "固有名詞 地名", "short", at, at + 1)
        else:
            yield one
