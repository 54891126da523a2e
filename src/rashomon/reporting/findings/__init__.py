"""The findings: what the measures say, each in one plain sentence with its numbers, and what they cannot say and why."""

from rashomon.reporting.findings.beliefs import decided_beliefs, late_beliefs
from rashomon.reporting.findings.conduct import foremost
from rashomon.reporting.findings.listing import find
from rashomon.reporting.findings.making import capital
from rashomon.reporting.findings.polls import why_doubtful
from rashomon.reporting.findings.sides import views_apart

__all__ = ["capital", "decided_beliefs", "find", "foremost", "late_beliefs", "views_apart", "why_doubtful"]
