"""Codes for what is missing are gaps where they are declared, counted and noted."""

import numpy as np
import pytest

from helpers.whole_folder import FIGURES, INDICATORS, WIDE, write_index
from softpower.index.reading.folder import inspect, read

CODED = WIDE.replace("80", "..").replace("15", "-99").replace("9000.5", "N/A")
FILE = '[files.figures]\nmissing_values = ["..", "n/a", -99]\n'


def gaps(folder):
    return np.isnan(read(folder).figures.values).tolist()


def test_codes_of_a_file_are_gaps_and_are_counted(tmp_path):
    folder = write_index(tmp_path, figures=CODED, more=FILE)
    assert gaps(folder) == [[True, False, True], [True, False, False], [False, False, True]]
    assert read(folder).remarks == (
        'lost-lands/figures.csv: 3 cells are codes for a missing figure (".." 1, "n/a" 1, -99 1).',
    )


def test_a_code_that_is_a_number_is_found_however_it_is_written(tmp_path):
    figures = WIDE.replace("80", "0.00").replace("15", "0").replace("12", "-0")
    folder = write_index(tmp_path, figures=figures, more="[files.figures]\nmissing_values = [0]\n")
    assert gaps(folder) == [[True, True, False], [True, False, False], [False, False, True]]


def test_a_code_that_is_a_text_is_found_as_it_is_written(tmp_path):
    figures = WIDE.replace("80", "0.00").replace("15", "0")
    more = '[files.figures]\nmissing_values = ["0"]\n'
    assert gaps(write_index(tmp_path, figures=figures, more=more))[:2] == [
        [False, False, False],
        [True, False, False],
    ]


@pytest.mark.parametrize("figures", [FIGURES, WIDE])
def test_an_indicator_may_have_codes_of_its_own(tmp_path, figures):
    indicators = INDICATORS.replace("source\n", "source,missing_values\n", 1)
    for unit, codes in (("tonnes", "40; .."), ("towers", "7; .."), ("fish", "")):
        indicators = indicators.replace(f"{unit},Atlas", f"{unit},Atlas,{codes}")
    folder = write_index(tmp_path, figures=figures.replace("12", ".."), indicators=indicators)
    # 40 of gold, 7 and .. of towers; the 7 of no other indicator
    assert gaps(folder) == [[False, True, False], [False, True, False], [True, False, True]]
    assert "3 cells are codes for a missing figure" in read(folder).remarks[0]


def test_a_code_is_looked_for_among_numbers_only(tmp_path):
    figures = FIGURES.replace("Scroll", "..").replace("Thule,gold,40", "Thule,gold,..")
    folder = write_index(
        tmp_path, figures=figures, more='[files.figures]\nmissing_values = [".."]\n'
    )
    found = read(folder).figures
    assert found.sources[0, 0] == ".."
    assert np.isnan(found.values[2, 0])


def test_codes_of_other_periods_are_declared_of_their_table(tmp_path):
    history = "unit,indicator,year,value\nAtlantis,gold,2000,-9\nThule,gold,2000,3\n"
    folder = write_index(tmp_path, history=history, more="[files.history]\nmissing_values = [-9]\n")
    past = read(folder).figures.history
    assert np.isnan(past.columns(["gold"])[:, 0]).tolist() == [True, False]


def test_a_code_that_no_cell_holds_is_a_warning(tmp_path):
    problems = inspect(write_index(tmp_path, more='[files.figures]\nmissing_values = ["x"]\n'))[1]
    assert any(
        problem.what == 'No cell holds "x", which missing_values names.'
        and problem.level == "warning"
        for problem in problems
    )


def test_other_tables_have_no_codes(tmp_path):
    more = "[files.indicators]\nmissing_values = [0]\n"
    [error] = [p for p in inspect(write_index(tmp_path, more=more))[1] if p.level == "error"]
    assert error.what == "The table indicators has no figures of which some could be missing."


def test_what_is_no_code_is_refused(tmp_path):
    more = "[files.figures]\nmissing_values = [true]\n"
    [error] = [p for p in inspect(write_index(tmp_path, more=more))[1] if p.level == "error"]
    assert "missing_values" in str(error.location)
