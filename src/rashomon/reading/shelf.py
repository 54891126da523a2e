"""The shelf: files that were read, their documents and passages, in the study's store.

What came of a file goes onto it in one transaction, in place of what was there: all or nothing. An address is
``SOURCE#ANCHOR``; where a source has an anchor more than once, those after the first bear a number, by file, document and
place. Addresses follow from what the shelf holds alone, not from the order in which it came there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from rashomon.errors import Fault, RashomonError, Where, error
from rashomon.reading.passages import Passage, Repair
from rashomon.reading.working import Outcome, fault_of
from rashomon.study import OPEN_LO, parse_when
from rashomon.study.store import FILE, Store, open_store
from rashomon.study.store_tables import DOCUMENTS, FILES, PASSAGES, WORDS

FOUND: Final = (PASSAGES, DOCUMENTS.c.part, DOCUMENTS.c.published, FILES.c.file)
"""The columns of which :func:`passage_of` makes a passage."""
JOINED: Final = PASSAGES.join(DOCUMENTS, PASSAGES.c.document == DOCUMENTS.c.id).join(FILES, DOCUMENTS.c.file == FILES.c.id)

_DATES: Final = ("published", "published_lo", "published_hi")
_TOUCHED: Final = "temp.touched_anchors"
_OF_FILE: Final = "FROM passages WHERE document IN (SELECT id FROM documents WHERE file = ?)"
_SHARED: Final = f"(source, anchor) IN (SELECT source, anchor FROM {_TOUCHED})"
_SET_APART: Final = f"UPDATE passages SET repeat = -id WHERE {_SHARED} AND repeat > 0"
_NUMBER: Final = f"""
UPDATE passages SET repeat = ranked.rank FROM (
  SELECT p.id AS id, row_number() OVER (PARTITION BY p.source, p.anchor ORDER BY f.file, d.id, p.place) AS rank
  FROM passages p JOIN documents d ON p.document = d.id JOIN files f ON d.file = f.id
  WHERE (p.source, p.anchor) IN (SELECT source, anchor FROM {_TOUCHED})
) ranked WHERE passages.id = ranked.id
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as the shelf has it. ``basis``: a digest of all that its passages depend on; ``faults``: why it, or what of it, was
    not read; ``repairs``: kind → number.
    """

    file: str
    basis: str
    source: str
    failed: bool
    faults: tuple[Fault, ...]
    documents: int
    passages: int
    pages: int
    repairs: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a file beside its bytes: its source, when it was published as somebody states (``stated``), and when where
    neither that nor the file itself says (``otherwise``); times of the grammar, or "".
    """

    source: str
    stated: str = ""
    otherwise: str = ""


