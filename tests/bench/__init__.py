"""The speed benchmark: ours beside its peers, in one run, as ratios."""
