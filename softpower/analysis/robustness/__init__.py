"""How much of a ranking is noise in the method?"""
