"""An index of imaginary lands with gaps, ties and a variant of every kind, to be played with."""

DECLARATION = """\
id = "islands"
title = "Islands & Reefs"
publisher = "Nobody"
units = "other"
summary = "Made up."
citation = "None."
licence = "None."

[methodology]
coverage = { country = 0.5, pillar = 0.4 }
treat = { method = "winsorise", points = 2 }

[pillars.land]
title = "Land"
weight = 3

[pillars.hills]
title = "Hills"
parent = "land"
weight = 2

[pillars.sea]
title = "Sea"
weight = 2
"""

VARIANTS = """
[variants.rounded]
title = "Rounded"
methodology = { round = 0, ties = "average", scale = "minmax" }

[variants.broken-ties]
title = "Broken ties"
methodology = { scale = "minmax:0:5", round = 0, tiebreak = ["sea", "gold"], ties = "dense" }

[variants.in-turn]
title = "Gaps in turn"
[variants.in-turn.methodology]
missing = { method = "redistribute", in_turn = true }
coverage = { below = "missing", country = 0.2 }

[variants.shared]
title = "Gaps in turn, shared"
[variants.shared.methodology]
missing = { method = "redistribute", in_turn = true, stray = "shared" }
coverage = { country = 0, pillar = 0 }

[variants.again]
title = "Normalised again"
methodology = { renormalise = "zscore", coverage = { country = 0.3 } }

[variants.low]
title = "Low is best"
methodology = { direction = "lower", normalise = "rank" }

[variants.summed]
title = "Summed up"
methodology = { aggregate = "sum", missing = "zero" }

[variants.powers]
title = "Power mean over penalties"
methodology = { aggregate = ["power:0.05", "mean-min:0.3:2", "power:3"], normalise = "minmax:1:10" }

[variants.filled]
title = "Gaps filled"
methodology = { impute = "mean" }

[variants.robust]
title = "Robust scores"
methodology = { normalise = "robust" }

[variants.entropy]
title = "Weights by entropy"
methodology = { weight = "entropy", treat = "none" }

[variants.turned]
title = "Sea counts against"
pillars = { sea = { direction = "lower" } }

[variants.half]
title = "Half weighed"
weights = { gold = 70, sea = 20 }
omit = { indicators = ["fish"], countries = ["Thule"] }

[variants.all-gold]
title = "All on gold"
weights = { gold = 100 }

[variants.kemeny]
title = "By votes"
methodology = { aggregate = "kemeny" }
"""

INDICATORS = """\
id,title,pillar,weight,direction,treat,zero_fill
gold,Gold,land,1,higher,,
towers,Towers,land,2,higher,none,
peaks,Peaks,hills,1,higher,,
slopes,Slopes,hills,1,lower,,
fish,Fish,sea,1,higher,,yes
ships,Ships,sea,3,higher,,
shells,Shells,sea,0,higher,,
"""

FIGURES = """\
unit,gold,towers,peaks,slopes,fish,ships,shells
Atlantis,80,12,3,10,900,5,1
Lemuria,15,7,3,10,0,5,2
Thule,40,2,,12,100,,3
Mu,40,2,5,12,100,7,4
Ys,,,8,1,0,9,5
Avalon,5,5,,,,,6
Hy-Brasil,80,12,3,10,900,5,7
Lyonesse,3000,1,2,,20,,8
Kitezh,20,,7,6,0,,
Cockaigne,33,9,1,9,50,2,10
Utopia & Co,22,6,4,5,60,3,11
"""


def write(folder, variants=VARIANTS):
    """Write the index folder and return it."""
    index = folder / "islands"
    index.mkdir()
    (index / "index.toml").write_text(DECLARATION + variants, encoding="utf-8")
    (index / "indicators.csv").write_text(INDICATORS, encoding="utf-8")
    (index / "figures.csv").write_text(FIGURES, encoding="utf-8")
    return index
