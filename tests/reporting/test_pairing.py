"""Studies side by side: clustered shares, what is told apart, what is refused, and bad input."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import rashomon
from rashomon.cli import cli
from rashomon.errors import RashomonError
from rashomon.reporting.article import anchors
from rashomon.reporting.document import words as plain
from rashomon.reporting.html import render
from rashomon.reporting.pairing import Beside, Likeness, Pairs, pair_lines, write_pairs
from rashomon.reporting.pairing.beside import _same, _verdict
from rashomon.reporting.pairing.frames import Frame
from rashomon.reporting.pairing.gauges import BELIEFS, GAMES, HUNG, Gauge, _together, apart
from rashomon.reporting.pairing.page import _failed_on, pairs_article
from rashomon.reporting.pairing.saying import resting_on
from rashomon.study import Estimate
from rashomon.study.provenance import note
from studies import DECLARED, write_study

# figures

@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1))
def test_how_far_apart_has_no_sign(middle: float, below: float, above: float) -> None:
    found = apart(Estimate(middle, middle - below, middle + above, 0.9, 5, 2))
    assert 0 <= found.low <= found.estimate <= found.high
    back = apart(Estimate(-middle, -middle - above, -middle + below, 0.9, 5, 2))
    assert (back.low, back.estimate, back.high) == (found.low, found.estimate, found.high)


# verdicts


def gauge(low: float, high: float) -> Gauge:
    return Gauge(BELIEFS, "beliefs contradicted", "", "", Estimate((low + high) / 2, low, high, 0.9, 9, 3), ())


def frame(name: str) -> Frame:
    return Frame(name, name, name, ("A", "B"), "1980/2000", (), 0, 3, 3, (), (), (("words", 9),), (), 0, 0)


def likeness(verdict: str, trait: str = "basis", second: str = "narrated") -> Likeness:
    shown = ((("words", 1.0),), ((second, 1.0),))
    return Likeness("x", "y", "statements", trait, *shown, 0.0, 0.01, (3, 3), verdict, "", (BELIEFS,))


NAN = math.nan


@pytest.mark.parametrize(
    ("gauges", "alike", "verdict", "because"),
    [
        ((gauge(0.1, 0.3), gauge(0.4, 0.6)), (), "told apart", "y above x"),
        ((gauge(0.1, 0.4), gauge(0.4, 0.6)), (), "cannot be told apart", "the bands overlap"),
        ((gauge(0.1, 0.3), None), (), "refused", "nothing on record in y"),
        ((gauge(0.1, 0.3), gauge(NAN, NAN)), (), "not compared", "y: it has no band"),
        (
            (gauge(0.1, 0.3), gauge(0.4, 0.6)), (likeness("unlike"),), "not compared",
            "the frames differ: x rests on holders' own words (100 %), y on authors' accounts (100 %)",
        ),
        (
            (gauge(0.1, 0.3), gauge(0.4, 0.6)), (likeness("differ"), likeness("undetermined", "layers")), "told apart",
            "y above x; the frames of x and y differ in basis",
        ),
        ((gauge(0.1, 0.3), gauge(0.2, 0.5), gauge(0.4, 0.6)), (likeness("unlike"),), "told apart",
         "z above x; the frames differ: x rests on holders' own words (100 %), y on authors' accounts (100 %)"),
    ],
)  # fmt: skip
def test_only_bands_that_leave_each_other_out_are_told_apart(
    gauges: tuple[Gauge | None, ...], alike: tuple[Likeness, ...], verdict: str, because: str
) -> None:
    frames = tuple(frame(name) for name, _ in zip("xyz", gauges, strict=False))
    assert _verdict("", BELIEFS, gauges, frames, alike) == (verdict, because)
    assert _verdict("", GAMES, gauges, frames, alike) == _verdict("", GAMES, gauges, frames, ())  # games rest on no statements


def test_a_side_has_no_like_in_another_pair() -> None:
    said = _verdict("North", BELIEFS, (gauge(0, 0.1), gauge(0.9, 1)), (frame("x"), frame("y")), ())
    assert said == ("not compared", "it is of North alone, and one side of a pair has no like in another")


def test_qualities_that_are_one_are_one_in_whatever_order_they_are_named() -> None:
    there = [{"calm"}, {"mild"}, {"soft"}, {"meek"}]
    for pairs in ("calm=mild mild=soft soft=meek", "soft=meek mild=soft calm=mild", "calm=meek mild=meek soft=mild"):
        names = _same(pairs.split(), there)
        assert len({names.get(one, one) for one in ("calm", "mild", "soft", "meek")}) == 1


def test_two_qualities_of_one_study_are_not_one() -> None:
    with pytest.raises(RashomonError) as refused:
        _same(["calm=mild"], [{"calm", "mild"}, {"calm"}])
    assert refused.value.fault.code == "R575"
    assert "calm, mild" in str(refused.value)


# studies


def pair(root: Path, name: str, wrong: int, right: int, *, quality: str = "peaceful") -> Path:
    """A study of which two voices tell so many beliefs of the South about the North's aim, and images of one quality."""
    declared = DECLARED.replace('id = "two"', f'id = "{name}"').replace(
        'id = "peaceful"\nname', f'id = "{quality}"\nname'
    )
    rows: list[dict[str, object]] = []
    for k in range(wrong + right):
        source = ("book", "memoir")[k % 2]
        held = {"path": "north-leader", "modality": "wants", "topic": "north-aim", "stance": "peace", "basis": "words"}
        believed = {
            "path": "south-ministry > north",
            "modality": "believes > wants",
            "topic": "north-aim",
            "basis": "words",
        }
        when = {"when": str(1985 + k % 6), "source": source}
        rows += [
            {"id": f"h{k}", **held, **when},
            {"id": f"b{k}", "stance": "gain" if k < wrong else "peace", **believed, **when},
        ]
        for who, whom in (("north-public", "south"), ("south-public", "north")):
            seen = {"path": who, "topic": f"{whom}:{quality}", "stance": "positive" if who[0] == "n" else "negative"}
            rows.append({"id": f"v{k}-{whom}", "basis": "words", **seen, **when})
    return write_study(root / name, declared, statements=rows)


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Pairs]:
    root = tmp_path_factory.mktemp("pairs")
    folders = [pair(root, "first", 6, 0), pair(root, "second", 2, 4, quality="calm")]
    return root, rashomon.compare(folders, ["peaceful=calm"])


