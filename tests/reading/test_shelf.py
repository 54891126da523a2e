"""The shelf: what is on it follows from the files alone, whatever came and went before."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from standin_reader import pieces

from rashomon.reading import Passage, Shelf
from rashomon.reading.child import _send_document
from rashomon.reading.documents import Document, Metadata
from rashomon.reading.shelf import Origin
from rashomon.reading.working import Outcome, Task
from rashomon.study.store import open_store

Texts = Sequence[Sequence[str]]  # documents of a file, paragraphs of a document


def outcome(file: str, texts: Texts, whole: int | None = None) -> Outcome:
    """What a child would have said of a file."""
    said = BytesIO()
    for number, paragraphs in enumerate(texts):
        document = Document(Metadata(published="1990"), (), str(number))
        _send_document(document, pieces("\n\n".join(paragraphs), []), said)
    return Outcome(Task(Path(file), file, 1), (), False, len(texts) if whole is None else whole, said)


def contents(shelf: Shelf) -> list[Passage]:
    """All passages, and that the shelf agrees with itself about them."""
    there = list(shelf.passages())
    assert len({one.address for one in there}) == len(there)
    assert sum(one.passages for one in shelf.files().values()) == len(there)
    return there


FILES = st.sampled_from(("a", "b", "c"))
TEXTS = st.lists(st.lists(st.sampled_from(("Amen.", "No.", "Yes!", "[1] Amen.")), max_size=4), max_size=3)
STEPS = st.lists(st.tuples(FILES, st.sampled_from(("north", "south")), st.none() | TEXTS), max_size=8)


@given(steps=STEPS)
def test_the_shelf_follows_from_the_files_alone(steps: list[tuple[str, str, Texts | None]]) -> None:
    final: dict[str, tuple[str, Texts]] = {}
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        used, fresh = open_store(one), open_store(other)
        assert used is not None
        assert fresh is not None
        with used, fresh:
            for file, source, texts in steps:
                if texts is None:
                    Shelf(used).drop([file])
                    final.pop(file, None)
                else:
                    Shelf(used).put(outcome(file, texts), "", Origin(source))
                    final[file] = source, texts
            for file, (source, texts) in reversed(final.items()):
                Shelf(fresh).put(outcome(file, texts), "", Origin(source))
            assert contents(Shelf(used)) == contents(Shelf(fresh))
            with used.reading() as connection:
                passages = connection.exec_driver_sql("SELECT id FROM passages ORDER BY id").all()
                assert connection.exec_driver_sql("SELECT rowid FROM passage_words ORDER BY rowid").all() == passages


def test_only_whole_documents_come_onto_it(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    assert store is not None
    with store:
        Shelf(store).put(outcome("a", [["Amen."], ["No."], ["Yes!"]], whole=2), "", Origin("north", "1985", "1999"))
        assert [(one.document, one.text, one.published) for one in Shelf(store).passages()] == [
            ("a!0", "Amen.", "1985"), ("a!1", "No.", "1985"),
        ]  # fmt: skip
        assert Shelf(store).metadata("a")["published"] == "1990"


def test_a_time_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    assert store is not None
    with store:
        Shelf(store).put(outcome("a", [["Amen."]]), "", Origin("north", "some day"))
        assert [one.published for one in Shelf(store).passages()] == ["1990"]
