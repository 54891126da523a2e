"""The discourse networks that the report tells: of the layers of each side, and of who tells of whose view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rashomon.errors import RashomonError
from rashomon.measuring.networks import Discourse, Ground, Network, Polarisation
from rashomon.study import Provenance, StudyData


@dataclass(frozen=True)
class Networks:
    """Agreement and conflict of layers, how polarised they are, and views attributed; None where no statement takes a side.

    ``own``: what the first three stand on, in which a source counts once for what it repeats, and ``attributed`` the last.
    ``because``: why the first three are None.
    """

    own: Discourse
    attributed: Discourse
    agree: Network | None
    oppose: Network | None
    polarised: Polarisation | None
    views: Network | None
    because: str

    @classmethod
    def of(cls, study: StudyData) -> Networks:
        """Those of a study."""
        own = Discourse(Ground(study, by="layer", duplicates="document"))
        attributed = Discourse(Ground(study, of="attributed", duplicates="document"))
        try:
            views = attributed.views()
        except RashomonError:
            views = None
        try:
            agree = own.network("actors", "congruence")
        except RashomonError as problem:
            return cls(own, attributed, None, None, None, views, f"{problem.fault.message} {problem.fault.found}.")
        return cls(own, attributed, agree, own.network("actors", "conflict"), own.polarisation(), views, "")

    def provenances(self) -> Iterator[tuple[str, Provenance]]:
        """How each was made, under its name."""
        named = (("agreement of layers", self.agree), ("polarisation", self.polarised), ("views attributed", self.views))
        return ((name, one.provenance) for name, one in named if one is not None)
