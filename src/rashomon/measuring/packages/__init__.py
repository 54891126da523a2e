"""Packages, policy lines and demands: how far they stand from each side, which overlap, and what outlives its aim."""

from rashomon.measuring.packages.distances import ClauseDistance, PackageDistances, measure_packages
from rashomon.measuring.packages.goal_drift import GoalDrift, GoalDrifts, measure_goal_drift
from rashomon.measuring.packages.policies import Policies, PolicyLine, measure_policies

__all__ = [
    "ClauseDistance",
    "GoalDrift",
    "GoalDrifts",
    "PackageDistances",
    "Policies",
    "PolicyLine",
    "measure_goal_drift",
    "measure_packages",
    "measure_policies",
]
