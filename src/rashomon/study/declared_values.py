"""The values that stand in ``study.toml``, each read from what is written there, and refused with a fault that says what is."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, PlainValidator
from pydantic_core import PydanticCustomError

from rashomon.errors import RashomonError
from rashomon.study.times import When, parse_when
from rashomon.study.vocabulary import ID_PATTERN, MOVE_KINDS


def refusal(code: str, message: str, allowed: str, remedy: str) -> PydanticCustomError:
    """An error that :mod:`rashomon.study.declaring` turns into a fault with this code."""
    context = {"code": code, "said": message, "allowed": allowed, "remedy": remedy}
    return PydanticCustomError("rashomon", "{said}", context)


def _read_id(text: str) -> str:
    if not ID_PATTERN.match(text):
        raise refusal(
            "R205",
            "This is not an id.",
            "lower-case letters a–z, digits and hyphens, such as japan-public",
            "Write it in lower case, with hyphens in place of blanks.",
        )
    return text


def _some(items: tuple[str, ...], allowed: str, such_as: str) -> tuple[str, ...]:
    if not items:
        raise refusal("R203", "The list is empty.", allowed, f"Write one, such as {such_as}.")
    return items


def _read_aims(names: tuple[str, ...]) -> tuple[str, ...]:
    return _some(names, "at least one poll question or topic", 'aims = ["japan:affinity"]')


def _read_cues(words: tuple[str, ...]) -> tuple[str, ...]:
    for one in _some(words, "at least one word", 'words = ["toll", "ferry due*"]'):
        if sum(letter.isalnum() for letter in one) < 2:
            message = "A word to follow stands for nearly any word."
            raise refusal("R203", message, "two letters or more beside *", "Write more of it.")
    return words


def _read_move_kinds(kinds: tuple[str, ...]) -> tuple[str, ...]:
    for kind in kinds:
        if kind not in MOVE_KINDS:
            allowed = ", ".join(MOVE_KINDS)
            raise refusal("R203", f"{kind!r} is no kind of move.", allowed, "Write kinds as they stand in moves.csv.")
    return kinds


def _read_when(value: object) -> When:
    if isinstance(value, When):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | date):
        raise refusal("R203", "A time is required.", 'text such as "1985-03/1990-05"', "Write the time within quotes.")
    text = value.isoformat() if isinstance(value, date) else str(value)
    try:
        return parse_when(text)
    except RashomonError as problem:
        fault = problem.fault
        raise refusal(fault.code, fault.message, fault.allowed, fault.remedy) from problem


def _strings(value: object) -> tuple[str, ...] | None:
    """One text or a list of texts; None where it is anything else."""
    if isinstance(value, str):
        value = (value,)
    if isinstance(value, list | tuple) and all(isinstance(one, str) and one for one in value):
        return tuple(value)
    return None


def _read_event_files(value: object) -> tuple[str, ...]:
    files = _strings(value)
    if not files:
        allowed = 'a path, a folder or a pattern, or a list of them: "events/*.tsv"'
        raise refusal("R203", "Files of events are required.", allowed, "Write it within quotes.")
    return files


def _read_files(value: object) -> tuple[str, ...]:
    files = _strings(value)
    if files is None:
        raise refusal(
            "R203", "A file is required.", 'a path, or a list of paths: "sources/a.pdf"', "Write it within quotes."
        )
    outside = [one for one in files if one.startswith("/") or "\\" in one or ".." in one.split("/")]
    if outside:
        allowed = "a path or a pattern within the study's folder, with /, such as sources/embassy-*.pdf"
        raise refusal("R110", "A path leaves the study's folder.", allowed, "Move the file into the study's folder.")
    return files


def _read_chance(value: object) -> tuple[float, float]:
    """Two probabilities, the lower first: a judgement, which is neither a point nor certain."""
    low, high = _read_share(value)
    if low > 0 and high < 1:
        return low, high
    raise _no_chance("above 0 and below 1")


def _read_share(value: object) -> tuple[float, float]:
    """Two probabilities from 0 to 1, the lower first."""
    ends = value if isinstance(value, list | tuple) else ()
    if len(ends) == 2 and not any(isinstance(one, bool) or not isinstance(one, int | float) for one in ends):
        low, high = map(float, ends)
        if 0 <= low < high <= 1:
            return low, high
    raise _no_chance("from 0 to 1")


def _no_chance(within: str) -> PydanticCustomError:
    return refusal(
        "R581",
        "A probability is not an interval within 0 and 1.",
        f"two numbers such as [0.6, 0.9]: {within}, the lower first",
        "Write how low and how high the probability may be. It is a judgement: no point, and never certain.",
    )


Id = Annotated[str, AfterValidator(_read_id)]
Chance = Annotated[tuple[float, float], PlainValidator(_read_chance)]
Share = Annotated[tuple[float, float], PlainValidator(_read_share)]
Files = Annotated[tuple[str, ...], PlainValidator(_read_files)]
EventFiles = Annotated[tuple[str, ...], PlainValidator(_read_event_files)]
Time = Annotated[When, PlainValidator(_read_when)]
Filled = Annotated[str, Field(min_length=1)]
Aims = Annotated[tuple[str, ...], AfterValidator(_read_aims)]
Cues = Annotated[tuple[Filled, ...], AfterValidator(_read_cues)]
MoveKinds = Annotated[tuple[str, ...], AfterValidator(_read_move_kinds)]
