"""Coding: from passages to proposed statements and acts, and how far two coders of the same passages agree."""

from rashomon.coding.acts import Act, act_of
from rashomon.coding.proposals import Coder, Proposal, Reason
from rashomon.coding.reliability import (
    LABEL,
    Agreement,
    Alignment,
    Alpha,
    Coding,
    FieldAgreement,
    Matched,
    Unitising,
    agreement,
    align,
    alpha,
    compare,
    read_codings,
    similarity,
)
from rashomon.coding.rules import Dropped, Rules

__all__ = [
    "LABEL",
    "Act",
    "Agreement",
    "Alignment",
    "Alpha",
    "Coder",
    "Coding",
    "Dropped",
    "FieldAgreement",
    "Matched",
    "Proposal",
    "Reason",
    "Rules",
    "Unitising",
    "act_of",
    "agreement",
    "align",
    "alpha",
    "compare",
    "read_codings",
    "similarity",
]
