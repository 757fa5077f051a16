"""What ``import softpower`` offers: every name documented, every example true."""

import copy
import doctest
import inspect
import pickle
import re
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import softpower
from helpers.documentation import PAGES
from softpower.answer import Column, Table
from softpower.cli import main
from softpower.index.find import shipped

PUBLIC = [name for name in softpower.__all__ if name != "__version__"]
QUESTIONS = [n for n in softpower.__all__ if n.removesuffix("_files") in main.commands]
LANDS = pd.DataFrame(
    {"music": [90, 48, 20], "ships": [10, 48, np.nan]}, index=["Atlantis", "Lemuria", "Thule"]
)
TEXTS = {page.stem: page.read_text(encoding="utf-8") for page in PAGES}
PYTHON = {name: text for name, text in TEXTS.items() if "```pycon" in text}
TIES = "ties=dense,average"
ALL_COUNT = {"coverage": {"country": 0, "pillar": 0}, "normalise": "none"}


def examples_of(name):
    found = doctest.DocTestFinder().find(getattr(softpower, name), name, globs={})
    return [test for test in found if test.examples]


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_says_what_it_is(name):
    assert name in dir(softpower)
    assert len(inspect.getdoc(getattr(softpower, name))) > 20


@pytest.mark.parametrize("name", [*QUESTIONS, "indices", "index_from", "load"])
def test_every_parameter_is_explicit_and_documented(name):
    function = getattr(softpower, name)
    for parameter in inspect.signature(function).parameters.values():
        assert parameter.kind is not parameter.VAR_KEYWORD
        assert parameter.name in inspect.getdoc(function).partition("Parameters")[2]


@pytest.mark.parametrize(
    "test", [each for name in PUBLIC for each in examples_of(name)], ids=lambda test: test.name
)
def test_every_example_of_a_docstring_is_true(test):
    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


def test_the_example_of_the_package_is_true():
    (test,) = doctest.DocTestFinder(recurse=False).find(softpower, globs={})
    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


@pytest.mark.parametrize("page", PYTHON)
def test_the_examples_of_the_guide_are_true(page):
    blocks = "\n".join(re.findall(r"```pycon\n(.*?)```", PYTHON[page], flags=re.DOTALL))
    test = doctest.DocTestParser().get_doctest(blocks, {}, page, page, 0)
    assert len(test.examples) > 1
    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


def test_every_question_has_an_example():
    assert [name for name in QUESTIONS if not examples_of(name)] == []


def test_importing_the_library_imports_neither_numpy_nor_pydantic():
    code = "import softpower, sys; print({'numpy', 'pydantic', 'typing'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        softpower.nothing  # noqa: B018


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_words_of_a_question_are_those_of_its_command(name):
    options = {
        word.removeprefix("--").replace("-", "_")
        for param in main.commands[name.removesuffix("_files")].params
        for word in (*param.opts, param.name)
    }
    hooks = {"watch", "watch_draws", "tell"}
    arguments = {"run", "runs", "second"}
    asked = set(inspect.signature(getattr(softpower, name)).parameters) - hooks - arguments
    assert asked - options == set()


@pytest.mark.parametrize("name", shipped())
def test_what_is_loaded_and_scored_survives_pickling_and_deep_copies(name):
    run = softpower.load(name)
    for value in (run, run.index, run.score(), softpower.score(run)):
        for again in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value)):  # noqa: S301
            assert again == value
    assert softpower.load(name) == run
    assert hash(softpower.load(name)) == hash(run)


def test_rankings_are_equal_only_if_every_figure_is():
    run = softpower.load("hdi-2022")
    other = softpower.load("hdi-2022", set={"aggregate": "arithmetic"})
    assert run != other
    assert run.score() == run.score()
    assert run.score() != other.score()


@pytest.mark.parametrize("name", ["hdi-2022", "gspi-2026"])
def test_what_a_prompt_shows_fits_on_a_screen(name):
    run = softpower.load(name)
    ranking, answer = run.score(), softpower.show(run)
    parts = (*ranking.stages.values(), ranking.framework)
    for value in (run, run.index, ranking, answer, answer.tables[0], *parts):
        lines = repr(value).splitlines()
        assert len(lines) < 10
        assert max(map(len, lines)) < 160


def test_a_ranking_names_its_first_three():
    told = "193 of 193 ranked: 1 United States, 2 China, 3 Japan, ..."
    assert repr(softpower.load("gspi-2026").score()).endswith(f"{told}>")


def test_an_index_of_one_says_one():
    index = softpower.index_from(pd.DataFrame({"gold": [1]}, index=["Norway"]))
    assert repr(index) == "<Index frame: frame, 1 country, 1 indicator>"


