"""DNA: what a database holds comes back as it was, and a study's statements come back as they were."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.studies import write_study

from rashomon.cli import cli
from rashomon.errors import RashomonError
from rashomon.exchanging.dna_in import draft_of_dna, import_dna
from rashomon.exchanging.dna_out import KIND, export_dna, project_of
from rashomon.exchanging.dna_projects import DnaDocument, DnaProject, DnaStatement, Units, as_shown
from rashomon.exchanging.dna_reading import read_dna
from rashomon.exchanging.dna_tables import KINDS, TABLES
from rashomon.exchanging.dna_writing import write_dna
from rashomon.exchanging.jasypt import is_password, password_hash
from rashomon.study import open_study

TEXT = "The border must stay where it is. 😀 The islands are ours.\nHe said no more."


def a_project() -> DnaProject:
    people = {"Anna Berg": {"Type": "Government", "Alias": "Berg; The Premier"}, "Без имени": {}}
    groups = {"Ministry": {"Type": "Government", "Notes": "large"}, "Union": {"child of": "Ministry"}}
    concepts = {"The border should stay": {"Notes": "where it is"}, "領土": {}}

    def said(
        number: int, start: int, stop: int, coder: str, who: tuple[str, str], what: str, agrees: bool
    ) -> DnaStatement:
        person, group = who
        values = {"person": person, "organization": group, "concept": what, "agreement": agrees}
        return DnaStatement(number, KIND, 0, start, stop, coder, values)

    statements = (
        said(1, 0, 33, "Coder 1", ("Anna Berg", "Ministry"), "The border should stay", True),
        said(2, 34, 57, "Admin", ("Без имени", ""), "領土", False),
        said(5, 36, 39, "Coder 1", ("", "Union"), "領土", True),
        said(6, 0, 3, "Coder 1", ("", ""), "領土", True),
        DnaStatement(7, "Annotation", 1, 0, 4, "Admin", {"note": "Check this."}),
    )
    documents = (DnaDocument("Speech", TEXT, 7 * 86400 * 52 * 20, "Berg, Anna", "Gazette", "p. 3", "seen", "speech"),
                 DnaDocument("Other", "Text", -86400 * 366))  # fmt: skip
    entities = {(KIND, "person"): people, (KIND, "organization"): groups, (KIND, "concept"): concepts}
    return DnaProject(documents, statements, KINDS, entities)


def written(folder: Path, project: DnaProject) -> Path:
    write_dna(project, folder / "a.dna", "secret")
    return folder / "a.dna"


def cells(root: Path) -> list[dict[str, str]]:
    with (root / "statements.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_password_that_dna_itself_stored_is_known() -> None:
    # the hash of the coder Admin in DNA's own sample.dna, whose password its help pages give as "sample"
    stored = "t7STqOHxpl+RXxRUgjsEno+e/38banaYjANbdYQ1geGfH6Xlc2roWgYrPbpCeg5M"
    assert is_password("sample", stored)
    assert not is_password("Sample", stored)
    assert is_password("geheim", password_hash("geheim"))
    assert not is_password("geheim", "no hash")


def test_a_database_has_dnas_tables_coders_and_version(tmp_path: Path) -> None:
    with closing(sqlite3.connect(written(tmp_path, a_project()))) as base:
        names = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert names == set(TABLES)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        settings = dict(base.execute("SELECT Property, Value FROM SETTINGS"))
        assert settings["version"].startswith("3.0")  # what DNA asks of a database before it opens it
        coders = base.execute("SELECT ID, Name, Password FROM CODERS ORDER BY ID").fetchall()
        assert [(key, name) for key, name, _ in coders] == [(1, "Admin"), (2, "Coder 1")]
        assert all(is_password("secret", hashed) for _, _, hashed in coders)
        # places are counted as Java counts them, in units of 16 bits: the face before "The islands" is two of them
        assert base.execute("SELECT Start, Stop FROM STATEMENTS WHERE ID = 5").fetchone() == (37, 40)
        per_statement = base.execute("SELECT count(*) FROM DATASHORTTEXT WHERE StatementId = 5").fetchone()
        assert per_statement == (3,)  # DNA expects a value for each variable, the blank entity where nobody is named


SHORT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)
NAMES = SHORT.filter(bool)


@st.composite
def projects(draw: st.DrawFn) -> DnaProject:
    documents = draw(
        st.lists(
            st.builds(DnaDocument, SHORT, NAMES.map(as_shown), st.integers(-(2**33), 2**37), *[SHORT] * 5),
            min_size=1,
            max_size=3,
        )
    )
    kinds: dict[str, dict[str, str]] = {
        **KINDS,
        "Own": {"n": "integer", "b": "boolean", "s": "short text", "l": "long text"},
    }
    attributes = st.dictionaries(st.sampled_from(["Type", "Alias", "Notes"]), NAMES)
    entities = {
        (label, name): draw(st.dictionaries(NAMES, attributes, min_size=1, max_size=3))
        for label, variables in kinds.items()
        for name, data in variables.items()
        if data == "short text"
    }
    values = {"boolean": st.booleans(), "integer": st.integers(-(2**62), 2**62), "long text": SHORT}
    statements = []
    for number in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(documents) - 1))
        start = draw(st.integers(0, len(documents[place].text) - 1))
        stop = draw(st.integers(start + 1, len(documents[place].text)))
        label = draw(st.sampled_from(sorted(kinds)))
        given_values = {
            name: draw(st.sampled_from(["", *entities[label, name]]) if data == "short text" else values[data])
            for name, data in kinds[label].items()
        }
        coder = draw(st.sampled_from(["Admin", "Coder 1", "Второй"]))
        statements.append(DnaStatement(number + 1, label, place, start, stop, coder, given_values))
    return DnaProject(tuple(documents), tuple(statements), kinds, entities)


@given(projects())
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, project: DnaProject) -> None:
    found = read_dna(written(tmp_path_factory.mktemp("dna"), project))
    assert replace(found, beside={}) == project


@given(projects())
def test_a_study_made_of_a_database_gives_its_statements_back(
    tmp_path_factory: pytest.TempPathFactory, project: DnaProject
) -> None:
    folder = tmp_path_factory.mktemp("dna")
    import_dna(written(folder, project), folder / "study")
    again, _ = project_of(open_study(folder / "study"))

    def told(one: DnaProject) -> list[object]:
        return [
            (
                one.documents[each.document].text[each.start : each.stop], each.coder,
                each.values["person"] if each.values.get("person") else each.values["organization"],
                each.values["concept"], each.values["agreement"],
            )
            for each in one.statements
            if each.kind == KIND and each.values["concept"] and (each.values.get("person") or each.values["organization"])
        ]  # fmt: skip

    assert told(project) == told(again)


def test_units_and_points_are_each_others_inverse() -> None:
    text = "a😀b😀😀c"
    units = Units(text)
    assert [units.of_point(point) for point in range(7)] == [0, 1, 3, 4, 6, 8, 9]
    assert [units.of_point(point) for point in range(7)] == [
        len(text[:point].encode("utf-16-le")) // 2 for point in range(7)
    ]
    assert [units.point(units.of_point(point)) for point in range(7)] == list(range(7))
    assert [units.point(unit) for unit in (2, 5, 7)] == [1, 3, 4]


def test_places_are_those_of_the_pane_in_which_dna_shows_a_text(tmp_path: Path) -> None:
    # DNA 3.0.11.5 kept "\r\n" in DOCUMENTS and placed the statement on the third line at 37 to 56; by the text it keeps it is 39
    path = written(tmp_path, a_project())
    kept = "First line.\r\nThe \U0001f600 islands are ours.\r\nThird line says no.\r\n"
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("UPDATE DOCUMENTS SET Text = ? WHERE ID = 1", (kept,))
        base.execute("UPDATE STATEMENTS SET Start = 37, Stop = 56 WHERE ID = 2")
    import_dna(path, tmp_path / "study")
    study = open_study(tmp_path / "study")
    assert study.statements.quote[1] == "Third line says no."
    assert (tmp_path / "study" / "sources" / "speech.txt").read_bytes().decode() == kept.replace("\r", "")


def test_a_statement_beyond_its_document_comes_without_words(tmp_path: Path) -> None:
    path = written(tmp_path, a_project())
    spoil("UPDATE STATEMENTS SET Stop = 100000 WHERE ID = 2")(path)
    moved = import_dna(path, tmp_path / "study")
    first, second, _ = cells(tmp_path / "study")
    assert (first["quote"] != "", second["quote"], second["locator"], second["stance"]) == (True, "", "", "disagree")
    assert "statement 2: its words: it stands beyond the end of its document" in map(str, moved.losses)


def test_what_dna_does_not_keep_apart_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, a_project())
    spoil(
        "UPDATE ENTITIES SET Red = 9 WHERE Value = 'Ministry'; UPDATE DOCUMENTS SET Coder = 2 WHERE ID = 2; "
        "INSERT INTO CODERS (ID, Name, Password) VALUES (9, 'Idle', 'x'); "
        "INSERT INTO STATEMENTTYPES (ID, Label) VALUES (9, 'Likert'); "
        "INSERT INTO VARIABLES (ID, Variable, DataType, StatementTypeId) VALUES "
        "(91, 'person', 'short text', 9), (92, 'concept', 'short text', 9), (93, 'agreement', 'short text', 9); "
        "INSERT INTO STATEMENTS VALUES (9, 9, 2, 0, 4, 1)"
    )(path)
    told = [str(one) for one in import_dna(path, tmp_path / "study").losses]
    assert "statement 9: Likert on 'Text': : its agreement is short text, not boolean or integer, and was left out" in told
    assert told[-4:] == [
        "database: 2 coders' permissions: a study has no place for them",
        "database: 1 coders who coded nothing: a study has no place for them",
        "database: 1 names of who entered a document: a study has no place for them",
        "database: 1 colours of entities: a study has no place for them",
    ]


def test_from_dna(tmp_path: Path) -> None:
    moved = import_dna(written(tmp_path, a_project()), tmp_path / "study")
    assert dict(moved.counts) == {"sources": 2, "actors": 4, "issues": 2, "statements": 3}
    study = open_study(tmp_path / "study")
    first, second, third = study.statements.rows()
    assert (first.path.actors, str(first.path.verb), first.stance.text) == (("anna-berg",), "asserts", "agree")
    assert (first.quote, first.coder, first.basis) == ("The border must stay where it is.", "Coder 1", "words")
    assert (second.path.actors, second.stance.value) == (("bez-imeni",), "disagree")
    assert second.quote == "😀 The islands are ours."
    assert (third.path.actors, third.quote) == (("union",), "The")
    assert study.actor("anna-berg").roles[0].member_of == "ministry"
    assert study.actor("anna-berg").layer == "government"
    assert study.actor("anna-berg").aliases == ("Berg", "The Premier")
    assert (study.source("speech").authors, study.source("speech").container) == (("Berg, Anna",), "Gazette")
    assert (tmp_path / "study" / "sources" / "speech.txt").read_bytes().decode() == TEXT
    told = [str(one) for one in moved.losses]
    assert told == [
        "document 1: section p. 3: a source has no place for it",
        "document 1: notes seen: a source has no place for it",
        "all actors: sides: DNA has none: sort the actors in study.toml",
        "attribute Type: 1 types: they are the layers, in no order: order them in study.toml",
        "organization Ministry: Notes large: an actor or an issue has no place for it",
        "organization Union: child of Ministry: an actor or an issue has no place for it",
        "statement 6: The: it names no person and no organization, and was left out",
        "statement 7: Annotation on 'Text': note: Check this.: its type has no concept, and was left out",
        "database: 2 coders' permissions: a study has no place for them",
    ]


def test_words_longer_than_a_cell_are_cut_and_told(tmp_path: Path) -> None:
    project = a_project()
    long = DnaDocument("Long", '"é,\n' * 40_000, 0)
    statement = replace(project.statements[0], start=0, stop=len(long.text))
    path = written(tmp_path, replace(project, documents=(long,), statements=(statement,)))
    moved = import_dna(path, tmp_path / "study")
    (quote,) = open_study(tmp_path / "study").statements.quote
    assert quote == long.text[: 1 << 17]
    assert "statement 1: quote of 160,000 letters: a cell holds less; its beginning was kept" in map(str, moved.losses)


STATED = [
    {"id": "s1", "path": "north-leader", "modality": "demands", "topic": "border", "stance": "keep", "when": "1986/1987",
     "note": "Keeps it.", "coder": "Ann", "certainty": "0.8", "stage": "public", "about": "1999", "root": "history"},
    {"id": "s2", "path": "south-ministry", "modality": "rejects", "topic": "border", "stance": "move", "when": "1999",
     "quote": "Never!", "source": "text"},
    {"id": "s3", "path": "north-leader > south-ministry", "topic": "border", "stance": "keep"},
    {"id": "s4", "path": "north-leader", "topic": "south:peaceful", "stance": "positive"},
    {"id": "s5", "path": "north", "modality": "not wants", "topic": "border", "stance": "share", "quote": "Not in the text",
     "source": "text", "given": "border=keep"},
    {"id": "s6", "path": "north", "modality": "fears", "topic": "border", "stance": "share"},
    {"id": "s7", "path": "north", "topic": "border", "stance": "share", "status": "proposed"},
]  # fmt: skip


@pytest.fixture
def study(tmp_path: Path) -> Path:
    from tests.studies import DECLARED

    text = (
        '\n[[source]]\nid = "text"\ntitle = "A text"\npublished = "1999"\nkind = "speech"\nfile = "sources/text.txt"\n'
    )
    root = write_study(tmp_path / "mine", DECLARED + text, statements=STATED)
    (root / "sources").mkdir()
    (root / "sources" / "text.txt").write_text("They said: Never!", encoding="utf-8")
    return root


def test_to_dna_and_back(study: Path, tmp_path: Path) -> None:
    moved = export_dna(open_study(study), tmp_path / "mine.dna", "secret")
    assert dict(moved.counts) == {"documents": 3, "statements": 3}
    project = read_dna(tmp_path / "mine.dna")
    first, second, _ = project.statements
    assert first.values["organization"] == "Government of the North"
    assert (first.values["person"], first.values["concept"]) == ("Leader of the North", "The border: Keep it")
    assert project.documents[second.document].text[second.start : second.stop] == "Never!"
    assert [one.values["agreement"] for one in project.statements] == [True, False, False]
    told = "\n".join(map(str, moved.losses))
    assert (
        "s3, north-leader > south-ministry: border = keep: DNA has no views of another's views, and was left out"
        in told
    )
    assert "s4, north-leader: south:peaceful = positive: DNA has no such topics, and was left out" in told
    assert "s6, north: border = share: fears neither agrees nor disagrees, and was left out" in told
    assert "s7, north: border = share: it is proposed, and was left out" in told
    assert "statement s5: given border=keep: DNA has nothing that it could name" in told
    import_dna(tmp_path / "mine.dna", tmp_path / "back")
    for before, after in zip((STATED[0], STATED[1], STATED[4]), cells(tmp_path / "back"), strict=True):
        kept = ("id", "when", "note", "certainty", "stage", "about", "root", "quote", "modality", "locator")
        filled = {"when": "1986", "locator": "p. 1", **before}
        assert {key: after.get(key, "") for key in kept} == {key: filled.get(key, "") for key in kept}
    back = open_study(tmp_path / "back")
    assert {one.name for one in back.declared.sides} >= {"North", "South"}
    used = {"text", "book"}
    assert {one.id: one.title for one in back.declared.sources} == {
        one.id: one.title for one in open_study(study).declared.sources if one.id in used
    }
    assert back.source("text").file == ("sources/text.txt",)


def test_what_is_added_in_dna_comes_with_it(study: Path, tmp_path: Path) -> None:
    export_dna(open_study(study), tmp_path / "mine.dna", "secret")
    spoil(
        "INSERT INTO VARIABLES (ID, Variable, DataType, StatementTypeId) VALUES (99, 'salience', 'integer', 1); "
        "INSERT INTO DATAINTEGER (StatementId, VariableId, Value) VALUES (1, 99, 3); "
        "INSERT INTO STATEMENTS SELECT 77, StatementTypeId, DocumentId, Start, Stop, Coder FROM STATEMENTS WHERE ID = 2; "
        "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) "
        "SELECT 77, VariableId, Entity FROM DATASHORTTEXT WHERE StatementId = 2; "
        "INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) SELECT 77, VariableId, 1 FROM DATABOOLEAN WHERE StatementId = 2"
    )(tmp_path / "mine.dna")
    import_dna(tmp_path / "mine.dna", tmp_path / "back")
    first, second, _, added = cells(tmp_path / "back")
    assert first["note"] == "Keeps it.; salience: 3"
    assert (added["id"], added["modality"], added["stance"], added["basis"]) == ("dna-77", "asserts", "agree", "words")
    assert (added["quote"], added["source"]) == ("Never!", second["source"])


def test_line_ends_of_a_source_do_not_shift_the_places_of_statements(study: Path, tmp_path: Path) -> None:
    (study / "sources" / "text.txt").write_bytes(b"One.\r\nTwo.\r\nThey said:\rNever!")
    export_dna(open_study(study), tmp_path / "mine.dna", "secret")
    with closing(sqlite3.connect(tmp_path / "mine.dna")) as base:
        text, start, stop = base.execute(
            "SELECT Text, Start, Stop FROM STATEMENTS JOIN DOCUMENTS ON DOCUMENTS.ID = DocumentId WHERE STATEMENTS.ID = 2"
        ).fetchone()
    assert (text[start:stop], text) == ("Never!", "One.\nTwo.\nThey said:\nNever!")


def test_the_worked_study_goes_to_dna_and_back(kuril: Path, tmp_path: Path) -> None:
    there = export_dna(open_study(kuril), tmp_path / "kuril.dna", "secret")
    back = import_dna(tmp_path / "kuril.dna", tmp_path / "back")
    assert there.counts["statements"] == back.counts["statements"] > 200
    found = {one["id"]: one for one in cells(tmp_path / "back")}
    for one in cells(kuril):
        if one["id"] in found:
            same = ("when", "note", "locator", "certainty", "hedge", "extent", "root", "basis", "coder")
            assert {key: one[key] for key in same} == {key: found[one["id"]].get(key, "") for key in same}
    # and there again: who rejects a position is against it each time, and a source is one source
    export_dna(open_study(tmp_path / "back"), tmp_path / "again.dna", "secret")
    first, second = (read_dna(tmp_path / f"{name}.dna") for name in ("kuril", "again"))
    assert [one.values["agreement"] for one in second.statements] == [
        one.values["agreement"] for one in first.statements
    ]
    assert len(second.documents) == len(first.documents)


def spoil(sql: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as base, base:
            base.executescript(sql)

    return change


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda path: path.write_bytes(b"no database"), "R932"),
        (cut, "R932"),
        (spoil("DROP TABLE STATEMENTS"), "R932"),
        (spoil("ALTER TABLE DOCUMENTS RENAME TO X; CREATE VIEW DOCUMENTS AS SELECT * FROM X"), "R932"),
        (spoil("DROP TABLE REGEXES; DROP TABLE CODERS; CREATE VIRTUAL TABLE CODERS USING fts5(ID, Name)"), "R932"),
        (spoil("PRAGMA ignore_check_constraints = ON; UPDATE STATEMENTS SET Stop = 'far'"), "R932"),
        (spoil("UPDATE DOCUMENTS SET Date = 'monday'"), "R932"),
        (spoil("UPDATE DOCUMENTS SET Date = 1 << 60"), "R932"),
        (spoil("UPDATE STATEMENTS SET DocumentId = 77"), "R932"),
        (spoil("UPDATE DATASHORTTEXT SET Entity = 7777"), "R932"),
        (spoil("UPDATE SETTINGS SET Value = '2.0 beta 19' WHERE Property = 'version'"), "R933"),
        (spoil("DELETE FROM SETTINGS WHERE Property = 'version'"), "R933"),
    ],
)
def test_a_broken_or_hostile_database_is_refused_and_leaves_nothing(
    tmp_path: Path, change: Callable[[Path], None], code: str
) -> None:
    path = written(tmp_path, a_project())
    change(path)
    with pytest.raises(RashomonError) as caught:
        import_dna(path, tmp_path / "study")
    assert caught.value.fault.code == code
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.dna"]


def test_other_tables_views_and_triggers_are_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path, a_project())
    before = draft_of_dna(read_dna(path), "a")
    spoil(
        "CREATE TABLE OTHER(x); CREATE VIEW V AS SELECT load_extension('x'); "
        "CREATE TRIGGER T AFTER INSERT ON STATEMENTS BEGIN DELETE FROM DOCUMENTS; END; CREATE VIRTUAL TABLE F USING fts5(x)"
    )(path)
    assert draft_of_dna(read_dna(path), "a").statements == before.statements


def test_the_commands_ask_for_a_password_and_overwrite_nothing(study: Path, tmp_path: Path) -> None:
    def run(*words: object, password: str = "") -> tuple[int, str]:
        done = CliRunner().invoke(cli, list(map(str, words)), env={"RASHOMON_DNA_PASSWORD": password})
        return done.exit_code, done.output

    target = tmp_path / "b.dna"
    status, said = run("export", "dna", study, target)
    assert (status, "R935" in said, target.exists()) == (2, True, False)
    assert run("export", "dna", study, target, password="p")[0] == 0
    status, said = run("export", "dna", study, target, password="p")
    assert (status, "R003" in said) == (2, True)
    assert run("import", "dna", target, tmp_path / "new")[0] == 0
    status, said = run("import", "dna", target, tmp_path / "new")
    assert (status, "R005" in said) == (2, True)
    status, said = run("import", "dnaa", target, tmp_path / "newer")
    assert (status, "R930" in said, "dna" in said) == (2, True, True)
