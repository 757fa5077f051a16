"""A report whose names and texts are those of a stranger."""

from softpower.answer import Column, Table, facts
from softpower.charts import BarChart
from softpower.document import Credit, Document, Exhibit, Section

HOSTILE = "<script>alert(1)</script>"
CLOSING = '</style></script></title>"><img src=x onerror=alert(1)>'


def hostile_document():
    """Return a report of which every text tries to be markup."""
    credit = Credit(CLOSING, HOSTILE, CLOSING, HOSTILE)
    table = Table(CLOSING, HOSTILE, (Column("a", CLOSING),), ((HOSTILE,), (CLOSING,)), (CLOSING,))
    chart = BarChart(HOSTILE, CLOSING, (HOSTILE,), (1.0,), CLOSING, caption=HOSTILE)
    page = Section(CLOSING, HOSTILE, CLOSING, (Exhibit(table),), folded=True)
    section = Section(
        HOSTILE,
        CLOSING,
        HOSTILE,
        (CLOSING, Exhibit(table, credit, first=1), Exhibit(chart, credit)),
        (page,),
        notes=(HOSTILE,),
    )
    about = facts("facts", HOSTILE, [(CLOSING, HOSTILE)])
    known = {HOSTILE: CLOSING}
    return Document(CLOSING, HOSTILE, about, (section,), (CLOSING,), known)
