"""What several questions share: selection, words, comparisons of settings, studies of draws."""
