"""How published sets of events write their rows.

GDELT 1: 57 columns without a heading (58 since April 2013, with the address of the report); GDELT 2: 61 (GDELT Event Codebook
V2.0, 2015). ICEWS: 20 named columns (Boschee et al. 2015, doi:10.7910/DVN/28075). POLECAT: named columns, codes of PLOVER
(Halterman et al. 2023, doi:10.7910/DVN/AJGVIT), with "None" for what is not known and several countries in one cell.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from rashomon.errors import RashomonError, Where, error, listing, suggest
from rashomon.study.schema import Events

WHAT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "day": "the day of the event",
        "source": "whose act it is, by the code of a side",
        "target": "toward whom, by the code of a side",
        "code": "what was done, in CAMEO or PLOVER",
        "value": "its Goldstein value, as printed",
        "quad": "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
        "event": "the id of the event",
        "source_actor": "who acted",
        "target_actor": "who was acted on",
        "reports": "how often it was mentioned",
        "added": "the day on which it was reported",
    }
)
"""What a column of events may hold, by the name that study.toml gives it."""

_SIGN: Final = re.compile("%-?.?")
_SIGNS: Final = frozenset("aAbBcdfgGHIjmMnpSuUVwWxXyYzZ%")

NEEDED: Final = ("day", "source", "target", "code")

KEYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"row": (), "event": ("event",), "actors": ("source_actor", "target_actor"), "sides": ()}
)
"""What a set takes for one event (its ``same``) → the columns that it needs for that beside day, sides and code."""


def _gdelt(blocks: int, tail: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of GDELT, whose places have ``blocks`` columns each: 7, or 8 with the second administrative division."""
    actor = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
             "Type2Code", "Type3Code")  # fmt: skip
    second = ("ADM2Code",) if blocks == 8 else ()
    place = ("Type", "FullName", "CountryCode", "ADM1Code", *second, "Lat", "Long", "FeatureID")
    return (
        "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
        *(f"Actor{number}{one}" for number in (1, 2) for one in actor),
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources",
        "NumArticles", "AvgTone",
        *(f"{who}Geo_{one}" for who in ("Actor1", "Actor2", "Action") for one in place),
        *tail,
    )  # fmt: skip


def _polecat() -> tuple[str, ...]:
    """The columns of POLECAT, in the order of its files."""
    who = (
        "{} Name",
        "{} Country",
        "{} COW",
        "Primary {} Sector",
        "{} Sectors",
        "{} Title",
        "{} Name Raw",
        "Wikipedia {} ID",
    )
    return (
        "Event ID", "Event Date", "Event Type", "Event Mode", "Event Intensity", "Quad Code", "Contexts",
        *(one.format(side) for side in ("Actor", "Recipient") for one in who),
        "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
        "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
        "Version",
    )  # fmt: skip


_GDELT_NAMES: Final = {
    "day": "SQLDATE", "source": "Actor1CountryCode", "target": "Actor2CountryCode", "code": "EventCode",
    "value": "GoldsteinScale", "quad": "QuadClass", "event": "GLOBALEVENTID", "source_actor": "Actor1Code",
    "target_actor": "Actor2Code", "reports": "NumMentions",
}  # fmt: skip


