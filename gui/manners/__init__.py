"""Manners of the desktop: the keyboard, screen readers, little motion, sleep, room for others."""
