"""What ``study.toml`` declares, as pydantic models.

Every field has a title, from which the reference page and the comments of a new study are made; a key that is not
here is a fault. References between the sections are checked apart from this, in :mod:`rashomon.study.declaring`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, StrictBool, model_validator

from rashomon.study.declared_values import (
    Aims,
    Chance,
    Cues,
    EventFiles,
    Files,
    Filled,
    Id,
    MoveKinds,
    Share,
    Time,
    refusal,
)
from rashomon.study.times import OPEN_HI, When
from rashomon.study.vocabulary import DEFAULT_SCALE, scale_intervals

ActorKind = Literal["person", "office", "group", "faction", "population", "organisation"]
Dimension = Literal["intent", "capability", "status", "affect"]


class _Declared(BaseModel):
    """A table of study.toml: unknown keys are faults, values never change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, ignored_types=(cached_property,))


class Study(_Declared):
    """The study itself."""

    id: Id = Field(title="id of the study")
    title: Filled = Field(title="title, as it stands above the report")
    span: Time = Field(title="the time that the study covers, such as 1955/2024")
    citation_style: str = Field("chicago-author-date", title="name of a citation style (CSL)")
    format: int = Field(1, title="version of the study format")


class Side(_Declared):
    """One of the relationship's sides, or a third that bears on it."""

    id: Id = Field(title="id of the side")
    name: Filled = Field(title="name")
    names: dict[str, str] = Field(default_factory=dict, title="names in other languages, by language code")
    codes: tuple[str, ...] = Field((), title="what files of events call it, such as JPN; several where they changed: SUN, RUS")


class Layer(_Declared):
    """Where in a society a view is held. Layers stand in order, from the top of the state to the street."""

    id: Id = Field(title="id of the layer")
    name: Filled = Field(title="name")
    official: bool = Field(False, title="whether what it says is official: that of the state")


class Role(_Declared):
    """What an actor was, for a time."""

    office: str = Field("", title="the office held, in words")
    layer: str = Field("", title="id of the layer to which the office belongs")
    member_of: str = Field("", title="id of the group or organisation of which the actor was a member")
    span: Time | None = Field(None, title="when, such as 1985-03/1990-05")


class Actor(_Declared):
    """A person, office, group, faction, population or organisation of one side."""

    id: Id = Field(title="id of the actor")
    name: Filled = Field(title="name")
    side: str = Field(title="id of the side it belongs to")
    kind: ActorKind = Field(title="person, office, group, faction, population or organisation")
    aliases: tuple[str, ...] = Field((), title="other names under which sources speak of it")
    layer: str = Field("", title="id of its layer, where no role says otherwise")
    official: bool | None = Field(None, title="whether it speaks for the state, where its layer does not, or the reverse")
    roles: tuple[Role, ...] = Field((), title="dated roles")
    born: Time | None = Field(None, title="when it came into being, where its end is not known")
    life: Time | None = Field(None, title="the time in which it existed, such as 1906/1982-11-10")

    @cached_property
    def alive(self) -> When | None:
        """The time in which the actor can hold a view; None where nothing is declared about it."""
        if self.life is not None:
            return self.life
        if self.born is None:
            return None
        return When(self.born.lo, OPEN_HI, False, self.born.approximate, f"{self.born.text}/..")


class Position(_Declared):
    """A position that can be taken on an issue.

    Where coders graded how far somebody agrees, such as from -2 to 2, each level is a position with its ``level``, in rising
    order, the issue has ``ordered = true``, and all levels of the scale are declared, also those that nobody holds: discourse
    networks measure how near two are by the whole scale. Where a level is negative, zero is the middle; else the middle of the
    lowest and the highest is.
    """

    id: Id = Field(title="id of the position")
    name: Filled = Field(title="name")
    at: Annotated[float, Field(ge=0, le=1)] | None = Field(None, title="its place, 0 to 1, where it can be defended")
    level: Annotated[int, Strict()] | None = Field(None, title="its level of agreement, a whole number, where that is graded")
    compatible: tuple[str, ...] = Field((), title="positions of the issue that can be held together with this one")
    examples: tuple[str, ...] = Field((), title="wordings that count as this position")


