"""A GPU that is there and not used."""
