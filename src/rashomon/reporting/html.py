"""The article as one HTML file that asks nothing of any network."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from html import escape
from importlib.resources import files
from itertools import accumulate
from types import MappingProxyType
from typing import Any, Final, Protocol

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from rashomon.languages import language_of
from rashomon.reporting.document import (
    Article,
    Badge,
    Break,
    Column,
    Em,
    Entries,
    Figure,
    Link,
    More,
    Records,
    Row,
    Small,
    Sources,
    Strip,
    Strong,
    Table,
    Text,
    Web,
    anchor_of,
    cited,
    words,
)

_ROLES: Final[Mapping[str, str]] = MappingProxyType(
    {name: f' role="{name}"' for name in ("table", "rowgroup", "row", "columnheader", "rowheader", "cell")}
)
"""Of a table whose parts are laid out as blocks on a phone: browsers then forget what they are."""

_OTHER_SCRIPT: Final = re.compile(r"[々-〇ぁ-ヿ㐀-鿿豈-﫿](?:[^a-zA-Zа-яА-Я]*[々-〇ぁ-ヿ㐀-鿿豈-﫿])?|[Ѐ-ӿ]+(?:\W{1,3}[Ѐ-ӿ]+)*")
"""A stretch of Japanese, with the signs and figures within it, or of words in Cyrillic."""

_SVG: Final = "http://www.w3.org/2000/svg"
_ON_PAPER: Final = 5
"""Records that a line of paper lists at most."""
_LETTERS: Final = 64
"""Letters that these have together at most: in a narrow column every long name takes lines of its own."""
_FEW: Final = 30
"""Rows behind a figure that are printed on paper at most."""

TEMPLATES: Final = ("page.html.j2", "blocks.html.j2", "page.css", "print.css", "page.js")

SHAPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "borne": '<circle cx="6" cy="6" r="4.6" fill="currentColor"/>',
        "against": '<path d="M2 2L10 10M10 2L2 10" stroke="currentColor" stroke-width="2.4" fill="none"/>',
        "public": '<circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.4"/>'
        '<path d="M6 1.6A4.4 4.4 0 0 0 6 10.4Z" fill="currentColor"/>',
        "open": '<circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.4" '
        'stroke-dasharray="2.2 1.6"/>',
        "circle": '<path d="M9.8 4.4A4.2 4.2 0 1 0 10 7.2" fill="none" stroke="currentColor" stroke-width="1.6"/>'
        '<path d="M10.9 1.8V5H7.7Z" fill="currentColor"/>',
        "apart": '<path d="M6 1L11 6L6 11L1 6Z" fill="currentColor"/>',
        "alike": '<path d="M1.5 4.2H10.5M1.5 7.8H10.5" stroke="currentColor" stroke-width="1.8"/>',
        "warning": '<path d="M6 1L11.4 10.6H0.6Z" fill="none" stroke="currentColor" stroke-width="1.5"/>'
        '<path d="M6 4.2V7.4M6 8.4V9.6" stroke="currentColor" stroke-width="1.5"/>',
    }
)
"""A shape for each kind of verdict, on a field of 12 by 12: known apart without colour."""


def safe_json(value: Any) -> str:
    """JSON that may stand in a script element: nothing in it can end the element or start a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def safe_script(code: str) -> str:
    """Code that may stand in a script element, with names of its own."""
    shielded = re.sub(r"<(?=/script|!--)", r"\\x3c", code, flags=re.IGNORECASE)
    return f"(()=>{{{shielded}\n}})();"


def fingerprint(code: str) -> str:
    """What a Content-Security-Policy calls a script by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()


def safe_address(address: str) -> bool:
    """Whether an address may be linked to: the web's own, and nothing that runs."""
    return re.fullmatch(r"https?://[^\s<>\"']+", address) is not None


class Paper(Protocol):
    """What draws a page for paper: markup for a chart, and for a small drawing (SVG) within a line."""

    def chart(self, figure: Figure) -> str:
        """A figure."""

    def image(self, drawing: str, kind: str) -> str:
        """A drawing of a kind that the style sheet knows."""


