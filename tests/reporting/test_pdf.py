"""The report as a PDF: its text, bookmarks, links, fonts and drawings, and what is said where it cannot be made."""

from __future__ import annotations

import builtins
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import rashomon
from rashomon.cli import cli
from rashomon.errors import RashomonError
from rashomon.reporting import pdf, write_report
from rashomon.reporting.article import anchors, write_article
from rashomon.reporting.document import Article, Column, Figure, Gallery, Records, Row, Section, Table
from rashomon.reporting.html import InlineHtml
from rashomon.reporting.telling import Telling
from studies import DECLARED, write_study

SHOWN = ("asymmetries", "hypotheses", "coverage", "sources")
"""Sections of the worked study that are set here: the whole of it takes the better part of a minute."""

MARGINS = (20 * 72 / 25.4, 190 * 72 / 25.4)
"""Left and right margin of the page in points."""

MANY_SCRIPTS = DECLARED.replace('title = "A book"', 'title = "日本人の好きな国 и отношение россиян"')


@pytest.fixture(scope="module", autouse=True)
def weasyprint() -> Any:
    try:
        return pdf._load()
    except RashomonError as problem:
        pytest.skip(f"{problem.fault.found}: run `make services`")


@pytest.fixture(scope="module")
def article(worked: rashomon.Study) -> Article:
    whole = write_article(Telling(worked.data, worked.measure(), worked.plays()))
    return replace(whole, sections=tuple(one for one in whole.sections if one.anchor in SHOWN))


@pytest.fixture(scope="module")
def made(article: Article, tmp_path_factory: pytest.TempPathFactory) -> Any:
    import pypdf

    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    path.write_bytes(pdf.render(article, anchors(article)))
    return pypdf.PdfReader(path)


@pytest.fixture(scope="module")
def lines(made: Any) -> list[list[tuple[str, float]]]:
    """The pieces of text of each page, each with where it starts, in points from the left."""
    found: list[list[tuple[str, float]]] = []
    for page in made.pages:
        pieces: list[tuple[str, float]] = []

        def keep(text: str, of: Any, at: Any, *_: Any, pieces: list[tuple[str, float]] = pieces) -> None:
            pieces.append((text, at[4] * of[0] + at[5] * of[2] + of[4]))

        page.extract_text(visitor_text=keep)
        found.append(pieces)
    return found


@pytest.fixture(scope="module")
def texts(lines: list[list[tuple[str, float]]]) -> list[str]:
    return [re.sub(r"\s+", " ", "".join(text for text, _ in page)) for page in lines]


@pytest.fixture
def small(tmp_path: Path) -> Any:
    row = {"id": "v1", "path": "south-ministry > north-leader", "modality": "believes > wants", "topic": "border",
           "stance": "move", "basis": "inferred"}  # fmt: skip
    return rashomon.open(write_study(tmp_path / "study", MANY_SCRIPTS, statements=[row]))


def annotations(made: Any, kind: str) -> Iterator[Any]:
    for page in made.pages:
        for one in page.get("/Annots", ()):
            found = one.get_object()
            if found["/Subtype"] == kind:
                yield found


def bookmarks(made: Any, level: Any = None) -> Iterator[tuple[str, int]]:
    for one in made.outline if level is None else level:
        if isinstance(one, list):
            yield from bookmarks(made, one)
        else:
            yield one.title, made.get_destination_page_number(one) + 1


def test_title_language_sections_and_every_script_are_there(made: Any, texts: list[str], article: Article) -> None:
    text = " ".join(texts)
    assert made.metadata.title == article.title
    assert made.trailer["/Root"]["/Lang"] == "en"
    assert "/StructTreeRoot" in made.trailer["/Root"]
    for title in (article.title, "Findings", *(section.title for section in article.sections)):
        assert title in text
    assert re.search(r"[\u3040-\u30ff\u4e00-\u9fff]{4}", text)
    assert "россиян" in text
    assert "日本人の" in text.replace(" ", "")


def test_bookmarks_and_contents_name_every_section_with_its_page(made: Any, texts: list[str], article: Article) -> None:
    found = dict(bookmarks(made))
    for section in article.sections:
        assert re.search(rf"{re.escape(section.title)}[ .]*{found[section.title]}\b", texts[0])


def test_the_findings_begin_where_the_contents_end(texts: list[str]) -> None:
    assert texts[0].count("that the evidence decides") == 2  # of the answer, and of the first finding


def test_what_belongs_to_a_chart_fills_the_rest_of_its_page(article: Article) -> None:
    import pypdf

    spec = {"data": {"values": [{"n": 1}]}, "mark": "point", "encoding": {"x": {"field": "n"}}, "height": 80}
    data = Table("data", ("Data",), (Column("Row"),), tuple(Row(((f"row {n}",),)) for n in range(28)))
    small = [Figure(f"small-{n}", (f"small {n}",), spec, "one", None, size="small") for n in range(8)]
    blocks = (Figure("wide", ("A wide one",), spec, "one", data), Gallery(tuple(small)))
    bare = replace(article, findings=(), unsettled=(), sections=(Section("one", "One", blocks),))
    reader = pypdf.PdfReader(io.BytesIO(pdf.render(bare, anchors(bare))))
    pages = [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]
    for first, second in (("A wide one", "row 0"), ("row 27", "small 0")):
        assert second in next(text for text in pages if first in text)


