"""Writing REFI-QDA 1.0: a codebook (.qdc), or a project (.qdpx) with its texts, codes, passages, notes and coders."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from rashomon import __version__
from rashomon.exchanging.corpora import Code, Corpus, Mark
from rashomon.exchanging.counting import OURS
from rashomon.exchanging.placing import free
from rashomon.exchanging.xml_writing import xml_document, xml_tag
from rashomon.study.files import write_atomically

PROJECT: Final = "urn:QDA-XML:project:1.0"
CODEBOOK: Final = "urn:QDA-XML:codebook:1.0"
_SPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "urn:rashomon:exchange")
_ORIGIN: Final = f"{OURS} {__version__}"
_UNDATED: Final = (1980, 1, 1, 0, 0, 0)
"""When what an archive holds was made, for all that it says: the same study makes the same bytes. QualCoder wants notes dated."""


def guid(*parts: str) -> str:
    """The GUID of a thing, the same whenever it is written."""
    return str(uuid.uuid5(_SPACE, "/".join(parts)))


def write_codebook(codes: Iterable[Code], path: Path) -> None:
    """Write codes, of which there must be one, as a codebook. R003 where a file is there."""
    attributes = {"xmlns": CODEBOOK, "origin": _ORIGIN}
    text = xml_document(xml_tag("CodeBook", attributes, [_codes(list(codes))]))
    write_atomically(free(path), text.encode("utf-8", "replace"))


def write_project(corpus: Corpus, path: Path) -> None:
    """Write coded texts as a project; keys are GUIDs. R003 where a file is there.

    The texts lie in the archive as they are; in all else, characters that XML cannot hold become U+FFFD.
    """
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        texts = {one.key: one.text for one in corpus.texts} | {
            key: text for key, (_, text) in _on_whole(corpus).items()
        }
        files = {"project.qde": _project(corpus), **{f"sources/{key}.txt": text for key, text in texts.items()}}
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _UNDATED), text.encode("utf-8", "replace"), zipfile.ZIP_DEFLATED)
    write_atomically(free(path), data.getvalue())


def _on_whole(corpus: Corpus) -> dict[str, tuple[str, str]]:
    """The notes on the whole: GUID → name and text. They are files, which more programs read than text in the element."""
    return {guid("note", corpus.name, name): (name, text) for name, text in corpus.notes.items()}


def _described(text: str) -> Iterator[str]:
    if text:
        yield xml_tag("Description", {}, text=text)


def _codes(codes: list[Code]) -> str:
    below: dict[str, list[Code]] = {}
    for one in codes:
        below.setdefault(one.parent, []).append(one)

    def tag(code: Code) -> str:
        attributes = {"guid": code.key, "name": code.name, "isCodable": str(code.codable).lower()}
        return xml_tag("Code", attributes, [*_described(code.description), *map(tag, below.get(code.key, ()))])

    return xml_tag("Codes", {}, map(tag, below.get("", ())))


def _project(corpus: Corpus) -> str:
    users = {name: guid("user", name) for name in corpus.users}
    marks: dict[int, list[Mark]] = {}
    for one in corpus.marks:
        marks.setdefault(one.text, []).append(one)
    sources = [
        xml_tag(
            "TextSource",
            {"guid": one.key, "name": one.name, "plainTextPath": f"internal://{one.key}.txt"},
            [*_described(one.description), *(_mark(mark, users) for mark in marks.get(number, ()))],
        )
        for number, one in enumerate(corpus.texts)
    ]
    day = {"creationDateTime": "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*_UNDATED)}
    on_whole = _on_whole(corpus)
    notes = [
        xml_tag("Note", {"guid": key, "name": name, "plainTextPath": f"internal://{key}.txt", **day})
        for key, (name, _) in on_whole.items()
    ]
    notes += [
        xml_tag(
            "Note",
            {"guid": guid("note", one.key), "name": "note", **day},
            [xml_tag("PlainTextContent", {}, text=one.note)],
        )
        for one in corpus.marks
        if one.note
    ]
    parts = {
        "Users": [xml_tag("User", {"guid": key, "name": name}) for name, key in users.items()],
        "CodeBook": [_codes(list(corpus.codes))] if corpus.codes else [],
        "Sources": sources,
        "Notes": notes,
    }
    ordered = [xml_tag(name, {}, items) for name, items in parts.items() if items]
    refs = [xml_tag("NoteRef", {"targetGUID": key}) for key in on_whole]
    attributes = {"xmlns": PROJECT, "name": corpus.name, "origin": _ORIGIN}
    return xml_document(xml_tag("Project", attributes, [*ordered, *_described(corpus.description), *refs]))


def _mark(one: Mark, users: Mapping[str, str]) -> str:
    coders = {code: {"creatingUser": users[coder]} if coder else {} for code, coder in one.coding.items()}
    codings = [
        xml_tag("Coding", {"guid": guid("coding", one.key, code), **by}, [xml_tag("CodeRef", {"targetGUID": code})])
        for code, by in coders.items()
    ]
    refs = [xml_tag("NoteRef", {"targetGUID": guid("note", one.key)})] if one.note else []
    places = {"startPosition": str(one.start), "endPosition": str(one.end)}
    by = next(iter(coders.values()), {})
    return xml_tag(
        "PlainTextSelection", {"guid": one.key, **places, **by}, [*_described(one.description), *codings, *refs]
    )
