"""The version of softpower, stated once."""

__version__ = "0.1.0"
