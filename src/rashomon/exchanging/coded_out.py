"""From a study to coded texts: each statement a passage that bears the codes of its actors, its verbs and its stance.

The row itself stands in the passage's description, study.toml in the project's, and the other tables in notes on the whole: so a
study comes back as it was. Other programs show these as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Final

from rashomon.exchanging.cells import plain, rows_beside, rows_of, text_of
from rashomon.exchanging.composing import COMPOSED, Composer
from rashomon.exchanging.corpora import Code, CodedText, Corpus, Mark
from rashomon.exchanging.losing import Loss, Moved
from rashomon.exchanging.refi_writing import guid, write_codebook, write_project
from rashomon.study import TABLES, VERBS, Statement, StudyData
from rashomon.study.declaring import FILE
from rashomon.study.toml_writing import toml_table
from rashomon.texts import counted

FOLDERS: Final = ("Issues", "Qualities", "Actors", "Verbs")
"""Codes at the top, which only hold others together."""
ROW: Final = "# a row of statements.csv"
"""The first line of a passage's description."""
STUDY: Final = "# study.toml"
"""The first line of a project's description."""


def export_qdc(study: StudyData, file: Path, _: str = "") -> Moved:
    """Write what a study declares as a codebook of REFI-QDA. R003 where the file is there."""
    codes = list(codes_of(study))
    write_codebook(codes, file)
    lost = (
        Loss("statements.csv", counted(len(study.statements), "rows"), "a codebook has no passages; export qdpx"),
        Loss("study.toml", "places, orders, dates and all but names and descriptions", "a code has no place for them"),
    )
    beside = rows_beside(study, "texts that bear codes have no place for them")
    return Moved("qdc", str(file), {"codes": len(codes)}, (*lost, *beside))


def export_qdpx(study: StudyData, file: Path, _: str = "") -> Moved:
    """Write a study as a project of REFI-QDA, with the texts of its sources. R003 where the file is there."""
    corpus, losses = corpus_of(study)
    write_project(corpus, file)
    counts = {"texts": len(corpus.texts), "codes": len(corpus.codes), "passages": len(corpus.marks)}
    return Moved("qdpx", str(file), counts, losses)


def folder(name: str) -> str:
    """The GUID of a code at the top, the same in every project."""
    return guid("folder", name)


def text_key(source: str) -> str:
    """The GUID of a source's text."""
    return guid("text", source)


def codes_of(study: StudyData) -> Iterator[Code]:
    """The codes of a study: issues and their positions, qualities and their words, sides and their actors, verbs.

    No two have one name, for there are programs that take but one of them: a name that was given says below what it stands.
    """
    given: set[str] = set()
    names: dict[str, str] = {}  # key → the name of the thing itself
    for code in _codes_of(study):
        names[code.key] = code.name
        name = told_apart(code.name, names.get(code.parent, "")) if code.name in given else code.name
        tries = count(2)
        unique = name
        while unique in given:
            unique = f"{name} {next(tries)}"
        given.add(unique)
        yield replace(code, name=unique)


def told_apart(name: str, above: str) -> str:
    """A code's name with that of the code above it."""
    return f"{name} ({above})"


def _codes_of(study: StudyData) -> Iterator[Code]:
    declared = study.declared
    yield from (Code(folder(name), name, codable=False) for name in FOLDERS)
    for issue in declared.issues:
        yield Code(guid("issue", issue.id), issue.name, folder("Issues"), issue.description)
        yield from (Code(guid("issue", issue.id, one.id), one.name, guid("issue", issue.id)) for one in issue.positions)
    for quality in declared.qualities:
        yield Code(guid("quality", quality.id), quality.name, folder("Qualities"), quality.description)
        yield from (
            Code(guid("quality", quality.id, word), word, guid("quality", quality.id)) for word in quality.intervals
        )
    for side in declared.sides:
        yield Code(guid("actor", side.id), side.name, folder("Actors"))
    for actor in declared.actors:
        yield Code(guid("actor", actor.id), actor.name, guid("actor", actor.side))
    for verb in VERBS:
        yield from (Code(guid("verb", one), one, folder("Verbs")) for one in (verb, f"not {verb}"))


