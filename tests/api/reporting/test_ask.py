import pickle

import pytest

import softpower
from helpers.whole_folder import DECLARATION, write_index
from softpower.answer import Table
from softpower.charts import MapChart, ScatterChart
from softpower.errors import SoftpowerError, UsageError

VARIANT = """
[variants.geometric]
title = "Geometric"
methodology = { aggregate = "geometric", normalise = "minmax:1:100" }
"""


@pytest.fixture(scope="module")
def lands(tmp_path_factory):
    return write_index(tmp_path_factory.mktemp("lands"), more=VARIANT)


@pytest.fixture(scope="module")
def whole(lands):
    return softpower.report(lands, draws=100)


def table(section, name):
    found = [part.shown for part in section.exhibits() if isinstance(part.shown, Table)]
    return next(each for each in found if each.name == name)


def test_a_report_has_every_section_that_an_index_gives_cause_for_each_with_a_sentence(whole):
    assert [section.name for section in whole.sections] == [
        "about", "ranking", "method", "weights", "coverage", "variants", "choices", "robustness",
        "audit", "units", "sources", "reproduction",
    ]  # fmt: skip
    for section in whole.sections:
        assert section.heading
        assert section.says.endswith((".", ")")), section.name
        assert all(inner.says for inner in section.sections)
    assert whole.complete


def test_a_section_that_has_no_object_is_named_with_the_reason(whole):
    first, second = whole.notes
    assert first.endswith("for no published result lies beside what is computed: published.")
    assert "no yardstick lists ten of the same units" in second
    published = softpower.report("gspi-2026", section="about")
    assert published.notes == ()
    with pytest.raises(UsageError, match="no section weights, for gspi-2026 is published"):
        softpower.report("gspi-2026", section="weights")


def test_every_picture_names_its_source_date_licence_and_command(whole):
    pictures = [e for s in whole.sections for e in s.exhibits() if not isinstance(e.shown, Table)]
    assert len(pictures) == 5
    for exhibit in pictures:
        assert exhibit.credit.source.startswith("The Cartographers, Lost Lands")
        assert exhibit.credit.date == "edition 1, figures of 2001"
        assert exhibit.credit.licence == "Nobody's"
        assert exhibit.credit.command.startswith("softpower ")


def test_what_a_report_says_in_numbers_is_what_the_questions_answer():
    document = softpower.report("open-soft-power", section=["ranking", "weights", "coverage"])
    ranking = softpower.score("open-soft-power", pillars=True)
    assert table(document.section("ranking"), "ranking").rows == ranking.tables[0].rows
    rows = ranking.tables[0].records()
    first, second = rows[0], rows[1]
    assert f"{first['country']} ({first['score']:.2f}) is the best of 187" in (
        says := document.section("ranking").says
    )
    assert f"{second['country']} ({second['score']:.2f})" in says
    about = dict(softpower.show("open-soft-power").table("about").rows)
    assert str(about["Figures"]) in document.section("coverage").says
    assert "6 of 193 countries are not ranked." in document.section("coverage").says
    tree = softpower.show("open-soft-power").table("tree").records()
    shown = table(document.section("weights"), "tree").records()
    assert [row["effective"] for row in shown] == [row["effective"] for row in tree]
    assert document.section("weights").says == (
        "Each of 7 pillars has 14.3 % of the weight. An indicator counts 1.8 % to 2.9 %."
    )


def test_a_yardstick_is_held_against_as_compare_does():
    section = softpower.report("open-soft-power", section="yardstick").section("yardstick")
    row = softpower.compare("open-soft-power", "gspi-2026").table("agreement").records()[0]
    assert f"at {row['spearman']:.3f} (Spearman" in section.says
    assert f"{row['mean_shift']:.2f} places apart" in section.says
    assert [inner.heading for inner in section.sections] == [
        "Beside Global Soft Power Index 2026",
        "Beside The Soft Power 30 2015",
    ]


