"""PDF files as they come: what they say of themselves; locked, broken, scanned; in other scripts, set by other programs."""

from __future__ import annotations

import contextlib
import io
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_making import Extras, Line, blocks_of, lines, paper, pdf

from rashomon.errors import Fault, RashomonError
from rashomon.reading.documents import Block, Document
from rashomon.reading.pdf_files import documents

TEXT = lines(60, 700, "The ministers met in the spring,", "and parted without a word.")


def document(path: Path) -> Document:
    (found,) = documents(path, [])
    return found


def refusal(path: Path) -> str:
    with pytest.raises(RashomonError) as caught:
        list(documents(path, []))
    return caught.value.fault.code


# What a file says of itself


def xmp(body: str, schema: str = "http://ns.adobe.com/pdf/1.3/") -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description xmlns:pdf="{schema}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" pdf:Producer="x">'
        f"{body}</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def test_metadata_of_the_info_dictionary_and_the_catalogue(tmp_path: Path) -> None:
    extras = Extras(
        catalog="/Lang (ru-RU)", info="/Title (Images of the other) /Author (A. Ivanov; B. Sato) /CreationDate (D:2004)"
    )
    found = document(paper(tmp_path, TEXT, extras=extras)).metadata
    assert (found.title, found.authors, found.language) == ("Images of the other", ("A. Ivanov", "B. Sato"), "ru-RU")
    assert found.published == ""  # when the file was made is not when the text was published


def test_xmp_goes_before_the_info_dictionary(tmp_path: Path) -> None:
    packet = xmp(
        '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">What they saw</rdf:li></rdf:Alt></dc:title>'
        "<dc:creator><rdf:Seq><rdf:li>C. Tanaka</rdf:li><rdf:li>D. Petrov</rdf:li></rdf:Seq></dc:creator>"
        "<dc:publisher><rdf:Bag><rdf:li>A Press</rdf:li></rdf:Bag></dc:publisher>"
        "<prism:publicationName>A Journal</prism:publicationName><prism:publicationDate>2004-11-14T00:00</prism:publicationDate>"
    )
    picture = xmp("<dc:title>A picture</dc:title>", schema="http://example.org/")
    streams = [("/Type /Metadata /Subtype /XML", packet), ("/Type /Metadata /Subtype /XML", picture)]
    extras = Extras(catalog="/Metadata 3 0 R", info="/Title (Draft 3) /Author (scanner)", streams=streams)
    found = document(paper(tmp_path, TEXT, extras=extras)).metadata
    assert (found.title, found.authors, found.published) == ("What they saw", ("C. Tanaka", "D. Petrov"), "2004-11-14")
    assert (found.publisher, found.container) == ("A Press", "A Journal")


@pytest.mark.parametrize(
    ("author", "names"),
    [("\\(anonymous\\)", ()), ("Admin; K. Hansen", ("K. Hansen",)), ("Ann Author", ("Ann Author",))],
)
def test_what_a_program_writes_for_nobody_is_no_author(tmp_path: Path, author: str, names: tuple[str, ...]) -> None:
    assert document(paper(tmp_path, TEXT, extras=Extras(info=f"/Author ({author})"))).metadata.authors == names


@pytest.mark.parametrize("title", ["Microsoft Word - paper3.doc", "untitled", "article.indd", "final.tex", "a.html", "Unknown"])
def test_a_title_that_is_the_name_of_a_file_is_none(tmp_path: Path, title: str) -> None:
    assert document(paper(tmp_path, TEXT, extras=Extras(info=f"/Title ({title})"))).metadata.title == ""


def test_an_entity_in_xmp_is_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret words")
    packet = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode() + xmp("<dc:title>&e;</dc:title>")
    extras = Extras(streams=[("", packet)])
    assert "secret" not in document(paper(tmp_path, TEXT, extras=extras)).metadata.title


# Locked, broken, scanned


def locked(tmp_path: Path, user: str) -> Path:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([TEXT])))
    writer.encrypt(user_password=user, owner_password="owner", algorithm="RC4-128")
    path = tmp_path / "locked.pdf"
    writer.write(path)
    return path


def test_a_locked_file_is_refused_and_one_without_a_password_opens(tmp_path: Path) -> None:
    assert refusal(locked(tmp_path, "secret")) == "R902"
    assert [block.text for block in blocks_of(locked(tmp_path, ""))] == [
        "The ministers met in the spring,\nand parted without a word."
    ]


def test_a_file_without_its_table_is_mended_and_rubbish_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(re.sub(rb"startxref\n\d+", b"startxref\n9", pdf([TEXT])))
    assert len(blocks_of(path)) == 1
    for rubbish in (b"", b"%PDF-1.7\n", b"not a PDF at all", pdf([TEXT])[:40]):
        path.write_bytes(rubbish)
        assert refusal(path) == "R901"


PICTURE = b"q 200 0 0 200 100 400 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q"


