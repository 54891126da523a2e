"""Hypotheses: the rule, no circles, the checks, and the whole measure on small studies."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import make, sources

from rashomon.errors import RashomonError
from rashomon.measuring.hypotheses.measuring import Piece, Trial, measure_hypotheses, scales_of
from rashomon.measuring.hypotheses.poll_checks import Figure, bounds, try_change, try_gap, try_level, try_trend
from rashomon.measuring.hypotheses.weighing import BORNE_OUT, CONTRADICTED, RESTATED, UNDETERMINED, Scales, decisive

RANK = {CONTRADICTED: -1, UNDETERMINED: 0, RESTATED: 0, BORNE_OUT: 1}
strengths = st.integers(0, 3)
pieces = st.lists(
    st.builds(
        Piece, id=st.just("r"), sign=st.sampled_from([1, -1]), strength=st.integers(1, 3), independent=st.booleans(),
        told=st.just((("s", ""),)),
    ),
    max_size=8,
)  # fmt: skip


# the rule


@pytest.mark.parametrize(
    ("independent", "own", "against", "verdict", "disputed"),
    [
        (0, 0, 0, UNDETERMINED, False),
        (1, 0, 0, BORNE_OUT, False),
        (0, 3, 0, RESTATED, False),
        (1, 3, 0, BORNE_OUT, False),
        (0, 0, 1, CONTRADICTED, False),
        (3, 0, 2, BORNE_OUT, True),
        (2, 0, 3, CONTRADICTED, True),
        (2, 0, 2, UNDETERMINED, True),
        (0, 1, 2, CONTRADICTED, True),
        (0, 3, 2, UNDETERMINED, True),
        (1, 3, 2, UNDETERMINED, True),
    ],
)
def test_the_stronger_kind_decides(independent: int, own: int, against: int, verdict: str, disputed: bool) -> None:
    scales = Scales(independent, own, against)
    assert (scales.verdict, scales.disputed) == (verdict, disputed)


@given(pieces)
def test_no_circles_in_the_rule(evidence: list[Piece]) -> None:
    own = [replace(one, independent=False) if one.sign > 0 else one for one in evidence]
    assert scales_of(own).verdict != BORNE_OUT


@given(pieces, st.integers(1, 3), st.booleans())
def test_more_evidence_moves_the_verdict_its_own_way(evidence: list[Piece], strength: int, independent: bool) -> None:
    before = RANK[scales_of(evidence).verdict]
    for sign in (1, -1):
        more = [*evidence, Piece("new", sign, strength, independent, ())]
        assert sign * RANK[scales_of(more).verdict] >= sign * before


@given(strengths, strengths, strengths)
def test_what_is_said_to_change_the_verdict_changes_it(independent: int, own: int, against: int) -> None:
    scales = Scales(independent, own, against)
    said = decisive(scales)
    after = {Scales(max(independent, new), own, against).verdict for new in (1, 2, 3)}
    after |= {Scales(independent, own, max(against, new)).verdict for new in (1, 2, 3)}
    furthest = max(abs(RANK[one] - RANK[scales.verdict]) for one in after)
    if furthest == 0:
        assert said.startswith("No single record")
    else:
        named = {one for one in RANK if f"leave it {one}" in said}
        assert named
        assert {abs(RANK[one] - RANK[scales.verdict]) for one in named} == {furthest}


# polls: pure tests


def figure(number: int, share: float, *, year: float = 1990, n: int | None = 1000, **more: object) -> Figure:
    made = Figure(
        id=f"q{number}", share=share, low=share, high=share, n=n, day=int(year * 365.25), instrument=("like", "public"),
        survey=f"w{year:g}", question="like", source="one",
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def test_bounds_of_what_is_printed() -> None:
    assert bounds(30, "=") == (30, 30)
    assert bounds(30, ">") == (30, 100)
    assert bounds(30, "<") == bounds(30, "max") == (0, 30)
    assert bounds(1, "~") == (0, 3)
    assert bounds(5, "change") is None


@pytest.mark.parametrize(
    ("old", "new", "expect", "by", "outcome"),
    [
        (20, 40, "up", 0, "met"),
        (20, 40, "down", 0, "not met"),
        (40, 20, "down", 10, "met"),
        (20, 22, "up", 0, "undetermined"),
        (20, 40, "up", 30, "not met"),
        (20, 40, "up", 20, "undetermined"),
        (20, 21, "same", 8, "met"),
        (20, 40, "same", 8, "not met"),
        (20, 28, "same", 8, "undetermined"),
    ],
)
def test_changes(old: float, new: float, expect: str, by: float, outcome: str) -> None:
    assert try_change([figure(1, old)], [figure(2, new, year=1992)], expect, by).outcome == outcome


def test_a_change_is_never_read_across_instruments() -> None:
    other = figure(2, 80, instrument=("like", "public", "mail"))
    assert "never compared across" in try_change([figure(1, 20)], [other], "up", 0).because
    assert try_change([], [other], "up", 0).outcome == "undetermined"
    both = try_change([figure(1, 20)], [other, figure(3, 60)], "up", 0)
    assert both.outcome == "met"
    assert set(both.records) == {"q1", "q3"}


def test_instruments_that_differ_leave_it_open() -> None:
    mail = ("like", "public", "mail")
    before = [figure(1, 20), figure(2, 60, instrument=mail)]
    after = [figure(3, 60), figure(4, 20, instrument=mail)]
    assert try_change(before, after, "up", 0).outcome == "undetermined"


def test_levels_and_bounds() -> None:
    assert try_level([figure(1, 72)], ">", 50).outcome == "met"
    assert try_level([figure(1, 51)], ">", 50).outcome == "undetermined"
    assert try_level([figure(1, 40)], ">", 50).outcome == "not met"
    assert try_level([figure(1, 60, high=100.0)], ">", 50).outcome == "met"
    assert try_level([figure(1, 30, high=100.0)], "<", 50).outcome == "undetermined"
    assert try_level([figure(1, 2.5)], "=", 2.5).outcome == "met"
    assert try_level([figure(1, 72), figure(2, 20)], ">", 50).outcome == "undetermined"
    assert try_level([], ">", 50).outcome == "undetermined"
    assert "1,000 asked are assumed" in try_level([figure(1, 72, n=None)], ">", 50).because


def test_gaps_within_surveys_come_first() -> None:
    yes, no = figure(1, 45), figure(2, 41)
    assert try_gap([yes], [no], "more", 0, False).outcome == "undetermined"  # answers of one question vary together
    assert try_gap([yes], [figure(2, 20)], "more", 0, False).outcome == "met"
    elsewhere = figure(3, 10, survey="w2", question="trust")
    assert try_gap([yes], [elsewhere], "more", 0, False).outcome == "undetermined"
    assert try_gap([yes], [elsewhere], "less", 0, True).outcome == "not met"
    assert "not printed" in try_gap([yes], [], "more", 0, True).because


def test_trends_are_found_and_their_error_is_honest() -> None:
    rising = [figure(i, 30 + i, year=1980 + i) for i in range(10)]
    other = [figure(20 + i, 60 + i, year=1985 + i, instrument=("trust",)) for i in range(5)]
    assert try_trend([*rising, *other], "up", 0).outcome == "met"
    assert try_trend(rising, "up", 2).outcome == "not met"
    assert try_trend(rising, "same", 2).outcome == "met"
    jump = [figure(i, 30 + 30 * (i > 4), year=1980 + i, instrument=(str(i > 4),)) for i in range(10)]
    assert try_trend(jump, "up", 0).outcome != "met"  # the level rose with the instrument
    assert try_trend(rising[:3], "up", 0).outcome == "undetermined"


def test_a_trend_that_is_none_is_called_one_as_often_as_said() -> None:
    rng = np.random.default_rng(3)
    found = 0
    for _ in range(400):
        flat = [figure(i, 40 + float(rng.normal(0, 3)), year=1980 + i) for i in range(12)]
        found += try_trend(flat, "up", 0).outcome == "met"
    assert 0.015 <= found / 400 <= 0.08  # one side of a 90 % interval


# the measure

ROWS = [
    {"id": f"{who}{kind}", "path": "a-leader", "topic": "land", "stance": "keep", "when": "1980",
     "source": who, "basis": basis}
    for who in ("author", "other", "third")
    for kind, basis in (("1", "narrated"), ("2", "witness"), ("3", "words"))
]  # fmt: skip


def claim(supports: list[str], refutes: list[str], checks: str = "", source: str = "author", more: str = "") -> str:
    quoted = [", ".join(f'"{one}"' for one in names) for names in (supports, refutes)]
    told = f'from = "{source}"\n' if source else ""
    return (
        f'[[hypothesis]]\nid = "h"\nclaim = "It is so."\n{told}supports = [{quoted[0]}]\nrefutes = [{quoted[1]}]\n'
        f'rivals = ["Something else"]\nchecks = [{checks}]\n{more}'
    )


SOURCES = sources("author", "other", "third", "twin", narrator={"author": "teller", "twin": "teller"})


def tried(folder: Path, declared: str, ledger: tuple[object, ...] = (), **tables: object) -> Trial:
    given = {"statements": ROWS, **tables}
    (trial,) = measure_hypotheses(make(folder, SOURCES + declared, **given), ledger).rows  # type: ignore[arg-type]
    return trial


@pytest.mark.parametrize(
    ("supports", "refutes", "verdict"),
    [
        ([], [], UNDETERMINED),
        (["author3"], [], RESTATED),
        (["author3", "other1"], [], BORNE_OUT),
        (["other1"], ["author3"], CONTRADICTED),
        (["other3"], ["third2"], BORNE_OUT),
        (["other2"], ["third2"], UNDETERMINED),
        (["author3"], ["other3"], UNDETERMINED),
        (["author1"], ["other3"], CONTRADICTED),
    ],
)
def test_verdicts_from_records(tmp_path: Path, supports: list[str], refutes: list[str], verdict: str) -> None:
    trial = tried(tmp_path, claim(supports, refutes))
    assert trial.verdict == verdict
    assert trial.for_ == tuple(supports)
    assert trial.against == tuple(refutes)
    assert trial.own == tuple(name for name in supports if name.startswith("author"))
    assert trial.because
    assert trial.missing
    assert trial.rivals == ("Something else",)


@settings(max_examples=15)
@given(
    st.lists(st.sampled_from(["author1", "author2", "author3", "twin", "retold", "behind", "told-move"]), max_size=4),
    st.booleans(),
    st.booleans(),
)
def test_no_circles(supports: list[str], count: bool, level: bool) -> None:
    """Own records, those of the same narrator, via the author, retellings and checks on them never bear a claim out."""
    extra = [
        {**ROWS[2], "id": "twin", "source": "twin"},
        {**ROWS[2], "id": "retold", "source": "other"},
        {**ROWS[2], "id": "behind", "source": "third", "via": "author"},
    ]
    moves = [
        {"id": "told-move", "when": "1980", "actor": "a-leader", "target": "b", "kind": "visits", "source": "author"},
        {"id": "seen-move", "when": "1980", "actor": "b-leader", "target": "a", "kind": "visits", "source": "other"},
    ]
    polls = [
        {"id": "q", "survey": "w", "question": "like", "population": "a-public", "fielded": "1980", "answer": "yes",
         "share": 80, "source": "twin"}
    ]  # fmt: skip
    links = [{"from": "retold", "kind": "retells", "to": "author3", "by": "other"}]
    checks = []
    if count:
        checks += ['{ kind = "count", actor = "a", moves = ["visits"], relation = ">", value = 0 }']
        checks += ['{ kind = "count", actor = "a", moves = ["threatens"], relation = "<", value = 1 }']
        checks += ['{ kind = "count", moves = ["threatens"], relation = "=", value = 0 }']
    if level:
        checks += ['{ kind = "poll-level", question = "like", answer = "yes", relation = ">", value = 50 }']
        checks += ['{ kind = "verdict", expect = "contradicted", holder = "a-leader" }']
    belief = Belief("a-leader", "land", "1980", "contradicted", ("other",), ("author",))
    with tempfile.TemporaryDirectory() as folder:
        trial = tried(
            Path(folder), claim(supports, [], ", ".join(checks)), (belief,), statements=ROWS + extra, moves=moves,
            polls=polls, links=links,
        )  # fmt: skip
    assert trial.verdict == (RESTATED if supports or checks else UNDETERMINED)
    assert set(trial.own) == set(trial.for_)
    assert trial.independent_voices <= 1  # a belief that the other source tells rests on the author's account


@dataclass(frozen=True)
class Belief:
    """A row as the ledger of misperceptions has it."""

    holder: str
    topic: str
    when: str
    verdict: str
    told_by: tuple[str, ...] = ("other",)
    on_account_of: tuple[str, ...] = ()
    strength: str = "own words or acts"
    statements: tuple[str, ...] = ()


def test_a_claim_without_a_source_is_the_study_authors_own(tmp_path: Path) -> None:
    trial = tried(tmp_path, claim(["author1"], [], source=""))
    assert trial.verdict == BORNE_OUT
    assert trial.own == ()


def test_records_that_are_not_open_are_left_out_and_said_to_be(tmp_path: Path) -> None:
    rows = [*ROWS, {**ROWS[5], "id": "draft", "status": "proposed"}]
    trial = tried(tmp_path, claim(["draft"], [], more='independent = ["author1", "other1"]\n'), statements=rows)
    assert trial.verdict == UNDETERMINED
    assert trial.left_out == ("draft",)
    assert "not open" in trial.because
    assert trial.not_independent == ("author1",)


def test_as_of_a_day_only_what_was_open_counts(tmp_path: Path) -> None:
    rows = [{**row, "known": "1981-01-01"} if row["id"] == "other3" else row for row in ROWS]
    study = make(tmp_path, SOURCES + claim(["other3", "third3"], []), statements=rows)
    day = study.statements.row(0).when.hi
    assert measure_hypotheses(study.as_of(day)).rows[0].verdict == UNDETERMINED
    (trial,) = measure_hypotheses(study.as_of(day + 400)).rows
    assert (trial.verdict, trial.for_, trial.left_out) == (BORNE_OUT, ("other3",), ("third3",))


def poll(number: int, fielded: str, share: float, **cells: object) -> dict[str, object]:
    row = {
        "id": f"q{number}", "survey": f"w{fielded}", "question": "like", "population": "a-public", "fielded": fielded,
        "answer": "yes", "share": share, "source": "other", "pollster": "gallup", "n": 1500,
    }  # fmt: skip
    return {**row, **cells}


POLLS = [
    poll(1, "1980-05", 20),
    poll(2, "1990-05", 45),
    poll(3, "1990-05", 30, answer="no"),
    poll(4, "1990-06", 90, source="author", survey="w-author", pollster="somebody"),
    *(poll(10 + i, f"{1995 + i}", 60 - 3 * i, question="trust") for i in range(8)),
]


@pytest.mark.parametrize(
    ("check", "outcome"),
    [
        ('kind = "poll-change", question = "like", answer = "yes", from = "1980", to = "1990", expect = "up"', "met"),
        ('kind = "poll-change", question = "like", answer = "yes", from = "1980", to = "1990", expect = "same", by = 3',
         "not met"),
        ('kind = "poll-change", question = "like", answer = "yes", from = "1970", to = "1990", expect = "up"',
         "undetermined"),
        ('kind = "poll-level", question = "like", answer = "yes", when = "1980", relation = "<", value = 30', "met"),
        ('kind = "poll-level", question = "like", answer = "yes", population = "b-public", relation = "<", value = 30',
         "undetermined"),
        ('kind = "poll-gap", question = "like", answer = "yes", other_question = "like", other_answer = "no", '
         'expect = "more", by = 5', "met"),
        ('kind = "poll-trend", question = "trust", answer = "yes", expect = "down", by = 1', "met"),
        ('kind = "poll-trend", question = "trust", answer = "yes", when = "1995/1997", expect = "down"',
         "undetermined"),
    ],
)  # fmt: skip
def test_checks_of_polls(tmp_path: Path, check: str, outcome: str) -> None:
    trial = tried(tmp_path, claim([], [], f"{{ {check} }}"), polls=POLLS)
    (row,) = trial.checks
    assert row.outcome == row.independent == outcome
    assert row.asked
    assert row.because
    assert trial.verdict == {"met": BORNE_OUT, "not met": CONTRADICTED, "undetermined": UNDETERMINED}[outcome]
    assert (trial.for_, trial.against) == {
        "met": (("check 1",), ()), "not met": ((), ("check 1",)), "undetermined": ((), ()),
    }[outcome]  # fmt: skip
    if outcome == "undetermined":
        assert "Not decided yet" in trial.missing
    else:
        assert set(row.sources) == {"other"}
        assert row.n == len(row.records) > 0


def test_a_check_met_only_by_its_author_is_own_and_the_others_stand_against(tmp_path: Path) -> None:
    check = '{ kind = "poll-level", question = "like", answer = "yes", when = "1990", relation = ">", value = 70 }'
    trial = tried(tmp_path, claim([], [], check), polls=POLLS)
    (row,) = trial.checks
    assert (row.outcome, row.independent) == ("undetermined", "not met")  # 90 by its author, 45 by others
    assert trial.verdict == CONTRADICTED


MOVES = [
    {"id": f"m{i}", "when": when, "actor": actor, "target": target, "kind": kind, "source": source}
    for i, (when, actor, target, kind, source) in enumerate(
        [
            ("1980-05", "b-leader", "a", "visits", "other"),
            ("1981-05", "b-leader", "a-leader", "visits", "author"),
            ("1981", "b", "a", "visits", "third"),
            ("1982-03", "b-leader", "a", "threatens", "other"),
            ("1979/1980", "b-leader", "a", "offers", "other"),
        ]
    )
]


@pytest.mark.parametrize(
    ("check", "outcome", "independent"),
    [
        ('actor = "b", target = "a", moves = ["visits"], relation = ">=", value = 3', "met", "undetermined"),
        ('actor = "b", target = "a", moves = ["visits"], relation = ">=", value = 2', "met", "met"),
        ('actor = "b", moves = ["visits"], relation = "<", value = 2', "not met", "not met"),
        ('actor = "b", moves = ["visits"], relation = "=", value = 3', "met", "undetermined"),
        ('actor = "b", moves = ["visits"], relation = "=", value = 1', "not met", "not met"),
        ('actor = "b-leader", when = "1982", moves = ["visits"], relation = "<", value = 1', "met", "met"),
        ('actor = "b-leader", when = "1980", moves = ["offers"], relation = ">=", value = 1',
         "undetermined", "undetermined"),
        ('actor = "a-leader", moves = ["visits"], relation = "<", value = 1', "undetermined", "undetermined"),
        ('actor = "b", when = "1981-05/1981-05", moves = ["visits"], relation = ">", value = 0',
         "met", "undetermined"),
    ],
)  # fmt: skip
def test_counts_of_moves(tmp_path: Path, check: str, outcome: str, independent: str) -> None:
    trial = tried(tmp_path, claim([], [], f'{{ kind = "count", {check} }}'), moves=MOVES)
    (row,) = trial.checks
    assert (row.outcome, row.independent) == (outcome, independent)
    assert trial.verdict != BORNE_OUT or independent == "met"


def test_one_move_is_told_in_the_singular(tmp_path: Path) -> None:
    asked = 'kind = "count", actor = "b", moves = ["threatens"], relation = "=", value = 1'
    (row,) = tried(tmp_path, claim([], [], f"{{ {asked} }}"), moves=MOVES).checks
    assert row.because == "1 move of 5 of any kind"


def test_verdicts_of_the_ledger(tmp_path: Path) -> None:
    ledger = (
        Belief("a-leader", "land", "1980", "contradicted"),
        Belief("a-public", "land", "1981", "contradicted", strength="author's account"),
        Belief("a-leader", "land", "1990", "borne out"),
        Belief("b-leader", "land", "1980", "contradicted", ("author",)),
        Belief("a-leader", "b:peaceful", "1980", "undetermined"),
    )

    def row(check: str) -> tuple[str, str, int]:
        made = claim([], [], f'{{ kind = "verdict", {check} }}')
        (found,) = tried(tmp_path, made, ledger).checks
        return found.outcome, found.independent, found.strength

    contradicted = 'expect = "contradicted"'
    assert row(f'{contradicted}, holder = "a", at_least = 2') == ("met", "met", 1)
    assert row(f'{contradicted}, holder = "a-leader", topic = "land"') == ("met", "met", 3)
    assert row(f'{contradicted}, holder = "a", at_least = 4')[0] == "not met"
    assert row(f'{contradicted}, holder = "b-leader"')[:2] == ("met", "undetermined")
    assert row(f'{contradicted}, topic = "b:peaceful"')[0] == "undetermined"
    assert row(f'{contradicted}, when = "1990"')[0] == "not met"
    assert row(f'{contradicted}, when = "2000"')[0] == "undetermined"
    assert row('expect = "borne out", topic = "b:peaceful"')[0] == "undetermined"


@pytest.mark.parametrize(
    "check",
    [
        'kind = "poll-change", question = "like", answer = "yes", from = "1980", expect = "up"',
        'kind = "poll-trend", question = "like", answer = "yes", expect = "more"',
        'kind = "poll-trend", question = "like", answer = "yes", expect = "same"',
        'kind = "count", relation = ">", value = 1, expect = "up"',
        'kind = "guess"',
        'kind = "count", relation = ">", value = 1, colour = "red"',
    ],
)
def test_faulty_checks_are_faults(tmp_path: Path, check: str) -> None:
    with pytest.raises(RashomonError) as caught:
        tried(tmp_path, claim([], [], f"{{ {check} }}"))
    assert caught.value.fault.code in ("R201", "R202", "R203")


def test_rows_are_plain(tmp_path: Path) -> None:
    check = '{ kind = "poll-trend", question = "trust", answer = "yes", expect = "down", note = "why" }'
    study = make(tmp_path, SOURCES + claim(["other3"], ["third1"], check), statements=ROWS, polls=POLLS)
    found = measure_hypotheses(study)
    plain = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert plain["rows"][0]["verdict"] == BORNE_OUT
    assert plain["rows"][0]["disputed"] is True
    assert plain["rows"][0]["voices"] == 2
    assert plain["rows"][0]["checks"][0]["note"] == "why"
    assert found.cite() == ("other", "third")
