"""Imputation by the multivariate normal distribution that makes the figures most likely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.methods.impute.base import Filled, Filling, ImputationContext, clipped, counted
from softpower.methods.model import Floats, Mask
from softpower.methods.moments import is_constant

CONVERGED = 1e-8
"""Iterating ends when no parameter of the standardised figures moves by more than this."""

RIDGE = 1e-6
"""What is added to variances, as a share of them, where figures are too few or collinear."""

SINGULAR = 1e-8
"""Less than this share of a variance left unexplained by the other indicators is none."""


class Em(Filling):
    """What a multivariate normal distribution expects of a unit, given the figures that it has.

    Formula: ``E[x_m | x_o] = mu_m + S_mo S_oo^-1 (x_o - mu_o)`` at the maximum likelihood of ``mu``
    and ``S``, found by expectation and maximisation on standardised figures: start from available
    cases, fill the gaps with their expectations, take the moments (over ``n``) of the filled
    figures and add the covariance that the gaps leave open; until nothing moves by more than 1e-8,
    or ``iterations`` are done, which is noted.

    Assumes: figures are jointly normal, and missing at random given those that are there.

    Edge cases: Where a group has no more than ``k + 1`` units for ``k`` indicators, or these are
    collinear, a millionth is added to variances. An indicator without differences is filled with
    its only figure, one without any figure stays missing; what a group leaves open is filled from
    all units.

    Source: Dempster, Laird & Rubin (1977), J. R. Stat. Soc. B 39:1-38; Little & Rubin (2002),
    Statistical Analysis with Missing Data; OECD/JRC Handbook (2008), ch. 3.
    """

    method: Literal["em"] = "em"
    positional: ClassVar[tuple[str, ...]] = ("by",)
    by: str | None = Field(
        None, description="A grouping, each group of which has a distribution of its own."
    )
    clip: bool = Field(
        False, description="Whether what is filled in is pulled to the range of the indicator."
    )
    iterations: int = Field(500, ge=1, le=100_000, description="Most iterations.")

    @property
    def bounded(self) -> bool:
        """Whether what is filled in lies within the range of the indicator: if it is clipped."""
        return self.clip

    def filled(self, x: Floats, sheet: ImputationContext) -> Filled:
        """Return the figures with every gap filled, but for indicators that have no figure."""
        filled = x.copy()
        runs: list[_Fitted] = []
        remarks: dict[str, str] = {}
        labels = np.array(sheet.groups(self.by) if self.by is not None else [""] * len(x))
        for label in np.unique(labels[labels != ""]):
            here = labels == label
            if np.isnan(x[here]).any():
                runs.append(self._fit(x[here]))
                filled[here] = runs[-1].values
        left = np.isnan(filled) & ~np.isnan(x).all(axis=0)
        if left.any():
            runs.append(self._fit(x))
            filled[left] = runs[-1].values[left]
            for j in np.flatnonzero((left & (labels != "")[:, None]).any(axis=0)):
                alone = left[:, j] & (labels != "")
                lacking = ", ".join(np.unique(labels[alone]))
                text = f"{counted(alone)} from all units, for lack of any in {lacking}"
                remarks[sheet.ids[j]] = text
        if runs:
            remarks[""] = _said(runs)
        if self.clip:
            for j in np.flatnonzero(~np.isnan(x).all(axis=0)):
                gaps = np.isnan(x[:, j])
                filled[gaps, j] = clipped(filled[gaps, j], x[:, j])
        return Filled(filled, remarks)

    def _fit(self, x: Floats) -> _Fitted:
        """Return some units with what their own distribution expects in the gaps."""
        filled = x.copy()
        varied = np.array([not is_constant(column) for column in x.T], dtype=bool)
        for j in np.flatnonzero(~varied & ~np.isnan(x).all(axis=0)):
            filled[np.isnan(x[:, j]), j] = np.nanmean(x[:, j])
        if not np.isnan(x[:, varied]).any():
            return _Fitted(filled, 0, settled=True, ridged=False)
        chosen = x[:, varied]
        centre, spread = np.nanmean(chosen, axis=0), np.nanstd(chosen, axis=0)
        normal = _Normal((chosen - centre) / spread)
        count, settled = 0, False
        while count < self.iterations and not settled:
            settled = normal.improve() < CONVERGED
            count += 1
        expected, _ = normal.expectation()
        filled[:, varied] = np.where(np.isnan(chosen), centre + spread * expected, chosen)
        return _Fitted(filled, count, settled, normal.ridged)


@dataclass(frozen=True, slots=True)
class _Fitted:
    """Figures that were filled from one distribution, and how it was found."""

    values: Floats
    iterations: int
    settled: bool
    ridged: bool


def _said(runs: list[_Fitted]) -> str:
    counts = [run.iterations for run in runs]
    span = " to ".join(dict.fromkeys((str(min(counts)), str(max(counts)))))
    said = f"em: {span} {'iteration' if max(counts) == 1 else 'iterations'}"
    said += f" in {len(runs)} fits" if len(runs) > 1 else ""
    for flags, what in (
        ([not run.settled for run in runs], "not settled"),
        ([run.ridged for run in runs], "with a ridge, for too few or collinear figures"),
    ):
        if any(flags):
            said += f", {sum(flags)} of them {what}" if len(runs) > 1 else f", {what}"
    return said


class _Normal:
    """A multivariate normal distribution, on its way to the one that fits best."""

    def __init__(self, z: Floats) -> None:
        self.z = z
        self.mean = np.zeros(z.shape[1])
        self.covariance = np.eye(z.shape[1])
        self.ridged = z.shape[0] <= z.shape[1] + 1
        patterns, which = np.unique(np.isnan(z), axis=0, return_inverse=True)
        self.patterns: list[tuple[Mask, Mask]] = [
            (which.reshape(-1) == k, gaps) for k, gaps in enumerate(patterns) if gaps.any()
        ]
        """Which units share the same gaps, and what these are."""

    def expectation(self) -> tuple[Floats, Floats]:
        """Return the figures with gaps as they are expected, and the covariance left open."""
        filled = self.z.copy()
        open_ = np.zeros(self.covariance.shape)
        s = self._covariance()
        for rows, gaps in self.patterns:
            there = ~gaps
            slopes = np.linalg.solve(s[np.ix_(there, there)], s[np.ix_(there, gaps)])
            known = self.z[np.ix_(rows, there)] - self.mean[there]
            filled[np.ix_(rows, gaps)] = self.mean[gaps] + known @ slopes
            left = s[np.ix_(gaps, gaps)] - s[np.ix_(gaps, there)] @ slopes
            open_[np.ix_(gaps, gaps)] += np.count_nonzero(rows) * left
        return filled, open_

    def improve(self) -> float:
        """Take one step, and return the largest change of a parameter."""
        filled, open_ = self.expectation()
        mean = filled.mean(axis=0)
        apart = filled - mean
        covariance = (apart.T @ apart + open_) / len(filled)
        moved = max(np.abs(mean - self.mean).max(), np.abs(covariance - self.covariance).max())
        self.mean, self.covariance = mean, (covariance + covariance.T) / 2
        return float(moved)

    def _covariance(self) -> Floats:
        """Return the covariance that regressions rest on, with a ridge from the first need on."""
        if not self.ridged:
            self.ridged = _singular(self.covariance)
        ridge = RIDGE * np.diag(np.diag(self.covariance))
        return self.covariance + ridge if self.ridged else self.covariance


def _singular(covariance: Floats) -> bool:
    """Say whether some indicator follows from the others."""
    try:
        factor = np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        return True
    return bool((np.diag(factor) ** 2 < SINGULAR * np.diag(covariance)).any())