def rows_of(found: Pairs, measure: str, within: str = "") -> list[Beside]:
    return [row for row in found.rows if row.measure == measure and row.within == within]


def test_the_same_figures_stand_beside_each_other(pairs: tuple[Path, Pairs]) -> None:
    _, found = pairs
    assert [one.study for one in found.frames] == ["first", "second"]
    assert found.frames[0].sides == ("North", "South")
    one, other = rows_of(found, "beliefs contradicted")
    assert (one.estimate.estimate, one.estimate.voices) == (1.0, 2)
    assert one.estimate.n > 0
    assert other.estimate.estimate < 1
    assert one.verdict in ("told apart", "cannot be told apart")
    south = rows_of(found, "beliefs contradicted", "South")
    assert {row.verdict for row in south} == {"not compared"}
    images = rows_of(found, "how far images lie apart")
    assert {row.of for row in images} == {"peaceful"}  # calm is compared as peaceful
    assert len(images) == 2
    assert {row.time for row in images} == {"the whole time"}
    assert all(resting_on(row).endswith("the whole time") for row in images)
    assert not one.time  # it is of all periods together
    assert {row.verdict for row in rows_of(found, "failure that hung on misperception")} <= {"refused"}
    assert set(found.cite()) == {"first/book", "first/memoir", "second/book", "second/memoir"}
    assert not found.table().empty


def test_reasons_name_sides_as_the_study_does(tmp_path: Path) -> None:
    folders = [pair(tmp_path, name, 1, 0) for name in ("first", "second")]
    rows = rows_of(rashomon.compare(folders), "how far images lie apart")
    assert {row.verdict for row in rows} == {"not compared"}
    assert all("North of South" in row.because for row in rows)
    assert not any("north of south" in row.because for row in rows)


def test_without_a_mapping_qualities_of_other_names_are_refused(pairs: tuple[Path, Pairs]) -> None:
    root, _ = pairs
    images = rows_of(rashomon.compare([root / "first", root / "second"]), "how far images lie apart")
    assert {(row.of, row.verdict) for row in images} == {("peaceful", "refused"), ("calm", "refused")}
    assert {row.because for row in images} == {"nothing on record in first", "nothing on record in second"}


def test_the_page_and_the_lines_say_the_same(pairs: tuple[Path, Pairs], tmp_path: Path) -> None:
    _, found = pairs
    lines = "\n".join(pair_lines(found))
    assert "first: North and South, 1980–2000" in lines
    assert "beliefs contradicted (of those decided)" in lines
    article = pairs_article(found)
    assert [one.anchor for one in article.sections][:2] == ["frames", "beliefs-about-the-other"]
    page = write_pairs(found, tmp_path / "pairs.html").read_text(encoding="utf-8")
    assert "Pairs side by side" in page
    assert "cannot be told apart" in page
    assert "http-equiv" in page  # the policy of the report, which lets nothing in
    assert write_pairs(found, tmp_path / "pairs.html").read_text(encoding="utf-8") == page  # in place of the old page


