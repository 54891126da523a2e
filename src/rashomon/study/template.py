"""``rashomon init``: a small study with comments, to be changed into one's own.

The comments are made from the titles of the schema and the columns of the vocabulary, so that they cannot fall behind
them.
"""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from rashomon.errors import error
from rashomon.study.schema import SECTIONS, Position, Question, Role, Study, keys_of
from rashomon.study.vocabulary import TABLES

_OPENING: Final = """\
# What this study declares. Lines that begin with # are comments.
# Ids are lower-case letters, digits and hyphens; once used, they never change.
# Times are dates (1991-04-16, 1991-04, 1991), intervals (1985-03/1990-05), or words (late 1992, summer 1989).
# After every change, run:  rashomon check .
"""

_EXAMPLES: Final[dict[str, str]] = {
    "study": """\
[study]
id = "two-banks"
title = "Two banks of one river"
span = "1985/1995"
format = 1
""",
    "side": """\
[[side]]
id = "north"
name = "Northland"
names = { fr = "le Nord" }

[[side]]
id = "south"
name = "Southland"
""",
    "layer": """\
[[layer]]
id = "leadership"
name = "Leadership"
official = true

[[layer]]
id = "ministry"
name = "Foreign ministry"
official = true

[[layer]]
id = "public"
name = "Public"
""",
    "actor": """\
[[actor]]
id = "north-ministry"
name = "Ministry of External Affairs of Northland"
side = "north"
kind = "office"
layer = "ministry"
aliases = ["MEA"]

[[actor]]
id = "premier-berg"
name = "Anna Berg"
side = "south"
kind = "person"
life = "1931/2004-02-11"
roles = [
  { office = "member of the assembly", layer = "leadership", span = "1979/1986" },
  { office = "premier", layer = "leadership", span = "1987-05/1993-10" },
]

[[actor]]
id = "south-public"
name = "The public of Southland"
side = "south"
kind = "population"
layer = "public"
""",
    "issue": """\
[[issue]]
id = "bridge"
name = "The bridge over the border river"
description = "Whether, and on what terms, a bridge is built."
ordered = true
positions = [
  { id = "none", name = "No bridge", at = 0.0 },
  { id = "toll", name = "A bridge with a toll", at = 0.5 },
  { id = "free", name = "A free bridge", at = 1.0 },
]
""",
    "quality": """\
[[quality]]
id = "trustworthy"
name = "Trustworthy"
description = "Keeps what it has promised."
dimension = "intent"
tone = "warm"
examples = ["a neighbour whose word counts"]

[[quality]]
id = "wealth"
name = "Wealth"
dimension = "capability"
scale = ["poor", "middling", "rich"]
""",
    "source": """\
[[source]]
id = "ferry-1999"
title = "The ferryman's account"
authors = ["Ferry, John"]
published = "1999"
kind = "book"

[[source]]
id = "gazette-1990"
title = "What the river divides"
published = "1990-06-12"
kind = "article-newspaper"
container = "The Gazette"
narrator = "south-public"
# file = "sources/gazette-1990.pdf"    # its text, which `rashomon read` reads; a pattern or a list will do
""",
    "series": """\
[[series]]
id = "new-year-addresses"
name = "New Year's addresses"
""",
    "tracked": """\
[[tracked]]
id = "the-toll"
name = "The toll"
words = ["toll", "ferry due*"]
""",
    "poll_question": """\
[[poll_question]]
id = "trust-north"
wording = "Do you think Northland keeps its promises?"
answers = ["yes", "no", "don't know"]
multiple = false
""",
    "hypothesis": """\
[[hypothesis]]
id = "late-trust"
claim = "Southland trusted Northland only after the toll was dropped."
from = "ferry-1999"
supports = ["p-1990-no"]
test = "Borne out by low trust before 1991 and higher after; contradicted by high trust before."
rivals = ["trust followed trade, not the toll"]
""",
    "explanation": """\
[[explanation]]
id = "toll-blocked"
of = "No bridge was agreed on in 1988."
claim = "The toll stood in the way: without it the two would have agreed."
from = "ferry-1999"

[[explanation]]
id = "berg-misread"
of = "No bridge was agreed on in 1988."
claim = "Berg misread the cancelled talks, and did not ask again."
""",
    "expectation": """\
[[expectation]]
id = "toll-insisted-on"
of = "toll-blocked"
sees = "The north insists on a toll in every round."
certainty = [0.7, 0.95]
uniqueness = [0.3, 0.6]
records = ["s-north-toll"]
found = "yes"
by = "the study's author"

[[expectation]]
id = "berg-minutes"
of = "berg-misread"
sees = "In the minutes of her cabinet Berg says that the north wants no bridge."
certainty = [0.5, 0.9]
uniqueness = [0.6, 0.9]
found = "not-looked-for"
where = ["archive of the cabinet of Southland"]
survives = [0.4, 0.8]
by = "the study's author"
""",
    "date": """\
[[date]]
id = "toll-dropped"
name = "The toll is dropped"
when = "1991-04-16"
""",
    "period": """\
[[period]]
id = "before"
name = "Before the toll was dropped"
when = "1985/1991-04-15"
""",
    "campaign": """\
[[campaign]]
id = "bridge-fairs"
name = "Fairs on the bridge"
by = "north-ministry"
toward = "south"
when = "1992/1993"
aims = ["trust-north=yes"]
controls = []
source = "ferry-1999"
locator = "p. 40"
note = "Yearly fairs, meant to make Southland trust Northland."
""",
    "arena": """\
[[arena]]
id = "economy"
name = "Economy"
moves = ["imposes", "lifts"]    # where they name no issue; issues and qualities say `arena = "economy"`
""",
    "mood": """\
[[mood]]
id = "toll-hopes"
name = "the hopes of 1991"
when = "1991"
""",
    "coder": """\
# [[coder]]
# id = "local-model"
# endpoint = "http://localhost:8080/v1"
# model = "some-model-8b"
# requests = 500
# tokens = 2_000_000
""",
    "events": """\
# [[events]]
# id = "icews"
# source = "an-id-of-a-source"
# files = "events/*.tab"
# format = "icews"           # and in each [[side]] what the files call it: codes = ["Northland"]
""",
}

