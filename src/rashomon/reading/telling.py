"""What reading and finding say on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rashomon.errors import MOST_LISTED, Fault, fault_lines, first_of
from rashomon.reading.finding import Found, Hit
from rashomon.reading.reading import Reading
from rashomon.texts import CONTROLS, count

_HEADING: Final = 100  # characters of a path of headings that are shown


def reading_lines(found: Reading) -> Iterator[str]:
    """A summary of a run of reading: counts, repairs, then whatever somebody should look at."""
    number = {status: sum(row.status == status for row in found.rows) for status in ("read", "unchanged", "failed")}
    others = "".join(f", {number[status]:,} {status}" for status in ("unchanged", "failed") if number[status])
    yield f"{count(number['read'], 'file')} read{others}."
    yield _held(found)
    if found.repairs:
        yield "Repairs: " + ", ".join(f"{kind} {n:,}" for kind, n in found.repairs.items()) + "."
    yield from _listed("Declared in study.toml; correct what stands there", found.declared)
    needing = f"{count(len(found.undated), 'declared source')} without a date; write in study.toml when each was published"
    yield from _listed(needing, found.undated)
    said = "Not declared, and read under an id made from the name; --declare adds them to study.toml"
    yield from _listed(said, [f"{file} as {source}" for file, source in found.undeclared.items()])
    yield from _listed("No longer there; their passages are gone", found.dropped)
    yield from _listed("Notices", found.notices)
    yield from _faults("Skipped", found.skipped)
    yield from _faults("Statements that do not stand on their passages", [one.fault() for one in found.affected])


def _held(found: Reading) -> str:
    """How many passages there are; pages only of the files that have any, for most formats have none."""
    documents, passages, pages = (sum(getattr(row, name) for row in found.rows) for name in ("documents", "passages", "pages"))
    paged = sum(row.pages > 0 for row in found.rows)
    where = "" if paged == len(found.rows) else f" in the {count(paged, 'file')} with page numbers"
    said = f"; {count(pages, 'page')}{where}" if pages else ""
    return f"{count(passages, 'passage')} of {count(documents, 'document')}{said}."


def _listed(head: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"\n{head}:"
        yield from (f"  {CONTROLS.sub(' ', line)}" for line in first_of(lines))  # names may command a terminal


def _faults(head: str, faults: Iterable[Fault]) -> Iterator[str]:
    """The first of the faults, those that differ in nothing but their place as one."""
    told = list(fault_lines(faults))
    if told:
        yield f"\n{head}:"
    yield from (f"  {CONTROLS.sub(' ', line)}" for lines in told[:MOST_LISTED] for line in lines)
    if len(told) > MOST_LISTED:
        yield f"  … and {len(told) - MOST_LISTED:,} more; --json lists them all"


def found_lines(found: Found, bold: bool) -> Iterator[str]:
    """The hits, each with its address and place; the words found in bold, or between asterisks."""
    marks = ("\033[1m", "\033[0m") if bold else ("**", "**")
    for hit in found.rows:
        yield "  ".join(filter(None, (hit.address, _place(hit))))
        yield f"    {hit.marked(*marks)}\n"
    shown = f"{len(found.rows):,} of {count(found.total, 'passage')}." if found.total else "No passage has these words."
    undated = f" {found.undated:,} more have them, but nobody says when they were published." if found.undated else ""
    yield shown + undated


def _place(hit: Hit) -> str:
    page = CONTROLS.sub(" ", f"p. {hit.page}") if hit.page else ""
    heading = CONTROLS.sub(" ", " › ".join(hit.heading))
    cut = heading if len(heading) <= _HEADING else f"{heading[:_HEADING]}…"
    return "  ".join(filter(None, (page, hit.published, hit.kind * (hit.kind != "paragraph"), cut)))
