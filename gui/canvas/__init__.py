"""The canvas: the picture at any zoom, before and after, and the bar under it."""
