"""Handing an index over: as a workbook that computes, for COINr, and as a data package."""
