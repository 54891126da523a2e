"""All measures of a study in one go, each with a note on how it came about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from rashomon.measuring.campaigns import Movements, measure_campaigns
from rashomon.measuring.catchball import Catchball, measure_catchball
from rashomon.measuring.dynamics import (
    Breaks,
    LeadLags,
    Persistence,
    Responses,
    measure_breaks,
    measure_event_response,
    measure_lead_lag,
    measure_persistence,
)
from rashomon.measuring.events import EventSeries, measure_events
from rashomon.measuring.feeling import Feeling, measure_feeling
from rashomon.measuring.formulas import Formulas, measure_formulas
from rashomon.measuring.hypotheses import Trials, measure_hypotheses
from rashomon.measuring.levels import Level, measure_levels
from rashomon.measuring.misperception import (
    Belief,
    DeskRecord,
    Opportunities,
    Signal,
    Update,
    measure_ledger,
    measure_opportunities,
    measure_signals,
    measure_updating,
    on_the_desk,
)
from rashomon.measuring.networks import Network, Polarisation, TieChanges, measure_networks
from rashomon.measuring.packages import (
    GoalDrifts,
    PackageDistances,
    Policies,
    measure_goal_drift,
    measure_packages,
    measure_policies,
)
from rashomon.measuring.polls import FigureFindings, PollList, Pools, list_polls, measure_figures, pool_polls
from rashomon.measuring.records.viewing import DESIGN_EFFECT, UNKNOWN_N, gather_views
from rashomon.measuring.relations import (
    ALIKE,
    LEVEL,
    MIRROR,
    Arenas,
    Comparison,
    Facades,
    Mirror,
    Triads,
    measure_arenas,
    measure_asymmetries,
    measure_coorientation,
    measure_facades,
    measure_mirror,
    measure_realisation,
    measure_triads,
)
from rashomon.measuring.rivals import Rivals, measure_rivals
from rashomon.measuring.silences import Coverage, Silences, measure_coverage, measure_silences
from rashomon.measuring.whole.alongside import alongside
from rashomon.measuring.whole.apart import apart
from rashomon.measuring.whole.jackknifing import Headlines, Jackknife, measure_jackknife
from rashomon.study import TABLES, Result, StudyData, format_day, jsonable, uncollected, written
from rashomon.study.provenance import note


@dataclass(frozen=True)
class Images(Result[Level]):
    """Levels of qualities and placed issues by side and layer; see :class:`Level`."""


@dataclass(frozen=True)
class Comparisons(Result[Comparison]):
    """Comparisons of views; see :class:`Comparison`."""


@dataclass(frozen=True)
class Mirrors(Result[Mirror]):
    """Mirror-image indices; see :class:`Mirror`."""


@dataclass(frozen=True)
class Beliefs(Result[Belief]):
    """The misperception ledger; see :class:`Belief`."""


@dataclass(frozen=True)
class Signals(Result[Signal]):
    """The signal ledger; see :class:`Signal`."""


@dataclass(frozen=True)
class Updates(Result[Update]):
    """The updating ledger; see :class:`Update`."""


@dataclass(frozen=True)
class Desk(Result[DeskRecord]):
    """What lay open to a holder on a day; see :class:`DeskRecord`."""


@dataclass(frozen=True)
class Measures:
    """Everything that was measured. ``left_out``: records left out as of the day because when they became known is unknown."""

    levels: Images
    asymmetries: Comparisons
    coorientation: Comparisons
    realisation: Comparisons
    mirror: Mirrors
    misperceptions: Beliefs
    signals: Signals
    opportunities: Opportunities
    updating: Updates
    policies: Policies
    goal_drift: GoalDrifts
    packages: PackageDistances
    persistence: Persistence
    breaks: Breaks
    lead_lag: LeadLags
    event_response: Responses
    campaigns: Movements
    catchball: Catchball
    polls: PollList
    pooled: Pools
    figures: FigureFindings
    facades: Facades
    arenas: Arenas
    triads: Triads
    silences: Silences
    coverage: Coverage
    agreement: Network
    opposition: Network
    network_changes: TieChanges
    polarisation: Polarisation
    attributed: Network
    hypotheses: Trials
    rivals: Rivals
    formulas: Formulas
    jackknife: Jackknife
    feeling: Feeling
    events: EventSeries
    left_out: tuple[tuple[str, int], ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON types: the rows of each measure under its name, what else it holds as ``name_part``, and all provenances."""
        plain: dict[str, Any] = jsonable(self._parts())
        return plain

    def to_json(self) -> Iterator[str]:
        """The text of :meth:`to_dict` in pieces: the whole need never be held, which of a large study is a gigabyte."""
        return written(self._parts())

    def _parts(self) -> dict[str, Any]:
        parts = {one.name: getattr(self, one.name).parts() for one in fields(self) if one.name != "left_out"}
        out: dict[str, Any] = {"left_out": dict(self.left_out)}
        out["provenance"] = {name: held.pop("provenance") for name, held in parts.items()}
        for name, held in parts.items():
            out[name] = held.pop("rows")
            out |= {f"{name}_{part}": value for part, value in held.items()}
        return out


