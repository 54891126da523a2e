"""A small writer of PDFs: pages of lines at given places, in the standard fonts, so that a test knows what was drawn where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rashomon.errors import Fault
from rashomon.reading.documents import Block
from rashomon.reading.pdf_files import documents

FONTS = ("Times-Roman", "Times-Bold", "Helvetica", "Courier", "Courier-Bold")
COURIER, BOLD = 3, 4
A4 = (595, 842)


@dataclass(frozen=True)
class Line:
    """A line of text: its left end and its base line in points from the lower left corner; ``font``: the number of one of FONTS,
    at first of the one whose letters are all 0.6 of their size wide.
    """

    x: float
    y: float
    text: str
    size: float = 10
    font: int = COURIER
    rise: float = 0


@dataclass(frozen=True)
class Rule:
    """A thin line drawn from left to right."""

    x: float
    y: float
    width: float


Mark = Line | Rule


def _drawn(mark: Mark) -> str:
    if isinstance(mark, Rule):
        return f"{mark.x:g} {mark.y:g} {mark.width:g} 0.5 re f"
    text = "".join(
        f"\\{code:03o}" if code in b"()\\" or code > 126 else chr(code) for code in mark.text.encode("cp1252")
    )
    return f"BT /F{mark.font} {mark.size:g} Tf {mark.rise:g} Ts 1 0 0 1 {mark.x:g} {mark.y:g} Tm ({text}) Tj ET"


def body_of(marks: Iterable[Mark]) -> bytes:
    """A page's stream."""
    return "\n".join(map(_drawn, marks)).encode("latin-1")


@dataclass(frozen=True)
class Extras:
    """What a PDF may have beside its pages, each as PDF syntax; ``page``: keys of every page's dictionary."""

    catalog: str = ""
    info: str = ""
    page: str = ""
    streams: Sequence[tuple[str, bytes]] = ()
    """(keys of the stream's dictionary, bytes); the first is object 3, and so on."""


def pdf(pages: Sequence[Iterable[Mark] | bytes], extras: Extras = Extras(), size: tuple[float, float] = A4) -> bytes:
    """The bytes of a PDF with these pages."""
    fonts = " ".join(
        f"/F{i} << /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for i, name in enumerate(FONTS)
    )
    first = 4 + len(extras.streams)
    kids = " ".join(f"{first + 2 * i} 0 R" for i in range(len(pages)))
    shape = f"/MediaBox [0 0 {size[0]:g} {size[1]:g}] /Resources << /Font << {fonts} >> >>"
    objects = [f"<< /Type /Catalog /Pages 2 0 R {extras.catalog} >>".encode("latin-1")]
    objects.append(f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] {shape} >>".encode())
    objects += [_stream(keys, data) for keys, data in extras.streams]
    objects.append(f"<< {extras.info} >>".encode("latin-1"))
    for i, page in enumerate(pages):
        keys = f"<< /Type /Page /Parent 2 0 R /Contents {first + 2 * i + 1} 0 R {extras.page} >>"
        objects += [keys.encode(), _stream("", page if isinstance(page, bytes) else body_of(page))]
    return _assembled(objects, info=first - 1)


def _stream(keys: str, data: bytes) -> bytes:
    return f"<< {keys} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _assembled(objects: Sequence[bytes], info: int) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    count = len(objects) + 1
    return bytes(out + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + tail % (count, info, len(out)))


def blocks_of(path: Path) -> list[Block]:
    """The blocks of a PDF that must be read without a fault."""
    faults: list[Fault] = []
    found = [block for document in documents(path, faults) for block in document.blocks]
    assert faults == []
    return found


def paper(tmp_path: Path, *pages: Iterable[Mark] | bytes, extras: Extras = Extras()) -> Path:
    """A PDF of these pages, as a file."""
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf(pages, extras))
    return path


def lines(x: float, y: float, *texts: str, size: float = 10, font: int = COURIER, leading: float = 12) -> list[Line]:
    """Lines under one another, the first at ``y``."""
    return [Line(x, y - i * leading, text, size, font) for i, text in enumerate(texts)]
