"""The coder ``model`` against a server on the loopback that plays a model: what it proposes, keeps, spends and survives."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving_model import Answer, Fake, completion, honest, passage, said, serving, settings, shown, statement

from rashomon.coding.codebook import Codebook
from rashomon.coding.model import ModelCoder
from rashomon.coding.prompting import TASK
from rashomon.coding.proposals import Coder, Proposal, Reason
from rashomon.coding.reply_cache import MemoryCache, ReplyFile
from rashomon.errors import RashomonError
from rashomon.study import StudyData, Verb, open_study
from studies import write_study

TEXTS = [
    "The North wants peace. Nobody believed it.",
    "The weather was fine.",
    "The South fears gain. The North demands trade.",
    "The North rejects gain.",
    "The South wants trade. The South wants trade.",
]
PASSAGES = [passage(text, number) for number, text in enumerate(TEXTS, start=1)]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> StudyData:
    return open_study(write_study(tmp_path_factory.mktemp("two")))


def timeless(proposals: list[Proposal]) -> list[Proposal]:
    """Proposals without the note on when the model was asked, which differs from run to run."""
    return [replace(one, reasons=tuple(why for why in one.reasons if why.field != "coder")) for one in proposals]


def test_a_reply_becomes_proposals_with_their_words_and_provenance(study: StudyData) -> None:
    with serving(honest) as server:
        coder: Coder = ModelCoder(settings(server.address, temperature=0.25), clock=Fake())
        found = list(coder.code(PASSAGES, study))
    assert [(one.address, one.quote, one.path, one.modality, one.topic, one.stance) for one in found] == [
        ("book#p1", "The North wants peace.", "north", "wants", "north-aim", "peace"),
        ("book#p3", "The South fears gain.", "south", "fears", "north-aim", "gain"),
        ("book#p3", "The North demands trade.", "north", "demands", "north-aim", "trade"),
        ("book#p4", "The North rejects gain.", "north", "rejects", "north-aim", "gain"),
        ("book#p5", "The South wants trade.", "south", "wants", "north-aim", "trade"),
    ]
    for one in found:
        assert TEXTS[int(one.address[-1]) - 1][one.start : one.end] == one.quote
        (note,) = [why.says for why in one.reasons if why.field == "coder"]
        host = server.address.removeprefix("http://").removesuffix("/v1")
        assert note.startswith(f"played (played-1) at {host}, temperature 0.25, prompt ")
    assert coder.name == "played"
    assert coder.version.startswith("played at 127.0.0.1:")


def test_requests_hold_the_codebook_the_passage_and_nothing_of_other_passages(study: StudyData) -> None:
    with serving(honest) as server:
        list(ModelCoder(settings(server.address, temperature=0.25), clock=Fake()).code(PASSAGES, study))
    assert server.paths == ["/v1/chat/completions"] * len(TEXTS)
    assert server.passages() == TEXTS
    for number, body in enumerate(server.bodies):
        assert (body["model"], body["temperature"], body["max_tokens"]) == ("played", 0.25, 2048)
        system, user = (message["content"] for message in body["messages"])
        assert "south-ministry: Ministry of the South" in system
        assert all(text not in system + user for other, text in enumerate(TEXTS) if other != number)
        branches = body["response_format"]["json_schema"]["schema"]["properties"]["statements"]["items"]["properties"]
        assert branches["path"]["items"]["properties"]["actor"]["enum"][:3] == ["north", "south", "north-leader"]
    assert "named actors: north" in server.bodies[1]["messages"][1]["content"]


def test_headings_running_heads_and_blank_passages_are_not_asked_about(study: StudyData) -> None:
    apart = [passage("The North wants peace.", kind=kind) for kind in ("heading", "running", "folio")]
    with serving(honest) as server:
        coder = ModelCoder(settings(server.address), clock=Fake())
        assert list(coder.code([*apart, passage(" \n")], study)) == []
        assert len(list(coder.code([passage("The North wants peace.", kind="note")], study))) == 1
    assert len(server.bodies) == 1


@pytest.mark.parametrize("at_once", [1, 3, 8])
def test_a_second_run_sends_nothing_and_proposes_the_same(study: StudyData, at_once: int, tmp_path: Path) -> None:
    with serving(honest) as server:
        chosen = settings(server.address, at_once=at_once)
        with ReplyFile(tmp_path / "replies.db") as cache:
            first = ModelCoder(chosen, cache, Fake())
            found = list(first.code(PASSAGES, study))
        assert (first.report().answered, len(server.bodies)) == (5, 5)
        with ReplyFile(tmp_path / "replies.db") as cache:
            plan = ModelCoder(chosen, cache, Fake()).plan(PASSAGES, study)
            second = ModelCoder(chosen, cache, Fake())
            assert list(second.code(PASSAGES, study)) == found
        assert (plan.passages, plan.remembered, plan.requests, plan.tokens) == (5, 5, 0, (0, 0))
        assert (second.report().remembered, second.report().usage.requests, len(server.bodies)) == (5, 0, 5)


def test_what_a_reply_depends_on_is_asked_for_afresh(study: StudyData) -> None:
    changes: list[dict[str, object]] = [
        {}, {"model": "other"}, {"temperature": 1.0}, {"reply_tokens": 100}, {"reply_format": "text"}
    ]  # fmt: skip
    cache = MemoryCache()
    with serving(honest) as server:
        for number, change in enumerate(changes, start=1):
            list(ModelCoder(settings(server.address, **change), cache, Fake()).code(PASSAGES[:1], study))
            again = [replace(PASSAGES[0], page="2")]  # where it stands is not asked about
            list(ModelCoder(settings(server.address, at_once=2, **change), cache, Fake()).code(again, study))
            assert len(server.bodies) == number
        list(ModelCoder(settings(server.address), cache, Fake()).code([passage("The North wants gain.")], study))
        assert len(server.bodies) == len(changes) + 1


@given(st.integers(0, 5), st.integers(1, 4))
def test_a_run_that_is_broken_off_goes_on_where_it_was(study: StudyData, taken: int, at_once: int) -> None:
    cache = MemoryCache()
    with serving(honest) as server:
        chosen = settings(server.address, at_once=at_once)
        whole = list(ModelCoder(chosen, clock=Fake()).code(PASSAGES, study))
        server.bodies.clear()
        run = ModelCoder(chosen, cache, Fake()).code(PASSAGES, study)
        before = [one for one, _ in zip(run, range(taken), strict=False)]
        run.close()  # type: ignore[attr-defined]
        again = list(ModelCoder(chosen, cache, Fake()).code(PASSAGES, study))
        assert len(server.bodies) == len(TEXTS)
    assert timeless(before) == timeless(whole)[:taken]
    assert timeless(again) == timeless(whole)


CHILD = """
import sys
from pathlib import Path
from serving_model import settings
from test_model_coder import PASSAGES
from rashomon.coding.model import ModelCoder
from rashomon.coding.reply_cache import ReplyFile
from rashomon.study import open_study

