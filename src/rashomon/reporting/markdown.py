"""The article as Markdown, in the dialect of GitHub: tables, anchors, folds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from rashomon.reporting.document import (
    Article,
    Badge,
    Block,
    Break,
    Bullets,
    Em,
    Entries,
    Figure,
    Finding,
    Fold,
    Gallery,
    Head,
    Ladder,
    Link,
    More,
    Para,
    Records,
    Section,
    Small,
    Sources,
    Strip,
    Strong,
    Table,
    Text,
    Web,
    anchor_of,
)
from rashomon.reporting.html import safe_address

_SIGNS: Final = {
    "borne": "●", "against": "✕", "public": "◐", "open": "○", "circle": "↺", "apart": "◆", "alike": "=", "warning": "△"
}  # fmt: skip
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~#&])")


def escape(words: str) -> str:
    """Words that Markdown must not read as its own signs, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(words.split("\n"))).replace("\\&", "&amp;").replace("\\<", "&lt;").replace("\\>", "&gt;")


class InlineMarkdown:
    """Running text as Markdown; ``here``: anchors that the page has."""

    def __init__(self, labels: Mapping[str, str], here: frozenset[str]) -> None:
        self.labels, self.here = labels, here
        self._ways: dict[type, Callable[[Any], str]] = {
            str: escape,
            Strong: lambda part: _around("**", part.text),
            Em: lambda part: _around("*", part.text),
            Small: lambda part: escape(part.text),
            Link: lambda part: self._to(part.anchor, part.text),
            Web: lambda part: f"<{part.address}>" if safe_address(part.address) else escape(part.text),
            Badge: lambda part: f"{_SIGNS.get(part.kind, '')} **{escape(part.text)}**" + (" (disputed)" if part.disputed else ""),
            Records: lambda part: ", ".join(self._to(anchor_of(one), one) for one in part.ids),
            Sources: lambda part: ", ".join(self._to(f"s-{one}", self.labels.get(one, one)) for one in part.ids),
            Strip: lambda part: self(part.text),
            More: lambda part: self(part.text),
            Break: lambda part: "<br>",
        }

    def __call__(self, text: Text) -> str:
        return "".join(self._ways[type(part)](part) for part in text)

    def _to(self, anchor: str, words: str) -> str:
        return f"[{escape(words)}](#{anchor})" if anchor in self.here else escape(words)


def _around(sign: str, words: str) -> str:
    """Words between signs, with the blanks at their ends outside, as Markdown wants it."""
    bare = words.strip()
    if not bare:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{before}{sign}{escape(bare)}{sign}{after}"


def render(article: Article, here: frozenset[str]) -> str:
    """The article as one Markdown file."""
    inline = InlineMarkdown(article.labels, here)
    return "\n".join(_lines(article, inline)).rstrip() + "\n"


def _lines(article: Article, inline: InlineMarkdown) -> Iterator[str]:
    yield from (f"# {escape(article.title)}", "", f"*{escape(article.subtitle)}*", "", *(f"- {inline(said)}" for said in article.answer), "", inline(article.abstract), "")
    yield from ("## Contents", "", "- [Findings](#findings)")
    for part, sections in article.parts():
        yield from ((f"- {escape(part)}",) if part else ())
        yield from (f"{'  ' if part else ''}- [{escape(section.title)}](#{section.anchor})" for section in sections)
    yield from ("", *_heading("findings", "## Findings"))
    yield from _findings(article.findings, inline, ordered=True)
    if article.unsettled:
        yield from _heading("unsettled", "### What the record does not settle")
        yield from _findings(article.unsettled, inline, ordered=False)
    for section in article.sections:
        yield from _section(section, inline)
    yield from ("---", "", inline(article.colophon))


def _heading(anchor: str, title: str) -> Iterator[str]:
    yield from (f'<a id="{anchor}"></a>', "", title, "")


def _findings(found: Iterable[Finding], inline: InlineMarkdown, *, ordered: bool) -> Iterator[str]:
    for number, one in enumerate(found, 1):
        voices = f", {one.voices} {'voice' if one.voices == 1 else 'voices'}" if one.voices else ""
        told = f"; {inline((Sources(one.sources),))}" if one.sources else ""
        records = f"; records {inline((Records(one.records[:12]),))}{' …' if len(one.records) > 12 else ''}" if one.records else ""
        mark = f"{number}." if ordered else "-"
        yield f"{mark} {inline(one.said)} ({one.n:,} {one.unit}{voices}{told}{records}; [more](#{one.anchor}))"
    yield ""


def _section(section: Section, inline: InlineMarkdown) -> Iterator[str]:
    yield from _heading(section.anchor, f"## {escape(section.title)}")
    for block in section.blocks:
        yield from _block(block, inline)


def _block(block: Block, inline: InlineMarkdown) -> Iterator[str]:
    if isinstance(block, Para):
        yield from (inline(block.text) + (f" {inline(block.basis)}" if block.basis else ""), "")
    elif isinstance(block, Bullets):
        yield from (*(f"- {inline(item)}" for item in block.items), "")
    elif isinstance(block, Table):
        yield from _table(block, inline)
    elif isinstance(block, Ladder):
        yield from _ladder(block, inline)
    elif isinstance(block, Figure):
        yield from (f'<a id="{block.anchor}"></a>', "", f"*Figure:* {inline(block.caption)}", "", f"> {escape(block.alt)}", "")
        yield from _table(block.data, inline) if block.data is not None else ()
    elif isinstance(block, Gallery):
        for one in block.figures:
            yield from _block(one, inline)
    elif isinstance(block, Head):
        yield from _heading(block.anchor, f"### {escape(block.title)}")
    elif isinstance(block, Fold):
        yield from (f"**{escape(block.title)}**", "")
        for inner in block.blocks:
            yield from _block(inner, inline)
    else:
        yield from _entries(block, inline)


def _table(block: Table, inline: InlineMarkdown) -> Iterator[str]:
    yield from (f'<a id="{block.anchor}"></a>', "", inline(block.caption), "")
    yield "| " + " | ".join(escape(column.title) for column in block.columns) + " |"
    yield "|" + "|".join("---:" if column.kind == "number" else "---" for column in block.columns) + "|"
    for row in block.rows:
        cells = [inline(cell).strip() for cell in row.cells]
        if row.anchor:
            cells[0] = f'<a id="{row.anchor}"></a>{cells[0]}'
        yield f"| {' | '.join(cells)} |"
    yield ""
    if block.more:
        yield from (f"{block.more:,} further {block.rest} are not printed here; `rashomon measure --json` lists all.", "")


def _ladder(block: Ladder, inline: InlineMarkdown) -> Iterator[str]:
    yield from (f'<a id="{block.anchor}"></a>', "", inline(block.caption), "")
    yield from (f"| {escape(block.left)} | When | {escape(block.right)} |", "|---:|:---:|---|")
    for rung in block.rungs:
        said = inline(rung.text) + (f"<br>{inline(rung.answers)}" if rung.answers else "")
        said = f'<a id="{rung.anchor}"></a>{said}'
        arrow = ("→" if rung.left else "←") if rung.across else ""
        left, right = (said, "") if rung.left else ("", said)
        yield f"| {left} | {escape(rung.when)} {arrow} | {right} |"
    yield ""


def _entries(block: Entries, inline: InlineMarkdown) -> Iterator[str]:
    for entry in block.entries:
        said = "; ".join(f"{label}: {inline(line)}" if label else inline(line) for label, line in entry.lines)
        yield f'- <a id="{entry.anchor}"></a>**{escape(entry.name)}** {inline(entry.title)} {said}'
    yield ""


