"""From coded texts to a study: texts become sources, codes issues, and each code on a passage a statement that is proposed.

A code says what a passage speaks of, not who holds what. The holder is therefore the voice of the text, and every statement waits
for a person to accept it, with the stance and the time that are right.
"""

from __future__ import annotations

import re
import tomllib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from rashomon.exchanging.coded_out import FOLDERS, ROW, STUDY, folder, text_key, told_apart
from rashomon.exchanging.composing import COMPOSED
from rashomon.exchanging.corpora import Code, CodedText, Corpus, Mark
from rashomon.exchanging.drafts import Draft
from rashomon.exchanging.losing import Loss, Moved, shown
from rashomon.exchanging.refi_reading import read_codebook, read_project
from rashomon.exchanging.source_lists import known
from rashomon.study import TABLES
from rashomon.study.declaring import FILE
from rashomon.study.declaring_sources import add_tables
from rashomon.study.made_ids import made_id, new_id
from rashomon.study.toml_writing import toml_comment, toml_table

CODED: Final = {"id": "coded", "name": "Coded so"}
"""The position that a code by itself stands for."""
UNSORTED: Final = "unsorted"

Keys = Mapping[str, object]


def import_qdpx(file: Path, root: Path) -> Moved:
    """Make a study of a project of REFI-QDA, in the new folder ``root``; one that Rashomon wrote comes back as it was.

    Raises what :func:`~rashomon.exchanging.refi_reading.read_project` raises, and R005 where the folder holds files.
    """
    corpus, losses = read_project(file)
    draft = restored(corpus) if corpus.description.startswith(STUDY) else draft_of(corpus, corpus.name or file.stem)
    draft.losses[:0] = losses
    draft.write(root)
    return moved("qdpx", root, draft)


def import_qdc(file: Path, root: Path) -> Moved:
    """Add the codes of a codebook of REFI-QDA to the end of a study's study.toml, as issues; the rest of the file stays."""
    codes, losses = read_codebook(file)
    taken = set(known(root, "issue"))
    tables = []
    for keys, _ in issues_of(codes, taken, losses):
        tables.append([toml_comment(f"From {file.name}."), *toml_table("[[issue]]", keys)])
    add_tables(root, tables)
    return Moved("qdc", str(root / FILE), {"issues": len(tables)}, tuple(losses))


def moved(form: str, root: Path, draft: Draft) -> Moved:
    """What was made of coded texts."""
    counts = {"sources": len(draft.declared.get("source", ())), "issues": len(draft.declared.get("issue", ()))}
    return Moved(
        form,
        str(root),
        {**(counts if draft.declared else {}), "statements": len(draft.statements)},
        tuple(draft.losses),
    )


def issues_of(codes: Sequence[Code], taken: set[str], losses: list[Loss]) -> Iterator[tuple[Keys, dict[str, str]]]:
    """The issues that codes make, each with code → position: a code with codes below it has these for positions, and itself.

    Codes that bear no passages and only hold others together make none. Of a codebook that Rashomon wrote, issues alone count.
    """
    below: dict[str, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent, []).append(code)
    top = below.get("", [])
    ours = {folder(name) for name in FOLDERS} <= {one.key for one in top}
    waiting = deque(below.get(folder("Issues"), []) if ours else top)
    if ours:
        counts = {name: len(below.get(folder(name), [])) for name in FOLDERS[1:]}
        losses += [
            Loss(f"codes {name}", f"{count} codes", "only issues are taken from a codebook")
            for name, count in counts.items()
        ]
    while waiting:
        code = waiting.popleft()
        inner = below.get(code.key, [])
        if inner and not code.codable:
            waiting.extendleft(reversed(inner))
            continue
        deeper = [one for one in inner if below.get(one.key)]
        waiting.extendleft(reversed(deeper))
        why = "it has codes itself, and is an issue of its own"
        losses += [Loss(f"code {shown(one.name)}", f"its place below {shown(code.name)}", why) for one in deeper]
        positions, of_code, description = _positions(code, [one for one in inner if not below.get(one.key)], ours)
        name = new_id(code.name, taken)
        taken.add(name)
        yield {"id": name, "name": code.name, "description": description, "positions": positions}, of_code


def _positions(code: Code, inner: list[Code], ours: bool) -> tuple[list[Keys], dict[str, str], str]:
    """The positions of an issue, code → position, and its description. An issue that Rashomon wrote has its own alone.

    What is said of a code becomes a part of the description of the issue of which it is a position.
    """
    itself = not (ours and inner)
    positions: list[Keys] = [CODED] if itself else []
    of_code = {code.key: CODED["id"]} if itself else {}
    told = [code.description]
    for one in inner:
        name = one.name.removesuffix(told_apart("", code.name)) if ours else one.name
        of_code[one.key] = new_id(name, {str(each["id"]) for each in positions})
        positions.append({"id": of_code[one.key], "name": name})
        if one.description:
            told.append(f"{name}: {one.description}")
    return positions, of_code, "\n".join(filter(None, told))


