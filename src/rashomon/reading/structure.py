"""What the blocks of plain text are: headings, notes, page numbers, running heads; and paragraphs that a page's end had cut, made whole.

For text whose format says nothing of kinds: of a document that names any, only paragraphs are joined. A heading is short, has no stop at its end, is written as titles are, and
has a body under it. Levels: 1 chapters (``Chapter Two``), 2 the title right under such a line, 3 what is in capitals or numbered I, II, III, 4 other headings; of those that a
document does not use the next stand in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from rashomon.reading.documents import Block, Kind
from rashomon.reading.mending import PAGE_BREAK
from rashomon.reading.paging import Line, Pages, paged
from rashomon.reading.sentences import is_ended

_CHAPTER = re.compile(
    r"(?:chapter|part|book|appendix|глава|часть|раздел|приложение)\s+(?:\w+)(?:[.:]\s+\S.*)?|(?:introduction|preface|foreword|conclusions?|"
    r"введение|предисловие|заключение)|第[一二三四五六七八九十百\d]+[章部編節].*",
    re.IGNORECASE,
)
_NAMED_CHAPTER = re.compile(r"(?:chapter|part|book|глава|часть)\b|第", re.IGNORECASE)
_NOTES = re.compile(r"(?:end|foot)?notes?(?: to .*)?|notes and references|примечания|сноски|注|註|脚注|注釈|註釈", re.IGNORECASE)
_NOTE_START = re.compile(r"\s*(?:\[(\d{1,3})\]|(\d{1,3})(?:[.):]\s*|\s+)|([¹²³⁰⁴-⁹]+)|[*†‡]\s*)(?=\S)")
_ENTRY_STEP = 3  # by how many the number of a note may rise from the last, as some are misread
_NUMBERED = re.compile(r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=[^\W\d_])")
_ROMAN_ALONE = re.compile(r"[IVX]{1,5}\.?")
_ITEM = re.compile(r"\s*(?:[•·▪–—-]\s|\(?\w{1,3}[.)]\s?)")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = 4  # letters: shorter words of a title may be written small
_LONGEST = 130  # characters of a heading
_LONGEST_PLAIN = 65  # of one that is written like a sentence
_MOST_LINES = 3
_FULL = 0.75  # of the usual width: a line that was broken because it was full
_STOPS = ".,;:…。、，；：-–—"


@dataclass(slots=True)
class _Part:
    """A block, or a stretch of its lines. ``page_begins``: a page begins with it, or right before it."""

    block: Block
    page_begins: bool = False


def structured(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` with their kinds, levels and pages, in order; paragraphs cut by the end of a page are one, and what stood between comes after it."""
    plain = any(block.wrapped for block in blocks) and all(block.kind == "paragraph" for block in blocks)
    if not plain:
        parts = [_Part(block, bool(place) and block.page != blocks[place - 1].page) for place, block in enumerate(blocks)]
        return list(_joined(parts, 0))
    pages = paged([block.text for block in blocks])
    width = _width(pages.lines)
    parts = list(_parts(blocks, pages))
    parts = _with_headings(parts, width)
    _mark_notes(parts)
    return list(_joined(parts, width))


def _width(lines: Sequence[Line]) -> float:
    """The usual length of a line that another of its block follows."""
    full = [len(line.text) for line, after in zip(lines, lines[1:], strict=False) if line.block == after.block]
    return median(full) if full else 0


# --- parts


def _parts(blocks: Sequence[Block], pages: Pages) -> Iterator[_Part]:
    """The blocks, taken apart where a page number or a running head stands among their lines; each with its page."""
    place = 0
    for number, block in enumerate(blocks):
        first = place
        while place < len(pages.lines) and pages.lines[place].block == number:
            place += 1
        for low, high in _stretches(pages.lines, first, place):
            start = pages.lines[low].start
            end = pages.lines[high].start if high < place else len(block.text)
            kind: Kind = "paragraph" if not pages.lines[low].kind else "folio" if pages.lines[low].kind == "folio" else "running"
            part = replace(block, text=block.text[start:end].rstrip("\n"), kind=kind, page=block.page or pages.labels[low])
            yield _Part(part, low in pages.begins)


