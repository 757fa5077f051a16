"""How a text from a file or a command line is shown in a message."""

from __future__ import annotations


def shown(text: str, longest: int = 60) -> str:
    """Return a text from a file as a message may show it: quoted, short, printable."""
    visible = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return f'"{visible[:longest]}{"…" if len(visible) > longest else ""}"'