def draft_of(corpus: Corpus, name: str) -> Draft:
    """The study that coded texts make."""
    today = date.today().isoformat()
    days = [one.day or today for one in corpus.texts] or [today]
    study = {
        "id": made_id(name),
        "title": name.strip() or "Coded texts",
        "span": f"{min(days)[:4]}/{max(days)[:4]}",
        "format": 1,
    }
    draft = Draft(
        study, "Imported coded texts. Who speaks in them, of which side, when, and with what stance is for you to say."
    )
    places: dict[str, tuple[str, str]] = {}  # code → issue and position
    issues = list(issues_of(corpus.codes, draft.taken, draft.losses))
    for keys, of_code in issues:
        draft.declare("issue", keys)
        places |= {code: (str(keys["id"]), position) for code, position in of_code.items()}
    draft.declare("side", {"id": draft.give(UNSORTED), "name": "Not yet sorted into sides"})
    draft.lose(
        "all texts", "sides and dates", "coded texts have none: sort the actors, and correct `published`, in study.toml"
    )
    for note in corpus.notes:
        draft.lose("project", f"note {shown(note)}", "a study has no place for it")
    names = [_text(draft, one, f"[..{one.day or today}]") for one in corpus.texts]
    for number, mark in enumerate(corpus.marks, 1):
        _state(
            draft,
            mark,
            number,
            corpus.texts[mark.text],
            names[mark.text],
            places,
            f"[..{corpus.texts[mark.text].day or today}]",
        )
    return draft


def _text(draft: Draft, one: CodedText, published: str) -> tuple[str, str]:
    """Declare a text's source and its voice; their ids."""
    source = draft.give(one.name)
    voice = draft.give(f"voice of {one.name}")
    file = f"sources/{source}.txt" if one.text and one.description != COMPOSED else ""
    if file:
        draft.files[file] = one.text
    draft.declare(
        "source",
        {"id": source, "title": one.name.strip() or source, "published": published, "kind": "document", "file": file},
    )
    draft.declare(
        "actor", {"id": voice, "name": f"Who speaks in {one.name.strip() or source}", "side": UNSORTED, "kind": "group"}
    )
    if one.description and one.description != COMPOSED:
        draft.lose(f"text {shown(one.name)}", f"description {shown(one.description)}", "a source has no place for it")
    return source, voice


def _state(
    draft: Draft,
    mark: Mark,
    number: int,
    text: CodedText,
    names: tuple[str, str],
    places: Mapping[str, tuple[str, str]],
    when: str,
) -> None:
    """A statement for each code of a passage."""
    if not mark.coding:
        draft.lose(
            mark.place, f"passage {shown(text.text[mark.start : mark.end])!r}", "it bears no code, and was left out"
        )
    for count, (code, coder) in enumerate(mark.coding.items(), 1):
        if code not in places:
            draft.lose(mark.place, f"code {code}", "it is none that passages may bear, and was left out")
            continue
        issue, position = places[code]
        cells = {
            "id": draft.give(f"p-{number}-{count}"), "path": names[1], "topic": issue, "stance": position, "when": when,
            "source": names[0], "locator": _locator(mark, text),
            "basis": "words", "coder": coder.strip(), "status": "proposed", "quote": text.text[mark.start : mark.end],
            "note": "; ".join(filter(None, (mark.note, mark.description))),
        }  # fmt: skip
        draft.state(mark.place, cells)


def _locator(mark: Mark, text: CodedText) -> str:
    if mark.end <= mark.start:
        return "the whole"
    return "" if text.description == COMPOSED else f"characters {mark.start + 1}–{mark.end}"


def restored(corpus: Corpus) -> Draft:
    """The study that Rashomon wrote as coded texts: study.toml as it was, and the row in each passage's description."""
    draft = Draft({}, "", text=corpus.description.removeprefix(STUDY).lstrip("\n"))
    tables = {spec.file for spec in TABLES.values()} - {TABLES["statements"].file}
    for name, text in corpus.notes.items():
        if name in tables or name.startswith("sources/"):
            draft.files[name] = text
        else:
            draft.lose("project", f"note {shown(name)}", "a study has no place for it")
    met: set[str] = set()
    for mark in sorted(corpus.marks, key=_line):
        row = row_of(mark.description)
        if row is not None and row["id"] in met:
            continue  # some programs make a passage of each code on it
        if row is None:
            words = corpus.texts[mark.text].text[mark.start : mark.end]
            draft.lose(mark.place, f"passage {shown(words)!r}", "it has no row of Rashomon's, and was left out")
            continue
        met.add(row["id"])
        draft.state(mark.place, row)
    files = _files(draft.text)
    for one in (one for one in corpus.texts if one.key in files):
        if one.text:
            draft.files[files[one.key]] = one.text
        else:
            draft.lose("sources", f"file {files[one.key]}", "its text is not in the project; put it into the study")
    return draft


def _files(declared: str) -> dict[str, str]:
    """The key of a source's text → its one file."""
    try:
        sources = tomllib.loads(declared).get("source", [])
        named = {
            one["id"]: [one["file"]] if isinstance(one["file"], str) else one["file"]
            for one in sources
            if one.get("file")
        }
        return {text_key(name): files[0] for name, files in named.items() if len(files) == 1}
    except (tomllib.TOMLDecodeError, AttributeError, TypeError, KeyError):
        return {}


def _line(mark: Mark) -> int:
    """The line on which a passage's row stood."""
    found = re.match(f"{ROW}, line ([0-9]{{1,9}})\n", mark.description)
    return int(found[1]) if found else 1 << 30


def row_of(description: str) -> dict[str, str] | None:
    """The row in a description; None where there is none, or it was changed into something else."""
    if not description.startswith(ROW):
        return None
    try:
        row = tomllib.loads(description)
    except tomllib.TOMLDecodeError:
        return None
    columns = TABLES["statements"].columns
    return row if all(name in columns and isinstance(text, str) for name, text in row.items()) and "id" in row else None
