"""What every measure returns: rows of plain values, and how they came about."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeVar, get_args

import numpy as np

from rashomon.errors import error

if TYPE_CHECKING:
    import pandas as pd

Row = TypeVar("Row")
_STEP: Final = 1000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its band: ``low``..``high`` at probability ``level``, from ``n`` records of ``voices`` voices.

    NaN stands for what was not estimated.
    """

    estimate: float
    low: float
    high: float
    level: float
    n: int
    voices: int


@dataclass(frozen=True)
class Provenance:
    """How a result came about.

    ``method`` names the exact definition used; ``parameters`` are (name, value) pairs; ``study`` is the study's id;
    ``as_of`` the ISO day of the view, None for hindsight; ``n`` the number of records used and ``sources`` the ids of
    their sources; ``without`` the voices that were left out.
    """

    method: str
    parameters: tuple[tuple[str, object], ...]
    seed: int | None
    version: str
    study: str
    as_of: str | None
    n: int
    sources: tuple[str, ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result(Generic[Row]):
    """Rows, each a frozen dataclass of plain values, and their provenance."""

    rows: tuple[Row, ...]
    provenance: Provenance

    drawer: ClassVar[Callable[[Result[Any]], Any] | None] = None
    """Draws any result; set by the room that knows how when the public API is loaded."""

    def __len__(self) -> int:
        return len(self.rows)

    def table(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame; an estimate becomes one column for each of its parts. Its columns stay without rows."""
        import pandas as pd

        return pd.DataFrame([_flat(row) for row in self.rows], columns=None if self.rows else _heads(type(self)))

    def plot(self) -> Any:
        """The rows as an Altair chart, with ids for names. R003 where there are no rows, or no chart of such a result."""
        if Result.drawer is None:
            raise error("R003", "Only what `rashomon.open` gives can be drawn.", found=f"a {type(self).__name__} made by hand",
                        allowed="a result of a study", remedy="Use table() and draw what you need.")  # fmt: skip
        return Result.drawer(self)

    def cite(self) -> tuple[str, ...]:
        """Ids of the sources on which the result rests, in order and each once."""
        return tuple(dict.fromkeys(self.provenance.sources))

    def parts(self) -> dict[str, Any]:
        """``rows``, ``provenance`` and whatever else the class holds, as they are; the provenance as a mapping of its own."""
        held = {one.name: getattr(self, one.name) for one in fields(self)}
        made = {one.name: getattr(self.provenance, one.name) for one in fields(self.provenance)}
        return held | {"provenance": made | {"parameters": dict(self.provenance.parameters)}}

    def to_dict(self) -> dict[str, Any]:
        """:meth:`parts` in JSON's types."""
        plain: dict[str, Any] = jsonable(self.parts())
        return plain


def _flat(row: object) -> dict[str, Any]:
    """One row of a table: estimates are spread over columns named after their parts."""
    flat: dict[str, Any] = {}
    for one in fields(row):  # type: ignore[arg-type]
        value = getattr(row, one.name)
        if isinstance(value, Estimate):
            flat |= dict(zip(_spread(one.name), (getattr(value, part.name) for part in fields(value)), strict=True))
        else:
            flat[one.name] = value
    return flat


def _heads(result: type[Result[Any]]) -> list[str] | None:
    """The columns of a class of results, as its kind of rows has them; None where it does not say what that is."""
    kinds = (one for base in getattr(result, "__orig_bases__", ()) for one in get_args(base) if is_dataclass(one))
    columns = ((one.name, str(one.type).startswith("Estimate")) for kind in kinds for one in fields(kind))
    return [head for name, spread in columns for head in (_spread(name) if spread else [name])] or None


def _spread(name: str) -> list[str]:
    """The columns of an estimate of this name."""
    prefix = "" if name == "estimate" else f"{name}_"
    return [f"{prefix}{part.name}" for part in fields(Estimate)]


def jsonable(value: Any) -> Any:
    """``value`` in JSON's types: dataclasses and mappings become objects, NaN and infinity null, dates text."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    if is_dataclass(value) and not isinstance(value, type):
        return {name: jsonable(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, Mapping):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((jsonable(item) for item in value), key=str)
    if isinstance(value, np.ndarray):
        return jsonable(value.tolist())
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    if isinstance(value, np.bool_ | np.integer):
        return value.item()
    if isinstance(value, PurePath | date):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


@lru_cache(maxsize=256)
def _names(kind: type) -> tuple[str, ...]:
    """Names of the fields of a dataclass."""
    return tuple(one.name for one in fields(kind))


def written(value: Any) -> Iterator[str]:
    """The text of ``jsonable(value)`` in pieces, each of a thousand items of a list at most, so that none is long."""
    if isinstance(value, Mapping):
        for place, (key, item) in enumerate(value.items()):
            yield ("{" if place == 0 else ", ") + _text(str(key)) + ": "
            yield from written(item)
        yield "}" if value else "{}"
    elif isinstance(value, list | tuple) and len(value) > _STEP:
        for start in range(0, len(value), _STEP):
            yield ("[" if start == 0 else ", ") + _text(jsonable(value[start : start + _STEP]))[1:-1]
        yield "]"
    else:
        yield _text(jsonable(value))


def _text(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, allow_nan=False)
