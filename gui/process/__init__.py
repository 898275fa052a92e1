"""The process around the window: what it needs of the system, one at a time, its garbage."""
