"""The compiled kernel of the sampling: the same counts as numpy leads to, in less time."""