_ROWS: Final[dict[str, tuple[dict[str, str], ...]]] = {
    "statements": (
        {
            "id": "s-north-toll", "path": "north-ministry", "modality": "demands", "topic": "bridge", "stance": "toll",
            "when": "1985-03/1990-05", "source": "ferry-1999", "locator": "p. 12", "stage": "public", "basis": "words",
            "note": "The ministry insists on a toll in every round of talks.",
        },
        {
            "id": "s-berg-on-north", "path": "premier-berg > north-ministry", "modality": "believes > wants",
            "topic": "bridge", "stance": "none", "when": "late 1988", "source": "ferry-1999", "locator": "p. 31",
            "basis": "witness", "reads": "m-talks-cancelled", "root": "expectation",
            "note": "Berg took the cancelled talks to mean that the north wanted no bridge at all.",
        },
        {
            "id": "s-public-trust", "path": "south-public", "topic": "north:trustworthy", "stance": "negative",
            "when": "1990", "source": "gazette-1990", "locator": "p. 3", "extent": "most", "hedge": "probable",
            "note": "Letters to the paper, most of them bitter.",
        },
    ),
    "polls": (
        {
            "id": "p-1990-yes", "survey": "gazette-panel-1990", "question": "trust-north", "population": "adults of Southland",
            "fielded": "1990-05", "answer": "yes", "share": "31", "source": "gazette-1990", "locator": "p. 3", "n": "612",
            "path": "south-public", "topic": "north:trustworthy", "known": "1990-06-12", "note": "",
        },
        {
            "id": "p-1990-no", "survey": "gazette-panel-1990", "question": "trust-north", "population": "adults of Southland",
            "fielded": "1990-05", "answer": "no", "share": "54.5", "source": "gazette-1990", "locator": "p. 3", "n": "612",
            "path": "south-public", "topic": "north:trustworthy", "known": "1990-06-12", "note": "",
        },
    ),
    "moves": (
        {
            "id": "m-talks-cancelled", "when": "1988-10-03", "actor": "north-ministry", "target": "south",
            "kind": "cancels", "source": "ferry-1999", "locator": "p. 30", "issue": "bridge", "stage": "public",
            "note": "The north cancels the autumn round without giving a reason.",
        },
    ),
    "packages": (
        {
            "id": "draft-1990", "clause": "1", "title": "The draft of Midriver", "kind": "draft", "when": "1990-11",
            "author": "north-ministry;premier-berg", "issue": "bridge", "stance": "free", "giver": "north-ministry",
            "given": "!(bridge=none)", "source": "ferry-1999", "locator": "p. 44", "stage": "confidential",
            "note": "The toll falls once the bridge stands.",
        },
    ),
    "texts": (
        {
            "id": "t-address-1990", "series": "new-year-addresses", "when": "1990-01-01", "author": "premier-berg",
            "title": "Address on New Year's Day 1990", "file": "sources/address-1990.txt", "source": "gazette-1990",
            "known": "1990-01-01",
        },
    ),
    "links": (
        {
            "from": "s-north-toll", "kind": "refutes", "to": "s-berg-on-north", "by": "coder", "source": "ferry-1999",
            "locator": "p. 12", "note": "Who demands a toll wants a bridge.",
        },
    ),
    "access": (
        {
            "record": "draft-1990", "audience": "south-public", "how": "withheld", "from": "", "until": "1991-04",
            "by": "premier-berg", "source": "ferry-1999", "locator": "p. 45",
            "note": "The draft was kept from the public until the toll fell.",
        },
    ),
}  # fmt: skip

