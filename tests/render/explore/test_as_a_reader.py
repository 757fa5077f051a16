"""The page as a reader meets it: what is moved moves the ranking, by pointer, keys and address."""

import json
import re
import shlex

import pytest
from click.testing import CliRunner

import softpower
from helpers import playable
from helpers.browser import barriers, misspelt, sideways
from softpower.cli import main
from softpower.errors import UsageError
from softpower.render.explore import to_page

MOST_BYTES = 2_000_000
HOSTILE = '</script><script>document.title = "taken"</script><img src=x onerror=alert(1)>'


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return the folder of the pages of two indices."""
    folder = tmp_path_factory.mktemp("pages")
    for name in ("hdi-2022", "elcano-2021"):
        found = softpower.explore(name)
        (folder / f"{name}.html").write_text(to_page(found.title, found.data), encoding="utf-8")
    return folder


def calm(page):
    """Wait until everything is shown that is shown when a reader pauses."""
    page.evaluate(
        """new Promise((done) => {
            const busy = () => page.frame || page.calm || page.table.settle;
            const wait = () => (busy() ? setTimeout(wait, 10) : done());
            wait();
        })"""
    )


def weight(page, name):
    return page.locator(f".head[data-id={name}]").get_attribute("aria-valuenow")


def address(page, fragment):
    """Go to another address of the same page."""
    page.evaluate(
        """fragment => new Promise((done) => {
            addEventListener("hashchange", done, { once: true });
            location.hash = fragment;
        })""",
        fragment,
    )


def command(page):
    calm(page)
    return page.locator("#hand-in code").inner_text()


def first(page):
    return page.locator(".ranking tbody tr").first.locator("button.name").inner_text()


@pytest.mark.parametrize(("scheme", "widths"), [("light", (1280, 768, 360)), ("dark", (1280,))])
def test_the_page_stops_no_reader_at_any_width(scheme, widths, opened, tmp_path):
    found = softpower.explore(playable.write(tmp_path, ""))
    (tmp_path / "page.html").write_text(to_page(found.title, found.data), encoding="utf-8")
    page = opened(tmp_path / "page.html", "#run=&w.sea=50&why=Mu&pin=Ys", color_scheme=scheme)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
        calm(page)
        assert sideways(page) == 0
        if width != 768:
            assert barriers(page) == []


def test_a_parser_of_html_has_no_objection_and_the_page_is_small(pages):
    text = (pages / "hdi-2022.html").read_text(encoding="utf-8")
    assert misspelt(text) == []
    assert len(text.encode()) < MOST_BYTES
    assert not re.search(
        r"""(src|href)=|url\(|@import|fetch\(|https?://(?!www\.w3\.org/2000/svg)""",
        text.partition('id="data"')[0],
    )


def test_the_same_index_gives_the_same_page():
    pages = [to_page(found.title, found.data) for found in map(softpower.explore, ["hdi-2022"] * 2)]
    assert pages[0] == pages[1]


def test_a_dragged_head_changes_the_weight_and_the_ranking(opened, pages):
    page = opened(pages / "elcano-2021.html")
    head = page.locator(".head[data-id=military]")
    box = head.bounding_box()
    whole = page.locator(".heads").bounding_box()["width"]
    at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] + whole * 0.2, at[1], steps=4)
    page.mouse.up()
    assert float(weight(page, "military")) == pytest.approx(41, abs=0.3)
    assert re.fullmatch(r"softpower score elcano-2021 -w military=4[01](\.\d)?", command(page))
    assert "have moved" in page.locator("#status").inner_text()


def test_keys_move_a_head_and_the_address_follows_and_is_taken_back(opened, pages):
    page = opened(pages / "elcano-2021.html")
    page.locator(".head[data-id=soft]").focus()
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")
    assert command(page) == "softpower score elcano-2021 -w soft=47"
    assert page.evaluate("location.hash") == "#run=elcano-2021&w.soft=47"
    page.get_by_role("button", name="Back to the start").click()
    assert command(page) == "softpower score elcano-2021"
    address(page, "#run=elcano-2021&omit=military&pin=FRA")
    assert page.locator("#in-military").is_checked() is False
    assert command(page) == "softpower score elcano-2021 --omit military"
    assert page.locator("tr.pinned button.name").inner_text() == "France"


