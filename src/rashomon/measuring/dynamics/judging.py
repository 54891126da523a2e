"""From a test to a verdict: what holds for all tests made, what perhaps holds, and what one voice's word is not enough for."""

from __future__ import annotations


def judged(found: str, nothing: str, p: tuple[float, float], level: float, voices: int, because: str) -> tuple[str, str]:
    """The verdict and why: ``found`` where the adjusted p is small enough, and "perhaps" that where only the p before it is.

    ``p``: before and after the adjustment. Of many tests some are small by chance, and of one voice nothing else speaks for such
    a one: "perhaps" needs two independent ``voices``.
    """
    bar = 1.0 - level + 1e-12
    if p[0] > bar:
        return nothing, because
    if p[1] <= bar:
        return found, because
    return (f"perhaps {found}", because) if voices > 1 else ("undetermined", f"told by one voice only: {because}")
