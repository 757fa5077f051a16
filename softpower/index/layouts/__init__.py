"""Files as publishers lay them out: each layout says how it is told, and what it yields."""
