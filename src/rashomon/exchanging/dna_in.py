"""From DNA: documents become sources, persons and organizations actors, concepts issues, and their statements statements.

DNA records that somebody voices a concept, with or without agreement, in a document of a day (Leifeld 2017). Here that is a
statement of depth one: the person, or the organization where no person is named, asserts a position of an issue, or takes it at
a level of agreement where agreement is a whole number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from rashomon.errors import RashomonError, Where, error
from rashomon.exchanging.composing import COMPOSED
from rashomon.exchanging.dna_levels import Ends, ends_of, ends_told, position_of, positions_of
from rashomon.exchanging.dna_projects import (
    AGREEMENT,
    BOOLEAN,
    CONCEPT,
    INTEGER,
    ORGANISATION,
    PERSON,
    SHORT,
    Datum,
    DnaDocument,
    DnaProject,
    DnaStatement,
)
from rashomon.exchanging.dna_reading import read_dna
from rashomon.exchanging.drafts import Draft
from rashomon.exchanging.losing import Moved, shown
from rashomon.study import OPEN_HI, OPEN_LO, parse_when
from rashomon.study.made_ids import made_id

EXTRA: Final = ("id", "modality", "when", "about", "known", "known_basis", "basis", "via", "hedge", "stage", "extent", "root",
                "certainty", "locator", "note")  # fmt: skip
"""Columns of a statement that an export adds to DNA's own variables, as long texts."""
SIDE: Final = "Side"
"""The attribute in which an export writes an actor's side."""
NAMED: Final = "source: "
"""Before the id of a source, in the first line of the notes that an export writes of a document."""
UNSORTED: Final = "unsorted"
POSITIONS: Final = (("agree", "Agrees"), ("disagree", "Disagrees"))
SHUNS: Final = frozenset({"rejects", "avoids"})
"""Verbs of who is against the position that they are said of."""
_KINDS: Final = {PERSON: "person", ORGANISATION: "organisation"}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def stands_for(modality: str) -> bool:
    """Whether who has this verb for a position is for it; who rejects it, or does not want it, is against."""
    verb = modality.rpartition(">")[2].strip()
    return (verb.removeprefix("not ") in SHUNS) == verb.startswith("not ")


def import_dna(file: Path, root: Path) -> Moved:
    """Make a study of a database of DNA 3, in the new folder ``root``.

    Raises what :func:`~rashomon.exchanging.dna_reading.read_dna` raises, and R005 where the folder holds files.
    """
    draft = draft_of_dna(read_dna(file), file.stem)
    draft.write(root)
    counts = {name: len(draft.declared.get(section, ())) for section, name in
              (("source", "sources"), ("actor", "actors"), ("issue", "issues"))}  # fmt: skip
    return Moved("dna", str(root), {**counts, "statements": len(draft.statements)}, tuple(draft.losses))


def draft_of_dna(project: DnaProject, name: str) -> Draft:
    """The study that a database makes, with what of it has no place."""
    study = {"id": made_id(name), "title": name.strip() or "DNA", "span": _span(project), "format": 1}
    draft = Draft(
        study,
        "Imported from Discourse Network Analyzer. DNA has no sides: sort the actors, and name the layers in order.",
    )
    _Importer(project, draft).run()
    return draft


def _span(project: DnaProject) -> str:
    """The years of the documents and, where we wrote it, of the times of the statements."""
    days = [date.fromisoformat(day_of(one)).toordinal() for one in project.documents]
    if project.ours:
        times = [parse_when(str(one.values["when"])) for one in project.statements if one.values.get("when")]
        days += [day for one in times for day in (one.lo, one.hi) if OPEN_LO < day < OPEN_HI]
    first, last = (date.fromordinal(edge).year for edge in (min(days), max(days))) if days else (date.today().year,) * 2
    return f"{first:04d}/{last:04d}"


def day_of(document: DnaDocument) -> str:
    """The day of a document. R932 where it is beyond the calendar."""
    try:
        return (_EPOCH + timedelta(seconds=document.date)).date().isoformat()
    except OverflowError as problem:
        raise error("R932", "The date of a document is beyond the calendar.", found=f"{document.date} seconds since 1970",
                    allowed="days of the years 1 to 9999", remedy=f"Correct the date of {shown(document.title)!r} in DNA.",
                    where=Where("DOCUMENTS")) from problem  # fmt: skip


