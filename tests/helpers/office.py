"""LibreOffice, which computes a workbook anew without a window, where it is installed."""

import shutil
import subprocess

import pytest
from python_calamine import CalamineWorkbook

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")

ALWAYS_RECALCULATE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


def recalculated(paths, folder):
    """Return the paths of these workbooks as LibreOffice computes them; skip where it is not."""
    if OFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed, so that no formula is computed")
    profile, out = folder / "profile", folder / "out"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE)
    words = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [OFFICE, *words, "--outdir", out, *paths], check=True, capture_output=True, timeout=300
    )
    return {path.stem: out / path.name for path in paths}


def cells(path, sheet):
    """Return the values of a sheet, row by row."""
    with CalamineWorkbook.from_path(path) as book:
        return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
