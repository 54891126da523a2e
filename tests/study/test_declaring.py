"""study.toml: its schema, the lines of its keys, and the study that ``init`` writes."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from rashomon.errors import CODES, RashomonError
from rashomon.study import TABLES, check_study, init_study, open_study, parse_day
from rashomon.study import schema as models
from rashomon.study.schema import SECTIONS, Actor, Declared, Study, keys_of
from rashomon.study.toml_lines import Keys, key_lines
from rashomon.study.vocabulary import ACTOR_KINDS, DIMENSIONS, LINK_KINDS, MOVE_KINDS

NESTED = '''\
# a comment with [brackets] and a = b
[study]
id = "x" # = "y"
"a key".'with quotes' = 'it]s'

[[actor]]
roles = [
  { office = "a, } b", span = "1985" },  # ]
  { office = """x
  ""y"""", span = '1986' },
]
[[actor]]
id = """b"""
[actor.names]
ja = "日本"
[[actor.inner]]
list = [1, [2,
  3], 1979-05-27T07:32:00Z]
[actor.inner.deep]
"é\\u0041" = true
'''


def test_keys_stand_on_their_lines() -> None:
    lines = key_lines(NESTED)
    expected: dict[Keys, int] = {
        ("study",): 2,
        ("study", "id"): 3,
        ("study", "a key", "with quotes"): 4,
        ("actor", 0): 6,
        ("actor", 0, "roles"): 7,
        ("actor", 0, "roles", 0, "span"): 8,
        ("actor", 0, "roles", 1): 9,
        ("actor", 0, "roles", 1, "span"): 10,
        ("actor", 1): 12,
        ("actor", 1, "id"): 13,
        ("actor", 1, "names", "ja"): 15,
        ("actor", 1, "inner", 0, "list", 1): 17,
        ("actor", 1, "inner", 0, "list", 1, 1): 18,
        ("actor", 1, "inner", 0, "deep", "éA"): 20,
    }
    assert {path: lines[path] for path in expected} == expected
    assert paths(tomllib.loads(NESTED)) <= set(lines)


def paths(value: Any, path: Keys = ()) -> set[Keys]:
    """Every path of keys and numbers in a TOML document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = {path} if path else set()
    return found.union(*(paths(one, (*path, key)) for key, one in inner))


scalars = st.sampled_from(
    ["1", "true", '"a"', "'b'", '"""c\n"""', "[]", "[1, 2]", '{ x = 1, y = "," }', '[{ x = "]" }, { }]', '"\\""']
)


@given(st.lists(st.tuples(st.sampled_from(["[t]", "[[u]]", "[u.v]", ""]), scalars), max_size=8))
def test_every_key_that_the_parser_finds_has_a_line(parts: list[tuple[str, str]]) -> None:
    text = "".join(f"{head}\nk{i} = {value}  # c\n" for i, (head, value) in enumerate(parts))
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = key_lines(text)
    assert paths(data) <= set(lines)
    for path, line in lines.items():
        if isinstance(path[-1], str) and path[-1].startswith("k"):
            assert text.splitlines()[line - 1].startswith(f"{path[-1]} =")


@given(st.text("[]{}=\"'.,#\n\\ab1 ", max_size=60))
def test_what_is_not_toml_ends(text: str) -> None:
    with suppress(ValueError):
        key_lines(text)


def every_model() -> list[type[BaseModel]]:
    return [
        one
        for one in vars(models).values()
        if isinstance(one, type) and issubclass(one, BaseModel) and one is not BaseModel
    ]


def test_every_field_has_a_title_and_unknown_keys_are_refused() -> None:
    for model in every_model():
        allowed = "allow" if model is models.Coder else "forbid"  # of a coder, the room of coding refuses unknown keys
        assert model.model_config["extra"] == allowed
        assert model.__doc__
        assert [name for name, field in model.model_fields.items() if not field.title] == []


