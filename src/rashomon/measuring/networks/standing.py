"""The discourse networks that are measured of every study: of the layers of each side, and of who tells of whose view.

Layers, since single actors of a study are mostly many and each on record a few times; a source counts once for what it repeats.
"""

from __future__ import annotations

from typing import TypedDict

from rashomon.errors import RashomonError
from rashomon.measuring.networks.answers import Network, Polarisation, TieChanges
from rashomon.measuring.networks.discourse import Discourse
from rashomon.measuring.networks.ground import Ground
from rashomon.study import StudyData
from rashomon.study.provenance import note


class Standing(TypedDict):
    """Agreement and conflict of layers, how these changed, how polarised they are, and the views that each tells of others; all
    as results, which say why they are empty.
    """

    agreement: Network
    opposition: Network
    network_changes: TieChanges
    polarisation: Polarisation
    attributed: Network


def of_layers(study: StudyData) -> Discourse:
    """The discourse of the layers of each side."""
    return Discourse(Ground(study, by="layer", duplicates="document"))


def of_others_views(study: StudyData) -> Discourse:
    """The discourse of the views that actors attribute to others."""
    return Discourse(Ground(study, of="attributed", duplicates="document"))


def measure_networks(study: StudyData) -> Standing:
    """The networks of a study; empty ones where no statement takes a side. O(draws × statements) for the intervals."""
    own, others = of_layers(study), of_others_views(study)
    try:
        views = others.views()
    except RashomonError as problem:
        views = _empty(study, "views", problem)
    try:
        agreement = own.network("actors", "congruence")
    except RashomonError as problem:
        none = _empty(study, "actors", problem)
        return Standing(
            agreement=none, opposition=none, network_changes=TieChanges((), none.provenance, (), ()),
            polarisation=Polarisation((), none.provenance, ()), attributed=views,
        )  # fmt: skip
    return Standing(
        agreement=agreement,
        opposition=own.network("actors", "conflict"),
        network_changes=own.changes(),
        polarisation=own.polarisation(),
        attributed=views,
    )


def _empty(study: StudyData, mode: str, problem: RashomonError) -> Network:
    """A network without ties, which says why."""
    because = f"{problem.fault.message} {problem.fault.found}."
    return Network((), note(study, "none: no statement takes a side", {}, None, 0, ()), (), mode, mode == "views", (), because)
