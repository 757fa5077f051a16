"""What questions assume where nothing is said, and how far they go: Python and the help read it."""

WEIGHTS = "bounds:25"
"""How weights vary where nothing else is said to vary."""

CLAIM_WEIGHTS = "simplex"
"""How weights are drawn that a claim is held against: any weights."""

LEVELS = "all"
"""Which weights vary."""

DRAWS = 100_000
"""How often weights are drawn, or figures whose index is not scored anew."""

RESCORED = 2_000
"""How often figures are drawn, for each of which the whole index is scored anew."""

CLAIM_DRAWS = 20_000
"""How often weights are drawn that a claim is held against."""

MOST_DRAWS = 10**9
"""No question draws more often."""

SEED = 1
"""Where random numbers start."""

LARGEST_SEED = 2**32 - 1
"""The last of the seeds."""

MOST_THREADS = 256
"""No more threads share the work."""

INTERVAL = 90.0
"""How many percent of the draws an interval of ranks holds."""

CONFIDENCE = 95.0
"""The level of the intervals of estimates, in percent."""

CONFIDENCE_DRAWS = 4_000
"""How often scores are drawn for confidence sets of ranks."""

FIRST = 10
"""The places that count as the top."""

MEAN_SHIFT = "mean shift"
"""Of what the variance is shared out: the mean number of places that ranks are off."""

YARDSTICKS = ("gspi-2026", "soft-power-30-2015")
"""What an index of countries is held against where no yardstick is named."""

WORST = 10
"""How many rows that differ are shown."""

SECONDS = 60.0
"""How long a rank is searched for before its proven bound is told instead."""

NODES = 2_000
"""Or so many nodes of programs, the same on every machine, where proofs go with another answer."""