root, address = sys.argv[1:]
with ReplyFile(Path(root) / "replies.db") as cache:
    for one in ModelCoder(settings(address), cache).code(PASSAGES, open_study(root)):
        print(one.quote, flush=True)
"""


@pytest.mark.parametrize("survived", [1, 3, 4])
def test_a_killed_run_loses_no_reply_but_those_under_way(tmp_path: Path, survived: int) -> None:
    study = open_study(write_study(tmp_path / "two"))
    with serving(lambda body, number: completion("", None) if number > survived else honest(body)) as server:
        here = Path(__file__).parent
        paths = [str(here), str(here.parent)]
        code = f"import sys; sys.path[:0] = {paths!r}\n{CHILD}"
        arguments = [sys.executable, "-c", code, str(tmp_path / "two"), server.address]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "The North wants peace.\n"
            child.send_signal(signal.SIGKILL)
    with serving(honest) as server, ReplyFile(tmp_path / "two" / "replies.db") as cache:
        coder = ModelCoder(settings(server.address), cache, Fake())
        again = timeless(list(coder.code(PASSAGES, study)))
        assert 1 <= coder.report().remembered <= survived
        assert len(server.bodies) == len(TEXTS) - coder.report().remembered
        assert again == timeless(list(ModelCoder(settings(server.address), clock=Fake()).code(PASSAGES, study)))


@given(st.integers(1, 12), st.integers(1, 8), st.lists(st.sampled_from([200, 429, 500, 0]), max_size=12))
def test_no_more_requests_are_sent_than_allowed(
    study: StudyData, requests: int, at_once: int, course: list[int]
) -> None:
    def play(body: dict[str, object], number: int) -> Answer:
        status = course[number - 1] if number <= len(course) else 200
        return honest(body) if status == 200 else Answer(status, drop=status == 0)

    with serving(play) as server:
        chosen = settings(server.address, requests=requests, at_once=at_once, retries=2, reply_format="json_schema")
        coder = ModelCoder(chosen, clock=Fake())
        with suppress(RashomonError):
            list(coder.code(PASSAGES, study))
        report = coder.report()
        assert len(server.bodies) == report.usage.requests <= requests
    assert (report.left > 0) <= (report.limit == f"{requests} requests")


@pytest.mark.parametrize("limit", [{"tokens": 40_000}, {"money": 4.0, "price_in": 100.0, "price_out": 100.0}])
@pytest.mark.parametrize("counted", [(3000, 500), None])
def test_no_more_tokens_and_money_are_spent_than_allowed(
    study: StudyData, limit: dict[str, object], counted: tuple[int, int] | None
) -> None:
    def play(body: dict[str, object], _: int) -> Answer:
        return completion({"statements": said(shown(body))}, counted)

    many = [passage(TEXTS[number % 5], number) for number in range(40)]
    with serving(play) as server:
        chosen = settings(server.address, reply_tokens=500, **limit)
        coder = ModelCoder(chosen, clock=Fake())
        list(coder.code(many, study))
        report = coder.report()
        most = coder._asker.most([], {}).tokens_in
    spent = report.usage.tokens_in + report.usage.tokens_out
    assert 0 < spent <= 40_000
    assert report.cost <= 4.0
    assert report.left == 40 - report.answered > 0
    assert report.limit in ("40000 tokens", "4 in money")
    assert len(server.bodies) == report.usage.requests == report.answered
    if counted:  # what is set aside is freed again: it stops only where one more might not fit
        assert spent == 3500 * report.answered
        assert 40_000 - spent < max(len(json.dumps(body).encode()) for body in server.bodies) + most + 500


def test_a_run_at_its_limit_still_gives_what_is_remembered(study: StudyData) -> None:
    cache = MemoryCache()
    with serving(honest) as server:
        list(ModelCoder(settings(server.address), cache, Fake()).code([PASSAGES[4]], study))
        coder = ModelCoder(settings(server.address, requests=1), cache, Fake())
        alone = replace(PASSAGES[4], document="sources/other.txt")  # without a passage before it, as it was asked about
        found = list(coder.code([*PASSAGES[:4], alone], study))
    report = coder.report()
    assert [one.address for one in found] == ["book#p1", "book#p5"]
    assert (report.passages, report.answered, report.remembered, report.left) == (5, 1, 1, 3)
    assert report.limit == "1 requests"


def test_a_run_at_its_limit_asks_no_more_even_where_less_would_do(study: StudyData) -> None:
    long = passage("The North wants peace. " * 300)
    with serving(honest) as server:
        sized = ModelCoder(settings(server.address, tokens=10**6), clock=Fake())
        codebook = Codebook(study.declared, 24_000).excerpt("")
        least = sized._asker.most([{"content": TASK}], codebook.schema).tokens_in
        coder = ModelCoder(settings(server.address, tokens=least + 6000), clock=Fake())
        assert list(coder.code([long, passage("The North wants peace.", 2)], study)) == []
        assert (coder.report().left, len(server.bodies)) == (2, 0)
        coder = ModelCoder(settings(server.address, tokens=least + 6000), clock=Fake())
        assert len(list(coder.code([passage("The North wants peace.", 2)], study))) == 1


def test_the_plan_states_limits_and_estimates_and_sends_nothing(study: StudyData) -> None:
    with serving(honest) as server:
        chosen = settings(
            server.address, per_minute=2, requests=3, tokens=10**6, money=5.0, price_in=1.0, price_out=2.0
        )
        coder = ModelCoder(chosen, clock=Fake())
        plan = coder.plan(PASSAGES, study)
        list(ModelCoder(settings(server.address), clock=Fake()).code(PASSAGES, study))
        sizes = [len(body["messages"][0]["content"] + body["messages"][1]["content"]) for body in server.bodies]
    assert (plan.passages, plan.remembered, plan.requests, plan.minutes) == (5, 0, 5, 2.5)
    assert plan.limits == ("3 requests", "1000000 tokens", "5 in money", "2 requests a minute")
    assert plan.tokens[0] < sum(sizes) < plan.tokens[1]
    assert 0 < plan.cost[0] < plan.cost[1]
    assert "5 requests in 2 minutes or more" in plan.lines()[1]
    assert "3 requests, 1000000 tokens, 5 in money, 2 requests a minute" in plan.lines()[2]


def test_a_passage_whose_reply_cannot_be_read_is_passed_over_and_asked_about_again(study: StudyData) -> None:
    def play(body: dict[str, object], _: int) -> Answer:
        if shown(body) == TEXTS[2]:
            return completion('{"statements": [{"quote": "The So', finish="length")
        return completion("I cannot do that.") if shown(body) == TEXTS[3] else honest(body)

    cache = MemoryCache()
    with serving(play) as server:
        coder = ModelCoder(settings(server.address), cache, Fake())
        assert {one.address for one in coder.code(PASSAGES, study)} == {"book#p1", "book#p5"}
        report = coder.report()
        assert (report.answered, report.failed) == (3, 2)
        assert report.failures == (
            ("book#p3", "the reply was cut off at 2048 tokens"),
            ("book#p4", "the reply holds no JSON"),
        )
        list(ModelCoder(settings(server.address), cache, Fake()).code(PASSAGES, study))
        assert server.passages()[5:] == [TEXTS[2], TEXTS[3]]


def test_an_endpoint_that_fails_again_and_again_ends_the_run(study: StudyData) -> None:
    with serving(lambda body, number: honest(body) if number == 1 else Answer(503)) as server:
        coder = ModelCoder(settings(server.address, retries=1), clock=Fake())
        run = coder.code(PASSAGES, study)
        assert next(run).address == "book#p1"
        with pytest.raises(RashomonError) as raised:
            list(run)
    assert raised.value.fault.code == "R923"
    assert "503" in raised.value.fault.found
    assert 1 + 2 * 3 <= len(server.bodies) <= 1 + 2 * 4  # the next may be under way


def test_what_is_remembered_between_failures_does_not_hide_that_nobody_answers(study: StudyData) -> None:
    cache = MemoryCache()
    alone = [replace(one, document=one.address) for one in PASSAGES]
    with serving(honest) as server:
        list(ModelCoder(settings(server.address), cache, Fake()).code(alone[1::2], study))
        kept = server.address
    with serving(lambda *_: Answer(503)) as server:
        chosen = settings(server.address, retries=0)
        with pytest.raises(RashomonError) as raised:
            list(ModelCoder(chosen, cache, Fake()).code(alone, study))
    assert kept != server.address  # the same model elsewhere: its replies count
    assert raised.value.fault.code == "R923"


def test_a_refusal_of_every_request_ends_the_run_at_once(study: StudyData) -> None:
    with serving(lambda *_: Answer(401)) as server:
        with pytest.raises(RashomonError) as raised:
            list(ModelCoder(settings(server.address), clock=Fake()).code(PASSAGES, study))
        assert len(server.bodies) == 1
    assert raised.value.fault.code == "R922"


def test_rejections_are_counted_by_reason_and_kept(study: StudyData) -> None:
    good = statement("The North wants peace.", [("north", "wants")], {"issue": "north-aim", "stance": "peace"})
    wrong = [
        {**good, "quote": "The North wants war and ruin."},
        {**good, "quote": "The North wants nothing at all."},
        {**good, "path": [{"actor": "moon", "verb": "wants", "negated": False}]},
    ]
    with serving(lambda body, _: completion({"statements": [good, *wrong]})) as server:
        coder = ModelCoder(settings(server.address), clock=Fake())
        (found,) = coder.code(PASSAGES[:1], study)
    assert found.verbs == (Verb("wants"),)
    assert Reason("certainty", 0, 0, "the model's own estimate, not calibrated") in found.reasons
    report = coder.report()
    assert report.rejected == (
        ("A quotation is not in the passage", 2),
        ("A path names an actor or a side that is not declared.", 1),
    )
    assert [one.address for one in report.rejections] == ["book#p1"] * 3


def test_passages_are_read_no_further_ahead_than_requests_go_out(study: StudyData) -> None:
    read: list[int] = []

    def stream() -> Iterator[object]:
        for number in range(1000):
            read.append(number)
            yield passage("The North wants peace.", number)

    with serving(honest) as server:
        run = ModelCoder(settings(server.address, at_once=2), clock=Fake()).code(stream(), study)  # type: ignore[arg-type]
        next(run)
        assert len(read) <= 6
        run.close()  # type: ignore[attr-defined]
