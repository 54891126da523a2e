"""Measures: statements, polls, moves and packages in, ledgers, levels, gaps, breaks and verdicts out."""

from rashomon.measuring.arenas import Arenas, ArenaTone, measure_arenas
from rashomon.measuring.breaks import Break, Breaks
from rashomon.measuring.campaigns import Moment, Movement, Movements, Placebo
from rashomon.measuring.catchball import (
    AnswerLadder,
    Call,
    Catchball,
    Conduct,
    Contest,
    Excitation,
    Holding,
    Reciprocity,
    measure_catchball,
)
from rashomon.measuring.coorientation import Comparison, Mirror
from rashomon.measuring.covarying import Together
from rashomon.measuring.coverage import Coverage, CoverageCell, require_covered
from rashomon.measuring.events import DyadPeriod, EventSeries, EventSet
from rashomon.measuring.facades import Facade, Facades, measure_facades
from rashomon.measuring.feeling import Feeling, check_lexicon
from rashomon.measuring.figures import DoubtfulFigures, FigureFindings
from rashomon.measuring.formulas import Formulas
from rashomon.measuring.goal_drift import GoalDrift, GoalDrifts
from rashomon.measuring.hypotheses import Trial, Trials
from rashomon.measuring.jackknifing import Jackknife, LeftOut, Shift, Spread, measure_headlines, measure_jackknife
from rashomon.measuring.kernels import say_the_wait
from rashomon.measuring.leading import LeadLag, LeadLags
from rashomon.measuring.ledgers import Belief, misperceptions
from rashomon.measuring.opportunities import Opportunities, Opportunity
from rashomon.measuring.package_distances import ClauseDistance, PackageDistances
from rashomon.measuring.persistence import Lasting, Persistence
from rashomon.measuring.policies import Policies, PolicyLine
from rashomon.measuring.polls import PollList, PollRow, PooledSeries, Pools
from rashomon.measuring.responding import Response, Responses
from rashomon.measuring.rivals import Duel, MissingDocument, Rivals, Standing, Tested, measure_rivals
from rashomon.measuring.signalling import DeskRecord, Reading, Signal, Update
from rashomon.measuring.silences import Kept, Silence, Silences, measure_silences
from rashomon.measuring.tracking import Level
from rashomon.measuring.triads import Balance, Relation, Triads, measure_triads
from rashomon.measuring.whole import (
    Beliefs,
    Comparisons,
    Desk,
    Images,
    Measures,
    Mirrors,
    Signals,
    Updates,
    choose_images,
    choose_pair,
    lay_out_desk,
    measure_all,
)

__all__ = [
    "AnswerLadder",
    "ArenaTone",
    "Arenas",
    "Balance",
    "Belief",
    "Beliefs",
    "Break",
    "Breaks",
    "Call",
    "Catchball",
    "ClauseDistance",
    "Comparison",
    "Comparisons",
    "Conduct",
    "Contest",
    "Coverage",
    "CoverageCell",
    "Desk",
    "DeskRecord",
    "DoubtfulFigures",
    "Duel",
    "DyadPeriod",
    "EventSeries",
    "EventSet",
    "Excitation",
    "Facade",
    "Facades",
    "Feeling",
    "FigureFindings",
    "Formulas",
    "GoalDrift",
    "GoalDrifts",
    "Holding",
    "Images",
    "Jackknife",
    "Kept",
    "Lasting",
    "LeadLag",
    "LeadLags",
    "LeftOut",
    "Level",
    "Measures",
    "Mirror",
    "Mirrors",
    "MissingDocument",
    "Moment",
    "Movement",
    "Movements",
    "Opportunities",
    "Opportunity",
    "PackageDistances",
    "Persistence",
    "Placebo",
    "Policies",
    "PolicyLine",
    "PollList",
    "PollRow",
    "PooledSeries",
    "Pools",
    "Reading",
    "Reciprocity",
    "Relation",
    "Response",
    "Responses",
    "Rivals",
    "Shift",
    "Signal",
    "Signals",
    "Silence",
    "Silences",
    "Spread",
    "Standing",
    "Tested",
    "Together",
    "Triads",
    "Trial",
    "Trials",
    "Update",
    "Updates",
    "check_lexicon",
    "choose_images",
    "choose_pair",
    "lay_out_desk",
    "measure_all",
    "measure_arenas",
    "measure_catchball",
    "measure_facades",
    "measure_headlines",
    "measure_jackknife",
    "measure_rivals",
    "measure_silences",
    "measure_triads",
    "misperceptions",
    "require_covered",
    "say_the_wait",
]
