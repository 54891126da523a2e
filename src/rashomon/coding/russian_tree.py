"""Russian words in their tree, by slovnet; and what can be read off the tree: negations, moods, conditions.

The parser and the tagger are slovnet's, with navec's vectors, and come inside the package natasha, which is never imported
itself (Kukushkin 2020, project Natasha); their labels are those of Universal Dependencies (Nivre et al. 2016). Sentences and
words are razdel's, lemmas pymorphy3's (Korobov 2015).
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, ClassVar, Final

from rashomon.coding.frames import Mood, Word
from rashomon.coding.russian_mending import mended
from rashomon.coding.trees import LONGEST, Tree
from rashomon.errors import missing, need

NEEDED: Final = ("natasha", "slovnet", "navec", "razdel", "pymorphy3")
"""The packages that Russian needs, all of them of the extra ``code``."""

_MESSAGE: Final = f"The parser of Russian is not installed; it needs all of {', '.join(NEEDED)}."
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:янв|февр?|мар|апр|авг|сент?|окт|нояб?|дек|им|ген|проф|акад|св|тов|гос|гр|ст|стр|см|т\.\s?е|т\.\s?к)"
    r"|\b[А-ЯЁ])\.$"
)
_GOES_ON: Final = re.compile(r"[а-яё0-9,;:)»—–-]")
_CYRILLIC: Final = re.compile(r"[а-яё]+(?:-[а-яё]+)*")
_KINDS: Final[dict[str, frozenset[str]]] = {
    "NOUN": frozenset({"NOUN"}),
    "PROPN": frozenset({"NOUN"}),
    "VERB": frozenset({"VERB", "INFN", "GRND", "PRTF", "PRTS"}),
    "AUX": frozenset({"VERB", "INFN"}),
    "ADJ": frozenset({"ADJF", "ADJS", "PRTF", "PRTS", "COMP"}),
    "PRON": frozenset({"NPRO", "ADJF"}),
    "DET": frozenset({"ADJF", "NPRO"}),
    "ADP": frozenset({"PREP"}),
}
_SUBORDINATE: Final = frozenset({"ccomp", "xcomp", "csubj", "acl", "acl:relcl", "advcl"})
_ALIKE: Final = str.maketrans("aeopcyxABEKMHOPCTX", "аеорсухАВЕКМНОРСТХ")
_MIXED: Final = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[А-Яа-яЁё])\w+")
_WHOLE: Final = {"г.": "года", "гг.": "годов"}
"""What the models are shown for an abbreviation that leads them astray."""
_GENDERS: Final = {"Gender=Masc": "m", "Gender=Fem": "f", "Gender=Neut": "n"}
_PRONOUN_GENDERS: Final = {
    **dict.fromkeys(("она", "ее", "ей", "ней", "нее", "нею"), "f"),
    **dict.fromkeys(("он", "его", "ему", "него", "нему", "ним", "нем"), "mn"),
}


def loaded(module: str) -> Any:
    """A module of the extra; R909 where it is not installed."""
    return need(module, "code", _MESSAGE)


@cache
def models() -> tuple[Any, Any]:
    """The tagger and the parser; R909 where one of their packages is missing."""
    found = importlib.util.find_spec("natasha")
    if found is None or found.origin is None:
        raise missing("natasha", "code", _MESSAGE)
    data = Path(found.origin).parent / "data"
    vectors = loaded("navec").Navec.load(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")
    slovnet = loaded("slovnet")
    morph = slovnet.Morph.load(data / "model" / "slovnet_morph_news_v1.tar")
    syntax = slovnet.Syntax.load(data / "model" / "slovnet_syntax_news_v1.tar")
    morph.navec(vectors)
    syntax.navec(vectors)
    return morph, syntax


@cache
def _analyzer() -> Any:
    return loaded("pymorphy3").MorphAnalyzer(lang="ru")


def folded(text: str) -> str:
    """In lower case, ё as е.

    >>> folded("Горбачёв")
    'горбачев'
    """
    return text.lower().replace("ё", "е")


@lru_cache(maxsize=1 << 16)
def lemma_of(word: str, kind: str = "") -> str:
    """The form of a word that dictionaries list, folded; the likeliest of those of its part of speech (``kind``)."""
    plain = cyrillic(word).lower()
    if not _CYRILLIC.fullmatch(plain):
        return folded(word)
    parses = _analyzer().parse(plain)
    fitting = [one for one in parses if one.tag.POS in _KINDS.get(kind, ())]
    return folded(next(iter(fitting or parses)).normal_form)


def sentences_of(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text stand: razdel's, those put together that an abbreviation cut."""
    start = end = -1
    for piece in loaded("razdel").sentenize(text):
        if start < 0:
            start, end = piece.start, piece.stop
        elif _ABBREVIATED.search(text[start:end]) or (text[end - 1] == "." and _GOES_ON.match(piece.text)):
            end = piece.stop
        else:
            yield start, end
            start, end = piece.start, piece.stop
    if start >= 0:
        yield start, end


