"""Many scores at once: weights, figures and choices that vary, in batches and in order."""
