"""One encrypted file that holds every row and every stored file, and the way back from it."""