def test_every_column_has_a_title_and_words_to_choose_from() -> None:
    for spec in TABLES.values():
        assert len(set(spec.columns)) == len(spec.columns)
        for field in spec.fields:
            assert field.title
            assert bool(field.allowed) == (field.kind == "enum")
            assert not field.default or not field.allowed or field.default in field.allowed
            assert field.required or not field.filled


def test_the_columns_are_those_of_the_format() -> None:
    assert TABLES["statements"].required == ("id", "path", "topic", "stance", "when", "source", "locator", "note")
    assert TABLES["polls"].required[:7] == ("id", "survey", "question", "population", "fielded", "answer", "share")
    assert TABLES["moves"].required == ("id", "when", "actor", "target", "kind", "source", "locator", "note")
    assert TABLES["texts"].columns == ("id", "series", "when", "author", "title", "file", "source", "known")
    assert TABLES["links"].columns == ("from", "kind", "to", "by", "source", "locator", "note")
    assert TABLES["access"].columns == ("record", "audience", "how", "from", "until", "by", "source", "locator", "note")
    with pytest.raises(KeyError):
        TABLES["links"].field("stance")


def test_words_of_the_schema_are_those_of_the_vocabulary() -> None:
    assert get_args(models.ActorKind) == ACTOR_KINDS
    assert get_args(models.Dimension) == DIMENSIONS
    assert len(set(MOVE_KINDS)) == len(MOVE_KINDS)
    assert len(LINK_KINDS) == 12


def test_every_section_is_declared() -> None:
    keys = set(keys_of(Declared))
    assert keys == {"study", *SECTIONS}
    assert {attribute for attribute, _ in SECTIONS.values()} | {"study"} == set(Declared.model_fields)


def test_a_birth_opens_a_life() -> None:
    plain = {"id": "a", "name": "A", "side": "b", "kind": "person"}
    assert Actor.model_validate(plain).alive is None
    born = Actor.model_validate({**plain, "born": "1931"}).alive
    assert born is not None
    assert (born.lo, born.hi > parse_day("9000-01-01")) == (parse_day("1931-01-01"), True)
    life = Actor.model_validate({**plain, "born": "1931", "life": "1931/2004"}).alive
    assert life is not None
    assert life.hi == parse_day("2004-12-31")


def test_times_may_be_dates_or_numbers_of_toml() -> None:
    for value in ("1991-04-16/1992", 1991):
        assert Study.model_validate({"id": "x", "title": "X", "span": value}).span.lo >= parse_day("1991-01-01")
    day = tomllib.loads("span = 1991-04-16")["span"]
    assert Study.model_validate({"id": "x", "title": "X", "span": day}).span.hi == parse_day("1991-04-16")


# init


def test_init_writes_a_sound_and_commented_study(tmp_path: Path) -> None:
    written = init_study(tmp_path / "deep" / "study")
    assert {path.name for path in written} >= {"study.toml", *(spec.file for spec in TABLES.values())}
    report = check_study(tmp_path / "deep" / "study")
    assert report.ok, "\n".join(map(str, report.faults))
    assert report.notices == ()
    assert all(count for _, count in report.counts)
    text = (tmp_path / "deep" / "study" / "study.toml").read_text(encoding="utf-8")
    for model in (Study, *(model for _, model in SECTIONS.values())):
        for key, field in keys_of(model).items():
            assert f"#   {key}: {field.title}\n" in text
    study = open_study(tmp_path / "deep" / "study")
    # a language model and files of events are shown in comments alone: nobody has any of the name
    assert [key for key, (attribute, _) in SECTIONS.items() if not getattr(study.declared, attribute)] == ["coder", "events"]


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "moves.csv").write_text("mine")
    with pytest.raises(RashomonError, match="R005"):
        init_study(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["moves.csv"]
    with pytest.raises(RashomonError, match="R006"):
        init_study(tmp_path / "moves.csv" / "study")


def test_init_leaves_other_files_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    init_study(tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_codes_are_in_order_and_named_once() -> None:
    assert list(CODES) == sorted(CODES)
    assert len(set(CODES.values())) == len(CODES)
