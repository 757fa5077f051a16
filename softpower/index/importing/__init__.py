"""Taking the figures of files into the folder of an index."""
