"""Discourse networks: who agrees with whom on what, and when (Leifeld 2017, *Oxford Handbook of Political Networks*, ch. 12)."""

from rashomon.measuring.networks.answers import (
    Backbones,
    BackboneTopic,
    Bar,
    Bars,
    Coalitions,
    Event,
    Events,
    Member,
    Network,
    Node,
    Phases,
    Polarisation,
    Polarised,
    Series,
    Slice,
    State,
    Tie,
    TieChange,
    TieChanges,
)
from rashomon.measuring.networks.discourse import Discourse
from rashomon.measuring.networks.ground import Asked, Ground
from rashomon.measuring.networks.standing import measure_networks, of_layers, of_others_views

__all__ = [
    "Asked",
    "BackboneTopic",
    "Backbones",
    "Bar",
    "Bars",
    "Coalitions",
    "Discourse",
    "Event",
    "Events",
    "Ground",
    "Member",
    "Network",
    "Node",
    "Phases",
    "Polarisation",
    "Polarised",
    "Series",
    "Slice",
    "State",
    "Tie",
    "TieChange",
    "TieChanges",
    "measure_networks",
    "of_layers",
    "of_others_views",
]
