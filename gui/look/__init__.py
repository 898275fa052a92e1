"""Parts of the look panel."""
