"""How a message says how many there are."""

from __future__ import annotations


def counted(number: float, noun: str, plural: str = "") -> str:
    """Return how many there are, with the noun.

    >>> counted(1, "figure"), counted(1_200, "figure"), counted(2.5, "place")
    ('1 figure', '1,200 figures', '2.5 places')
    >>> counted(1, "country", "countries"), counted(0, "unit has", "units have")
    ('1 country', '0 units have')
    """
    written = f"{number:,}" if isinstance(number, int) else f"{number:g}"
    return f"{written} {noun if number == 1 else plural or f'{noun}s'}"
