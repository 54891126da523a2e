"""The documents of Taguette: HTML, in whose text places are counted in bytes of UTF-8, tags not counted."""

from __future__ import annotations

from bisect import bisect_right
from html.parser import HTMLParser
from itertools import accumulate
from typing import Final

_BLOCKS: Final = frozenset(
    ("address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "figure", "footer", "h1", "h2", "h3", "h4",
     "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul")
)  # fmt: skip
_LINES: Final = frozenset(("br", "caption", "li", "td", "th", "tr"))
_AS_IT_IS: Final = frozenset(("pre", "textarea", "listing"))
_SPACE: Final = " \t\n\f\r"


class ShownText(HTMLParser):
    """The text of a document as a reader sees it: blocks are paragraphs, and white space is one space, as in a browser.

    Attributes: ``text``.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []  # single characters and line ends
        self._raw: list[str] = []
        self._at: list[int] = []  # character of the raw text → where it stands in what is shown
        self._kept = 0  # elements open in which white space stands as it is
        self._dropping = False  # the line end with which such an element begins is none of its text
        self.feed(html.replace("\r\n", "\n").replace("\r", "\n").lstrip(_SPACE))
        self.close()
        self._at.append(len(self._out))
        self._edges = [0, *accumulate(len(one.encode("utf-8", "surrogatepass")) for one in self._raw)]
        self.text = "".join(self._out).rstrip("\n") + "\n"

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._break(tag)
        if tag in _AS_IT_IS:
            self._kept += 1
            self._dropping = True

    def handle_endtag(self, tag: str) -> None:
        self._break(tag)
        if tag in _AS_IT_IS and self._kept:
            self._kept -= 1

    def handle_data(self, data: str) -> None:
        for one in data.removeprefix("\n") if self._dropping else data:
            self._raw.append(one)
            self._at.append(len(self._out))
            if self._kept or one not in _SPACE:
                self._out.append(one)
            elif self._out and self._out[-1] not in " \n":
                self._out.append(" ")
        self._dropping = False

    def _break(self, tag: str) -> None:
        """End the line before and after an element that is no part of one."""
        ends = 2 if tag in _BLOCKS else 1 if tag in _LINES else 0
        self._dropping = False
        if not ends or not self._out:
            return
        if self._out[-1] == " ":
            self._out[-1] = "\n"
        while "".join(self._out[-ends:]) != "\n" * ends:
            self._out.append("\n")

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where bytes ``start`` to ``end`` stand in the text, without white space around them; (0, 0) where no words do."""
        first, last = (bisect_right(self._edges, byte) - 1 for byte in (start, end - 1))
        if not 0 <= first <= last < len(self._raw):
            return 0, 0
        left, right = self._at[first], min(self._at[last + 1], len(self.text))
        words = self.text[left:right]
        left += len(words) - len(words.lstrip())
        return (left, left + len(words.strip())) if words.strip() else (0, 0)