def test_sliders_share_what_is_left_and_leaving_out_forgets_a_weight(opened, pages):
    page = opened(pages / "elcano-2021.html", "#run=elcano-2021&w.soft=80&w.military=20")
    page.locator("#w-economic").fill("50")
    assert command(page) == ("softpower score elcano-2021 -w soft=40 -w military=10 -w economic=50")
    page.locator("#in-soft").uncheck()
    assert command(page) == "softpower score elcano-2021 -w military=10 -w economic=50 --omit soft"


def test_rows_come_into_the_order_of_the_ranking_for_those_who_read_them(opened, pages):
    page = opened(pages / "elcano-2021.html")
    page.get_by_role("button", name="Pin Mali").focus()
    page.evaluate("page.change((setting) => (setting.omit = ['military', 'soft']))")
    calm(page)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Pin Mali"
    ranks = page.locator(".ranking tbody tr td:first-child").all_inner_texts()
    assert [int(rank) for rank in ranks] == sorted(map(int, ranks))
    assert first(page) == "European Union"


def test_nothing_moves_for_those_who_ask_for_no_motion(opened, pages):
    moved = "getComputedStyle(document.querySelector('.ranking tbody tr')).transitionDuration"
    path = pages / "hdi-2022.html"
    assert opened(path, reduced_motion="reduce").evaluate(moved) == "0s"
    assert opened(path).evaluate(moved) == "0.35s"


def test_a_country_is_asked_about_found_and_pinned(opened, pages):
    page = opened(pages / "hdi-2022.html", "#run=hdi-2022&w.income=60")
    page.locator("#filter").fill("sing")
    page.get_by_role("button", name="Pin Singapore").click()
    page.get_by_role("button", name="Singapore", exact=True).click()
    calm(page)
    assert "pin=SGP&why=SGP" in page.evaluate("location.hash")
    said = page.locator("#why").inner_text()
    assert "Singapore rises from rank 9 to" in said
    assert "weights.income: 0.333 → 0.600" in said
    shown = page.locator(".ranking tbody button.name").all_inner_texts()
    assert shown == ["Singapore"]
    page.locator("#asked").select_option("PRK")
    calm(page)
    said = "North Korea is not ranked here: it has no score: expected_schooling, mean_schooling"
    assert said in page.inner_text("#why")


def test_what_cannot_be_scored_is_said_and_the_last_ranking_stays_faint(opened, pages):
    page = opened(
        pages / "hdi-2022.html",
        "#run=hdi-2022&omit=health&omit=income&w.expected_schooling=0&w.mean_schooling=0",
    )
    assert "All weights within Education are zero" in page.locator("#trouble").inner_text()
    assert page.locator(".stale").count() == 1
    address(page, "#normalise=nothing&w.helth=3")
    said = page.locator("#trouble").inner_text()
    assert "does not offer normalise = nothing" in said
    assert "w.helth=3 means nothing here" in said


def test_tiers_are_shown_of_the_start_alone_and_elsewhere_it_is_said(opened, tmp_path):
    found = softpower.explore(playable.write(tmp_path))
    data = found.data | {"tiers": {unit["id"]: 1 for unit in found.data["units"]}}
    path = tmp_path / "page.html"
    path.write_text(to_page(found.title, data), encoding="utf-8")
    page = opened(path)

    def tiers():
        calm(page)
        return set(page.locator(".ranking tbody td:nth-child(3)").all_inner_texts())

    said = "Tiers hold for the start alone, and are not shown."
    assert tiers() == {"1"}
    assert said not in page.locator("#status").inner_text()
    for moved in ("#run=&w.sea=50", f"#run={data['starts'][1]['name']}"):
        address(page, moved)
        assert tiers() == {""}
        assert said in page.locator("#status").inner_text()
    page.get_by_role("button", name="Back to the start").click()
    assert tiers() == {"1"}


def test_markup_in_names_titles_and_notes_shows_as_it_is(opened, tmp_path):
    found = softpower.explore("hdi-2022")
    data = json.loads(json.dumps(found.data))
    data |= {"title": HOSTILE, "summary": HOSTILE, "publisher": HOSTILE, "notes": [HOSTILE]}
    data["units"][0]["name"] = data["trees"][0]["root"]["children"][0]["title"] = HOSTILE
    data["starts"][0] |= {"title": HOSTILE, "reason": HOSTILE}
    path = tmp_path / "page.html"
    path.write_text(to_page(HOSTILE, data), encoding="utf-8")
    page = opened(path, f"#run=hdi-2022&pin={data['units'][0]['id']}&why={data['units'][0]['id']}")
    assert page.title() == HOSTILE
    assert page.locator("h1").inner_text() == HOSTILE
    assert page.locator("tr.pinned button.name").inner_text() == HOSTILE
    assert page.locator(".head").first.text_content() == HOSTILE
    assert page.locator("script").count() == 2
    assert page.locator("img").count() == 0


