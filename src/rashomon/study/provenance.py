"""The note on how a result came about, filled in from the study."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rashomon.study.loading import StudyData
from rashomon.study.results import Provenance
from rashomon.study.times import format_day


def note(
    study: StudyData | None, method: str, parameters: Mapping[str, object], seed: int | None, n: int, sources: Iterable[str]
) -> Provenance:
    """The provenance of a result of ``n`` records from ``sources`` (ids, in any order and number); of no ``study`` where None."""
    from rashomon import __version__

    return Provenance(
        method=method,
        parameters=tuple(parameters.items()),
        seed=seed,
        version=__version__,
        study="" if study is None else study.declared.study.id,
        as_of=None if study is None or study.day is None else format_day(study.day),
        n=n,
        sources=tuple(sorted(set(sources))),
        without=() if study is None else study.unheard,
    )
