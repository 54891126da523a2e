"""Electronic books (EPUB 2 and 3): the files of the spine in order, as one document, with the pages of the printed book."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from rashomon.errors import Fault, RashomonError
from rashomon.reading.archives import Archive
from rashomon.reading.dating import published_on
from rashomon.reading.documents import Block, Document, Metadata
from rashomon.reading.flowing import attribute, local, parsed
from rashomon.reading.html_blocks import Walker
from rashomon.reading.html_trees import drop, language_of, parse, trim
from rashomon.reading.originals import Original, locked, unreadable

__all__ = ["documents"]

_BOOK = "an EPUB"
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Ways of hiding fonts; they lock no text (EPUB 3.3, OCF 4.4)."""


@dataclass(frozen=True, slots=True)
class _Package:
    metadata: Metadata
    spine: tuple[str, ...]  # names of members


def documents(original: Original, faults: list[Fault]) -> Iterator[Document]:
    """The book as one document. Files of the spine that cannot be read go to ``faults``. Raises R901, R902, R903."""
    with Archive(original, _BOOK) as archive:
        package = _package(archive, original)
        _refuse_locked(archive, original, package.spine)
    yield Document(package.metadata, _blocks(original, package, faults), original.part)


def _package(archive: Archive, original: Original) -> _Package:
    container = parsed(archive.read("META-INF/container.xml"), original, _BOOK)
    roots = [
        attribute(one.attrib, "full-path") for one in container.iter(etree.Element) if local(one.tag) == "rootfile"
    ]
    if not roots:
        raise unreadable(original, _BOOK, "META-INF/container.xml names no package")
    tree = parsed(archive.read(roots[0]), original, _BOOK)
    elements = list(tree.iter(etree.Element))
    folder = posixpath.dirname(roots[0])
    files = {one.get("id"): one for one in elements if local(one.tag) == "item"}
    spine = [files[name] for one in elements if local(one.tag) == "itemref" and (name := one.get("idref")) in files]
    texts = [one for one in spine if "html" in (one.get("media-type") or "html")]
    names = (posixpath.normpath(posixpath.join(folder, unquote(one.get("href") or ""))) for one in texts)
    return _Package(_metadata(elements), tuple(dict.fromkeys(names)))


def _metadata(elements: list[etree._Element]) -> Metadata:
    core: dict[str, list[str]] = {}
    for one in elements:
        if isinstance(one.tag, str) and one.tag.startswith("{http://purl.org/dc/"):
            event = attribute(one.attrib, "event")
            if (text := " ".join((one.text or "").split())) and event in ("", "publication", "original-publication"):
                core.setdefault(local(one.tag), []).append(text)

    def first(name: str) -> str:
        return core.get(name, [""])[0]

    return Metadata(
        title=first("title"),
        authors=tuple(core.get("creator", ())),
        published=next(filter(None, map(published_on, core.get("date", ()))), ""),
        language=first("language"),
        url=next(
            (one for name in ("source", "identifier") for one in core.get(name, ()) if one.startswith("http")), ""
        ),
        publisher=first("publisher"),
    )


def _refuse_locked(archive: Archive, original: Original, spine: tuple[str, ...]) -> None:
    """Raise R902 where the files of the text themselves are encrypted."""
    data = archive.read_if_there("META-INF/encryption.xml")
    if not data:
        return
    for one in parsed(data, original, _BOOK):
        methods = [attribute(part.attrib, "Algorithm") for part in one if local(part.tag) == "EncryptionMethod"]
        references = (part for part in one.iter(etree.Element) if local(part.tag) == "CipherReference")
        names = {unquote(attribute(part.attrib, "URI")) for part in references}
        if names & set(spine) and not set(methods) <= set(_FONTS):
            raise locked(original, "its text is encrypted (DRM)")


def _blocks(original: Original, package: _Package, faults: list[Fault]) -> Iterator[Block]:
    walker = Walker()
    with Archive(original, _BOOK) as archive:
        for name in package.spine:
            try:
                root = parse(archive.read(name), original)
                if root is not None:
                    drop(root.iter("nav"))  # the machine's own lists: contents, landmarks, pages
                    language = language_of(root) or package.metadata.language
                    yield from walker.blocks(trim(root, boilerplate=False), language)
            except RashomonError as refused:
                faults += refused.faults
