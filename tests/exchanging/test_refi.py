"""REFI-QDA: what we write has the standard's shape, comes back as it was, and what others write becomes proposals."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchanging.refi import faults
from tests.studies import DECLARED, write_study, write_table

from rashomon.errors import RashomonError
from rashomon.exchanging import export_study, import_file
from rashomon.exchanging.coded_out import codes_of, corpus_of
from rashomon.exchanging.corpora import Code, CodedText, Corpus, Mark
from rashomon.exchanging.refi_reading import read_project
from rashomon.exchanging.refi_writing import guid, write_project
from rashomon.study import open_study

TEXT = '\n[[source]]\nid = "text"\ntitle = "A text"\npublished = "1999"\nkind = "speech"\nfile = "sources/text.txt"\n'
WORDS = "They said: 😀 Never!\r\nAnd left."
ROWS = [
    {"id": "s1", "path": "north-leader > south-ministry", "modality": "believes > wants", "topic": "border", "stance": "keep",
     "when": "1986/1987", "note": "Keeps\r\nit. \x0c", "coder": "Ann", "certainty": "0.8"},
    {"id": "s2", "path": "south-ministry", "modality": "not wants", "topic": "north:peaceful", "stance": "positive",
     "when": "1999", "quote": "Never!", "source": "text", "coder": "Bob"},
    {"id": "s3", "path": "south-public", "topic": "s1", "stance": "", "modality": "overlooks", "status": "proposed"},
]  # fmt: skip


def rows(root: Path) -> list[dict[str, str]]:
    with (root / "statements.csv").open(encoding="utf-8", newline="") as file:
        return [{key: text for key, text in one.items() if text} for one in csv.DictReader(file)]


def qde(path: Path) -> bytes:
    return zipfile.ZipFile(path).read("project.qde")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    root = write_study(tmp_path / "mine", DECLARED + TEXT, statements=ROWS)
    (root / "sources").mkdir()
    (root / "sources" / "text.txt").write_bytes(WORDS.encode())
    return root


def test_a_study_comes_back_as_it_was(study: Path, tmp_path: Path) -> None:
    there = export_study("qdpx", open_study(study), tmp_path / "a.qdpx")
    assert there.counts["passages"] == 3
    assert faults(qde(tmp_path / "a.qdpx")) == []
    back = import_file("qdpx", tmp_path / "a.qdpx", tmp_path / "back")
    assert back.losses == ()
    assert rows(tmp_path / "back") == rows(study)
    for name in ("study.toml", "sources/text.txt"):
        assert (tmp_path / "back" / name).read_bytes() == (study / name).read_bytes()


def test_the_worked_study_comes_back_with_all_its_tables(kuril: Path, tmp_path: Path) -> None:
    export_study("qdpx", open_study(kuril), tmp_path / "a.qdpx")
    assert faults(qde(tmp_path / "a.qdpx")) == []
    import_file("qdpx", tmp_path / "a.qdpx", tmp_path / "back")
    assert rows(tmp_path / "back") == rows(kuril)
    for name in ("study.toml", "moves.csv", "polls.csv", "packages.csv", "links.csv", "access.csv"):
        assert (tmp_path / "back" / name).read_bytes() == (kuril / name).read_bytes()


def test_tables_whose_files_were_taken_out_of_a_project_are_told(study: Path, tmp_path: Path) -> None:
    (study / "links.csv").write_text("from,kind,to,by,source,locator,note\n", encoding="utf-8")
    export_study("qdpx", open_study(study), tmp_path / "a.qdpx")
    with zipfile.ZipFile(tmp_path / "a.qdpx") as whole, zipfile.ZipFile(tmp_path / "b.qdpx", "w") as archive:
        for name in whole.namelist():
            if not whole.read(name).startswith(b"from,kind"):
                archive.writestr(name, whole.read(name))
    told = import_file("qdpx", tmp_path / "b.qdpx", tmp_path / "back").losses
    assert [loss.what for loss in told if loss.why == "its text is not in the file"] == ["note links.csv"]
    assert rows(tmp_path / "back") == rows(study)


def test_statements_come_back_from_a_project_whose_texts_were_taken_out(study: Path, tmp_path: Path) -> None:
    export_study("qdpx", open_study(study), tmp_path / "a.qdpx")
    with zipfile.ZipFile(tmp_path / "a.qdpx") as whole, zipfile.ZipFile(tmp_path / "b.qdpx", "w") as archive:
        archive.writestr("project.qde", whole.read("project.qde"))
    told = [str(one) for one in import_file("qdpx", tmp_path / "b.qdpx", tmp_path / "back").losses]
    assert rows(tmp_path / "back") == rows(study)
    assert "sources: file sources/text.txt: its text is not in the project; put it into the study" in told
    assert not (tmp_path / "back" / "sources").exists()


def test_a_text_whose_file_is_no_plain_text_stays_behind_and_is_told(study: Path, tmp_path: Path) -> None:
    toml = study / "study.toml"
    toml.write_text(toml.read_text() + '\n[[series]]\nid = "speeches"\nname = "Speeches"\n')
    text = {"series": "speeches", "author": "north-leader", "title": "A speech"}
    write_table(study, "texts", [text | {"id": "t1", "file": "sources/text.txt"}, text | {"id": "t2", "file": "sources/a.pdf"}])
    (study / "texts.csv").write_bytes((study / "texts.csv").read_bytes().replace(b",", b";"))
    (study / "sources" / "a.pdf").write_bytes(b"%PDF-1.4\xff")
    there = export_study("qdpx", open_study(study), tmp_path / "a.qdpx")
    assert "sources/a.pdf: its words: it is no plain text in UTF-8, and stays in the study" in map(str, there.losses)
    back = import_file("qdpx", tmp_path / "a.qdpx", tmp_path / "back")
    assert "text t2: its file sources/a.pdf: it did not come along; put it into the study and name it" in map(str, back.losses)
    assert open_study(tmp_path / "back").texts.file.values == ("sources/text.txt",)
    assert (tmp_path / "back" / "texts.csv").read_bytes() == (study / "texts.csv").read_bytes().replace(b"sources/a.pdf", b"")


@pytest.mark.parametrize("codec", ["koi8-r", "cp1251", "utf-16"])
@pytest.mark.parametrize("form", ["qdpx", "dna"])
def test_a_text_in_an_old_encoding_goes_over_as_it_is_read(study: Path, tmp_path: Path, codec: str, form: str) -> None:
    words = "Мы говорили о границе, и никто не хотел уступать. Министерство молчало весь год.\n"
    (study / "sources" / "text.txt").write_bytes(words.encode(codec))
    write_table(study, "statements", [ROWS[1] | {"topic": "border", "stance": "keep", "quote": "никто не хотел уступать"}])
    moved = export_study(form, open_study(study), tmp_path / "out", "geheim" * (form == "dna"))
    assert not [one for one in moved.losses if one.place in ("source text", "statement s2") and "time" not in one.what]
    import_file(form, tmp_path / "out", tmp_path / "back")
    found = open_study(tmp_path / "back")
    assert list(found.statements.quote) == ["никто не хотел уступать"]
    (file,) = [one for source in found.declared.sources if "text" in source.id for one in source.file]
    assert (tmp_path / "back" / file).read_text(encoding="utf-8") == words


def test_the_same_study_makes_the_same_bytes(study: Path, tmp_path: Path) -> None:
    for name in ("a.qdpx", "b.qdpx", "a.qdc", "b.qdc"):
        export_study(name[2:], open_study(study), tmp_path / name)
    assert (tmp_path / "a.qdpx").read_bytes() == (tmp_path / "b.qdpx").read_bytes()
    assert (tmp_path / "a.qdc").read_bytes() == (tmp_path / "b.qdc").read_bytes()


def test_a_codebook_gives_its_issues_to_another_study(study: Path, tmp_path: Path) -> None:
    export_study("qdc", open_study(study), tmp_path / "a.qdc")
    assert faults((tmp_path / "a.qdc").read_bytes()) == []
    other = write_study(tmp_path / "other")
    moved = import_file("qdc", tmp_path / "a.qdc", other)
    assert dict(moved.counts) == {"issues": 2}
    added = open_study(other).declared.issues[2:]
    assert [(one.name, [each.name for each in one.positions]) for one in added] == [
        ("The border", ["Keep it", "Share it", "Move it"]),
        ("What the North is after", ["Peace", "Gain", "Trade"]),
    ]
    assert (other / "study.toml").read_text("utf-8").startswith(DECLARED)


def test_no_two_codes_have_one_name(kuril: Path) -> None:
    # QualCoder takes the first of each name; of the worked study's 424 codes it lost 155, and what stood on them
    names = [one.name for one in codes_of(open_study(kuril))]
    assert len(set(names)) == len(names) > 400


def test_a_study_comes_back_through_a_program_that_writes_a_passage_for_each_code(kuril: Path, tmp_path: Path) -> None:
    # as QualCoder does: each code of a passage by itself, and no references from the project to its notes
    corpus, _ = corpus_of(open_study(kuril))
    marks = [
        replace(one, key=guid("apart", one.key, code), coding={code: coder}, note="")
        for one in corpus.marks
        for code, coder in one.coding.items()
    ]
    write_project(replace(corpus, marks=tuple(marks)), tmp_path / "a.qdpx")
    with zipfile.ZipFile(tmp_path / "a.qdpx") as old, zipfile.ZipFile(tmp_path / "b.qdpx", "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(b"(<NoteRef [^>]*/>)+</Project>", b"</Project>", old.read(name)))
    import_file("qdpx", tmp_path / "b.qdpx", tmp_path / "back")
    assert rows(tmp_path / "back") == rows(kuril)
    assert (tmp_path / "back" / "polls.csv").read_bytes() == (kuril / "polls.csv").read_bytes()


@pytest.mark.parametrize(
    ("origin", "named", "text", "place"),
    [
        ("Another", "Keep it", "Said:\r\nKeep it there.", (6, 13)),  # a line end of two characters, counted as one
        ("Another", "Keep it", "Said:\r\nKeep it there.", (7, 14)),  # and as two
        ("ATLAS.ti 23", "", "言う。\r\n維持する。", (4, 6)),
        ("Another", "", "言う。\r\n維持する。", (5, 7)),
        ("Another", "", "Said:\r\nKeep it there.", (6, 13)),  # told by the words that it would cut
        ("NVivo for Windows 12.6", "", "😀😀 Keep it there.", (5, 12)),  # a character beyond U+FFFF, counted as two
        ("NVivo for Mac 15.0.0", "", "😀 😀😀維持する。", (7, 9)),
        ("Another", "", "😀 😀😀維持する。", (4, 6)),  # and as one, as the standard says
        ("Another", "Keep it", "😀😀\r\nKeep it there.", (5, 12)),  # two and one
        ("NVivo for Windows 14", "", "😀😀 Keep it there.", (3, 10)),  # whatever a program is known for
    ],
)
def test_characters_are_counted_as_the_program_does(
    tmp_path: Path, origin: str, named: str, text: str, place: tuple[int, int]
) -> None:
    start, end = place

    def change(xml: str) -> str:
        told = f'startPosition="{start}" endPosition="{end}" name="{named}"'
        xml = xml.replace('startPosition="0" endPosition="1"', 'startPosition="0" endPosition="0"')
        return xml.replace('startPosition="2" endPosition="6"', told).replace("Another program", origin)

    with zipfile.ZipFile(io.BytesIO(others(change))) as old, zipfile.ZipFile(tmp_path / "o.qdpx", "w") as new:
        new.writestr("project.qde", old.read("project.qde"))
        new.writestr("sources/6.txt", text)
    import_file("qdpx", tmp_path / "o.qdpx", tmp_path / "study")
    assert open_study(tmp_path / "study").statements.quote[0] in ("Keep it", "維持")


OTHERS = """<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="Interviews" origin="Another program">
 <Users><User guid="{U}" name="Carla"/></Users>
 <CodeBook><Codes>
  <Code guid="{1}" name="Themes" isCodable="false">
   <Code guid="{2}" name="Border" isCodable="true"><Description>About it</Description>
    <Code guid="{3}" name="Keep" isCodable="true"/></Code>
   <Code guid="{4}" name="Fear" isCodable="true"/></Code>
 </Codes></CodeBook>
 <Variables><Variable guid="{5}" name="age" typeOfVariable="Integer"/></Variables>
 <Sources>
  <TextSource guid="{6}" name="Anna" creationDateTime="2020-03-01T10:00:00Z" plainTextPath="internal://6.txt">
   <PlainTextSelection guid="{7}" startPosition="2" endPosition="6" creatingUser="{U}">
    <Coding guid="{8}"><CodeRef targetGUID="{3}"/></Coding>
    <Coding guid="{9}" creatingUser="{U}"><CodeRef targetGUID="{4}"/></Coding>
    <NoteRef targetGUID="{N}"/></PlainTextSelection>
   <PlainTextSelection guid="{A}" startPosition="0" endPosition="1"/>
  </TextSource>
  <PDFSource guid="{B}" name="scan"/>
 </Sources>
 <Notes><Note guid="{N}" name="memo"><PlainTextContent>Look again.</PlainTextContent></Note></Notes>
