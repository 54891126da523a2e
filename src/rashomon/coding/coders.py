"""The coders by name: those that ship, those that other packages bring, and the models that study.toml declares."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import entry_points
from typing import Any

from rashomon.coding.model import ModelCoder
from rashomon.coding.model_settings import ModelSettings
from rashomon.coding.proposals import Coder
from rashomon.coding.reply_cache import FILE, ReplyFile
from rashomon.errors import Fault, RashomonError, error, listing, suggest
from rashomon.study import Gathered, Places, StudyData, read_toml

GROUP = "rashomon.coders"
"""Under which entry points a package offers coders: each is a class, or a function, that makes one without arguments."""
PERSON = "person"
"""What a coder is called of which there is no machine: people write into ``statements.csv`` themselves."""


@contextmanager
def coder_of(study: StudyData, name: str) -> Iterator[Coder]:
    """The coder of a name, for as long as the block lasts.

    R004 where there is none; R201 to R205 where a model's settings are not right.
    """
    offered = {one.name: one for one in entry_points(group=GROUP)}
    models = [one.id for one in study.declared.coders]
    if name in models:
        settings = _settings(study, name)
        with ReplyFile(study.root / FILE) as replies:
            yield ModelCoder(settings, replies)
        return
    if name in offered:
        yield offered[name].load()()
        return
    known = sorted({*offered, *models})
    if name == PERSON or name in study.statements.coder.values:
        raise error("R004", "What a person codes is written by that person, and not proposed.", found=repr(name),
                    allowed=listing(known), remedy="Write rows into statements.csv with the name in the column coder; "
                    "`rashomon record` keeps their history, and `rashomon code --compare` compares coders.")  # fmt: skip
    otherwise = "declare a model as [[coder]] in study.toml, or install the package that brings it."
    raise error("R004", "There is no such coder.", found=repr(name), allowed=listing(known),
                remedy=suggest(name, known, otherwise))  # fmt: skip


def check_coders(study: StudyData) -> Iterator[Fault]:
    """What is wrong with the settings of the models that study.toml declares."""
    tables, places = _declared(study)
    for number, table in enumerate(tables):
        try:
            ModelSettings.from_mapping(table, ("coder", number), places)
        except RashomonError as problem:
            yield from problem.faults


def _settings(study: StudyData, name: str) -> ModelSettings:
    tables, places = _declared(study)
    number = next(number for number, one in enumerate(tables) if one["id"] == name)
    return ModelSettings.from_mapping(tables[number], ("coder", number), places)


def _declared(study: StudyData) -> tuple[list[dict[str, Any]], Places]:
    """The tables [[coder]] as study.toml has them, with their keys' places."""
    read = read_toml((study.root / "study.toml").read_bytes(), "study.toml", Gathered())
    assert read is not None, "a study that is open has a study.toml that can be read"
    data, places = read
    return data["coder"], places