def _some_positions(items: tuple[Position, ...]) -> tuple[Position, ...]:
    if not items:
        raise refusal("R203", "The list is empty.", "at least one", 'Write one, such as { id = "yes", name = "Yes" }.')
    return items


class Issue(_Declared):
    """A topic with positions."""

    id: Id = Field(title="id of the issue")
    name: Filled = Field(title="name")
    description: str = Field("", title="what is at issue")
    positions: Annotated[tuple[Position, ...], AfterValidator(_some_positions)] = Field(title="positions, in order if ordered")
    facets: tuple[str, ...] = Field((), title="parts of the issue that may be spoken of apart")
    examples: tuple[str, ...] = Field((), title="wordings that speak of this issue")
    ordered: bool = Field(False, title="whether the positions stand in an order")
    about: str = Field("", title="id of the side whose aims or conduct the issue is, where it is about one side")
    arena: str = Field("", title="id of the arena in which it is dealt with")

    @cached_property
    def places(self) -> Mapping[str, float]:
        """Position id → its place 0..1, NaN where it has none."""
        nan = float("nan")
        return {one.id: nan if one.at is None else one.at for one in self.positions}

    @cached_property
    def levels(self) -> Mapping[str, int]:
        """Position id → its level of agreement; empty where agreement is not graded."""
        return {one.id: one.level for one in self.positions if one.level is not None}


class Quality(_Declared):
    """One scale that can be seen in any side or actor."""

    id: Id = Field(title="id of the quality")
    name: Filled = Field(title="name")
    description: str = Field("", title="what the quality means here")
    dimension: Dimension = Field(title="intent, capability, status or affect")
    scale: tuple[str, ...] = Field((), title="words of its scale, low to high; none for the default scale")
    tone: Literal["", "warm", "cold"] = Field("", title="whether seeing much of it is warm or cold toward whom it is seen in")
    arena: str = Field("", title="id of the arena to which it belongs")
    examples: tuple[str, ...] = Field((), title="wordings that count as this quality")

    @cached_property
    def intervals(self) -> Mapping[str, tuple[float, float]]:
        """Word of the scale → its interval on −1..1."""
        return scale_intervals(self.scale) if self.scale else dict(DEFAULT_SCALE)


class Source(_Declared):
    """Where records come from. Keys follow CSL-JSON where it has them."""

    id: Id = Field(title="id of the source")
    title: Filled = Field(title="title")
    authors: tuple[str, ...] = Field((), title="authors, as they are cited")
    published: Time = Field(title="when it was published")
    kind: Filled = Field(title="kind of source, such as book, chapter, article-newspaper, dataset")
    narrator: str = Field("", title="id of the actor with a stake who tells it")
    url: str = Field("", title="address")
    container: str = Field("", title="the book, journal or newspaper it stands in")
    pages: str = Field("", title="pages")
    publisher: str = Field("", title="publisher")
    file: Files = Field(
        (), title="its file within the study: a path, a pattern such as sources/embassy-*.pdf, or a list"
    )


class Series(_Declared):
    """A series of texts whose wordings are compared."""

    id: Id = Field(title="id of the series")
    name: Filled = Field(title="name")
    control_for: str = Field("", title="id of the series of which this one, of other sides, is the control")
    embeddings: StrictBool = Field(
        False, title="whether what a text leaves out is looked for in its other sentences by meaning (rashomon[learn])"
    )


class Tracked(_Declared):
    """Something that the texts of the series are searched for, by its words."""

    id: Id = Field(title="id of what is followed; that of a side where it is a side, whose own texts are then left out")
    name: Filled = Field(title="name")
    words: Cues = Field(
        title="words that count as speaking of it, in any case and language; * stands for any letters: soviet*"
    )
    series: tuple[str, ...] = Field((), title="ids of the series in which it is followed; none: in all")


