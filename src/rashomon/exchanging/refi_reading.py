"""Reading REFI-QDA 1.0, a codebook or a project, without trust in it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Final

from rashomon.exchanging.corpora import Code, CodedText, Corpus, Mark
from rashomon.exchanging.counting import Place, Squeezed, Told, as_counted
from rashomon.exchanging.losing import Loss, shown
from rashomon.exchanging.refusing import bytes_of, unfit
from rashomon.exchanging.xml_trees import Node, parse_xml
from rashomon.exchanging.zips import SafeZip
from rashomon.texts import count
from rashomon.unpacking import LARGEST

_GUID: Final = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
_TAKEN_FOR: Final = "a codebook or a project of REFI-QDA 1.0"
_BESIDE: Final = ("Variables", "Cases", "Links", "Sets", "Graphs")
_BEARERS: Final = {
    "PDFSource": "Representation",
    "PictureSource": "TextDescription",
    "AudioSource": "Transcript",
    "VideoSource": "Transcript",
}
"""In what element a source has its text."""
_PLACES: Final = ("startPosition", "endPosition", "page", "firstX", "firstY", "secondX", "secondY", "begin", "end")
"""What tells the place of a passage, in whatever kind of source."""
_PLACED: Final = ("PlainTextSelection", "TranscriptSelection")
_READ: Final = frozenset({"Description", "PlainTextContent", "Coding", "NoteRef", "SyncPoint"})
_SLASHES: Final = re.compile(r"[\\/]+")


def read_codebook(path: Path) -> tuple[tuple[Code, ...], list[Loss]]:
    """The codes of a .qdc file, each after the one above it. R932 where it is none, R934 where it is too large."""
    root = parse_xml(bytes_of(path, LARGEST), str(path), "R932", "a codebook of REFI-QDA")
    if root.local != "CodeBook":
        raise unfit(path, _TAKEN_FOR, f"an element {root.local}", root.line)
    losses = [Loss(f"line {one.line}", f"set {shown(one.attribute('name'))}", "a study has no sets of codes")
              for sets in root.all("Sets") for one in sets.all("Set")]  # fmt: skip
    return tuple(_codes(path, root)), losses


def read_project(path: Path) -> tuple[Corpus, list[Loss]]:
    """The texts, codes and coded passages of a .qdpx file, and what else is in it, by line of its project.qde.

    Raises R932 where it is no such project or contradicts itself, R934 where it unpacks to more than is allowed.
    """
    with SafeZip(path) as archive:
        found = [one for one in archive.members if one.lower().endswith(".qde")]
        name = min(found, key=lambda one: (len(_SLASHES.findall(one)), one), default="")
        data = archive.read(name)
        if data is None:
            raise unfit(path, _TAKEN_FOR, "no project.qde in it")
        root = parse_xml(data, f"{path}!{name}", "R932", "a project of REFI-QDA")
        if root.local != "Project":
            raise unfit(path, _TAKEN_FOR, f"an element {root.local}", root.line)
        return _Project(path, archive, root).read()


def _guid(path: Path, node: Node, name: str = "guid") -> str:
    found = _GUID.fullmatch(node.attribute(name).strip())
    if found is None:
        raise unfit(path, _TAKEN_FOR, f"{node.local} with {name} {shown(node.attribute(name))!r}", node.line)
    return found[1].lower()


def _codes(path: Path, root: Node) -> Iterator[Code]:
    waiting = deque(("", node) for codes in root.all("Codes") for node in codes.all("Code"))
    seen: set[str] = set()
    while waiting:
        parent, node = waiting.popleft()
        key = _guid(path, node)
        if key in seen:
            raise unfit(path, _TAKEN_FOR, f"two codes with the GUID {key}", node.line)
        seen.add(key)
        codable = node.attribute("isCodable").strip().lower() not in ("false", "0")
        yield Code(key, node.attribute("name") or key, parent, node.said("Description"), codable)
        waiting.extend((key, one) for one in node.all("Code"))


class _Project:
    def __init__(self, path: Path, archive: SafeZip, root: Node) -> None:
        self.path, self.archive, self.root = path, archive, root
        self.losses: list[Loss] = []
        self.alike: dict[str, dict[str, str]] = {}  # last part of a member's path → the whole path → its name
        for one in archive.members:
            whole = _SLASHES.sub("/", one).lower()
            self.alike.setdefault(whole.rpartition("/")[2], {})[whole] = one
        self.users = {
            _guid(path, one): one.attribute("name") for users in root.all("Users") for one in users.all("User")
        }
        notes = [one for group in root.all("Notes") for one in group.all("Note")]
        self.notes = dict(self.kept(notes))
        self.titles = {_guid(path, one): one.attribute("name") for one in notes}
        self.linked = self.links()
        self.noted: dict[str, list[str]] = {}
        for _, note, passage in self.linked:
            self.noted.setdefault(passage, []).append(note)
        self.codes = tuple(code for book in root.all("CodeBook") for code in _codes(path, book))
        self.known = {one.key for one in self.codes}
        self.texts: list[CodedText] = []
        self.marks: list[Mark] = []
        self.files: dict[str, int] = {}
        self.borne: set[str] = set()  # notes that stand in a mark

    def read(self) -> tuple[Corpus, list[Loss]]:
        for sources in self.root.all("Sources"):
            for node in sources.children:
                self.take(node)
        joined = {link for link, _, _ in self.linked}
        for name in _BESIDE:
            for group in self.root.all(name):
                for one in group.children:
                    if _key(one) not in joined:
                        told = f"{one.local} {shown(one.attribute('name'))}".strip()
                        self.lose(one, told, "a study has no place for it")
        description = next((one.text for one in self.root.all("Description")), "")
        users = tuple(self.users.values())
        notes: dict[str, str] = {}
        for key, text in self.notes.items():
            if key not in self.borne:
                title = self.titles[key]
                notes[f"{title} ({key})" if title in notes else title] = text
        name = self.root.attribute("name")
        return Corpus(name, self.codes, tuple(self.texts), tuple(self.marks), description, users, notes), self.losses

    def lose(self, node: Node, what: str, why: str) -> None:
        self.losses.append(Loss(f"project.qde:{node.line}", what, why))

    def kept(self, notes: Iterable[Node]) -> Iterator[tuple[str, str]]:
        """The notes, each with its text; those whose file is not there are lost."""
        for one in notes:
            text = self.text_of(one)
            if text is None and one.attribute("plainTextPath"):
                self.lose(one, f"note {shown(one.attribute('name'))}", "its text is not in the file")
            else:
                yield _guid(self.path, one), text or ""

    def links(self) -> list[tuple[str, str, str]]:
        """Links between a note and a passage, as NVivo keeps annotations: the link, the note, the passage."""
        passages = {_key(one) for one in self.root.each() if one.local in (*_PLACED, "PDFSelection")}
        found = []
        for one in (one for group in self.root.all("Links") for one in group.all("Link")):
            ends = {_key(one, "originGUID"), _key(one, "targetGUID")}
            for note, passage in product(ends & self.notes.keys(), ends & passages):
                found.append((_key(one), note, passage))
        return found

    def text_of(self, node: Node) -> str | None:
        """The plain text of a source or a note: in the element, or a file of the archive; None where it is in neither."""
        content = node.first("PlainTextContent")
        place = node.attribute("plainTextPath")
        if content is not None or not place:
            return None if content is None else content.text
        data = self.archive.read(self.member(place))
        return None if data is None else data.decode("utf-8-sig", "replace")

    def member(self, place: str) -> str:
        """The member of the archive that a path means: programs name the folder in capitals or not, or with the slashes of
        Windows, and some write no scheme before it. "" where there is none, or one cannot tell.
        """
        wanted = _SLASHES.sub("/", place.rpartition("://")[2]).strip("/").lower()
        alike = self.alike.get(wanted.rpartition("/")[2], {})
        return alike.get(f"sources/{wanted}") or (next(iter(alike.values())) if len(alike) == 1 else "")

    def take(self, source: Node) -> None:
        """Take the texts of a source: its own, that of a PDF or a picture, transcripts of a recording; else its codings alone."""
        bearers = [source] if source.local == "TextSource" else list(source.all(_BEARERS.get(source.local, "")))
        texts = [(one, text) for one in bearers if (text := self.text_of(one)) is not None]
        if texts:
            whole = self.coding(source)
            taken = [self.take_text(source, one, text, whole) for one, text in texts]
            self.take_rest(source, taken[0])
        elif source.local in ("TextSource", *_BEARERS):
            self.take_wordless(source)
        else:
            coded = sum(1 for one in source.each() if one.local == "CodeRef")
            why = "a study has no such sources; it was left out" + (f", with {count(coded, 'coding')}" if coded else "")
            self.lose(source, f"{source.local} {shown(source.attribute('name'))}", why)

    def take_wordless(self, source: Node) -> None:
        """Take the codings of a source whose text is not in the file: of its passages no more is known than what names them."""
        bearers = [source, *source.all(_BEARERS.get(source.local, ""))]
        passages = [one for bearer in bearers for one in bearer.children if one.local.endswith("Selection")]
        told = f"{source.local} {shown(source.attribute('name'))}"
        whole = {key: coder for bearer in bearers for key, coder in self.coding(bearer).items()}
        if not passages and not whole:
            self.lose(source, told, "no plain text in the file; it was left out")
            return
        self.lose(source, told, "no plain text in the file; its codings were taken without it")
        key, number = _guid(self.path, source), len(self.texts)
        self.texts.append(CodedText(key, source.attribute("name") or key, "", source.said("Description"), _day(source)))
        if whole:
            self.marks.append(Mark(key, number, 0, 0, whole, "", "", f"project.qde:{source.line}"))
        made: dict[str, Mark] = {}
        for node in passages:
            inner = node.first("Representation")
            words = ((self.text_of(inner) if inner else None) or node.attribute("name")).strip()
            place = ", ".join(f"{name} {node.attribute(name)}" for name in _PLACES if node.attribute(name))
            mark = self.mark(node, number, (0, 0), "; ".join(filter(None, (words, place))))
            if mark.key in made:  # a passage of a PDF may stand on its page and in its text
                mark = replace(made[mark.key], coding={**made[mark.key].coding, **mark.coding})
            else:
                why = f"without the text it stands for the whole, {'with its name in the note' if words else 'without words'}"
                self.lose(node, f"{node.local} ({place})" if place else node.local, why)
            made[mark.key] = mark
        self.marks += made.values()

    def take_text(self, source: Node, bearer: Node, text: str, whole: dict[str, str]) -> int:
        """Take a text with its passages, and the codings of its ``whole`` source; its number.

        One that is there twice, as a source and as a transcript, is taken once.
        """
        passages = list(self.passages(bearer))
        text, places = as_counted(text, [told for _, told in passages], self.root.attribute("origin"))
        name = source.attribute("name") or bearer.attribute("name")
        key = _guid(self.path, bearer if bearer.local == "Transcript" else source)
        number = self.files.get(bearer.attribute("plainTextPath"), -1)
        if number < 0 or self.texts[number].text != text:
            number = len(self.texts)
            self.texts.append(CodedText(key, name or key, text, source.said("Description"), _day(source)))
            if bearer.attribute("plainTextPath"):
                self.files[bearer.attribute("plainTextPath")] = number
        if bearer is not source:
            whole = whole | self.coding(bearer)
        if whole:
            self.marks.append(Mark(key, number, 0, 0, whole, "", "", f"project.qde:{source.line}"))
        for (node, told), (start, end) in zip(passages, places, strict=True):
            if 0 <= start <= end <= len(text):
                self.marks.append(self.mark(node, number, (start, end)))
            else:
                what = f"passage from {told.start} to {told.end} of a text of {len(text)} letters"
                self.lose(node, what, "there is no such place; it was left out")
        return number

    def take_rest(self, source: Node, number: int) -> None:
        """Passages of a PDF that are marked on its pages alone, by their words; all else of a source is told."""
        placed = {_key(one) for inner in source.children for one in inner.all("PlainTextSelection")}
        squeezed: Squeezed | None = None
        for node in source.children:
            if node.local in (*_READ, *_PLACED, *_BEARERS.values()) or _key(node) in placed:
                continue
            if node.local != "PDFSelection":
                self.lose(node, f"{node.local} of {shown(source.attribute('name'))}", "a source has no place for it")
                continue
            inner = node.first("Representation")
            words = ((self.text_of(inner) if inner else None) or node.attribute("name")).strip().rstrip("…")
            squeezed = squeezed or Squeezed(self.texts[number].text)
            place = squeezed.place_of(words)
            if place is None:
                self.lose(node, f"place of passage {shown(words)!r}", "its words stand in the text nowhere, or more than once: "
                          "it stands for the whole, with its words in the note")  # fmt: skip
            self.marks.append(self.mark(node, number, place or (0, 0), "" if place else words))

    def passages(self, bearer: Node) -> Iterator[tuple[Node, Told]]:
        """The passages of a text as the program counts them. Some programs write the words of a passage for its name."""
        points = {_key(one): one for one in bearer.all("SyncPoint")}
        for node in bearer.all("PlainTextSelection"):
            start, end = (self.number(node, name) for name in ("startPosition", "endPosition"))
            yield node, Told(start, end, node.attribute("name"))
        for node in bearer.all("TranscriptSelection"):
            ends = [points.get(_key(node, name)) for name in ("fromSyncPoint", "toSyncPoint")]
            start, end = (-1 if one is None else self.number(one, "position") for one in ends)
            yield node, Told(start, end, node.attribute("name"))

    def mark(self, node: Node, number: int, place: Place, words: str = "") -> Mark:
        key = _guid(self.path, node)
        notes = [*(_guid(self.path, one, "targetGUID") for one in node.all("NoteRef")), *self.noted.get(key, ())]
        self.borne.update(notes)
        note = "\n".join(filter(None, (words, *(self.notes.get(one, "") for one in notes))))
        description = next((one.text for one in node.all("Description")), "")
        return Mark(key, number, *place, self.coding(node), description, note, f"project.qde:{node.line}")

    def coding(self, node: Node) -> dict[str, str]:
        found = {}
        for coding in node.all("Coding"):
            by = _key(coding, "creatingUser") or _key(node, "creatingUser")
            for one in coding.all("CodeRef"):
                key = _guid(self.path, one, "targetGUID")
                if key in self.known:
                    found[key] = self.users.get(by, "")
                else:
                    self.lose(one, f"code {key}", "the codebook does not have it, and it was left out")
        return found

    def number(self, node: Node, name: str) -> int:
        text = node.attribute(name).strip()
        if not re.fullmatch(r"[0-9]{1,12}", text, re.ASCII):
            raise unfit(self.path, _TAKEN_FOR, f"{name} {shown(text)!r}", node.line)
        return int(text)


def _key(node: Node, name: str = "guid") -> str:
    return node.attribute(name).strip("{} ").lower()


def _day(node: Node) -> str:
    """The day on which a source was made in the program: it can be no younger."""
    found = re.match(r"(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}(?=T|\Z)", node.attribute("creationDateTime"))
    return found[0] if found else ""
