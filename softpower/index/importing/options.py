"""What a person says of the files that are imported."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from shlex import quote
from typing import Any

from softpower.errors import UsageError
from softpower.index.importing.choice import Years
from softpower.index.reading.numerals import Mark

OF_ONE_FILE = {
    "name": "as_",
    "sheet": "sheet",
    "header": "header",
    "codes": "codes",
    "layout": "layout",
    "decimal": "decimal",
    "encoding": "encoding",
    "series": "series",
}
"""What is said of one file, so that it cannot be said of several: the field and the parameter."""

OTHER_UNITS = "other"
"""What is said where what is ranked is no countries, as in ``index.toml``."""


@dataclass(frozen=True, slots=True)
class Options:
    """How files are to be read, and what of them is taken.

    Parameters
    ----------
    years
        Which years are taken.
    name
        The id of the one series.
    sheet, header, layout, codes, decimal, encoding
        What is otherwise told from the file.
    missing
        What stands for a missing figure, beside what usually does.
    mark
        Marks of footnotes, which are taken off numbers.
    series
        The series that are taken; all if empty.
    omit
        Countries and other names that are left out.
    date
        When the files were downloaded.
    units
        ``other`` where what is ranked is no countries.
    """

    years: Years = field(default_factory=Years)
    name: str | None = None
    sheet: str | None = None
    header: int | None = None
    layout: str | None = None
    codes: str | None = None
    decimal: Mark | None = None
    encoding: str | None = None
    missing: tuple[str, ...] = ()
    mark: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    omit: tuple[str, ...] = ()
    date: str | None = None
    units: str | None = None

    @property
    def other(self) -> bool:
        """Say whether something else than countries is ranked."""
        return self.units == OTHER_UNITS

    @property
    def years_taken(self) -> str:
        """Return which years are taken, in words."""
        return self.years.words.replace("country", "unit" if self.other else "country")

    @property
    def stated(self) -> dict[str, Any]:
        """Return what is said, by the name of the parameter that says it."""
        said = {"as_" if each.name == "name" else each.name: getattr(self, each.name)
                for each in fields(self) if each.name != "years"}  # fmt: skip
        said |= {each.name: getattr(self.years, each.name) for each in fields(self.years)}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in said.items()
            if value
        }

    @property
    def typed(self) -> list[str]:
        """Return what is said as it is typed on a command line."""
        words = []
        for name, value in self.stated.items():
            option = f"--{name.rstrip('_').replace('_', '-')}"
            values = value if isinstance(value, list) else [value]
            words += [option if each is True else f"{option} {quote(str(each))}" for each in values]
        return words

    def refuse_idle(self) -> None:
        """Refuse what is said of countries where none are ranked.

        Raises
        ------
        UsageError
            Naming the parameter.
        """
        if self.other and self.codes is not None:
            raise UsageError(
                "`codes` is about codes of countries, and what is ranked is none.",
                mend="Leave it out: codes are taken as they are written.",
            )

    def refuse_several(self, files: int) -> None:
        """Refuse what can be said of one file only, if there are several.

        Raises
        ------
        UsageError
            Naming the parameter.
        """
        if files < 2:
            return
        for each in fields(self):
            if each.name in OF_ONE_FILE and getattr(self, each.name):
                raise UsageError(
                    f"`{OF_ONE_FILE[each.name]}` is about one file, and {files} are given.",
                    mend="Import them one after the other.",
                )
