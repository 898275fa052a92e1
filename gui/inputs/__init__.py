"""The panel of the pictures: dropped, chosen, pasted, recent, or among the examples."""
