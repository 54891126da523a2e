"""Proposals on disk: for each coder a file ``proposals/CODER.csv``, with the columns of ``statements.csv`` and the reasons.

A person may read it with a spreadsheet. What is decided about a proposal stands in its column ``status``; a coder that runs
again replaces what is undecided and leaves what is decided.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from rashomon.coding.proposals import Proposal, Reason
from rashomon.errors import error, listing, suggest
from rashomon.reading import Passage
from rashomon.study.aside import proposals_spec
from rashomon.study.journals import each_row
from rashomon.study.row_files import coders_of, write_table
from rashomon.study.tables import read_table

Cells = dict[str, str]
OPEN: Final = "proposed"
"""The status of what nobody has decided yet."""
TAKEN: Final = "superseded"
"""The status of what a person had coded already, path and topic of one passage: nobody need decide it, and it is kept so that the
coder can be compared with that person.
"""
_FIRST: Final = (
    "id",
    "status",
    "path",
    "modality",
    "topic",
    "stance",
    "when",
    "about",
    "quote",
    "reasons",
    "certainty",
)
_SHOWN: Final = 60  # letters of the words behind a reason that are shown


def require_proposals(root: Path, coder: str) -> str:
    """The name of a coder that has proposed something in a study; R004 where it has not."""
    known = coders_of(root)
    if coder not in known:
        raise error("R004", "This coder has proposed nothing in this study.", found=repr(coder),
                    allowed=listing(known) or "no coders yet",
                    remedy=suggest(coder, known, f"run `rashomon code` with --coder {coder} first."))  # fmt: skip
    return coder


def read_proposals(root: Path, coder: str) -> list[Cells]:
    """A coder's proposals as their file has them, decided or not; rows without an id are none.

    A person may have saved the file with a spreadsheet. Raises the faults of one that cannot be read as a table.
    """
    raw = read_table(root, proposals_spec(coder))
    rows = (dict(zip(raw.spec.columns, cells, strict=True)) for cells in each_row(raw))
    return [row | {"coder": coder, "status": row["status"] or OPEN} for row in rows if row["id"]]


def write_proposals(root: Path, coder: str, rows: Iterable[Mapping[str, str]]) -> None:
    """Write a coder's proposals whole, as a spreadsheet may have saved them; the columns that are read first come first."""
    spec = proposals_spec(coder)
    write_table(root, spec, (*_FIRST, *(name for name in spec.columns if name not in _FIRST)), rows)


def drawn_order(names: Iterable[str]) -> list[str]:
    """Ids of proposals in an order that nothing in a proposal can sway: as good as drawn at random, and the same each time."""
    return sorted(names, key=lambda name: (hashlib.sha256(name.encode()).digest(), name))


def cells_of(proposal: Proposal, passage: Passage, coder: str) -> Cells:
    """A proposal as cells; blank ones are left out."""
    cells = {
        "path": proposal.path,
        "modality": proposal.modality,
        "topic": proposal.topic,
        "stance": proposal.stance,
        "when": proposal.when,
        "about": proposal.about,
        "basis": proposal.basis,
        "hedge": proposal.hedge,
        "extent": proposal.extent,
        "source": passage.source,
        "locator": locator_of(passage),
        "coder": coder,
        "certainty": f"{proposal.certainty:.2f}",
        "status": OPEN,
        "passage": proposal.address,
        "quote": proposal.quote,
        "reasons": "; ".join(_told(reason, passage.text) for reason in proposal.reasons),
    }
    return {"id": _identity(coder, proposal)} | {name: text for name, text in cells.items() if text}


def locator_of(passage: Passage) -> str:
    """Where a passage stands, for a reader: the last heading above it and the one that this stands under, its page, and which
    paragraph behind that heading it is, or that it is a note, a table, a caption.
    """
    page = f"p. {passage.page}" if passage.page else ""
    place = f"para. {passage.paragraph}" if passage.paragraph else passage.kind
    return ", ".join(filter(None, (*passage.heading[-2:], page, place)))


def _told(reason: Reason, text: str) -> str:
    words = " ".join(text[reason.start : reason.end].split())
    shown = words if len(words) <= _SHOWN else words[:_SHOWN] + " …"
    quoted = f" “{shown}”" if shown and shown not in reason.says else ""
    return f"{reason.field}: {reason.says}{quoted}"


def _identity(coder: str, proposal: Proposal) -> str:
    """An id that is the same whenever a coder proposes the same of the same words."""
    parts = (
        proposal.address,
        proposal.quote,
        proposal.path,
        proposal.modality,
        proposal.topic,
        proposal.stance,
        proposal.when,
    )
    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    return f"{coder}-{base64.b32encode(digest)[:10].decode().lower()}"
