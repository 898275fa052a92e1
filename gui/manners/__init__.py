"""Manners of the desktop: the keyboard, screen readers, little motion, room for others."""
