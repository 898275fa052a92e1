"""Several pictures in one go: the paper's figures, variations of one picture."""
