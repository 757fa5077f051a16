"""How little would have to change for the order to be another?"""
