"""The files of names are folded, sorted, free of duplicates and free of contradictions."""

import subprocess
import sys

import pytest

from softpower.countries import all_countries, find, fold, get
from softpower.countries.names import iso3_by_name, refusals
from softpower.countries.table import read_rows

FILES = ["names", "aggregates", "ambiguous", "parts", "former"]


@pytest.mark.parametrize("file", FILES)
def test_every_row_holds_the_folded_form_of_the_name_as_written(file):
    for folded, *_, written in read_rows(file):
        assert fold(written) == folded


@pytest.mark.parametrize("file", FILES)
def test_rows_are_sorted_and_no_name_stands_twice(file):
    folded = [row[0] for row in read_rows(file)]
    assert folded == sorted(set(folded))


def test_every_name_is_the_name_of_a_country_in_the_table():
    assert all(get(iso3) for iso3 in iso3_by_name().values())


def test_every_name_as_written_is_recognised():
    for _, iso3, written in read_rows("names"):
        assert find(written) is get(iso3)


def test_no_name_is_both_recognised_and_refused():
    assert not set(iso3_by_name()) & set(refusals())


def test_no_name_stands_in_two_files_of_refusals():
    assert len(refusals()) == sum(1 for file in FILES[1:] for _ in read_rows(file))


def test_no_refused_name_is_a_code():
    assert [written for file in FILES[1:] for *_, written in read_rows(file) if find(written)] == []


def test_no_name_is_the_code_of_another_country():
    names = iso3_by_name()
    for country in all_countries():
        for code in (country.iso2, country.iso3):
            assert names.get(code.casefold(), country.iso3) == country.iso3


def test_every_candidate_of_a_refused_name_is_in_the_table():
    for refusal in refusals().values():
        assert all(get(iso3) for iso3 in refusal.iso3s)
        assert refusal.because.endswith(".")


def test_an_ambiguous_name_has_candidates():
    assert all(iso3s for _, iso3s, _, _ in read_rows("ambiguous"))


def test_every_group_that_the_table_knows_is_known_not_to_be_a_country():
    groups = {
        group
        for country in all_countries()
        for group in (country.region, country.subregion, country.intermediate, country.income)
        if group
    }
    kinds = {group: refusals()[fold(group)].kind for group in groups}
    assert kinds.pop("Micronesia") == "ambiguous"
    assert set(kinds.values()) == {"aggregate"}


def test_importing_the_package_reads_no_file():
    code = (
        "import sys, softpower.countries.names as names, softpower.countries.table as table\n"
        "sizes = [f.cache_info().currsize for f in "
        "(names.iso3_by_name, names.refusals, table.all_countries, table.by_iso3)]\n"
        "sys.exit(any(sizes) or 'difflib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