def test_answers_and_standings_are_told_apart_in_sets():
    run = softpower.load("hdi-2022")
    answers = {softpower.score(run), softpower.score(run), softpower.score(run, top=3)}
    assert len(answers) == 2
    assert len({*run.score(), *run.score()}) == len(run.score())


def test_a_ranking_answers_by_any_name_of_a_country():
    ranking = softpower.load("hdi-2022").score()
    assert ranking["China"] == ranking["CHN"] == ranking["中国"]
    assert list(ranking["China"].pillars) == ["health", "education", "income"]
    assert ranking["North Korea"].rank is None
    assert ranking["North Korea"].why_unranked.startswith("has no score")
    assert "China" in ranking
    assert "Atlantis" not in ranking
    assert len(ranking) == len(list(ranking)) == 195
    assert next(iter(ranking)).name == "Switzerland"
    with pytest.raises(softpower.UsageError, match="Norwya"):
        ranking["Norwya"]
    with pytest.raises(softpower.UsageError, match="0 is not the name of a unit"):
        ranking[0]


def test_ranks_in_a_frame_are_whole_unless_ties_share_a_mean_place():
    tied = pd.DataFrame({"gold": [1.0, 1.0, 2.0]}, index=["A", "B", "C"])
    for ties, kind in (("competition", "Int64"), ("average", "float64")):
        index = softpower.index_from(tied, units="other", methodology={"ties": ties})
        frame = softpower.load(index).score().to_frame()
        assert frame["rank"].dtype == kind
        assert softpower.score(index).to_frame()["rank"].dtype == kind
    assert frame["rank"].to_list() == [1, 2.5, 2.5]


def test_what_is_missing_in_a_table_is_missing_in_its_frame():
    frame = softpower.score("hdi-2022").to_frame()
    assert frame["rank"].dtype == "Int64"
    assert frame["score"].dtype == "float64"
    assert frame["rank"].isna().sum() == frame["score"].isna().sum() == 2


def test_a_table_that_is_not_there_is_answered_with_those_that_are():
    answer = softpower.score("hdi-2022", top=3)
    with pytest.raises(softpower.UsageError, match=r"no table 'rankings'.*mean ranking"):
        answer.table("rankings")
    assert answer.to_frame().equals(answer.to_frame("ranking"))


def test_an_answer_shows_itself_in_print_and_in_a_notebook():
    answer = softpower.score("hdi-2022", top=1)
    ranking = softpower.load("hdi-2022").score()
    assert "Switzerland" in str(answer)
    for value in (answer, answer.table("ranking"), ranking):
        html = value._repr_html_()
        assert "<td" in html
        assert "Switzerland" in html
        assert "<html" not in html


def test_a_run_shows_itself_in_a_notebook():
    html = softpower.load("hdi-2022", set={"aggregate": "arithmetic"})._repr_html_()
    assert "Human Development Index" in html
    assert "aggregate=arithmetic" in html


def test_a_column_of_a_frame_has_the_type_of_its_kind():
    kinds = ("integer", "movement", "number", "percent", "change", "text")
    columns = tuple(Column(kind, kind, kind) for kind in kinds)
    missing = (None,) * len(kinds)
    types = Table("t", "T", columns, ((1, 1, 1, 1, 1, "a"), missing)).to_frame().dtypes.map(str)
    assert list(types) == ["Int64", "Int64", "float64", "float64", "float64", "object"]
    halves = Table("t", "T", columns, ((1.5, 0.5, 1, 1, 1, "a"), missing)).to_frame()
    assert set(halves.dtypes.map(str)[:5]) == {"float64"}
    nothing = Table("t", "T", columns, (missing,)).to_frame().dtypes.map(str)
    assert list(nothing) == list(types)


def test_names_of_runs_runs_and_indices_are_asked_alike():
    run = softpower.load("open-soft-power")
    assert softpower.score(run) == softpower.score("open-soft-power") == softpower.score(run.index)
    by_name = softpower.compare("open-soft-power", "@geometric", top=3)
    assert by_name == softpower.compare(run, "open-soft-power@geometric", top=3)
    assert by_name == softpower.compare(run.index, "@geometric", top=3)


def test_a_run_takes_further_changes():
    run = softpower.load("open-soft-power@geometric", weights={"culture": 40})
    assert softpower.load(run) == run
    further = softpower.load(
        run, set={"normalise": "zscore"}, omit="wgi_rule_of_law", variants="per-head"
    )
    said = further.provenance()
    assert said["run"] == "open-soft-power@geometric+per-head"
    assert softpower.load(said["run"], **said["changes"]) == further
    assert (
        softpower.load(run.index, variants=("geometric", "per-head"), **said["changes"]) == further
    )