def test_a_scan_is_refused_and_pages_without_text_are_told(tmp_path: Path) -> None:
    assert refusal(paper(tmp_path, PICTURE, PICTURE)) == "R908"
    assert refusal(paper(tmp_path, b"")) == "R908"
    faults: list[Fault] = []
    (found,) = documents(paper(tmp_path, TEXT, PICTURE, PICTURE, b"", TEXT, PICTURE), faults)
    assert [(fault.code, fault.found) for fault in faults] == [("R908", "pages 2–3, 6")]
    assert [block.page for block in found.blocks] == ["1", "5"]


def test_without_the_engine_the_remedy_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert refusal(paper(tmp_path, TEXT)) == "R909"


def test_importing_the_reader_loads_no_engine() -> None:
    code = "import sys, rashomon.reading.pdf_files; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pypdfium2", "lxml", "numpy"} & set(loaded)


@given(st.randoms(use_true_random=False), st.integers(1, 30))
def test_damage_gives_text_or_an_error_of_ours(tmp_path_factory, chance: random.Random, count: int) -> None:  # type: ignore[no-untyped-def]
    data = bytearray(pdf([TEXT, TEXT]))
    for _ in range(count):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path = tmp_path_factory.mktemp("pdf") / "damaged.pdf"
    path.write_bytes(data)
    with contextlib.suppress(RashomonError):
        assert all(isinstance(block, Block) for found in documents(path, []) for block in found.blocks)


def test_a_single_letter_is_text(tmp_path: Path) -> None:
    assert [block.text for block in blocks_of(paper(tmp_path, [Line(60, 500, "A")]))] == ["A"]


def test_blocks_outlive_the_iterator_and_come_page_by_page(tmp_path: Path) -> None:
    found = list(documents(paper(tmp_path, *[[Line(60, 700, f"Page of {i}")] for i in range(1100)]), []))
    assert [block.text for block in found[0].blocks] == [f"Page of {i}" for i in range(1100)]


# Other scripts, other programs


def printed_by_chromium(html: str, tmp_path: Path) -> Path:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("needs Chromium, which prints vertical text")
    page, path = tmp_path / "page.html", tmp_path / "printed.pdf"
    page.write_text(html, encoding="utf-8")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--user-data-dir={tmp_path / 'profile'}",
    ]
    subprocess.run(
        [program, *options, f"--print-to-pdf={path}", page.as_uri()], capture_output=True, check=True, timeout=120
    )
    return path


def set_by_weasyprint(html: str, tmp_path: Path) -> Path:
    try:
        import weasyprint
    except (ImportError, OSError) as missing:
        pytest.skip(f"needs WeasyPrint and its libraries: {missing}")
    path = tmp_path / "set.pdf"
    weasyprint.HTML(string=html).write_pdf(path)
    return path


Setter = Callable[[str, Path], Path]
SETTERS = pytest.mark.parametrize("setter", [printed_by_chromium, set_by_weasyprint])


def japanese_font() -> None:
    listed = (
        shutil.which("fc-list") and subprocess.run(["fc-list", ":lang=ja"], capture_output=True, check=False).stdout
    )
    if not listed:
        pytest.skip("needs a Japanese font, as of fonts-noto-cjk")


VERTICAL = """<meta charset=utf-8><style>@page { size: A5; margin: 20mm }
body { writing-mode: vertical-rl; font: 12pt/1.8 "Noto Serif CJK JP" } p { text-indent: 1em; margin: 0 }
b { text-combine-upright: all; font-weight: normal }</style>
<h2>第一章　領土問題</h2>
<p>北方<ruby>領土<rt>りょうど</rt></ruby>は、我が国<ruby>固有<rt>こゆう</rt></ruby>の領土である。一九五六年の日ソ共同宣言から<b>12</b>月までの間、USSRとの交渉は続いた。</p>
<p>これは二つ目の段落で、ソ連側の見方を述べる。「平和条約」の締結が必要だと考えた。</p>"""


def test_vertical_japanese_is_read_down_and_from_the_right(tmp_path: Path) -> None:
    japanese_font()
    found = blocks_of(printed_by_chromium(VERTICAL, tmp_path))
    kinds = [(block.kind, re.sub(r"\s", "", block.text)) for block in found]
    assert kinds[0] == ("heading", "第一章領土問題")
    assert kinds[1] == (
        "paragraph",
        "北方領土は、我が国固有の領土である。一九五六年の日ソ共同宣言から12月までの間、USSRとの交渉は続いた。",
    )
    assert kinds[2] == ("paragraph", "これは二つ目の段落で、ソ連側の見方を述べる。「平和条約」の締結が必要だと考えた。")
    assert found[3:] == [Block("領土《りょうど》\n固有《こゆう》", "note", page="1")]


def test_ligatures_of_words_turned_in_vertical_text_stay_in_their_words(tmp_path: Path) -> None:
    japanese_font()
    text = "両国は証明書 (certificate of the office) を受け取り、その後も交渉を続けたと言われている。"
    html = VERTICAL[: VERTICAL.index("<h2>")] + f"<p>{text}</p>"
    found = " ".join(block.text for block in blocks_of(printed_by_chromium(html, tmp_path)))
    assert re.sub(r"\s", "", found) == re.sub(r"\s", "", text)


