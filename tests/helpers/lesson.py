"""The tutorial of three files: each example is run where the page before it has led."""

import re
import shutil
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.documentation import GUIDE, console, run

DOWNLOADS = ["world-bank.csv", "our-world-in-data.csv", "undp.csv"]
TAKEN = f"softpower import {' '.join(DOWNLOADS)} --year 2016 --into wellbeing"


def written(name: str) -> str:
    """Return the file that the page tells its reader to write."""
    page = (GUIDE / "tutorials" / "three-files.md").read_text("utf-8")
    block = rf"^\*\*`{name}`\*\*\n\n```\w+\n(.*?)^```$"
    (text,) = re.findall(block, page, flags=re.MULTILINE | re.DOTALL)
    return text


def lesson(command: str, *, step: str, head: int | None = None, since: str = "") -> None:
    """Print a command and what it shows once files are ``downloaded``, ``taken`` or ``said``.

    ``head`` and ``since`` are those of :func:`helpers.documentation.console`.
    """
    with TemporaryDirectory() as folder, chdir(folder):
        for name in DOWNLOADS:
            shutil.copy(GUIDE / "files" / name, name)
        if step in {"taken", "said"}:
            shown, status = run(TAKEN)
            if status:
                raise ValueError(shown)
        if step == "said":
            for name in ("indicators.csv", "index.toml"):
                Path("wellbeing", name).write_text(written(name), encoding="utf-8")
        console(command, head=head, since=since)
