"""Zotero RDF: a library as Zotero exports it, with its items, their parents and what hangs on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rashomon.exchanging.entries import Entry, address
from rashomon.exchanging.losing import Loss, shown
from rashomon.exchanging.refusing import unfit
from rashomon.exchanging.xml_trees import Node, parse_xml

_KINDS: Final = {
    "journalArticle": "article-journal", "newspaperArticle": "article-newspaper", "magazineArticle": "article-magazine",
    "blogPost": "post-weblog", "bookSection": "chapter", "encyclopediaArticle": "entry-encyclopedia", "webpage": "webpage",
    "conferencePaper": "paper-conference", "presentation": "speech", "letter": "personal_communication", "email":
    "personal_communication", "hearing": "hearing", "statute": "legislation", "case": "legal_case", "map": "map", "film":
    "motion_picture", "radioBroadcast": "broadcast", "tvBroadcast": "broadcast", "videoRecording": "motion_picture",
    "computerProgram": "software", "dictionaryEntry": "entry-dictionary", "forumPost": "post", "preprint": "article", "artwork":
    "graphic", "audioRecording": "song", "podcast": "broadcast", "instantMessage": "personal_communication",
}  # fmt: skip
_NO_ITEMS: Final = {"Collection": "a collection", "Memo": "a note", "Attachment": "an attached file"}
_CONTAINERS: Final = frozenset({"Journal", "Periodical", "Newspaper", "Magazine", "Series"})
_MAKERS: Final = ("authors", "presenters", "interviewees", "directors", "podcasters", "performers", "artists", "programmers",
                  "cartographers", "inventors", "sponsors")  # fmt: skip
"""Whom Zotero cites first, by the kind of item; no kind has two of them."""
_READ: Final = frozenset(
    {"itemType", "title", "date", *_MAKERS, "publisher", "pages", "isPartOf", "identifier", "citationKey"}
)
_OUR_OWN: Final = frozenset({"isReferencedBy", "link", "type"})  # pointers, which lose nothing of the item itself


def entries_of_zotero(text: str, file: str) -> tuple[list[Entry], list[Loss]]:
    """The entries of a Zotero RDF file. R911 where it is no RDF."""
    root = parse_xml(text.encode(), file, "R911", "Zotero RDF")
    if root.local != "RDF":
        raise unfit(file, "Zotero RDF", f"an element {root.local}", root.line, "R911")
    named = {node.attribute("about"): node for node in root.children if node.attribute("about")}
    losses: list[Loss] = []
    entries = []
    for node in root.children:
        if node.local in _NO_ITEMS or node.said("itemType") == "attachment":
            what = _NO_ITEMS.get(node.local, "an attached file")
            said = f"{what} {shown(_worded(node))}".strip()
            losses.append(Loss(f"line {node.line}", said, "a list of sources has no place for it"))
        elif node.local not in _CONTAINERS or node.first("itemType") is not None:
            entries.append(_entry(node, named, losses))
    return entries, losses


def _worded(node: Node) -> str:
    return node.said("title") or node.said("value") or node.attribute("about")


def _entry(node: Node, named: dict[str, Node], losses: list[Loss]) -> Entry:
    place = f"line {node.line}"
    parents = [_parent(one, named) for one in node.all("isPartOf")]
    urls, dois, others = _identifiers([node, *parents])
    kind = node.said("itemType") or node.local[:1].lower() + node.local[1:]
    publisher = next(
        (found.said("name") for one in node.all("publisher") for found in one.each() if found.said("name")), ""
    )
    keys = {
        "title": node.said("title"),
        "published": node.said("date"),
        "kind": _KINDS.get(kind, kind.lower()),
        "container": next((one.said("title") for one in parents if one.said("title")), ""),
        "pages": node.said("pages"),
        "publisher": publisher or node.said("publisher"),
        "url": address(urls[0] if urls else "", dois[0] if dois else ""),
    }
    lost = [*others, *(f"DOI {one}" for one in dois[0 if urls else 1 :]), *(f"address {one}" for one in urls[1:])]
    lost += [f"{one.local} {shown(_deep(one))}".strip() for one in _placeless(node, parents)]
    losses += [Loss(place, what, "a source has no place for it") for what in lost]
    return Entry(place, node.said("citationKey"), keys, tuple(_authors(node)))


def _placeless(node: Node, parents: list[Node]) -> Iterator[Node]:
    yield from (one for one in node.children if one.local not in _READ | _OUR_OWN)
    for parent in parents:
        yield from (one for one in parent.children if one.local not in {"title", "identifier", *_OUR_OWN})


def _parent(part_of: Node, named: dict[str, Node]) -> Node:
    """What an item is part of: named by its address, or written where it is named."""
    found = named.get(part_of.attribute("resource"))
    return found or (part_of.children[0] if part_of.children else part_of)


def _authors(node: Node) -> Iterator[str]:
    for authors in (one for maker in _MAKERS for one in node.all(maker)):
        for one in authors.each():
            if one.local in ("Person", "Agent"):
                given = one.said("givenName") or one.said("givenname")
                name = ", ".join(filter(None, (one.said("surname"), given))) or one.said("name")
                if name:
                    yield name


def _identifiers(nodes: list[Node]) -> tuple[list[str], list[str], list[str]]:
    """Addresses, DOIs and all others (ISBN, ISSN, call numbers) of an item and what it is part of."""
    urls, dois, others = [], [], []
    for one in (found for node in nodes for found in node.all("identifier")):
        value = _deep(one)
        if one.children:
            urls.append(value)
        elif value.lower().startswith("doi"):
            dois.append(value[3:].lstrip(": "))
        elif value:
            others.append(value)
    return urls, dois, others


def _deep(node: Node) -> str:
    return " ".join(filter(None, (one.text.strip() for one in node.each()))) or node.attribute("resource")
