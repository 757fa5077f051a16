import softpower
from softpower.answer import Table


def tables(section):
    return {e.shown.name: e.shown for e in section.exhibits() if isinstance(e.shown, Table)}


def test_each_country_has_a_page_and_paper_the_first():
    section = softpower.report("open-soft-power", section="countries", draws=100).section(
        "countries"
    )
    assert len(section.sections) == 193
    assert [page.printed for page in section.sections[19:21]] == [True, False]
    turkey = next(page for page in section.sections if page.name == "country-TUR")
    answer = softpower.explain("open-soft-power", "TUR")
    shown = tables(turkey)
    for name in ("strengths", "weaknesses"):
        assert [row["rank"] for row in shown[name].records()] == [
            row["rank"] for row in answer.table(name).records()
        ]
    assert [row["value"] for row in shown["pillars"].records()] == [
        row["value"] for row in answer.table("pillars").records()
    ]
    near = {row["country"]: abs(row["gap"] or 0) for row in answer.table("neighbours").records()}
    assert f"{near['Croatia']:.2f} behind Croatia" in turkey.says
    assert f"{near['Chile']:.2f} ahead of Chile" in turkey.says
    ranks = {row["id"]: row["rank"] for row in softpower.score("gspi-2026").tables[0].records()}
    under = {row["under"]: row["best"] for row in shown["elsewhere"].records()}
    assert under["Global Soft Power Index 2026"] == ranks["TUR"]
    matrix = softpower.compare("open-soft-power", all=True, country="TUR").tables[0].records()[0]
    assert under["Variants of the methodology"] == matrix["best"]
    libya = section.sections[-6].heading
    assert libya.startswith("– ")


def test_a_profile_says_all_that_is_known_of_one_country():
    document = softpower.report("elcano-2021", country="Norway", draws=1000)
    assert document.title == "Norway in Elcano Global Presence Index 2021"
    assert [section.name for section in document.sections] == [
        "standing", "pillars", "strengths", "choices", "certainty", "figures", "method", "sources",
        "reproduction",
    ]  # fmt: skip
    explained = softpower.explain("elcano-2021", "Norway")
    figures = tables(document.section("figures"))["indicators"]
    assert figures.rows == explained.table("indicators").rows
    reach = softpower.reach("elcano-2021", "Norway").tables[0].records()[0]
    assert f"rank {reach['best']}, the worst {reach['worst']}" in document.section("certainty").says


def test_a_profile_of_several_has_a_chapter_for_each():
    document = softpower.report("gspi-2026", country=["Japan", "South Korea"])
    assert document.title == "Japan and South Korea in Global Soft Power Index 2026"
    assert [section.name for section in document.sections][:2] == ["country-JPN", "country-KOR"]
    names = [inner.name for section in document.sections for inner in section.sections]
    assert "standing-JPN" in names
    assert len(names) == len(set(names))
