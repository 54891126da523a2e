"""The words of the texts that texts.csv lists: from plain files of the study, else from the passages that were read.

A text's words are those of its ``file``; where that cell is blank, all that was read of its source, which then may have no other
such text. ``.txt`` and ``.md`` are read as they are (UTF-8, with or without a
byte-order mark, any line ends); of every other format the passages count that `rashomon read` put into the store, without notes,
running heads and page numbers.
"""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import Fault, RashomonError, Where, error, listing, suggest, unreadable
from rashomon.languages import language_of
from rashomon.study.columns import Ints
from rashomon.study.loading import StudyData
from rashomon.study.rows import TextRecord
from rashomon.study.scanning import inside
from rashomon.study.times import When

if TYPE_CHECKING:
    from rashomon.study.store import Store

PLAIN: Final = (".txt", ".text", ".md", ".markdown")
"""Ends of the names of files whose words are read directly, in either case."""
_APART: Final = ("note", "running", "folio")  # kinds of passages that are not the text's own words
_SAMPLE: Final = 4000  # characters by which the language is told
_WIDE: Final = ((codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))


@dataclass(frozen=True, slots=True)
class Body:
    """A text with its words. ``author``: ids of actors or sides; ``sides``: theirs, each once; ``file``: where the words stand,
    "" where they are passages of the source; ``text``: every line end is a line feed; ``language``: ``en``, ``ru``, ``ja`` or "",
    by the script.
    """

    id: str
    series: str
    when: When
    author: tuple[str, ...]
    sides: tuple[str, ...]
    title: str
    source: str
    file: str
    text: str
    language: str


@dataclass(frozen=True)
class Bodies:
    """Texts in the order of their times. ``faults``: of texts whose words cannot be had, one each; ``notes``: what should be
    known of the order and of empty texts, in sentences.
    """

    rows: tuple[Body, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]


def read_bodies(study: StudyData, series: str = "") -> Bodies:
    """The texts that the study's view shows, of all series or one, with their words; all are held at once.

    R004 where the study has no such series. See :func:`each_body` for what becomes of texts without words.
    """
    faults: list[Fault] = []
    rows = tuple(each_body(study, faults, series))
    return Bodies(rows, tuple(faults), (*order_notes(study, series), *_empty(rows)))


def each_body(study: StudyData, faults: list[Fault], series: str = "") -> Iterator[Body]:
    """The texts one by one, as :func:`read_bodies` gives them.

    ``faults`` receives R521 (words that were never read, or are of no one text), R109 and R108 (no UTF-8), R110 (outside of the
    study) and R006 of each text whose words cannot be had, which is left out.
    """
    _require(study, series)
    shelf = _Passages(study.root)
    shared = Counter(study.texts.source.of(row) for row in range(len(study.texts)) if not study.texts.file[row])
    try:
        for row in ordered_rows(study, series):
            record = study.texts.row(row)
            try:
                text = _words(study, record, shelf, shared)
            except RashomonError as problem:
                faults.extend(problem.faults)
                continue
            yield _body(study, record, text)
    finally:
        shelf.close()


def ordered_rows(study: StudyData, series: str = "") -> list[int]:
    """The rows of texts.csv that the view shows, of one series or all, by the first day of their time, its last, and id."""
    texts = study.texts
    rows = [int(row) for row in study.open_rows("texts") if series in ("", texts.series.of(int(row)))]
    return sorted(rows, key=lambda row: (texts.when_lo[row], texts.when_hi[row], texts.id[row]))


def order_notes(study: StudyData, series: str = "") -> tuple[str, ...]:
    """What should be known of the order of texts: series of one text, times that overlap, rows out of order in the file."""
    notes: list[str] = []
    for one in [one for one in study.declared.series if series in ("", one.id)]:
        rows = np.array(ordered_rows(study, one.id), np.intp)
        if len(rows):
            notes += _of_order(one.id, rows, study.texts.when_lo[rows], study.texts.when_hi[rows])
    return tuple(notes)


def _of_order(series: str, rows: NDArray[np.intp], lo: Ints, hi: Ints) -> Iterator[str]:
    if len(rows) == 1:
        yield f"The series {series} has one text, which can be compared with none."
    ties = int(np.count_nonzero((lo[1:] == lo[:-1]) & (hi[1:] == hi[:-1])))
    overlaps = int(np.count_nonzero(lo[1:] <= np.maximum.accumulate(hi)[:-1])) - ties
    if ties:
        yield f"In the series {series} {ties} of {len(rows)} texts have the time of the one before: their order is not known."
    if overlaps:
        yield f"In the series {series} the times of {overlaps} of {len(rows)} texts overlap with that of one before."
    if np.any(np.diff(rows) < 0):
        yield f"The texts of the series {series} do not stand in the order of their times in texts.csv; they were sorted."