class InlineHtml:
    """Running text as HTML. ``labels``: short citations by source id; ``here``: anchors that the page has; ``paper``: draws for
    paper, where nothing can be unfolded; None on a screen.

    Built of plain strings, each escaped where it enters: :class:`~markupsafe.Markup` would cost as much as all the rest.
    """

    def __init__(self, labels: Mapping[str, str], here: frozenset[str], paper: Paper | None = None) -> None:
        self.labels, self.here, self.paper = labels, here, paper
        self._ways: dict[type, Callable[[Any], str]] = {
            str: _tongued,
            Strong: lambda part: f"<strong>{_tongued(part.text)}</strong>",
            Em: lambda part: f"<em>{_tongued(part.text)}</em>",
            Small: lambda part: f'<span class="small">{_tongued(part.text)}</span>',
            Link: lambda part: self._to(part.anchor, part.text),
            Web: _web,
            Badge: self._badge,
            Records: lambda part: self._list([(anchor_of(one), one) for one in part.ids], part.shown, "records"),
            Sources: lambda part: self._list([(f"s-{one}", self.labels.get(one, one)) for one in part.ids], part.shown, "sources"),
            Strip: lambda part: f'<span class="line">{self._drawn(_scale(part), "strip")}{self(part.text)}</span>',
            More: lambda part: self(part.text) if self.paper else _fold(part.label, self(part.text)),
            Break: lambda part: "<br>",
        }

    def __call__(self, text: Text) -> str:
        return "".join([self._ways[type(part)](part) for part in text])

    def _to(self, anchor: str, words: str) -> str:
        return f'<a href="#{escape(anchor)}">{_tongued(words)}</a>' if anchor in self.here else _tongued(words)

    def _badge(self, part: Badge) -> str:
        disputed = ' <span class="disputed">disputed</span>' if part.disputed else ""
        shape = SHAPES.get(part.kind, "")
        drawn = self._drawn(f'<svg xmlns="{_SVG}" viewBox="0 0 12 12">{shape}</svg>', "shape") if shape else ""
        return f'<span class="badge {escape(part.kind)}">{drawn}{escape(part.text)}</span>{disputed}'

    def _drawn(self, drawing: str, kind: str) -> str:
        """A small drawing, for the eye alone: the words stand beside it."""
        if self.paper:
            return self.paper.image(drawing, kind)
        return drawing.replace(f'<svg xmlns="{_SVG}"', f'<svg class="{kind}" aria-hidden="true"', 1)

    def _list(self, named: list[tuple[str, str]], shown: int, kind: str) -> str:
        """The first links, the rest under a fold (one alone is not worth it); on paper the appendix leads to the rest."""
        shown = _fitting([name for _, name in named], max(shown, _ON_PAPER)) if self.paper else shown
        links = [self._to(anchor, name) for anchor, name in named]
        if len(links) <= shown + 1:
            return f'<span class="{kind}">{", ".join(links)}</span>'
        first, rest = f'<span class="{kind}">{", ".join(links[:shown])}</span>', len(links) - shown
        return f"{first} and {rest} more" if self.paper else f"{first} {_fold(f'{rest} more', ', '.join(links[shown:]))}"


def _tongued(text: str) -> str:
    """A text escaped, with its Japanese and Russian marked: a screen reader then reads them, and a font draws them, as what they are."""
    if text.isascii():
        return escape(text)
    parts, at = [], 0
    for run in _OTHER_SCRIPT.finditer(text):
        if tongue := language_of(run[0]):
            parts += [escape(text[at : run.start()]), f'<span lang="{tongue}">{escape(run[0])}</span>']
            at = run.end()
    return "".join([*parts, escape(text[at:])])


def _fitting(names: Sequence[str], most: int) -> int:
    """How many of some names a line of paper lists: not more than ``most``, and not longer than it has letters for, but one."""
    ends = accumulate(map(len, names[:most]))
    return max(1, sum(end <= _LETTERS for end in ends))


def _web(part: Web) -> str:
    if not safe_address(part.address):
        return escape(part.text)
    return f'<a href="{escape(part.address)}" class="web" rel="noreferrer noopener">{escape(part.text)}</a>'


def _fold(label: str, inner: str) -> str:
    """A fold within a line; ``inner`` is markup."""
    return f'<details class="more"><summary>{escape(label)}</summary>{inner}</details>'


def _scale(part: Strip) -> str:
    low, high = part.scale
    marks = []
    for lo, hi in part.marks:
        x, width = 90 * (lo - low) / (high - low) + 2, max(90 * (hi - lo) / (high - low), 3.0)
        marks.append(f'<rect x="{x:.1f}" y="3" width="{width:.1f}" height="8"/>')
    axis = '<path d="M2 11.5H92M47 10V13" stroke="#999" fill="none"/>'
    return (
        f'<svg xmlns="{_SVG}" viewBox="0 0 94 14">{axis}'
        f'<g fill="#0072b2" fill-opacity=".42" stroke="#0072b2" stroke-width=".8">{"".join(marks)}</g></svg>'
    )


