"""The head and the style sheet of a page, and text that a browser shows as it is."""

from __future__ import annotations

from html import escape as escape_html

from softpower.render.cells import indent, line
from softpower.render.direction import isolated
from softpower.render.figures.theme import DARK, LIGHT, variables

HEAD = """\
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" \
content="default-src 'none'; style-src 'unsafe-inline'">"""

STYLE = """\
:root {
  --band: #f5f6f8; --bar: #2a7f9e; --up: #1b7a3d; --down: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --band: #1e2126; --bar: #4fa8c8; --up: #6cc38a; --down: #f2877e;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 1.25rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.scroll { overflow: auto; max-height: 85vh; width: fit-content; max-width: 100%; }
table { border-collapse: separate; border-spacing: 0; font-variant-numeric: tabular-nums; }
th, td {
  padding: .3rem .75rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line);
}
thead > tr > * {
  position: sticky; top: 0; z-index: 1; background: var(--page); vertical-align: bottom;
  border-bottom: 2px solid var(--ink); font-weight: 600;
}
tbody tr:hover > * { background: var(--band); }
.scroll thead th, .scroll td { text-align: right; }
.scroll td { white-space: nowrap; }
.scroll .s, .scroll .t, .facts td { text-align: left; }
td.t { white-space: normal; }
.facts th { color: var(--quiet); font-weight: 500; white-space: nowrap; }
.missing { color: var(--quiet); }
.up { color: var(--up); }
.down { color: var(--down); }
td.bar { min-width: 9rem; padding-left: 0; }
td.bar span {
  display: block; height: .75rem; margin-top: .35rem; background: var(--bar); border-radius: 1px;
  print-color-adjust: exact; -webkit-print-color-adjust: exact;
}
.notes, .caption { color: var(--quiet); font-size: .9rem; }
.notes ul { margin: .5rem 0 0; padding-left: 1.1rem; }
figure { margin: 0; max-width: 48rem; }
figure div { overflow-x: auto; }
svg.chart {
  display: block; width: 100%; min-width: 30rem; height: auto; font-family: inherit;
  print-color-adjust: exact; -webkit-print-color-adjust: exact;
}
details { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .75rem; }
summary { cursor: pointer; color: var(--quiet); }
pre { overflow: auto; background: var(--band); padding: 1rem; font-size: .85rem; }
@media print {
  :root { --band: #fff; }
  main { max-width: none; padding: 0; }
  .scroll { overflow: visible; max-height: none; }
  thead { display: table-header-group; }
  thead > tr > * { position: static; }
  .wide { font-size: 9pt; }
  .wide th, .wide td { padding: .15rem .3rem; }
  .wide td.bar { display: none; }
  tr, figure { break-inside: avoid; }
}
"""

STYLE = (
    f":root {{ {variables(LIGHT)} }}\n"
    f"@media (prefers-color-scheme: dark) {{ :root {{ {variables(DARK)} }} }}\n"
    f"{STYLE}@media print {{ :root {{ {variables(LIGHT)} }} }}\n"
)


def escape(text: str) -> str:
    """Return a text so that a browser shows it as it is, its leading spaces included."""
    spaces, bare = indent(line(text))
    return "&nbsp;" * spaces + isolated(escape_html(bare), ("<bdi>", "</bdi>"))
