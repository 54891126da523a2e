"""Which columns a file of events in text has: by its heading, or by their number."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass

from rashomon.errors import RashomonError, Where, error, listing, suggest
from rashomon.study.events.formats import FORMATS, NEEDED, WHAT, Named
from rashomon.study.events.pieces import Piece, unreadable_events


@dataclass(frozen=True)
class Layout:
    """How one file is written. ``quote``: "" where a quotation mark is a letter like any other. ``passed_over``: columns of its
    heading that its format does not have, and no mapping names.
    """

    delimiter: str
    columns: tuple[str, ...]
    heading: bool
    quote: str
    passed_over: tuple[str, ...] = ()


def layout_of(piece: Piece, named: Named) -> Layout:
    """The layout of a file. R543 where its columns are not those of its format, R547 where it cannot be read or is empty."""
    line, second = _first_lines(piece, named)
    delimiter = "\t" if "\t" in line or not any(sign in line for sign in ",;") else max(",;", key=line.count)
    try:
        held = next(csv.reader([line], delimiter=delimiter, quotechar=named.format.quote or '"'))
    except csv.Error as problem:
        raise unreadable_events(piece.name, named, f"a first line that is no row: {problem}") from problem
    cells = [cell.strip() for cell in held]
    where = Where(piece.name, 1)
    if named.format.layouts and not _is_heading(cells, named):
        return _by_number(where, delimiter, line.rstrip("\r\n").split("\t"), named)
    return _by_heading(where, delimiter, cells, second.count(delimiter) + 1, named)


def _first_lines(piece: Piece, named: Named) -> tuple[str, str]:
    """The first line of a file, in which there must be something, and the second."""
    raw, second, *_ = (*piece.first_lines(2, named), b"", b"")
    if not raw.strip():
        raise unreadable_events(piece.name, named, "nothing, or a blank first line")
    if b"\0" in raw:
        raise unreadable_events(piece.name, named, "a first line with NUL bytes: not text, or not in UTF-8")
    return raw.decode("utf-8-sig", errors="replace"), second.decode("utf-8", errors="replace")


def _is_heading(cells: list[str], named: Named) -> bool:
    """Two of its format's names are no accident; a row of GDELT begins with a number."""
    return len({*cells} & named.format.listed) >= 2


def _by_number(where: Where, delimiter: str, cells: list[str], named: Named) -> Layout:
    for layout in named.format.layouts:
        if len(layout) == len(cells) and delimiter == "\t":
            return Layout(delimiter, layout, False, named.format.quote)
    longest = max(named.format.layouts, key=len)
    if len(cells) > len(longest):
        found = f"{len(cells)} columns; column {len(longest) + 1}, {_shown(cells[len(longest)])}, is none of {named.format.title}"
    else:
        following = longest[len(cells) % len(longest)]
        found = f"{len(cells)} columns with tabs between them; column {len(cells) + 1} should be {following}"
    numbers = " or ".join(str(len(one)) for one in named.format.layouts)
    allowed = f"{numbers} columns with tabs between them, {longest[0]} to {longest[-1]}; or a first line that names the columns"
    remedy = 'Name its format as it is, or use format = "mapping" and a first line.'
    raise wrong_columns(named, where, found, allowed, remedy)


def _by_heading(where: Where, delimiter: str, heading: list[str], found: int, named: Named) -> Layout:
    """``found``: how many cells the first row has."""
    mapped = named.names.values()
    cells = [named.format.today(name, heading, mapped) or f"column {i}" for i, name in enumerate(heading, 1)]
    for name in cells:
        if cells.count(name) > 1:
            told = f"the column {_shown(name)} twice"
            raise wrong_columns(named, where, told, "each column once", "Rename one of the two.")
    for what, name in named.names.items():
        require_column(what, name, named, cells, where)
    require_format(cells, named, where)
    known = {*mapped, *named.format.listed}
    passed_over = tuple(name for name in cells if name not in known) if named.format.layouts else ()
    kept = [name for name in cells if name not in passed_over]
    if found < len(cells) and found == len(kept) and tuple(kept) in named.format.layouts:
        cells = kept  # some files of POLECAT name columns that they do not have
    quote = named.format.quote if delimiter == "\t" else '"'
    return Layout(delimiter, tuple(cells), True, quote, passed_over)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:39]}…")


def require_column(what: str, name: str, named: Named, columns: Collection[str], where: Where) -> None:
    """R543 where a file has no column of this name, and either every set needs one or study.toml names it."""
    if name in columns or (what not in NEEDED and name in named.format.names.values()):
        return
    remedy = suggest(name, columns, f"Say what it is called: columns = {{ {what} = … }}.")
    raise wrong_columns(named, where, f"no column {name!r} ({WHAT[what]})", listing(columns, 24), remedy)


def require_format(columns: Collection[str], named: Named, where: Where) -> None:
    """R543 where a file has the columns of another format: all that every set needs, and one that its own format has not."""
    known = {*named.names.values(), *named.format.listed}
    for name, other in FORMATS.items() if named.format.layouts else ():
        theirs = [one for one in columns if one in other.listed and one not in known]
        if theirs and {other.names[one] for one in NEEDED} <= {*columns}:
            found = f"{_shown(theirs[0])}, a column of {other.title}"
            allowed = f"columns of {named.format.title}, and others that no format has"
            raise wrong_columns(named, where, found, allowed, f'Say what it is: format = "{name}".')


def wrong_columns(named: Named, where: Where, found: str, allowed: str, remedy: str) -> RashomonError:
    """R543, to be raised by the caller: the columns of a file are not those of its format."""
    message = f"A file of the events {named.id!r} does not have the columns of {named.format.title}."
    return error("R543", message, found=found, allowed=allowed, remedy=remedy, where=where)
