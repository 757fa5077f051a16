"""The questions as functions of plain words, which Python and the command line call alike."""
