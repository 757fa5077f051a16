"""Does a claim hold, and under which variants?"""
