"""Many contents in many styles, one after the other: found, planned, remembered, painted."""
