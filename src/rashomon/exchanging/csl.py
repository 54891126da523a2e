"""CSL-JSON: lists of sources as citation processors have them (Citation Style Language 1.0.2, csl-data.json)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from rashomon.exchanging.entries import Entry, address
from rashomon.exchanging.losing import Loss, shown
from rashomon.exchanging.refusing import unfit
from rashomon.texts import sound

_PLACES: Final = {
    "title": "title", "type": "kind", "container-title": "container", "page": "pages", "publisher": "publisher",
}  # fmt: skip
_READ: Final = frozenset({"id", "citation-key", "author", "issued", "URL", "DOI", *_PLACES})
_SEASONS: Final = {"1": "21", "2": "22", "3": "23", "4": "24"}


def entries_of_csl(text: str, file: str) -> tuple[list[Entry], list[Loss]]:
    """The entries of a list in CSL-JSON: a list of items, or an object that has one as ``items``. R911 where it is none."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as problem:
        line = problem.lineno if isinstance(problem, json.JSONDecodeError) else None
        raise unfit(file, "CSL-JSON", str(problem), line, "R911") from problem
    items = data.get("items") if isinstance(data, dict) else data
    if not isinstance(items, list):
        raise unfit(file, "CSL-JSON", "no list of items", code="R911")
    losses: list[Loss] = []
    entries = [_entry(number, item, losses) for number, item in enumerate(items, 1)]
    return [entry for entry in entries if entry is not None], losses


def _entry(number: int, item: object, losses: list[Loss]) -> Entry | None:
    if not isinstance(item, dict):
        losses.append(Loss(f"item {number}", shown(json.dumps(item)), "it is no item, and was left out"))
        return None
    key = _text(item.get("citation-key")) or _text(item.get("id"))
    place = f"item {number}" + (f" ({shown(key)})" if key else "")
    keys = {ours: _text(item.get(theirs)) for theirs, ours in _PLACES.items()}
    url, doi = _text(item.get("URL")), _text(item.get("DOI"))
    keys |= {"published": _date(item.get("issued")), "url": address(url, doi)}
    losses += [
        Loss(place, f"{field} {shown(_plain(value))}", "a source has no place for it")
        for field, value in item.items()
        if field not in _READ or (field == "DOI" and url and doi)
    ]
    return Entry(place, key, keys, _names(item.get("author")))


def _text(value: object) -> str:
    """A value as text; what JSON writes but Unicode does not have becomes a question mark."""
    given = isinstance(value, str | int | float) and not isinstance(value, bool)
    return sound(str(value)).strip() if given else ""


def _plain(value: object) -> str:
    return _text(value) or json.dumps(value)


def _names(given: object) -> tuple[str, ...]:
    names = [_name(one) for one in given if isinstance(one, Mapping)] if isinstance(given, list) else []
    return tuple(filter(None, names))


def _name(one: Mapping[str, Any]) -> str:
    particle = _text(one.get("non-dropping-particle"))
    family = f"{particle} {_text(one.get('family'))}".strip()
    given = " ".join(filter(None, (_text(one.get("given")), _text(one.get("dropping-particle")))))
    parts = (family, given, _text(one.get("suffix")))
    return ", ".join(filter(None, parts)) or _text(one.get("literal"))


def _date(given: object) -> str:
    """A date in our grammar where its parts allow it, else as it is worded."""
    if not isinstance(given, Mapping):
        return _text(given)
    parts = given.get("date-parts")
    ends = (
        [_iso(one, _text(given.get("season"))) for one in parts if isinstance(one, list)]
        if isinstance(parts, list)
        else []
    )
    ends = [one for one in ends if one]
    if not ends:
        return _text(given.get("literal")) or _text(given.get("raw"))
    mark = "~" if given.get("circa") else ""
    return "/".join(one + mark for one in ends[:2])


def _iso(parts: list[Any], season: str) -> str:
    numbers = [_text(one) for one in parts[:3]]
    numbers = numbers[: next((place for place, one in enumerate(numbers) if not one.isdecimal() or not int(one)), 3)]
    if not numbers:
        return ""
    months = [f"{int(one):02d}" for one in numbers[1:]] or ([_SEASONS[season]] if season in _SEASONS else [])
    return "-".join((numbers[0].zfill(4), *months))
