"""Agreement of DNA as a whole number: in as levels, measured as DNA does, and out again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.studies import DECLARED, write_study

from rashomon.exchanging.dna_in import import_dna
from rashomon.exchanging.dna_levels import ALL, Ends, ends_of, ends_told, position_of, positions_of
from rashomon.exchanging.dna_out import KIND, export_dna, project_of
from rashomon.exchanging.dna_projects import DnaDocument, DnaProject, DnaStatement
from rashomon.exchanging.dna_tables import KINDS
from rashomon.exchanging.dna_writing import write_dna
from rashomon.study import open_study

GRADED = {**KINDS[KIND], "agreement": "integer"}
NAMES = ["Ann", "Boris", "Chie"]
WHOLE = st.integers(-5, 5) | st.integers(-(2**31), 2**31 - 1)
Line = tuple[str, str, str, str, int]
"""Type, person, organization, concept, agreement."""


def project(*lines: Line, **kinds: dict[str, str]) -> DnaProject:
    """One document, and a statement for each line, on a letter of its own; other variables are 0 or blank."""
    text = "x" * max(len(lines), 1)
    statements = tuple(
        DnaStatement(n + 1, kind, 0, n, n + 1, "Admin",
                     {"person": person, "organization": group, "concept": concept,
                      "agreement": bool(level) if {**KINDS, **kinds}[kind]["agreement"] == "boolean" else level})
        for n, (kind, person, group, concept, level) in enumerate(lines)
    )  # fmt: skip
    entities: dict[tuple[str, str], dict[str, dict[str, str]]] = {}
    for kind, *values, _ in lines:
        for name, value in zip(("person", "organization", "concept"), values, strict=True):
            entities.setdefault((kind, name), {}).update({value: {}} if value else {})
    return DnaProject((DnaDocument("Speech", text, 0),), statements, {**KINDS, **kinds}, entities)


def imported(folder: Path, made: DnaProject) -> tuple[Path, list[str]]:
    """The study that a database makes, and what was told."""
    write_dna(made, folder / "a.dna", "secret")
    return folder / "study", list(map(str, import_dna(folder / "a.dna", folder / "study").losses))


def told(one: DnaProject) -> list[object]:
    return [
        (each.values["person"] or each.values["organization"], each.values["concept"], each.values["agreement"])
        for each in one.statements
    ]


@given(
    st.lists(
        st.tuples(st.sampled_from(["Likert", KIND]), st.sampled_from(NAMES), st.just(""), st.sampled_from(NAMES), WHOLE),
        max_size=8,
    )
)
@example([("Likert", "Ann", "", "Ann", -(2**31)), (KIND, "Ann", "", "Ann", 0)])
def test_whole_numbers_come_in_and_go_out_as_they_were(tmp_path_factory: pytest.TempPathFactory, lines: list[Line]) -> None:
    folder, made = tmp_path_factory.mktemp("dna"), project(*lines, Likert=GRADED)
    root, _ = imported(folder, made)
    again, _ = project_of(open_study(root))
    assert told(again) == told(made)
    export_dna(open_study(root), folder / "b.dna", "secret")
    import_dna(folder / "b.dna", folder / "back")
    first, second = (open_study(one).declared.issues for one in (root, folder / "back"))
    spoken = {line[3] for line in lines}
    assert sorted((one.name, *sorted(one.levels.values())) for one in second) == sorted(
        (one.name, *sorted(one.levels.values())) for one in first if one.name in spoken
    )  # the scale comes back as it was, for an export tells its ends
    third, _ = project_of(open_study(folder / "back"))
    assert told(third) == told(made)


@pytest.mark.parametrize(
    ("numbers", "ends"),
    [([-1, 3], (-3, 3)), ([1, 5, 3], (1, 5)), ([-4, -2], (-4, 4)), ([0], (0, 0)), ([], (0, 0)), ([2], (2, 2))],
)
def test_the_scale_of_numbers_reaches_as_far_above_zero_as_below(numbers: list[int], ends: tuple[int, int]) -> None:
    assert ends_of(numbers) == ends
    assert ends_of(numbers, Ends(-9, 9)) == (-9, 9)
    assert ends_of([*numbers, 10], Ends(-9, 9)) != (-9, 9)  # somebody coded beyond the scale that was told
    levels = [one["level"] for one in positions_of(Ends(*ends), numbers)]
    assert levels == list(range(ends[0], ends[1] + 1))


def test_of_a_long_scale_levels_that_occur_and_its_ends_are_declared() -> None:
    assert [one["level"] for one in positions_of(Ends(-200, 200), [12, -5])] == [-200, -5, 12, 200]
    assert len(positions_of(Ends(0, ALL - 1), [])) == ALL
    assert [position_of(one) for one in (-2, 0, 12)] == ["minus-2", "0", "12"]


def test_a_label_tells_the_ends_of_its_scale() -> None:
    assert ends_told(Ends(-3, 3).label) == (-3, 3)
    assert ends_told(Ends(3, -3).label) is None
    assert ends_told("Likert") is None


def test_types_of_both_kinds_and_other_qualifiers_come_apart(tmp_path: Path) -> None:
    likert = {**GRADED, "salience": "integer", "sure": "boolean"}
    made = project((KIND, "Ann", "", "Border", 0), ("Likert", "Boris", "", "Border", 2), ("Likert", "Ann", "", "Border", -1),
                   Likert=likert)  # fmt: skip
    second = replace(made.statements[1], values={**made.statements[1].values, "salience": 7, "sure": False})
    root, losses = imported(tmp_path, replace(made, statements=(made.statements[0], second, made.statements[2])))
    study = open_study(root)
    assert [(one.topic.issue, one.stance.value) for one in study.statements.rows()] == [
        ("border", "disagree"), ("border-2", "2"), ("border-2", "minus-1"),
    ]  # fmt: skip
    assert study.statements.note[1] == "sure: False; salience: 7"
    assert list(study.issue("border-2").levels.values()) == [-2, -1, 0, 1, 2]
    assert study.issue("border-2").ordered
    assert (
        "type Likert: agreement from -1 to 2: DNA does not say how far its scale reaches: taken for -2 to 2; "
        "correct the levels in study.toml"
    ) in losses


def test_what_levels_lose_on_their_way_to_dna_is_told(tmp_path: Path) -> None:
    named = [("against", "Against", -1), ("neither", "0", 0), ("for", "1", 1)]
    positions = ", ".join(f'{{ id = "{one}", name = "{name}", level = {level} }}' for one, name, level in named)
    declared = DECLARED + f'\n[[issue]]\nid = "deal"\nname = "Deal"\nordered = true\npositions = [{positions}]\n'
    base = {"path": "north-leader", "topic": "deal", "stance": "for"}
    other = {**base, "topic": "border", "stance": "keep"}
    rows = [{"id": "a", **base}, {"id": "b", **base, "modality": "rejects"}, {"id": "c", **other}]
    made, losses = project_of(open_study(write_study(tmp_path, declared, statements=rows)))
    assert [(one.kind, one.values["agreement"]) for one in made.statements] == [(Ends(-1, 1).label, 1), (KIND, True)]
    said = list(map(str, losses))
    assert "issue deal: names of its levels: Against: DNA has numbers alone" in said
    assert any("b, north-leader: deal = for: rejects says of no level of agreement that it is held" in one for one in said)
