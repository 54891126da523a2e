"""Projects in the shape that NVivo, ATLAS.ti and others give them: small ones, written for these tests."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from rashomon.exchanging import Moved, import_file
from rashomon.exchanging.refi_writing import guid
from rashomon.study import Statement, open_study

CODES = """<Users><User guid="{U}" name="Carla"/></Users><CodeBook><Codes>
 <Code guid="{1}" name="Border" isCodable="true"><Code guid="{2}" name="Keep" isCodable="true">
   <Description>As it is.</Description></Code></Code>
 <Code guid="{3}" name="Fear" isCodable="true"/></Codes></CodeBook>"""
CODING = '<Coding guid="{%s}" creatingUser="{U}"><CodeRef targetGUID="{%s}"/></Coding>'


def project(path: Path, origin: str, inside: str, files: Mapping[str, str], name: str = "project.qde") -> Path:
    xml = f'<Project xmlns="urn:QDA-XML:project:1.0" name="Talks" origin="{origin}">{CODES}{inside}</Project>'
    for sign in "U123ABCDEFGHIJKLMNOPQRST":
        xml = xml.replace(f"{{{sign}}}", guid("test", sign))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, xml)
        for member, text in files.items():
            archive.writestr(member, text)
    return path


def imported(path: Path) -> tuple[list[Statement], Moved]:
    moved = import_file("qdpx", path, path.parent / "study")
    return list(open_study(path.parent / "study").statements.rows()), moved


PDF = f"""<Sources><PDFSource guid="{{A}}" name="Talk.pdf" path="internal://a.pdf">
 <PDFSelection guid="{{B}}" page="0" firstX="1" firstY="1" secondX="9" secondY="9" name="Keep it">
   {CODING % ("C", "2")}</PDFSelection>
 <PDFSelection guid="{{D}}" page="1" firstX="1" firstY="1" secondX="9" secondY="9" name="we are af…">
  <Representation guid="{{E}}"><PlainTextContent>We areafraid</PlainTextContent></Representation>
   {CODING % ("F", "3")}</PDFSelection>
 <PDFSelection guid="{{G}}" page="2" firstX="1" firstY="1" secondX="9" secondY="9" name="Quotation 12:3">
   {CODING % ("H", "3")}</PDFSelection>
 <Representation guid="{{I}}" name="Text of Talk.pdf" plainTextPath="internal://i.txt">
  <PlainTextSelection guid="{{B}}" startPosition="6" endPosition="13" name="Keep it">
   {CODING % ("J", "2")}</PlainTextSelection>
 </Representation></PDFSource></Sources>"""


def test_a_pdf_is_read_as_its_text_with_what_is_marked_on_its_pages(tmp_path: Path) -> None:
    files = {"sources/i.txt": "Said: Keep it there.\r\nWe are\r\nafraid.", "sources/a.pdf": "%PDF"}
    rows, moved = imported(project(tmp_path / "a.qdpx", "ATLAS.ti 8.4.0", PDF, files))
    assert [(one.stance.value, one.quote, one.coder) for one in rows] == [
        ("keep", "Keep it", "Carla"), ("coded", "We are\nafraid", "Carla"), ("coded", "", "Carla"),
    ]  # fmt: skip
    assert (rows[2].locator, rows[2].note) == ("the whole", "Quotation 12:3")
    assert any("place of passage 'Quotation 12:3'" in str(one) for one in moved.losses)
    assert dict(moved.counts) == {"sources": 1, "issues": 2, "statements": 3}


VIDEO = f"""<Sources>
 <TextSource guid="{{A}}" name="Talk" plainTextPath="internal://a.txt">
  <PlainTextSelection guid="{{B}}" startPosition="0" endPosition="7">
   {CODING % ("C", "2")}</PlainTextSelection></TextSource>
 <VideoSource guid="{{D}}" name="Talk.mp4" path="relative:///a.mp4">
  <Transcript guid="{{E}}" name="Talk" plainTextPath="internal://a.txt">
   <SyncPoint guid="{{F}}" position="15" timeStamp="900"/><SyncPoint guid="{{G}}" position="28" timeStamp="1800"/>
   <TranscriptSelection guid="{{H}}" fromSyncPoint="{{F}}" toSyncPoint="{{G}}">
   {CODING % ("I", "3")}</TranscriptSelection>
   <TranscriptSelection guid="{{J}}" fromSyncPoint="{{F}}">{CODING % ("K", "3")}</TranscriptSelection></Transcript>
  <VideoSelection guid="{{L}}" begin="900" end="1800">{CODING % ("M", "3")}</VideoSelection></VideoSource>
 <AudioSource guid="{{N}}" name="Talk.m4a" path="relative:///a.m4a">
  <AudioSelection guid="{{O}}" begin="0" end="9">
   {CODING % ("P", "3")}</AudioSelection></AudioSource>