_ADDRESS: Final = "We look across the river, and we see neighbours who keep their own counsel.\n"


def init_study(directory: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Write a small commented study into ``directory``, which may not exist yet, and return the files written.

    Raises R005 where the folder already holds a file that would be written, and R006 where it cannot be made.
    """
    root = Path(directory)
    files = {
        "study.toml": _toml(),
        **{TABLES[name].file: _csv(name) for name in TABLES},
        "sources/address-1990.txt": _ADDRESS,
    }
    taken = [name for name in files if os.path.lexists(root / name)]
    if taken:
        raise error(
            "R005",
            "The folder already holds a study.",
            found=f"{root / taken[0]}" + (f" and {len(taken) - 1} more" if len(taken) > 1 else ""),
            allowed="a new or empty folder",
            remedy="Name another folder.",
        )
    try:
        return tuple(_write(root / name, text) for name, text in files.items())
    except OSError as problem:
        raise error(
            "R006",
            "The study cannot be written.",
            found=f"{root}: {problem.strerror or problem}",
            allowed="a folder that you may write to",
            remedy="Name another folder, or change its permissions.",
        ) from problem


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def _toml() -> str:
    parts = [_OPENING]
    models: dict[str, type[BaseModel]] = {"study": Study, **{key: model for key, (_, model) in SECTIONS.items()}}
    for key, model in models.items():
        parts.append(_comment(model) + _EXAMPLES[key])
    return "\n".join(parts)


def _comment(model: type[BaseModel]) -> str:
    """What a table is, and its keys with their titles."""
    lines = [f"# {(model.__doc__ or '').strip().splitlines()[0]}"]
    lines += [f"#   {key}: {field.title}" for key, field in keys_of(model).items()]
    for inner in (Position, Role, Question):
        if any(inner.__name__ in str(field.annotation) for field in model.model_fields.values()):
            within = "; ".join(f"{key}: {field.title}" for key, field in keys_of(inner).items())
            lines.append(f"#   each {inner.__name__.lower()} has {within}")
    return "\n".join(lines) + "\n"


def _csv(name: str) -> str:
    spec = TABLES[name]
    used = [one.name for one in spec.fields if one.required or any(one.name in row for row in _ROWS[name])]
    out = io.StringIO()
    writer = csv.DictWriter(out, used, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_ROWS[name])
    return out.getvalue()
