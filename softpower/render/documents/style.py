"""How a report looks: on a screen of any width, light or dark, and on paper."""

from __future__ import annotations

from softpower.render.cells import line
from softpower.render.page import STYLE as COMMON

STYLE = (
    COMMON
    + """\
html { scroll-padding-top: 1rem; }
body { font-size: 1rem; line-height: 1.55; overflow-wrap: break-word; }
body > header, body > nav, main {
  max-width: 60rem; margin: 0 auto; padding: 0 1.25rem;
}
body > header { padding-top: 3.5rem; }
body > header::before {
  content: ""; display: block; width: 5rem; height: .5rem; background: var(--bar);
  margin-bottom: 1.5rem; print-color-adjust: exact; -webkit-print-color-adjust: exact;
}
h1, h2, h3, h4 { line-height: 1.2; text-wrap: balance; }
h1 {
  font: 600 clamp(1.9rem, 6vw, 3rem)/1.1 Charter, "Bitstream Charter", Cambria, Georgia, serif;
  margin: 0 0 1rem;
}
h2 {
  font: 600 1.65rem/1.2 Charter, "Bitstream Charter", Cambria, Georgia, serif;
  margin: 0 0 .75rem;
}
h3 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
h4, h5 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
.lead { font-size: 1.2rem; color: var(--quiet); max-width: 44rem; margin: 0 0 2rem; }
.says { font-size: 1.1rem; max-width: 44rem; margin: 0 0 1rem; }
main p, main li { max-width: 48rem; }
main { padding-bottom: 4rem; }
main > section { border-top: 1px solid var(--line); padding-top: 2.5rem; margin-top: 3.5rem; }
nav { margin-top: 3rem !important; }
nav ol { list-style: none; padding: 0; margin: 1rem 0 0; }
nav li { padding: .7rem 0; border-top: 1px solid var(--line); }
nav a { font-weight: 600; }
nav li p { margin: .15rem 0 0; color: var(--quiet); max-width: 48rem; }
@media (min-width: 48rem) {
  nav li { display: grid; grid-template-columns: 15rem 1fr; gap: 1.5rem; }
  nav li p { margin: 0; }
}
a { color: var(--link); text-underline-offset: .15em; }
:root { --link: #1f6a86; }
@media (prefers-color-scheme: dark) { :root { --link: #7cc4de; } }
:focus-visible { outline: 3px solid var(--bar); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; padding: .75rem 1rem; background: var(--page); }
.skip:focus { left: 0; z-index: 3; }
.scroll { max-height: none; }
thead > tr > * { position: static; }
.exhibit, figure { margin: 1.75rem 0; }
.exhibit > h3:first-child, .exhibit > h4:first-child, .exhibit > h5:first-child,
figcaption > * { margin-top: 0; }
figure.chart { max-width: 48rem; }
tr.top > :first-child { font-weight: 600; }
.credit, .caption { color: var(--quiet); font-size: .82rem; margin: .6rem 0 0; }
td.t { overflow-wrap: anywhere; }
.credit code { overflow-wrap: anywhere; }
code { font-size: .95em; background: var(--band); padding: .1em .3em; border-radius: 3px; }
.notes { margin-top: .75rem; }
.print { display: none; }
.unfold { accent-color: var(--bar); width: 1.1rem; height: 1.1rem; vertical-align: -.15rem; }
.unfold + label { padding: .4rem .5rem; font-size: .9rem; }
.unfold:not(:checked) ~ .rows .more { display: none; }
details.figures { border: 0; margin: .4rem 0 0; padding: 0; font-size: .9rem; }
details.fold { margin: 0; padding: 0; border-top: 1px solid var(--line); }
details.fold > summary { padding: .6rem 0; color: var(--ink); }
details.fold > summary > * { display: inline; margin: 0; font-size: 1rem; }
details.fold[open] { padding-bottom: 1.5rem; }
details.fold[open] > summary > * { font-size: 1.3rem; }
details.fold .exhibit { margin: 1rem 0; }
details.fold .exhibit h4 { margin-bottom: .25rem; }
@media (min-width: 48rem) {
  details.fold[open] { column-count: 2; column-gap: 2.5rem; }
  details.fold > summary, details.fold > .says { column-span: all; }
  details.fold .exhibit { break-inside: avoid; }
}
@media screen and (max-width: 40rem) {
  .facts th, .facts td { white-space: normal; }
  .facts td { overflow-wrap: anywhere; }
  .prose, .prose tbody, .prose tr:not(.more), .prose td { display: block; }
  .unfold:checked ~ .rows .prose .more { display: block; }
  .prose thead {
    position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  }
  .prose tr { padding: .6rem 0; border-bottom: 1px solid var(--line); }
  .prose td {
    border: 0; padding: .15rem 0; text-align: left; white-space: normal; overflow-wrap: anywhere;
  }
  .prose td::before {
    content: attr(data-h); display: block; color: var(--quiet); font-size: .78rem;
  }
  .prose td:not(.t) { display: inline-block; margin-right: 1.25rem; }
  .prose td.bar, .prose td:empty { display: none; }
}
@media (max-width: 30rem) {
  body { font-size: .95rem; }
  body > header { padding-top: 2rem; }
  th, td { padding: .3rem .45rem; }
  td.bar { display: none; }
}
@page { size: A4; margin: 22mm 20mm 20mm; }
@page :first { @bottom-left { content: none; } @bottom-right { content: none; } }
@page wide { size: A4 landscape; }
@media print {
  :root { --link: #000; }
  body { font-size: 9.5pt; line-height: 1.4; }
  body > header, body > nav, main { max-width: none; padding: 0; }
  body > header { padding-top: 45mm; break-after: page; }
  nav { margin-top: 0 !important; }
  nav li { display: grid; grid-template-columns: 48mm 1fr; gap: 6mm; padding: 1.6mm 0; }
  nav li p { margin: 0; }
  h1 { font-size: 30pt; }
  h2 { font-size: 17pt; }
  h3 { font-size: 11.5pt; }
  .lead { font-size: 13pt; }
  .says { font-size: 11pt; }
  h2, h3, h4, h5, summary, .says { break-after: avoid; }
  main > section { border: 0; break-before: page; margin: 0; padding: 0; }
  p, li { orphans: 3; widows: 3; }
  table { font-size: 8.5pt; }
  th, td { padding: .12rem .35rem; }
  .wide { font-size: 7pt; }
  .widest { font-size: 5.5pt; }
  .widest th, .widest td { padding: .1rem .12rem; }
  .widest thead th:not(.s) { overflow-wrap: anywhere; white-space: normal; }
  .screen, .skip, .unfold, .unfold + label { display: none; }
  .rows.screen { display: block; }
  .rows.screen .more { display: none; }
  .rows:not(.screen) .more { display: table-row !important; }
  .print { display: block; color: var(--quiet); font-size: 8pt; }
  .credit, .caption, .notes { font-size: 7.5pt; }
  figure.chart { max-width: none; break-inside: avoid; }
  a { text-decoration: none; }
  details.fold { break-inside: avoid; padding-bottom: 6mm; }
  details.fold > summary { list-style: none; }
  details.fold > summary > * { font-size: 12pt !important; }
  details.fold[open] { column-count: auto; }
  details.fold .exhibit {
    display: inline-block; width: 48%; vertical-align: top; margin: 0 1% 1.5mm 0;
  }
  details.fold .says { font-size: 9.5pt; margin: 0 0 1mm; }
  details.fold .exhibit > * { font-size: 8pt; }
  details.fold th, details.fold td { padding: .03rem .25rem; }
  details.fold table { font-size: 7.5pt; }
  details.fold td.bar { min-width: 2.5rem; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
"""
)


def running(title: str) -> str:
    """Return what stands on every printed page: the title, and which page it is."""
    return (
        "@page { font: 7.5pt system-ui, sans-serif; "
        f'@bottom-left {{ content: "{css_text(title)}"; }} '
        '@bottom-right { content: counter(page) " / " counter(pages); } }\n'
    )


def css_text(text: str) -> str:
    """Return any text as what stands between quotation marks in a style sheet.

    Whatever could end the text, the style sheet or its element is written by its number.
    """
    return "".join(
        c if c.isascii() and (c.isalnum() or c in " -.,()") else f"\\{ord(c):x} "
        for c in line(text)
    )
