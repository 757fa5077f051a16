"""The index: what a folder declares, the methodology and its patches, and finding folders."""
