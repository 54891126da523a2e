"""The note on how a result came about, filled in from the study."""

from __future__ import annotations

from collections.abc import Iterable

from rashomon.study import Provenance, StudyData, format_day


def note(
    study: StudyData, method: str, parameters: dict[str, object], seed: int | None, n: int, sources: Iterable[str]
) -> Provenance:
    """The provenance of a result of ``n`` records from ``sources`` (ids, in any order and number)."""
    from rashomon import __version__

    return Provenance(
        method=method,
        parameters=tuple(parameters.items()),
        seed=seed,
        version=__version__,
        study=study.declared.study.id,
        as_of=None if study.day is None else format_day(study.day),
        n=n,
        sources=tuple(sorted(set(sources))),
        without=study.unheard,
    )