def test_variants_and_draws_are_those_of_their_questions(lands, whole):
    agreement = softpower.compare(lands, all=True).table("agreement").records()
    assert (
        table(whole.section("variants"), "declared").records()[0]["shift"]
        == (agreement[0]["mean_shift"])
    )
    drawn = softpower.robustness(lands, draws=100)
    assert table(whole.section("robustness"), "robustness").rows == drawn.tables[0].rows
    assert f"drawn {dict(drawn.table('design').rows)['Draws']} times" in (
        whole.section("robustness").says
    )


def test_the_audit_is_embedded(lands, whole):
    answer = softpower.audit(lands)
    section = whole.section("audit")
    findings = answer.table("findings").records()
    shown = table(section, "findings").records()
    assert [row["finding"] for row in shown] == [row["finding"] for row in findings]
    levels = [str(row["level"]) for row in findings]
    assert f"{levels.count('moderate')} moderate" in section.says
    counted = table(section, "counted").records()
    assert sum(row["moderate"] or 0 for row in counted) == levels.count("moderate") > 0


def test_the_command_of_a_report_and_of_its_parts_repeats_the_run(lands):
    document = softpower.report(
        softpower.load(lands, set={"aggregate": "geometric", "normalise": "minmax:1:100"},
                       weights={"land": 12.5}, omit=["Thule"]),
        section=["ranking", "reproduction"], top=2, title="All lands",
    )  # fmt: skip
    run = f"{lands} --set normalise=minmax:1 --set aggregate=geometric -w land=12.5"
    command = dict(table(document.section("reproduction"), "repeat").rows)["This report"]
    assert command.startswith("softpower report ")
    asked = ("--omit Thule", "--section ranking", "--title 'All lands'", "--top 2")
    for word in (*run.split(" ")[1:], *asked):
        assert word in command
    assert table(document.section("reproduction"), "commands").rows[1][0].endswith("--pillars")


def test_unknown_words_are_answered_with_the_nearest(lands):
    for given, nearest in (
        ({"section": "robustnes"}, "robustness"),
        ({"country": "Thulle"}, "Thule"),
        ({"country": "Thule", "section": "strenghts"}, "strengths"),
    ):
        with pytest.raises(UsageError, match=nearest):
            softpower.report(lands, **given)


@pytest.mark.parametrize(
    ("index", "given", "word"),
    [
        ("hdi-2022", {"section": "ranking", "draws": 50}, "`draws`"),
        ("gspi-2026", {"seed": 2}, "`seed`"),
        ("hdi-2022", {"section": "weights", "yardstick": "none"}, "`yardstick`"),
        ("hdi-2022", {"section": "method", "region": "Asia"}, "`region`"),
    ],
)
def test_what_has_no_effect_on_a_report_is_refused(index, given, word):
    with pytest.raises(UsageError, match=f"{word} has no effect"):
        softpower.report(index, **given)


def test_a_region_is_shown_at_its_ranks_in_the_whole():
    document = softpower.report(
        "open-soft-power", section=["ranking", "coverage"], region="Northern Africa"
    )
    first = softpower.score("open-soft-power", region="Northern Africa").tables[0].records()[0]
    assert document.section("ranking").says.startswith(
        f"{first['country']} ({first['score']:.2f}) is the best of the 5 shown, of 187 ranked"
    )
    assert dict(document.facts.rows)["Ranked"] == "187 countries"
    unranked = table(document.section("coverage"), "unranked").records()
    assert [row["country"] for row in unranked][:2] == ["Libya", "North Korea"]


def test_requests_that_exclude_each_other_are_refused(lands):
    with pytest.raises(UsageError, match="Leave `region` or `country` out"):
        softpower.report("hdi-2022", country="Norway", region="Asia")
    with pytest.raises(UsageError, match="named twice"):
        softpower.report(lands, country=["Thule", "Thule"])


def test_a_section_that_cannot_be_computed_says_why_and_the_report_is_not_complete(
    lands, monkeypatch
):
    from softpower.api.reporting import ask
    from softpower.errors import MethodError

    def failing(subject):
        raise MethodError(f"{subject.title} has no such thing.")

    monkeypatch.setitem(ask.WHOLE, "audit", failing)
    document = softpower.report(lands, draws=100)
    assert not document.complete
    assert "Lost Lands 1 has no such thing." in document.section("audit").says
    with pytest.raises(MethodError):
        softpower.report(lands, section="audit")


