"""What holds of a method whatever the figures are, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from softpower.methods.model import Method

ONE_BY_ONE = "many draws of weights are scored one by one, which takes long"
"""What is said of a method that does not take many draws at once; most do."""
AT_ONCE = "many draws of weights are scored at once"
"""How the words on a method that takes many draws at once begin."""

SAID: Mapping[str, Mapping[str, Mapping[object, str]]] = MappingProxyType(
    {
        "treat": {
            "mirrored": {
                True: "both tails are treated alike",
                False: "the upper tail is treated otherwise than the lower one",
            }
        },
        "impute": {
            "bounded": {
                True: "what is filled in lies within the range of the figures",
                False: "what is filled in may lie beyond the range of the figures",
            }
        },
        "normalise": {
            "invariant": {
                "none": "values depend on the unit of measurement",
                "scale": "another unit of measurement changes no value",
                "interval": "another unit of measurement or zero point changes no value",
                "order": "only the order of the figures counts",
            },
            "stacked": {False: f"as a scale of scores, {ONE_BY_ONE}"},
        },
        "weight": {
            "stated": {True: "uses the weights that are stated"},
            "derived": {True: "weights follow from the figures", False: "figures do not count"},
            "individual": {True: "everyone ranked has weights of its own"},
            "sums_only": {True: "weights mean something in a weighted sum only"},
            "scale_free": {True: "another scale of a child changes no weight"},
        },
        "aggregate": {
            "linear": {True: "contributions add up to the value"},
            "rowwise": {
                True: "depends on its own values alone",
                False: "depends on the values of all others too",
            },
            "monotone": {
                True: "a better value never lowers the result",
                False: "a better value may lower the result",
            },
            "top": {True: "only ranks, so that it stands at the top of the tree alone"},
            "pace": {
                "products": f"{AT_ONCE} by products of matrices",
                "values": f"{AT_ONCE} by the order of each one's own values",
                "units": f"{AT_ONCE} by holding all against all others",
                "pairs": f"{AT_ONCE} by comparing every pair",
                "each": ONE_BY_ONE,
            },
        },
        "missing": {
            "batched": {
                True: "weighted means of many draws of weights are made up for at once",
                False: ONE_BY_ONE,
            }
        },
    }
)
"""What is said of each step's methods, by property and what it is; nothing where none is said."""


def properties(step: str, method: Method) -> str:
    """Return what holds of a method of a step, as a list in words; empty where none is known."""
    said = (words.get(getattr(method, name)) for name, words in SAID.get(step, {}).items())
    return "; ".join(filter(None, said))
