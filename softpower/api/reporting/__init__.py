"""A report, composed of the answers to other questions."""
