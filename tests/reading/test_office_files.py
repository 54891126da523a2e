"""Word and OpenDocument."""

from __future__ import annotations

from pathlib import Path

import pytest
from making_files import DC, ODF, W, docx, odt, read, run, told, whole, wp, zipped

from rashomon.errors import RashomonError

STYLES = f"""<w:styles {W}>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="Sub"/></w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Заголовок 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="paragraph" w:styleId="L"><w:name w:val="List Paragraph"/></w:style></w:styles>"""
NOTES = f"""<w:footnotes {W}><w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p>{run("The note,")}</w:p><w:p>{run("in two parts.")}</w:p></w:footnote></w:footnotes>"""


def test_word_in_order_with_headings_lists_tables_and_notes(tmp_path: Path) -> None:
    body = (
        wp("Title", "1")
        + wp("Under it", "Mine")
        + f"<w:p>{run('A sentence')}<w:r><w:footnoteReference w:id='2'/></w:r>{run(' goes on.')}</w:p>"
        + "<w:p><w:pPr><w:numPr><w:numId w:val='3'/></w:numPr>"
        + f"<w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>{run('An item')}</w:p>"
        + wp("Listed", "L")
        + f"<w:tbl><w:tr><w:tc>{wp('Year')}</w:tc><w:tc>{wp('Share')}{wp('of all')}</w:tc></w:tr></w:tbl>"
        + f"<w:tbl><w:tr><w:tc>{wp('In a')}{wp('frame', '1')}</w:tc></w:tr></w:tbl>"
        + wp("Last", "Loop")
    )
    data = docx(body, {"word/styles.xml": STYLES, "word/footnotes.xml": NOTES})
    blocks = read(tmp_path / "a.docx", data)
    assert told(blocks) == [
        ("heading", "Title"),
        ("heading", "Under it"),
        ("paragraph", "A sentence goes on."),
        ("note", "The note,\nin two parts."),
        ("item", "An item"),
        ("item", "Listed"),
        ("table", "Year\tShare of all"),
        ("paragraph", "In a"),
        ("heading", "frame"),
        ("paragraph", "Last"),
    ]
    assert [block.level for block in blocks[:2]] == [1, 2]


def test_word_keeps_what_was_inserted_and_drops_what_was_deleted_or_hidden(tmp_path: Path) -> None:
    body = (
        f"<w:p>{run('four ')}<w:del><w:r><w:delText>two </w:delText></w:r></w:del><w:ins>{run('all ')}</w:ins>"
        "<w:moveFrom><w:r><w:t>gone </w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden </w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r>"
        "<w:t>islands</w:t><w:br/><w:noBreakHyphen/><w:tab/><w:t>x</w:t></w:r></w:p>"
    )
    assert told(read(tmp_path / "a.docx", docx(body))) == [("paragraph", "four all islands\n\u2011\tx")]


def test_word_text_boxes_come_once_and_after_their_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{wp('boxed')}{wp('twice')}</w:txbxContent>"
    mc = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    body = (
        f"<w:p {mc}>{run('around ')}<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        f"</mc:AlternateContent></w:r>{run('it')}</w:p>{wp('after')}"
    )
    assert [block.text for block in read(tmp_path / "a.docx", docx(body))] == ["around it", "boxed", "twice", "after"]


def test_word_pages_heads_and_properties(tmp_path: Path) -> None:
    turned = f"<w:p>{run('two')}</w:p><w:p>{run('begins here')}<w:r><w:lastRenderedPageBreak/><w:t> and goes on</w:t></w:r></w:p>"
    body = f"{wp('one')}<w:p><w:r><w:lastRenderedPageBreak/><w:t>two, too</w:t></w:r></w:p>{turned}{wp('three')}"
    others = {
        "word/header1.xml": f"<w:hdr {W}>{wp('Running')}</w:hdr>",
        "word/header2.xml": f"<w:hdr {W}>{wp('Running')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {W}>{wp('7')}</w:ftr>",
        "docProps/core.xml": f"<cp:coreProperties xmlns:cp='x' {DC}>"
        "<dc:title>T</dc:title><dc:creator>A; B</dc:creator></cp:coreProperties>",
    }
    (tmp_path / "a.docx").write_bytes(docx(body, others))
    [(document, blocks)] = whole(tmp_path / "a.docx")
    assert [(block.text, block.page) for block in blocks if block.kind == "paragraph"] == [
        ("one", "1"),
        ("two, too", "2"),
        ("two", "2"),
        ("begins here and goes on", "2"),
        ("three", "3"),
    ]
    assert told(blocks)[-2:] == [("folio", "7"), ("running", "Running")]
    assert (document.metadata.title, document.metadata.authors, document.metadata.published) == ("T", ("A", "B"), "")


