"""What a finding is made of: its sentence, and whose records and voices it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from rashomon.reporting.document import Finding, Text
from rashomon.reporting.telling import Telling
from rashomon.reporting.wording import unique
from rashomon.texts import plural

MOST_NAMED: Final = 500
"""Records of a finding whose sources are looked up, where its rows name none."""


def finding(
    telling: Telling, said: Text, n: int, unit: str, anchor: str, rows: Iterable[Any] = (), *, sources: Iterable[str] = (),
    records: Iterable[str] = (), settled: bool = True,
) -> Finding:  # fmt: skip
    """A finding on some rows: their sources and records, and how many independent voices those sources are."""
    rows = list(rows)
    ids = unique([*records, *(record for row in rows for record in _records(row))])
    told = unique([*sources, *(source for row in rows for source in _sources(row))]) or telling.study.sources_of(ids[:MOST_NAMED])
    return Finding(said, n, unit if n == 1 else plural(unit), telling.study.independent_voices(told), told, ids, anchor, settled)


def _sources(row: Any) -> tuple[str, ...]:
    for names in (("sources",), ("told_by", "on_account_of"), ("source",)):
        found = [getattr(row, name) for name in names if hasattr(row, name)]
        if found:
            return tuple(one for part in found for one in ((part,) if isinstance(part, str) else part))
    return ()


def _records(row: Any) -> tuple[str, ...]:
    found: list[str] = []
    for name in ("records", "statements", "evidence", "polls", "packages", "means_records", "aim_records"):
        found += getattr(row, name, ())
    return tuple(found) + ((row.move,) if hasattr(row, "move") else ())


def capital(text: Text) -> Text:
    """A sentence from its words: a capital at its head, a full stop at its end."""
    head = text[0]
    return (head[0].upper() + head[1:] if isinstance(head, str) else head, *text[1:], ".")
