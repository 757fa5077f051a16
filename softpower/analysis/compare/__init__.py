"""How does the ranking shift under another methodology, and which choice moved it?"""
