"""What the application carries with it: icons, networks, example pictures."""