def _stretches(lines: Sequence[Line], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Runs of lines that stay together: each line of furniture alone."""
    low = first
    for place in range(first, last):
        if lines[place].kind:
            if low < place:
                yield low, place
            yield place, place + 1
            low = place + 1
    if low < last:
        yield low, last


# --- headings


def _with_headings(parts: Sequence[_Part], width: float) -> list[_Part]:
    """``parts`` with headings marked, and those at the end of a paragraph parted from it."""
    out: list[_Part] = []
    for place, part in enumerate(parts):
        out += _parted(part, parts[place + 1 :  place + 2], width) if part.block.wrapped and part.block.kind == "paragraph" else [part]
    body = [_is_body(part.block, width) for part in out]
    for place in range(len(out) - 1, -1, -1):
        block = out[place].block
        if block.wrapped and block.kind == "paragraph" and _heads(out, body, place, width):
            out[place].block = replace(block, kind="heading", level=_level(block.text, out[place - 1].block if place else None))
    _bylines(out)
    _mend_levels(out)
    return out


def _parted(part: _Part, after: Sequence[_Part], width: float) -> list[_Part]:
    """A paragraph whose last line is a heading that no blank line parts from it: in title case, behind the end of a sentence, before a new one."""
    lines = part.block.text.split("\n")
    last = lines[-1].strip()
    if len(lines) < 2 or not after or not is_ended(lines[-2]) or not _titled(last, strict=True) or len(last) > _FULL * width:
        return [part]
    if not after[0].block.text.lstrip()[:1].isupper():
        return [part]
    cut = len(part.block.text) - len(lines[-1])
    return [
        replace_part(part, part.block.text[: cut - 1]),
        _Part(replace(part.block, text=part.block.text[cut:]), lines[-1][:1] in {" ", "\f"}),
    ]


def replace_part(part: _Part, text: str) -> _Part:
    """``part`` with other text."""
    return _Part(replace(part.block, text=text), part.page_begins)


def _is_body(block: Block, width: float) -> bool:
    """Whether the block is running text: more than one line, or a sentence."""
    return block.kind == "paragraph" and ("\n" in block.text.strip() or is_ended(block.text) or len(block.text) > max(width, _LONGEST))


def _heads(parts: Sequence[_Part], body: Sequence[bool], place: int, width: float) -> bool:
    """Whether the part is a heading: it looks like one, what comes before has ended, and under it is a heading or a body."""
    text = parts[place].block.text.strip()
    before = next((p.block for p in reversed(parts[max(0, place - 3) : place]) if p.block.kind not in {"folio", "running"}), None)
    if before is not None and before.kind == "paragraph" and not is_ended(before.text) and len(before.text.rsplit("\n", 1)[-1]) > _FULL * width:
        return False
    after = next((near for near in range(place + 1, min(place + 4, len(parts))) if parts[near].block.kind not in {"folio", "running"}), None)
    if after is None or not (_NOTES.fullmatch(text) or body[after] or parts[after].block.kind == "heading" or _CHAPTER.fullmatch(text)):
        return False
    return _looks_like_heading(text, width) and parts[after].block.text.lstrip()[:1].islower() is False


def _looks_like_heading(text: str, width: float) -> bool:
    one = " ".join(text.split())
    if _CHAPTER.fullmatch(one) or _NOTES.fullmatch(one) or _ROMAN_ALONE.fullmatch(one):
        return True
    if not one or len(one) > _LONGEST or text.count("\n") >= _MOST_LINES or one[-1] in _STOPS or is_ended(one.rstrip("?！？!")):
        return False
    if _titled(one, strict=False):
        return True
    return "\n" not in text and len(one) <= min(_LONGEST_PLAIN, _FULL * (width or _LONGEST_PLAIN)) and _like_sentence(one)


def _titled(text: str, *, strict: bool) -> bool:
    """Whether ``text`` is written as titles are: its longer words with capitals, or all in capitals. ``strict``: and surely no end of a sentence."""
    words = _WORD.findall(_NUMBERED.sub("", text))
    if not words or text[-1] in _STOPS or text[0].islower():
        return False
    long = [word for word in words if len(word) >= _SMALL]
    capital = sum(word[0].isupper() for word in long)
    if strict:
        return bool(long) and capital == len(long) and words[0][0].isupper()
    return capital >= (0.7 if len(long) > 2 else 1) * max(1, len(long)) and (words[0][0].isupper() or text[0] in "“«\"'")


def _like_sentence(text: str) -> bool:
    """A heading with a capital only at its start, as in Russian: no stop, no item of a list, no date or signature of figures."""
    if _ITEM.match(text) and not _NUMBERED.match(text):
        return False
    letters = sum(map(str.isalpha, text))
    start = _NUMBERED.sub("", text).lstrip("“«\"'")
    return start[:1].isupper() and letters > len(text) / 2 and (text[-1].isalnum() or text[-1] in "”»?")


def _level(text: str, before: Block | None) -> int:
    one = " ".join(text.split())
    if _CHAPTER.fullmatch(one) and _NAMED_CHAPTER.match(one):
        return 1
    if before is not None and before.kind == "paragraph" and _NAMED_CHAPTER.match(before.text.strip()) and _CHAPTER.fullmatch(" ".join(before.text.split())):
        return 2
    if one.isupper() or _ROMAN_ALONE.fullmatch(one):
        return 3
    numbered = re.match(r"\d{1,2}((?:\.\d{1,2})*)", one)
    return 4 + (numbered[1].count(".") if numbered else 0)


def _bylines(parts: Sequence[_Part]) -> None:
    """The author's name under a chapter's title is no heading: a few capitalised words, the last thing before the body, in a chapter that has a title."""
    for place, part in enumerate(parts[2:], 2):
        title, chapter = parts[place - 1].block, parts[place - 2].block
        words = part.block.text.split()
        named = len(words) <= 4 and all(word[0].isupper() for word in words) and not any(map(str.isdigit, part.block.text))
        if part.block.kind == title.kind == chapter.kind == "heading" and (title.level, chapter.level) == (2, 1) and named:
            part.block = replace(part.block, kind="paragraph", level=0)


def _mend_levels(parts: Sequence[_Part]) -> None:
    """Levels without gaps."""
    used = sorted({part.block.level for part in parts if part.block.kind == "heading"})
    for part in parts:
        if part.block.kind == "heading":
            part.block = replace(part.block, level=used.index(part.block.level) + 1)


# --- notes


def _mark_notes(parts: list[_Part]) -> None:
    """Mark what stands under a heading of notes, each entry a block of its own, until another heading; and notes at a page's foot."""
    out: list[_Part] = []
    within, last = False, 0
    for part in parts:
        block = part.block
        if block.kind == "heading":
            within, last = bool(_NOTES.fullmatch(" ".join(block.text.split()))), 0
        if within and block.kind == "paragraph":
            for text, last in _entries(block.text, last):
                out.append(_Part(replace(block, text=text, kind="note"), part.page_begins))
        else:
            out.append(part)
    parts[:] = out
    _mark_feet(parts)


def _entries(text: str, last: int) -> Iterator[tuple[str, int]]:
    """The notes in ``text``, and the number of each: a note begins with a line whose number follows the last one's, and runs on over the lines after."""
    start = at = 0
    for line in text.split("\n"):
        m = _NOTE_START.match(line)
        number = int(m[1] or m[2] or 0) if m else 0
        if last < number <= last + _ENTRY_STEP:
            if at > start:
                yield text[start : at - 1], last
            start, last = at, number
        at += len(line) + 1
    yield text[start:], last


def _mark_feet(parts: Sequence[_Part]) -> None:
    """A block that begins like a note, with an unfinished paragraph before it and the page's number behind it, is a note at the foot of the page."""
    for before, part, after in zip(parts, parts[1:], parts[2:], strict=False):
        if after.block.kind != "folio" or part.block.kind != "paragraph" or not _NOTE_START.match(part.block.text):
            continue
        if before.block.kind == "note" or (before.block.kind == "paragraph" and not is_ended(before.block.text)):
            part.block = replace(part.block, kind="note")


# --- paragraphs cut in two


def _joined(parts: Sequence[_Part], width: float) -> Iterator[Block]:
    """The blocks, paragraphs that go on over what is set apart made one, with a form feed where they were cut; what stood between them after them."""
    held: Block | None = None
    tail, begins = "", False
    pieces: list[str] = []
    between: list[Block] = []
    for part in parts:
        block = part.block
        begins = begins or part.page_begins
        if held is not None and block.kind in {"folio", "running", "note"}:
            between.append(block)
            begins = begins or block.kind != "note"
            continue
        if held is not None and block.kind == held.kind == "paragraph" and _goes_on(tail, block, width, begins):
            pieces.append(block.text)
        else:
            yield from _whole(held, pieces, between)
            held, pieces, between = block, [block.text], []
        tail, begins = block.text[-400:], False
    yield from _whole(held, pieces, between)


def _whole(held: Block | None, pieces: Sequence[str], between: Sequence[Block]) -> Iterator[Block]:
    if held is not None:
        yield held if len(pieces) == 1 else replace(held, text=PAGE_BREAK.join(pieces))
        yield from between


def _goes_on(tail: str, block: Block, width: float, page_ends: bool) -> bool:
    """Whether a paragraph that ends in ``tail`` goes on in ``block``: it has not ended, and a page's end, or a full line, lies between."""
    tail = tail.rstrip()
    start = block.text.lstrip(" \t\n\f“«(\"'")
    if not tail or not start or is_ended(tail) or _ITEM.match(block.text):
        return False
    last = tail.rsplit("\n", 1)[-1]
    full = bool(width) and len(last) >= _FULL * width
    if page_ends:
        small = start[0].islower() or tail[-1] in "-‐\u00ad"
        return small or (full and (tail[-1].isalnum() or tail[-1] in ",、-—")) or (_japanese(tail[-1]) and not block.text.startswith("\u3000"))
    return full and block.wrapped and start[0].islower() and (tail[-1].isalnum() or tail[-1] in ",-")


def _japanese(character: str) -> bool:
    return "\u3040" <= character <= "\u9fff"
