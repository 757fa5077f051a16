"""The questions that people ask of an index; each returns an answer as plain data."""
