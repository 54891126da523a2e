"""What a PDF says of itself: in its Info dictionary, in its XMP packet (ISO 16684-1), and the language of its catalogue."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pypdfium2.raw as engine
from lxml import etree

from rashomon.reading.documents import Metadata
from rashomon.reading.flowing import careful_parser, local

_LONGEST: Final = 1 << 20
"""A packet longer than this is no metadata of a document."""

_BLOCK: Final = 4 << 20
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_PDF: Final = b"http://ns.adobe.com/pdf/1.3/"
_PUBLISHED: Final = ("publicationDate", "coverDate", "issued")
_DAY: Final = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?(?=$|T)")
_FILE: Final = re.compile(r"(?i)microsoft word - |untitled|.*\.(?:docx?|pdf|indd|tex|dvi|odt|rtf|qxd|x?html?|md|txt)$")
_NOBODY: Final = re.compile(r"(?i)\(?(?:anonymous|unspecified|unknown|untitled|author|user|admin(?:istrator)?)\)?$")
"""What programs write where nobody told them a title or an author."""


def of(pdf: Any, path: Path) -> Metadata:
    """The metadata of an open ``pypdfium2.PdfDocument``, read from ``path``; XMP goes before the Info dictionary.

    A title that is the name of a file says nothing and is left out, and so is what stands for nobody. ``published`` is what XMP
    calls so (PRISM, Dublin Core).
    """
    info = pdf.get_metadata_dict(skip_empty=True)
    packet = _packet(path)
    names = [name.strip() for name in info.get("Author", "").split(";")]
    return Metadata(
        title=next(
            (one for one in (*_listed(packet, "title"), info.get("Title", "").strip()) if _says_something(one)), ""
        ),
        authors=tuple(one for one in _listed(packet, "creator") or names if one and not _NOBODY.match(one)),
        published=_published(packet),
        language=_language(pdf) or next(iter(_listed(packet, "language")), ""),
        publisher=next(iter(_listed(packet, "publisher")), ""),
        container=next((text for name, text in _leaves(packet) if name == "publicationName"), ""),
    )


def _says_something(title: str) -> bool:
    return bool(title) and not _FILE.match(title) and not _NOBODY.match(title)


def _language(pdf: Any) -> str:
    """The language of the catalogue, such as ``ja`` or ``en-GB``."""
    size = engine.FPDFCatalog_GetLanguage(pdf.raw, None, 0)
    if size < 4:
        return ""
    buffer = ctypes.create_string_buffer(size)
    engine.FPDFCatalog_GetLanguage(pdf.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip()


def _packet(path: Path) -> Any:
    """The document's XMP packet as XML, None where there is none.

    Packets are left uncompressed so that they can be found in the bytes. Pictures in a PDF have packets of their own: the
    document's is the last one that uses the names of PDF's own schema.
    """
    found, window = None, b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            window = window[-_LONGEST:] + block
            found = _last_packet(window) or found
    return None if found is None else _parsed(found)


def _last_packet(window: bytes) -> bytes | None:
    """The last whole packet with PDF's names among some bytes."""
    end = len(window)
    while (start := window.rfind(b"<x:xmpmeta", 0, end)) >= 0:
        stop = window.find(b"</x:xmpmeta>", start, min(end, start + _LONGEST))
        if stop >= 0 and window.find(_PDF, start, stop) >= 0:
            return window[start : stop + len(b"</x:xmpmeta>")]
        end = start
    return None


def _parsed(packet: bytes) -> Any:
    try:
        return etree.fromstring(packet, careful_parser())
    except etree.XMLSyntaxError:
        return None


def _leaves(packet: Any) -> Iterator[tuple[str, str]]:
    """Simple properties, each as its name without namespace and its value: XMP writes them as elements or as attributes."""
    if packet is None:
        return
    for node in packet.iter(etree.Element):
        for name, value in node.attrib.items():
            yield local(name), value.strip()
        if len(node) == 0 and node.text:
            yield local(node.tag), node.text.strip()


def _listed(packet: Any, name: str) -> list[str]:
    """The values of a property of Dublin Core, which are lists."""
    if packet is None:
        return []
    texts = (
        "".join(one.itertext()).strip()
        for node in packet.iter(_DC + name)
        for one in (list(node.iter("{*}li")) or [node])
    )
    return [text for text in texts if text]


def _published(packet: Any) -> str:
    found = (_DAY.match(text) for name, text in _leaves(packet) if name in _PUBLISHED)
    return next((day[0] for day in found if day), "")
