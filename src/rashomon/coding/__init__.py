"""Coding: from passages to statements, and how far two coders of the same passages agree."""

from rashomon.coding.comparing_lines import comparison_lines
from rashomon.coding.model import ModelCoder, ModelPlan, ModelReport
from rashomon.coding.model_settings import ModelSettings
from rashomon.coding.proposals import Coder, Proposal, Reason
from rashomon.coding.reliability import (
    LABEL,
    Agreement,
    Alignment,
    Alpha,
    Coding,
    Confused,
    Difference,
    Differences,
    FieldAgreement,
    Matched,
    Spans,
    Unitising,
    agreement,
    align,
    alpha,
    compare,
    read_codings,
    similarity,
)
from rashomon.coding.reply_cache import ReplyFile
from rashomon.coding.scoring import Score, Scores, score
from rashomon.coding.unitising import Stretch, unit_alpha

__all__ = [
    "LABEL",
    "Agreement",
    "Alignment",
    "Alpha",
    "Coder",
    "Coding",
    "Confused",
    "Difference",
    "Differences",
    "FieldAgreement",
    "Matched",
    "ModelCoder",
    "ModelPlan",
    "ModelReport",
    "ModelSettings",
    "Proposal",
    "Reason",
    "ReplyFile",
    "Score",
    "Scores",
    "Spans",
    "Stretch",
    "Unitising",
    "agreement",
    "align",
    "alpha",
    "compare",
    "comparison_lines",
    "read_codings",
    "score",
    "similarity",
    "unit_alpha",
]
