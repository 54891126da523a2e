"""Markdown: headings, lists, tables, code, notes and front matter; marks of emphasis and links are taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rashomon.errors import Fault
from rashomon.reading.dating import published_on
from rashomon.reading.decoding import decode
from rashomon.reading.documents import Block, Document, Kind, Metadata
from rashomon.reading.originals import Original

__all__ = ["documents"]

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,}).*")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|([0-9]{1,9}[.)]))[ \t]+(.*)")
_NOTE = re.compile(r" {0,3}\[\^([^\]]+)\]:[ \t]*(.*)")
_BETWEEN = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_PAIR = re.compile(r"([A-Za-z_][\w-]*)[ \t]*[:=][ \t]*(.*)")
_MARKS = (
    (re.compile(r"!\[([^\]]{0,500})\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"]{0,500}\")?\)"), r"\1"),
    (re.compile(r"\[([^\[\]]{1,500})\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"]{0,500}\")?\)"), r"\1"),
    (re.compile(r"<(https?://[^<>\s]+)>"), r"\1"),
    (re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*]*[^\s*\\])\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w_\\])(_{1,3})(?=[^\s_])([^_]*[^\s_\\])\1(?![\w_])"), r"\2"),
    (re.compile(r"(?<!`)`([^`]+)`(?!`)"), r"\1"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def documents(original: Original, faults: list[Fault]) -> Iterator[Document]:
    """The text as one document. Front matter between ``---`` or ``+++`` is read as far as it is ``key: value``."""
    lines = decode(original.read()).splitlines()
    front, body = _front(lines)
    yield Document(_metadata(front), _Reader().blocks(body), original.part)


def _front(lines: list[str]) -> tuple[dict[str, list[str]], list[str]]:
    """The pairs of the front matter, each with its values, and the lines after it."""
    fence = lines[0].rstrip() if lines else ""
    ends = [number for number, line in enumerate(lines[1:200], 1) if line.rstrip() == fence]
    if fence not in ("---", "+++") or not ends:
        return {}, lines
    found: dict[str, list[str]] = {}
    key = ""
    for line in lines[1 : ends[0]]:
        if pair := _PAIR.fullmatch(line.rstrip()):
            key = pair[1].lower()
            found[key] = _values(pair[2])
        elif key and (item := re.fullmatch(r"[ \t]*-[ \t]+(.*)", line.rstrip())):
            found[key] += _values(item[1])
    return found, lines[ends[0] + 1 :]


def _values(text: str) -> list[str]:
    listed = text.strip()
    parts = listed[1:-1].split(",") if listed[:1] == "[" and listed[-1:] == "]" else [listed]
    return [value for part in parts if (value := part.strip().strip("\"'"))]


def _metadata(front: dict[str, list[str]]) -> Metadata:
    def first(*keys: str) -> str:
        return next((front[key][0] for key in keys if front.get(key)), "")

    return Metadata(
        title=first("title"),
        authors=tuple(front.get("authors") or front.get("author") or ()),
        published=published_on(first("date", "published")),
        language=first("language", "lang"),
        url=first("url", "link"),
        container=first("container", "journal"),
        publisher=first("publisher"),
    )


def _plain(text: str) -> str:
    for mark, instead in _MARKS:
        text = mark.sub(instead, text)
    return text


@dataclass
class _Reader:
    """What has been gathered of the block that is being read."""

    held: list[str] = field(default_factory=list)
    kind: Kind = "paragraph"
    quoted: bool = False

    def blocks(self, lines: list[str]) -> Iterator[Block]:
        fence = ""
        for line in lines:
            if fence:
                if line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                    fence = ""
                    yield from self.flush(code=True)
                else:
                    self.held.append(line)
            elif opened := _FENCE.fullmatch(line):
                fence = opened[1]
                yield from self.flush()
            else:
                yield from self.line(line)
        yield from self.flush(code=bool(fence))

    def line(self, line: str) -> Iterator[Block]:
        quoted = bool(_QUOTE.match(line))
        if quoted != self.quoted and quoted:
            yield from self.flush()
        self.quoted = quoted
        line = _QUOTE.sub("", line, count=1)
        underline = _UNDERLINE.fullmatch(line)
        if underline and self.held and self.kind == "paragraph":
            yield from self.flush(level=1 if underline[1][0] == "=" else 2)
        elif not line.strip() or _RULE.fullmatch(line):
            yield from self.flush()
        elif heading := _HEADING.fullmatch(line):
            yield from self.flush()
            self.held = [heading[2] or ""]
            yield from self.flush(level=len(heading[1]))
        elif line.lstrip().startswith("|") or (self.kind == "table" and "|" in line):
            yield from self.row(line)
        else:
            yield from self.text(line)

    def row(self, line: str) -> Iterator[Block]:
        if self.kind != "table":
            yield from self.flush()
        self.kind = "table"
        if not _BETWEEN.fullmatch(line):
            cells = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
            row = "\t".join(_plain(cell.strip()) for cell in cells)
            if row.strip():
                yield Block(row, "table")

    def text(self, line: str) -> Iterator[Block]:
        begins = _ITEM.fullmatch(line) or _NOTE.fullmatch(line)
        if begins or self.kind == "table":
            yield from self.flush()
        if begins is None:
            self.held.append(line)
        else:
            self.kind = "note" if begins.re is _NOTE else "item"
            self.held = [f"{begins[1]} {begins[2]}" if begins[1] else begins[2]]

    def flush(self, level: int = 0, code: bool = False) -> Iterator[Block]:
        text = (
            "\n".join(self.held).strip("\n") if code else _plain("\n".join(line.strip() for line in self.held)).strip()
        )
        if text.strip():
            kind: Kind = "heading" if level else "paragraph" if code else self.kind
            yield Block(text, kind, level, wrapped="\n" in text and not code)
        self.held, self.kind = [], "paragraph"
