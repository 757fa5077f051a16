"""Weights that people stated, worked out by hand on three imaginary places.

Under a weight ``w`` of arts Atlantis has ``10 + 80 w``, Lemuria 48 and Ruritania ``70 - 50 w``.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import softpower
from helpers.imaginary_index import write
from softpower.errors import FolderError, InputError, UsageError

STATED = "person,arts,trade\nAda,3,1\nBen,1,3\nCem,5,5\nDora,8,2\n"
"""Weights of arts of 75, 25, 50 and 80 %."""


@pytest.fixture(name="places", scope="module")
def _places(tmp_path_factory):
    return str(write(tmp_path_factory.mktemp("people")))


@pytest.fixture(name="stated")
def _stated(tmp_path):
    def write_people(text=STATED, name="people.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return write_people


def test_ranks_under_everybodys_weights(places, stated):
    # Only Ben, by 57.5, 48 and 30, has Ruritania first and Atlantis last.
    rows = softpower.robustness(places, weights=stated(), first=1).table("robustness").records()
    assert [(row["country"], row["best"], row["worst"]) for row in rows] == [
        ("Atlantis", 1, 3),
        ("Lemuria", 2, 2),
        ("Ruritania", 1, 3),
    ]
    assert [row["mean"] for row in rows] == [1.5, 2, 2.5]
    assert [row["first"] for row in rows] == [0.75, 0, 0.25]
    assert [row["of_mean"] for row in rows] == [1, 2, 3]


def test_means_the_medoid_and_each_person(places, stated):
    answer = softpower.robustness(places, weights=stated())
    arts = answer.table("weights").records()[0]
    assert [arts[key] for key in ("own", "mean", "least", "most")] == (
        pytest.approx([50, 57.5, 25, 80])
    )
    # In sum the others are 80 points from Ada, 130 from Ben, 80 from Cem and 90 from Dora.
    assert arts["medoid"] == 75
    people = {row["person"]: row for row in answer.table("persons").records()}
    assert people["Ben"]["spearman"] == people["Ben"]["kendall"] == -1
    assert people["Ada"]["spearman"] == 1
    assert [row["moved"] for row in people.values()] == pytest.approx(
        [0.80 / 3, 1.30 / 3, 0.80 / 3, 0.90 / 3]
    )
    facts = {row["fact"]: row["value"] for row in answer.table("summary").records()}
    assert facts["Same first place"] == "for 3 of 4"
    assert facts["Between two people"] == "31.7 % of the weight is other"


def test_clusters_of_people(places, stated):
    answer = softpower.robustness(places, weights=stated(), clusters=2)
    rows = answer.table("clusters").records()
    assert [(row["people"], row["medoid"]) for row in rows] == [(2, "Ada"), (2, "Ben")]
    assert [row["mean_arts"] for row in rows] == pytest.approx([77.5, 37.5])
    assert [row["cluster"] for row in answer.table("persons").records()] == [1, 2, 2, 1]


def test_what_people_stated_is_on_record(places, stated):
    record = softpower.robustness(places, weights=stated()).provenance["people"]
    assert record["weights"]["Ada"] == {"arts": 3, "trade": 1}
    assert record["clusters"] is None


def test_people_support_a_claim_by_their_own_weights(places, stated):
    answer = softpower.claim(places, ["Atlantis > Ruritania", "Lemuria is 2nd"], weights=stated())
    assert [row["people"] for row in answer.table("claims").records()] == [0.75, 1]
    assert any("weights of 3 of 4 people in people.csv support it" in n for n in answer.notes)
    assert answer.provenance["people"]["support"] == [3, 4]


@pytest.mark.filterwarnings("ignore::softpower.DoubtWarning")
@settings(max_examples=10)
@given(st.lists(st.integers(0, 99), min_size=1, max_size=5))
def test_each_persons_ranking_is_that_of_a_run_with_these_weights(places, tmp_path_factory, arts):
    path = tmp_path_factory.mktemp("drawn") / "people.csv"
    path.write_text("arts,trade\n" + "".join(f"{w},{100 - w}\n" for w in arts), encoding="utf-8")
    rows = softpower.robustness(places, weights=str(path)).table("robustness").records()
    for row in rows:
        ranks = [
            softpower.load(places, weights={"arts": w, "trade": 100 - w})
            .score()[row["country"]]
            .rank
            for w in arts
        ]
        assert row["mean"] == pytest.approx(sum(ranks) / len(ranks))
        assert (row["best"], row["worst"]) == (min(ranks), max(ranks))


@pytest.mark.parametrize(
    ("text", "error", "complaint"),
    [
        ("person,arts,trade\nAda,3,\n", FolderError, r"line 2, column trade: It is empty"),
        ("person,arts,trade\nAda,3,-1\n", FolderError, "The weight -1 is below zero"),
        ("person,arts,trade\nAda,3,x\n", FolderError, '"x" is not a number. Write it as digits'),
        ("person;arts;trade\nAda;3;1.234\n", FolderError, "in two ways, .* Write it as digits"),
        ("person,arts,trade\nAda,3,1\nAda,1,1\n", FolderError, "Ada is in line 2 already"),
        ("person,arts,trade\n,3,1\n", FolderError, "It names nobody"),
        ("person,arts,trade\n", FolderError, "It has no weights"),
        ("person,art,trade\nAda,3,1\n", FolderError, r"line 1, column art: .* Did you mean arts"),
        ("person,arts\nAda,3\n", FolderError, "line 1, column arts: .* none of its sibling trade"),
        (
            "person,arts,trade\nAda,3,1\n\nBo,0,0\nCy,0,0\n",
            FolderError,
            r"line 4: Bo gives no points to any of arts, trade.*\n.*line 5: Cy gives no points",
        ),
    ],
)
def test_a_table_that_is_none_is_refused_with_its_place(places, stated, text, error, complaint):
    with pytest.raises(error, match=complaint):
        softpower.robustness(places, weights=stated(text))


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"within": 20}, "go without `within`"),
        ({"vary": "aggregate=geometric,arithmetic"}, "go without `vary`"),
        ({"draws": 10}, "`draws` has no effect"),
        ({"clusters": 9}, "4 people do not make 9 clusters"),
    ],
)
def test_what_does_not_go_with_people_is_refused(places, stated, asked, complaint):
    with pytest.raises(UsageError, match=complaint):
        softpower.robustness(places, weights=stated(), **asked)


def test_a_file_that_is_not_there_and_clusters_of_nobody_are_refused(places):
    with pytest.raises(InputError, match="There is no such file"):
        softpower.robustness(places, weights="nobody.csv")
    with pytest.raises(UsageError, match="`clusters` are of people"):
        softpower.robustness(places, clusters=2)


def test_a_file_beside_is_placed_in_its_folder(places, stated, tmp_path, monkeypatch):
    stated("person,arts,trade\nAda,-1,3\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FolderError) as told:
        softpower.robustness(places, weights="people.csv")
    assert f"  {tmp_path.name}/people.csv, line 2, column arts" in str(told.value)


def test_one_person_is_no_people(places, stated):
    one = stated("person,arts,trade\nA,60,40\n")
    answer = softpower.robustness(places, weights=one)
    assert answer.title == "Imaginary places: under the weights of 1 person"
