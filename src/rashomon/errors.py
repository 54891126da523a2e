"""One base class for every error a reader can cause or mend, with a stable code for each.

A fault says what was found, what is allowed and how to mend it, and where: file, line, column, field. Codes never
change their meaning: R0xx environment and usage, R1xx files and syntax, R2xx ``study.toml``, R3xx cells of the CSV
files, R4xx records against each other, R5xx measures, R6xx report, R7xx store, R8xx
games, R9xx documents and their coding, and the exchange with other programs.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from types import MappingProxyType, ModuleType

CODES: Mapping[str, str] = MappingProxyType(
    {
        # R0xx: environment and usage
        "R001": "There is no study at the path given.",
        "R003": "An argument of a command or a function has a value that is not allowed.",
        "R004": "The study has nothing of the name that was asked for.",
        "R005": "The folder that should be made already holds files.",
        "R006": "A file cannot be read or written.",
        "R007": "A command line names no command or option that there is, or has too few words or too many.",
        "R070": "A fault of Rashomon itself.",
        # R1xx: files and syntax
        "R101": "The study has no study.toml.",
        "R102": "A file is empty where a first line of columns is required.",
        "R103": "A required column is missing.",
        "R104": "A column is not one of the table's.",
        "R105": "A column is given twice.",
        "R106": "A row has more cells than the table has columns.",
        "R107": "A quoted cell is never closed.",
        "R108": "A file holds a NUL byte.",
        "R109": "A file is not UTF-8.",
        "R110": "A path leaves the study's folder, or is a symbolic link.",
        "R111": "study.toml is not valid TOML.",
        "R112": "A cell is longer than a cell may be.",
        "R113": "A quotation mark stands where none is allowed.",
        "R114": "A row of a history is not as it was written.",
        "R115": "The cells of a file are separated by a character that is not read.",
        # R2xx: study.toml
        "R201": "A key is not one that study.toml knows.",
        "R202": "A required key is missing.",
        "R203": "A value is of the wrong type, or not one of those allowed.",
        "R204": "An id is declared twice.",
        "R205": "An id is not lower-case letters, digits and hyphens.",
        "R206": "A side is not declared.",
        "R207": "A layer is not declared.",
        "R208": "An actor is not declared.",
        "R209": "A source is not declared.",
        "R210": "A role lies outside its holder's life.",
        "R211": "A role, a named date, a period or a mood lies outside the study's span.",
        "R212": "The study's format is not one that this version reads.",
        "R213": "Positions of an issue are placed so that they contradict its order, or outside 0 to 1.",
        "R214": "A list holds the same name twice.",
        "R215": "A group is a member of itself, directly or through others.",
        "R216": "A position is said to be compatible with one that its issue does not have.",
        "R217": "Levels of agreement stand on some positions of an issue alone, or do not rise in an order.",
        # R3xx: cells of the CSV files
        "R301": "A time cannot be read.",
        "R302": "A date does not exist in the calendar.",
        "R303": "A time ends before it starts.",
        "R304": "A spreadsheet has rewritten a date.",
        "R305": "A single day is required, and a longer time was given.",
        "R306": "A required cell is blank.",
        "R307": "A number cannot be read.",
        "R308": "A number lies outside what is allowed.",
        "R309": "A word is not one of those allowed in its column.",
        "R310": "A path cannot be read.",
        "R311": "A path names an actor or a side that is not declared.",
        "R312": "A path is longer than three.",
        "R313": "A path has an actor next to itself.",
        "R314": "A verb is not one of those known.",
        "R315": "A modality has more verbs, or fewer, than its path has actors.",
        "R316": "A topic is not declared.",
        "R317": "A quality is not declared.",
        "R318": "The target of a quality is not a declared actor or side.",
        "R319": "A stance is not one that its topic allows.",
        "R320": "A record's source is not declared.",
        "R321": "A share cannot be read.",
        "R322": "A share lies outside its unit.",
        "R323": "A condition cannot be read.",
        "R324": "A condition names an issue or a position that is not declared.",
        "R325": "An actor or a side is not declared.",
        "R326": "A series of texts is not declared.",
        "R327": "A poll question is not declared.",
        "R328": "An answer is not one of its poll question's.",
        "R329": "An extent cannot be read.",
        # R4xx: records against each other
        "R401": "An id is used by two records.",
        "R402": "A record is named that the study does not hold.",
        "R403": "A view is held outside its holder's life.",
        "R404": "A record lies outside the study's span.",
        "R405": "A fact is known before it begins.",
        "R406": "Answers that exclude each other sum to more than 100.5 percent.",
        "R407": "Links or references run in a circle.",
        "R408": "A record of the wrong kind is referred to.",
        "R409": "Clauses of one package contradict each other about the package.",
        "R410": "A file that a text names is not there.",
        "R411": "A record refers to itself.",
        "R412": "A record begins after the source that reports it was published.",
        # R5xx: measures
        "R501": "A comparison was asked for over records that do not exist.",
        "R502": "A measure was asked for with parameters it cannot take.",
        "R503": "What coalitions of a discourse need is not installed.",
        "R521": "The words of a text are not in the study.",
        "R531": "A line of a lexicon of feeling does not have the cells it should.",
        "R532": "The language or the part of speech of an entry is not one that is known.",
        "R533": "The words or an exception of an entry are no pattern.",
        "R534": "A category of feeling has no id.",
        "R535": "An entry stands twice in a lexicon of feeling.",
        "R541": "What counting events needs is not installed.",
        "R542": "No file of events is where study.toml says.",
        "R543": "A file of events does not have the columns that its format has.",
        "R544": "The columns of a set of events are not named as they must be.",
        "R545": "The codes of sides do not tell who acts toward whom in the events.",
        "R546": "An engine for counting events cannot be had.",
        "R547": "A file of events cannot be read or unpacked.",
        "R548": "The days of events are not written as study.toml says.",
        "R549": "A study's own table of scores for events cannot be used.",
        "R561": "An arena is not declared.",
        "R562": "A kind of move belongs to two arenas.",
        "R571": "A campaign names a series that the study does not have, or the same one twice.",
        "R572": "Fewer than two studies were given to be compared.",
        "R573": "A study was given twice to be compared.",
        "R574": "Studies that were to be compared have no measure in common.",
        "R575": "It is not clear which qualities of several studies are one.",
        "R581": "A probability of an expectation is not an interval within 0 and 1.",
        "R582": "An expectation is said to be found, and nothing shows it.",
        "R583": "An expectation was not found, and it is not said where it was looked for.",
        "R584": "An explanation has no rival.",
        "R585": "An expectation is of an explanation that is not declared.",
        "R586": "An expectation names a rival that its explanation does not have.",
        "R587": "The query of an expectation asks for nothing.",
        "R588": "What is said of an expectation contradicts itself.",
        # R6xx: report
        "R601": "A format of report is not known.",
        "R602": "A PDF was asked for, and what sets it is not installed.",
        "R603": "No installed font shows some characters of the report.",
        # R7xx: store
        "R701": "Another program is writing to the store.",
        "R702": "The store is not one that Rashomon can read.",
        "R703": "The store was made by a later version.",
        "R704": "The store could not be brought up to date.",
        # R8xx: games
        "R801": "A game has no feasible state.",
        "R802": "A player of a game has no option.",
        "R803": "The masks, feasibility or ranks of a game do not fit its options and players.",
        "R804": "A game needs more memory than is allowed.",
        "R805": "An option belongs to a player that the game does not have.",
        "R806": "A coalition has no members, or members that the game does not have.",
        "R807": "A game has no option of the name that was given.",
        "R808": "A ranking leaves out states, repeats them, or names ones that cannot be.",
        "R809": "A doubt is not about neighbours in a list.",
        "R810": "A view is of somebody who does not play, follows itself, or hides what is plain.",
        "R811": "An edit has no owner, not exactly one change, or a change that cannot be made.",
        "R812": "Two edits cannot be made together.",
        "R813": "It is not said, or not clear, what an actor of a game wants.",
        "R814": "The status quo of a game is not feasible.",
        "R815": "Evidence is given for what stands in no list of a game.",
        "R816": "A game does not say from where to where it is played.",
        "R817": "A question about orders of wants is larger than can be answered.",
        "R818": "A .gmcr file cannot be read as a conflict.",
        "R819": "A game is too large to be played out.",
        "R820": "A list of wants is to be built from a study, and the game has no study, or no means.",
        "R821": "The study records nothing of what an actor wanted in a game's time.",
        "R822": "A list of wants cannot be built there, or says besides what a built list leaves open.",
        "R823": "It is not clear which stances of a study speak of a game's condition.",
        # R9xx: documents and their coding
        "R901": "A document cannot be read as what it is taken for.",
        "R902": "A document is locked with a password.",
        "R903": "A document unpacks to more than is allowed, or is nested too deeply.",
        "R904": "A document took longer to read than is allowed.",
        "R905": "A document took more memory to read than is allowed.",
        "R906": "The process that read a document ended before its end.",
        "R907": "A document is of a kind that is not read.",
        "R908": "A document holds no text.",
        "R909": "What reading or coding needs is not installed.",
        "R910": "The passage or the words that a statement rests on are not where it says.",
        "R911": "A list of sources cannot be read.",
        "R920": "The address of a model's endpoint cannot be used.",
        "R921": "The key of a model's endpoint is not where it should be, or cannot be one.",
        "R922": "A model's endpoint refuses what it is asked.",
        "R923": "A model's endpoint does not answer, or not with a reply.",
        "R924": "The file of a model's replies cannot be used.",
        "R925": "The file of the vectors of texts cannot be used.",
        "R926": "There is too little to learn from.",
        # R93x: exchange with other programs
        "R930": "Files of a format cannot be exchanged that way.",
        "R931": "What a format of exchange needs is not installed.",
        "R932": "A file of another program cannot be read as what it should be.",
        "R933": "A file is of a version of another program that is not read.",
        "R934": "A file of another program is larger than is allowed, or unpacks to more.",
        "R935": "A password is needed for what is written.",
    }
)
"""Every code with its meaning in one line; ``docs/reference/errors.md`` is made from it."""

MOST_SHOWN = 600
"""Characters of each text of a fault; the middle of a longer one is left out."""
MOST_LISTED = 12
"""Lines of a list that are shown."""

_MANY = 4000  # more candidates than this are thinned before difflib compares them one by one


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file. ``line`` and ``column`` count from 1; ``field`` is a column of a CSV or a key of TOML."""

    file: str = ""
    line: int | None = None
    column: int | None = None
    field: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f":{self.line}"
            if self.column is not None:
                place += f":{self.column}"
        if self.field:
            place = f"{place} ({self.field})" if place else self.field
        return place


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in what a reader gave: what was found, what is allowed, how to mend it, and where it stands."""

    code: str
    message: str
    found: str
    allowed: str
    remedy: str
    where: Where = field(default_factory=Where)

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"{self.code} is not a code of rashomon.errors.CODES")
        for name in ("found", "allowed", "remedy"):
            object.__setattr__(self, name, cut(getattr(self, name), MOST_SHOWN))

    def __str__(self) -> str:
        place = str(self.where)
        lines = [f"{self.code} {place}: {self.message}" if place else f"{self.code} {self.message}"]
        labelled = (("found", self.found), ("allowed", self.allowed), ("remedy", self.remedy))
        lines += [f"  {label + ':':<9}{text}" for label, text in labelled if text]
        return "\n".join(lines)


def fault_lines(faults: Iterable[Fault]) -> Iterator[list[str]]:
    """Faults as they are shown, the lines of each: those that differ in nothing but their place once, with all their places.

    Of many places the first are shown.
    """
    places: dict[Fault, list[str]] = {}
    for fault in faults:
        places.setdefault(replace(fault, where=Where()), []).append(" ".join(str(fault.where).splitlines()))
    for fault, named in places.items():
        if len(named) == 1:
            yield str(replace(fault, where=Where(named[0]))).splitlines()
        else:
            yield [*str(fault).splitlines(), *(f"  {'' if row else 'in:':<9}{one}" for row, one in enumerate(first_of(named)))]


def first_of(lines: Sequence[str]) -> Iterator[str]:
    """The first of the lines that a list shows, and how many more there are."""
    yield from lines[:MOST_LISTED]
    if len(lines) > MOST_LISTED:
        yield f"… and {len(lines) - MOST_LISTED:,} more; --json lists them all"


class RashomonError(Exception):
    """Bad input of any kind. Carries one fault or many; :attr:`exit_status` is what the command line returns.

    ``RashomonError(fault)`` or ``RashomonError(faults)``; at least one fault is required.
    """

    exit_status = 2

    def __init__(self, faults: Fault | Sequence[Fault]) -> None:
        listed = (faults,) if isinstance(faults, Fault) else tuple(faults)
        if not listed:
            raise ValueError("a RashomonError needs at least one fault")
        super().__init__(listed)  # the tuple as the only argument keeps the error picklable
        self.faults: tuple[Fault, ...] = listed

    @property
    def fault(self) -> Fault:
        """The first fault."""
        return self.faults[0]

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


def error(
    code: str, message: str, *, found: str = "", allowed: str = "", remedy: str = "", where: Where | None = None
) -> RashomonError:
    """A :class:`RashomonError` of one fault, to be raised by the caller."""
    return RashomonError(Fault(code, message, found, allowed, remedy, where or Where()))


def unreadable(file: str, problem: OSError) -> Fault:
    """The fault of a file that the system will not let us read."""
    return Fault(
        "R006",
        "The file cannot be read.",
        found=problem.strerror or str(problem),
        allowed="a plain file that you may read",
        remedy="Check that it is a file, and its permissions.",
        where=Where(file),
    )


def need(module: str, extra: str, message: str, code: str = "R909") -> ModuleType:
    """A module that an extra of ours brings; a fault of this code with the message where it is not installed."""
    try:
        return import_module(module)
    except ImportError as problem:
        raise missing(module, extra, message, code) from problem


def need_all(packages: Iterable[str], extra: str, message: str) -> dict[str, str]:
    """The version of each distribution of an extra of ours; R909 with the message where one is not installed."""
    from importlib.metadata import PackageNotFoundError, version  # here, for it is slow to load and seldom needed

    try:
        return {name: version(name) for name in packages}
    except PackageNotFoundError as problem:
        raise missing(str(problem.name), extra, message) from problem


def missing(name: str, extra: str, message: str, code: str = "R909") -> RashomonError:
    """The fault of this code: what an extra of ours brings is not installed."""
    return error(
        code,
        message,
        found=f"no {name}",
        allowed=f"rashomon with its extra {extra}",
        remedy=f"Run: pip install 'rashomon[{extra}]'",
    )


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like ``name``, or None where none is close.

    Likeness is difflib's ratio (Ratcliff & Obershelp 1988), at least 0.6, compared without case. Very long lists are
    first thinned to names of nearly the same length and the same first letter, so that one misspelt id among a
    million costs milliseconds.
    """
    wanted = name.strip().lower()
    pool = list(candidates)
    if len(pool) > _MANY:
        head = wanted[:1]
        pool = [one for one in pool if abs(len(one) - len(wanted)) <= 2 and one[:1].lower() == head][:_MANY]
    lowered = {one.lower(): one for one in reversed(pool)}
    close = difflib.get_close_matches(wanted, lowered, n=1, cutoff=0.6)
    return lowered[close[0]] if close else None


def suggest(name: str, candidates: Iterable[str], otherwise: str) -> str:
    """A remedy for a misspelt name: the nearest valid one where there is one, else ``otherwise``."""
    close = nearest(name, candidates)
    if close is None:
        return otherwise[:1].upper() + otherwise[1:]
    return f"Did you mean {close!r}? If not, {otherwise[:1].lower()}{otherwise[1:]}"


def cut(text: str, most: int) -> str:
    """A text of at most ``most`` characters: of a longer one the beginning, "…" and the last tenth, where reasons stand.

    >>> cut("aid & affirm & visit & sign, too many", 20)
    'aid & affirm & vi…ny'
    """
    tail = most // 10
    return text if len(text) <= most else f"{text[: most - tail - 1]}…{text[len(text) - tail :]}"


def listing(names: Iterable[str], limit: int = 12) -> str:
    """Names for an ``allowed`` text: all of a short list, the beginning and the number of a long one."""
    known = list(names)
    shown = ", ".join(known[:limit])
    return f"{shown} … ({len(known)} in all)" if len(known) > limit else shown
