"""The pictures that come with Impasto, and the scripts that made them."""
