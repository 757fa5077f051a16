"""Workbooks as a person keeps an index in one: a sheet of rows for each table."""

from xlsxwriter import Workbook

FIGURES = [
    ["country", "music", "ships"],
    ["Norway", 90, 10],
    ["Sweden", 48, 48],
    ["Denmark", 20, 70],
]
INDICATORS = [
    ["id", "title", "pillar", "direction", "source"],
    ["music", "Music", "arts", "higher", "counted"],
    ["ships", "Ships", "sea", "lower", "counted"],
]
METHODOLOGY = [
    ["key", "value", "why"],
    ["title", "Of the North", None],
    ["normalise", "minmax:1:100", "no zeros"],
    ["pillars.arts.title", "Arts", None],
    ["pillars.arts.weight", 60, None],
    ["pillars.sea.title", "Sea", None],
    ["pillars.sea.weight", 40, None],
]
SHEETS = {"figures": FIGURES, "indicators": INDICATORS, "methodology": METHODOLOGY}


def write(path, **sheets):
    """Write a workbook with these sheets, those of a sound index where nothing else is said."""
    with Workbook(path) as book:
        for title, rows in (SHEETS | sheets).items():
            sheet = book.add_worksheet(title) if rows is not None else None
            for at, row in enumerate(rows or []):
                sheet.write_row(at, 0, row)
    return path