class PollQuestion(_Declared):
    """A question as it was asked."""

    id: Id = Field(title="id of the question")
    wording: Filled = Field(title="the wording, as printed")
    answers: tuple[str, ...] = Field((), title="the answers offered; none if it was open")
    multiple: bool = Field(False, title="whether several answers could be chosen")


CheckKind = Literal["poll-change", "poll-level", "poll-gap", "poll-trend", "verdict", "count"]

_WAYS: Final = ("up", "down", "same")
_EXPECTED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "poll-change": _WAYS,
        "poll-trend": _WAYS,
        "poll-gap": ("more", "less", "same"),
        "verdict": ("borne out", "contradicted", "claimed in public only", "undetermined"),
    }
)
_CHECK_NEEDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "poll-change": ("question", "answer", "from", "to", "expect"),
        "poll-level": ("question", "answer", "relation", "value"),
        "poll-gap": ("question", "answer", "other_question", "other_answer", "expect"),
        "poll-trend": ("question", "answer", "expect"),
        "verdict": ("expect",),
        "count": ("relation", "value"),
    }
)


class Check(_Declared):
    """A test of a hypothesis that the program makes itself: of polls, of moves, or of the ledger of misperceptions."""

    kind: CheckKind = Field(title="poll-change, poll-level, poll-gap, poll-trend, verdict or count")
    expect: str = Field("", title="up, down or same; more, less or same (poll-gap); or a verdict (verdict)")
    question: str = Field("", title="id of the poll question")
    questions: tuple[str, ...] = Field((), title="further questions, each with a level of its own (poll-trend)")
    answer: str = Field("", title="the answer whose share is meant")
    population: str = Field("", title="whom the figures must speak of; blank: any one population")
    other_question: str = Field("", title="id of the question compared with (poll-gap)")
    other_answer: str = Field("", title="the answer compared with (poll-gap)")
    other_population: str = Field("", title="whom the figures compared with must speak of (poll-gap)")
    since: Time | None = Field(None, alias="from", title="the time before (poll-change)")
    to: Time | None = Field(None, title="the time after (poll-change)")
    when: Time | None = Field(None, title="the time that counts; blank: the whole study")
    by: Annotated[float, Field(ge=0)] = Field(0.0, title="least difference, in points (poll-trend: in points a year)")
    relation: Literal["", ">", ">=", "<", "<=", "="] = Field("", title="how the level or the count must stand to value")
    value: float | None = Field(None, title="the number that the level or the count is compared with")
    holder: str = Field("", title="whose beliefs count: an actor or a side (verdict)")
    topic: str = Field("", title="the topic of the beliefs that count (verdict)")
    at_least: Annotated[int, Field(ge=1)] = Field(1, title="how many beliefs must have the verdict (verdict)")
    actor: str = Field("", title="whose moves count: an actor or a side (count)")
    target: str = Field("", title="toward whom: an actor or a side (count)")
    moves: tuple[str, ...] = Field((), title="kinds of the moves that count; none: all kinds (count)")
    note: str = Field("", title="why this would tell")

    @model_validator(mode="after")
    def _complete(self) -> Check:
        given = {"from": self.since, **{name: getattr(self, name) for name in type(self).model_fields}}
        missing = [name for name in _CHECK_NEEDS[self.kind] if given[name] in ("", None)]
        if missing:
            message = f"A check of the kind {self.kind} needs {', '.join(missing)}."
            raise refusal("R202", message, ", ".join(_CHECK_NEEDS[self.kind]), f"Add {missing[0]}.")
        allowed = _EXPECTED.get(self.kind, ("",))
        if self.expect not in allowed:
            wanted = ", ".join(allowed) or "no expect, but relation and value"
            raise refusal("R203", f"A check of the kind {self.kind} cannot expect this.", wanted, "Write one of these.")
        if self.expect == "same" and self.by == 0:
            allowed_by = "by: the difference in points up to which they count as the same"
            raise refusal("R202", "A check that expects the same needs by.", allowed_by, "Add by, such as by = 3.")
        return self


