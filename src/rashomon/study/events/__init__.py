"""Files of events: how they are written, taken in, and opened as tables for an engine."""

from rashomon.study.events.checking import can_look_into, check_files
from rashomon.study.events.engines import ENGINES, engine_of
from rashomon.study.events.formats import FORMATS, KEYS, Named, name_columns
from rashomon.study.events.opening import OpenSet, open_set
from rashomon.study.events.rejecting import Broken
from rashomon.study.events.taking import keep_aside

__all__ = [
    "ENGINES",
    "FORMATS",
    "KEYS",
    "Broken",
    "Named",
    "OpenSet",
    "can_look_into",
    "check_files",
    "engine_of",
    "keep_aside",
    "name_columns",
    "open_set",
]
