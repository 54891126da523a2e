"""The coders by name: those that ship, those that other packages bring, and those that study.toml declares."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib.metadata import entry_points
from typing import Any

from rashomon.coding.embedding import FILE as VECTORS
from rashomon.coding.embedding import VectorFile
from rashomon.coding.model import ModelCoder
from rashomon.coding.model_settings import ModelSettings
from rashomon.coding.proposals import Coder, Preparing
from rashomon.coding.reply_cache import FILE as REPLIES
from rashomon.coding.reply_cache import ReplyFile
from rashomon.coding.rules import Rules
from rashomon.coding.rules_settings import RulesSettings
from rashomon.errors import Fault, RashomonError, error, listing, suggest
from rashomon.study import Gathered, Places, StudyData, Tables, read_toml

GROUP = "rashomon.coders"
"""Under which entry points a package offers coders: each is a class, or a function, that makes one without arguments."""
PERSON = "person"
"""What a coder is called of which there is no machine: people write into ``statements.csv`` themselves."""


@contextmanager
def coder_of(study: StudyData, name: str) -> Iterator[Coder]:
    """The coder of a name, for as long as the block lasts.

    R004 where there is none; R201 to R205 where the settings of one that is declared are not right.
    """
    offered = {one.name: one for one in entry_points(group=GROUP)}
    declared = [one.id for one in study.declared.coders]
    if name in declared:
        with _set_up(study, name) as coder:
            yield coder
        return
    if name in offered:
        coder = offered[name].load()()
        with coder.prepared(study) if isinstance(coder, Preparing) else nullcontext(coder) as ready:
            yield ready
        return
    known = sorted({*offered, *declared})
    if name == PERSON or name in study.statements.coder.values:
        raise error("R004", "What a person codes is written by that person, and not proposed.", found=repr(name),
                    allowed=listing(known), remedy="Write rows into statements.csv with the name in the column coder; "
                    "`rashomon record` keeps their history, and `rashomon code --compare` compares coders.")  # fmt: skip
    otherwise = "declare it as [[coder]] in study.toml, or install the package that brings it."
    raise error("R004", "There is no such coder.", found=repr(name), allowed=listing(known),
                remedy=suggest(name, known, otherwise))  # fmt: skip


@contextmanager
def _set_up(study: StudyData, name: str) -> Iterator[Coder]:
    """A coder as study.toml declares it."""
    tables, places = _declared(study)
    number = next(number for number, one in enumerate(tables) if one["id"] == name)
    settings = _settings(tables[number], number, places)
    if isinstance(settings, ModelSettings):
        with ReplyFile(study.root / REPLIES) as replies:
            yield ModelCoder(settings, replies)
    elif settings.embeddings:
        with VectorFile(study.root / VECTORS) as vectors:
            yield Rules(settings.id, vectors)
    else:
        yield Rules(settings.id)


def check_coders(study: StudyData) -> Iterator[Fault]:
    """What is wrong with the settings of the coders that study.toml declares."""
    tables, places = _declared(study)
    for number, table in enumerate(tables):
        try:
            _settings(table, number, places)
        except RashomonError as problem:
            yield from problem.faults


def _settings(table: dict[str, Any], number: int, places: Places) -> ModelSettings | RulesSettings:
    """The settings in a table [[coder]]; raises R201 to R205 with all of its faults."""
    path = ("coder", number)
    if table.get("kind") != "rules":
        return ModelSettings.from_mapping(table, path, places)
    gathered = Gathered()
    settings = Tables("study.toml", places, gathered).validate(RulesSettings, dict(table), path)
    gathered.raise_any()
    assert settings is not None  # or there are faults
    return settings


def _declared(study: StudyData) -> tuple[list[dict[str, Any]], Places]:
    """The tables [[coder]] as study.toml has them, with their keys' places."""
    read = read_toml((study.root / "study.toml").read_bytes(), "study.toml", Gathered())
    assert read is not None, "a study that is open has a study.toml that can be read"
    data, places = read
    return data["coder"], places
