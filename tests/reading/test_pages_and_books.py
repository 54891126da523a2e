"""Saved pages and electronic books."""

from __future__ import annotations

from pathlib import Path

import pytest
from making_files import epub, read, told, whole

from rashomon.errors import Fault, RashomonError

BODY = "".join(
    f"<p>The envoy wrote paragraph {number} of his account in the winter of that year.</p>" for number in range(6)
)
LINKS = "".join(f"<li><a href='/{number}'>Another story that is told elsewhere</a></li>" for number in range(5))


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html lang=en><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


def test_what_stands_around_the_text_is_taken_out(tmp_path: Path) -> None:
    blocks = read(
        tmp_path / "a.html",
        page(
            f"<header>Site</header><nav><p>Menu</p></nav><article><header><h1>Title</h1></header>{BODY}<aside>Ad</aside>"
            f"</article><ul>{LINKS}</ul><footer>Imprint</footer><script>x</script><p hidden>no</p>"
        ),
    )
    assert told(blocks)[0] == ("heading", "Title")
    assert [block.text for block in blocks[1:]] == [
        f"The envoy wrote paragraph {number} of his account in the winter of that year." for number in range(6)
    ]


def test_lists_of_links_are_the_texts_own_within_an_article_and_furniture_elsewhere(tmp_path: Path) -> None:
    assert len(read(tmp_path / "a.html", page(f"<main>{BODY}<ul>{LINKS}</ul></main>"))) == 11
    assert len(read(tmp_path / "a.html", page(f"<div>{BODY}</div><div><ul>{LINKS}</ul></div>"))) == 6


@pytest.mark.parametrize("around", ["form", "aside", "nav", "header", "footer", "div style='display:none'"])
def test_what_holds_most_of_the_text_is_never_taken_out(tmp_path: Path, around: str) -> None:
    blocks = read(tmp_path / "a.html", page(f"<{around}>{BODY}</{around.split()[0]}><p>rest</p>"))
    assert len(blocks) == 7


def test_headings_lists_tables_notes_captions_and_breaks(tmp_path: Path) -> None:
    blocks = read(
        tmp_path / "a.html",
        page(
            "<h2>On <i>islands</i></h2>loose words<p>One\n  line<br>and another<br><br>apart</p>"
            "<ul><li>first<ul><li>inner</li></ul></li></ul>"
            "<table><tr><th>Year</th><th>Share</th></tr><tr><td>1990<td><p>60</p></td></tr></table>"
            "<figure><img alt=x><figcaption>A map</figcaption></figure><pre>as   it\n  is</pre>"
            "<aside role=doc-footnote><p>A note.</p></aside><div style='mso-element:footnote' id=ftn1><p>[1] Word's.</p></div>"
            "<p lang=ja><ruby>領土<rt>りょうど</rt></ruby></p>"
        ),
    )
    assert told(blocks) == [
        ("heading", "On islands"),
        ("paragraph", "loose words"),
        ("paragraph", "One line\nand another"),
        ("paragraph", "apart"),
        ("item", "first"),
        ("item", "inner"),
        ("table", "Year\tShare"),
        ("table", "1990\t60"),
        ("caption", "A map"),
        ("paragraph", "as   it\n  is"),
        ("note", "A note."),
        ("note", "[1] Word's."),
        ("paragraph", "領土"),
    ]
    assert [block.language for block in (blocks[0], blocks[-1])] == ["en", "ja"]


def test_a_table_that_lays_out_the_page_is_read_cell_by_cell(tmp_path: Path) -> None:
    blocks = read(tmp_path / "a.html", page(f"<table><tr><td>side</td><td>{BODY}{BODY}</td></tr></table>"))
    assert len(blocks) == 13
    assert {block.kind for block in blocks} == {"paragraph"}


def test_metadata_of_a_page(tmp_path: Path) -> None:
    head = (
        "<title>Plain</title><meta name=citation_title content='Cited'><meta property='og:title' content='Graph'>"
        "<meta name=citation_author content='A. One'><meta name=citation_author content='B. Two'>"
        "<meta property='article:published_time' content='1999-05-06T10:00:00+03:00'>"
        "<link rel=canonical href='https://example.org/x'>"
        """<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Linked",
        "author": {"name": "C"}, "publisher": {"name": "House"}, "datePublished": "2001/02/03"}]}</script>"""
    )
    (tmp_path / "a.html").write_text(page(BODY, head), "utf-8")
    [(document, _)] = whole(tmp_path / "a.html")
    found = document.metadata
    assert (found.title, found.authors, found.published) == ("Cited", ("A. One", "B. Two"), "2001-02-03")
    assert (found.language, found.url, found.publisher) == ("en", "https://example.org/x", "House")


