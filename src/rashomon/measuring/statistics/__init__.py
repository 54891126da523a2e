"""Statistics on plain arrays, which know nothing of a study: groups, shares over voices, permutations, survival, verdicts."""
