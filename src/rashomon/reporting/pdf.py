"""The article as a PDF: set by WeasyPrint, with charts as vector drawings, bookmarks, and links that lead as those of the page do.

Nothing is fetched: the drawings are handed over by name, and every other address is refused.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import html
import io
import logging
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from rashomon.errors import RashomonError, error, listing
from rashomon.reporting.document import Article, Figure
from rashomon.reporting.html import render as page

Note = Callable[[str], object]

_WIDTHS: Final = {"wide": 790, "text": 590, "small": 372}
"""Width at which a chart is drawn, in pixels, by size; the style sheet scales it to the page, and its words to about 7 points."""

_PACKAGES: Final = {
    "CJK": "fonts-noto-cjk", "HIRAGANA": "fonts-noto-cjk", "KATAKANA": "fonts-noto-cjk", "HANGUL": "fonts-noto-cjk",
    "EMOJI": "fonts-noto-color-emoji", "CYRILLIC": "fonts-dejavu-core", "GREEK": "fonts-dejavu-core", "LATIN": "fonts-dejavu-core",
}  # fmt: skip
"""Debian's packages of fonts for a script; of all others ``fonts-noto-core``."""

_SCRIPTS: Final = {"CJK": "Han", "HIRAGANA": "Kana", "KATAKANA": "Kana"}


def render(article: Article, anchors: frozenset[str], note: Note = lambda _: None) -> bytes:
    """The article as the bytes of a PDF; ``note`` is told how far it has come.

    The same article, fonts and versions give the same bytes. R602 where WeasyPrint or a library that it needs is missing, R603
    where no installed font shows a character.
    """
    weasyprint = _load()
    sheet = Sheet()
    text = _spaced(page(article, anchors, paper=sheet))
    missing = _unshown(weasyprint, text, sheet)
    if missing:
        raise _no_font(missing)
    note(f"Setting the PDF, with {len(sheet.charts)} charts; a report of a thousand records takes about a minute.")
    with _counted(note), _uncollected():
        made = weasyprint.HTML(string=text, url_fetcher=_fetcher(sheet.pictures))
        data: bytes = made.write_pdf(pdf_tags=True, pdf_identifier=hashlib.sha256(text.encode()).digest()[:16])
    return data


def _spaced(text: str) -> str:
    """The page with the blank before an element of a line moved into it: a blank that ends the text before it makes WeasyPrint break
    that line a word too early.
    """
    return re.sub(r" ((?:<(?:em|strong|span|a)\b[^>]*>)+)", r"\1 ", text)


class Sheet:
    """What the page leaves to its maker where it is for paper: every drawing becomes a picture by name."""

    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {}
        self.charts: list[str] = []

    def chart(self, figure: Figure) -> str:
        """The picture of a figure."""
        import vl_convert

        self.charts.append(figure.anchor)
        drawn = vl_convert.vegalite_to_svg({**figure.spec, "width": _WIDTHS[figure.size]})
        return self._picture(drawn, "drawn", figure.alt)

    def image(self, drawing: str, kind: str) -> str:
        """The picture of a small drawing within a line; it says what the words beside it say."""
        return self._picture(drawing.replace("currentColor", "#1b1b1b"), kind, "mark")

    def _picture(self, drawing: str, kind: str, alt: str) -> str:
        name = f"rashomon:{hashlib.sha256(drawing.encode()).hexdigest()[:16]}"
        self.pictures[name] = drawing.encode()
        return f'<img class="{kind}" src="{name}" alt="{html.escape(alt)}">'


def _load() -> Any:
    """WeasyPrint, or R602 with what to install."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints advice of its own where a library is missing
            import weasyprint
    except ImportError as problem:
        raise _not_installed(problem, "pip install 'rashomon[pdf]'") from problem
    except OSError as problem:
        raise _not_installed(
            problem, "install Pango and HarfBuzz (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install pango)"
        ) from problem  # fmt: skip
    return weasyprint


def _not_installed(problem: Exception, remedy: str) -> RashomonError:
    return error(
        "R602", "A PDF needs WeasyPrint, and the libraries that it sets text with.", found=str(problem).splitlines()[0],
        allowed="WeasyPrint 68 or newer, with Pango, HarfBuzz and Fontconfig",
        remedy=f"Run or do: {remedy}. Or print the HTML report from a browser.",
    )  # fmt: skip


def _fetcher(pictures: dict[str, bytes]) -> Any:
    """What WeasyPrint asks for each address: it hands over the pictures, and refuses all else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in pictures:
                raise ValueError(f"The report asks nothing of any network, and {url} is none of its pictures.")
            return URLFetcherResponse(url, pictures[url], {"Content-Type": "image/svg+xml"})

    return Fetcher(allowed_protocols=())


# fonts


def _unshown(weasyprint: Any, text: str, sheet: Sheet) -> set[str]:
    """Characters of the page and its pictures that no installed font shows: WeasyPrint names them when it sets each once."""
    words = re.sub(r"<[^>]*>", " ", "".join([text, *(drawing.decode() for drawing in sheet.pictures.values())]))
    used = sorted(char for char in set(html.unescape(words)) if char.isprintable())
    probe = "<br>".join(html.escape("".join(used[i : i + 60])) for i in range(0, len(used), 60))
    heard = _Heard()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(heard)
    try:
        weasyprint.HTML(string=f"<p>{probe}</p>", url_fetcher=_fetcher({})).write_pdf()
    finally:
        logger.removeHandler(heard)
    return heard.chars & set(used)


class _Heard(logging.Handler):
    """The characters that WeasyPrint warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.chars: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        self.chars |= {chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-F]{4,6})", record.getMessage())}


def _no_font(missing: Iterable[str]) -> RashomonError:
    """R603: which characters, of which scripts, and what shows them."""
    scripts: dict[str, list[str]] = {}
    for char in sorted(missing):
        scripts.setdefault(_script(char), []).append(char)
    shown = "; ".join(f"{_SCRIPTS.get(one, one.capitalize())}: {listing(chars, 20)}" for one, chars in scripts.items())
    packages = " ".join(sorted({_PACKAGES.get(one, "fonts-noto-core") for one in scripts}))
    return error(
        "R603", "No installed font shows some characters of the report.", found=shown,
        allowed="a font for every script that the report prints",
        remedy=f"Install fonts (Debian: apt-get install {packages}; elsewhere the Noto fonts from fonts.google.com/noto), then run this again.",
    )  # fmt: skip


def _script(char: str) -> str:
    """The first word of a character's name in Unicode, which for letters is their script."""
    if "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef":
        return "CJK"
    first = unicodedata.name(char, "SYMBOL").split(" ")[0].split("-")[0]
    return first if unicodedata.category(char)[0] in "LM" else "SYMBOL"


# progress and speed


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collection of garbage, of which setting makes next to none: looking for it takes a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextlib.contextmanager
def _counted(note: Note) -> Iterator[None]:
    """Tell every fiftieth page as it is set."""
    logger = logging.getLogger("weasyprint.progress")
    level, told = logger.level, _Told(note)
    logger.addHandler(told)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(told)
        logger.setLevel(level)


class _Told(logging.Handler):
    """Passes on WeasyPrint's word of every fiftieth page, once."""

    def __init__(self, note: Note) -> None:
        super().__init__(logging.INFO)
        self.note, self.last = note, 0

    def emit(self, record: logging.LogRecord) -> None:
        found = re.search(r"Page (\d+)", record.getMessage())
        if found and int(found[1]) % 50 == 0 and int(found[1]) > self.last:
            self.last = int(found[1])
            self.note(f"{self.last} pages are set.")
