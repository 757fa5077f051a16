"""index_from placeholder."""