</Project>"""


def others(change: Callable[[str], str] = str) -> bytes:
    xml = OTHERS
    for sign in "U123456789ANB":
        xml = xml.replace(f"{{{sign}}}", guid("test", sign))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("project.qde", change(xml))
        archive.writestr("sources/6.txt", "\ufeff😀 Keep it there.")
    return data.getvalue()


def test_what_others_coded_becomes_proposals(tmp_path: Path) -> None:
    (tmp_path / "o.qdpx").write_bytes(others())
    moved = import_file("qdpx", tmp_path / "o.qdpx", tmp_path / "study")
    assert dict(moved.counts) == {"sources": 1, "issues": 2, "statements": 2}
    study = open_study(tmp_path / "study")
    first, second = study.statements.rows()
    assert (first.topic.text, first.stance.value, first.quote, first.coder) == ("border", "keep", "Keep", "Carla")
    assert (second.topic.text, second.stance.value, second.status) == ("fear", "coded", "proposed")
    assert (first.note, first.when.text) == ("Look again.", "[..2020-03-01]")
    assert [one.id for one in study.issue("border").positions] == ["coded", "keep"]
    assert (tmp_path / "study" / "sources" / "anna.txt").read_text("utf-8") == "😀 Keep it there."
    told = [str(one) for one in moved.losses]
    assert "project.qde:19: PDFSource scan: no plain text in the file; it was left out" in told
    assert "project.qde:10: Variable age: a study has no place for it" in told
    assert "project.qde:17: passage '😀': it bears no code, and was left out" in told


def spoiled(old: str, new: str) -> bytes:
    return others(lambda xml: xml.replace(old, new))


def bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", b" " * (40 << 20))
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no archive", "R932"),
        (others()[:900], "R932"),
        (bomb(), "R934"),
        (spoiled("<Project", '<!DOCTYPE x [<!ENTITY e "e">]><Project'), "R932"),
        (spoiled("Project", "Projekt"), "R932"),
        (spoiled('startPosition="2"', 'startPosition="-2"'), "R932"),
        (spoiled(guid("test", "3"), guid("test", "2")), "R932"),
        (spoiled(guid("test", "7"), "seven"), "R932"),
    ],
)
def test_a_broken_or_hostile_project_is_refused_and_leaves_nothing(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "o.qdpx").write_bytes(data)
    with pytest.raises(RashomonError) as caught:
        import_file("qdpx", tmp_path / "o.qdpx", tmp_path / "study")
    assert caught.value.fault.code == code
    assert [one.name for one in tmp_path.iterdir()] == ["o.qdpx"]


def test_a_project_cannot_write_outside_of_the_study(study: Path, tmp_path: Path) -> None:
    export_study("qdpx", open_study(study), tmp_path / "a.qdpx")
    data = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "a.qdpx") as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"sources/text.txt", b"sources/../../x.txt"))
    (tmp_path / "evil.qdpx").write_bytes(data.getvalue())
    with pytest.raises(RashomonError) as caught:
        import_file("qdpx", tmp_path / "evil.qdpx", tmp_path / "back")
    assert caught.value.fault.code == "R110"
    assert not (tmp_path / "x.txt").exists()
    assert not (tmp_path / "back").exists()


PLAIN = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=20
).filter(lambda text: text == text.strip())


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    codes: list[Code] = []
    for number in range(draw(st.integers(1, 5))):
        parent = draw(st.sampled_from(["", *(one.key for one in codes)]))
        codes.append(
            Code(guid("code", str(number)), draw(PLAIN), parent, draw(st.just("") | PLAIN), draw(st.booleans()))
        )
    words = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).map(
        lambda text: text.removeprefix("\ufeff") or "x"
    )
    texts = [
        CodedText(guid("text", str(number)), draw(PLAIN), draw(words), draw(st.just("") | PLAIN))
        for number in range(draw(st.integers(1, 3)))
    ]
    marks = []
    for number in range(draw(st.integers(0, 4))):
        text = draw(st.integers(0, len(texts) - 1))
        start = draw(st.integers(0, len(texts[text].text)))
        end = draw(st.integers(start, len(texts[text].text)))
        coding = dict.fromkeys(
            draw(st.sets(st.sampled_from([one.key for one in codes]))), draw(st.sampled_from(["", "Ann"]))
        )
        marks.append(
            Mark(
                guid("mark", str(number)),
                text,
                start,
                end,
                coding,
                draw(st.just("") | PLAIN),
                draw(st.just("") | PLAIN),
            )
        )
    marks.sort(key=lambda one: one.text)
    return Corpus(
        draw(PLAIN), tuple(codes), tuple(texts), tuple(marks), draw(st.just("") | PLAIN), ("Ann",), {"n": draw(PLAIN)}
    )


@given(corpora())
def test_coded_texts_are_read_as_they_were_written(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> None:
    path = tmp_path_factory.mktemp("refi") / "a.qdpx"
    write_project(corpus, path)
    assert faults(qde(path)) == []
    found, losses = read_project(path)
    assert losses == []
    assert sorted(found.codes, key=lambda one: one.key) == sorted(corpus.codes, key=lambda one: one.key)
    assert found.texts == corpus.texts
    assert [
        (one.key, one.text, one.start, one.end, dict(one.coding), one.description, one.note) for one in found.marks
    ] == [(one.key, one.text, one.start, one.end, dict(one.coding), one.description, one.note) for one in corpus.marks]
    assert (found.name, found.description, found.users, dict(found.notes)) == (
        corpus.name, corpus.description, corpus.users, dict(corpus.notes),
    )  # fmt: skip
