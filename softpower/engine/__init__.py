"""The engine: from figures and a methodology to a ranking, one named stage after another."""
