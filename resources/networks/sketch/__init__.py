"""`sketch`: the built-in network, and the scripts that made it."""