class Hypothesis(_Declared):
    """A claim to be tried, with what would bear it out and what would contradict it."""

    id: Id = Field(title="id of the hypothesis")
    claim: Filled = Field(title="the claim, in one sentence")
    source: str = Field("", alias="from", title="id of the source it is taken from")
    supports: tuple[str, ...] = Field((), title="records that speak for it")
    refutes: tuple[str, ...] = Field((), title="records that speak against it")
    test: str = Field("", title="what would bear it out, and what would contradict it")
    rivals: tuple[str, ...] = Field((), title="other explanations")
    independent: tuple[str, ...] = Field((), title="records that do not rest on the source of the claim")
    checks: tuple[Check, ...] = Field((), title="tests that the program makes itself")


class Explanation(_Declared):
    """One account of an outcome, to be weighed against its rivals: other accounts of the same outcome."""

    id: Id = Field(title="id of the explanation")
    of: Filled = Field(title="the outcome that it explains, in the words that its rivals use for it too")
    claim: Filled = Field(title="the explanation, in one sentence")
    source: str = Field("", alias="from", title="id of the source it is taken from")


class Question(_Declared):
    """Which statements or moves show what an explanation expects to see. All keys that are given must hold."""

    path: str = Field("", title="whose view: actors or sides joined by ' > '; of moves, who moves, or who > toward whom")
    topic: str = Field("", title="the topic of the statements, or the issue of the moves")
    stance: tuple[str, ...] = Field((), title="the stances that count, as they are written; none: any")
    when: Time | None = Field(None, title="the time that the records must meet")
    kinds: tuple[str, ...] = Field((), title="kinds of the sources that count, such as diary; none: any")
    moves: tuple[str, ...] = Field((), title="kinds of the moves that count; where given, moves are sought, not statements")
    at_least: Annotated[int, Field(ge=1)] = Field(1, title="how many records must be found")

    @model_validator(mode="after")
    def _asks(self) -> Question:
        if not (self.path or self.topic or self.moves):
            allowed = "path, topic or moves; stance, when and kinds besides"
            raise refusal("R587", "A query asks for nothing.", allowed, "Write whose view, on which topic, or which moves.")
        return self


_OPEN: Final = ("not-looked-for", "withheld", "lost")


class Expectation(_Declared):
    """What should be seen if an explanation is true, and whether it was found. Its probabilities are judgements: intervals."""

    id: Id = Field(title="id of the expectation")
    of: str = Field(title="id of the explanation that expects it")
    sees: Filled = Field(title="what should be seen, in words")
    certainty: Chance = Field(title="probability of seeing it if the explanation is true, such as [0.6, 0.9]")
    uniqueness: Chance = Field(title="probability of not seeing it if a rival is true instead, such as [0.5, 0.8]")
    under: dict[str, Chance] = Field(
        default_factory=dict, title="probability of seeing it under single rivals, by their ids, where uniqueness will not do"
    )
    found: Literal["", "yes", "no", "not-looked-for", "withheld", "lost"] = Field(
        "", title="yes, no, not-looked-for, withheld or lost; blank: what the query says"
    )
    records: tuple[str, ...] = Field((), title="records in which it is seen; of what was not found, those that tell so")
    query: Question | None = Field(None, title="a question over statements or moves that finds such records")
    where: tuple[Filled, ...] = Field((), title="where it was, or could be, looked for: ids of sources, or archives in words")
    survives: Share = Field((0.0, 1.0), title="probability that a trace, had there been one, would have survived there")
    by: Filled = Field(title="who judged the probabilities")
    note: str = Field("", title="why so certain, and why so unique")

    @model_validator(mode="after")
    def _sound(self) -> Expectation:
        if self.found in ("", "yes") and not self.records and (self.query is None or self.found):
            allowed = "records = [ids]; or a query, and found left out"
            raise refusal("R582", "Nothing shows what is said to be found.", allowed, "Name the records in which it is seen.")
        if self.found == "no" and not self.where:
            allowed = "where: ids of sources, or archives in words"
            raise refusal("R583", "It is not said where it was looked for.", allowed, "Add where: absence tells only of that.")
        if self.found in (*_OPEN, "no") and self.query is not None:
            raise refusal("R588", f"A query cannot say that it is {self.found}.", "found left out, or no query", "Delete one.")
        if self.found in _OPEN[::2] and self.records:
            raise refusal("R588", f"What is {self.found} has no records.", "found = \"yes\", or no records", "Delete one.")
        return self