@pytest.mark.parametrize("declared", ["windows-1251", "koi8-r", "utf-8", "iso-8859-1"])
def test_a_wrong_charset_gives_no_rubbish(tmp_path: Path, declared: str) -> None:
    text = "Посол вернулся весной с бумагой, в которой было сказано меньше, чем в прежней."
    said = f"<meta http-equiv=Content-Type content='text/html; charset={declared}'>"
    html = f"<html><head>{said}</head><body><p>{text}</p></body></html>"
    assert read(tmp_path / "a.html", html.encode("cp1251"))[0].text == text


def test_xhtml_closes_its_empty_elements(tmp_path: Path) -> None:
    head = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/><script src='a'/></head>"
    body = "<body><p>Here&nbsp;it is.</p></body></html>"
    assert read(tmp_path / "a.xhtml", head + body)[0].text == "Here\u00a0it is."


def test_nothing_outside_is_loaded_and_no_entity_unfolded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("do not tell")
    declared = f"<!DOCTYPE html [<!ENTITY x SYSTEM 'file://{secret}'>]>"
    xxe = f"{declared}<html xmlns='http://www.w3.org/1999/xhtml'><body><p>So &x; it is</p></body></html>"
    assert "tell" not in "".join(block.text for block in read(tmp_path / "a.html", xxe))


def test_elements_too_deep_are_refused_and_not_cut_off(tmp_path: Path) -> None:
    assert read(tmp_path / "a.html", page("<div>x " * 1000 + "<p>last"))[-1].text == "last"
    with pytest.raises(RashomonError) as raised:
        read(tmp_path / "a.html", page("<div>x " * 100_000 + "<p>last"))
    assert raised.value.fault.code == "R903"


def test_a_page_in_a_mail(tmp_path: Path) -> None:
    data = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/speech\r\nSubject: Speech\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/html; charset=windows-1251\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<html><body><p>=CE=F1=F2=F0=EE=E2=E0</p></body></html>\r\n"
        "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n--b--\r\n"
    )
    for name in ("a.mhtml", "unknown"):
        (tmp_path / name).write_bytes(data.encode())
        [(document, blocks)] = whole(tmp_path / name)
        assert told(blocks) == [("paragraph", "Острова")]
        assert (document.metadata.title, document.metadata.url) == ("Speech", "https://example.org/speech")


METADATA = (
    "<dc:title>A Book</dc:title><dc:creator>First</dc:creator><dc:creator>Second</dc:creator><dc:date>1999-02</dc:date>"
    "<dc:language>ru</dc:language><dc:publisher>House</dc:publisher>"
)


def test_a_book_in_the_order_of_its_spine_with_printed_pages(tmp_path: Path) -> None:
    chapters = [
        "<nav epub:type='toc'><ol><li>Contents</li></ol></nav><h1>One</h1>"
        "<span epub:type='pagebreak' title='12'/><p>On <span role='doc-pagebreak' aria-label='13'/>twelve</p>",
        "<p>On thirteen<a href='#n'>1</a></p><aside epub:type='footnote' id='n'>A note</aside>",
    ]
    (tmp_path / "a.epub").write_bytes(epub(chapters, METADATA))
    [(document, blocks)] = whole(tmp_path / "a.epub")
    assert [(block.kind, block.text, block.page) for block in blocks] == [
        ("heading", "One", ""),
        ("paragraph", "On twelve", "12"),
        ("paragraph", "On thirteen1", "13"),
        ("note", "A note", "13"),
    ]
    found = document.metadata
    assert (found.title, found.authors, found.published) == ("A Book", ("First", "Second"), "1999-02")
    assert (found.language, found.publisher, blocks[0].language) == ("ru", "House", "ru")


def locked(algorithm: str, uri: str) -> dict[str, str]:
    return {
        "META-INF/encryption.xml": "<encryption xmlns:e='http://www.w3.org/2001/04/xmlenc#'><e:EncryptedData>"
        f"<e:EncryptionMethod Algorithm='{algorithm}'/><e:CipherData><e:CipherReference URI='{uri}'/></e:CipherData>"
        "</e:EncryptedData></encryption>"
    }


def test_a_book_under_lock_is_refused_and_one_with_hidden_fonts_is_not(tmp_path: Path) -> None:
    fonts = epub([BODY], others=locked("http://www.idpf.org/2008/embedding", "OEBPS/f.otf"))
    assert len(read(tmp_path / "a.epub", fonts)) == 6
    with pytest.raises(RashomonError) as raised:
        read(
            tmp_path / "a.epub",
            epub([BODY], others=locked("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/c0.xhtml")),
        )
    assert raised.value.fault.code == "R902"


def test_a_lost_chapter_is_reported_and_the_others_are_read(tmp_path: Path) -> None:
    data = epub([BODY, BODY]).replace(b"OEBPS/c0.xhtml", b"OEBPS/cX.xhtml")
    (tmp_path / "a.epub").write_bytes(data)
    faults: list[Fault] = []
    [(_, blocks)] = whole(tmp_path / "a.epub", faults)
    assert len(blocks) == 6
    assert [fault.code for fault in faults] == ["R901"]