@dataclass(frozen=True)
class Format:
    """How a set writes its rows.

    ``layouts``: the columns in their order where files have no heading, one for each length that occurs. ``names``: what a
    column holds → what it is called. ``quote``: "" where a quotation mark is a letter like any other. ``same``: what makes
    rows one event where study.toml does not say. ``once``: what a column was called in some years → what it is called.
    ``blank``: what stands for nothing, beside nothing. ``several``: what stands between the sides of one cell, of which each
    is taken to act, or to be acted on.
    """

    title: str
    layouts: tuple[tuple[str, ...], ...]
    names: Mapping[str, str]
    quote: str
    dates: str
    codes: str
    same: str
    once: Mapping[str, str] = field(default_factory=dict)
    blank: str = ""
    several: str = ""

    @property
    def listed(self) -> frozenset[str]:
        """The columns of all its layouts."""
        return frozenset(name for layout in self.layouts for name in layout)

    def today(self, column: str, columns: Collection[str], named: Collection[str]) -> str:
        """What a column of a file with these columns is called today, where study.toml has not named it itself."""
        name = self.once.get(column, column)
        return column if column in named or name in columns else name


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "gdelt1": Format(
            "GDELT 1",
            (_gdelt(7, ("DATEADDED",)), _gdelt(7, ("DATEADDED", "SOURCEURL"))),
            _GDELT_NAMES, "", "%Y%m%d", "cameo", "event",
        ),
        "gdelt2": Format(
            "GDELT 2",
            (_gdelt(8, ("DATEADDED", "SOURCEURL")),),
            _GDELT_NAMES | {"added": "DATEADDED"}, "", "%Y%m%d", "cameo", "event",
        ),
        "icews": Format(
            "ICEWS",
            (),
            {
                "day": "Event Date", "source": "Source Country", "target": "Target Country", "code": "CAMEO Code",
                "value": "Intensity", "event": "Event ID", "source_actor": "Source Name", "target_actor": "Target Name",
            },
            "", "", "cameo", "actors",
        ),
        "polecat": Format(
            "POLECAT",
            (_polecat(),),
            {
                "day": "Event Date", "source": "Actor Country", "target": "Recipient Country", "code": "Event Type",
                "value": "Event Intensity", "event": "Event ID", "source_actor": "Actor Name", "target_actor": "Recipient Name",
                "added": "Publication Date",
            },
            '"', "", "plover", "actors", MappingProxyType({"Intensity": "Event Intensity"}), "None", ";",
        ),
        "mapping": Format("files of its own", (), {}, '"', "", "cameo", "row"),
    }
)  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A declared set with all that its format leaves to be understood. ``names``: what a column holds → its name."""

    id: str
    source: str
    files: tuple[str, ...]
    format: Format
    names: Mapping[str, str]
    codes: str
    dates: str
    goldstein: str
    scores: str
    same: str


def name_columns(declared: Events) -> Named:
    """The set with its columns named. R544 for what no column can hold, and for what is needed and has no column; R548 for days
    whose way of writing is none.
    """
    made = FORMATS[declared.format]
    for name in declared.columns:
        if name not in WHAT:
            raise _misnamed(declared, f"columns has {name!r}", listing(WHAT), suggest(name, WHAT, "take it out."))
    names = {**made.names, **declared.columns}
    same = declared.same or made.same
    missing = [one for one in (*NEEDED, *KEYS[same]) if not names.get(one)]
    if missing:
        why = f' for same = "{same}"' if missing[0] not in NEEDED else ""
        raise _misnamed(
            declared, f"no column for {missing[0]!r} ({WHAT[missing[0]]}){why}", listing(WHAT),
            f'Add it: columns = {{ {missing[0]} = "what the column is called" }}.',
        )  # fmt: skip
    dates = declared.dates or made.dates
    if dates:
        _require_format(declared.id, dates)
    codes = declared.codes or made.codes
    table, scores = declared.goldstein, declared.scores
    return Named(declared.id, declared.source, declared.files, made, names, codes, dates, table, scores, same)


def _misnamed(declared: Events, found: str, allowed: str, remedy: str) -> RashomonError:
    message = f"The columns of the events {declared.id!r} are not named as they must be."
    return error(
        "R544", message, found=found, allowed=allowed, remedy=remedy, where=Where("study.toml", field="columns")
    )


def _require_format(owner: str, dates: str) -> None:
    """R548 for a way of writing days from which no day follows."""
    signs = set(_SIGN.findall(dates))
    parts = ("%Y %y %G %c %x", "%m %-m %b %B %j %-j %V %U %W %c %x", "%d %-d %j %-j %u %a %A %c %x")
    unknown = next((sign for sign in sorted(signs) if sign.lstrip("%-") not in _SIGNS), "")
    if unknown or not all(signs & {*part.split()} for part in parts):
        raise error(
            "R548", f"The days of the events {owner!r} are not written as any can be.",
            found=f"{unknown!r} in {dates!r}" if unknown else f"{dates!r}, without a year, a month and a day",
            allowed="%Y the year, %m the month, %d the day, %b Jan, %H %M %S the time, %z its offset; other signs as they stand",
            where=Where("study.toml", field="dates"), remedy='Say how days are written: dates = "%d/%m/%Y".',
        )  # fmt: skip