def table_body(block: Table, rows: Sequence[Row], inline: InlineHtml) -> Markup:
    """The rows of a table. Each has a heading: its first cell, or the middle one where columns face each other."""
    head = 1 if block.facing else 0
    roles = {} if inline.paper else _ROLES
    opens = [_opening(column, i == head, roles) for i, column in enumerate(block.columns)]
    row_open, close = f"<tr{roles.get('row', '')}", ["</th>" if i == head else "</td>" for i in range(len(opens))]
    out = [f"<tbody{roles.get('rowgroup', '')}>"]
    for row in rows:
        out.append(f'{row_open} id="{escape(row.anchor)}">' if row.anchor else f"{row_open}>")
        out += [part for i, cell in enumerate(row.cells) for part in (opens[i], inline(cell), close[i])]
        out.append("</tr>\n")
    return Markup("".join([*out, "</tbody>"]))


def _opening(column: Column, heading: bool, roles: Mapping[str, str]) -> str:
    """The tag before a cell; with its column's title for a phone, unless it is for paper (no ``roles``)."""
    kind = "" if column.kind == "text" else f' class="{column.kind}"'
    if heading:
        return f'<th scope="row"{roles.get("rowheader", "")}{kind}>'
    label = f' data-label="{escape(column.title)}"' if roles else ""
    return f"<td{roles.get('cell', '')}{kind}{label}>"


def entry_list(block: Entries, inline: InlineHtml) -> Markup:
    """The entries of an appendix, each with its anchor."""
    out = []
    for entry in block.entries:
        lines = "\u00a0· ".join(f"{escape(label)}: {inline(line)}" if label else inline(line) for label, line in entry.lines)
        title = inline(entry.title)
        out.append(f'<div class="entry" id="{escape(entry.anchor)}"><b>{escape(entry.name)}</b> {title}<br><span>{lines}</span></div>\n')
    return Markup("".join(out))


def _shape(table: Table) -> Markup:
    """The classes of a table: whether columns face each other, and whether all have a width (then paper need not try theirs)."""
    kinds = [kind for kind, holds in (("facing", table.facing), ("given", all(one.width for one in table.columns))) if holds]
    return Markup(f' class="{" ".join(kinds)}"' if kinds else "")


def _behind(figure: Figure) -> tuple[str, ...]:
    """The records behind a figure whose table is not printed and whose caption names none."""
    if figure.data is None or _printed(figure) or any(isinstance(part, Records) for part in figure.caption):
        return ()
    return tuple(dict.fromkeys(cited([figure.data])))


def _printed(figure: Figure) -> bool:
    """Whether the numbers behind a figure are printed on paper too: where they are few, and it is as wide as the page."""
    return figure.data is not None and figure.size != "small" and len(figure.data.rows) <= _FEW


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, with everything escaped that is not said to be markup."""
    folder = files("rashomon.reporting") / "templates"
    sources = {name: (folder / name).read_text(encoding="utf-8") for name in TEMPLATES}
    made = Environment(loader=DictLoader(sources), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.globals["kind_of"] = lambda block: type(block).__name__
    made.globals["words"] = words
    made.globals["sources"] = lambda ids: (Sources(ids),)
    made.globals["roles"] = {name: Markup(role) for name, role in _ROLES.items()}
    made.globals["table_body"], made.globals["entry_list"] = table_body, entry_list
    made.globals["records"] = lambda ids: (Records(ids),)
    made.globals["printed"], made.globals["shape"] = _printed, _shape
    made.globals["behind"] = _behind
    return made


def raw(name: str) -> str:
    """The text of a style sheet or script of the page."""
    return (files("rashomon.reporting") / "templates" / name).read_text(encoding="utf-8")


def render(article: Article, anchors: frozenset[str], bundle: str = "", paper: Paper | None = None) -> str:
    """The page. ``bundle`` draws the charts in the browser; ``paper`` draws them, and all else, for paper instead."""
    from rashomon import __version__

    env = environment()
    inline = InlineHtml(article.labels, anchors, paper)
    scripts = [] if paper else [safe_script(bundle), safe_script(raw("page.js"))]
    policy = "; ".join(
        [
            "default-src 'none'",
            "script-src " + (" ".join(f"'{fingerprint(code)}'" for code in scripts) or "'none'"),
            "style-src 'unsafe-inline'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    return env.get_template("page.html.j2").render(
        article=article,
        version=__version__,
        inline=inline,
        flow=lambda text: Markup(inline(text)),
        policy=policy,
        css=Markup(raw("page.css")),
        print_css=Markup(raw("print.css")),
        scripts=[Markup(code) for code in scripts],
        spec=lambda figure: Markup(safe_json(figure.spec)),
        chart=(lambda figure: Markup(paper.chart(figure))) if paper else None,
        on_paper=paper is not None,
    )