class NamedDate(_Declared):
    """A named break in time."""

    id: Id = Field(title="id of the date")
    name: Filled = Field(title="name")
    when: Time = Field(title="when it was")


class Period(_Declared):
    """A stretch of time over which the report compares the sides."""

    id: Id = Field(title="id of the period")
    name: Filled = Field(title="name")
    when: Time = Field(title="from when to when")


class Campaign(_Declared):
    """What one side did for a time so that another should see something otherwise: publicity, aid, visits.

    A series is a poll question (``question`` or ``question=answer``) or a topic, as the side addressed holds it.
    """

    id: Id = Field(title="id of the campaign")
    name: Filled = Field(title="name")
    by: Filled = Field(title="id of the actor or the side that made it")
    toward: Filled = Field(title="id of the side whose views it was to move")
    when: Time = Field(title="from when to when")
    aims: Aims = Field(title="series that it should move")
    controls: tuple[str, ...] = Field((), title="series that it should not touch, and that share what else moved")
    source: str = Field("", title="id of the source that tells of it")
    locator: str = Field("", title="where in the source: chapter, heading, paragraph, page")
    note: str = Field("", title="what was done, in the coder's words")


class Arena(_Declared):
    """A field in which the sides meet, such as politics, economy, culture, security, or third parties."""

    id: Id = Field(title="id of the arena")
    name: Filled = Field(title="name")
    moves: MoveKinds = Field(
        (), title="kinds of the moves that belong to it where they name no issue"
    )


class Mood(_Declared):
    """A time of which it is asked whether its mood was shared by a side's people or staged by its officials."""

    id: Id = Field(title="id of the mood")
    name: Filled = Field(title="name as it stands within a sentence, such as the hopes of 1997")
    when: Time = Field(title="from when to when")


class Coder(_Declared):
    """A coder that the study sets up: a language model, whose keys stand in the how-to on models, or the rules, which have one
    key, ``embeddings``.
    """

    model_config = ConfigDict(extra="allow")  # the room of coding knows and checks them

    id: Id = Field(title="id of the coder, as it stands in the column coder")
    kind: Literal["model", "rules"] = Field(
        "model", title="model: behind an OpenAI-compatible endpoint; rules: with or without topics by meaning"
    )


