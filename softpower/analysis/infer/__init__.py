"""Which weights are behind what is published?"""