def test_one_name_may_stand_for_a_list_of_one():
    assert softpower.score("hdi-2022", country="China") == softpower.score(
        "hdi-2022", country=["China"]
    )
    assert softpower.robustness("hdi-2022", rounding=0.1, draws=20) == softpower.robustness(
        "hdi-2022", rounding=["0.1"], draws=20
    )


def test_robustness_varies_the_weights_where_nothing_is_said():
    answer = softpower.robustness("hdi-2022", draws=50)
    assert answer.provenance["robustness"]["weights"] == {"method": "bounds", "percent": 25.0}


def test_no_way_to_draw_weights_is_the_usual_one():
    claims = [
        softpower.claim("hdi-2022", "Norway > Chad", draws=20, weights=how)
        for how in (None, "simplex")
    ]
    assert claims[0] == claims[1]
    choices = ("aggregate=geometric,arithmetic", TIES)
    shares = [
        softpower.sensitivity("hdi-2022", vary=choices, weights=how) for how in (None, "none")
    ]
    assert shares[0] == shares[1]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: softpower.load("hdi-2022", weights=[40]), r"`weights` is \[40\], and no mapping"),
        (
            lambda: softpower.load("hdi-2022", set="aggregate=geometric"),
            "Write set={'aggregate': 'geometric'}",
        ),
        (lambda: softpower.load("hdi-2022", omit=3), "`omit` is 3, which is no name"),
        (lambda: softpower.load(LANDS), r"A data frame is no index\..*index_from\(frame\)"),
        (lambda: softpower.score(LANDS), r"A data frame is no index\..*index_from\(frame\)"),
        (lambda: softpower.check(LANDS), "neither the name of an index nor a folder. Name one"),
        (lambda: softpower.check(softpower.load("hdi-2022")), "what is loaded .* has been checked"),
        (
            lambda: softpower.compare("@geometric", "hdi-2022"),
            "'@geometric' names a variant and no index. Write INDEX@geometric",
        ),
        (lambda: softpower.robustness("hdi-2022", leave_out=True), "`leave_out` is True"),
        (lambda: softpower.score("hdi-2022").to_frame(0), "no table 0. Known: ranking"),
        (
            lambda: softpower.robustness("hdi-2022", seed=2**32),
            "`seed` is 4294967296. Give a whole number from 0 to 4294967295",
        ),
        (lambda: softpower.robustness("hdi-2022", threads=257), "`threads` is 257.* from 1 to 256"),
        (lambda: softpower.robustness("hdi-2022", draws=10**9 + 1), "from 1 to 1000000000"),
        (
            lambda: softpower.sensitivity("hdi-2022", vary=TIES, seed=3, confidence=90),
            "`seed` and `confidence` have no effect, for nothing is drawn. Leave them out",
        ),
        (
            lambda: softpower.claim("hdi-2022", "Norway > Chad", weights="none", draws=500),
            "`draws` has no effect, for nothing is drawn. Leave it out",
        ),
        (
            lambda: softpower.robustness("hdi-2022", rounding=0.1, levels="pillars"),
            "`levels` has no effect, for no weights are drawn",
        ),
        (
            lambda: softpower.robustness("hdi-2022", leave_out="pillars", threads=2),
            "`threads` has no effect",
        ),
        (lambda: softpower.load(3), "3 is neither the name of a run nor an index"),
        (lambda: softpower.score("hdi-2022", top="x"), "`top` is 'x'. Give a whole number"),
        (lambda: softpower.score("hdi-2022", top=0), "`top` is 0. Give a whole number from 1 on"),
        (lambda: softpower.score("hdi-2022", top=True), "`top` is True"),
        (lambda: softpower.score("hdi-2022", country=3), "`country` is 3, which is no name"),
        (lambda: softpower.explain("hdi-2022", 3), "`country` is 3, which is no name"),
        (lambda: softpower.robustness("hdi-2022", interval="90"), "`interval` is '90'"),
        (lambda: softpower.robustness("hdi-2022", rounding="x"), "'x' is not a step"),
        (lambda: softpower.robustness("hdi-2022", rounding=("1", "2")), "all figures is set twice"),
        (
            lambda: softpower.load("hdi-2022", weights="health=40"),
            r"Write weights=\{'health': 40\}",
        ),
        (lambda: softpower.robustness("hdi-2022", weights=25), '25.* Write weights="bounds:25"'),
        (
            lambda: softpower.claim("hdi-2022", "Norway > Chad", weights={"health": 40}),
            r'Write weights="bounds:25"\..*load\(\.\.\., weights=\{\'health\': 40\}\)',
        ),
        (lambda: softpower.robustness("hdi-2022", leave_out="pillar"), "Did you mean pillars"),
        (
            lambda: softpower.robustness("hdi-2022", leave_out="pillars", weights="simplex"),
            "`leave_out` goes with `top`",
        ),
        (lambda: softpower.compare("hdi-2022"), "nothing to be compared with"),
        (softpower.compare, "nothing to be compared with"),
        (
            lambda: softpower.compare("open-soft-power", "@geometric", all=True),
            "`all` takes one run",
        ),
        (lambda: softpower.claim("hdi-2022", [], weights="none"), "No claim is made"),
        (
            lambda: softpower.claim("hdi-2022", "Norway > Chad", all=True),
            "goes with `stack`",
        ),
        (
            lambda: softpower.score("gspi-2026", weights=True),
            "Leave `weights` out",
        ),
        (
            lambda: softpower.claim("hdi-2022", "Norway > Iceland", levels="zork"),
            "There is no level or pillar 'zork'",
        ),
        (
            lambda: softpower.claim("hdi-2022", "Norway > Iceland", bounds="zork=10..20"),
            "There is no pillar or indicator 'zork' here",
        ),
        (
            lambda: softpower.audit("hdi-2022", yardstick=3),
            "3 is neither the name of a run nor an index",
        ),
        (lambda: softpower.import_files([None]), "which names no file"),
        (
            lambda: softpower.reach("hdi-2022", "Norway"),
            "softpower reach INDEX `all=True, draws=100000`",
        ),
        (lambda: softpower.import_files(b"gdp.csv"), "which names no file"),
    ],
)
def test_what_is_said_wrongly_is_refused_with_the_mend(call, said):
    with pytest.raises((softpower.UsageError, softpower.MethodError), match=said):
        call()