def corpus_of(study: StudyData) -> tuple[Corpus, tuple[Loss, ...]]:
    """The coded texts that a study makes, and what of it has no place in them."""
    return _Coded(study).corpus()


class _Coded:
    def __init__(self, study: StudyData) -> None:
        self.study = study
        self.composer = Composer()
        self.codes = tuple(codes_of(study))
        self.known = {one.key for one in self.codes}
        self.texts = {source.id: text_of(study, source) for source in study.declared.sources}
        self.places: dict[tuple[str, bool], int] = {}
        self.marks: list[Mark] = []
        self.losses: list[Loss] = []

    def corpus(self) -> tuple[Corpus, tuple[Loss, ...]]:
        for source, text in self.texts.items():
            if text:
                self.places[source, False] = len(self.places)
        for one, cells in zip(self.study.statements.rows(), rows_of(self.study, "statements"), strict=True):
            self.mark(one, cells)
        texts = tuple(self.text(source, composed) for source, composed in self.places)
        users = tuple(dict.fromkeys(user for one in self.marks for user in one.coding.values() if user))
        declared = (self.study.root / FILE).read_bytes().decode("utf-8-sig")
        title = self.study.declared.study.title
        notes = dict(self.files())
        corpus = Corpus(title, self.codes, texts, tuple(self.marks), f"{STUDY}\n{declared}", users, notes)
        self.losses += [
            Loss(name, "its rows", "they stand as a note on the project, which other programs show as text")
            for name in notes
        ]
        return corpus, tuple(self.losses)

    def files(self) -> Iterator[tuple[str, str]]:
        """The other tables, and the texts that texts.csv names, as they stand: name → text."""
        tables = [spec.file for spec in TABLES.values() if spec.name != "statements"]
        for name in dict.fromkeys((*tables, *self.study.texts.file.values)):
            text = plain(self.study, name)
            if text:
                yield name, text
            elif name and (self.study.root / name).is_file():
                self.losses.append(Loss(name, "its words", "it is no plain text in UTF-8, and stays in the study"))

    def text(self, source: str, composed: bool) -> CodedText:
        name = self.study.source(source).title
        text = self.composer.text(source) if composed else self.texts[source]
        return CodedText(
            guid("composed", source) if composed else text_key(source), name, text, COMPOSED if composed else ""
        )

    def mark(self, one: Statement, cells: Mapping[str, str]) -> None:
        quote = cells.get("quote", "")
        start = self.texts[one.source].find(quote) if quote else -1
        composed = start < 0
        number = self.places.setdefault((one.source, composed), len(self.places))
        if composed:
            start, end = self.composer.add(one.source, one, quote)
            self.losses.append(
                Loss(f"statement {one.id}", "its place", "its quote is not in a text; it stands in a composed one")
            )
        else:
            end = start + len(quote)
        coding = dict.fromkeys(self.coding(one), one.coder)
        described = "\n".join(toml_table(f"{ROW}, line {one.line}", cells))
        self.marks.append(Mark(guid("statement", one.id), number, start, end, coding, described, one.note))

    def coding(self, one: Statement) -> Iterator[str]:
        topic, stance = one.topic, one.stance.value
        kind, name = ("issue", topic.issue) if topic.kind == "issue" else ("quality", topic.quality)
        if name:
            exact = guid(kind, name, stance)
            yield exact if exact in self.known else guid(kind, name)
        targets = (topic.target,) if topic.target else ()
        yield from (guid("actor", actor) for actor in (*one.path.actors, *targets))
        yield from (guid("verb", str(verb)) for verb in one.path.verbs)
