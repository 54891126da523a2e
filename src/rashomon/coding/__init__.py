"""Coding: from passages to statements, and how far two coders of the same passages agree."""

from rashomon.coding.model import ModelCoder, ModelPlan, ModelReport
from rashomon.coding.model_settings import ModelSettings
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
from rashomon.coding.reply_cache import ReplyFile

__all__ = [
    "LABEL",
    "Agreement",
    "Alignment",
    "Alpha",
    "Coder",
    "Coding",
    "FieldAgreement",
    "Matched",
    "ModelCoder",
    "ModelPlan",
    "ModelReport",
    "ModelSettings",
    "Proposal",
    "Reason",
    "ReplyFile",
    "Unitising",
    "agreement",
    "align",
    "alpha",
    "compare",
    "read_codings",
    "similarity",
]