def test_an_index_from_a_frame_is_scored_as_the_folder_of_the_same_tables(tmp_path):
    index = softpower.index_from(
        LANDS,
        id="lands",
        title="Lands",
        units="other",
        indicators={"music": {"weight": 75}, "ships": {"weight": 25, "direction": "lower"}},
        methodology={**ALL_COUNT, "normalise": "minmax"},
    )
    folder = tmp_path / "lands"
    folder.mkdir()
    (folder / "index.toml").write_text(
        'id = "lands"\ntitle = "Lands"\npublisher = "nobody"\nunits = "other"\n[methodology]\n'
        'coverage = { country = 0, pillar = 0 }\nnormalise = "minmax"\n'
    )
    (folder / "indicators.csv").write_text("id,weight,direction\nmusic,75,\nships,25,lower\n")
    (folder / "figures.csv").write_text(
        "unit,music,ships\nAtlantis,90,10\nLemuria,48,48\nThule,20,\n"
    )
    ranking = softpower.load(index).score()
    assert ranking == softpower.load(folder).score()
    assert ranking["Lemuria"].score == pytest.approx(0.75 * 100 * 28 / 70)


def test_a_frame_may_have_a_row_for_each_figure():
    frame = pd.DataFrame(
        {"country": ["Norway", "Chad"], "indicator": "gold", "value": [1, 2], "year": [2001, 2002]}
    )
    figures = softpower.index_from(frame).figures
    assert figures.years.ravel().tolist() == ["2001", "2002"]
    assert [unit.id for unit in figures.units] == ["NOR", "TCD"]


def test_an_index_from_a_frame_has_variants_and_travels():
    variant = {"title": "Geometric", "methodology": {"aggregate": "geometric"}}
    index = softpower.index_from(
        LANDS, units="other", methodology=ALL_COUNT, variants={"geometric": variant}
    )
    assert pickle.loads(pickle.dumps(index)) == index  # noqa: S301
    answer = softpower.compare(index, "@geometric")
    score = {row["country"]: row["score_2"] for row in answer.tables[0].records()}
    assert score["Atlantis"] == pytest.approx(30)  # the root of 90 x 10


@pytest.mark.parametrize(
    ("frame", "more", "said"),
    [
        (3, {}, "`figures` is 3, and no data frame"),
        (LANDS, {}, '"Atlantis" is not a country'),
        (LANDS, {"id": "open-soft-power"}, "comes with softpower. Take another name"),
        (LANDS, {"units": "others"}, 'units: "others" is none of the choices'),
        (LANDS, {"methodology": {"normalise": "zscoer"}}, "Did you mean zscore"),
        (LANDS, {"indicators": 3}, "`indicators` is 3"),
        (LANDS, {"units": "other", "indicators": {"musik": {}}}, "Did you mean musik"),
        (LANDS.replace(90, "x"), {"units": "other"}, 'figures, line 1, column music: "x" is not'),
        (
            LANDS,
            {"units": "other", "variants": {"v": {"title": "V", "weights": {"opera": 40}}}},
            "variants.v: There is no pillar or indicator 'opera'",
        ),
    ],
)
def test_a_frame_that_is_no_index_is_refused_with_the_place(frame, more, said):
    with pytest.raises(softpower.SoftpowerError, match=said):
        softpower.index_from(frame, **more)