def test_a_line_of_paper_lists_fewer_records_where_their_names_are_long() -> None:
    inline = InlineHtml({}, frozenset(), paper=pdf.Sheet())
    short, long = ([f"{stem}{n}" for n in range(9)] for stem in ("s", "q-2016a-russia-feels-close-cabinet-"))
    assert inline((Records(tuple(short), 2),)) == f'<span class="records">{", ".join(short[:5])}</span> and 4 more'
    assert inline((Records(tuple(long), 2),)) == f'<span class="records">{long[0]}</span> and 8 more'


def test_pages_are_numbered_under_a_running_title(texts: list[str]) -> None:
    for number, text in enumerate(texts, 1):
        assert f"{number} / {len(texts)}" in text
        assert number == 1 or "Japan and the USSR/Russia, 1955–2024" in text


def test_links_lead_to_places_in_the_file_or_to_the_web(made: Any) -> None:
    places = set(made.named_destinations)
    inner = [one["/Dest"] for one in annotations(made, "/Link") if "/Dest" in one]
    outer = [one["/A"]["/URI"] for one in annotations(made, "/Link") if "/A" in one]
    assert len(inner) > 100
    assert set(inner) <= places
    assert {"s-rozman-2000", "asymmetries"} <= set(inner)
    assert all(re.match(r"https?://", address) for address in outer)
    assert outer


def test_fonts_are_embedded_and_drawings_are_vectors(made: Any) -> None:
    fonts = 0
    for page in made.pages:
        resources = page["/Resources"].get_object()
        for font in resources.get("/Font", {}).values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            fonts += 1
        for drawn in resources.get("/XObject", {}).values():
            assert drawn.get_object()["/Subtype"] != "/Image"
    assert fonts


def test_a_table_over_pages_repeats_its_head(made: Any, texts: list[str]) -> None:
    marks = list(bookmarks(made))
    at = next(i for i, (title, _) in enumerate(marks) if title.endswith(". Hypotheses"))
    first, last = marks[at][1], marks[at + 1][1]
    pages = texts[first : last - 1]
    assert len(pages) > 1
    assert all("Claim Verdict Evidence" in text for text in pages)


def test_no_text_starts_beyond_the_margins(lines: list[list[tuple[str, float]]]) -> None:
    starts = [
        (text, at) for page in lines for text, at in page if text.strip() and at
    ]  # 0 where the reader has lost the place
    assert len(starts) > 1000
    assert [one for one in starts if not MARGINS[0] - 1 <= one[1] <= MARGINS[1]] == []


def test_the_same_article_gives_the_same_bytes(small: Any, tmp_path: Path) -> None:
    said: list[str] = []
    first = write_report(small.data, small.measure(), small.plays(), tmp_path / "one", "pdf", said.append).read_bytes()
    second = write_report(small.data, small.measure(), small.plays(), tmp_path / "two", "pdf").read_bytes()
    assert first == second
    assert first.startswith(b"%PDF")
    assert "charts" in said[0]


def test_the_command_writes_it_and_tells_its_progress_apart(small: Any) -> None:
    done = CliRunner().invoke(cli, ["report", str(small.data.root), "--format", "pdf", "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["result"] == {"written": [str(small.data.root / "report" / "report.pdf")]}
    assert "note: Setting the PDF" in done.stderr


def test_nothing_is_fetched() -> None:
    fetch = pdf._fetcher({"rashomon:1": b"<svg/>"})
    assert fetch("rashomon:1").read() == b"<svg/>"
    for address in ("https://example.org/a.png", "http://127.0.0.1/", "file:///etc/passwd", "data:text/plain,a"):
        with pytest.raises(ValueError, match="none of its pictures"):
            fetch(address)


@pytest.mark.parametrize(
    ("raised", "remedy"),
    [
        (ImportError("No module named 'weasyprint'"), "rashomon[pdf]"),
        (OSError("cannot load library 'pango'"), "libpango"),
    ],
)
def test_what_is_not_installed_is_an_error_that_mends(
    raised: Exception, remedy: str, small: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name == "weasyprint":
            raise raised
        return real(name, *rest)

    (tmp_path / "report.pdf").write_bytes(b"the last one")
    measures = small.measure()
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(RashomonError) as caught:
        write_report(small.data, measures, small.plays(), tmp_path, "pdf")
    assert caught.value.fault.code == "R602"
    assert remedy in caught.value.fault.remedy
    assert str(raised) == caught.value.fault.found
    assert (tmp_path / "report.pdf").read_bytes() == b"the last one"


def latin_font(path: Path) -> None:
    """A font of printable ASCII, each character a box."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for at in ((100, 600), (400, 600), (400, 0)):
        pen.lineTo(at)
    pen.closePath()
    box, chars = pen.glyph(), range(0x20, 0x7F)
    names = [".notdef", *(f"u{code}" for code in chars)]
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({code: f"u{code}" for code in chars})
    font.setupGlyf(dict.fromkeys(names, box))
    font.setupHorizontalMetrics(dict.fromkeys(names, (500, 100)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    font.save(path)


def test_a_script_that_no_font_shows_is_an_error_that_names_it(small: Any, tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    latin_font(fonts / "boxes.ttf")
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{fonts}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>")
    done = subprocess.run(
        [sys.executable, "-m", "rashomon", "report", str(small.data.root), "--format", "pdf"],
        env={**os.environ, "FONTCONFIG_FILE": str(config)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "R603" in done.stderr
    assert re.search(r"Han: [^;]*日", done.stderr)
    assert re.search(r"Kana: [^;]*き", done.stderr)
    assert re.search(r"Cyrillic: [^;]*и", done.stderr)
    assert "fonts-dejavu-core fonts-noto-cjk" in done.stderr
    assert not (small.data.root / "report" / "report.pdf").exists()
