"""The lexicon of feeling: which words count, of which category, in which languages, and where they do not.

Ours is ``lexicon.tsv`` beside this module; a study's own, of the same form, is ``feeling.tsv`` in its folder and is added to
it. A line has six cells with tabs between: ``category`` (an id), ``language`` (en, ru or ja), ``words`` (a pattern; Japanese:
characters as they are written), ``pos`` (n, v, a: how an English word is inflected), ``unless`` (patterns around ``~``, the
words themselves, with ``;`` between; Japanese: longer words that hold them), ``note``. The last two may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Final

from rashomon.errors import Fault, RashomonError, Where, listing, suggest
from rashomon.measuring.feeling.patterns import Apart, Pieces, inflected, read_exception, read_pieces
from rashomon.study.bodies import read_plain
from rashomon.study.vocabulary import ID_PATTERN

FILE: Final = "feeling.tsv"
"""The lexicon that a study may bring, in its folder."""
COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "category": "id of the category: one of ours, or one of your own",
        "language": "en, ru or ja",
        "words": "a pattern: word, word*, stem(/ending/ending), and ... for up to five words; in Japanese, characters as written",
        "pos": "n, v or a: how an English word that is plain is inflected; said of others too",
        "unless": "where they do not count: patterns around ~, which stands for them, with ; between; in Japanese, longer words",
        "note": "a note, such as why",
    }
)
"""The cells of a line, and what each holds."""
LANGUAGES: Final = ("en", "ru", "ja")
POS: Final = ("n", "v", "a")
LEAST_CELLS: Final = 4

OPPOSITES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "trust": "distrust",
        "sincerity": "insincerity",
        "friendship": "enmity",
        "courtesy": "rudeness",
        "modesty": "arrogance",
        "pride": "humiliation",
    }
)
"""Categories whose denial speaks for another: "no trust" is told of distrust too. Denying the second is no claim of the
first.
"""
ALONE: Final = ("apology", "emotion", "threat")
CATEGORIES: Final = (*(one for pair in OPPOSITES.items() for one in pair), *ALONE)
"""The categories of our own lexicon, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Words that count for a category. ``pieces``: none of a Japanese entry, whose ``words`` are met as they are written.

    ``apart``: what must not stand around them; ``within``: longer Japanese words in which they do not count.
    """

    category: str
    language: str
    words: str
    pos: str
    pieces: Pieces
    apart: tuple[Apart, ...]
    within: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """Entries in their order. ``categories``: those that occur, ours first; ``own``: how many entries the study brought."""

    entries: tuple[Entry, ...]
    own: int = 0

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories that occur, ours first."""
        found = dict.fromkeys(one.category for one in self.entries)
        return (*(one for one in CATEGORIES if one in found), *(one for one in found if one not in CATEGORIES))


@cache
def shipped() -> Lexicon:
    """Our own lexicon."""
    text = resources.files("rashomon.measuring.feeling").joinpath("lexicon.tsv").read_text(encoding="utf-8")
    return Lexicon(read_entries(text, "lexicon.tsv"))


def lexicon_of(root: Path) -> Lexicon:
    """Our own lexicon, and what the study in the folder ``root`` adds to it; RashomonError with every fault of its file.

    An entry of the study with the category, language and words of one of ours takes its place.
    """
    if not (root / FILE).exists():
        return shipped()
    mine = read_entries(read_plain(root, FILE), FILE)
    named = {(one.category, one.language, one.words) for one in mine}
    kept = tuple(one for one in shipped().entries if (one.category, one.language, one.words) not in named)
    return Lexicon((*kept, *mine), len(mine))


def check_lexicon(root: Path) -> tuple[Fault, ...]:
    """Every fault of the lexicon that the study in the folder ``root`` brings; none where it brings none."""
    try:
        lexicon_of(root)
    except RashomonError as problem:
        return problem.faults
    return ()


def read_entries(text: str, file: str) -> tuple[Entry, ...]:
    """The entries of a lexicon; RashomonError with every fault: R531 (columns), R532 (language or part of speech), R533
    (words or exceptions that are no pattern), R534 (category), R535 (the same entry twice).
    """
    lines = text.split("\n")
    if lines[0].split("\t") != list(COLUMNS):
        raise RashomonError(_columns(file, 1, lines[0]))
    out: list[Entry] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(lines[1:], 2):
        if line.strip() and not line.startswith("#"):
            found = list(_faults(line.split("\t"), file, number, seen))
            faults += found
            if not found:
                out.append(_entry(line.split("\t")))
    if faults:
        raise RashomonError(faults)
    return tuple(out)


