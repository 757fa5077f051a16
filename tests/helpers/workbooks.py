"""Workbooks written part by part, as sound or as odd as a test needs them."""

import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

ROOT = "_rels/.rels"
BOOK = "xl/workbook.xml"
RELATED = "xl/_rels/workbook.xml.rels"
TEXTS = "xl/sharedStrings.xml"

HEADER = (
    "<row r='1'><c r='A1' t='str'><v>unit</v></c><c r='B1' t='str'><v>gold</v></c>"
    "<c r='C1' t='str'><v>towers</v></c><c r='D1' t='str'><v>fish</v></c></row>"
)
LANDS = (
    ("Atlantis", "80", "12", "9000.5"),
    ("Lemuria", "15", "7", "5000.25"),
    ("Thule", "40", "2", ""),
)


def row(number, unit, *values):
    """Return one row below the header."""
    cells = "".join(
        f"<c r='{letter}{number}'><v>{value}</v></c>"
        for letter, value in zip("BCD", values, strict=True)
        if value
    )
    return f"<row r='{number}'><c r='A{number}' t='str'><v>{unit}</v></c>{cells}</row>"


ROWS = HEADER + "".join(row(number, *land) for number, land in enumerate(LANDS, start=2))


def relations(*stated):
    """Return a document of relationships: id, kind and target of each."""
    said = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, kind, target in stated
    )
    return f'<Relationships xmlns="{PACKAGE}">{said}</Relationships>'


def worksheet(rows):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def parts(sheets, *, states=None, book="", texts=None):
    """Return the parts of a workbook by name: ``sheets`` has the rows of each by its title."""
    states = states or {}
    listed = "".join(
        f'<sheet name="{title}" sheetId="{n}" r:id="s{n}"'
        + (f' state="{states[title]}"/>' if title in states else "/>")
        for n, title in enumerate(sheets, start=1)
    )
    targets = [
        (f"s{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)
    ]
    if texts is not None:
        targets.append(("texts", "sharedStrings", "sharedStrings.xml"))
    made = {
        ROOT: relations(("book", "officeDocument", "xl/workbook.xml")),
        BOOK: f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets>{book}'
        "</workbook>",
        RELATED: relations(*targets),
    }
    for n, rows in enumerate(sheets.values(), start=1):
        made[f"xl/worksheets/sheet{n}.xml"] = worksheet(rows)
    if texts is not None:
        made[TEXTS] = texts
    return made


def pack(path, made):
    """Write the parts of a workbook."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in made.items():
            archive.writestr(name, text)


def write_workbook(folder, made, stem="figures"):
    """Write a workbook in the place of a table of an index folder."""
    (folder / f"{stem}.csv").unlink(missing_ok=True)
    pack(folder / f"{stem}.xlsx", made)
    return folder
