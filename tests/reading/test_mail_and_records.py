"""E-mail and JSON lines."""

from __future__ import annotations

import json
from email.message import EmailMessage
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from making_files import docx, mail, told, whole, wp

from rashomon.errors import Fault
from rashomon.reading.dating import published_on
from rashomon.reading.formats import documents_of
from rashomon.study.times import parse_when


def test_a_message_with_what_is_attached(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "Острова", "Клерк <clerk@example.org>, other@example.org"
    message["Date"] = "Mon, 29 Apr 1991 10:00:00 +0900"
    message.set_content("My answer.\n\n> your words\n> went on\n")
    message.add_alternative("<p>not this</p>", subtype="html")
    message.add_attachment(docx(wp("Attached")), maintype="application", subtype="x", filename="paper.docx")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    message.add_attachment(message.__class__())
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    faults: list[Fault] = []
    [(letter, blocks), (paper, attached)] = whole(tmp_path / "a.eml", faults)
    assert told(blocks) == [("paragraph", "My answer."), ("paragraph", "> your words\n> went on")]
    assert (letter.metadata.title, letter.metadata.published) == ("Острова", "1991-04-29")
    assert letter.metadata.authors == ("Клерк", "other@example.org")
    assert (paper.part, told(attached)) == ("paper.docx", [("paragraph", "Attached")])


def test_a_message_of_html_alone(tmp_path: Path) -> None:
    head = b"From: a@example.org\nContent-Type: text/html; charset=koi8-r\nContent-Transfer-Encoding: 8bit\n\n"
    (tmp_path / "a.eml").write_bytes(head + "<p>Посол вернулся весной.</p>".encode("koi8-r"))
    [(_, blocks)] = whole(tmp_path / "a.eml")
    assert told(blocks) == [("paragraph", "Посол вернулся весной.")]


def test_a_box_of_messages(tmp_path: Path) -> None:
    one = b"From a@example.org Mon Apr 29 10:00:00 1991\nMessage-ID: <x1@example.org>\n" + mail(
        "From the islands.\n\nFrom afar"
    )
    data = one + b"\n" + one + b"\nFrom b@example.org Tue Apr 30 10:00:00 1991\nSubject: empty\n\n"
    for name in ("a.mbox", "unknown"):
        (tmp_path / name).write_bytes(data)
        faults: list[Fault] = []
        found = whole(tmp_path / name, faults)
        assert [document.part for document, _ in found] == ["x1@example.org", "x1@example.org (line 2)"]
        assert [told(blocks) for _, blocks in found] == [
            [("paragraph", "From the islands."), ("paragraph", "From afar")]
        ] * 2
        assert [(fault.code, fault.where.file) for fault in faults] == [("R908", f"{tmp_path / name}!3")]


def test_records_line_by_line(tmp_path: Path) -> None:
    lines = [
        json.dumps(
            {
                "id": "a",
                "title": "T",
                "lead": "Lead.",
                "paragraphs": ["One.", " ", "Two."],
                "date": "2000-01-28",
                "url": "u",
            }
        ),
        "",
        "{broken",
        json.dumps(["no record"]),
        json.dumps({"id": "a", "text": "One.\nTwo.", "authors": ["X", "Y"], "language": "en"}),
        json.dumps({"text": "half a letter \ud800", "author": "Z"}),
        json.dumps({"title": "nothing"}),
        '{"text": ' + "[" * 100_000,
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    faults: list[Fault] = []
    found = whole(tmp_path / "a.jsonl", faults)
    assert [document.part for document, _ in found] == ["a", "a (line 5)", "6"]
    assert [[block.text for block in blocks] for _, blocks in found] == [
        ["Lead.", "One.", "Two."],
        ["One.", "Two."],
        ["half a letter ?"],
    ]
    first = found[0][0].metadata
    assert (first.title, first.published, first.url) == ("T", "2000-01-28", "u")
    assert [document.metadata.authors for document, _ in found] == [(), ("X", "Y"), ("Z",)]
    assert [(fault.code, fault.where.line) for fault in faults] == [("R901", 3), ("R901", 4), ("R908", 7), ("R901", 8)]


def test_the_speeches_of_the_kremlin(shared: Path) -> None:
    [path] = (shared / "data" / "speeches" / "kremlin").glob("*.jsonl")
    faults: list[Fault] = []
    found = whole(path, faults)
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    told_by_id = {document.part: [block.text for block in blocks] for document, blocks in found}
    assert len(found) + len(faults) == len(records)
    for record in records:
        expected = [text.strip() for text in (record["lead"], *record["paragraphs"]) if text.strip()]
        assert told_by_id.get(record["id"], []) == expected
    assert all(document.metadata.published for document, _ in found)
    assert {fault.code for fault in faults} == {"R908"}  # announcements that are a title and no more


def test_speeches_as_files(shared: Path) -> None:
    faults: list[Fault] = []
    documents = list(documents_of(shared / "data" / "speeches" / "ungdc", faults))
    assert len(documents) == len(list((shared / "data" / "speeches" / "ungdc").glob("*.txt")))
    assert not faults


def test_days_are_read_and_never_guessed() -> None:
    read = {
        "2004-11-14": "2004-11-14",
        "2004-11-14T10:00:00Z": "2004-11-14",
        "2004/11/14": "2004-11-14",
        "20041114": "2004-11-14",
        "2004-11": "2004-11",
        "2004": "2004",
        "Mon, 29 Apr 1991 10:00:00 +0900": "1991-04-29",
        "April 29, 1991": "1991-04-29",
        "late 1992": "late 1992",
        "03/04/2004": "",
        "2004-13-45": "",
        "yesterday": "",
        "": "",
    }
    assert {text: published_on(text) for text in read} == read


@given(st.text(max_size=40))
def test_a_day_that_was_read_is_a_time_of_our_grammar(text: str) -> None:
    if day := published_on(text):
        parse_when(day)