@uncollected()
def measure_all(study: StudyData) -> Measures:
    """Every measure of the study as it stands (or as of its day).

    Levels, which compiled kernels reckon, are measured alongside all the rest; series of a large study in a process apart.
    """
    series = apart(lambda: _series(study), sum(len(study.table(name)) for name in TABLES))
    views = gather_views(study)
    levels_found = alongside(lambda: measure_levels(study, views))
    ledger = measure_ledger(study)
    beliefs = Beliefs(
        ledger.rows,
        _note(study, "stronger kind of evidence decides; own records on the topic in that time, and links", ledger.rows),
    )
    gaps: dict[str, object] = {"level": LEVEL, "alike": ALIKE}
    mean = "difference of hierarchical means over voices, between-voice deviation integrated over"
    asymmetries, coorientation, realisation = (
        Comparisons(rows, _note(study, mean, rows, gaps))
        for rows in (
            measure_asymmetries(study, views),
            measure_coorientation(study, views),
            measure_realisation(study, views),
        )
    )
    trials = measure_hypotheses(study, ledger.rows)
    compared = (*asymmetries.rows, *coorientation.rows, *realisation.rows)
    mirrors = measure_mirror(study, views)
    signals, updates = measure_signals(study, ledger), measure_updating(study, ledger)
    return Measures(
        asymmetries=asymmetries,
        coorientation=coorientation,
        realisation=realisation,
        mirror=Mirrors(mirrors, _note(study, "Bronfenbrenner 1961; bootstrap of qualities", mirrors, {"mirror": MIRROR}, 1961)),
        misperceptions=beliefs,
        signals=Signals(signals, _note(study, "readings judged by the ledger", signals)),
        updating=Updates(updates, _note(study, "first trace of a response after the sign", updates)),
        facades=measure_facades(study, views),
        arenas=measure_arenas(study, views),
        triads=measure_triads(study, views),
        hypotheses=trials,
        jackknife=measure_jackknife(study, Headlines(ledger, views, compared, trials.rows)),
        left_out=tuple(study.left_out().items()),
        **_singly(study),
        **series(),
        levels=_images(study, levels_found()),  # which is waited for here, in the end
    )


def _singly(study: StudyData) -> dict[str, Any]:
    """What is measured of the study alone, by the name of its field."""
    return {
        "opportunities": measure_opportunities(study),
        "policies": measure_policies(study),
        "packages": measure_packages(study),
        "polls": list_polls(study),
        "figures": measure_figures(study),
        "silences": measure_silences(study),
        "coverage": measure_coverage(study),
        "rivals": measure_rivals(study),
        "feeling": measure_feeling(study),
        "events": measure_events(study),
        **measure_networks(study),
    }


def _series(study: StudyData) -> dict[str, Any]:
    """What is measured of series over time, by the name of its field; it needs nothing of the rest."""
    return {
        "goal_drift": measure_goal_drift(study),
        "persistence": measure_persistence(study),
        "breaks": measure_breaks(study),
        "lead_lag": measure_lead_lag(study),
        "event_response": measure_event_response(study),
        "campaigns": measure_campaigns(study),
        "catchball": measure_catchball(study),
        "pooled": pool_polls(study),
        "formulas": measure_formulas(study),
    }


def _images(study: StudyData, rows: tuple[Level, ...]) -> Images:
    parameters: dict[str, object] = {
        "level": LEVEL,
        "respondents where none are printed": UNKNOWN_N,
        "design effect": DESIGN_EFFECT,
    }
    return Images(rows, _note(study, "local level with voice effects, variances integrated over", rows, parameters))


def _note(
    study: StudyData, method: str, rows: Iterable[Any], parameters: dict[str, object] | None = None, seed: int | None = None
) -> Any:
    """Provenance of rows of one kind, which names their sources one way or another."""
    listed = list(rows)
    sources: set[str] = set()
    for name in ("sources", "told_by", "on_account_of", "source"):
        for found in set(map(attrgetter(name), listed)) if hasattr(next(iter(listed), None), name) else ():
            sources.update((found,) if isinstance(found, str) else found)
    return note(study, method, parameters or {}, seed, len(listed), sources)


def choose_images(images: Images, holder: str = "", target: str = "") -> Images:
    """The series of one side as ``holder``, or that see ``target``."""
    rows = tuple(
        row
        for row in images.rows
        if holder in ("", row.side) and target in ("", row.topic.partition(":")[0] if ":" in row.topic else row.side)
    )
    return Images(rows, images.provenance)


def choose_pair(measures: Measures, one: str, other: str) -> Comparisons:
    """All comparisons of views between two sides, in either order."""
    chosen = [
        row
        for result in (measures.asymmetries, measures.coorientation, measures.realisation)
        for row in result.rows
        if row.kind != "layers" and _names(row, {one, other})
    ]
    return Comparisons(tuple(chosen), measures.coorientation.provenance)


def _names(row: Comparison, pair: set[str]) -> bool:
    words = set(f"{row.of} {row.against}".split())
    return pair <= words


def lay_out_desk(study: StudyData, holder: str, day: int) -> Desk:
    """:func:`~rashomon.measuring.misperception.signalling.on_the_desk` as a result."""
    rows = on_the_desk(study, holder, day)
    return Desk(rows, _note(study, "evidence open by the day", rows, {"holder": holder, "day": format_day(day)}))


__all__ = [
    "Beliefs",
    "Comparisons",
    "Desk",
    "Images",
    "Measures",
    "Mirrors",
    "Signals",
    "Updates",
    "choose_images",
    "choose_pair",
    "lay_out_desk",
    "measure_all",
]