def trees_of(text: str) -> Iterator[RussianTree]:
    """The trees of a text's sentences, in order; those of more than 300 words left out."""
    cut, plain = loaded("razdel").tokenize, cyrillic(text)
    tokens = [
        _joined([(start + one.start, text[start + one.start : start + one.stop]) for one in cut(plain[start:end])])
        for start, end in sentences_of(plain)
    ]
    tokens = [those for those in tokens if 0 < len(those) <= LONGEST]
    morph, syntax = models()
    texts = [_shown([word for _, word in those]) for those in tokens]
    for those, tagged, parsed in zip(tokens, morph.map(texts), syntax.map(texts), strict=True):
        yield RussianTree(mended(_words(those, tagged.tokens, parsed.tokens)))


def _shown(words: list[str]) -> list[str]:
    """A sentence as the models know words: without ё, without Latin letters in Cyrillic words, and not all in capitals."""
    plain = [_WHOLE.get(word, cyrillic(word)).replace("ё", "е").replace("Ё", "Е") for word in words]
    shouted = sum(len(word) > 4 for word in plain) > 1 and all(word == word.upper() for word in plain)
    return [_lowered(word) for word in plain] if shouted else plain


def _lowered(word: str) -> str:
    """A word in small letters; what dictionaries know as a name with its capital, an abbreviation as it is."""
    parses = _analyzer().parse(word) if len(word) > 1 else []
    if any("Abbr" in one.tag for one in parses):
        return word
    named = any(tag in parses[0].tag for tag in ("Geox", "Name", "Surn")) if parses else False
    return word.capitalize() if named else word.lower()


def cyrillic(text: str) -> str:
    """A text with Latin letters that look like Cyrillic ones put right in words that have both: "Pоссия". As long as it was."""
    return _MIXED.sub(lambda word: word[0].translate(_ALIKE), text)


