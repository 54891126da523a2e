"""Which files of a study are read, and of which source each is."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rashomon.errors import RashomonError, Where, error
from rashomon.reading.kinds import PASSED_OVER
from rashomon.reading.shelf import Origin
from rashomon.study import StudyData
from rashomon.study.made_ids import made_id
from rashomon.study.scanning import inside

FOLDER: Final = "sources"
"""The folder of a study that is read where no path is given."""

_HIDDEN: Final = (".", "~$", "__MACOSX")  # of systems, and of office programs while they hold a document open
_PAGES: Final = (".htm", ".html", ".xhtml")
_BESIDE: Final = ("_files", ".files", "-files")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file to be read: its name relative to the study, with /, where it is, and what it is of; whether nobody declares that."""

    name: str
    path: Path
    origin: Origin
    undeclared: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The files to be read, by name; what may not be read, and why; and what should be known."""

    files: tuple[Chosen, ...]
    refused: tuple[RashomonError, ...]
    notices: tuple[str, ...]


def choose(study: StudyData, paths: Sequence[str | os.PathLike[str]] = ()) -> Choice:
    """The files at ``paths``, or of ``sources/`` and those that study.toml and texts.csv name, and their sources.

    Folders are searched whole; hidden files are passed over. R003 where a path leads nowhere. What leads out of the study is
    refused (R110), as is what is no file (R006), and the rest are read.
    """
    declared, notices = _declared(study)
    published = _published(study)
    names: set[str] = set()
    if paths:
        for path in paths:
            names.update(_below(study.root, _named(study.root, path)))
    else:
        names.update(_below(study.root, study.root / FOLDER), declared, study.texts.file.values)
    texts = _texts(study)
    if not names and not paths:
        notices.append(f"There is nothing to read: put documents into {FOLDER}/.")
    files, refused = [], []
    for name in sorted(names):
        try:
            path = _regular(study.root, name)
            origin, undeclared = _origin(name, declared, texts, published)
            files.append(Chosen(name, path, origin, undeclared))
        except RashomonError as problem:
            refused.append(problem)
    return Choice(tuple(files), tuple(refused), tuple(notices))


def _named(root: Path, given: str | os.PathLike[str]) -> Path:
    """A path that somebody gives: from where he stands, or else from the study."""
    found = next((one for one in (Path(given), root / given) if os.path.lexists(one)), None)
    if found is None:
        raise error(
            "R003",
            "There is no such file or folder.",
            found=str(given),
            allowed="a file or a folder within the study",
            remedy="Put the document into the study's folder sources/, and name it from there.",
        )
    return found


def _below(root: Path, place: Path) -> Iterator[str]:
    """The files at or below a place, as names relative to the study; and folders that cannot be looked into, to be refused."""
    home = os.path.abspath(root)
    if place.is_file() or place.is_symlink():
        yield _relative(home, os.path.abspath(place))
        return
    closed: list[str] = []
    for folder, folders, files in os.walk(os.path.abspath(place), onerror=lambda fault: closed.append(fault.filename)):
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        pages = {Path(name).stem for name in files if Path(name).suffix.lower() in _PAGES}
        folders[:] = sorted(name for name in folders if name not in links and not _of_a_page(name, pages))
        for name in (*files, *links):
            if not name.startswith(_HIDDEN) and Path(name).suffix.lower() not in PASSED_OVER:
                yield _relative(home, os.path.join(folder, name))
    yield from (_relative(home, folder) for folder in closed if os.path.lexists(folder))


def _of_a_page(folder: str, pages: set[str]) -> bool:
    """Whether a folder is hidden, or holds the pictures and the like of a page that a browser saved beside it."""
    return folder.startswith(_HIDDEN) or any(folder == page + end for page in pages for end in _BESIDE)


def _relative(home: str, path: str) -> str:
    """A path as a name in the study; one that leads out keeps its .., which is refused where it is opened."""
    return Path(os.path.relpath(path, home)).as_posix()


def _regular(root: Path, name: str) -> Path:
    _storable(name)
    path = inside(root, name)
    if path.is_file() and os.access(path, os.R_OK):
        return path
    raise error(
        "R006",
        "The document cannot be read.",
        found="no regular file, or none that may be read",
        allowed="a file that you may read",
        remedy="Change its permissions, or remove it.",
        where=Where(name),
    )


def _storable(name: str) -> None:
    """R006 for a name that is not UTF-8, as old archives leave behind: neither the store nor a table could have it."""
    try:
        name.encode()
    except UnicodeEncodeError as problem:
        raise error(
            "R006",
            "The document cannot be read.",
            found="a name that is not in UTF-8",
            allowed="a file whose name is",
            remedy="Rename it, and the folders it lies in.",
            where=Where(name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")),
        ) from problem


def _declared(study: StudyData) -> tuple[dict[str, str], list[str]]:
    """File → the source that names it in study.toml, of those files that are there; and which names come to nothing."""
    found: dict[str, str] = {}
    notices = []
    for source in study.declared.sources:
        for pattern in source.file:
            names = _matching(study.root, pattern)
            if not names:
                notices.append(f"Source {source.id} has no file {pattern}.")
            for name in names:
                first = found.setdefault(name, source.id)
                if first != source.id:
                    notices.append(f"{name} is named by two sources; it is read as {first}, not as {source.id}.")
    return found, notices


def _matching(root: Path, pattern: str) -> list[str]:
    """The files that a path or a pattern names, relative to the study."""
    places = [pattern] if os.path.lexists(root / pattern) else sorted(glob.glob(pattern, root_dir=root, recursive=True))
    return [name for place in places for name in _below(root, root / place)]


def _texts(study: StudyData) -> dict[str, tuple[str, str]]:
    """File → source and time of the first text that has it."""
    texts = study.texts
    rows = (row for row in range(len(texts)) if texts.file[row])
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        found.setdefault(texts.file.of(row), (texts.source.of(row), texts.when.of(row).text))
    return found


def origins(study: StudyData) -> Callable[[str], Origin]:
    """How is told what the study knows of a file now."""
    declared, texts, published = _declared(study)[0], _texts(study), _published(study)
    return lambda name: _origin(name, declared, texts, published)[0]


def _published(study: StudyData) -> dict[str, str]:
    return {one.id: one.published.text for one in study.declared.sources}


def _origin(
    name: str, declared: dict[str, str], texts: dict[str, tuple[str, str]], published: dict[str, str]
) -> tuple[Origin, bool]:
    """Of which source a file is, and whether that had to be made up. ``published``: source → when, of all that are declared."""
    of_text, stated = texts.get(name, ("", ""))
    stem = Path(name).stem.lower()
    source = declared.get(name) or (stem if stem in published else of_text)
    if source:
        return Origin(source, stated, published[source]), False
    made = made_source(name)
    return Origin(f"{made}-file" if made in published else made, stated), True


def made_source(name: str) -> str:
    """An id for a file that no source names: of its stem, with the folders below ``sources/`` before it.

    >>> made_source("sources/Press/Été 1990.pdf")
    'press-ete-1990'
    """
    return made_id(Path(name).with_suffix("").as_posix().removeprefix(f"{FOLDER}/"))
