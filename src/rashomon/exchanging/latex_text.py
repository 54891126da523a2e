"""The LaTeX of bibliographies as plain text: accents, letters, quotation marks, dashes; braces fall away."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ACCENTS: Final = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307", '"': "\u0308",
    "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331", "textcommabelow":
    "\u0326",
}  # fmt: skip
_LETTERS: Final = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "ldots": "…", "dots": "…", "textellipsis": "…", "guillemotleft": "«", "guillemotright": "»",
    "textbackslash": "\\", "textasciitilde": "~", "slash": "/", "S": "§", "P": "¶", "copyright": "©", "pounds": "£",
    "textunderscore": "_", "hyphen": "-", "TeX": "TeX", "LaTeX": "LaTeX",
}  # fmt: skip
_FORMS: Final = re.compile(
    r"emph|text(?:it|bf|sc|rm|sf|tt|sl|up|normal)|mkbib(?:quote|emph)|enquote|url|href|(?:upper|lower)case|[mh]box|em|it|bf|sc|rm"
    r"|sf|tt|sl|bfseries|(?:it|sc|up)shape|noopsort|relax|protect"
)
_COMMAND: Final = re.compile(r"[A-Za-z]+|.", re.DOTALL)
_DOTLESS: Final = {"ı": "i", "ȷ": "j"}


def plain_text(latex: str) -> tuple[str, list[str]]:
    """A value as plain text in composed Unicode, and the commands that are not known, which fall away."""
    return _Reader(latex).read()


class _Reader:
    def __init__(self, latex: str) -> None:
        self.latex, self.at = latex, 0
        self.out: list[str] = []
        self.unknown: list[str] = []

    def read(self) -> tuple[str, list[str]]:
        while self.at < len(self.latex):
            char = self.latex[self.at]
            if char == "\\":
                self.command()
            else:
                self.at += 1
                self.out.append({"{": "", "}": "", "~": " ", "$": ""}.get(char, char))
        text = "".join(self.out).replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
        return " ".join(unicodedata.normalize("NFC", text).split()), self.unknown

    def command(self) -> None:
        found = _COMMAND.match(self.latex, self.at + 1)
        if found is None:  # a backslash at the very end
            self.at += 1
            return
        name = found[0]
        self.at = found.end()
        if name in _ACCENTS and not (name.isalpha() and self.latex[self.at : self.at + 1].isalpha()):
            self.accent(_ACCENTS[name])
        elif name in _LETTERS:
            self.skip_blanks(name)
            self.out.append(_LETTERS[name])
        elif name.isalpha():
            self.skip_blanks(name)
            if not _FORMS.fullmatch(name):
                self.unknown.append(f"\\{name}")
        else:  # an escaped sign, a line break, or a break that is not seen
            self.out.append(
                {"\\": " ", "-": "", "/": "", ",": " ", ";": " ", ":": " ", "!": "", "\n": " "}.get(name, name)
            )

    def accent(self, mark: str) -> None:
        """Put a mark on the letter that follows: plain, in braces, or a letter without its dot."""
        while self.latex[self.at : self.at + 1] in (" ", "{") and self.at < len(self.latex):
            self.at += 1
        before = len(self.out)
        if self.latex[self.at : self.at + 1] == "\\":
            self.command()
        elif self.at < len(self.latex) and self.latex[self.at] != "}":
            self.out.append(self.latex[self.at])
            self.at += 1
        letter = "".join(self.out[before:])
        del self.out[before:]
        self.out.append(_DOTLESS.get(letter[:1], letter[:1]) + mark + letter[1:] if letter else "")

    def skip_blanks(self, name: str) -> None:
        while name.isalpha() and self.latex[self.at : self.at + 1] == " ":
            self.at += 1