def _empty(rows: tuple[Body, ...]) -> Iterator[str]:
    names = [one.id for one in rows if not one.text.strip()]
    if names:
        yield f"{'A text has' if len(names) == 1 else f'{len(names)} texts have'} no words: {listing(names)}."


def _require(study: StudyData, series: str) -> None:
    names = [one.id for one in study.declared.series]
    if series and series not in names:
        raise error(
            "R004",
            "The study declares no such series.",
            found=repr(series),
            allowed=listing(names) or "a study that declares series of texts",
            remedy=suggest(series, names, "see the ids of [[series]] in study.toml."),
        )


def _body(study: StudyData, record: TextRecord, text: str) -> Body:
    sides = tuple(dict.fromkeys(study.side_of(one) for one in record.author))
    language = language_of(text[:_SAMPLE])
    return Body(
        record.id,
        record.series,
        record.when,
        record.author,
        sides,
        record.title,
        record.source,
        record.file,
        text,
        language,
    )


def _words(study: StudyData, record: TextRecord, shelf: _Passages, shared: Mapping[str, int]) -> str:
    if record.file.lower().endswith(PLAIN):
        return read_plain(study.root, record.file, record)
    if not record.file and shared[record.source] > 1:
        what = f"{shared[record.source]} texts without a file of the source {record.source}"
        raise _wordless(record, what, "Name the file of each in the column file.")
    found = shelf.text(record.file, record.source)
    if found is None:
        what = f"{record.file or f'the source {record.source}'}, which was not read"
        remedy = "Run `rashomon read`, or name a file of plain text (.txt or .md) in the column file."
        raise _wordless(record, what, remedy)
    return found


def read_plain(root: Path, file: str, record: TextRecord | None = None) -> str:
    """The words of a plain file of the study at ``root``; R006, R108, R109 or R110 where they cannot be had."""
    where = Where("texts.csv", record.line, field="file") if record else Where(file)
    path = inside(root, file, where=where)
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise RashomonError(unreadable(file, problem)) from problem
    wide = next((name for mark, name in _WIDE if data.startswith(mark)), "")
    try:
        text = data.decode("utf-8-sig") if not wide else ""
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise _not_utf8(
            file, f"byte 0x{data[problem.start]:02X} at place {problem.start + 1:,} of the file", line
        ) from problem
    if wide:
        raise _not_utf8(file, f"a file in {wide}", 1)
    if "\0" in text:
        raise error("R108", "A text holds a NUL byte.", found=f"byte 0x00 at place {data.index(0) + 1:,} of the file",
                    allowed="text in UTF-8", remedy="Save the file again as plain text in UTF-8.",
                    where=Where(file, data.count(b"\n", 0, data.index(0)) + 1))  # fmt: skip
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(file: str, found: str, line: int) -> RashomonError:
    return error(
        "R109",
        "The file of a text is not UTF-8.",
        found=found,
        allowed="plain text in UTF-8",
        remedy=f"Convert it from its old encoding, as by: iconv -f CP1251 -t UTF-8 {file}, and save it as UTF-8.",
        where=Where(file, line),
    )


def _wordless(record: TextRecord, found: str, remedy: str) -> RashomonError:
    return error(
        "R521",
        "The words of a text are not in the study.",
        found=f"text {record.id}: {found}",
        allowed="a plain file of its own, or a document that was read",
        remedy=remedy,
        where=Where("texts.csv", record.line, field="file"),
    )


class _Passages:
    """The passages of the study's store, which is opened, and SQLAlchemy loaded, only where a text needs it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._store: Store | None = None

    def text(self, file: str, source: str) -> str | None:
        """The words of the passages of a file, or of a source where none is given; None where it was not read."""
        from rashomon.study.store import FILE, open_store

        if self._store is None and (self._root / FILE).is_file():
            self._store = open_store(self._root, to_read=True)
        return _joined(self._store, file, source) if self._store is not None else None

    def close(self) -> None:
        """Let go of the store."""
        if self._store is not None:
            self._store.close()


def _joined(store: Store, file: str, source: str) -> str | None:
    import sqlalchemy as sa

    from rashomon.study.store_tables import DOCUMENTS, FILES, PASSAGES

    joined = PASSAGES.join(DOCUMENTS, PASSAGES.c.document == DOCUMENTS.c.id).join(FILES, DOCUMENTS.c.file == FILES.c.id)
    query = sa.select(PASSAGES.c.text).select_from(joined).where(PASSAGES.c.kind.not_in(_APART))
    query = query.where(FILES.c.file == file if file else PASSAGES.c.source == source)
    with store.reading() as connection:
        found = connection.execute(query.order_by(FILES.c.file, DOCUMENTS.c.id, PASSAGES.c.place)).scalars().all()
    return "\n\n".join(found) if found else None
