"""What a package tells its reader: what it holds, how to verify it, how to cite it, the terms."""

from __future__ import annotations

import json
from collections.abc import Sequence

from softpower.analysis.shared.resources import licence
from softpower.analysis.study.manifest import PackedQuestion, versions
from softpower.index.index import Index
from softpower.index.study import Study
from softpower.version import __version__


def readme(study: Study, indices: Sequence[Index], questions: Sequence[PackedQuestion]) -> str:
    """Return README.md, for a colleague who has never heard of softpower."""
    declared = study.declared
    blocks = [f"# {declared.title}", f"{', '.join(declared.authors)}, {declared.date}"]
    if declared.summary:
        blocks.append(declared.summary)
    if declared.url:
        blocks.append(declared.url)
    told = ", ".join(f"{name} {version}" for name, version in versions().items())
    blocks += [
        (
            "This package holds every table and picture of the study, what they are computed from, "
            "and the commands that compute them. To compute all of it again and see what differs, "
            f"install softpower {__version__} or a later release and type"
        ),
        "```sh\nsoftpower study verify .\n```",
        (
            "in this folder, or name the archive in place of the point. It needs no network, takes "
            "the indices in this package and no others, and changes nothing."
        ),
        "## What was asked",
    ]
    for question, packed in zip(study.questions, questions, strict=True):
        seed = f" Seed {packed.seed}." if packed.seed is not None else ""
        files = ", ".join(f"[{name}]({name})" for name in packed.outputs)
        whole = f"[at full precision]({packed.answer})"
        blocks += [
            f"### {question.number}. {question.title or question.command}",
            f"```sh\n{packed.command}\n```",
            f"{files}; {whole}.{seed}",
        ]
    blocks += [
        "## What it is computed from",
        "\n".join(f"- {each.title}: {_cited(each)}" for each in indices),
        "## What is where",
        (
            "- `study.toml`: the questions, as their author wrote them\n"
            "- `study.json`: versions, seeds, and the SHA-256 of every file but the next two\n"
            "- `datapackage.json`, `ro-crate-metadata.json`: the same for programs\n"
            "- `CITATION.cff`, `LICENCES.md`: how to cite it, and on which terms"
        ),
        f"It was computed by {told}.",
    ]
    return "\n\n".join(blocks) + "\n"


def licences(study: Study, indices: Sequence[Index]) -> str:
    """Return LICENCES.md: the terms of every part."""
    stated = study.declared.licence or "Not stated; ask the authors."
    lines = [
        "# Terms",
        f"The outputs and answers of this study: {stated}",
        *(f"{each.title}, {each.publisher}:\n\n{_terms(each)}" for each in indices),
        "softpower itself, of which no part is in this package: MIT",
    ]
    return "\n\n".join(lines) + "\n"


def citation(study: Study, indices: Sequence[Index]) -> str:
    """Return CITATION.cff, version 1.2.0: the study, softpower, and each index."""
    declared = study.declared
    known = licence(declared.licence)
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this study, please cite it, and what it is computed from.",
        "type: dataset",
        f"title: {_text(declared.title)}",
        "authors:",
        *(f"  - name: {_text(name)}" for name in declared.authors),
        f"date-released: {declared.date}",
    ]
    if "path" in known:
        lines.append(f"license: {known['name']}")
    if declared.url:
        lines.append(f"url: {_text(declared.url)}")
    if declared.summary:
        lines.append(f"abstract: {_text(declared.summary)}")
    lines += [
        "references:",
        "  - type: software",
        "    title: softpower",
        "    authors:",
        "      - name: The softpower developers",
        f"    version: {__version__}",
    ]
    for each in indices:
        lines += [
            "  - type: data",
            f"    title: {_text(each.title)}",
            "    authors:",
            f"      - name: {_text(each.publisher or each.title)}",
        ]
        if each.declared.url:
            lines.append(f"    url: {_text(each.declared.url)}")
        if each.declared.citation:
            lines.append(f"    notes: {_text(each.declared.citation)}")
    return "\n".join(lines) + "\n"


def _cited(index: Index) -> str:
    return index.declared.citation or index.publisher or "of the authors"


def _terms(index: Index) -> str:
    trees = index.frameworks.values()
    known = [index.declared.licence, *(i.licence for tree in trees for i in tree.indicators())]
    return "\n".join(f"- {text}" for text in dict.fromkeys(known) if text) or "- Not stated"


def _text(text: str) -> str:
    """Return a text as YAML reads it: in quotation marks, as JSON writes it."""
    return json.dumps(text, ensure_ascii=False)
