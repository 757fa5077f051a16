"""Showing an answer: as text for a terminal or a pipe, or as a file.

This floor knows tables and charts and nothing of what they are about. Each format has a module,
and what it needs is imported when it is used.
"""
