"""The formats that a study is taken to and from, by the names that the commands use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from rashomon.errors import RashomonError, error, listing, suggest
from rashomon.exchanging.annotations import export_annotations, import_annotations
from rashomon.exchanging.coded_in import import_qdc, import_qdpx
from rashomon.exchanging.coded_out import export_qdc, export_qdpx
from rashomon.exchanging.dna_in import import_dna
from rashomon.exchanging.dna_out import export_dna
from rashomon.exchanging.graphs import GRAPHS, Drawing, draw_network
from rashomon.exchanging.losing import Loss, Moved
from rashomon.exchanging.source_lists import LISTS, import_sources
from rashomon.exchanging.tabling import export_csv, export_parquet, export_xlsx, import_csv, import_parquet, import_xlsx
from rashomon.exchanging.taguette import import_taguette
from rashomon.study import StudyData
from rashomon.study.journals import JOURNALS

IMPORTS: Final[Mapping[str, Callable[[Path, Path], Moved]]] = MappingProxyType(
    {
        **{name: partial(import_sources, form=name) for name in LISTS},
        "dna": import_dna,
        "qdc": import_qdc,
        "qdpx": import_qdpx,
        "annotations": import_annotations,
        "taguette": import_taguette,
        "csv": import_csv,
        "xlsx": import_xlsx,
        "parquet": import_parquet,
    }
)
"""Format → what brings a file of it into a study: the file, and the study's folder."""

EXPORTS: Final[Mapping[str, Callable[[StudyData, Path, str], Moved]]] = MappingProxyType(
    {
        "dna": export_dna,
        "qdc": export_qdc,
        "qdpx": export_qdpx,
        "annotations": export_annotations,
        "csv": export_csv,
        "xlsx": export_xlsx,
        "parquet": export_parquet,
    }
)
"""Format → what writes a study as a file of it: the study, the file, and the password that the file is to have."""


LOCKED: Final = ("dna",)
"""Formats whose files have a password."""

_STAYS: Final = ("games", "proposals", *(spec.file for spec in JOURNALS.values()))
"""What of a study has no place in any format."""


def import_file(form: str, file: Path, study: Path) -> Moved:
    """Bring a file into a study, or make a study of it. R930 where files of the format cannot be imported."""
    _require(form, tuple(IMPORTS), "imported")
    return IMPORTS[form](file, study)


def export_study(form: str, study: StudyData, file: Path, password: str = "", drawing: Drawing | None = None) -> Moved:
    """Write a study as a file. R003 where the file is there; R930 where a study cannot be exported to the format, or not so.

    ``password``: for the format that must have one (dna) and no other. ``drawing``: which discourse network, for formats of
    graphs (graphml, gexf) and no others; that of actors where None.
    """
    _require(form, (*EXPORTS, *GRAPHS), "exported")
    if password and form not in LOCKED:
        raise _beside(form, "a password", LOCKED, "Leave the password out: the file would be open to all.")
    if drawing is not None and form not in GRAPHS:
        told = ", ".join(f"{one.name}={getattr(drawing, one.name)!r}" for one in fields(drawing) if getattr(drawing, one.name))
        raise _beside(form, f"a network to draw ({told})", GRAPHS, "Leave out what says how to draw it, or choose such a format.")
    if form in GRAPHS:
        return GRAPHS[form](draw_network(study, drawing or Drawing()), file)
    moved = EXPORTS[form](study, file, password)
    there = (name for name in _STAYS if (study.root / name).exists())
    stays = (Loss(name, "what is in it", "the format has no place for it: it stays in the study") for name in there)
    return replace(moved, losses=(*moved.losses, *stays))


def _beside(form: str, found: str, forms: Iterable[str], remedy: str) -> RashomonError:
    """R930, to be raised by the caller: what is asked for has no meaning in the format."""
    return error("R930", "Files of this format cannot be exported that way.", found=f"{form} with {found}",
                 allowed=f"with {', '.join(forms)} only", remedy=remedy)  # fmt: skip


def _require(form: str, forms: Sequence[str], done: str) -> None:
    if form not in forms:
        raise error("R930", f"Files of this format cannot be {done}.", found=repr(form), allowed=listing(sorted(forms)),
                    remedy=suggest(form, forms, "choose one of these."))  # fmt: skip
