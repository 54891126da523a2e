"""From an English sentence to what states do to each other and feel about each other.

Acts are those of :mod:`rashomon.coding.acts`; feelings are read off the frames.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from rashomon.coding.acts import Act, Span, acts_of
from rashomon.coding.frames import Argument, Frame, Sentence
from rashomon.coding.parties import Parties, Party, coded
from rashomon.coding.relations import REVERSED, Relation, pairs, read_entries, surest

_ACT: Final = 0.85
_FEELING: Final = 0.9


class EnglishRelating:
    """The relations of one sentence. ``parties`` has entered it."""

    def __init__(self, sentence: Sentence, parties: Parties) -> None:
        self.sentence, self.parties, self.words = sentence, parties, sentence.words

    def relations(self) -> tuple[Relation, ...]:
        """All of them, each pair and sign once, the surest reading of it; none of a question."""
        return () if self.words[-1].text == "?" else surest((*self._acts(), *self._feelings()))

    def _acts(self) -> Iterator[Relation]:
        told: list[Act] = []
        for act in acts_of(self.sentence):
            if any(one.start <= act.start and act.end <= one.end and one.source == act.source for one in told):
                continue  # of "refused to support" the whole says it
            told.append(act)
            said = tuple(i for i, word in enumerate(self.words) if act.start <= word.start and word.end <= act.end)
            frames = (self.sentence.by_word[i] for i in said if i in self.sentence.by_word)
            if not any(frame.supposed for frame in frames):
                yield from pairs(act.kind, self._within(act.source), self._within(act.target), said, _ACT)

    def _within(self, spans: Iterable[Span]) -> tuple[Party, ...]:
        """The states named in spans of the text: the first of each."""
        first = (self._first(i for i, word in enumerate(self.words) if a <= word.start < b) for a, b in spans)
        return tuple(coded(one for those in first for one in those))

    def _first(self, words: Iterable[int]) -> tuple[Party, ...]:
        return next((found for i in words if (found := self.parties.at(i))), ())

    def _feelings(self) -> Iterator[Relation]:
        for frame in self.sentence.frames:
            entries = FEELINGS.get(frame.predicate, ())
            for kind, form in ((kind, form) for kind, forms in entries for form in forms):
                told = REVERSED[kind] if frame.negated else kind
                argument = frame.object if form == "=" else frame.oblique(form)
                unafraid = frame.negated and kind == "fears"  # and need like nobody for that
                if argument is not None and not frame.supposed and not unafraid:
                    yield from pairs(told, self._of(frame.subject), self._of(argument), frame.words, _FEELING)
            yield from self._regards(frame)

    def _regards(self, frame: Frame) -> Iterator[Relation]:
        """Of "sees Iran as a threat", "Syria is an ally of Russia": what one is taken for, or is to another."""
        taken = frame.oblique("as")
        if taken is not None and not frame.supposed:
            kind = next((REGARDS[self.words[i].lemma] for i in taken.words if self.words[i].lemma in REGARDS), "")
            if kind:
                kind = REVERSED[kind] if frame.negated else kind
                yield from pairs(kind, self._of(frame.subject), self._of(frame.object), frame.words, _FEELING)

    def _of(self, argument: Argument | None) -> tuple[Party, ...]:
        """The states of a phrase: its heads, else the first named in it."""
        if argument is None:
            return ()
        heads = tuple(coded(one for head in argument.heads for one in self.parties.at(head)))
        return heads or self._first(argument.words)


FEELINGS: Final = read_entries("""
likes: like= love= admire= respect= appreciate= value= cherish= sympathize:with sympathise:with grateful:to friendly:to
likes: loyal:to thankful:to
trusts: trust= rely:on believe:in depend:on
distrusts: distrust= mistrust= suspect= suspicious:of wary:of sceptical:of skeptical:of
dislikes: hate= dislike= resent= despise= detest= loathe= angry:with angry:at hostile:to hostile:toward
dislikes: unhappy:with furious:with indignant:at
fears: fear= dread= afraid:of worried:about concerned:about fearful:of
""")
"""Verbs and adjectives of which the subject is the source, and where the target stands."""
REGARDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("ally", "friend", "partner", "brother"), "ally"),
    **dict.fromkeys(("enemy", "foe", "rival", "adversary", "opponent"), "enemy"),
    **dict.fromkeys(("threat", "danger", "menace"), "fears"),
    **dict.fromkeys(
        ("aggressor", "aggressive", "hostile", "dangerous", "untrustworthy", "illegitimate", "unreliable"), "bad"
    ),
    **dict.fromkeys(("reliable", "friendly", "trustworthy", "peaceful", "responsible"), "good"),
}
"""Words for what somebody is taken for."""
