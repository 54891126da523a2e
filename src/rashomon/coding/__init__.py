"""Coding: from passages to statements, and how far two coders of the same passages agree."""

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

__all__ = [
    "LABEL",
    "Agreement",
    "Alignment",
    "Alpha",
    "Coding",
    "FieldAgreement",
    "Matched",
    "Unitising",
    "agreement",
    "align",
    "alpha",
    "compare",
    "read_codings",
    "similarity",
]
