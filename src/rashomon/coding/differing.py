"""Disagreements side by side: what each coder wrote of one passage, and in which fields they differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rashomon.coding.aligning import Alignment, Coding
from rashomon.coding.grounding import Ground
from rashomon.study import Result

if TYPE_CHECKING:
    import pandas as pd

CELLS: Final[Mapping[str, Callable[[Coding], str]]] = {
    "path": lambda one: str(one.path),
    "modality": lambda one: one.path.modality,
    "topic": lambda one: one.topic,
    "stance": lambda one: one.stance,
    "when": lambda one: one.when.text,
    "basis": lambda one: one.basis,
    "hedge": lambda one: one.hedge,
    "stage": lambda one: one.stage,
    "extent": lambda one: one.extent,
    "root": lambda one: one.root,
}
"""The cells that are laid side by side."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two statements that were paired and differ, or one that only one coder made.

    ``a`` and ``b``: their ids, "" where that coder made none. ``fields``: the cells in which they differ; none for a single one.
    ``of_a``, ``of_b``: the cells by name. ``text``: of the passage, "" where it was not read.
    """

    source: str
    locator: str
    passage: str
    text: str
    a: str
    b: str
    fields: tuple[str, ...]
    of_a: Mapping[str, str]
    of_b: Mapping[str, str]
    quote_a: str
    quote_b: str

    @property
    def alike(self) -> bool:
        """Whether both coders made it, and it says the same in all cells."""
        return bool(self.a and self.b) and not self.fields


@dataclass(frozen=True)
class Differences(Result[Difference]):
    """Where two coders differ, paragraph by paragraph."""

    def table(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame, each cell beside the other coder's: ``path_a``, ``path_b``, and so on."""
        import pandas as pd

        return pd.DataFrame([_flat(one) for one in self.rows])


def differences(aligned: Alignment, ground: Ground) -> tuple[Difference, ...]:
    """All that differs in an alignment, by source and place."""
    return tuple(one for one in side_by_side(aligned, ground) if not one.alike)


def side_by_side(aligned: Alignment, ground: Ground) -> tuple[Difference, ...]:
    """All of an alignment, what differs and what does not, by source and place."""
    found = [_laid([one], [other], _unlike(one, other), ground) for one, other in aligned.pairs]
    found += [_laid([one], [], (), ground) for one in aligned.only_a] + [
        _laid([], [one], (), ground) for one in aligned.only_b
    ]
    return tuple(sorted(found, key=lambda one: (one.source, one.locator, one.passage)))


def _unlike(a: Coding, b: Coding) -> tuple[str, ...]:
    """The cells that say something else; one time may be written in two ways."""
    same_time = (a.when.lo, a.when.hi, a.when.within) == (b.when.lo, b.when.hi, b.when.within)
    return tuple(name for name, read in CELLS.items() if read(a) != read(b) and not (name == "when" and same_time))


def _laid(a: list[Coding], b: list[Coding], fields: tuple[str, ...], ground: Ground) -> Difference:
    """What each coder made, one statement or none, side by side."""
    (of_a, quote_a, id_a), (of_b, quote_b, id_b) = map(_shown, (a, b))
    one = (*a, *b)[0]
    passage = ground.passage(one)
    return Difference(
        source=one.source, locator=one.locator, passage=one.passage, text="" if passage is None else passage.text,
        a=id_a, b=id_b, fields=fields, of_a=of_a, of_b=of_b, quote_a=quote_a, quote_b=quote_b,
    )  # fmt: skip


def _shown(made: list[Coding]) -> tuple[dict[str, str], str, str]:
    """The cells, the quote and the id of what a coder made."""
    for one in made:
        return {name: read(one) for name, read in CELLS.items()}, one.quote, one.id
    return {}, "", ""


def _flat(one: Difference) -> dict[str, Any]:
    flat: dict[str, Any] = {name: getattr(one, name) for name in ("source", "locator", "passage", "a", "b")}
    flat["fields"] = ", ".join(one.fields)
    for name in CELLS:
        flat |= {f"{name}_a": one.of_a.get(name, ""), f"{name}_b": one.of_b.get(name, "")}
    return flat | {"quote_a": one.quote_a, "quote_b": one.quote_b, "text": one.text}
