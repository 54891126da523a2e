"""Coding: from passages to proposed statements and acts, their review, and how far two coders of the same passages agree."""

from rashomon.coding.acts import Act, act_of
from rashomon.coding.adjudicating import Adjudicated, Adjudication
from rashomon.coding.adjudicating_lines import adjudicated_lines, case_lines
from rashomon.coding.coders import check_coders
from rashomon.coding.comparing_lines import beside, comparison_lines
from rashomon.coding.directing import Balance, DirectedAttitude, acts_in, balances, directed_attitudes
from rashomon.coding.embedding import FILE as VECTORS
from rashomon.coding.embedding import LANGUAGES, VectorFile, encoder_name
from rashomon.coding.label_scores import LabelScore
from rashomon.coding.learned import LearnedCoder
from rashomon.coding.learned_lines import queue_lines, score_lines
from rashomon.coding.model import ModelCoder, ModelPlan, ModelReport
from rashomon.coding.model_settings import ModelSettings
from rashomon.coding.outcome_lines import outcome_lines
from rashomon.coding.outcomes import Outcome, Outcomes, outcomes
from rashomon.coding.proposals import Coder, Preparing, Proposal, Reason
from rashomon.coding.proposing import Codings
from rashomon.coding.reading_next import Queue, found_nothing, next_passages
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
from rashomon.coding.reviewing import Review, read_changes
from rashomon.coding.rules import Dropped, Rules, countries_in
from rashomon.coding.running import code, passages_of_quotes
from rashomon.coding.scoring import Score, Scores, score
from rashomon.coding.telling import coding_lines, proposal_lines, review_table
from rashomon.coding.unitising import Stretch, unit_alpha

__all__ = [
    "LABEL",
    "LANGUAGES",
    "VECTORS",
    "Act",
    "Adjudicated",
    "Adjudication",
    "Agreement",
    "Alignment",
    "Alpha",
    "Balance",
    "Coder",
    "Coding",
    "Codings",
    "Confused",
    "Difference",
    "Differences",
    "DirectedAttitude",
    "Dropped",
    "FieldAgreement",
    "LabelScore",
    "LearnedCoder",
    "Matched",
    "ModelCoder",
    "ModelPlan",
    "ModelReport",
    "ModelSettings",
    "Outcome",
    "Outcomes",
    "Preparing",
    "Proposal",
    "Queue",
    "Reason",
    "ReplyFile",
    "Review",
    "Rules",
    "Score",
    "Scores",
    "Spans",
    "Stretch",
    "Unitising",
    "VectorFile",
    "act_of",
    "acts_in",
    "adjudicated_lines",
    "agreement",
    "align",
    "alpha",
    "balances",
    "beside",
    "case_lines",
    "check_coders",
    "code",
    "coding_lines",
    "compare",
    "comparison_lines",
    "countries_in",
    "directed_attitudes",
    "encoder_name",
    "found_nothing",
    "next_passages",
    "outcome_lines",
    "outcomes",
    "passages_of_quotes",
    "proposal_lines",
    "queue_lines",
    "read_changes",
    "read_codings",
    "review_table",
    "score",
    "score_lines",
    "similarity",
    "unit_alpha",
]
