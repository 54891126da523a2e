"""Every format, and what may come instead of one: the suffix that lies, the archive that unfolds, bytes of no kind."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making_files import docx, mail, read, whole, wp, written, zipped

from rashomon.errors import Fault, RashomonError, Where
from rashomon.reading import originals
from rashomon.reading.documents import Block, Document, Metadata
from rashomon.reading.formats import documents_of
from rashomon.reading.kinds import SUFFIXES

WORD = st.text(alphabet="abcdefgxyzабвгдежзийклмно島海国の", min_size=1, max_size=9)
PARAGRAPH = st.lists(WORD, min_size=2, max_size=30).map(" ".join).map(lambda text: f"So {text}.")
OWN = [suffix for suffix in SUFFIXES if suffix != ".pdf"]


@given(st.lists(PARAGRAPH, min_size=1, max_size=8))
def test_what_is_written_in_any_format_comes_back_in_order(paragraphs: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for suffix, data in written(paragraphs).items():
            texts = [" ".join(block.text.split()) for block in read(Path(folder) / f"a{suffix}", data)]
            assert texts == paragraphs, suffix


@given(st.sampled_from(OWN), st.binary(max_size=400))
def test_bytes_of_no_kind_give_faults_and_nothing_else(suffix: str, data: bytes) -> None:
    consume(suffix, data)


SAMPLES = {
    **written(["So it was in the first year.", "И так далее, до конца."]),
    ".zip": zipped({"a.txt": "So it was.", "b.eml": mail("So.")}),
}


@given(
    st.sampled_from(sorted(SAMPLES)),
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=20),
)
def test_spoilt_files_give_faults_and_nothing_else(suffix: str, spoilt: list[tuple[int, int]]) -> None:
    data = bytearray(SAMPLES[suffix])
    for place, byte in spoilt:
        data[place % len(data)] = byte
    consume(suffix, bytes(data))
    consume(suffix, bytes(data[: spoilt[0][0]]))


def consume(suffix: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        with suppress(RashomonError):
            for _, blocks in whole(path, []):
                for block in blocks:
                    assert block.text.strip()
                    block.text.encode()  # can be stored


@pytest.mark.parametrize("suffix", sorted(written(["x"])))
@pytest.mark.parametrize("name", ["unknown", "a.xyz", "a.pdf"])
def test_where_the_suffix_says_nothing_or_lies_the_bytes_tell(tmp_path: Path, suffix: str, name: str) -> None:
    if name == "a.pdf" and suffix in (".txt", ".md", ".jsonl", ".eml"):
        return  # what is to be a PDF and begins like text is a broken PDF
    [block] = read(tmp_path / name, written(["So it was."])[suffix])
    assert block.text == "So it was."


REFUSED = {
    "a.doc": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500), "R907"),
    "b.docx": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500) + "EncryptedPackage".encode("utf-16-le"), "R902"),
    "c.rtf": (b"{\\rtf1 x}", "R907"),
    "d.txt": (b"\x89PNG\r\n\x1a\n" + bytes(50), "R907"),
    "e.xlsx": (zipped({"[Content_Types].xml": "x", "xl/workbook.xml": "x"}), "R907"),
    "f.ods": (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "x"}), "R907"),
    "g.bin": (bytes(range(256)) * 4, "R907"),
    "h.txt": (b"", "R908"),
    "i.txt": (b" \n\n ", "R908"),
    "j.html": (b"<html><body></body></html>", "R908"),
    "k.docx": (b"no archive", "R901"),
    "l.zip": (b"PK\3\4 no archive", "R901"),
    "m.zip": (zipped({}), "R908"),
    "n.mbox": (b"no box", "R901"),
    "o.eml": (b"\n\nno head", "R901"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_remedy(tmp_path: Path, name: str) -> None:
    data, code = REFUSED[name]
    with pytest.raises(RashomonError) as raised:
        read(tmp_path / name, data)
    fault = raised.value.fault
    assert (fault.code, fault.where.file) == (code, str(tmp_path / name))
    assert fault.found
    assert fault.allowed
    assert fault.remedy


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RashomonError) as raised:
        list(documents_of(tmp_path / "none.txt"))
    assert raised.value.fault.code == "R006"


def test_an_archive_of_many_kinds(tmp_path: Path) -> None:
    inner = zipped({"deep.txt": "So deep."})
    data = zipped(
        {
            "b/a.docx": docx(wp("So one.")),
            "../../etc/out.txt": "So two.",
            "c.zip": inner,
            "broken.docx": "no archive",
            "page_files/style.css": "x",
            "__MACOSX/._a.txt": "x",
            "scan.jpg": b"\xff\xd8\xff\xe0",
        }
    )
    (tmp_path / "a.zip").write_bytes(data)
    faults: list[Fault] = []
    found = {document.part: blocks[0].text for document, blocks in whole(tmp_path / "a.zip", faults)}
    assert found == {"b/a.docx": "So one.", "../../etc/out.txt": "So two.", "c.zip/deep.txt": "So deep."}
    assert {(fault.code, fault.where.file.partition("!")[2]) for fault in faults} == {
        ("R901", "broken.docx"),
        ("R907", "scan.jpg"),
    }
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]  # nothing was unpacked
    with pytest.raises(RashomonError) as raised:
        whole(tmp_path / "a.zip")
    assert len(raised.value.faults) == 2


def test_a_folder(tmp_path: Path) -> None:
    for suffix, data in written(["So it was."]).items():
        (tmp_path / f"a{suffix}").write_bytes(data)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "a.txt").write_text("no")
    found = [(document.part, blocks[0].text) for document, blocks in whole(tmp_path)]
    assert found == [
        (f"a{suffix}" + ("/1" if suffix == ".jsonl" else ""), "So it was.") for suffix in sorted(written([]))
    ]


def test_bombs_are_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    data = zipped(
        {
            "bomb.txt": bytes(64 << 20),
            "nested.zip": zipped({"x.zip": zipped({"y.zip": zipped({"z.txt": "So."})})}),
            "z.txt": "So.",
        }
    )
    (tmp_path / "a.zip").write_bytes(data)
    faults: list[Fault] = []
    assert [document.part for document, _ in whole(tmp_path / "a.zip", faults)] == ["z.txt"]
    assert {(fault.code, fault.where.file.partition("!")[2]) for fault in faults} == {
        ("R903", "bomb.txt"),
        ("R903", "nested.zip/x.zip/y.zip/z.txt"),
    }


def test_the_allowance_is_one_for_all_that_lies_within(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(originals.Allowance.__init__, "__defaults__", (10, 1000))
    part = zipped({"a.txt": "So. " * 100, "b.txt": "So. " * 100})
    (tmp_path / "a.zip").write_bytes(zipped({"1.zip": part, "2.zip": part, "3.txt": "So."}))
    faults: list[Fault] = []
    assert [document.part for document, _ in whole(tmp_path / "a.zip", faults)] == ["1.zip/a.txt"]
    assert {fault.code for fault in faults} == {"R903"}
    (tmp_path / "b.zip").write_bytes(zipped({f"{number}.txt": "So." for number in range(11)}))
    with pytest.raises(RashomonError) as raised:
        whole(tmp_path / "b.zip")
    assert raised.value.fault.code == "R903"


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": "So.", "b.txt": "So."}, zipfile.ZIP_STORED))
    directory = data.index(b"PK\1\2")
    data[6] |= 1
    data[directory + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    faults: list[Fault] = []
    assert [document.part for document, _ in whole(tmp_path / "a.zip", faults)] == ["b.txt"]
    assert [(fault.code, fault.where.file) for fault in faults] == [("R902", f"{tmp_path / 'a.zip'}!a.txt")]


def test_names_in_old_archives_are_read_as_they_were_meant(tmp_path: Path) -> None:
    named = "речь министра о договоре.txt"
    (tmp_path / "a.zip").write_bytes(_old(named.encode("cp866")))
    assert [document.part for document, _ in whole(tmp_path / "a.zip")] == [named]


def _old(name: bytes) -> bytes:
    """An archive of one member with a name in a code page, as programs of the 1990s wrote it."""
    stand_in = b"n" * (len(name) - 4) + b".txt"
    return zipped({stand_in.decode(): "So."}, zipfile.ZIP_STORED).replace(stand_in, name)


def test_a_missing_library_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>x</p>")
    code = (
        "import sys; sys.modules['lxml'] = None\nfrom pathlib import Path\nfrom rashomon.errors import RashomonError\n"
        "from rashomon.reading.formats import documents_of\n"
        f"try: list(documents_of(Path({str(tmp_path / 'a.html')!r})))\n"
        "except RashomonError as fault: print(fault.fault.code, fault.fault.remedy)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "R909 Run: pip install 'rashomon[read]'"


def test_a_process_that_reads_plain_documents_loads_nothing_of_a_study() -> None:
    readers = ", ".join(f"rashomon.reading.{name}" for name in ("child", "formats", "piecing", "plain_text", "docx_files"))
    code = f"import sys, {readers}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"rashomon.study", "numpy", "pydantic", "sqlalchemy"} & set(loaded)


def test_a_pdf_in_an_archive_is_given_to_its_reader_as_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def documents(path: Path, faults: list[Fault]) -> Iterator[Document]:
        assert path.read_bytes().startswith(b"%PDF-")
        faults.append(Fault("R908", "A page without text.", "page 2", "", "", Where(str(path))))
        yield Document(Metadata(), (Block(text) for text in ["So it was."]))

    reader = ModuleType("pdf_files")
    reader.documents = documents  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "rashomon.reading.pdf_files", reader)
    (tmp_path / "a.zip").write_bytes(zipped({"x/b.pdf": b"%PDF-1.7", "c": b"%PDF-1.4"}))
    faults: list[Fault] = []
    found = [(document.part, blocks[0].text) for document, blocks in whole(tmp_path / "a.zip", faults)]
    assert found == [("c", "So it was."), ("x/b.pdf", "So it was.")]
    assert [fault.where.file for fault in faults] == [f"{tmp_path / 'a.zip'}!c", f"{tmp_path / 'a.zip'}!x/b.pdf"]


def test_an_archive_that_begins_with_a_pdf_is_no_pdf(tmp_path: Path) -> None:
    data = zipped({"b.pdf": b"%PDF-1.7 no more of it", "c.txt": "So two."}, zipfile.ZIP_STORED)
    (tmp_path / "a.zip").write_bytes(data)
    faults: list[Fault] = []
    assert [document.part for document, _ in whole(tmp_path / "a.zip", faults)] == ["c.txt"]
    assert [fault.where.file for fault in faults] == [f"{tmp_path / 'a.zip'}!b.pdf"]


def test_only_the_formats_that_are_met_load_their_libraries(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("So it was.")
    code = (
        "import sys; from pathlib import Path; from rashomon.reading.formats import documents_of\n"
        f"[list(one.blocks) for one in documents_of(Path({str(tmp_path / 'a.txt')!r}))]; print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"lxml", "pypdfium2"} & set(done.stdout.split())


HOSTILE = {
    ".md": b"![" * 20_000,
    ".html": b"<?xml " * 50_000,
    ".htm": b"<!-- x -->" * 50_000,
    "": b"<!-- x -->" * 50_000,
    ".txt": b"\x1b$" * 50_000,
    ".jsonl": b"1\n" * 5_000,
    ".eml": b"From: " + b"a," * 50_000 + b"\n\nSo it was.",
    ".mbox": b"From a 1991\n\n" * 5_000,
}


@pytest.mark.parametrize("suffix", HOSTILE)
def test_what_repeats_without_end_comes_to_an_end(tmp_path: Path, suffix: str) -> None:
    """Each took minutes, or gigabytes, where an expression or the standard library went back over it again and again."""
    (tmp_path / f"a{suffix}").write_bytes(HOSTILE[suffix])
    with suppress(RashomonError):
        whole(tmp_path / f"a{suffix}", [])


def test_a_file_of_broken_lines_is_no_file_of_records(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("1\n" * 5_000)
    faults: list[Fault] = []
    with pytest.raises(RashomonError) as raised:
        whole(tmp_path / "a.jsonl", faults)
    assert (raised.value.fault.code, len(faults)) == ("R901", 1001)
