"""Imputation by a linear regression on other indicators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
from pydantic import BeforeValidator, Field

from softpower.methods.impute.base import (
    Filled,
    Filling,
    ImputationContext,
    clipped,
    counted,
    joined,
)
from softpower.methods.model import Floats
from softpower.methods.moments import exponents


def _plus(value: Any) -> Any:
    return "+".join(map(str, value)) if isinstance(value, list | tuple) else value


class Regression(Filling):
    """What a linear regression on other indicators expects.

    Formula: ``x_cj = b_0 + sum_p b_p x_cp``, by ordinary least squares over the units that have
    ``j`` and every predictor ``p``. Predictors are those of ``on``, or all other indicators that
    ``c`` has, so that units with other gaps have equations of their own. A predictor that is
    carried but not scored enters as it is found. With ``stochastic`` a draw from ``N(0, s^2)`` is
    added, ``s^2 = RSS / (n - k - 1)``. Noted are R2, n and the root mean square error when each
    unit is predicted from the others.

    Assumes: the same linear relation for all units, whether their figure is missing or not.

    Edge cases: A gap stays a gap where a predictor is missing, or where no more than ``k + 1``
    units are there to fit ``k`` predictors.

    Source: OECD/JRC Handbook (2008), ch. 3; Little & Rubin (2002); Allen (1974), The relationship
    between variable selection and data augmentation, Technometrics 16, for leaving one out.
    """

    method: Literal["regression"] = "regression"
    positional: ClassVar[tuple[str, ...]] = ("on",)
    on: Annotated[str | None, BeforeValidator(_plus, json_schema_input_type=str | list[str])] = (
        Field(
            None,
            description="The predictors, such as gdp_per_worker+unemployment_rate; all other "
            "indicators that the unit has if left out.",
        )
    )
    clip: bool = Field(
        True, description="Whether what is filled in is pulled to the range of the indicator."
    )
    stochastic: bool = Field(
        False, description="Whether the spread around the line is added as a random draw."
    )
    seed: int = Field(1, ge=0, description="Another seed gives other draws.")

    @property
    def bounded(self) -> bool:
        """Whether what is filled in lies within the range of the indicator: if it is clipped."""
        return self.clip

    def spelled(self, spelling: Callable[[str], str]) -> Self:
        """Return the method with the ids of the predictors spelled otherwise."""
        names = [spelling(part.strip()) for part in self.on.split("+")] if self.on else []
        return self.model_copy(update={"on": "+".join(names) or None})

    def filled(self, x: Floats, sheet: ImputationContext) -> Filled:
        """Return the figures with the gaps filled for which there is an equation."""
        names, table = self._predictors(x, sheet)
        filled = x.copy()
        said: dict[str, list[str]] = {name: [] for name in sheet.ids}
        for j, name in enumerate(sheet.ids):
            if np.isnan(x[:, j]).all():
                continue
            candidates = [p for p, other in enumerate(names) if other != name]
            models: list[_Line] = []
            for rows, columns in self._equations(x[:, j], table, candidates):
                line = _fitted(table[:, columns], x[:, j]) if columns else None
                if line is None:
                    continue
                values = line(table[np.ix_(rows, columns)])
                if self.stochastic:
                    values = values + line.spread * self._draws(sheet, rows, name)
                filled[rows, j] = clipped(values, x[:, j]) if self.clip else values
                models.append(line)
            if models:
                said[name].append(_quality(models, sheet.powers[j]))
            left = np.isnan(filled[:, j])
            if left.any():
                said[name].append(f"{counted(left)} left missing, for lack of predictors or units")
        return Filled(filled, joined(said))

    def _predictors(self, x: Floats, sheet: ImputationContext) -> tuple[list[str], Floats]:
        """Return the ids of all that may predict, and their figures (units x ids)."""
        if not self.on:
            return list(sheet.ids), x
        names = list(dict.fromkeys(part.strip() for part in self.on.split("+")))
        columns = [
            x[:, sheet.ids.index(name)] if name in sheet.ids else sheet.figure(name)
            for name in names
        ]
        table = np.column_stack(columns)
        return names, np.ldexp(table, -exponents(table, axis=0))

    def _equations(
        self, column: Floats, table: Floats, candidates: list[int]
    ) -> list[tuple[list[int], list[int]]]:
        """Return which units with a gap are predicted together, and from which columns."""
        together: dict[tuple[int, ...], list[int]] = {}
        for i in np.flatnonzero(np.isnan(column)):
            present = tuple(p for p in candidates if not np.isnan(table[i, p]))
            if not self.on or len(present) == len(candidates):
                together.setdefault(present, []).append(int(i))
        return [(rows, list(columns)) for columns, rows in together.items()]

    def _draws(self, sheet: ImputationContext, rows: list[int], name: str) -> Floats:
        """Return a standard normal draw for each unit, whatever the order they stand in."""
        from numpy.random import default_rng

        words = (f"{sheet.units[i]}/{name}".encode() for i in rows)
        return np.array([default_rng([self.seed, *word]).standard_normal() for word in words])


@dataclass(frozen=True, slots=True)
class _Line:
    """A fitted equation."""

    centre: Floats
    level: float
    slopes: Floats
    n: int
    r2: float
    spread: float
    """The residual standard deviation."""
    left_out: float
    """The root mean square error when each unit is predicted from the others; infinite where
    the others say nothing of some unit."""

    def __call__(self, predictors: Floats) -> Floats:
        return self.level + (predictors - self.centre) @ self.slopes


def _fitted(predictors: Floats, y: Floats) -> _Line | None:
    """Return the line of least squares over complete units; ``None`` if they are too few."""
    whole = ~np.isnan(y) & ~np.isnan(predictors).any(axis=1)
    n = int(np.count_nonzero(whole))
    if n < 3:
        return None
    rows, level = predictors[whole], float(y[whole].mean())
    centre = rows.mean(axis=0)
    size = np.abs(rows - centre).max(axis=0)
    scale = np.where(size > 1e-12 * np.abs(centre), size, np.inf)
    u, singular, vt = np.linalg.svd((rows - centre) / scale, full_matrices=False)
    rank = int(np.count_nonzero(singular > 1e-10 * singular[0])) if singular[0] > 0 else 0
    if n <= rank + 1:
        return None
    u, singular, vt = u[:, :rank], singular[:rank], vt[:rank]
    deviations = y[whole] - level
    residuals = deviations - u @ (u.T @ deviations)
    rss, tss = float(residuals @ residuals), float(deviations @ deviations)
    free = 1 - 1 / n - np.sum(u * u, axis=1)
    alone = bool((free < 1e-9).any())
    error = residuals / np.where(free < 1e-9, 1.0, free)
    left_out = float(np.sqrt(np.mean(error * error)))
    if left_out <= 1e-12 * float(np.abs(y[whole]).max()):
        left_out = 0.0  # not the noise of the last digit
    return _Line(
        centre,
        level,
        vt.T @ (u.T @ deviations / singular) / scale,
        n,
        1 - rss / tss if tss > 0 else 1.0,
        float(np.sqrt(rss / (n - rank - 1))),
        float("inf") if alone else left_out,
    )


def _quality(models: list[_Line], power: int) -> str:
    """Return how well the equations of an indicator fit, from the worst to the best."""
    errors = [float(np.ldexp(m.left_out, power)) for m in models]
    return (
        f"R2 {_span([m.r2 for m in models], '.2f')}, "
        f"n {_span([m.n for m in models], 'd')}, leave-one-out RMSE "
        f"{_span(errors, '.3g') if np.isfinite(errors).all() else 'unknown'}"
    )


def _span(values: list[float] | list[int], form: str) -> str:
    ends = [format(min(values), form), format(max(values), form)]
    return " to ".join(dict.fromkeys(ends))
