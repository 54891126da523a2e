"""Whom a sentence names: the side a measure asks about, or a third country; by the names of study.toml and of the world's
countries.

No grammar is asked: a name counts wherever it stands, so that it works without any parser. English names are met with a
plural, Russian ones by the stem of each word, Japanese ones as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from rashomon.measuring.feeling.finding import Names
from rashomon.measuring.feeling.matching import JapaneseMatcher, Matcher
from rashomon.measuring.feeling.patterns import Pieces, inflected, plain, read_pieces
from rashomon.study import StudyData

THIRD: Final = "a third"
"""The label of countries that are neither the side that speaks nor any of the ``others`` asked about."""
_SHORTEST: Final = 3  # letters: "US" is written as "us" is
_ENDING: Final = re.compile(r"(?:[ыио]й|[ая]я|[ое]е|[аеиоуыэюяйь])$")
_STEM: Final = 4  # letters of a Russian word below which it is met only as it is written


def names_for(study: StudyData, side: str, others: Iterable[str], language: str) -> Names:
    """What texts of a ``side`` in a language may name: the ``others`` (labels are their ids), or :data:`THIRD`."""
    from rashomon.coding import countries_in  # here, for the room is large, and most studies have no texts

    own, labels = _called(study, side), {other: _called(study, other) for other in others}
    pairs: list[tuple[str, str]] = []
    mine: set[str] = set(own)
    for country in countries_in(language):
        known = {one.lower() for one in (*country.names, *country.people)}
        called = (*country.names, *country.people, *country.capitals)
        if known & {one.lower() for one in own}:
            mine.update(called)
            continue
        label = next((other for other, names in labels.items() if known & {one.lower() for one in names}), THIRD)
        pairs += [(label, name) for name in called]
    for declared in study.declared.sides:
        if declared.id != side and declared.id not in labels:
            labels[declared.id] = _called(study, declared.id)
    pairs = [
        (other if other in set(others) else THIRD, name) for other, names in labels.items() for name in names
    ] + pairs
    return Names(_matcher(pairs, language), frozenset(_words(mine, language)))


def _called(study: StudyData, side: str) -> tuple[str, ...]:
    """The names of a side, each part of "USSR/Russia" by itself; none of texts of several sides."""
    if not study.is_side(side):
        return ()
    declared = study.side(side)
    parts = (
        part
        for name in (declared.name, *declared.names.values())
        for part in re.split(r"[/・]", re.sub(r"\([^)]*\)", "", name))
    )
    return tuple(dict.fromkeys(part.strip(" «»") for part in parts if part.strip(" «»")))


def _matcher(pairs: Iterable[tuple[str, str]], language: str) -> Matcher | JapaneseMatcher:
    if language == "ja":
        return JapaneseMatcher((label, name, ()) for label, name in pairs if not name.isascii())
    return Matcher(_patterns(pairs, language))


def _patterns(pairs: Iterable[tuple[str, str]], language: str) -> Iterator[tuple[str, str, Pieces, tuple[()]]]:
    for label, name in pairs:
        if len(plain(name)) < _SHORTEST or name.isascii() != (language == "en"):
            continue
        written = name if language == "en" else " ".join(map(_stem, name.split()))
        pieces = read_pieces(written)
        if pieces:
            yield label, name, inflected(pieces, name, "n") if language == "en" else pieces, ()


def _stem(word: str) -> str:
    """A Russian word without its ending, as a pattern: Советский → Советск*."""
    bare = _ENDING.sub("", word)
    return f"{bare}*" if len(bare) >= _STEM and not word.isupper() else word


def _words(names: Iterable[str], language: str) -> Iterator[str]:
    """Names of one word, plain; of Russian ones the commonest cases."""
    for name in names:
        if language == "ja":
            yield name
        elif " " not in name and len(name) >= _SHORTEST:
            yield plain(name)
            if language == "ru" and not name.isupper():
                yield from (plain(_ENDING.sub("", name)) + end for end in ("а", "и", "ю", "ия", "ое", "ая", "ий", "ие"))
