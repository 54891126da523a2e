"""Small documents of each format, made by hand from paragraphs, for the tests of reading."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from rashomon.errors import Fault
from rashomon.reading.documents import Block, Document
from rashomon.reading.formats import documents_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ODF = {"draw": "drawing", "svg": "svg-compatible"} | {
    name: name for name in ("office", "text", "table", "style", "meta")
}
ODF = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"' for name, full in _ODF.items())
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def zipped(members: Mapping[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(body: str, others: Mapping[str, str] | None = None) -> bytes:
    """A Word document whose ``w:body`` holds ``body``; ``others``: further parts."""
    return zipped(
        {
            "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            **(others or {}),
        }
    )


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def wp(text: str, style: str = "") -> str:
    """A paragraph of Word."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{run(text)}</w:p>"


def odt(body: str, others: Mapping[str, str] | None = None) -> bytes:
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {ODF}>{text}</office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **(others or {})})


def epub(chapters: Iterable[str], metadata: str = "", others: Mapping[str, str] | None = None) -> bytes:
    """A book of XHTML bodies."""
    listed = list(chapters)
    items = "".join(
        f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(listed))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(listed)))
    pages = {
        f"OEBPS/c{n}.xhtml": "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml' "
        f"xmlns:epub='http://www.idpf.org/2007/ops'><head><title/></head><body>{body}</body></html>"
        for n, body in enumerate(listed)
    }
    package = (
        f"<package xmlns='http://www.idpf.org/2007/opf' {DC}><metadata>{metadata}</metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
        "<rootfile full-path='OEBPS/book.opf'/></rootfiles></container>"
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OEBPS/book.opf": package,
            **pages,
            **(others or {}),
        }
    )


def mail(text: str) -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = (
        "On the islands",
        "A. Clerk <clerk@example.org>",
        "b@example.org",
    )
    message["Date"] = "Mon, 29 Apr 1991 10:00:00 +0900"
    message.set_content(text, charset="utf-8")
    return message.as_bytes()


def written(paragraphs: list[str]) -> dict[str, bytes]:
    """The same paragraphs as a file of each format, by suffix."""
    html = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return {
        ".txt": "\n\n".join(paragraphs).encode(),
        ".md": "\n\n".join(paragraphs).encode(),
        ".html": f"<html><head><meta charset=utf-8><title>t</title></head><body>{html}</body></html>".encode(),
        ".docx": docx("".join(map(wp, paragraphs))),
        ".odt": odt("".join(f"<text:p>{escape(text)}</text:p>" for text in paragraphs)),
        ".epub": epub([html]),
        ".jsonl": json.dumps({"id": "1", "paragraphs": paragraphs}).encode(),
        ".eml": mail("\n\n".join(paragraphs)),
    }


def read(path: Path, data: bytes | str) -> list[Block]:
    """The blocks of the one document of ``path``, once ``data`` is written there."""
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    [document] = documents_of(path)
    return list(document.blocks)


def whole(path: Path, faults: list[Fault] | None = None) -> list[tuple[Document, list[Block]]]:
    return [(document, list(document.blocks)) for document in documents_of(path, faults)]


def told(blocks: Iterable[Block]) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks]
