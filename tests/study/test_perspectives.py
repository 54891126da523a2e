"""Paths, topics, stances and conditions."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.errors import Fault, RashomonError
from rashomon.study import Condition, Verb, extent_share, parse_condition
from rashomon.study.perspectives import Lexicon, Topic, read_path, read_stance, read_topic
from rashomon.study.schema import Issue, Quality
from rashomon.study.vocabulary import DEFAULT_SCALE, SILENT_VERBS, VERBS, scale_intervals

ISSUE = Issue.model_validate(
    {
        "id": "aid",
        "name": "Aid",
        "ordered": True,
        "positions": [
            {"id": "none", "name": "None", "at": 0.0},
            {"id": "some", "name": "Some", "at": 0.4},
            {"id": "open", "name": "?"},
        ],
    }
)
LEXICON = Lexicon(
    holders=frozenset({"a", "b", "c"}),
    issues={"aid": ISSUE},
    qualities={
        "kind": Quality.model_validate({"id": "kind", "name": "Kind", "dimension": "affect"}),
        "size": Quality.model_validate(
            {"id": "size", "name": "Size", "dimension": "status", "scale": ["s", "m", "l", "xl"]}
        ),
    },
    is_record=lambda name: name == "m-1",
)


@pytest.mark.parametrize(
    ("path", "modality", "verbs"),
    [
        ("a", "", ["believes"]),
        ("a", "wants", ["wants"]),
        ("a > b", "wants", ["believes", "wants"]),
        ("a>b>a", "not accepts", ["believes", "believes", "not accepts"]),
        ("a > b > c", "fears > not believes > wants", ["fears", "not believes", "wants"]),
    ],
)
def test_one_verb_belongs_to_the_last_actor(path: str, modality: str, verbs: list[str]) -> None:
    read = read_path(path, modality, LEXICON)
    assert [str(verb) for verb in read.verbs] == verbs
    assert len(read.verbs) == read.depth
    assert read.verb == read.verbs[-1]
    assert read_path(str(read), read.modality, LEXICON) == read


@given(st.lists(st.sampled_from(VERBS), min_size=1, max_size=5), st.integers(1, 3))
def test_verbs_fit_or_are_a_fault(verbs: list[str], depth: int) -> None:
    path = " > ".join("abc"[:depth])
    if len(verbs) in (1, depth):
        assert read_path(path, " > ".join(verbs), LEXICON).verb == Verb(verbs[-1])
    else:
        with pytest.raises(RashomonError, match="R315"):
            read_path(path, " > ".join(verbs), LEXICON)


def test_topics() -> None:
    assert read_topic("aid", LEXICON) == Topic("aid", "issue", issue="aid")
    assert read_topic("b : kind", LEXICON) == Topic("b:kind", "quality", target="b", quality="kind")
    assert read_topic("m-1", LEXICON) == Topic("m-1", "record", record="m-1")
    cause = read_topic("aid->b:kind", LEXICON)
    assert (cause.kind, str(cause), cause.cause, cause.effect) == (
        "cause",
        "aid -> b:kind",
        read_topic("aid", LEXICON),
        read_topic("b:kind", LEXICON),
    )


@pytest.mark.parametrize(
    ("topic", "text", "kind", "value", "order", "interval"),
    [
        ("aid", "some", "position", "some", "", (0.4, 0.4)),
        ("aid", "open", "position", "open", "", None),
        ("aid", "> some", "order", "some", ">", (0.4, 1)),
        ("aid", "<some", "order", "some", "<", (0, 0.4)),
        ("aid", "> open", "order", "open", ">", None),
        ("aid", "up", "order", "", "up", None),
        ("b:kind", "mixed", "word", "mixed", "", (-0.2, 0.2)),
        ("b:kind", "absent", "word", "absent", "", (-1, 0)),
        ("b:kind", "-0.25", "number", "-0.25", "", (-0.25, -0.25)),
        ("b:kind", "−0.25", "number", "−0.25", "", (-0.25, -0.25)),
        ("b:kind", "> positive", "order", "positive", ">", (0.2, 1)),
        ("b:kind", "< 0.1", "order", "0.1", "<", (-1, 0.1)),
        ("b:kind", "max positive", "order", "positive", "max", (0.2, 0.6)),
        ("b:kind", "down", "order", "", "down", None),
        ("b:size", "l", "word", "l", "", (0, 0.5)),
        ("aid -> b:kind", "down", "direction", "down", "", (-1, 0)),
        ("aid", "", "none", "", "", None),
    ],
)
def test_stances(
    topic: str, text: str, kind: str, value: str, order: str, interval: tuple[float, float] | None
) -> None:
    stance = read_stance(text, read_topic(topic, LEXICON), LEXICON)
    assert (stance.kind, stance.value, stance.order) == (kind, value, order)
    if interval is None:
        assert math.isnan(stance.lo)
        assert math.isnan(stance.hi)
    else:
        assert (stance.lo, stance.hi) == pytest.approx(interval)


@pytest.mark.parametrize("text", ["upsome", ">", "<", "> nothing", "0.5"])
def test_what_is_no_stance_on_an_issue(text: str) -> None:
    with pytest.raises(RashomonError, match="R319"):
        read_stance(text, read_topic("aid", LEXICON), LEXICON)


@given(st.lists(st.text("abcdefgh", min_size=1), min_size=1, max_size=9, unique=True))
def test_words_of_a_scale_divide_it_equally(words: list[str]) -> None:
    parts = list(scale_intervals(tuple(words)).values())
    assert parts[0][0] == -1
    assert parts[-1][1] == pytest.approx(1)
    assert all(first[1] == pytest.approx(second[0]) for first, second in pairwise(parts))
    assert all(hi - lo == pytest.approx(2 / len(words)) for lo, hi in parts)


def test_the_default_scale_is_five_fifths() -> None:
    five = list(DEFAULT_SCALE)[:5]
    assert scale_intervals(tuple(five)) == {word: pytest.approx(DEFAULT_SCALE[word]) for word in five}
    assert set(VERBS) >= SILENT_VERBS


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("30%", (0.3, 0.3)),
        (">30%", (0.3, 1)),
        ("<5.5%", (0, 0.055)),
        ("~40%", (0.4, 0.4)),
        ("20-30%", (0.2, 0.3)),
        ("most", None),
        ("130%", None),
        ("30-20%", None),
        (">20-30%", None),
    ],
)
def test_extents(text: str, share: tuple[float, float] | None) -> None:
    found = extent_share(text)
    assert found == (None if share is None else pytest.approx(share))


atoms = st.builds(
    lambda name, value: Condition("atom", name=name, value=value),
    st.sampled_from(["a", "b-c", "d1"]),
    st.sampled_from(["", "x", "y-z"]),
)
conditions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        inner.map(lambda one: Condition("!", (one,))),
        st.builds(
            lambda op, one, two: Condition(op, (one, two)), st.sampled_from(["&", "|", "->", "<->"]), inner, inner
        ),
    ),
    max_leaves=8,
)


@given(conditions)
def test_a_condition_is_read_as_it_is_written(condition: Condition) -> None:
    assert parse_condition(str(condition)) == condition
    assert parse_condition(f" ( {condition} ) ") == condition


def test_operators_bind_as_they_should() -> None:
    assert parse_condition("!a & b | c -> d <-> e") == parse_condition("((((!a) & b) | c) -> d) <-> e")
    assert parse_condition("a -> b -> c") == parse_condition("a -> (b -> c)")
    assert parse_condition("a=x & b-c=y-z|a=x").atoms == (("a", "x"), ("b-c", "y-z"))


@given(st.text("ab=&|!()<-> ", max_size=30))
def test_what_is_no_condition_is_a_fault(text: str) -> None:
    faults: tuple[Fault, ...] = ()
    try:
        parse_condition(text)
    except RashomonError as problem:
        faults = problem.faults
    assert [fault.code for fault in faults] in ([], ["R323"])


def test_conditions_nested_without_end_are_a_fault() -> None:
    for text in ("!" * 5000 + "a", "(" * 5000 + "a", "a -> " * 5000 + "a"):
        with pytest.raises(RashomonError, match="levels"):
            parse_condition(text)
    assert len(parse_condition(" & ".join(["a"] * 5000)).parts) == 5000
