"""The worked study, as its reader meets it: figures as printed, verdicts that do not say too much, the clock turned back."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import rashomon
from rashomon.cli import cli


@pytest.fixture(scope="module")
def measured(worked: rashomon.Study) -> dict[str, Any]:
    return json.loads(json.dumps(worked.measure().to_dict()))  # type: ignore[no-any-return]


def accepted(worked: rashomon.Study) -> list[Any]:
    statements = worked.data.statements
    return statements.rows(worked.data.open_rows("statements"))


def test_the_study_is_as_large_as_its_task(worked: rashomon.Study) -> None:
    declared, rows = worked.data.declared, accepted(worked)
    assert len(declared.actors) >= 60
    assert {side.id for side in declared.sides} == {"japan", "ussr", "usa", "china", "south-korea", "g7"}
    assert len(rows) >= 250
    assert sum(row.path.depth > 1 for row in rows) >= 80
    assert any(row.path.depth == 3 for row in rows)
    assert sum(bool(row.reads) for row in rows) >= 20
    assert len(worked.data.moves) >= 90
    assert "omits" in worked.data.moves.kind.values
    assert len(declared.hypotheses) >= 14
    assert all(h.test and (h.supports or h.checks) for h in declared.hypotheses)
    packages = set(worked.data.packages.id)
    assert {"p-declaration-1956", "p-joint-statement-1973", "p-eight-points-1990", "p-seven-points-1990", "p-26bn-1991",
            "p-declaration-1991", "p-tokyo-1993", "p-krasnoyarsk-1997"} <= packages  # fmt: skip


def test_every_record_has_a_place_in_its_source_and_both_codings_are_kept(worked: rashomon.Study) -> None:
    assert all(row.locator for row in accepted(worked))
    coders = Counter(row.coder for row in worked.data.statements)
    assert set(coders) == {"adjudicated", "editor", "reader-a", "reader-b"}
    assert coders["editor"] == 1  # the claim of 1997–98 that neither reader had
    assert all(n > 400 for coder, n in coders.items() if coder != "editor")


@pytest.mark.parametrize(
    ("poll", "share", "relation", "answer"),
    [
        ("q-1988-borders-ussr", 2.5, "=", "unjust"),
        ("q-1988-borders-japan", 72, "=", "unjust"),
        ("q-1984-japan-regime", 30, "=", "totalitarian-regime"),
    ],
)
def test_figures_of_the_chapters_come_out_as_printed(
    measured: dict[str, Any], poll: str, share: float, relation: str, answer: str
) -> None:
    (row,) = [one for one in measured["polls"] if one["id"] == poll]
    assert (row["share"], row["relation"], row["answer"]) == (share, relation, answer)
    assert row["locator"].startswith("ch. ")


def test_the_other_printed_figures(measured: dict[str, Any]) -> None:
    chapters = {"verbitsky-2000", "hasegawa-2000", "rozman-2000"}
    shares = {(row["share"], row["relation"]) for row in measured["polls"] if row["source"] in chapters}
    exact = {2.5, 72, 97.9, 20.7, 13, 37, 11, 12, 60, 30, 15}
    assert {(value, "=") for value in exact} <= shares
    assert {(30, ">"), (50, ">"), (37, ">")} <= shares
    late_1992 = [row for row in measured["polls"] if row["fielded"] == "late 1992" and row["source"] == "rozman-2000"]
    assert sorted(row["share"] for row in late_1992) == [11, 12, 72]


def test_what_pravda_withheld_is_said(measured: dict[str, Any]) -> None:
    for poll in ("q-1988-borders-ussr", "q-1988-borders-japan"):
        (row,) = [one for one in measured["polls"] if one["id"] == poll]
        assert any(kept["audience"] == "soviet-public" for kept in row["withheld"]), row["withheld"]


def test_the_two_peace_loving_figures_of_1988_are_suspect(measured: dict[str, Any]) -> None:
    suspects = [row for row in measured["figures"] if row["kind"] == "suspect"]
    assert any(set(row["polls"]) == {"q-1988-not-peace-loving-ussr", "q-1988-peace-loving-ussr"} for row in suspects)


def test_no_hypothesis_is_borne_out_on_its_authors_word(worked: rashomon.Study, measured: dict[str, Any]) -> None:
    verdicts = Counter(row["verdict"] for row in measured["hypotheses"])
    assert set(verdicts) <= {"borne out", "contradicted", "undetermined", "restated by its author"}
    assert verdicts["restated by its author"] >= 1
    for row in measured["hypotheses"]:
        assert row["because"]
        if row["verdict"] == "borne out":
            assert row["independent_voices"] >= 1


def test_as_of_shows_some_misperceptions_and_fewer_than_hindsight(
    worked: rashomon.Study, measured: dict[str, Any]
) -> None:
    then = worked.as_of("1989-06-01").measure()
    count = sum(row.verdict == "contradicted" for row in then.misperceptions.rows)
    hindsight = sum(row["verdict"] == "contradicted" for row in measured["misperceptions"])
    assert 0 < count < hindsight
    left_out = dict(then.left_out)
    assert left_out["statements"] > 0
    assert not any(measured["left_out"].values())


def test_the_ledger_has_what_a_reader_needs(measured: dict[str, Any]) -> None:
    needed = {"holder", "about", "topic", "when", "believed", "held", "verdict", "strength", "voices", "knowable_since",
              "statements", "evidence"}  # fmt: skip
    words = {"borne out", "contradicted", "claimed in public only", "undetermined"}
    for row in measured["misperceptions"]:
        assert needed <= set(row)
        assert row["verdict"] in words
        assert row["statements"]
        assert row["verdict"] in ("undetermined", "claimed in public only") or row["evidence"]


def test_the_json_of_measure_has_every_measure(kuril: Path) -> None:
    done = CliRunner().invoke(cli, ["measure", str(kuril), "--as-of", "1989-06-01", "--json"])
    assert done.exit_code == 0, done.output
    envelope = json.loads(done.stdout)
    assert (envelope["ok"], envelope["command"]) == (True, "measure")
    assert {"levels", "asymmetries", "coorientation", "misperceptions", "signals", "policies", "persistence", "lead_lag",
            "polls", "figures", "coverage", "hypotheses", "left_out"} <= set(envelope["result"])  # fmt: skip


def test_estimates_have_one_shape(measured: dict[str, Any]) -> None:
    shape = {"estimate", "low", "high", "level", "n", "voices"}
    for row in measured["asymmetries"]:
        assert set(row["difference"]) == shape
        if row["difference"]["voices"] < 2:
            assert row["difference"]["low"] is None
    for row in measured["levels"]:
        assert row["drawn"] == bool(row["years"])
        assert row["drawn"] or row["because"]


def test_nothing_of_the_book_is_copied(kuril: Path, shared: Path) -> None:
    words = re.findall(
        r"[a-z0-9'’-]+", (shared / "sources" / "japan-russia-perceptions.txt").read_text("utf-8").lower()
    )
    runs = {" ".join(words[i : i + 7]) for i in range(len(words) - 6)}
    for path in sorted(kuril.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                own = re.findall(r"[a-z0-9'’-]+", f"{row.get('note', '')} {row.get('title', '')}".lower())
                copied = [run for i in range(len(own) - 6) if (run := " ".join(own[i : i + 7])) in runs]
                assert not copied, (path.name, copied)


def test_the_call_of_denver_was_answered_at_krasnoyarsk(worked: rashomon.Study) -> None:
    # chapter 3, on the improved relations of 1997: yearly summits were agreed on, the first of them in Russia that autumn
    call = next(one for one in worked.catchball(draws=2, permutations=9).calls if one.record == "m-denver-1997")
    assert (call.end, call.by, call.inferred) == ("answered", "m-krasnoyarsk-1997", False)
