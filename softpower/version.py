"""The version of softpower, stated once."""

__version__ = "1.0.0"