class Events(_Declared):
    """A set of machine-coded events, in files of its own, which may hold hundreds of millions."""

    id: Id = Field(title="id of the set")
    source: Filled = Field(title="id of the source it is cited as")
    files: EventFiles = Field(title="its files: a path, a folder or a pattern, or a list; within the study's folder, or absolute")
    format: Literal["gdelt1", "gdelt2", "icews", "polecat", "mapping"] = Field(
        title="gdelt1, gdelt2, icews, polecat, or mapping: any CSV or Parquet whose columns are named below"
    )
    columns: dict[str, str] = Field(
        default_factory=dict, title="what its columns are called, by what they hold: day, source, target, code, and others"
    )
    codes: Literal["", "cameo", "plover"] = Field("", title="cameo or plover: what its codes are of; blank: as the format has it")
    dates: str = Field("", title="how days are written, such as %d/%m/%Y; blank: 2018-06-01, with a time and an offset or not")
    goldstein: Literal["printed", "icews", "gdelt"] = Field(
        "printed", title="which Goldstein values count: as printed in the files, or by code from ICEWS's or GDELT's table"
    )
    scores: str = Field(
        "", title="a CSV beside study.toml with the columns code and value, from −10 to 10, which count instead of Goldstein's"
    )
    same: Literal["", "row", "event", "actors", "sides"] = Field(
        "", title="which rows are one event: row (each), event (one id), actors (one day, pair and code), sides (likewise)"
    )


class Declared(_Declared):
    """All that study.toml declares."""

    study: Study = Field(title="the study itself")
    sides: tuple[Side, ...] = Field((), alias="side", title="sides of the relationship, and thirds")
    layers: tuple[Layer, ...] = Field((), alias="layer", title="layers, from the top of the state to the street")
    actors: tuple[Actor, ...] = Field((), alias="actor", title="who holds views")
    issues: tuple[Issue, ...] = Field((), alias="issue", title="topics with positions")
    qualities: tuple[Quality, ...] = Field((), alias="quality", title="scales seen in sides and actors")
    sources: tuple[Source, ...] = Field((), alias="source", title="where records come from")
    series: tuple[Series, ...] = Field((), title="series of texts")
    tracked: tuple[Tracked, ...] = Field((), title="what the texts of the series are searched for")
    poll_questions: tuple[PollQuestion, ...] = Field((), alias="poll_question", title="questions as they were asked")
    hypotheses: tuple[Hypothesis, ...] = Field((), alias="hypothesis", title="claims to be tried")
    explanations: tuple[Explanation, ...] = Field((), alias="explanation", title="rival accounts of one outcome")
    expectations: tuple[Expectation, ...] = Field((), alias="expectation", title="what each account expects to see")
    dates: tuple[NamedDate, ...] = Field((), alias="date", title="named breaks")
    periods: tuple[Period, ...] = Field((), alias="period", title="periods over which the sides are compared")
    campaigns: tuple[Campaign, ...] = Field((), alias="campaign", title="campaigns whose effect is looked for")
    arenas: tuple[Arena, ...] = Field((), alias="arena", title="fields in which the sides meet")
    moods: tuple[Mood, ...] = Field((), alias="mood", title="times whose mood may have been staged")
    coders: tuple[Coder, ...] = Field((), alias="coder", title="coders that may propose statements")
    events: tuple[Events, ...] = Field((), title="sets of machine-coded events")


SECTIONS: Final[Mapping[str, tuple[str, type[_Declared]]]] = MappingProxyType(
    {
        "side": ("sides", Side),
        "layer": ("layers", Layer),
        "actor": ("actors", Actor),
        "issue": ("issues", Issue),
        "quality": ("qualities", Quality),
        "source": ("sources", Source),
        "series": ("series", Series),
        "tracked": ("tracked", Tracked),
        "poll_question": ("poll_questions", PollQuestion),
        "hypothesis": ("hypotheses", Hypothesis),
        "explanation": ("explanations", Explanation),
        "expectation": ("expectations", Expectation),
        "date": ("dates", NamedDate),
        "period": ("periods", Period),
        "campaign": ("campaigns", Campaign),
        "arena": ("arenas", Arena),
        "mood": ("moods", Mood),
        "coder": ("coders", Coder),
        "events": ("events", Events),
    }
)
"""Key of a section in study.toml → its attribute of :class:`Declared`, and the model of one of its tables."""


def keys_of(model: type[BaseModel]) -> dict[str, Any]:
    """Key as written in the file → its pydantic field, in order."""
    return {info.alias or name: info for name, info in model.model_fields.items()}
