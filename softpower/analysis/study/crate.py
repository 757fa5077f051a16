"""A package as a research object: every file, who made it, by which command, from what.

Source: RO-Crate Metadata Specification, version 1.1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from softpower.analysis.shared.resources import licence, media_type
from softpower.analysis.study.manifest import Manifest, sha256
from softpower.index.study import STUDY, Study

METADATA = "ro-crate-metadata.json"

ROLES = {
    "input": "What a question is asked of",
    "answer": "An answer at full precision",
    "output": "A table or a picture of the study",
    "about": "About the package",
}


def crate(study: Study, files: Mapping[str, bytes], manifest: Manifest) -> dict[str, Any]:
    """Return the metadata of the files of a package."""
    declared = study.declared
    authors = [
        {"@id": f"#author-{n}", "@type": "Person", "name": name}
        for n, name in enumerate(declared.authors, 1)
    ]
    terms = _terms(declared.licence)
    actions = _actions(study, manifest)
    software = {
        "@id": "#softpower",
        "@type": "SoftwareApplication",
        "name": "softpower",
        "version": manifest.versions["softpower"],
        "softwareRequirements": ", ".join(
            f"{name} {version}"
            for name, version in manifest.versions.items()
            if name != "softpower"
        ),
    }
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": declared.title,
        "description": declared.summary or f"The tables and pictures of: {declared.title}",
        "datePublished": str(declared.date),
        "author": _ids(authors),
        "license": {"@id": terms["@id"]},
        "hasPart": _several([quote(name) for name in sorted(files)]),
        "mentions": _ids(actions),
    }
    if declared.url:
        root["url"] = declared.url
    descriptor = {
        "@id": METADATA,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    parts = [_file(name, data, manifest) for name, data in sorted(files.items())]
    graph = [descriptor, root, *authors, terms, software, *parts, *actions]
    return {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}


def _ids(entities: list[dict[str, Any]]) -> Any:
    return _several([each["@id"] for each in entities])


def _several(ids: Sequence[str]) -> Any:
    """Return references, of which one stands alone as the specification recommends."""
    found = [{"@id": each} for each in ids]
    return found[0] if len(found) == 1 else found


def _terms(text: str) -> dict[str, str]:
    """Return the terms of the outputs; those of the figures stand with each index."""
    known = licence(text)
    named = "path" in known
    return {
        "@id": known["path"] if named else "#terms",
        "@type": "CreativeWork",
        "name": text or "Not stated",
        "description": "The terms of the outputs. Those of the figures stand in LICENCES.md.",
    }


def _file(name: str, data: bytes, manifest: Manifest) -> dict[str, Any]:
    known = manifest.files.get(name)
    return {
        "@id": quote(name),
        "@type": "File",
        "name": name,
        "description": ROLES[known.role if known else "about"],
        "contentSize": str(len(data)),
        "encodingFormat": media_type(name),
        "sha256": sha256(data),
    }


def _actions(study: Study, manifest: Manifest) -> list[dict[str, Any]]:
    """Return how each question was answered."""
    inputs = [n for n, file in manifest.files.items() if file.role == "input" and n != STUDY]
    return [
        {
            "@id": f"#question-{question.number}",
            "@type": "CreateAction",
            "name": question.title or packed.command,
            "description": packed.command,
            "instrument": {"@id": "#softpower"},
            "object": _several([quote(name) for name in inputs]),
            "result": _several([quote(name) for name in (packed.answer, *packed.outputs)]),
        }
        for question, packed in zip(study.questions, manifest.questions, strict=True)
    ]
