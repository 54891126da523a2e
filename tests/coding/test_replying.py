"""Replies of models, well-formed and not: what is taken, what is rejected, and that nothing that is taken was made up."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving_model import passage, statement

from rashomon.coding.codebook import Codebook, Excerpt
from rashomon.coding.replying import MOST, Reading, UnreadableError, read_reply
from rashomon.errors import CODES
from rashomon.reading import Passage
from rashomon.study import StudyData, open_study, parse_when
from rashomon.study.perspectives import read_path, read_stance, read_topic
from studies import DECLARED, write_study

TEXT = "In 1986 the North wanted peace; the South did not believe that it wanted\nmore than “trade”."
QUOTE = "the North wanted peace"
VIEW = {"issue": "north-aim", "stance": "peace"}
LIVES = DECLARED.replace('kind = "person"', 'kind = "person"\nlife = "1930/1991-06"')


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> StudyData:
    return open_study(write_study(tmp_path_factory.mktemp("two"), LIVES))


@pytest.fixture(scope="module")
def excerpt(study: StudyData) -> Excerpt:
    return Codebook(study.declared, 24_000).excerpt(TEXT)


def read(study: StudyData, content: object, where: Passage | None = None) -> Reading:
    text = content if isinstance(content, str) else json.dumps({"statements": content})
    excerpt = Codebook(study.declared, 24_000).excerpt(TEXT)
    return read_reply(text, where or passage(TEXT), excerpt, study, "by the test")


def one(quote: str = QUOTE, **more: Any) -> dict[str, Any]:
    return {**statement(quote, [("north", "wants")], VIEW), **more}


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in one().items() if name != key}


@pytest.mark.parametrize(
    "wrapped",
    [
        "{}",
        "```json\n{}\n```",
        "Here you are:\n```\n{}\n```\nAnything else?",
        "<think>I could say {{\"statements\": []}} …</think>\n{}",
        "{} and so on",
    ],
)
def test_a_reply_is_found_within_what_models_put_around_it(study: StudyData, wrapped: str) -> None:
    (found,) = read(study, wrapped.format(json.dumps({"statements": [one()]}))).proposals
    assert found.quote == QUOTE


@pytest.mark.parametrize(
    "content",
    [
        "", "no", "[]", "null", '"{"', '{"statements": [', '{"statements": 1}', '{"statements": {}}', "{}", '{"a": NaN}',
        '{"statements": ' + "[" * 100_000, '{"statements": [1e999999, ' + "9" * 5000 + "]", "{" * 50_000,
    ],
    ids=range(13),
)  # fmt: skip
def test_what_is_no_list_of_statements_is_unreadable(study: StudyData, content: str) -> None:
    with pytest.raises(UnreadableError):
        read(study, content)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (1, "A statement is no object"),
        ([], "A statement is no object"),
        (without("quote"), "A quotation is too short to tell where it stands"),
        (one("the No"), "A quotation is too short to tell where it stands"),
        (one("… — “” …"), "A quotation is too short to tell where it stands"),
        (one("the North wanted war"), "A quotation is not in the passage"),
        (one("x" * 3000), "A quotation is longer than 2000 characters"),
        ({**one(), "quote": [QUOTE]}, "The value of quote is no text"),
        (without("path"), "A path is no list of links"),
        (one(path=[]), "A path is no list of links"),
        (one(path=["north"]), "A path is no list of links"),
        (one(path={"actor": "north"}), "A path is no list of links"),
        (one(path=[{"actor": 1, "verb": "wants"}]), "The value of actor is no text"),
        (one(path=[{"actor": "north", "verb": "wants", "negated": "no"}]), "The value of negated is neither true nor false"),
        (one(path=[{"actor": "east", "verb": "wants"}]), CODES["R311"]),
        (one(path=[{"actor": "n\u043erth", "verb": "wants"}]), CODES["R311"]),  # a Cyrillic o
        (one(path=[{"actor": "north\u200b", "verb": "wants"}]), CODES["R311"]),
        (one(path=[{"actor": "north", "verb": "\uff57ants"}]), CODES["R314"]),  # a wide w
        (one(path=[{"actor": "north", "verb": "hopes"}]), CODES["R314"]),
        (one(path=[{"actor": "north", "verb": "wants"}] * 2), CODES["R313"]),
        (one(path=[{"actor": name, "verb": "wants"} for name in ("north", "south", "north", "south")]), CODES["R312"]),
        (one(path=[{"actor": "north > south", "verb": "wants > fears"}]), "An actor of a path is a path itself"),
        (without("view"), "A view is no object"),
        (one(view="north-aim"), "A view is no object"),
        (one(view={}), CODES["R316"]),
        (one(view={"issue": "weather", "stance": "fine"}), CODES["R316"]),
        (one(view={"issue": "north-aim", "stance": "war"}), CODES["R319"]),
        (one(view={"issue": "north-aim", "stance": 1}), "The value of stance is no text"),
        (one(view={"target": "east", "quality": "peaceful", "stance": "positive"}), CODES["R318"]),
        (one(view={"target": "north", "quality": "tall", "stance": "positive"}), CODES["R317"]),
        (one(view={"target": "north", "quality": "peaceful", "stance": "very"}), CODES["R319"]),
        (one(view={"cause": "border", "effect": "weather", "stance": "up"}), CODES["R316"]),
        (one(view={"cause": "border", "effect": "north-aim", "stance": "peace"}), CODES["R319"]),
        (one(when="last summer"), CODES["R301"]),
        (one(when="1986-02-30"), CODES["R302"]),
        (one(when="1990/1986"), CODES["R303"]),
        (one(when="1950"), CODES["R404"]),
        (one(when="2000"), CODES["R412"]),
        (one(when=1986), "The value of when is no text"),
        (one(about="soon"), CODES["R301"]),
        (one(path=[{"actor": "north-leader", "verb": "wants"}], when="1995"), CODES["R403"]),
        (one(path=[{"actor": "north-leader", "verb": "wants"}], when="1989/1992"), CODES["R403"]),
        (one(basis="hearsay"), "The value of basis is not one of those allowed"),
        (one(hedge="maybe"), "The value of hedge is not one of those allowed"),
        (one(extent="a lot"), CODES["R329"]),
        (without("certainty"), "A certainty is no number"),
        (one(certainty="0.5"), "A certainty is no number"),
        (one(certainty=True), "A certainty is no number"),
    ],
)
def test_a_statement_that_cannot_stand_is_rejected_for_its_reason(study: StudyData, item: object, reason: str) -> None:
    reading = read(study, [item, one()])
    assert [found.reason for found in reading.rejections] == [reason]
    assert len(reading.proposals) == 1
    assert all(found.found.isprintable() and len(found.found) <= 121 for found in reading.rejections)


def test_every_field_that_is_taken_is_as_a_cell_has_it(study: StudyData) -> None:
    item = statement(
        "did not believe that it wanted more than trade",
        [("south", "believes"), ("north", "wants")],
        {"target": "north", "quality": "peaceful", "stance": "strongly-negative"},
        when=" late \n 1986 ",
        about="1990s",
        basis="witness",
        hedge="probable",
        extent=">30%",
        certainty=1.7,
        reasons=[
            {"field": "stance", "words": "did not BELIEVE"},
            {"field": "when", "words": "in the year 1986"},
            {"field": "mood", "words": "peace"},
            "peace",
        ],
    )
    item["path"][0]["negated"] = True
    reading = read(study, [item])
    (found,) = reading.proposals
    assert found.quote == "did not believe that it wanted\nmore than “trade"
    assert (found.path, found.modality) == ("south > north", "not believes > wants")
    assert (found.topic, found.stance) == ("north:peaceful", "strongly-negative")
    assert (found.when, found.about) == ("late 1986", "1990s")
    assert (found.basis, found.hedge, found.extent, found.certainty) == ("witness", "probable", ">30%", 1.0)
    says = {why.field: (TEXT[why.start : why.end], why.says) for why in found.reasons}
    assert says == {
        "stance": ("did not believe", "the words that the model names"),
        "certainty": ("", "the model's own estimate, not calibrated; it said more than 1"),
        "coder": ("", "by the test"),
    }
    assert [one.reason for one in reading.rejections] == [
        "The words of a reason are not in the passage",
        "The value of field is not one of those allowed",
        "A reason is no object",
    ]


def test_a_belief_about_cause_and_an_order_are_read_as_the_study_reads_them(study: StudyData) -> None:
    cause = one(view={"cause": "border", "effect": "north:peaceful", "stance": "down"})
    order = one(view={"issue": "border", "stance": "> keep"})
    bare = one(view={"issue": "border", "stance": ""})
    assert [(each.topic, each.stance) for each in read(study, [cause, order, bare]).proposals] == [
        ("border -> north:peaceful", "down"),
        ("border", "> keep"),
        ("border", ""),
    ]


@pytest.mark.parametrize(
    ("actor", "published", "source", "within"),
    [
        ("north", "1999", "book", "[1980-01-01..1999-12-31]"),
        ("north", "1996-05", "", "[1980-01-01..1996-05-31]"),
        ("north", "some day", "", "[1980-01-01..2000-12-31]"),
        ("north-leader", "1999", "book", "[1980-01-01..1991-06-30]"),
    ],
)
def test_a_time_that_is_not_said_is_bounded_and_not_guessed(
    study: StudyData, actor: str, published: str, source: str, within: str
) -> None:
    item = one(path=[{"actor": actor, "verb": "wants", "negated": False}], when="")
    (found,) = read(study, [item], passage(TEXT, published=published, source=source)).proposals
    assert found.when == within
    assert any(why.field == "when" and why.says.startswith("no time is said") for why in found.reasons)


def test_a_statement_given_twice_counts_once_and_a_flood_is_cut_off(study: StudyData) -> None:
    flood = [one(certainty=number / 1000) for number in range(MOST)] + [one(when="1987"), one(when="1988")]
    reading = read(study, flood)
    assert len(reading.proposals) == 1
    assert [found.reason for found in reading.rejections] == [
        *["A statement is given twice"] * (MOST - 1),
        f"Statements beyond the {MOST}th of a passage are not read",
    ]


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("Он не отдаст острова.", "он не отдаст острова", "Он не отдаст острова"),
        ("Горбачёв и\u0306х не отдаст", "Горбачев йх не отдаст", "Горбачёв и\u0306х не отдаст"),
        ("領土問題は存在しない。", "領土問題", "領土問題"),
        ("“We want — peace”, he said.", '"We want peace"', "We want — peace"),
        ("We want\u200b peace at last", "We want peace at last", "We want\u200b peace at last"),
        ("the ﬁnal ofﬁce was closed", "final office was", "ﬁnal ofﬁce was"),
        ("if a < b then peace follows", "if a < b then peace", "if a < b then peace"),
    ],
)
def test_a_quotation_is_found_by_its_letters_and_given_as_the_passage_has_it(
    study: StudyData, text: str, quote: str, found: str
) -> None:
    (proposal,) = read(study, [one(quote)], passage(text)).proposals
    assert (proposal.quote, text[proposal.start : proposal.end]) == (found, found)


def test_the_words_of_a_reason_are_those_of_the_quotation_where_it_has_them(study: StudyData) -> None:
    text = "Peace, and again peace: in 1986 the North wanted Peace, as it said."
    item = one("in 1986 the North wanted Peace", reasons=[{"field": "stance", "words": "“peace”"}])
    (found,) = read(study, [item], passage(text)).proposals
    assert (found.reasons[0].start, found.reasons[0].end) == (text.rindex("Peace"), text.rindex("Peace") + 5)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["north", "peace", "wants", QUOTE]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(one())) | st.text(), inner, max_size=4),
    max_leaves=12,
)
NEARLY = st.dictionaries(st.sampled_from([*one(), "more"]), JSON, max_size=4).map(lambda changed: {**one(), **changed})


@given(st.lists(JSON | NEARLY, max_size=4))
def test_whatever_a_model_says_what_is_taken_stands_in_passage_and_codebook(
    study: StudyData, excerpt: Excerpt, items: list[object]
) -> None:
    try:
        reading = read(study, items)
    except UnreadableError:
        assert any("NaN" in json.dumps(item) or "Infinity" in json.dumps(item) for item in items)
        return
    for found in reading.proposals:
        assert found.quote == TEXT[found.start : found.end]
        assert read_path(found.path, found.modality, excerpt.lexicon).depth == len(found.actors) == len(found.verbs)
        read_stance(found.stance, read_topic(found.topic, excerpt.lexicon), excerpt.lexicon)
        assert parse_when(found.when).text == found.when
        assert 0 <= found.certainty <= 1
        assert all(0 <= why.start <= why.end <= len(TEXT) for why in found.reasons)


@given(st.text(min_size=1, max_size=200), st.data())
def test_any_part_of_a_passage_is_found_where_its_words_stand(study: StudyData, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    for found in read(study, [one(text[start:end])], passage(text)).proposals:
        assert [char for char in found.quote if char.isalnum()] == [char for char in text[start:end] if char.isalnum()]