def _joined(tokens: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Words with the stop of "г." and "гг." at its word."""
    found: list[tuple[int, str]] = []
    for start, text in tokens:
        if text == "." and found and found[-1][1] in ("г", "гг") and found[-1][0] + len(found[-1][1]) == start:
            found[-1] = (found[-1][0], found[-1][1] + ".")
        else:
            found.append((start, text))
    return found


def _words(tokens: list[tuple[int, str]], tagged: Any, parsed: Any) -> tuple[Word, ...]:
    tags = [_tag(word, one.tag) for (_, word), one in zip(tokens, tagged, strict=True)]
    kinds = [one.partition("|")[0] for one in tags]
    forms = [f"|{one.partition('|')[2]}|" for one in tags]
    relations = [one.rel for one in parsed]
    heads = _acyclic([int(one.head_id) - 1 for one in parsed], kinds, relations)
    lemmas = ["о" if word == "про" else lemma_of(word, kind) for (_, word), kind in zip(tokens, kinds, strict=True)]
    return tuple(
        Word(
            text, lemmas[i], kinds[i], forms[i], _relation(i, heads, kinds, forms, relations, lemmas), heads[i],
            start, start + len(text), "person" if kinds[i] == "PROPN" and "|Animacy=Anim|" in forms[i] else "",
            "|Number=Plur|" in forms[i], _gender(text, forms[i]),
        )
        for i, (start, text) in enumerate(tokens)
    )  # fmt: skip


@lru_cache(maxsize=1 << 15)
def _tag(word: str, tag: str) -> str:
    """The tagger's tag, but for a word that dictionaries know as a verb or short form alone: "увязывал", "возмущен"."""
    if tag.startswith(("VERB", "AUX", "PUNCT")) or word != word.lower() or not _analyzer().word_is_known(word):
        return tag
    classes = {one.tag.POS for one in _analyzer().parse(word)}
    return _TAGS.get(classes.pop(), tag) if len(classes) == 1 else tag


_TAGS: Final = {
    "VERB": "VERB|VerbForm=Fin|Voice=Act", "INFN": "VERB|VerbForm=Inf|Voice=Act",
    "PRTS": "VERB|Variant=Short|VerbForm=Part|Voice=Pass", "ADJS": "ADJ|Degree=Pos|Variant=Short",
}  # fmt: skip
"""Classes of the dictionary that leave no choice, as the tagger tags them."""


def _acyclic(heads: list[int], kinds: list[str], relations: list[str]) -> list[int]:
    """Heads without circles, which the parser does not rule out: the first word of a circle is hung on the root.

    Where the parser gives no root it is the first verb that it does not take for a subordinate one, else the first word.
    """
    root = next((i for i, head in enumerate(heads) if not 0 <= head < len(heads)), -1)
    if root < 0:
        main = (i for i, kind in enumerate(kinds) if kind == "VERB" and relations[i] not in _SUBORDINATE)
        root = next(main, 0)
    safe = [root if i in (root, head) else head if 0 <= head < len(heads) else i for i, head in enumerate(heads)]
    done: set[int] = set()
    for i in range(len(safe)):
        trail: list[int] = []
        at = i
        while at not in done and at not in trail and safe[at] != at:
            trail.append(at)
            at = safe[at]
        if at in trail:
            safe[at] = root
        done.update(trail)
    return safe


def _relation(
    i: int, heads: list[int], kinds: list[str], forms: list[str], relations: list[str], lemmas: list[str]
) -> str:
    """The parser's relation; a clause that says what a noun or "то" means is a complement: "надежда, что", "в том, что".

    What hangs on nothing is the root, whatever the parser has it hang as: who asks on what it hangs would ask for ever.
    """
    if heads[i] == i:
        return "root"
    if relations[i] not in ("acl", "advcl") and not (relations[i] == "nmod" and "|VerbForm=Inf|" in forms[i]):
        return relations[i]
    marks = {lemmas[j] for j in range(len(heads)) if heads[j] == i and relations[j] == "mark"}
    correlative = lemmas[heads[i]] in ("то", "тот") and kinds[heads[i]] in ("PRON", "DET")
    of_noun = (relations[i] != "advcl" and "|VerbForm=Inf|" in forms[i]) or (
        relations[i] == "acl" and bool(marks & {"что", "чтобы", "будто"})
    )
    return "ccomp" if of_noun or (correlative and marks) else relations[i]


def _gender(text: str, form: str) -> str:
    return _PRONOUN_GENDERS.get(folded(text)) or next((one for tag, one in _GENDERS.items() if f"|{tag}|" in form), "")


class RussianTree(Tree):
    """The tree of a Russian sentence."""

    QUALIFYING: ClassVar[frozenset[str]] = frozenset({"acl:relcl", "advcl"})
    APART: ClassVar[frozenset[str]] = frozenset({"conj", "cc", "punct", "parataxis"})

    def has(self, at: int, *features: str) -> bool:
        """Whether a word's form has one of these features, as Universal Dependencies write them: ``Case=Ins``."""
        return any(f"|{one}|" in self.words[at].form for one in features)

    def preposition(self, at: int) -> str:
        """The preposition of a noun, as dictionaries have it; "" if none. One of several words whole: "со стороны"."""
        found = self.one(at, "case")
        if found < 0:
            return ""
        rest = [self.words[i].text.lower() for i in self.under(found, ("fixed",))]
        lemma = self.words[found].lemma
        return " ".join((folded(self.words[found].text), *rest)) if rest else _PREPOSITIONS.get(lemma, lemma)

    def negated(self, at: int) -> bool:
        """Whether a negative word hangs on a predicate; "не только" denies nothing."""
        for i in self.children[at]:
            only = i + 1 < len(self.words) and self.words[i + 1].lemma in ("только", "просто")
            if self.words[i].lemma in _NEGATIVE and not only:
                return True
        return False

    def marks(self, at: int) -> set[str]:
        """The conjunctions of a clause."""
        return {self.words[i].lemma for i in self.under(at, ("mark", "cc", "advmod"))}

    def mood(self, at: int) -> Mood:
        """What the form of a verb and its particles say."""
        lemmas = {self.words[i].lemma for i in self.under(at, ("aux", "aux:pass", "cop"))}
        if "чтобы" in self.marks(at):
            return "should"
        if "бы" in lemmas or "б" in lemmas:
            return "would"
        infinitive = self.has(at, "VerbForm=Inf")
        auxiliary = tuple(self.under(at, ("aux", "aux:pass", "cop")))
        future = any(self.has(i, "Tense=Fut") or (infinitive and self.words[i].lemma == "быть") for i in auxiliary)
        if future or self.has(at, "Tense=Fut"):
            return "will"
        return "to" if infinitive else ""

    def supposed(self, at: int) -> bool:
        """Whether a clause stands in a condition or an indirect question: after "если", or with "ли"."""
        seen = at
        while True:
            if self.marks(seen) & _IF or any(self.words[i].lemma == "ли" for i in self.children[seen]):
                return True
            above = self.words[seen].head
            if above == seen or self.words[seen].relation == "parataxis":
                return False
            seen = above


_PREPOSITIONS: Final = {"об": "о", "обо": "о", "во": "в", "со": "с", "ко": "к", "ото": "от", "изо": "из", "как": "as"}
_NEGATIVE: Final = frozenset({"не", "ни", "никогда", "едва"})
_IF: Final = frozenset({"если", "кабы", "разве", "пусть"})
