"""Whoever reads an answer by machine finds a code beside every name of a country."""

import pytest

import softpower
from softpower.countries import find

CHOICES = ("aggregate=geometric,arithmetic", "normalise=goalposts,minmax")
ASKED = {
    "movers": lambda: softpower.compare("hdi-2022", "aggregate=arithmetic"),
    "every variant": lambda: softpower.compare("elcano-2021", all=True),
    "acceptability": lambda: softpower.robustness(
        "hdi-2022", country="Norway", versus="Japan", acceptability=True, draws=50
    ),
    "neighbours": lambda: softpower.robustness("hdi-2022", vary=CHOICES),
    "left out": lambda: softpower.robustness("hdi-2022", leave_out="indicators"),
    "sensitivity": lambda: softpower.sensitivity("hdi-2022", vary=CHOICES, of="all"),
    "editions": lambda: softpower.explain("gspi-2025", "Japan", second="gspi-2026"),
    "reproduced": lambda: softpower.reproduce("elcano-2021"),
}
KEYS = {"country": "id", "other": "other_id", "mover": "mover_id"}


@pytest.mark.parametrize("asked", ASKED)
def test_the_code_of_every_country_that_is_named_stands_beside_it(asked):
    named = 0
    for table in ASKED[asked]().tables:
        for row in table.records() if table.headed else ():
            for key, name in row.items():
                country = find(name) if isinstance(name, str) and len(name) > 3 else None
                if country is not None:
                    assert row[KEYS[key]] == country.iso3
                    named += 1
    assert named