class Shelf:
    """The passages in an open store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def files(self) -> dict[str, Kept]:
        """Every file that was read, or could not be, by its name."""
        with self._store.reading() as connection:
            files = connection.execute(sa.select(FILES).order_by(FILES.c.file)).mappings().all()
            columns = (DOCUMENTS.c[name] for name in ("file", "passages", "pages", "repairs"))
            counts: dict[int, Counter[str]] = {}
            repairs: dict[int, Counter[str]] = {}
            for file, passages, pages, mended in connection.execute(sa.select(*columns)):
                counts.setdefault(file, Counter()).update(documents=1, passages=passages, pages=pages)
                repairs.setdefault(file, Counter()).update(json.loads(mended))
        return {row["file"]: _kept(row, counts.get(row["id"], {}), repairs.get(row["id"], {})) for row in files}

    def put(self, outcome: Outcome, basis: str, origin: Origin) -> None:
        """Put what came of a file onto the shelf, in place of what was there. R701 where another program writes."""
        task = outcome.task
        row = {
            "file": task.name,
            "basis": basis,
            "size": task.size,
            "source": origin.source,
            "status": "failed" if outcome.failed else "read",
            "faults": _json([asdict(fault) for fault in outcome.faults]),
        }
        with self._changing() as connection:
            _clear(connection, task.name)
            number = connection.execute(sa.insert(FILES).values(row)).lastrowid
            _fill(connection, number, outcome, origin)
            connection.exec_driver_sql(f"INSERT OR IGNORE INTO {_TOUCHED} SELECT source, anchor {_OF_FILE}", (number,))

    def metadata(self, file: str) -> dict[str, Any]:
        """What the documents of a file say of themselves, where they agree: see :class:`~rashomon.reading.documents.Metadata`."""
        query = sa.select(DOCUMENTS.c.metadata).select_from(DOCUMENTS.join(FILES, DOCUMENTS.c.file == FILES.c.id))
        with self._store.reading() as connection:
            said = [json.loads(one) for one in connection.execute(query.where(FILES.c.file == file)).scalars()]
        shared = {name for one in said for name in one if all(one[name] == other[name] for other in said)}
        return {name: said[0][name] for name in shared}

    def undated(self) -> tuple[str, ...]:
        """The sources of which some document has no date, or none but the day by which it was published."""
        query = sa.select(FILES.c.source).select_from(DOCUMENTS.join(FILES, DOCUMENTS.c.file == FILES.c.id))
        lowest = DOCUMENTS.c.published_lo
        query = query.where(lowest.is_(None) | (lowest == OPEN_LO)).distinct().order_by(FILES.c.source)
        with self._store.reading() as connection:
            return tuple(connection.execute(query).scalars())

    def date(self, origin_of: Callable[[str], Origin]) -> None:
        """Give the documents the dates that are known of their files now, so that none need be read again for its date.

        Where nothing can be written, or somebody else writes, they keep those that they have.
        """
        said = sa.func.json_extract(DOCUMENTS.c.metadata, "$.published")
        dates = tuple(DOCUMENTS.c[name] for name in _DATES)
        query = sa.select(FILES.c.file, FILES.c.source, DOCUMENTS.c.id, said, *dates)
        with self._store.reading() as connection:
            rows = connection.execute(query.select_from(DOCUMENTS.join(FILES, DOCUMENTS.c.file == FILES.c.id))).all()
        origins = {file: origin_of(file) for file in {row[0] for row in rows}}
        changed = []
        for file, source, number, own, *there in rows:
            origin = origins[file]
            found = _published(origin.stated, own, origin.otherwise)
            if origin.source == source and there != list(found.values()):
                changed.append({"number": number, **found})
        if changed:
            update = sa.update(DOCUMENTS).where(DOCUMENTS.c.id == sa.bindparam("number"))
            with suppress(RashomonError), self._store.writing() as connection:
                connection.execute(update, changed)

    def drop(self, files: Iterable[str]) -> None:
        """Take files, and all their passages, from the shelf."""
        with self._changing() as connection:
            for file in files:
                _clear(connection, file)

    def passages(self, source: str = "") -> Iterator[Passage]:
        """The passages, all or those of one source, by file and in their order."""
        query = sa.select(*FOUND).select_from(JOINED).order_by(FILES.c.file, DOCUMENTS.c.id, PASSAGES.c.place)
        if source:
            query = query.where(PASSAGES.c.source == source)
        with self._store.reading() as connection:
            for row in connection.execution_options(yield_per=500).execute(query).mappings():
                yield passage_of(row)

    def passage(self, address: str) -> Passage | None:
        """The passage of an address; None where there is none."""
        source, _, rest = address.strip().rpartition("#")
        anchor, _, repeat = rest.partition("-")
        if repeat and not (repeat.isascii() and repeat.isdecimal() and len(repeat) < 10):
            return None
        table = PASSAGES.c
        place = (table.source == source, table.anchor == anchor, table.repeat == int(repeat or 1))
        query = sa.select(*FOUND).select_from(JOINED).where(*place)
        with self._store.reading() as connection:
            row = connection.execute(query).mappings().one_or_none()
        return None if row is None else passage_of(row)

    def __bool__(self) -> bool:
        """Whether there is any passage."""
        with self._store.reading() as connection:
            return connection.execute(sa.select(PASSAGES.c.id).limit(1)).first() is not None

    @contextmanager
    def _changing(self) -> Iterator[sa.Connection]:
        """A transaction in which passages change, at the end of which those that share an anchor are numbered anew."""
        with self._store.writing() as connection:
            connection.exec_driver_sql(f"CREATE TABLE {_TOUCHED} (source, anchor, PRIMARY KEY (source, anchor))")
            yield connection
            for statement in (_SET_APART, _NUMBER, f"DROP TABLE {_TOUCHED}"):
                connection.exec_driver_sql(statement)


def store_if_read(root: Path, note: Callable[[str], object] = lambda _: None) -> Store | None:
    """The store of a study, if it was read; none is made for one that was not. ``note`` is told why it cannot be opened.

    In a folder that can only be read, it is opened to be read.
    """
    return open_store(root, note=note, to_read=True) if (root / FILE).is_file() else None


def store_of(root: Path, to_read: bool = False) -> Store:
    """The store in which a study keeps its passages. R006 where it cannot be kept, as in a folder that can only be read; or, with
    ``to_read``, where it cannot be read either, or is of an earlier release and would have to be brought up to date.
    """
    notes: list[str] = []
    store = open_store(root, note=notes.append, to_read=to_read)
    if store is None:
        raise error(
            "R006",
            "The passages cannot be opened." if to_read else "There is nowhere to keep passages.",
            found=notes[0],
            allowed="a study's folder that can be written to, on a disk with room for it",
            remedy="Make room, or copy the study to where you may write and there is room, and run the command there.",
            where=Where(FILE),
        )
    return store


def _clear(connection: sa.Connection, file: str) -> None:
    """Take a file from the shelf, noting the anchors that it leaves."""
    number = connection.execute(sa.select(FILES.c.id).where(FILES.c.file == file)).scalar_one_or_none()
    if number is None:
        return
    for statement in (
        f"INSERT OR IGNORE INTO {_TOUCHED} SELECT source, anchor {_OF_FILE}",
        f"DELETE FROM {WORDS} WHERE rowid IN (SELECT id {_OF_FILE})",
        f"DELETE {_OF_FILE}",
        "DELETE FROM documents WHERE file = ?",
        "DELETE FROM files WHERE id = ?",
    ):
        connection.exec_driver_sql(statement, (number,))


def _fill(connection: sa.Connection, file: int, outcome: Outcome, origin: Origin) -> None:
    """Enter the documents of a file that are whole, and their passages."""
    begun: dict[str, Any] = {}
    document = place = start = 0
    number = _last(connection, PASSAGES)
    for kind, told in outcome.messages():
        if kind == "document":
            begun, document, place, start = told, _last(connection, DOCUMENTS) + 1, 0, 0
        elif kind == "passages":
            rows, words = [], []
            for anchor, what, page, paragraph, heading, language, text, original, repairs, *terms in told:
                number += 1
                # its repeat is set at the end of the transaction; until then it is one that no other passage has
                rows.append((
                    number, document, place, origin.source, anchor, -number, what, page, paragraph, _json(heading), language,
                    start, text, original, _json(repairs),
                ))  # fmt: skip
                words.append((number, *terms))
                place, start = place + 1, start + len(text) + 2
            _insert(connection, "passages", rows)
            _insert(connection, f"{WORDS} (rowid, lemmas, others, forms)", words)
        else:
            values = {"id": document, "file": file, "part": begun["part"], "passages": place, "pages": told["pages"]}
            published = _published(origin.stated, begun["metadata"]["published"], origin.otherwise)
            values |= published | {"metadata": _json(begun["metadata"]), "repairs": _json(told["repairs"])}
            connection.execute(sa.insert(DOCUMENTS).values(values))


def _insert(connection: sa.Connection, into: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        connection.exec_driver_sql(f"INSERT INTO {into} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _last(connection: sa.Connection, table: sa.Table) -> int:
    return connection.execute(sa.select(sa.func.max(table.c.id))).scalar_one_or_none() or 0


def _published(*said: str) -> dict[str, Any]:
    """The first of these times that can be read, with its bounds: :data:`_DATES`."""
    for text in filter(None, said):
        try:
            when = parse_when(text)
        except RashomonError:
            continue
        return {"published": when.text, "published_lo": when.lo, "published_hi": when.hi}
    return {"published": "", "published_lo": None, "published_hi": None}


def passage_of(row: Mapping[Any, Any]) -> Passage:
    """A row of :data:`FOUND` as a passage."""
    original = row["text"] if row["original"] is None else row["original"]
    repairs = (Repair(kind, start, end, original[start:end], after) for kind, start, end, after in json.loads(row["repairs"]))
    return Passage(
        original=original,
        text=row["text"],
        kind=row["kind"],
        page=row["page"],
        paragraph=row["paragraph"],
        heading=tuple(json.loads(row["heading"])),
        language=row["language"],
        anchor=row["anchor"],
        repairs=tuple(repairs),
        address=f"{row['source']}#{row['anchor']}" + (f"-{row['repeat']}" if row["repeat"] > 1 else ""),
        source=row["source"],
        document=row["file"] + (f"!{row['part']}" if row["part"] else ""),
        place=row["place"],
        published=row["published"],
        start=row["start"],
    )


def _kept(row: Mapping[Any, Any], counts: Mapping[str, int], repairs: Mapping[str, int]) -> Kept:
    faults = tuple(map(fault_of, json.loads(row["faults"])))
    documents, passages, pages = (counts.get(name, 0) for name in ("documents", "passages", "pages"))
    failed = row["status"] == "failed"
    return Kept(row["file"], row["basis"], row["source"], failed, faults, documents, passages, pages, dict(repairs))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