def test_a_document_answers_for_its_sections_and_travels(whole):
    assert repr(whole).startswith("<Document Lost Lands 1: about, ranking")
    assert pickle.loads(pickle.dumps(whole)) == whole  # noqa: S301  made here
    with pytest.raises(UsageError, match="Did you mean coverage"):
        whole.section("coverag")


def charts(section, kind):
    return [part for part in section.exhibits() if isinstance(part.shown, kind)]


def test_a_report_on_countries_has_a_map_and_a_scatter_against_each_yardstick_with_its_command():
    document = softpower.report("hdi-2022", section=["ranking", "yardstick"], yardstick="gspi-2026")
    (drawn,) = charts(document.section("ranking"), MapChart)
    ranks = {row["id"]: row["rank"] for row in softpower.score("hdi-2022").tables[0].records()}
    assert dict(zip(drawn.shown.codes, drawn.shown.values, strict=True)).items() <= ranks.items()
    assert drawn.credit.command == "softpower score hdi-2022 --map ranks"
    (held,) = charts(document.section("yardstick"), ScatterChart)
    assert held.credit.command == "softpower score hdi-2022 --against gspi-2026"
    assert held.shown == softpower.score("hdi-2022", against="gspi-2026").charts[0]


def test_weights_vary_in_every_way_of_robustness_and_the_command_says_so(lands):
    how = {"bounds": {"land": (10, 90)}, "order": "land >= sea", "levels": "pillars", "draws": 60}
    section = softpower.report(lands, section="robustness", **how).section("robustness")
    drawn = softpower.robustness(lands, **how)
    assert table(section, "robustness").rows == drawn.tables[0].rows
    (credit, *_) = [part.credit for part in section.exhibits() if part.credit]
    said = "--levels pillars --bounds land=10..90 --order 'land >= sea' --draws 60"
    assert credit.command.startswith(f"softpower robustness {lands} {said}")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"weights": "bogus"}, "no method"),
        ({"weights": "people.csv"}, "none that people stated"),
        ({"within": "much"}, "`within` is 'much'"),
    ],
)
def test_weights_that_cannot_vary_so_are_refused_before_all_else(lands, given, message):
    with pytest.raises(SoftpowerError, match=message):
        softpower.report(lands, **given)


def test_what_would_take_minutes_is_left_out_with_the_reason_and_made_when_asked_for(lands):
    run = softpower.load(lands, set={"weight": "benefit-of-the-doubt", "normalise": "minmax"})
    document = softpower.report(run, draws=50)
    assert not document.complete
    for name in ("variants", "choices", "audit"):
        says = document.section(name).says
        assert "takes many minutes under weight = benefit-of-the-doubt" in says
        assert f"`section={name!r}`" in says
    assert document.section("units").sections[0].heading == "1 Atlantis"
    assert softpower.report(run, section="choices").complete


def test_a_report_scores_its_run_once(lands, monkeypatch):
    from softpower.engine import run as engine

    scored, usual = [], engine.score_setup
    monkeypatch.setattr(
        engine, "score_setup", lambda setup, *more: scored.append(setup) or usual(setup, *more)
    )
    softpower.report(lands, section=["about", "ranking", "method", "coverage", "sources"])
    assert len(scored) == 1


def test_a_report_saves_itself(tmp_path):
    document = softpower.report("gspi-2026", section="ranking")
    document.save(str(tmp_path / "report.html"))
    assert (tmp_path / "report.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    with pytest.raises(UsageError, match="none of a report"):
        document.save(tmp_path / "report.csv")


def test_the_only_pillar_is_called_so(tmp_path):
    names = "id,title,pillar,direction\ngold,Gold,land,higher\ntowers,Towers,land,higher\n"
    alone = DECLARATION.partition("[pillars.sea]")[0].replace("weight = 60\n", "")
    figures = "unit,gold,towers\nAtlantis,80,12\nLemuria,15,7\nThule,40,2\n"
    folder = write_index(tmp_path, declaration=alone, indicators=names, figures=figures)
    says = softpower.report(folder, section="weights").section("weights").says
    assert says == "The one pillar has 100.0 % of the weight. Each indicator counts 50.0 %."
