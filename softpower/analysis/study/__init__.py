"""Which tables and pictures does a study have, and do they come out again?"""
