"""HTML and XHTML bytes into a tree, safely; and the tree rid of what is no part of the text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from rashomon.reading.decoding import decode
from rashomon.reading.flowing import careful_parser, local
from rashomon.reading.originals import Original, too_much, unreadable

__all__ = ["drop", "is_note", "language_of", "parse", "trim", "types_of"]

_CHARSET = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE
)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")
_XHTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*(?:<!DOCTYPE[^>\[]*>\s*)?<html[^>]*xmlns=",
    re.DOTALL | re.IGNORECASE,
)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_KEPT_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")

_NEVER = {
    "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "canvas", "audio", "video", "select", "button",
    "input", "textarea", "datalist", "map",
}  # fmt: skip
_FURNITURE = {"nav", "aside", "header", "footer", "form"}
_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "toolbar"}
_NOTES = {
    "footnote",
    "footnotes",
    "endnote",
    "endnotes",
    "rearnote",
    "rearnotes",
    "doc-footnote",
    "doc-endnote",
    "doc-endnotes",
}
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_GROUPS = {"ul", "ol", "dl", "div", "table", "td", "section", "menu"}
_LINKS = 3  # fewer links make no list of links
_LINKED = 0.6  # of the letters of a group


def parse(data: bytes, original: Original, declared: str = "") -> etree._Element | None:
    """The tree of a page, its tags without namespaces; None where there is nothing in it.

    ``declared``: the encoding that came with it from outside, "" if none: then what it says itself counts. What calls itself
    XHTML is first read as XML, for there ``<title/>`` is closed. Nothing is loaded, no entity of its own is unfolded. Raises
    R903 for elements nested so deeply that the parser would drop the rest.
    """
    found = _CHARSET.search(data[:4096])
    text = _CONTROLS.sub("\ufffd", decode(data, declared or (found[1].decode("ascii") if found else "")))
    root = _as_xml(text) if _XHTML.match(text[:4096]) else None
    if root is None:
        root = _as_html(text, original)
    if root is not None:
        for element in root.iter(etree.Element):
            if element.tag[:1] == "{":
                element.tag = local(element.tag)
    return root


def _as_xml(text: str) -> etree._Element | None:
    plain = _ENTITY.sub(lambda name: name[0] if name[1] in _KEPT_ENTITIES else html.unescape(name[0]), text)
    try:
        return etree.fromstring(_DECLARATION.sub("", plain, count=1).encode(), careful_parser())
    except etree.LxmlError:
        return None


def _as_html(text: str, original: Original) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, recover=True, remove_pis=True)
    try:
        root: etree._Element | None = etree.fromstring(_DECLARATION.sub("", text, count=1).encode(), parser)
    except etree.LxmlError as fault:
        raise unreadable(original, "HTML", str(fault)) from fault
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise too_much(original, "elements more than 2,048 deep", "elements up to 2,048 deep")
    return root


def types_of(element: etree._Element) -> set[str]:
    """What an element says it is, by role, ``epub:type`` and class, in lower case."""
    named = (element.get(name) for name in ("role", "{http://www.idpf.org/2007/ops}type", "epub:type", "class"))
    return {word for value in named if value for word in value.lower().split()}


def language_of(root: etree._Element) -> str:
    """The language that an element says it is in, "" if none."""
    return (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()


def is_note(element: etree._Element) -> bool:
    """Whether an element is a note, or holds notes, by its types or as Word saves them."""
    style = element.get("style") or ""
    return bool(_NOTES & types_of(element)) or "mso-element:footnote" in style or "mso-element:endnote" in style


@dataclass(slots=True)
class _Weight:
    """Letters of an element, those of them within links to other pages, and the number of these links."""

    letters: int = 0
    linked: int = 0
    links: int = 0

    def add(self, other: _Weight) -> None:
        self.letters += other.letters
        self.linked += other.linked
        self.links += other.links


def trim(root: etree._Element, boilerplate: bool = True) -> etree._Element:
    """Take out what is never text (scripts, what is hidden) and, with ``boilerplate``, what stands around the text.

    That is: navigation, asides, heads and feet of the page, forms. The largest ``article`` is taken, else ``main``, else
    ``itemprop=articleBody``, where it holds most of the letters; where there is none, groups that are mostly links are left out,
    too. Notes are kept, and so is whatever holds half of the letters or more, whatever it is called. Returns the element that
    holds the text.
    """
    drop(element for element in root.iter(etree.Element) if element.tag in _NEVER)
    body = next(root.iter("body"), root)
    weights = _weigh(body)
    drop(
        element
        for element in body.iter(etree.Element)
        if element is not body and _is_hidden(element, weights, weights[body])
    )
    if not boilerplate:
        return body
    weights = _weigh(body)
    chosen = _choose(body, weights)
    whole = weights[chosen].letters
    light = {element for element, weight in weights.items() if weight.letters < whole / 2 and element is not chosen}
    drop([element for element in chosen.iter(etree.Element) if element in light and _is_furniture(element)])
    if chosen is body:
        weights = _weigh(body)
        drop([element for element in body.iter(*_GROUPS) if element in light and _is_links(element, weights[element])])
    return chosen


def _weigh(body: etree._Element) -> dict[etree._Element, _Weight]:
    """The weight of every element, each visited once."""
    weights: dict[etree._Element, _Weight] = {}
    for _, element in etree.iterwalk(body, events=("end",)):
        if not isinstance(element.tag, str):
            continue
        own = _Weight(_letters(element.text))
        for child in element:
            if child in weights:
                own.add(weights[child])
            own.letters += _letters(child.tail)
        target = element.get("href") or ""
        if element.tag == "a" and target and not target.startswith("#"):
            own.linked, own.links = own.letters, 1
        weights[element] = own
    return weights


def _letters(text: str | None) -> int:
    return sum(map(len, text.split())) if text else 0


def _choose(body: etree._Element, weights: dict[etree._Element, _Weight]) -> etree._Element:
    whole = weights[body].letters - sum(weights[one].letters for one in _outermost(body, {"nav", "footer"}))
    for named in (_is_article, _is_main, _is_article_body):
        found = [element for element in weights if named(element)]
        best = max(found, key=lambda element: weights[element].letters, default=None)
        if best is not None and weights[best].letters > whole / 2:
            return best
    return body


def _outermost(body: etree._Element, tags: set[str]) -> Iterator[etree._Element]:
    """Elements of the tags that lie in no other such element."""
    depth = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in tags:
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                yield element


def _is_article(element: etree._Element) -> bool:
    return element.tag == "article" or element.get("role") == "article"


def _is_main(element: etree._Element) -> bool:
    return element.tag == "main" or element.get("role") == "main"


def _is_article_body(element: etree._Element) -> bool:
    return element.get("itemprop") == "articleBody"


def _is_hidden(element: etree._Element, weights: dict[etree._Element, _Weight], whole: _Weight) -> bool:
    said = element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))
    return said and element in weights and weights[element].letters < whole.letters / 2


def _is_furniture(element: etree._Element) -> bool:
    if element.tag not in _FURNITURE and element.get("role") not in _ROLES:
        return False
    outer = {one.tag for one in element.iterancestors()}
    own = element.tag in ("header", "footer") and bool(outer & {"article", "main", "blockquote"})
    return not own and not is_note(element) and not any(map(is_note, element.iter(etree.Element)))


def _is_links(element: etree._Element, weight: _Weight) -> bool:
    return weight.links >= _LINKS and weight.linked > _LINKED * weight.letters and not is_note(element)


def drop(elements: Iterable[etree._Element]) -> None:
    """Take elements out, and leave the text that follows them."""
    for element in list(elements):
        parent = element.getparent()
        if parent is None:
            continue
        if element.tail:
            before = element.getprevious()
            if before is not None:
                before.tail = (before.tail or "") + element.tail
            else:
                parent.text = (parent.text or "") + element.tail
        parent.remove(element)
