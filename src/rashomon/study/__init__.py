"""The study folder: its format, times, reading, checks and store."""

from rashomon.study.bodies import Bodies, Body, each_body, read_bodies
from rashomon.study.cells import extent_share
from rashomon.study.checking import CheckReport, check_and_load, check_study
from rashomon.study.conditions import Condition, parse_condition
from rashomon.study.declared_values import Filled, Id
from rashomon.study.gathering import Gathered
from rashomon.study.loading import StudyData, open_study, uncollected
from rashomon.study.perspectives import NO_STANCE, Path, Stance, Topic, Verb, read_stance, read_topic
from rashomon.study.records import Access, Clauses, Coded, Links, Moves, Polls, Statements, Table, Texts
from rashomon.study.results import Estimate, Provenance, Result, jsonable, written
from rashomon.study.rows import AccessRecord, Clause, Link, Move, Poll, Statement, TextRecord
from rashomon.study.schema import (
    Actor,
    Campaign,
    Declared,
    Hypothesis,
    Issue,
    NamedDate,
    PollQuestion,
    Position,
    Quality,
    Source,
)
from rashomon.study.template import init_study
from rashomon.study.times import (
    OPEN_HI,
    OPEN_LO,
    UNKNOWN_DAY,
    TimeError,
    When,
    format_day,
    overlap,
    parse_day,
    parse_when,
)
from rashomon.study.toml_lines import Keys, Places
from rashomon.study.toml_tables import Tables, read_toml
from rashomon.study.vocabulary import TABLES, VERBS

__all__ = [
    "NO_STANCE",
    "OPEN_HI",
    "OPEN_LO",
    "TABLES",
    "UNKNOWN_DAY",
    "VERBS",
    "Access",
    "AccessRecord",
    "Actor",
    "Bodies",
    "Body",
    "Campaign",
    "CheckReport",
    "Clause",
    "Clauses",
    "Coded",
    "Condition",
    "Declared",
    "Estimate",
    "Filled",
    "Gathered",
    "Hypothesis",
    "Id",
    "Issue",
    "Keys",
    "Link",
    "Links",
    "Move",
    "Moves",
    "NamedDate",
    "Path",
    "Places",
    "Poll",
    "PollQuestion",
    "Polls",
    "Position",
    "Provenance",
    "Quality",
    "Result",
    "Source",
    "Stance",
    "Statement",
    "Statements",
    "StudyData",
    "Table",
    "Tables",
    "TextRecord",
    "Texts",
    "TimeError",
    "Topic",
    "Verb",
    "When",
    "check_and_load",
    "check_study",
    "each_body",
    "extent_share",
    "format_day",
    "init_study",
    "jsonable",
    "open_study",
    "overlap",
    "parse_condition",
    "parse_day",
    "parse_when",
    "read_bodies",
    "read_stance",
    "read_toml",
    "read_topic",
    "uncollected",
    "written",
]
