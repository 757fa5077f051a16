"""Is the index itself sound?"""
