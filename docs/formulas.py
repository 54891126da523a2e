"""Writes the formulas of the documentation, ``$…$`` and ``$$…$$`` in TeX, as MathML, which browsers show without a network."""

from __future__ import annotations

import html
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_MENDS = {
    "<mi>&#x0007E;</mi>": "<mo>&#x0223C;</mo>",
    "<mi>&#x02032;</mi>": "<mo>&#x02032;</mo>",
    "<mi>log</mi>": "<mi>log</mi><mo>&#x02061;</mo>",
}
"""What the converter takes for letters: the sign of a distribution, a prime, and a function without its sign of application."""


def mathml(tex: str, display: str = "inline") -> str:
    """A formula in TeX as MathML."""
    written = convert(tex, display=display)
    for wrong, right in _MENDS.items():
        written = written.replace(wrong, right)
    return written


class Formulas(Treeprocessor):
    """Puts MathML where ``pymdownx.arithmatex`` marked a formula."""

    def run(self, root: Element) -> None:
        """Replace the TeX of every marked element."""
        for marked in root.iter():
            if marked.get("class") == "arithmatex" and marked.text:
                shown = "block" if marked.tag == "div" else "inline"
                marked.text = self.md.htmlStash.store(mathml(html.unescape(marked.text.strip()[2:-2]), shown))


class FormulasExtension(Extension):
    """Runs :class:`Formulas` once all marks of a page are set."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register it after the patterns within lines."""
        md.treeprocessors.register(Formulas(md), "formulas", 5)


def makeExtension(**settings: object) -> FormulasExtension:  # noqa: N802
    """What Markdown calls to get the extension."""
    return FormulasExtension(**settings)
