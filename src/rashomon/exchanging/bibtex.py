"""BibTeX: entries, their strings and cross-references, by the common grammar (Patashnik 1988, BibTeXing; biblatex's fields)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from rashomon.exchanging.entries import Entry, address
from rashomon.exchanging.latex_text import plain_text
from rashomon.exchanging.losing import Loss, shown
from rashomon.exchanging.refusing import unfit

_KINDS: Final = {
    "article": "article-journal", "inbook": "chapter", "incollection": "chapter", "inproceedings": "paper-conference",
    "conference": "paper-conference", "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "techreport":
    "report", "unpublished": "manuscript", "misc": "document", "online": "webpage", "electronic": "webpage", "www": "webpage",
    "booklet": "pamphlet", "manual": "book", "proceedings": "book", "collection": "book",
}  # fmt: skip
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_IN_PARTS: Final = frozenset({"inbook", "incollection", "inproceedings", "conference"})
_PUBLISHERS: Final = ("publisher", "institution", "school", "organization")
_CONTAINERS: Final = ("journaltitle", "journal", "booktitle", "maintitle")
_READ: Final = frozenset({"author", "title", "subtitle", "year", "month", "day", "date", "pages", "url", "doi", "crossref",
                          "howpublished"})  # fmt: skip
_NAME: Final = re.compile(r"[^\s\"#%'(),={}]+")
_BLANK: Final = re.compile(r"(?:\s|%[^\n]*\n)*")
_AND: Final = re.compile(r"\s+and\s+", re.IGNORECASE)
_URL: Final = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class _Raw:
    """An entry as written: its line, kind and key, and its fields in LaTeX by lower-case name."""

    line: int
    kind: str
    key: str
    fields: Mapping[str, str]


class _BrokenError(Exception):
    """The place and the fault of an entry that cannot be read."""


def entries_of_bibtex(text: str, file: str) -> tuple[list[Entry], list[Loss]]:
    """The entries of a BibTeX file. An entry that cannot be read is told among what is lost; R911 where there is no other."""
    reader = _Reader(text)
    raw = list(reader.entries())
    if not raw:
        found = str(reader.losses[0]) if reader.losses else "no entry"
        raise unfit(file, "BibTeX", found, code="R911")
    by_key = {one.key.lower(): one for one in reversed(raw)}
    return [_entry(_inherited(one, by_key), reader.losses) for one in raw], reader.losses


def _inherited(one: _Raw, by_key: Mapping[str, _Raw]) -> _Raw:
    """An entry with what it lacks taken from the one it names by ``crossref``; of a part, the whole's title is the book's."""
    parent = by_key.get(one.fields.get("crossref", "").strip().lower())
    if parent is None or parent is one:
        return one
    given = dict(parent.fields)
    if one.kind in _IN_PARTS and "title" in given:
        given.setdefault("booktitle", given.pop("title"))
    given.pop("crossref", None)
    return replace(one, fields=given | dict(one.fields))


def _entry(one: _Raw, losses: list[Loss]) -> Entry:
    place = f"line {one.line} ({one.key})"
    plain: dict[str, str] = {}
    for name, latex in one.fields.items():
        plain[name], unknown = plain_text(latex)
        losses += [
            Loss(place, f"{command} in {name}", "the command is not known, and was left out") for command in unknown
        ]
    container = next((name for name in _CONTAINERS if plain.get(name)), "")
    publisher = next((name for name in _PUBLISHERS if plain.get(name)), "")
    link = _URL.search(one.fields.get("howpublished", ""))
    url = one.fields.get("url", "").strip("{} ").replace("\\", "") or (link[0].strip("{}") if link else "")
    keys = {
        "title": ": ".join(filter(None, (plain.get("title", ""), plain.get("subtitle", "")))),
        "published": _published(plain),
        "kind": _KINDS.get(one.kind, one.kind),
        "container": plain.get(container, ""),
        "pages": plain.get("pages", ""),
        "publisher": plain.get(publisher, ""),
        "url": address(url, plain.get("doi", "")),
    }
    used = _READ - ({"howpublished"} if not link else set()) - ({"doi"} if url else set()) | {container, publisher}
    losses += [Loss(place, f"{name} {shown(text)}", "a source has no place for it")
               for name, text in plain.items() if name not in used and text]  # fmt: skip
    return Entry(place, one.key, keys, tuple(_names(one.fields.get("author", ""))))


def _published(plain: Mapping[str, str]) -> str:
    """The date in our grammar as far as its parts are numbers or months; biblatex's ``date`` as it stands."""
    if plain.get("date"):
        return plain["date"]
    year, month, day = (plain.get(name, "") for name in ("year", "month", "day"))
    number = next((place for place, name in enumerate(_MONTHS, 1) if month.lower().startswith(name)), 0)
    number = number or (int(month) if month.isdecimal() and 1 <= int(month) <= 12 else 0)
    if not year.isdecimal() or not number:
        return year
    return f"{year}-{number:02d}" + (f"-{int(day):02d}" if day.isdecimal() else "")