def test_a_page_without_findings_has_no_heading_of_them(pairs: tuple[Path, Pairs]) -> None:
    article = replace(pairs_article(pairs[1]), findings=(), unsettled=())
    page = render(article, anchors(article))
    assert "Findings" not in page
    assert 'href="#frames">Skip to the first section' in page


def test_no_page_is_written_over_what_is_of_a_study(pairs: tuple[Path, Pairs], tmp_path: Path) -> None:
    root, found = pairs
    declared = (root / "first" / "study.toml").read_bytes()
    with pytest.raises(RashomonError) as problem:
        write_pairs(found, root / "first" / "study.toml")
    assert problem.value.fault.code == "R006"
    assert (root / "first" / "study.toml").read_bytes() == declared


def test_what_a_study_s_games_failed_on_is_one_sentence() -> None:
    def beside(measure: str, low: float, high: float) -> Beside:
        told = Estimate((low + high) / 2, low, high, 0.9, 6, 0)
        return Beside("Games", measure, "models", "x", "", told, "", (), "refused", "nothing on record in y")

    rows = [beside(measure, *band) for measure, band in zip(HUNG, ((0.2, 0.4), (0.3, 0.9)), strict=True)]
    (said,) = _failed_on(Pairs(tuple(rows), note(None, "", {}, None, 0, ()), (frame("x"), frame("y"))))
    assert plain(said).replace("\u00a0", " ") == (
        "x: in its games 0.30 [0.20 to 0.40] of the failure hung on misperception, and 0.60 [0.30 to 0.90] of it on wants, "
        "vetoes and means: on which more cannot be told."
    )


# bad input


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, ["compare", *map(str, words)])


def fault(done: Result) -> dict[str, object]:
    assert done.exit_code == 2, done.output
    found: dict[str, object] = json.loads(done.stdout)["error"]
    return found


def test_bad_input_is_told_with_a_remedy(pairs: tuple[Path, Pairs], tmp_path: Path) -> None:
    root, _ = pairs
    first, second = root / "first", root / "second"
    empty = write_study(tmp_path / "empty", DECLARED.replace('id = "two"', 'id = "empty"'))
    for words, code in (
        ((), "R572"), ((first,), "R572"), ((first, first), "R573"), ((first, empty), "R574"),
        ((first, root / "." / "first"), "R573"),
        ((first, second, "--alike", "peaceful"), "R575"), ((first, second, "--alike", "peaceful=clam"), "R575"),
    ):  # fmt: skip
        found = fault(run(*words, "--json"))
        assert found["code"] == code
        assert found["allowed"]
        assert found["remedy"]


def test_a_study_with_faults_is_skipped_where_two_are_left(pairs: tuple[Path, Pairs], tmp_path: Path) -> None:
    root, _ = pairs
    broken = write_study(tmp_path / "broken", DECLARED.replace('side = "north"', 'side = "nroth"', 1))
    with pytest.raises(RashomonError) as problem:
        rashomon.compare([root / "first", broken])
    assert problem.value.fault.where.file == f"{broken}/study.toml"
    assert problem.value.fault.code == "R206"
    done = run(root / "first", broken, root / "second", "--json", "--out", tmp_path / "out.html")
    assert done.exit_code == 3
    answer = json.loads(done.stdout)
    assert answer["ok"]
    ((folder, faults),) = answer["result"]["skipped"]
    assert folder == str(broken)
    assert faults[0]["code"] == "R206"
    assert answer["result"]["written"] == [str(tmp_path / "out.html")]
    assert "which has 1 fault" in run(root / "first", broken, root / "second").stdout
    assert fault(run(root / "first", tmp_path / "nowhere", "--json"))["code"] == "R001"


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=6))
def test_shares_of_one_kind_never_reach_beyond_what_the_others_leave(drawn: list[tuple[bool, float, float]]) -> None:
    scale = sum(mean for _, mean, _ in drawn) or 1.0
    parts = [(kind, mean / scale, wide) for kind, mean, wide in drawn]
    rows = [(kind, Estimate(mean, mean * wide, min(mean + wide, 1.0), 0.9, 1, 0)) for kind, mean, wide in parts]
    for wanted in HUNG.values():
        mean, low, high = _together(rows, wanted)
        others = sum(share.low for corrects, share in rows if not wanted(corrects))
        assert low - 1e-9 <= mean <= high + 1e-9
        assert high <= max(1.0 - others, mean) + 1e-9
