"""The version of softpower, stated once."""

__version__ = "1.1.0"
