"""What the coder must know of a language besides its grammar. Facts of the language only, nothing of any study."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rashomon.coding.attitudes import Attitude, Attitudes
from rashomon.coding.dating import Dated
from rashomon.coding.frames import Frame
from rashomon.coding.places import Country

Form = Literal["name", "side", "people", "capital", "office"]
"""By what an actor or a side may be called."""


def words(text: str) -> frozenset[str]:
    """The words of a list with blanks between them; what is one predicate is joined by ``_``."""
    return frozenset(word.replace("_", " ") for word in text.split())


@dataclass(frozen=True)
class Lexicon:
    """The words of one language. All are lemmas in lower case unless said otherwise.

    ``verbs``, ``adjectives``, ``nouns``: words of mind by kind of frame. ``two_ways``: verbs of speech that stand for
    another where their clause says what should be. ``yielding`` and ``resisting``: what one does who accepts, or rejects.
    ``transparent``: verbs that only pass their subject on. ``linking``: verbs that say what something is. ``being``:
    those that say only that it is, or that one has it. ``folk``: the noun of a people as a whole. ``layers``: nouns that
    name a layer after a people's name, by the layer's usual id. ``members``: those who stand for what they belong to.
    ``spoken``: nouns in whose place their owner may stand. ``person``, ``thing``, ``many``: pronouns as they are written;
    ``joining``: conjunctions of those who act together. ``possible``, ``probable``, ``reported``: words of doubt.
    ``extents``: words that say how much of a holder holds it; ``shares``: nouns of which the holder is told after "of";
    ``percent``: after a number. ``opposites``: stems → those that deny them. ``strong``: words that heighten a quality;
    ``denying``: that deny it. ``toward``: prepositions before whom a feeling is for. ``stem``: what words of one family
    share, "" of one that says nothing. ``offices``: the offices that a role's words name. ``countries``: as the language
    calls them. ``listed``: how a word of a name is kept; ``spelled``: how the name may be kept that a word of a text is
    part of, by what the name is. ``times``: the times that a text names, as :func:`rashomon.coding.dating.times_in`.
    ``spaced``: a text with blanks between its words, where the language writes none (``unspaced``): there names are found
    whatever words they are cut into, and what denies stands behind what it denies.
    ``speaker``: pronouns of who speaks, as they are written; ``inclusive``: words beside them that take in who listens;
    ``both``: words for each of two before a noun of ``partners`` ("both sides").
    ``home``: nouns of a speaker's own side after such a pronoun ("our country").
    ``strangers``: nouns of one person, whom a pronoun may stand for that no name is given. ``regarding``: words that tell
    at the head of a phrase that it names the matter ("with regard to", "on the question of"); where there are none, the
    matter may stand anywhere in the clause. ``onto``: prepositions behind a verb that go on with what it is about, wherever
    the parser hangs them ("link aid to the dam"). ``naming``: verbs that may only give a name ("which they call the Lakes").
    ``ascribing``: prepositions inside what something is said to be ("a source of danger"); where there are none, all words of
    the clause are. ``performing``: what one does by saying that one would like to ("I would like to thank").
    ``polled``: nouns of those who were asked in a poll; where there are none, bodies without a side are nobody's.
    ``printed``: what speaks for the press, of which ``press`` is the noun. ``definite``: articles of what is known ("the press").
    ``aside``: the parser's labels of clauses that only say more about a noun or a clause;
    ``modifying``: of words that only qualify a noun; where there are none, nothing is asked of where a topic's words hang.
    ``parts``: nouns of those who are only a part of their side, and are not taken for it ("Norwegian liberals");
    ``limiting``: words beside a body that leave only some of it ("some officials"). ``envoys``: nouns of those who are not of
    where they stand ("the minister in Oslo"). ``whole``: adjectives that leave a people whole ("the common people", not
    "young people"). ``conceding``: conjunctions of what is conceded, which is no part of what another says.
    ``entertained``: whether a heading says that what follows is only gone through ("Three scenarios").
    ``single``: nouns of one person or paper, who is none of the bodies that it is of ("an official"), where they are no plural;
    ``heads``: of those who speak for theirs ("the minister") unless a word of ``indefinite`` says that there are more.
    ``occasions``: nouns that, after a preposition of ``within``, only tell when or how a thing is so ("in the event of").
    ``kinds``: prepositions behind a people that leave one kind of it ("Norwegians of high standing"). ``objects``: pronouns that
    stand for nobody who is in their clause already ("Berg was asked by him").
    ``foretelling``: whether a mood of what will be makes a thought the author's forecast.
    ``showing``: what a thing may do that lets one think so ("it implied that").
    ``meanwhile``: prepositions before what was so besides ("after the talks", "without a treaty").
    ``hindering``: verbs of what is not to be ("meant to prevent").
    ``ending``: what is done to a thing that then is no more ("lift", "the end of"), so that its words tell no stance.
    ``states``: nouns for a state that was named before, after one of ``these`` ("that country").
    """

    verbs: Attitudes
    adjectives: Attitudes
    nouns: Attitudes
    two_ways: Mapping[str, str]
    yielding: frozenset[str]
    resisting: frozenset[str]
    transparent: frozenset[str]
    linking: frozenset[str]
    being: frozenset[str]
    folk: str
    layers: Mapping[str, frozenset[str]]
    spoken: frozenset[str]
    members: frozenset[str]
    person: frozenset[str]
    thing: frozenset[str]
    many: frozenset[str]
    joining: frozenset[str]
    possible: frozenset[str]
    probable: frozenset[str]
    reported: frozenset[str]
    extents: Mapping[str, str]
    shares: frozenset[str]
    percent: frozenset[str]
    opposites: Mapping[str, tuple[str, ...]]
    strong: frozenset[str]
    denying: frozenset[str]
    toward: tuple[str, ...]
    empty: frozenset[str]
    stem: Callable[[str], str]
    offices: Callable[[str], Iterable[str]]
    countries: Callable[[], tuple[Country, ...]]
    listed: Callable[[str], str]
    spelled: Callable[[str, Form], tuple[str, ...]]
    times: Callable[[str, int | None, date | None], Iterator[Dated]]
    spaced: Callable[[str], str] = str
    entertained: Callable[[str], bool] = lambda _: False
    unspaced: bool = False
    speaker: frozenset[str] = frozenset()
    inclusive: frozenset[str] = frozenset()
    both: frozenset[str] = frozenset()
    partners: frozenset[str] = frozenset()
    home: frozenset[str] = frozenset()
    strangers: frozenset[str] = frozenset()
    regarding: frozenset[str] = frozenset()
    onto: frozenset[str] = frozenset()
    naming: frozenset[str] = frozenset()
    ascribing: frozenset[str] = frozenset()
    performing: frozenset[str] = frozenset()
    polled: frozenset[str] = frozenset()
    printed: frozenset[str] = frozenset()
    press: str = ""
    definite: frozenset[str] = frozenset()
    aside: frozenset[str] = frozenset()
    modifying: frozenset[str] = frozenset()
    hindering: frozenset[str] = frozenset()
    meanwhile: frozenset[str] = frozenset()
    showing: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    single: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    indefinite: frozenset[str] = frozenset()
    occasions: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    conceding: frozenset[str] = frozenset()
    foretelling: bool = False
    limiting: frozenset[str] = frozenset()
    envoys: frozenset[str] = frozenset()
    ending: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    these: frozenset[str] = frozenset()

    def attitude(self, frame: Frame) -> Attitude | None:
        """What a frame's predicate means; None where it is no word of mind."""
        table = {"verb": self.verbs, "adjective": self.adjectives, "noun": self.nouns}[frame.kind]
        return table.of(frame)

    def says(self, frame: Frame) -> bool:
        """Whether a frame is of a verb of speech, whatever hangs on it."""
        verbs = (self.verbs.entries.get((frame.predicate, form)) for form in ("+", "="))
        return frame.kind == "verb" and any(verb is not None and verb.name == "asserts" for verb in verbs)