@pytest.mark.parametrize(
    ("name", "fragment"),
    [
        ("hdi-2022", "#run=hdi-2022&w.income=12.5&aggregate=harmonic/"),
        ("elcano-2021", "#run=elcano-2021@weights-2016&w.troops=70&omit=energy&normalise=zscore"),
    ],
)
def test_the_command_gives_the_scores_of_the_page(name, fragment, opened, pages):
    page = opened(pages / f"{name}.html", fragment)
    program, *words = shlex.split(command(page))
    assert program == "softpower"
    result = CliRunner().invoke(main, [*words, "-f", "json"])
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)["tables"]["ranking"]["rows"]
    shown = page.evaluate(
        """Object.fromEntries(page.now.rows.map(
            (row, i) => [page.data.units[row].id, [page.now.scores[i], page.now.ranks[i]]]))"""
    )
    ranked = [row for row in rows if row["rank"] is not None]
    assert len(ranked) > 100
    for row in ranked:
        assert shown[row["id"]][0] == pytest.approx(row["score"], abs=1e-9)
        assert shown[row["id"]][1] == row["rank"]


def test_without_a_clipboard_the_command_can_still_be_copied(opened, pages):
    page = opened(pages / "hdi-2022.html")
    page.evaluate("document.addEventListener('copy', () => window.copies = String(getSelection()))")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("button", name="Copy command").click()
    assert page.get_by_role("button", name="Copied").count() == 1


def test_many_steps_are_shared_out_when_a_reader_asks_for_it(opened, pages):
    moved = ["energy", "services", "investments", "troops", "migrations", "tourism", "sports"]
    weights = "&".join(f"w.{name}=9" for name in [*moved, "science", "soft"])
    page = opened(pages / "elcano-2021.html", f"#run=elcano-2021&{weights}&why=FRA")
    page.get_by_role("button", name="Work it out, by 512 rankings").click()
    assert page.locator("#why tbody tr").count() == len(moved) + 3


def test_weights_that_are_computed_are_held_as_soon_as_something_is_changed(opened, tmp_path):
    index = playable.write(tmp_path)
    found = softpower.explore(index)
    (tmp_path / "page.html").write_text(to_page(found.title, found.data), encoding="utf-8")
    page = opened(tmp_path / "page.html", f"#run={index}@entropy")
    assert "Weights are computed here (entropy)" in page.inner_text("#weights")
    page.locator("#missing").select_option("zero")
    said = command(page)
    assert f"{index}@entropy --set missing=zero --set weight=given -w land=" in said
    assert "held at what entropy gave" in page.inner_text("#weights")
    assert page.locator("#trouble").is_hidden()


def test_what_would_need_figures_prepared_anew_is_not_offered(opened, tmp_path):
    index = playable.write(tmp_path)
    found = softpower.explore(index)
    (tmp_path / "page.html").write_text(to_page(found.title, found.data), encoding="utf-8")
    page = opened(tmp_path / "page.html", f"#run={index}@filled")
    assert "Figures of this run are prepared by softpower" in page.inner_text("#methods")
    assert page.locator("#normalise").is_disabled()
    assert page.locator("#in-sea").is_disabled()
    assert page.locator("#aggregate-0 option:disabled").all_text_contents() == [
        "geometric",
        "harmonic",
    ]
    page.locator("#w-sea").fill("70")
    assert command(page) == f"softpower score {index}@filled -w sea=70"


def test_two_keys_before_the_next_frame_both_count(opened, pages):
    page = opened(pages / "elcano-2021.html")
    page.evaluate(
        """() => {
            const head = document.querySelector(".head[data-id=soft]");
            for (const key of ["PageUp", "ArrowRight"])
                head.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        }"""
    )
    assert command(page) == "softpower score elcano-2021 -w soft=47"


def test_a_page_saves_itself(tmp_path):
    found = softpower.explore("hdi-2022")
    found.save(tmp_path / "page.html")
    written = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert written == to_page(found.title, found.data)
    with pytest.raises(UsageError, match=r"ends in \.html"):
        found.save(str(tmp_path / "page.pdf"))
