"""Files of events: how they are written, taken in, and opened as tables for an engine."""

from rashomon.study.events.engines import ENGINES, Engine, engine_of, need_events
from rashomon.study.events.formats import FORMATS, WHAT, Format, Named, name_columns
from rashomon.study.events.layouts import layout_of
from rashomon.study.events.opening import OpenSet, open_set
from rashomon.study.events.places import PARQUET, declared_state, find_files
from rashomon.study.events.taking import Broken, Taken, keep_aside, take

__all__ = [
    "ENGINES",
    "FORMATS",
    "PARQUET",
    "WHAT",
    "Broken",
    "Engine",
    "Format",
    "Named",
    "OpenSet",
    "Taken",
    "declared_state",
    "engine_of",
    "find_files",
    "keep_aside",
    "layout_of",
    "name_columns",
    "need_events",
    "open_set",
    "take",
]
