"""``explore``: an index with which a reader may play, as plain data."""
