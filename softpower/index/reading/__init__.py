"""Reading an index folder."""
