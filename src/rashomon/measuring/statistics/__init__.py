"""Statistics on plain arrays, which know nothing of a study: groups, means and shares over voices, permutations, survival."""
