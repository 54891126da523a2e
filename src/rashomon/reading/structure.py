"""What the blocks of plain text are: headings, notes, page numbers, running heads; and paragraphs that a page's end
had cut, made whole.

For text whose format says nothing of kinds: of a document that names any, only paragraphs are joined, and headings told that
bear nothing but a number. A heading is short, has no stop at its end, is written as titles are, and has a body under
it. Levels: 1 chapters (``Chapter Two``), 2 the title right under such a line, 3 what is in capitals or numbered I, II, III, 4
other headings; of those that a document does not use the next stand in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from rashomon.reading.documents import Block
from rashomon.reading.mending import PAGE_BREAK
from rashomon.reading.numbering import with_numbered
from rashomon.reading.paging import Line, Pages, paged
from rashomon.reading.sentences import is_ended

_CHAPTER = re.compile(
    r"(?:chapter|part|book|appendix|глава|часть|раздел|приложение)\s+\w+(?:[.:]\s+\S.*)?|第[一二三四五六七八九十百\d]+[章部編節].*"
    r"|introduction|preface|foreword|conclusions?|введение|предисловие|заключение|はじめに|おわりに",
    re.IGNORECASE,
)
_NAMED_CHAPTER = re.compile(r"(?:chapter|part|book|глава|часть)\b|第", re.IGNORECASE)
_NOTES = re.compile(
    r"(?:end|foot)?notes?(?: to .*)?|notes and references|примечания|сноски|注|註|脚注|注釈|註釈", re.IGNORECASE
)
_NOTE_START = re.compile(r"\s*(?:\[(\d{1,3})\]|(\d{1,3})(?:[.):]\s*|\s+)|([¹²³⁰⁴-⁹]+)|[*†‡]\s*)(?=\S)")
_ENTRY_STEP = 3  # by how many the number of a note may rise from the last, as some are misread
_NUMBERED = re.compile(r"^(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=[^\W\d_])")
_ROMAN_ALONE = re.compile(r"[IVX]{1,5}\.?")
_ITEM = re.compile(r"\s*(?:[•·▪–—-]\s|\(\w{1,3}\)|\d{1,3}[.)]|[a-zа-я][.)]\s)")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = 4  # letters: shorter words of a title may be written small
_LONGEST = 130  # characters of a heading
_LONGEST_PLAIN = 65  # of one that is written like a sentence
_LONGEST_JAPANESE = 30
_LONGEST_NAME = 4  # words
_MOST_LINES = 3
_FEW, _MOST = 2, 0.7  # longer words, all of which have a capital in a title; of more this share
_FULL = 0.75  # of the usual width: a line that was broken because it was full
_STOPS = ".,;:…。、，；：-–—"
_FURNITURE = {"folio", "running"}
_PASSED_OVER = {"folio", "running", "note", "caption", "table"}
"""What may stand between two parts of a paragraph."""


@dataclass(slots=True)
class _Part:
    """A block, or a stretch of its lines. ``page_begins``: a page begins with it, or right before it."""

    block: Block
    page_begins: bool = False


def structured(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` with their kinds, levels and pages, in order, without blank ones; paragraphs cut by the end of a page
    are one, and what stood between comes after it.
    """
    blocks = [block for block in blocks if block.text.strip()]
    if any(block.wrapped for block in blocks) and all(block.kind == "paragraph" for block in blocks):
        pages = paged([block.text for block in blocks], [block.page for block in blocks])
        parts = list(_parts(blocks, pages))
    else:
        blocks = with_numbered(blocks)
        parts = [_Part(block, place > 0 and block.page != blocks[place - 1].page) for place, block in enumerate(blocks)]
        return list(_joined(parts, _width(blocks)))
    width = _width(blocks)
    parts = _with_headings(parts, width)
    parts = _with_notes(parts)
    _mend_levels(parts)
    return list(_joined(parts, width))


def _width(blocks: Sequence[Block]) -> float:
    """The usual length of a line that another of its block follows; 0 where there is none."""
    full = [len(line) for block in blocks if block.wrapped for line in block.text.split("\n")[:-1]]
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
            line = pages.lines[low]
            end = pages.lines[high].start if high < place else len(block.text)
            text = block.text[line.start : end].rstrip("\n")
            part = replace(block, text=text, kind=line.kind or "paragraph", page=pages.labels[low])
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
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        out += _parted(part, after, width)
    flow = [part for part in out if part.block.kind not in _FURNITURE]
    for place in range(len(flow) - 2, -1, -1):  # from the end, as what a heading stands over may be a heading
        before, block = flow[place - 1].block if place else None, flow[place].block
        if block.kind == "paragraph" and _heads(before, block, flow[place + 1].block, width):
            flow[place].block = replace(block, kind="heading", level=_level(before, block.text))
    _mark_bylines(flow)
    return out