def _entry(cells: Sequence[str]) -> Entry:
    category, language, words, pos, unless, _ = _filled(cells)
    if language == "ja":
        return Entry(category, language, words, pos, (), (), tuple(_parts(unless)))
    pieces = read_pieces(words) or ()
    pieces = inflected(pieces, words, pos) if language == "en" else pieces
    apart = tuple(one for one in map(read_exception, _parts(unless)) if one is not None)
    return Entry(category, language, words, pos, pieces, apart, ())


def _filled(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(one.strip() for one in (*cells, *[""] * (len(COLUMNS) - len(cells))))


def _parts(unless: str) -> list[str]:
    return [one.strip() for one in unless.split(";") if one.strip()]


def _faults(cells: Sequence[str], file: str, line: int, seen: dict[tuple[str, ...], int]) -> Iterator[Fault]:
    if not LEAST_CELLS <= len(cells) <= len(COLUMNS):
        yield _columns(file, line, "\t".join(cells))
        return
    category, language, words, pos, unless, _ = _filled(cells)
    if not ID_PATTERN.match(category):
        yield Fault(
            "R534",
            "This is not the id of a category of feeling.",
            repr(category),
            listing((*CATEGORIES, "an id of your own")),
            suggest(category, CATEGORIES, "Write small letters, digits and hyphens, such as trust."),
            Where(file, line, field="category"),
        )
    for field, value, allowed in (("language", language, LANGUAGES), ("pos", pos, POS)):
        if value not in allowed:
            yield Fault(
                "R532",
                f"The {'language' if field == 'language' else 'part of speech'} of an entry is not one that is known.",
                repr(value),
                listing(allowed),
                suggest(value, allowed, "Write one of these."),
                Where(file, line, field=field),
            )
    yield from _unreadable(language, words, unless, file, line)
    first = seen.setdefault((category, language, words, pos), line)
    if first != line:
        yield Fault(
            "R535",
            "An entry stands twice in a lexicon of feeling.",
            f"{words!r}, first on line {first}",
            "each entry once",
            "Delete one of the two, and put the exceptions of both into the other.",
            Where(file, line, field="words"),
        )


def _unreadable(language: str, words: str, unless: str, file: str, line: int) -> Iterator[Fault]:
    allowed = "words, such as trust, humiliat*, довери(е/я/ю), loss of ... face"
    if language == "ja":
        allowed, fits = "characters as they are written, such as 信頼", bool(_JAPANESE.fullmatch(words))
    else:
        fits = read_pieces(words) is not None
    if not fits:
        yield Fault(
            "R533",
            "The words of an entry are no pattern.",
            repr(words),
            allowed,
            "See the how-to on the vocabulary of feeling.",
            Where(file, line, field="words"),
        )
    for one in _parts(unless):
        held = words in one and one != words if language == "ja" else read_exception(one) is not None
        if not held:
            wanted = (
                f"longer words that hold {words}"
                if language == "ja"
                else "patterns around ~, such as ~ fund* or threat of rain as ~ of rain"
            )
            yield Fault(
                "R533",
                "An exception of an entry is no pattern.",
                repr(one),
                wanted,
                "Separate exceptions by ; and write ~ for the words.",
                Where(file, line, field="unless"),
            )


_JAPANESE: Final = re.compile(r"[ぁ-ゖァ-ヺーｦ-ﾟ一-鿿㐀-䶿々〇A-Za-z0-9・]+")


def _columns(file: str, line: int, found: str) -> Fault:
    return Fault(
        "R531",
        "A line of a lexicon of feeling does not have the cells it should.",
        repr(found),
        "with tabs between: "
        + ", ".join(COLUMNS)
        + (" (the first line, exactly)" if line == 1 else f" ({LEAST_CELLS} to {len(COLUMNS)} cells)"),
        "Separate the cells by tabs, not by blanks or commas.",
        Where(file, line),
    )
