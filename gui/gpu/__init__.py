"""What is computed on, and a GPU that is there and not used."""
