"""What reading and finding say on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rashomon.reading.finding import CONTROLS, Found, Hit
from rashomon.reading.reading import Reading

_HEADING: Final = 100  # characters of a path of headings that are shown


def reading_lines(found: Reading) -> Iterator[str]:
    """A summary of a run of reading: counts, repairs, then whatever somebody should look at."""
    count = {status: sum(row.status == status for row in found.rows) for status in ("read", "unchanged", "failed")}
    kept = [sum(getattr(row, name) for row in found.rows) for name in ("documents", "passages", "pages")]
    others = "".join(f", {count[status]:,} {status}" for status in ("unchanged", "failed") if count[status])
    yield f"{_many(count['read'], 'file')} read{others}."
    yield f"{_many(kept[1], 'passage')} of {_many(kept[0], 'document')}, with {_many(kept[2], 'page')}."
    if found.repairs:
        yield "Repairs: " + ", ".join(f"{kind} {n:,}" for kind, n in found.repairs.items()) + "."
    yield from _listed("Declared in study.toml; correct what stands there", found.declared)
    if found.undeclared:
        said = "Not declared, and read under an id made from the name; --declare adds them to study.toml"
        yield from _listed(said, [f"{file} as {source}" for file, source in found.undeclared.items()])
    yield from _listed("No longer there; their passages are gone", found.dropped)
    yield from _listed("Notices", found.notices)
    yield from _listed("Skipped", [str(fault) for fault in found.skipped])
    yield from _listed("Statements that do not stand on their passages", [str(one.fault()) for one in found.affected])


def _many(n: int, what: str) -> str:
    return f"{n:,} {what}" + "s" * (n != 1)


def _listed(head: str, lines: tuple[str, ...] | list[str]) -> Iterator[str]:
    if lines:
        yield f"\n{head}:"
        yield from (f"  {line}".replace("\n", "\n  ") for line in lines)


def found_lines(found: Found, bold: bool) -> Iterator[str]:
    """The hits, each with its address and place; the words found in bold, or between asterisks."""
    marks = ("\033[1m", "\033[0m") if bold else ("**", "**")
    for hit in found.rows:
        yield "  ".join(filter(None, (hit.address, _place(hit))))
        yield f"    {hit.marked(*marks)}\n"
    shown = f"{len(found.rows):,} of {_many(found.total, 'passage')}." if found.total else "No passage has these words."
    undated = f" {found.undated:,} more have them, but nobody says when they were published." if found.undated else ""
    yield shown + undated


def _place(hit: Hit) -> str:
    page = CONTROLS.sub(" ", f"p. {hit.page}") if hit.page else ""
    heading = CONTROLS.sub(" ", " › ".join(hit.heading))
    cut = heading if len(heading) <= _HEADING else f"{heading[:_HEADING]}…"
    return "  ".join(filter(None, (page, hit.published, hit.kind * (hit.kind != "paragraph"), cut)))
