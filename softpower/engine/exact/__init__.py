"""What no draw can prove: rankings as functions of their weights, and programs over these."""