def test_opendocument(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
        "<text:h text:outline-level='2'>Title</text:h>"
        "<text:p>A<text:s text:c='2'/>sentence"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>The</text:p>"
        "<text:p>note</text:p></text:note-body></text:note>\n   goes<text:line-break/>on<office:annotation><text:p>no</text:p>"
        "</office:annotation></text:p>"
        "<text:list><text:list-item><text:p>item</text:p>"
        "<text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list>"
        "</text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell><table:covered-table-cell/>"
        "<table:table-cell><text:p>Share</text:p></table:table-cell></table:table-row></table:table>"
        "<text:soft-page-break/><text:p>"
        "<draw:frame><svg:title>no</svg:title><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>"
        "by <text:title>it</text:title></text:p>"
    )
    running = "<style:header><text:p>Running</text:p></style:header><style:footer><text:p>3</text:p></style:footer>"
    styles = f"<office:document-styles {ODF}>{running}</office:document-styles>"
    said = "<dc:title>T</dc:title><meta:initial-creator>A</meta:initial-creator><dc:language>ru</dc:language>"
    meta = f"<office:document-meta {ODF} {DC}>{said}</office:document-meta>"
    (tmp_path / "a.odt").write_bytes(odt(body, {"styles.xml": styles, "meta.xml": meta}))
    [(document, blocks)] = whole(tmp_path / "a.odt")
    assert [(block.kind, block.text, block.page) for block in blocks] == [
        ("heading", "Title", "1"),
        ("paragraph", "A  sentence goes\non", "1"),
        ("note", "The\nnote", "1"),
        ("item", "item", "1"),
        ("item", "inner", "1"),
        ("table", "Year\t\tShare", "1"),
        ("paragraph", "by it", "2"),
        ("paragraph", "boxed", "2"),
        ("running", "Running", ""),
        ("folio", "3", ""),
    ]
    assert blocks[0].level == 2
    assert (document.metadata.title, document.metadata.authors, document.metadata.language) == ("T", ("A",), "ru")


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (docx("<w:p>" * 10_000 + "</w:p>" * 10_000), "R903"),
        (docx("<w:p>"), "R901"),
        (
            zipped(
                {
                    "[Content_Types].xml": "x",
                    "word/document.xml": BOMB + f"]><w:document {W}><w:p>&i;</w:p></w:document>",
                }
            ),
            "R903",
        ),
        (zipped({"[Content_Types].xml": "x", "word/other.xml": "x"}), "R901"),
        (odt("<text:p>" * 10_000 + "</text:p>" * 10_000), "R903"),
        (odt("<text:p>x</text:p>", {"META-INF/manifest.xml": "<manifest:encryption-data/>"}), "R902"),
        (docx("<w:p/>"), "R908"),
    ],
)
def test_broken_and_hostile_files_are_refused_with_their_reason(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(RashomonError) as raised:
        read(tmp_path / "a.docx", data)
    assert raised.value.fault.code == code
    assert str(tmp_path / "a.docx") in raised.value.fault.where.file


def test_entities_load_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("do not tell")
    declared = f"<!DOCTYPE x [<!ENTITY s SYSTEM 'file://{tmp_path}/secret'>]>"
    xxe = f"{declared}<w:document {W}><w:p><w:r><w:t>So &s;it is</w:t></w:r></w:p></w:document>"
    blocks = read(tmp_path / "a.docx", zipped({"[Content_Types].xml": "x", "word/document.xml": xxe}))
    assert told(blocks) == [("paragraph", "So it is")]
