"""What a page says of itself: citation tags, JSON-LD, Open Graph, Dublin Core, plain tags, in this order of trust."""

from __future__ import annotations

import json
from collections.abc import Iterator

from lxml import etree

from rashomon.reading.dating import published_on
from rashomon.reading.documents import Metadata
from rashomon.reading.html_trees import language_of

__all__ = ["metadata_of"]

_TITLE = ("citation_title", "ld:headline", "og:title", "dc.title", "dcterms.title", "twitter:title", "ld:name")
_AUTHOR = (
    "citation_author",
    "citation_authors",
    "ld:author",
    "article:author",
    "author",
    "dc.creator",
    "dcterms.creator",
)
_DATE = (
    "citation_publication_date", "citation_date", "citation_online_date", "ld:datepublished", "article:published_time",
    "og:article:published_time", "datepublished", "dc.date.issued", "dcterms.issued",
    "dc.date", "dcterms.date", "pubdate", "date",
)  # fmt: skip
_LANGUAGE = ("citation_language", "dc.language", "dcterms.language", "content-language", "ld:inlanguage", "og:locale")
_URL = ("link:canonical", "og:url", "citation_public_url", "ld:url")
_CONTAINER = (
    "citation_journal_title",
    "citation_conference_title",
    "citation_inbook_title",
    "ld:ispartof",
    "og:site_name",
)
_PUBLISHER = ("citation_publisher", "ld:publisher", "dc.publisher", "dcterms.publisher")
_ARTICLES = (
    "article",
    "newsarticle",
    "scholarlyarticle",
    "report",
    "blogposting",
    "webpage",
    "opinionnewsarticle",
    "book",
)
_NESTED = 20  # levels of JSON-LD that are looked into


def metadata_of(root: etree._Element) -> Metadata:
    """Of the whole tree of a page, before anything is taken out of it."""
    found = _meta(root)
    for key, value in _linked_data(root):
        found.setdefault(f"ld:{key}", []).append(value)

    def first(names: tuple[str, ...]) -> str:
        return next((found[name][0] for name in names if found.get(name)), "")

    title = next(root.iter("title"), None)
    dates = [*(value for name in _DATE for value in found.get(name, ())), *_times(root)]
    authors = next((found[name] for name in _AUTHOR if found.get(name)), [])
    return Metadata(
        title=first(_TITLE) or (" ".join("".join(map(str, title.itertext())).split()) if title is not None else ""),
        authors=tuple(dict.fromkeys(name for value in authors if (name := value.strip()) and "://" not in name)),
        published=next(filter(None, map(published_on, dates)), ""),
        language=(language_of(root) or first(_LANGUAGE)).replace("_", "-"),
        url=first(_URL),
        container=first(_CONTAINER),
        publisher=first(_PUBLISHER),
    )


def _meta(root: etree._Element) -> dict[str, list[str]]:
    """The values of meta tags and of the canonical link by their names in lower case."""
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (
            element.get("name") or element.get("property") or element.get("itemprop") or element.get("http-equiv") or ""
        )
        if value := " ".join((element.get("content") or "").split()):
            found.setdefault(name.strip().lower(), []).append(value)
    for element in root.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and (address := element.get("href")):
            found.setdefault("link:canonical", []).append(address)
    return found


def _times(root: etree._Element) -> Iterator[str]:
    """``<time>`` marked as the day of publication; else the only one there is."""
    times = [element for element in root.iter("time") if element.get("datetime")]
    marked = [one for one in times if one.get("pubdate") is not None or one.get("itemprop") == "datePublished"]
    for one in marked or (times if len(times) == 1 else ()):
        yield one.get("datetime") or ""


def _linked_data(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Keys in lower case and values of the first JSON-LD object that is about a text."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for one in _objects(data, _NESTED):
            kind = one.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if any(str(name).lower() in _ARTICLES for name in kinds):
                yield from ((key.lower(), text) for key, value in one.items() for text in _texts(value))
                return


def _objects(data: object, levels: int) -> Iterator[dict[str, object]]:
    if isinstance(data, dict):
        yield data
    inner = data.get("@graph") if isinstance(data, dict) else data
    if isinstance(inner, list) and levels:
        for one in inner:
            yield from _objects(one, levels - 1)


def _texts(value: object) -> Iterator[str]:
    """A text, the name of a thing, or those of a list of them."""
    for one in value if isinstance(value, list) else [value]:
        named = one.get("name") if isinstance(one, dict) else one
        if isinstance(named, str) and named.strip():
            yield " ".join(named.split())