def _parted(part: _Part, after: _Part | None, width: float) -> list[_Part]:
    """A paragraph whose last line is a heading that no blank line parts from it: in title case, behind the end of a
    sentence, before a new one.
    """
    *lines, last = part.block.text.split("\n")
    if not lines or after is None or not is_ended(lines[-1]) or len(last) > _FULL * width:
        return [part]
    if not _titled(last.strip(), strict=True) or not after.block.text.lstrip()[:1].isupper():
        return [part]
    cut = len(part.block.text) - len(last)
    body = _Part(replace(part.block, text=part.block.text[: cut - 1]), part.page_begins)
    return [body, _Part(replace(part.block, text=last), last[:1] in {" ", "\f"})]


def _heads(before: Block | None, block: Block, after: Block, width: float) -> bool:
    """Whether the block is a heading: it looks like one, what comes before has ended, and under it is a heading or a
    body.
    """
    if before is not None and before.kind == "paragraph" and not is_ended(before.text) and _is_full(before.text, width):
        return False
    text = " ".join(block.text.split())
    named = bool(_NOTES.fullmatch(text) or _CHAPTER.fullmatch(text))
    over = named or after.kind == "heading" or _is_body(after, width)
    return over and _looks_like_heading(block.text.strip(), width) and not after.text.lstrip()[:1].islower()


def _is_body(block: Block, width: float) -> bool:
    """Whether the block is running text: more than one line, or a sentence."""
    return "\n" in block.text.strip() or is_ended(block.text) or len(block.text) > max(width, _LONGEST)


def _looks_like_heading(text: str, width: float) -> bool:
    one = " ".join(text.split())
    if _CHAPTER.fullmatch(one) or _NOTES.fullmatch(one) or _ROMAN_ALONE.fullmatch(one):
        return True
    if not one or len(one) > _LONGEST or text.count("\n") >= _MOST_LINES:
        return False
    if one[-1] in _STOPS or is_ended(one.rstrip("?！？!")):
        return False
    plain = "\n" not in text and len(one) <= min(_LONGEST_PLAIN, _FULL * (width or _LONGEST_PLAIN))
    return _titled(one, strict=False) or (plain and _like_sentence(one))


def _titled(text: str, *, strict: bool) -> bool:
    """Whether ``text`` is written as titles are: its longer words with capitals, or all in capitals. ``strict``: and
    surely no end of a sentence.
    """
    words: list[str] = _WORD.findall(_NUMBERED.sub("", text))
    if not words or text[-1] in _STOPS or text[0].islower():
        return False
    long = [word for word in words if len(word) >= _SMALL]
    capital = sum(word[0].isupper() for word in long)
    if strict or len(long) <= _FEW:
        return bool(long) and capital == len(long) and words[0][0].isupper()
    return capital >= _MOST * len(long) and words[0][0].isupper()


def _like_sentence(text: str) -> bool:
    """A heading with a capital only at its start, as in Russian, or in a script that has none: no item of a list, no
    date or row of figures.
    """
    if _japanese(text[0]):
        return len(text) <= _LONGEST_JAPANESE and not set(text) & set("。、」")
    if _ITEM.match(text) and not _NUMBERED.match(text):
        return False
    letters = sum(map(str.isalpha, text))
    start = _NUMBERED.sub("", text).lstrip("“«\"'")
    return start[:1].isupper() and letters > len(text) / 2 and (text[-1].isalnum() or text[-1] in "”»?")


def _level(before: Block | None, text: str) -> int:
    one = " ".join(text.split())
    if _names_chapter(one):
        return 1
    if before is not None and _names_chapter(" ".join(before.text.split())):
        return 2
    if one.isupper() or _ROMAN_ALONE.fullmatch(one):
        return 3
    numbered = re.match(r"\d{1,2}((?:\.\d{1,2})*)", one)
    return 4 + (numbered[1].count(".") if numbered else 0)


def _names_chapter(text: str) -> bool:
    return bool(_CHAPTER.fullmatch(text) and _NAMED_CHAPTER.match(text))


def _mark_bylines(flow: Sequence[_Part]) -> None:
    """The author's name under a chapter's title is no heading: a few capitalised words, right under the two."""
    for chapter, title, part in zip(flow, flow[1:], flow[2:], strict=False):
        words = part.block.text.split()
        named = len(words) <= _LONGEST_NAME and all(word[0].isupper() and word[-1].isalpha() for word in words)
        levels = (chapter.block.level, title.block.level)  # 0 of what is no heading
        if named and part.block.kind == "heading" and levels == (1, 2):
            part.block = replace(part.block, kind="paragraph", level=0)


