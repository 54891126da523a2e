"""Hypotheses: the records for and against each, the checks that the program makes itself, and the verdict."""

from rashomon.measuring.hypotheses.measuring import Trial, Trials, measure_hypotheses

__all__ = ["Trial", "Trials", "measure_hypotheses"]