class _Importer:
    def __init__(self, project: DnaProject, draft: Draft) -> None:
        self.project, self.draft = project, draft
        self.actors: dict[tuple[str, str], str] = {}
        self.issues: dict[tuple[str, str], str] = {}  # type where its agreement has levels, else "", and concept → id
        self.ends: dict[str, Ends] = {}  # type whose agreement has levels → its scale
        self.numbers: dict[tuple[str, str], set[int]] = {}  # such a type and a concept → levels of its statements
        self.sources: list[str] = []
        self.known: dict[str, dict[str, object]] = {}  # id of a source when it was exported → what is declared of it
        self.wants = {label: _wanting(kinds) for label, kinds in project.kinds.items()}
        self.members: dict[str, dict[str, None]] = {}  # person → the organizations for which it speaks

    def run(self) -> None:
        usable = {label for label, wanting in self.wants.items() if not wanting}
        stated = [one for one in self.project.statements if one.kind in usable]
        self.take_ids(stated)
        for number, document in enumerate(self.project.documents, 1):
            self.source(number, document)
        self.groups(usable)
        self.people(usable, stated)
        self.scales(usable, stated)
        self.concepts({label for label in usable if label not in self.ends}, "")
        for label in self.ends:
            self.concepts({label}, label)
        for one in self.project.statements:
            self.statement(one) if one.kind in usable else self.aside(one)
        self.rest()

    def ours(self, one: DnaStatement) -> bool:
        """Whether an export wrote a statement, and nobody in DNA: it has columns of ours."""
        return self.project.ours and bool(one.values.get("id"))

    def take_ids(self, stated: Iterable[DnaStatement]) -> None:
        self.names = {}
        for one in stated:
            wanted = str(one.values["id"]) if self.ours(one) else ""
            self.names[one.number] = self.draft.give(wanted or f"dna-{one.number}")

    # sources

    def source(self, number: int, document: DnaDocument) -> None:
        wanted, composed = _named(document) if self.project.ours else ("", False)
        keys = self.known.get(wanted) or self.declared(number, document, wanted, composed)
        if wanted:
            self.known[wanted] = keys
        self.sources.append(str(keys["id"]))
        if not composed:
            keys["file"] = f"sources/{keys['id']}.txt"
            self.draft.files[str(keys["file"])] = document.text
        self.lose_of(f"document {number}", document, bool(wanted))

    def declared(self, number: int, document: DnaDocument, wanted: str, composed: bool) -> dict[str, object]:
        """What is declared of the source that a document is, or is composed for."""
        title = document.title.rpartition(" (")[0] if composed else document.title
        authors = document.author.split(";") if wanted else [document.author]
        published = _time(document.section) if wanted else ""
        keys: dict[str, object] = {
            "id": self.draft.give(wanted or title or f"document-{number}"), "title": title.strip() or f"Document {number}",
            "authors": list(filter(None, map(str.strip, authors))), "published": published or day_of(document),
            "kind": document.kind.strip() or "document", "container": document.source,
        }  # fmt: skip
        self.draft.declare("source", keys)
        return keys

    def lose_of(self, place: str, document: DnaDocument, ours: bool) -> None:
        """What a document says that a source has no place for."""
        if not ours:
            for what, text in (("section", document.section), ("notes", document.notes)):
                if text.strip():
                    self.draft.lose(place, f"{what} {shown(text)}", "a source has no place for it")
        if document.date % 86400:
            self.draft.lose(
                place, f"time of day {timedelta(seconds=document.date % 86400)}", "a source has a day alone"
            )

    # actors and issues

    def groups(self, usable: set[str]) -> None:
        """Sides, and layers by the attribute Type, in the order in which they are met."""
        given = [one for what in _KINDS for one in self.entities(usable, what).values()]
        sides = dict.fromkeys(one.get(SIDE, "") or UNSORTED for one in given) or {UNSORTED: None}
        layers = dict.fromkeys(one["Type"] for one in given if one.get("Type"))
        self.sides = {side: self.draft.give(side) for side in sides}
        self.layers = {layer: self.draft.give(layer) for layer in layers}
        for side, name in self.sides.items():
            self.draft.declare("side", {"id": name, "name": "Not yet sorted into sides" if side == UNSORTED else side})
        for layer, name in self.layers.items():
            self.draft.declare("layer", {"id": name, "name": layer})
        if UNSORTED in self.sides:
            self.draft.lose("all actors", "sides", "DNA has none: sort the actors in study.toml")
        if layers:
            self.draft.lose(
                "attribute Type", f"{len(layers)} types", "they are the layers, in no order: order them in study.toml"
            )

    def entities(self, usable: set[str], what: str) -> dict[str, Mapping[str, str]]:
        """The entities of a variable of all statement types that are used, with their attributes."""
        found: dict[str, Mapping[str, str]] = {}
        for (label, variable), entities in self.project.entities.items():
            if label in usable and variable.lower() == what:
                for value, given in entities.items():
                    if value:
                        found[value] = {**found.get(value, {}), **given}
        return found

    def people(self, usable: set[str], stated: list[DnaStatement]) -> None:
        for one in stated:
            if _value(one, PERSON) and _value(one, ORGANISATION):
                self.members.setdefault(_value(one, PERSON), {})[_value(one, ORGANISATION)] = None
        for what in (ORGANISATION, PERSON):
            for value, given in self.entities(usable, what).items():
                self.actors[what, value] = self.draft.give(value)
                self.draft.declare("actor", self.actor(what, value, given))
                self.lose_attributes(f"{what} {shown(value)}", given, ("Type", "Alias", SIDE))

    def actor(self, what: str, value: str, given: Mapping[str, str]) -> Mapping[str, object]:
        aliases = [alias.strip() for alias in given.get("Alias", "").split(";") if alias.strip()]
        groups = self.members.get(value, {}) if what == PERSON else {}
        return {
            "id": self.actors[what, value], "name": value, "side": self.sides[given.get(SIDE, "") or UNSORTED],
            "kind": _KINDS[what], "aliases": aliases, "layer": self.layers.get(given.get("Type", ""), ""),
            "roles": [{"member_of": self.actors[ORGANISATION, one]} for one in groups],
        }  # fmt: skip

    def scales(self, usable: set[str], stated: list[DnaStatement]) -> None:
        """The scale of each type whose agreement is a whole number."""
        for one in stated:
            level = _agreement(one, 0)
            if not isinstance(level, bool):
                self.numbers.setdefault((one.kind, _value(one, CONCEPT)), set()).add(level)
        for label, kinds in self.project.kinds.items():
            if label not in usable or _data(kinds).get(AGREEMENT) != INTEGER:
                continue
            numbers = {level for (kind, _), levels in self.numbers.items() if kind == label for level in levels}
            told = ends_told(label) if self.project.ours else None
            self.ends[label] = ends = ends_of(numbers, told)
            if ends != told:
                self.draft.lose(f"type {label}", f"agreement from {min(numbers, default=0)} to {max(numbers, default=0)}",
                                f"DNA does not say how far its scale reaches: taken for {ends.low} to {ends.high}; correct the "
                                "levels in study.toml")  # fmt: skip

    def concepts(self, labels: set[str], scale: str) -> None:
        """The issues of statement types whose agreement is a truth value, or of the type ``scale`` whose agreement has levels."""
        for value, given in self.entities(labels, CONCEPT).items():
            self.issues[scale, value] = self.draft.give(value)
            graded: dict[str, object] = {"positions": [{"id": name, "name": said} for name, said in POSITIONS]}
            if scale:
                graded = {"ordered": True, "positions": positions_of(self.ends[scale], self.numbers.get((scale, value), ()))}
            self.draft.declare("issue", {"id": self.issues[scale, value], "name": value, "description": given.get("Notes", ""),
                                         **graded})  # fmt: skip
            self.lose_attributes(f"concept {shown(value)}", given, ("Notes",))

    def lose_attributes(self, place: str, given: Mapping[str, str], kept: Iterable[str]) -> None:
        for name, text in given.items():
            if name not in kept:
                self.draft.lose(place, f"{name} {shown(text)}", "an actor or an issue has no place for it")

    # statements

    def statement(self, one: DnaStatement) -> None:
        place = f"statement {one.number}"
        person, organisation, concept = (_value(one, what) for what in (PERSON, ORGANISATION, CONCEPT))
        if not (person or organisation) or not concept:
            missing = "concept" if person or organisation else "person and no organization"
            self.draft.lose(place, self.words(one), f"it names no {missing}, and was left out")
            return
        document = self.project.documents[one.document]
        scale = one.kind if one.kind in self.ends else ""
        cells = {
            "id": self.names[one.number],
            "path": self.actors[(PERSON, person) if person else (ORGANISATION, organisation)],
            "modality": "asserts",
            "topic": self.issues[scale, concept],
            "when": day_of(document),
            "source": self.sources[one.document],
            "locator": f"characters {one.start + 1}–{one.stop}",
            "basis": "words",
            "coder": one.coder.strip(),
            "quote": document.text[one.start : one.stop],
        }
        if self.ours(one):
            cells |= {name: str(one.values.get(name, "")) for name in EXTRA if name not in ("id", "when")}
            cells["when"] = str(one.values.get("when", "")) or cells["when"]
            if _named(document)[1] and document.text[max(one.start - 1, 0) : one.start] != "“":
                cells["quote"] = ""
        if one.start == one.stop:
            self.draft.lose(place, "its words", "it stands beyond the end of its document")
            cells |= {"locator": "", "quote": ""}
        agrees = _agreement(one, 0 if scale else True)
        cells["stance"] = position_of(agrees) if scale else POSITIONS[agrees != stands_for(cells["modality"])][0]
        cells["note"] = "; ".join(filter(None, (cells.get("note", ""), *self.noted(one))))
        self.draft.state(place, cells)

    def noted(self, one: DnaStatement) -> Iterable[str]:
        """What a statement says beside DNA's own variables, and for which organization a person of several speaks."""
        if len(self.members.get(_value(one, PERSON), ())) > 1 and _value(one, ORGANISATION):
            yield f"organization: {_value(one, ORGANISATION)}"
        for name, value in one.values.items():
            known = name.lower() in (PERSON, ORGANISATION, CONCEPT, AGREEMENT) or (self.ours(one) and name in EXTRA)
            if not known and value not in ("", None):
                yield f"{name}: {value}"

    def aside(self, one: DnaStatement) -> None:
        told = "; ".join(f"{name}: {value}" for name, value in one.values.items() if value != "")
        self.draft.lose(f"statement {one.number}", f"{one.kind} on {self.words(one)!r}: {shown(told)}",
                        f"{self.wants[one.kind]}, and was left out")  # fmt: skip

    def words(self, one: DnaStatement) -> str:
        return shown(self.project.documents[one.document].text[one.start : one.stop])

    def rest(self) -> None:
        for told, number in self.project.beside.items():
            self.draft.lose("database", f"{number} {told}", "a study has no place for them")


