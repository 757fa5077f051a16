"""An answer as LaTeX tables that plain pdflatex sets."""

from __future__ import annotations

import re
import unicodedata

from softpower.answer import Answer, Table
from softpower.render.cells import chart_table, heading, indent, is_right, line, printed
from softpower.render.fit import PROSE
from softpower.render.widths import width

_HEAD = "% Needs \\usepackage{booktabs}."

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    # Behind the end of a row these would be read as its options.
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
    "▲": r"$\uparrow$",
    "▼": r"$\downarrow$",
    "→": r"$\rightarrow$",
    "←": r"$\leftarrow$",
    "↑": r"$\uparrow$",
    "↓": r"$\downarrow$",
    "−": "$-$",
    "–": "--",
    "—": "---",
    "…": r"\dots{}",
    "≤": r"$\leq$",
    "≥": r"$\geq$",
    "≠": r"$\neq$",
    "≈": r"$\approx$",
    "×": r"$\times$",
    "·": r"$\cdot$",
    "±": r"$\pm$",
    "²": "$^2$",
    "³": "$^3$",
    "√": r"$\surd$",
    "∑": r"$\sum$",
    "α": r"$\alpha$",
    "β": r"$\beta$",
    "λ": r"$\lambda$",
    "μ": r"$\mu$",
    "ρ": r"$\rho$",
    "σ": r"$\sigma$",
    "τ": r"$\tau$",
    "°": r"$^\circ$",
    "\u00a0": "~",
    "\u2009": r"\,",
    "\u202f": r"\,",
    "\u200b": "",
    "\u2011": "-",
    "\ufeff": "",
    "\ufffd": "?",
}
_PAGE = 75
"""About as many characters as a line of text has."""

_SPECIAL = re.compile("|".join(map(re.escape, _ESCAPES)))


def to_latex(answer: Answer, *, notes: bool = False) -> str:
    """Return an answer as LaTeX: a ``table`` with a ``tabular`` in the style of booktabs each.

    Parameters
    ----------
    answer
        The answer; its charts are shown as tables where it has none.
    notes
        Whether the notes of the answer stand below the last table.
    """
    tables = answer.tables or tuple(map(chart_table, answer.charts))
    blocks = [f"{_HEAD}\n% {line(answer.title)}".rstrip()]
    for at, table in enumerate(tables, start=1):
        below = answer.notes if notes and at == len(tables) else ()
        blocks.append(_table(table, table.title.strip() or answer.title, below))
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    r"""Return a text so that LaTeX sets it as it is, its leading spaces as ``\quad``."""
    spaces, bare = indent(unicodedata.normalize("NFC", line(text)))
    quads, odd = divmod(spaces, 2)
    apart = re.sub("-(?=-)", "-{}", bare)
    escaped = _SPECIAL.sub(lambda found: _ESCAPES[found[0]], apart.replace("-{}", "\0"))
    return r"\quad{}" * quads + r"\enspace{}" * odd + escaped.replace("\0", "-{}")


def _table(table: Table, title: str, below: tuple[str, ...]) -> str:
    cells = printed(table)
    label = re.sub("[^a-z0-9]+", "-", table.name.lower()).strip("-") or "answer"
    rows = [" & ".join(map(escape, row)) + r" \\" for row in cells]
    titles = [f"{{{escape(heading(column))}}}" for column in table.columns]
    head = [" & ".join(titles) + r" \\", r"\midrule"] if table.headed else []
    lines = [
        r"\begin{table}[htbp]",
        r"  \centering",
        rf"  \caption{{{escape(title.strip())}}}",
        rf"  \label{{tab:{label}}}",
        *([r"  \footnotesize\setlength{\tabcolsep}{3pt}"] if _is_wide(table, cells) else []),
        rf"  \begin{{tabular}}{{{_alignment(table, cells)}}}",
        *(f"    {row}" for row in [r"\toprule", *head, *rows, r"\bottomrule"]),
        r"  \end{tabular}",
        *(
            rf"  \par\smallskip{{\footnotesize\raggedright {escape(note.strip())}\par}}"
            for note in (*table.notes, *below)
            if note.strip()
        ),
        r"\end{table}",
    ]
    return "\n".join(lines)


def _is_wide(table: Table, cells: list[list[str]]) -> bool:
    """Say whether a table is unlikely to fit a page at the size of its text."""
    titles = [heading(column) if table.headed else "" for column in table.columns]
    widest = [max(map(width, texts)) for texts in zip(titles, *cells, strict=True)]
    return sum(min(size, PROSE) + 2 for size in widest) > _PAGE


def _alignment(table: Table, cells: list[list[str]]) -> str:
    """Return the letters of the columns; a long text gets a paragraph that TeX can break."""
    long = {
        at
        for at, column in enumerate(table.columns)
        if not is_right(column) and any(width(row[at]) > PROSE for row in cells)
    }
    share = f"p{{{0.5 / max(len(long), 1):.2f}\\linewidth}}"
    return "".join(
        share if at in long else "r" if is_right(column) else "l"
        for at, column in enumerate(table.columns)
    )
