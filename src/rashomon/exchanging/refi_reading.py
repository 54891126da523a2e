"""Reading REFI-QDA 1.0, a codebook or a project, without trust in it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from rashomon.exchanging.corpora import Code, CodedText, Corpus, Mark
from rashomon.exchanging.counting import Place, Told, as_counted
from rashomon.exchanging.losing import Loss, shown
from rashomon.exchanging.refusing import bytes_of, unfit
from rashomon.exchanging.xml_trees import Node, parse_xml
from rashomon.exchanging.zips import SafeZip
from rashomon.unpacking import LARGEST

_GUID: Final = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
_TAKEN_FOR: Final = "a codebook or a project of REFI-QDA 1.0"
_BESIDE: Final = ("Variables", "Cases", "Links", "Sets", "Graphs")
_READ: Final = frozenset({"Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef"})


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
        name = next((one for one in archive.members if one.lower().endswith(".qde") and "/" not in one), "")
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


def _placed(root: Node) -> Iterator[str]:
    """The notes on something in the project; all others are on the whole, whether it refers to them or not."""
    waiting = [one for one in root.children if one.local != "NoteRef"]
    while waiting:
        node = waiting.pop()
        if node.local == "NoteRef":
            yield node.attribute("targetGUID").strip("{} ").lower()
        waiting += node.children


class _Project:
    def __init__(self, path: Path, archive: SafeZip, root: Node) -> None:
        self.path, self.archive, self.root = path, archive, root
        self.losses: list[Loss] = []
        self.users = {
            _guid(path, one): one.attribute("name") for users in root.all("Users") for one in users.all("User")
        }
        notes = [one for group in root.all("Notes") for one in group.all("Note")]
        self.notes = {_guid(path, one): self.text_of(one) or "" for one in notes}
        self.titles = {_guid(path, one): one.attribute("name") for one in notes}
        self.codes = tuple(code for book in root.all("CodeBook") for code in _codes(path, book))
        self.known = {one.key for one in self.codes}

    def read(self) -> tuple[Corpus, list[Loss]]:
        texts: list[CodedText] = []
        marks: list[Mark] = []
        for sources in self.root.all("Sources"):
            for node in sources.children:
                text = self.text_of(node) if node.local == "TextSource" else None
                if text is None:
                    what = "no plain text in the file" if node.local == "TextSource" else "a study has no such sources"
                    self.lose(node, f"{node.local} {shown(node.attribute('name'))}", f"{what}; it was left out")
                    continue
                text, places = as_counted(text, self.told(node), self.root.attribute("origin"))
                key = _guid(self.path, node)
                texts.append(CodedText(key, node.attribute("name") or key, text, node.said("Description"), _day(node)))
                marks += self.marks(node, len(texts) - 1, text, places)
        for name in _BESIDE:
            for group in self.root.all(name):
                for one in group.children:
                    self.lose(one, f"{one.local} {shown(one.attribute('name'))}".strip(), "a study has no place for it")
        description = next((one.text for one in self.root.all("Description")), "")
        users = tuple(self.users.values())
        placed = set(_placed(self.root))
        notes: dict[str, str] = {}
        for key, text in self.notes.items():
            if key not in placed:
                title = self.titles[key]
                notes[f"{title} ({key})" if title in notes else title] = text
        name = self.root.attribute("name")
        return Corpus(name, self.codes, tuple(texts), tuple(marks), description, users, notes), self.losses

    def lose(self, node: Node, what: str, why: str) -> None:
        self.losses.append(Loss(f"project.qde:{node.line}", what, why))

    def text_of(self, node: Node) -> str | None:
        """The plain text of a source or a note: in the element, or a file of the archive; None where it is in neither."""
        content = node.first("PlainTextContent")
        place = node.attribute("plainTextPath")
        if content is not None or not place.startswith("internal://"):
            return None if content is None else content.text
        data = self.archive.read("sources/" + place.removeprefix("internal://"))
        if data is None:
            data = self.archive.read("Sources/" + place.removeprefix("internal://"))
        return None if data is None else data.decode("utf-8-sig", "replace")

    def told(self, source: Node) -> list[Told]:
        """The passages of a source as the program counts them. Some programs write the words of a passage for its name."""
        return [Told(self.number(one, "startPosition"), self.number(one, "endPosition"), one.attribute("name"))
                for one in source.all("PlainTextSelection")]  # fmt: skip

    def marks(self, source: Node, number: int, text: str, places: Sequence[Place]) -> Iterator[Mark]:
        """The passages of a text, in their places; codes of the text as a whole make one of all of it."""
        whole = self.coding(source)
        if whole:
            yield Mark(_guid(self.path, source), number, 0, 0, whole, "", "", f"project.qde:{source.line}")
        for node, (start, end) in zip(source.all("PlainTextSelection"), places, strict=True):
            if not 0 <= start <= end <= len(text):
                raise unfit(
                    self.path,
                    _TAKEN_FOR,
                    f"a passage from {start} to {end} of a text of {len(text)} letters",
                    node.line,
                )
            note = "\n".join(
                filter(None, (self.notes.get(_guid(self.path, one, "targetGUID"), "") for one in node.all("NoteRef")))
            )
            description = next((one.text for one in node.all("Description")), "")
            yield Mark(
                _guid(self.path, node),
                number,
                start,
                end,
                self.coding(node),
                description,
                note,
                f"project.qde:{node.line}",
            )
        for node in source.children:
            if node.local not in _READ or (node.local == "NoteRef"):
                self.lose(node, f"{node.local} of {shown(source.attribute('name'))}", "a source has no place for it")

    def coding(self, node: Node) -> dict[str, str]:
        found = {}
        for coding in node.all("Coding"):
            by = coding.attribute("creatingUser") or node.attribute("creatingUser")
            for one in coding.all("CodeRef"):
                key = _guid(self.path, one, "targetGUID")
                if key not in self.known:
                    raise unfit(self.path, _TAKEN_FOR, f"a code {key} that the codebook does not have", one.line)
                found[key] = self.users.get(by.strip("{} ").lower(), "")
        return found

    def number(self, node: Node, name: str) -> int:
        text = node.attribute(name).strip()
        if not re.fullmatch(r"[0-9]{1,12}", text, re.ASCII):
            raise unfit(self.path, _TAKEN_FOR, f"{name} {shown(text)!r}", node.line)
        return int(text)


def _day(node: Node) -> str:
    """The day on which a source was made in the program: it can be no younger."""
    found = re.match(r"(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}(?=T|\Z)", node.attribute("creationDateTime"))
    return found[0] if found else ""
