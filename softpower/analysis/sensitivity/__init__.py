"""Which choice matters most to a ranking?"""
