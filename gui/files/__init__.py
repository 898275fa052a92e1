"""Pictures read and written beside the window, which never waits for a disk."""
