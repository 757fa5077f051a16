from hypothesis import given

from helpers.imaginary_answers import calm, order_charts
from softpower.charts import OrderChart
from softpower.render.plot import draw
from softpower.render.tabled import chart_table
from softpower.render.tiers import placed

PLACES = OrderChart(
    "order",
    "Order",
    ("Atlantis", "Lemuria", "Ruritania", "Freedonia"),
    (1, 1, 2, 2),
    ((0, 2), (0, 3), (1, 3)),
    "Tier",
    caption="Made up.",
)


def test_each_label_stands_in_its_tier_with_those_next_below():
    assert draw(PLACES, 40) == [
        "Tier 1",
        "  Atlantis → Ruritania, Freedonia",
        "  Lemuria → Freedonia",
        "Tier 2",
        "  Ruritania",
        "  Freedonia",
        "Made up.",
    ]


def test_labels_hang_below_those_that_they_are_joined_with():
    plan = placed(PLACES)
    assert (plan.down, plan.width, plan.height) == ((0, 0, 1, 1), 2, 2)
    assert plan.across[2] < plan.across[3]


def test_a_table_has_the_tiers_and_the_lines():
    rows = chart_table(PLACES).records()
    assert rows[0] == {"label": "Atlantis", "tier": 1, "below": "Ruritania, Freedonia"}
    assert rows[3] == {"label": "Freedonia", "tier": 2, "below": None}


@calm
@given(order_charts())
def test_every_label_is_a_row_of_the_table(chart):
    assert len(chart_table(chart).rows) == len(chart.labels)