def _names(latex: str) -> Iterator[str]:
    """Names, the family name first, written "First von Last" or "von Last, First"; what braces hold is one name."""
    for name in _split(latex):
        text = plain_text(name)[0]
        if text.lower() == "others":
            yield "et al."
        elif not text or "," in text or (name.startswith("{") and name.endswith("}")):
            yield from filter(None, [text])
        else:
            words = text.split()
            first = next((place for place, word in enumerate(words[:-1]) if word[:1].islower()), len(words) - 1)
            yield ", ".join(filter(None, (" ".join(words[first:]), " ".join(words[:first]))))


def _split(latex: str) -> Iterator[str]:
    """The parts between each "and" that stands in no braces."""
    start = 0
    for found in _AND.finditer(latex):
        before = latex[start : found.start()]
        if before.count("{") == before.count("}"):
            yield before.strip()
            start = found.end()
    yield latex[start:].strip()


class _Reader:
    """One reading of a file: entries one after the other; what is broken is skipped up to the next line that begins one."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.ends = [found.start() for found in re.finditer("\n", text)]
        self.strings = {name: name.capitalize() for name in _MONTHS}
        self.losses: list[Loss] = []

    def entries(self) -> Iterator[_Raw]:
        while (start := self.text.find("@", self.at)) >= 0:
            self.at = start + 1
            try:
                found = self.entry(self.line(start))
            except _BrokenError as fault:
                self.losses.append(Loss(f"line {self.line(self.at)}", str(fault), "the entry was left out"))
                beginning = re.compile(r"^\s*@", re.MULTILINE).search(self.text, start + 1)
                self.at = beginning.start() if beginning else len(self.text)
                continue
            if found is not None:
                yield found

    def line(self, place: int) -> int:
        return bisect_left(self.ends, place) + 1

    def entry(self, line: int) -> _Raw | None:
        kind = self.name("the kind of an entry").lower()
        if kind == "comment":
            return None
        close = {"{": "}", "(": ")"}.get(self.sign())
        if close is None:
            raise _BrokenError(f"no brace after @{kind}")
        if kind == "preamble":
            self.value()
            self.expect(close)
            return None
        if kind == "string":
            self.strings |= dict(self.fields(close))
            return None
        key = self.name("the key of an entry")
        if self.sign() == close:
            return _Raw(line, kind, key, {})
        fields: dict[str, str] = {}
        for name, latex in self.fields(close):
            if fields.setdefault(name, latex) != latex:
                place = f"line {line} ({key})"
                self.losses.append(Loss(place, f"{name} {shown(latex)}", "the field is given twice; the first counts"))
        return _Raw(line, kind, key, fields)

    def fields(self, close: str) -> Iterator[tuple[str, str]]:
        while True:
            self.blank()
            if self.text.startswith(close, self.at):
                self.at += 1
                return
            name = self.name("the name of a field").lower()
            self.expect("=")
            yield name, self.value()
            sign = self.sign()
            if sign == close:
                return
            if sign != ",":
                raise _BrokenError(f"no comma after {name}")

    def value(self) -> str:
        parts = [self.part()]
        self.blank()
        while self.text.startswith("#", self.at):
            self.at += 1
            parts.append(self.part())
            self.blank()
        return "".join(parts)

    def part(self) -> str:
        self.blank()
        sign = self.text[self.at : self.at + 1]
        if sign in ("{", '"') and sign:
            return self.quoted(sign)
        word = self.name("a value")
        return word if word.isdecimal() else self.strings.get(word.lower(), word)

    def quoted(self, sign: str) -> str:
        """What stands in braces, or in quotation marks outside of which no brace is open."""
        start, depth, at = self.at + 1, 0, self.at + 1
        while at < len(self.text):
            char = self.text[at]
            if char == "\\":
                at += 1
            elif not depth and char == ("}" if sign == "{" else '"'):
                self.at = at + 1
                return self.text[start:at]
            depth += {"{": 1, "}": -1}.get(char, 0)
            at += 1
        raise _BrokenError("a value that is never closed")

    def name(self, what: str) -> str:
        self.blank()
        found = _NAME.match(self.text, self.at)
        if found is None:
            raise _BrokenError(f"{what} is missing")
        self.at = found.end()
        return found[0]

    def sign(self) -> str:
        self.blank()
        self.at += 1
        return self.text[self.at - 1 : self.at]

    def expect(self, sign: str) -> None:
        if self.sign() != sign:
            raise _BrokenError(f"no {sign}")

    def blank(self) -> None:
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at