def _named(document: DnaDocument) -> tuple[str, bool]:
    """The source for which an export wrote a document, and whether it is composed; "" where nothing says so."""
    first, _, rest = document.notes.partition("\n")
    return (first.removeprefix(NAMED), rest == COMPOSED) if first.startswith(NAMED) else ("", False)


def _wanting(kinds: Mapping[str, str]) -> str:
    """What statements of a type lack to say who holds what; "" where they lack nothing."""
    data = _data(kinds)
    if data.get(CONCEPT) != SHORT:
        return "its type has no concept"
    if SHORT not in (data.get(PERSON), data.get(ORGANISATION)):
        return "its type has no person and no organization"
    if data.get(AGREEMENT) not in (BOOLEAN, INTEGER):
        return f"its agreement is {data.get(AGREEMENT, 'not there')}, not boolean or integer"
    return ""


def _data(kinds: Mapping[str, str]) -> dict[str, str]:
    """The data types of variables, by their names in lower case."""
    return {name.lower(): kind for name, kind in kinds.items()}


def _agreement(one: DnaStatement, otherwise: int) -> int:
    """A truth value or a level; where the statement has none, what DNA would write."""
    given = _given(one, AGREEMENT, otherwise)
    return given if isinstance(given, int) else otherwise


def _value(one: DnaStatement, what: str) -> str:
    return str(_given(one, what, ""))


def _given(one: DnaStatement, what: str, otherwise: Datum) -> Datum:
    return next((value for name, value in one.values.items() if name.lower() == what), otherwise)


def _time(text: str) -> str:
    """A time of our grammar; "" where it is none."""
    try:
        return parse_when(text).text
    except RashomonError:
        return ""
