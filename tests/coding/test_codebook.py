"""What a model is shown of a codebook, and the schema of what it may answer."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving_model import passage, statement

from rashomon.coding.codebook import REASON_FIELDS, Codebook, Excerpt
from rashomon.coding.model_settings import ModelSettings
from rashomon.coding.prompting import messages_for
from rashomon.coding.replying import read_reply
from rashomon.errors import RashomonError
from rashomon.study import VERBS, Places, StudyData, open_study
from studies import write_study


@pytest.fixture(scope="module")
def large(kuril: Path) -> StudyData:
    return open_study(kuril)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> StudyData:
    return open_study(write_study(tmp_path_factory.mktemp("two")))


def test_a_codebook_that_fits_is_shown_whole(large: StudyData) -> None:
    shown = Codebook(large.declared, 24_000).excerpt("Whatever it is about.")
    assert len(shown.holders) == len(large.declared.sides) + len(large.declared.actors)
    assert (shown.issues, shown.qualities) == (large.declared.issues, large.declared.qualities)
    assert "nakasone: Yasuhiro Nakasone (Nakasone, Накасонэ); person of japan; prime minister 1982-11/1987-11;" in shown.text
    assert "politics-economics: Politics and economics." in shown.text
    assert "inseparable = No economic cooperation before the islands; balanced = Both in step" in shown.text
    assert "peace-loving: Peace-loving. Seen as peaceful, not militarist. Such as: peaceful; pacifist. Scale:" in shown.text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Gorbachev told Nakasone that the two islands were enough.", {"gorbachev", "nakasone"}),
        ("GORBACHEV’S VISIT", {"gorbachev"}),
        ("Abe and Uno", {"abe-shintaro", "uno"}),
        ("日本はソ連に", {"japan", "ussr"}),
        ("Японии и СССР", {"japan", "ussr"}),
        ("Nobody spoke.", set()),
    ],
)
def test_who_is_named_is_found_and_shown_first(large: StudyData, text: str, named: set[str]) -> None:
    tight = Codebook(large.declared, 4000)
    found = set(tight.named(text))
    assert named <= found
    assert len(found) <= len(named) + 2
    assert named <= set(tight.excerpt(text).holders)


def test_the_topic_that_shares_the_rarest_words_is_shown_first(large: StudyData) -> None:
    tight = Codebook(large.declared, 3000)
    assert "politics-economics" in {one.id for one in tight.excerpt("Economic cooperation in step: balanced expansion.").issues}
    assert "declaration-1956" in {one.id for one in tight.excerpt("The Joint Declaration binds.").issues}


@given(st.text() | st.sampled_from(["Gorbachev", "ソ連", "peace-loving"]), st.integers(1000, 30_000))
def test_an_excerpt_keeps_its_limit_names_its_sides_and_is_always_the_same(
    large: StudyData, text: str, limit: int
) -> None:
    shown = Codebook(large.declared, limit).excerpt(text)
    heads = sum(len(line) + 1 for line in shown.text.split("\n") if line == "" or line.isupper() or " (id: " in line)
    assert len(shown.text) - heads <= limit
    assert set(shown.holders) >= {one.id for one in large.declared.sides}
    again = Codebook(large.declared, limit)
    again.excerpt("Another passage between.")
    assert again.excerpt(text).digest == shown.digest
    assert again.excerpt(text) == shown
    declared = [one.id for one in (*large.declared.sides, *large.declared.actors)]
    assert list(shown.holders) == [name for name in declared if name in shown.holders]


def test_the_digest_follows_every_change_of_the_codebook(small: StudyData) -> None:
    declared = small.declared
    changed = [
        declared,
        declared.model_copy(update={"actors": declared.actors[:-1]}),
        declared.model_copy(update={"issues": declared.issues[:-1]}),
        declared.model_copy(update={"qualities": (declared.qualities[0].model_copy(update={"scale": ("low", "high")}),)}),
        declared.model_copy(update={"sides": (declared.sides[0].model_copy(update={"name": "Nord"}), declared.sides[1])}),
    ]
    digests = [Codebook(one, 24_000).excerpt("x").digest for one in changed]
    assert len(set(digests)) == len(changed)


def valid(schema: dict[str, Any], value: object) -> bool:
    """Whether a value is as a schema says; of the words of JSON Schema, those that ours uses."""
    if "anyOf" in schema:
        return any(valid(one, value) for one in schema["anyOf"])
    kinds: dict[str, Any] = {"object": dict, "array": list, "string": str, "boolean": bool, "number": (int, float)}
    if not isinstance(value, kinds[schema["type"]]):
        return False
    if isinstance(value, dict):
        keys = schema["properties"]
        assert (schema["additionalProperties"], schema["required"]) == (False, list(keys))
        return set(value) == set(keys) and all(valid(keys[key], one) for key, one in value.items())
    if isinstance(value, list):
        few = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
        return few and all(valid(schema["items"], one) for one in value)
    bounded = schema.get("minimum", value) <= value <= schema.get("maximum", value) if schema["type"] == "number" else True
    return bounded and value in schema.get("enum", [value])


@st.composite
def conforming(draw: st.DrawFn, schema: dict[str, Any]) -> Any:
    """A value that a server held to the schema could send."""
    if "anyOf" in schema:
        return draw(conforming(draw(st.sampled_from(schema["anyOf"]))))
    if "enum" in schema:
        return draw(st.sampled_from(schema["enum"]))
    if schema["type"] == "object":
        return {key: draw(conforming(one)) for key, one in schema["properties"].items()}
    if schema["type"] == "array":
        most = schema.get("maxItems", 2)
        return [draw(conforming(schema["items"])) for _ in range(draw(st.integers(schema.get("minItems", 0), most)))]
    plain: dict[str, st.SearchStrategy[Any]] = {
        "string": st.sampled_from(["", "border", "south:peaceful", "1986", "some"]),
        "boolean": st.booleans(),
        "number": st.floats(0, 1),
    }
    return draw(plain[schema["type"]])


TEXT = "The North wants peace, some said in 1986, and nothing else."


@given(st.data())
def test_names_that_the_schema_allows_are_names_that_the_study_reads(small: StudyData, data: st.DataObject) -> None:
    shown = Codebook(small.declared, 24_000).excerpt(TEXT)
    items = shown.schema["properties"]["statements"]["items"]
    item = data.draw(conforming(items))
    item["quote"] = TEXT[:22]
    assert valid(items, item)
    links = item["path"]
    if any(one["actor"] == other["actor"] for one, other in pairwise(links)):
        return  # the schema cannot forbid an actor next to itself
    for field, plain in (("when", "1986"), ("about", ""), ("extent", "some")):
        item[field] = plain
    if "cause" in item["view"]:
        item["view"] |= {"cause": "border", "effect": "south:peaceful"}
    item["reasons"] = [one for one in item["reasons"] if one["words"] in TEXT and one["words"]]
    reading = read_reply(json.dumps({"statements": [item]}), passage(TEXT), shown, small, "")
    assert reading.rejections == ()
    assert len(reading.proposals) == 1


def test_the_schema_refuses_what_is_not_in_the_codebook(small: StudyData) -> None:
    items = Codebook(small.declared, 24_000).excerpt(TEXT).schema["properties"]["statements"]["items"]
    good = statement("The North wants peace", [("north", "wants")], {"issue": "north-aim", "stance": "peace"})
    assert valid(items, good)
    assert not valid(items, statement("x", [("east", "wants")], {"issue": "north-aim", "stance": "peace"}))
    assert not valid(items, statement("x", [("north", "hopes")], {"issue": "north-aim", "stance": "peace"}))
    assert not valid(items, statement("x", [("north", "wants")], {"issue": "north-aim", "stance": "keep"}))
    assert not valid(items, statement("x", [("north", "wants")], {"target": "north", "quality": "peaceful", "stance": "keep"}))
    assert not valid(items, {**good, "more": 1})
    assert items["properties"]["reasons"]["items"]["properties"]["field"]["enum"] == list(REASON_FIELDS)


def test_the_task_names_every_verb_and_the_codebook_stands_under_it(small: StudyData) -> None:
    shown: Excerpt = Codebook(small.declared, 24_000).excerpt(TEXT)
    system, user = messages_for(passage(TEXT), "", shown, small)
    assert all(verb in system["content"] for verb in VERBS)
    assert system["content"].endswith(f"The study: Two sides; 1980/2000.\n\nCODEBOOK\n\n{shown.text}")
    assert f"⟦PASSAGE⟧\n{TEXT}\n⟦END OF PASSAGE⟧\n" in user["content"]


# settings

PLAIN: dict[str, object] = {"id": "gpt", "endpoint": "http://localhost/v1", "model": "m", "requests": 10, "tokens": 1000}


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"modle": "m"}, "R201", "coder.modle"),
        ({"requests": 0}, "R203", "coder.requests"),
        ({"requests": True}, "R203", "coder.requests"),
        ({"tokens": "many"}, "R203", "coder.tokens"),
        ({"temperature": 3}, "R203", "coder.temperature"),
        ({"temperature": float("nan")}, "R203", "coder.temperature"),
        ({"at_once": 9}, "R203", "coder.at_once"),
        ({"reply_format": "yaml"}, "R203", "coder.reply_format"),
        ({"kind": "rules"}, "R203", "coder.kind"),
        ({"per_minute": 0}, "R203", "coder.per_minute"),
        ({"price_in": -1.0}, "R203", "coder.price_in"),
        ({"id": "My Model"}, "R205", "coder.id"),
        ({"money": 1.0}, "R202", "coder"),
    ],
)
def test_settings_that_cannot_be_are_faults_of_the_table(change: dict[str, object], code: str, field: str) -> None:
    with pytest.raises(RashomonError) as raised:
        ModelSettings.from_mapping({**PLAIN, **change})
    fault = raised.value.fault
    assert (fault.code, fault.where.file, fault.where.field) == (code, "study.toml", field)


def test_every_fault_of_a_table_is_told_with_its_line() -> None:
    text = '[[coder]]\nid = "gpt"\nmodel = ""\nrequests = 1.5\n'
    with pytest.raises(RashomonError) as raised:
        ModelSettings.from_mapping({"id": "gpt", "model": "", "requests": 1.5}, ("coder", 0), Places(text))
    found = {(fault.code, fault.where.field, fault.where.line) for fault in raised.value.faults}
    assert found == {
        ("R202", "coder.endpoint", 1), ("R203", "coder.model", 3), ("R203", "coder.requests", 4), ("R202", "coder.tokens", 1),
    }  # fmt: skip


def test_settings_are_what_the_table_says_and_never_change() -> None:
    chosen = ModelSettings.from_mapping({**PLAIN, "money": 2.5, "price_out": 1.0, "temperature": 1})
    assert (chosen.temperature, chosen.money, chosen.at_once, chosen.reply_format) == (1.0, 2.5, 1, "auto")
    with pytest.raises(ValueError, match="frozen"):
        chosen.requests = 7  # type: ignore[misc]