</Sources>"""


def test_a_transcript_is_read_once_and_what_is_marked_in_a_recording_is_told(tmp_path: Path) -> None:
    rows, moved = imported(
        project(tmp_path / "a.qdpx", "Another", VIDEO, {"sources/a.txt": "Keep it there. We are afraid."})
    )
    assert [(one.source, one.quote, one.note) for one in rows] == [
        ("talk", "Keep it", ""), ("talk", "We are afraid", ""), ("talk-m4a", "", "begin 0, end 9"),
    ]  # fmt: skip
    told = [str(one) for one in moved.losses]
    assert any("passage from 15 to -1 of a text of 29 letters: there is no such place" in one for one in told)
    assert any("VideoSelection of Talk.mp4" in one for one in told)
    assert any("AudioSource Talk.m4a: no plain text in the file; its codings were taken without it" in one for one in told)
    assert any("AudioSelection (begin 0, end 9): without the text it stands for the whole, without words" in one for one in told)


NOTED = f"""<Sources><TextSource guid="{{A}}" name="Talk" plainTextPath="internal://a.txt">
 <PlainTextSelection guid="{{B}}" startPosition="0" endPosition="7">
   {CODING % ("C", "2")}{CODING % ("O", "P")}</PlainTextSelection>
 <PlainTextSelection guid="{{D}}" startPosition="0" endPosition="99">
   {CODING % ("E", "2")}</PlainTextSelection></TextSource></Sources>
 <Notes><Note guid="{{F}}" name="Annotation" plainTextPath="internal://f.txt"/><Note guid="{{G}}" name="Plan">
 <PlainTextContent>Read more.</PlainTextContent></Note></Notes>
 <Links><Link guid="{{H}}" name="Annotation" originGUID="{{F}}" targetGUID="{{B}}"/>
 <Link guid="{{I}}" name="See also" originGUID="{{G}}" targetGUID="{{A}}"/></Links>"""


def test_annotations_that_are_linked_to_a_passage_are_its_notes(tmp_path: Path) -> None:
    files = {"sources/a.txt": "Keep it there.", "sources/f.txt": "\ufeffHe hesitates."}
    rows, moved = imported(project(tmp_path / "a.qdpx", "NVivo for Windows 12.6", NOTED, files))
    assert [(one.quote, one.note) for one in rows] == [("Keep it", "He hesitates.")]
    assert open_study(tmp_path / "study").issue("border").description == "Keep: As it is."
    told = [str(one) for one in moved.losses]
    assert [one for one in told if "Link" in one or "note " in one] == [
        f"project.qde:{line(tmp_path / 'a.qdpx', 'See also')}: Link See also: a study has no place for it",
        "project: note Plan: a study has no place for it",
    ]
    assert any("passage from 0 to 99 of a text of 14 letters" in one for one in told)
    assert any(f"code {guid('test', 'P')}: the codebook does not have it" in one for one in told)


MEMOS = f"""<Sources><TextSource guid="{{A}}" name="Talk" plainTextPath="internal://a.txt">
 <NoteRef targetGUID="{{F}}"/>{CODING % ("C", "2")}{CODING % ("O", "P")}</TextSource></Sources>
 <Notes><Note guid="{{F}}" name="Memo on the talk"><PlainTextContent>Read more.</PlainTextContent></Note></Notes>"""


@pytest.mark.parametrize("inside", [PDF, VIDEO, NOTED, MEMOS])
def test_of_no_coding_nothing_is_told_where_the_texts_are_not_there(tmp_path: Path, inside: str) -> None:
    rows, moved = imported(project(tmp_path / "a.qdpx", "Another", inside, {}))
    told = "\n".join(map(str, moved.losses))
    # of one passage several codings of one code are one: B of the PDF stands on its page and in its text
    expected = inside.count("<Coding ") - told.count("the codebook does not have it") - (inside is PDF)
    assert len(rows) == expected
    assert {one.status for one in rows} == {"proposed"}
    assert not any(one.quote for one in rows)


def test_a_passage_without_its_text_keeps_the_words_that_name_it(tmp_path: Path) -> None:
    rows, _ = imported(project(tmp_path / "a.qdpx", "ATLAS.ti 8.4.0", PDF, {}))
    assert [one.note.partition(";")[0] for one in rows] == ["Keep it", "We areafraid", "Quotation 12:3"]


def test_what_is_on_a_text_as_a_whole_is_told_once(tmp_path: Path) -> None:
    rows, moved = imported(project(tmp_path / "a.qdpx", "Another", MEMOS, {"sources/a.txt": "Keep it there."}))
    assert [(one.stance.value, one.locator, one.note) for one in rows] == [("keep", "the whole", "")]
    told = [str(one) for one in moved.losses]
    assert told.count("project: note Memo on the talk: a study has no place for it") == 1
    assert sum(f"code {guid('test', 'P')}: the codebook does not have it" in one for one in told) == 1


def line(path: Path, words: str) -> int:
    xml = zipfile.ZipFile(path).read("project.qde").decode()
    return xml[: xml.index(words)].count("\n") + 1


@pytest.mark.parametrize(
    ("place", "name", "member"),
    [
        ("internal://a.txt", "project.qde", "Sources/a.txt"),
        ("internal://A.TXT", "Talks.qde", "sources\\a.txt"),
        ("a.txt", "project.qde", "sources/a.txt"),
        ("relative:///a.txt", "Talks/project.qde", "Talks/sources/a.txt"),
        ("internal://a.txt", "Talks/project.qde", "Talks/Sources/a.txt"),
    ],
)
def test_a_text_is_found_however_its_path_is_written(tmp_path: Path, place: str, name: str, member: str) -> None:
    inside = NOTED.replace("internal://a.txt", place)
    files = {member: "Keep it there.", "__MACOSX/Talks/._project.qde": "?", "sources/b/other.txt": "Another."}
    rows, _ = imported(project(tmp_path / "a.qdpx", "Another", inside, files, name))
    assert [one.quote for one in rows] == ["Keep it"]


def test_a_text_that_two_members_may_be_is_not_guessed(tmp_path: Path) -> None:
    files = {"one/a.txt": "Keep it there.", "two/a.txt": "Never keep it."}
    rows, moved = imported(project(tmp_path / "a.qdpx", "Another", NOTED, files))
    assert [(one.stance.value, one.quote, one.locator, one.note) for one in rows] == [
        ("keep", "", "the whole", "startPosition 0, endPosition 7"), ("keep", "", "the whole", "startPosition 0, endPosition 99"),
    ]  # fmt: skip
    told = [str(one) for one in moved.losses]
    assert sum("TextSource Talk: no plain text in the file; its codings were taken without it" in one for one in told) == 1
    assert sum("PlainTextSelection (startPosition" in one for one in told) == 2
    assert not (tmp_path / "study" / "sources").exists()
