"""W3C Web Annotations (Web Annotation Data Model, 2017): statements on the words of their sources, as JSON-LD.

An annotation's bodies are the stance, for every reader, the note, and the row of ``statements.csv`` as TOML, by which it
comes back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from rashomon.errors import RashomonError
from rashomon.exchanging.cells import rows_beside, rows_of, text_of
from rashomon.exchanging.coded_in import row_of
from rashomon.exchanging.coded_out import ROW
from rashomon.exchanging.losing import Loss, Moved, shown
from rashomon.exchanging.placing import free
from rashomon.exchanging.refi_writing import guid
from rashomon.exchanging.refusing import bytes_of, unfit
from rashomon.study import TABLES, Statement, StudyData, open_study
from rashomon.study.aside import check_statements
from rashomon.study.files import write_atomically
from rashomon.study.row_files import append_cells
from rashomon.study.toml_writing import toml_table

_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_AROUND: Final = 32  # letters before and after a quote, by which it is found again
_LARGEST: Final = 1 << 28
_TAKEN_FOR: Final = "Web Annotations: one, a list, a page, or a collection with its first page"


def export_annotations(study: StudyData, file: Path, _: str = "") -> Moved:
    """Write a study's statements as an annotation collection. R003 where the file is there."""
    free(file)
    texts = {source.id: text_of(study, source) for source in study.declared.sources}
    rows = zip(study.statements.rows(), rows_of(study, "statements"), strict=True)
    items = [_annotation(study, one, cells, texts[one.source]) for one, cells in rows]
    name = study.declared.study
    collection = {
        "@context": _CONTEXT, "id": f"urn:uuid:{guid('study', name.id)}", "type": "AnnotationCollection", "label": name.title,
        "total": len(items),
        "first": {"id": f"urn:uuid:{guid('page', name.id)}", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }  # fmt: skip
    write_atomically(file, (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))
    lost = [Loss(f"statement {one.id}", "its words", "it has no quote, and is of its source as a whole")
            for one in study.statements.rows() if not one.quote]  # fmt: skip
    lost += rows_beside(study, "annotations are of statements alone")
    lost.append(Loss("study.toml", "what is declared", "annotations name it by its ids"))
    return Moved("annotations", str(file), {"annotations": len(items)}, tuple(lost))


def _annotation(study: StudyData, one: Statement, cells: Mapping[str, str], text: str) -> dict[str, Any]:
    row = "\n".join(toml_table(ROW, cells))
    bodies = [
        {"type": "TextualBody", "purpose": "classifying", "value": f"{one.path}: {one.path.modality} {one.topic} = {one.stance}"},
        {"type": "TextualBody", "purpose": "describing", "format": "application/toml", "value": row},
    ]  # fmt: skip
    if one.note:
        bodies.insert(1, {"type": "TextualBody", "purpose": "commenting", "value": one.note})
    source = study.source(one.source)
    target: dict[str, Any] = {"source": source.url or f"urn:rashomon:{study.declared.study.id}:{source.id}"}
    if one.quote:
        target["selector"] = _selectors(one.quote, text)
    creator = {"creator": {"type": "Person", "name": one.coder}} if one.coder else {}
    return {"id": f"urn:uuid:{guid('statement', study.declared.study.id, one.id)}", "type": "Annotation",
            "motivation": "classifying", **creator, "body": bodies, "target": target}  # fmt: skip


def _selectors(quote: str, text: str) -> list[dict[str, Any]]:
    """The words, and where the text is in the study, what stands around them and their place in code points."""
    start = text.find(quote)
    if start < 0:
        return [{"type": "TextQuoteSelector", "exact": quote}]
    end = start + len(quote)
    around = {"prefix": text[max(start - _AROUND, 0) : start], "suffix": text[end : end + _AROUND]}
    return [
        {"type": "TextQuoteSelector", "exact": quote, **around},
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def import_annotations(file: Path, root: Path) -> Moved:
    """Add the statements of annotations that Rashomon wrote to a study's statements.csv.

    Annotations of others say nothing of holders and stances; they are told among what is lost, as is a statement whose id the
    study has. What is wrong with a row is raised, and nothing is written then.
    """
    study = open_study(root)
    losses: list[Loss] = []
    rows: list[dict[str, str]] = []
    taken = set(study.statements.id)
    for number, item in enumerate(_items(_read(file), file), 1):
        row = next(filter(None, map(row_of, _values(item))), None)
        place = f"annotation {number}"
        if row is None:
            losses.append(Loss(place, shown(" ".join(_values(item))), "it has no row of Rashomon's, and was left out"))
        elif row["id"] in taken:
            losses.append(Loss(place, row["id"], "the study has a statement of this id, and it was left out"))
        else:
            taken.add(row["id"])
            rows.append(row)
    if wrong := check_statements(study, rows):
        raise RashomonError([fault for faults in wrong.values() for fault in faults])
    if rows:
        append_cells(root, TABLES["statements"], rows)
    return Moved("annotations", str(root / TABLES["statements"].file), {"statements": len(rows)}, tuple(losses))


def _read(file: Path) -> object:
    try:
        return json.loads(bytes_of(file, _LARGEST))
    except (ValueError, RecursionError) as problem:
        raise unfit(file, _TAKEN_FOR, str(problem)) from problem


def _items(data: object, file: Path) -> Iterator[Mapping[str, Any]]:
    """The annotations of whatever holds them."""
    while isinstance(data, dict) and data.get("type") != "Annotation":
        inner = data.get("first", data.get("items"))
        if inner is None:
            raise unfit(file, _TAKEN_FOR, f"an object of type {data.get('type')!r}")
        data = inner
    listed = data if isinstance(data, list) else [data]
    for one in listed:
        if not isinstance(one, dict):
            raise unfit(file, _TAKEN_FOR, f"{shown(str(one))} where an annotation should be")
        yield one


def _values(item: Mapping[str, Any]) -> list[str]:
    """The texts of an annotation's bodies."""
    body = item.get("body", [])
    bodies = body if isinstance(body, list) else [body]
    texts = [one if isinstance(one, str) else one.get("value") for one in bodies if isinstance(one, str | dict)]
    return [one for one in texts if isinstance(one, str)]