def _mend_levels(parts: Sequence[_Part]) -> None:
    """Levels without gaps."""
    used = sorted({part.block.level for part in parts if part.block.kind == "heading"})
    for part in parts:
        if part.block.kind == "heading":
            part.block = replace(part.block, level=used.index(part.block.level) + 1)


# --- notes


def _with_notes(parts: Sequence[_Part]) -> list[_Part]:
    """``parts`` with notes marked: what stands under a heading of notes, each entry a block of its own, until a heading
    under which they do not begin anew; and those at a page's foot.
    """
    out: list[_Part] = []
    within, last = False, 0
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        block = part.block
        if block.kind == "heading" and not (within and last < _number(block.text) <= last + _ENTRY_STEP):
            anew = within and after is not None and _number(after.block.text) == 1
            within, last = anew or bool(_NOTES.fullmatch(" ".join(block.text.split()))), 0
        elif within and block.kind not in _FURNITURE:
            for text, number in _entries(block.text, last):
                out.append(_Part(replace(block, text=text, kind="note", level=0), part.page_begins))
                last = number
            continue
        out.append(part)
    _mark_feet(out)
    return out


def _number(text: str) -> int:
    """The number with which a note begins; 0 where none does."""
    m = _NOTE_START.match(text)
    return int(m[1] or m[2] or 0) if m else 0


def _entries(text: str, last: int) -> Iterator[tuple[str, int]]:
    """The notes in ``text``, and the number of each: a note begins with a line whose number follows the last one's,
    and runs on over the lines after.
    """
    start = at = 0
    for line in text.split("\n"):
        number = _number(line)
        if last < number <= last + _ENTRY_STEP:
            if at > start:
                yield text[start : at - 1], last
            start, last = at, number
        at += len(line) + 1
    yield text[start:], last


def _mark_feet(parts: Sequence[_Part]) -> None:
    """A block that begins like a note, with an unfinished paragraph before it and the page's number behind it, is a
    note at the foot of the page.
    """
    for before, part, after in zip(parts, parts[1:], parts[2:], strict=False):
        if after.block.kind != "folio" or part.block.kind != "paragraph" or not _NOTE_START.match(part.block.text):
            continue
        if before.block.kind == "note" or (before.block.kind == "paragraph" and not is_ended(before.block.text)):
            part.block = replace(part.block, kind="note")


# --- paragraphs cut in two


def _joined(parts: Sequence[_Part], width: float) -> Iterator[Block]:
    """The blocks, paragraphs that go on over what is set apart made one, with a form feed where they were cut; what
    stood between them after them.
    """
    held: Block | None = None
    tail, begins = "", False
    pieces: list[str] = []
    between: list[Block] = []
    for part in parts:
        block = part.block
        begins = begins or part.page_begins
        if held is not None and block.kind in _PASSED_OVER:
            between.append(block)
            begins = begins or block.kind in _FURNITURE
            continue
        both = held is not None and block.kind == held.kind == "paragraph" and (held.wrapped or block.wrapped)
        if both and _goes_on(tail, block, width, begins):
            pieces.append(block.text)
        else:
            yield from _whole(held, pieces, between)
            held, pieces, between = block, [block.text], []
        tail, begins = block.text[-400:], False
    yield from _whole(held, pieces, between)


def _whole(held: Block | None, pieces: Sequence[str], between: Sequence[Block]) -> Iterator[Block]:
    if held is not None:
        yield held if len(pieces) == 1 else replace(held, text=PAGE_BREAK.join(pieces), wrapped=True)
        yield from between


def _goes_on(tail: str, block: Block, width: float, page_ends: bool) -> bool:
    """Whether a paragraph that ends in ``tail`` goes on in ``block``: it has not ended, and a page's end, or a full
    line, lies between.
    """
    tail = tail.rstrip()
    start = block.text.lstrip(" \t\n\f“«(\"'")
    if not tail or not start or is_ended(tail) or _ITEM.match(block.text):
        return False
    cut_short = _is_full(tail, width) and (tail[-1].isalnum() or tail[-1] in ",、-—")
    if not page_ends:
        return cut_short and start[0].islower()
    japanese = _japanese(tail[-1]) and not block.text.startswith("\u3000")
    return start[0].islower() or tail[-1] in "-‐\u00ad" or cut_short or japanese


def _is_full(text: str, width: float) -> bool:
    """Whether the last line of ``text`` is about as long as lines are that were broken because they were full."""
    return 0 < _FULL * width <= len(text.rstrip().rsplit("\n", 1)[-1])


def _japanese(character: str) -> bool:
    return "\u3040" <= character <= "\u9fff"
