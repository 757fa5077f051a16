"""What a new folder says until its author does."""

UNSAID = {
    "publisher": "Who publishes it",
    "summary": "What it measures, in one sentence.",
    "citation": "How to cite it",
}
"""The keys of ``index.toml`` that are for the author alone to say, with what holds their place."""