@pytest.mark.parametrize("tiers", [1, 2])
def test_a_vertical_book_in_tiers_with_level_heads_and_numbers(tmp_path: Path, tiers: int) -> None:
    japanese_font()
    text = "一九五六年の日ソ共同宣言は、両国の外交関係を回復した。しかし領土問題は残され、その後も交渉は続いた。" * 3
    style = f"""@page {{ size: A5; margin: 20mm }}
    @page {{ @top-center {{ content: "日露関係史" }} @bottom-center {{ content: counter(page) }} }}
    body {{ writing-mode: vertical-rl; font: 10pt/1.7 "Noto Serif CJK JP" }} p {{ text-indent: 1em; margin: 0 }}
    div {{ columns: {tiers}; column-gap: 8mm }}"""
    body = "".join(f"<p>（{i}）{text}</p>" for i in range(24))
    html = f"<meta charset=utf-8><style>{style}</style><div>{body}</div>"
    found = blocks_of(printed_by_chromium(html, tmp_path))
    heads = [block for block in found if block.kind == "running"]
    if not heads:
        pytest.skip("needs a Chromium that prints margin boxes (131 or later)")
    read = "".join("".join(block.text.split()) for block in found if block.kind == "paragraph")
    assert read == "".join(f"（{i}）{text}" for i in range(24))
    assert {block.text for block in heads} == {"日露関係史"}
    assert [block.text for block in found if block.kind == "folio"] == [str(i + 1) for i in range(len(heads))]


def test_horizontal_japanese_without_its_readings(tmp_path: Path) -> None:
    japanese_font()
    html = VERTICAL.replace("writing-mode: vertical-rl;", "")
    found = blocks_of(printed_by_chromium(html, tmp_path))
    assert re.sub(r"\s", "", found[1].text).startswith("北方領土は、我が国固有の領土である。一九五六年")
    assert found[-1] == Block("領土《りょうど》\n固有《こゆう》", "note", page="1")


RUSSIAN = (
    "В феврале 1989 года министр иностранных дел посетил страну и заявил, что вопрос об островах решён. "
    "Японская сторона не согласилась и напомнила о декларации 1956 года, подписанной в Москве обеими сторонами. "
)


@SETTERS
def test_both_letters_of_a_ligature_are_read(tmp_path: Path, setter: Setter) -> None:
    html = '<meta charset=utf-8><p style="font: 12pt DejaVu Serif">A different official affair</p>'
    assert [block.text for block in blocks_of(setter(html, tmp_path))] == ["A different official affair"]


@SETTERS
def test_russian_in_two_columns(tmp_path: Path, setter: Setter) -> None:
    words = [f"{word}" for i in range(1, 13) for word in f"({i}) {RUSSIAN}".split()]
    html = f"""<meta charset=utf-8><style>@page {{ size: A4; margin: 20mm }} body {{ font: 10pt/1.3 "DejaVu Serif" }}
    div {{ columns: 2; column-gap: 8mm; text-align: justify }} h1 {{ font-size: 20pt }}</style>
    <h1>Взгляд с другой стороны</h1><div>{"".join(f"<p>({i}) {RUSSIAN}</p>" for i in range(1, 13))}</div>"""
    found = blocks_of(setter(html, tmp_path))
    assert (found[0].kind, found[0].text) == ("heading", "Взгляд с другой стороны")
    assert " ".join(block.text for block in found[1:]).split() == words
    assert [block.text.split()[0] for block in found[1:] if block.text.startswith("(")] == [
        f"({i})" for i in range(1, 13)
    ]


@pytest.mark.parametrize("columns", [1, 2])
def test_a_real_article_set_as_a_book(tmp_path: Path, shared: Path, columns: int) -> None:
    source = (shared / "sources" / "japan-russia-perceptions.txt").read_text(encoding="utf-8")
    words = [word for word in source.split() if word.isascii() and "<" not in word and "&" not in word][:6000]
    paragraphs = [" ".join(words[i : i + 120]) for i in range(0, 6000, 120)]
    html = f"""<meta charset=utf-8><style>@page {{ size: A5; margin: 20mm; @top-center {{ content: "Images of the other side" }}
    @bottom-center {{ content: counter(page) }} }} body {{ font: 10pt/1.25 "DejaVu Serif"; columns: {columns}; column-gap: 6mm }}
    p {{ margin: 0; text-indent: 1.5em; text-align: justify }}</style>{"".join(f"<p>{one}</p>" for one in paragraphs)}"""
    path = set_by_weasyprint(html, tmp_path)
    found = blocks_of(path)
    body = [block.text for block in found if block.kind not in ("folio", "running")]
    assert "".join("".join(body).split()) == "".join(words)
    count = len(pypdf.PdfReader(path).pages)
    assert Counter(block.kind for block in found)["running"] == count
    assert [block.text for block in found if block.kind == "folio"] == [str(i + 1) for i in range(count)]
