"""Rival explanations of one outcome: process tracing by Bayes' rule over judged intervals (Bennett 2015)."""

from rashomon.measuring.rivals.standing import Duel, MissingDocument, Rivals, Standing, Tested, measure_rivals

__all__ = ["Duel", "MissingDocument", "Rivals", "Standing", "Tested", "measure_rivals"]
