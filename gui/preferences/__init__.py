"""What the application remembers of its user, and the dialog in which it is changed."""
