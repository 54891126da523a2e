"""What an English sentence does not say to be so: what is only supposed, required, possible, ascribed or denied from above.

A thought is told as a fact only where nothing above its clause takes it back. Conditions, prescriptions and possibilities are
the author's; so is what "the story that …" tells, and what only some of a people think ("the Norwegians who feared").
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from rashomon.coding.english_tree import PARTICIPLE, EnglishTree
from rashomon.coding.english_words import CLAIMS, DOINGS, FACTS, NOMINAL, PRETENCES, SHARES, UNABLE


class Scope:
    """The scopes of one sentence."""

    def __init__(self, tree: EnglishTree) -> None:
        self.tree, self.words = tree, tree.words

    def unsaid(self, at: int) -> bool:
        """Whether a predicate is not said to be so, whoever says it."""
        tree = self.tree
        return (
            tree.supposed(at)
            or tree.unreal(at)
            or self.prescribed(at)
            or any(
                self._conditional(i)
                or self.claimed(i)
                or self._replaced(i)
                or self._of_some(i)
                or self._aimed_at(i)
                or self._of_unreal(i)
                or self._either(i)
                or self._imagined(i)
                for i in self._upward(at)
            )
        )

    def _upward(self, at: int) -> Iterator[int]:
        """A word and all above it."""
        yield at
        while self.words[at].head != at:
            at = self.words[at].head
            yield at

    def prescribed(self, at: int) -> bool:
        """Whether a verb says what must be, could be or is yet needed: "must accept", "can be resisted", "needs to accept"."""
        auxiliaries = [self.words[i].text.lower() for i in self.tree.under(at, ("aux",))]
        said = set(auxiliaries)
        if sum(one in ("may", "might") for one in auxiliaries) > 1:  # "may or may not accept"
            return True
        if said & _BINDING:
            return "have" not in said
        if said & _ABLE:
            return not self.tree.negated(at)
        if self.tree.shared(at):
            return self.prescribed(self.words[at].head)
        above = self.words[at].head
        if (
            above != at and self.words[at].form == "VBG" and self.tree.one(at, "aux", "nsubj") < 0
        ):  # "should lead in making"
            over = next((i for i in self._upward(above) if self.words[i].kind in ("VERB", "AUX")), -1)
            return over >= 0 and self.prescribed(over)
        if self.words[at].relation != "xcomp" or above == at:
            return False
        present = self.words[above].lemma == "have" and self.words[above].form in ("VBZ", "VBP")
        return present or self.words[above].lemma == "need" or self.prescribed(above)

    def _conditional(self, at: int) -> bool:
        """Whether a clause holds on a condition: "if the dam fell, Oslo would agree"; not "even if"."""
        for i in self.tree.under(at, ("advcl", PARTICIPLE, "prep")):
            if self.words[i].form in ("VBN", "VBG") and self.words[i].lemma in _PROVIDED and self._alone(i):
                return True
            marks = [j for j in self.tree.under(i, ("mark",)) if self.words[j].text.lower() in _ON]
            if marks and self.words[i].relation == "advcl":
                before = self.words[marks[0] - 1].text.lower() if marks[0] else ""
                if before not in ("even", "as"):
                    return True
        return False

    def _alone(self, at: int) -> bool:
        """Whether a participle has no subject or object, and so only says on what condition: "provided it fell"."""
        return self.tree.one(at, "nsubj", "dobj", "agent") < 0 and self.tree.one(at, "ccomp") >= 0

    def undecided(self, predicate: str, clause: int) -> bool:
        """Whether it is open what is thought: "the choice is whether to accept", "did not say if"; not "doubted whether"."""
        if clause < 0 or predicate in _DOUBTING:
            return False
        first = self.words[min(self.tree.below(clause))].text.lower()
        marks = {self.words[i].text.lower() for i in self.tree.under(clause, ("mark", "advmod")) if i < clause}
        return "whether" in marks or first == "whether" or (first == "if" and "if" in marks and predicate in _KNOWING)

    def told(self, at: int) -> bool:
        """Whether a word stands in what is only told, or only given out."""
        return any(self.claimed(i) for i in self._upward(at))

    def claimed(self, at: int) -> bool:
        """Whether a clause is what a noun tells that nobody need believe: "the story that"; or a thing is only a pretence."""
        word = self.words[at]
        above = self.words[word.head]
        if word.relation in ("acl", "relcl") and any(
            self.words[i].lemma == "that" for i in self.tree.under(at, ("mark",))
        ):
            return above.kind == "NOUN" and above.lemma not in FACTS | NOMINAL
        if word.relation == "ccomp" and above.lemma == "be":
            return any(self.words[i].lemma in CLAIMS for i in self.tree.under(word.head, ("nsubj",)))
        return word.relation == "pobj" and above.lemma == "of" and self.words[above.head].lemma in PRETENCES

    def _replaced(self, at: int) -> bool:
        """Whether something else was done or was so ("instead of", "rather than", "not because"), or it need not be done."""
        word = self.words[at]
        above = self.words[word.head]
        if word.relation == "pcomp" and word.head > 0 and self.words[word.head - 1].lemma in ("instead", "far"):
            return True
        if word.relation == "pcomp" and self.words[above.head].kind == "NOUN":
            return self.words[above.head].lemma not in DOINGS | NOMINAL
        if word.relation == "xcomp" and above.lemma in UNABLE:
            return True
        if word.relation in ("pcomp", "advcl", "prep") and self._after_rather(at):
            return True
        before = {self.words[i - 1].text.lower() for i in self.tree.under(at, ("mark", "cc")) if i}
        if word.relation == "advcl" and any(self.words[i].lemma == "because" for i in self.tree.under(at, ("mark",))):
            return "not" in before
        return word.relation == "conj" and any(
            self.words[i].text.lower() == "than" for i in self.tree.under(word.head, ("cc",)) if i < at
        )

    def _after_rather(self, at: int) -> bool:
        """Whether a clause begins with "rather than" or "instead of", or stands right behind it."""
        first = min(self.tree.below(at))
        near = [word.text.lower() for word in self.words[max(0, first - 2) : first + 2]]
        return any(pair in _INSTEAD for pair in pairwise(near))

    def _aimed_at(self, at: int) -> bool:
        """Whether a clause is what somebody sees to, and is not yet so: "to ensure that Oslo accepts"; not "ensured that"."""
        word, above = self.words[at], self.words[self.words[at].head]
        if word.relation != "ccomp" or word.head == at:
            return False
        sure = above.lemma == "sure" and self.words[above.head].lemma == "make"
        over = above.head if sure else word.head
        sees = sure or above.lemma in _ENSURING or (above.lemma == "make" and self._sure(word.head))
        return sees and (self.words[over].form in ("VB", "VBG") or self.tree.one(over, "aux") >= 0)

    def _sure(self, verb: int) -> bool:
        return any(self.words[i].lemma in ("sure", "certain") for i in self.tree.children[verb])

    def _of_unreal(self, at: int) -> bool:
        """Whether a clause tells which thing is meant that only would or could be: "would want a deal in which Oslo accepts"."""
        noun = self.words[at].head
        if self.words[at].relation != "relcl" or noun == at:
            return False
        if self._known(noun):
            return False
        over = next((i for i in self._upward(self.words[noun].head) if self.words[i].kind in ("VERB", "AUX")), -1)
        said = {self.words[i].text.lower() for i in self.tree.under(over, ("aux",))} if over >= 0 else set()
        return bool(said & _UNREAL) and "have" not in said

    def _either(self, at: int) -> bool:
        """Whether a clause is one of two of which only one need be so: "either Oslo feared it or Lisbon wanted it"."""
        word = self.words[at]
        places = (at, *self.tree.under(at, ("conj",))) if word.relation != "conj" else (at,)
        for i in places:
            over = self.words[i].head
            both = {self.words[i].kind, self.words[over].kind} <= {"VERB", "AUX"}
            clauses = self.words[i].relation == "conj" and both
            joined = any(self.words[j].lemma == "or" and j < i for j in self.tree.under(over, ("cc",)))
            if clauses and joined and self.tree.one(i, "nsubj", "nsubjpass") >= 0:
                return True
        return False

    def _imagined(self, at: int) -> bool:
        """Whether a clause is so in a scenario or by a reading only, of nobody named: "in one scenario, Oslo rejects it"."""
        for i in self.tree.under(at, ("prep",)):
            noun = self.tree.one(i, "pobj")
            if noun >= 0 and self.words[noun].lemma in _IMAGINED:
                beside = (self.words[j] for j in self.tree.children[noun])
                return not any(
                    one.relation == "poss" or one.entity or one.lemma in ("of", "by", "among") for one in beside
                )
        return False

    def _known(self, noun: int) -> bool:
        """Whether a noun names something that is known to be there: a name, or with "the", "this" or an owner."""
        beside = self.tree.children[noun]
        owned = any(self.words[i].relation == "poss" or self.words[i].lemma in _THESE for i in beside)
        return owned or self.words[noun].kind == "PROPN" or bool(self.words[noun].entity)

    def _of_some(self, at: int) -> bool:
        """Whether a clause tells which of many are meant, and so not of all: "the Norwegians who feared"; or of none."""
        word = self.words[at]
        if word.relation != "relcl" or word.head == at:
            return False
        if self.words[word.head].lemma in SHARES:
            return True
        noun, over = word.head, self.words[word.head].head
        people = self.words[noun].entity == "people"
        pronouns = ("who", "that") if people else ("who",)
        who = [i for i in self.tree.under(at, ("nsubj", "nsubjpass")) if self.words[i].text.lower() in pronouns]
        if not who or not (self.words[noun].plural or people or self._denied(noun)):
            return False
        return self.words[who[0] - 1].text not in (",", "—", "(") or self._denied(noun) or self.tree.negated(over)

    def _denied(self, noun: int) -> bool:
        return any(self.words[i].lemma in _HARDLY for i in self.tree.children[noun])


_DOUBTING: Final = frozenset({
    "doubt", "question", "doubtful", "skeptical", "sceptical", "skepticism", "scepticism", "fear", "worry", "worried", "concern",
    "concerned", "anxiety", "anxious", "uneasy", "apprehensive",
})  # fmt: skip
_KNOWING: Final = frozenset({"know", "say", "see", "tell", "ask", "learn", "find"})
_IMAGINED: Final = frozenset({"scenario", "reading", "hypothesis", "theory", "interpretation", "version"})
_INSTEAD: Final = frozenset({("rather", "than"), ("instead", "of")})
_ENSURING: Final = frozenset({"ensure", "insure", "guarantee"})
_UNREAL: Final = frozenset({"would", "could", "might", "may", "should", "must", "'d"})
_THESE: Final = frozenset({"the", "this", "that", "these", "those"})
_BINDING: Final = frozenset({"must", "should", "ought", "need"})
_ABLE: Final = frozenset({"can", "could"})
_PROVIDED: Final = frozenset({"provide", "suppose", "assume", "grant"})
_ON: Final = frozenset({"if", "unless", "lest"})
_HARDLY: Final = frozenset({"no", "hardly", "scarcely", "few", "little"})
