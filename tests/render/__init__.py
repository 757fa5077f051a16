"""Tests of the floor that shows answers."""
