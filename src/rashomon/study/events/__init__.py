"""Files of events: how they are written, taken in, and opened as tables for an engine."""

from rashomon.study.events.engines import ENGINES, engine_of
from rashomon.study.events.formats import FORMATS, KEYS, Named, name_columns
from rashomon.study.events.layouts import layout_of
from rashomon.study.events.opening import OpenSet, open_set
from rashomon.study.events.places import PARQUET, find_files
from rashomon.study.events.rejecting import Broken
from rashomon.study.events.taking import keep_aside

__all__ = [
    "ENGINES",
    "FORMATS",
    "KEYS",
    "PARQUET",
    "Broken",
    "Named",
    "OpenSet",
    "engine_of",
    "find_files",
    "keep_aside",
    "layout_of",
    "name_columns",
    "open_set",
]
