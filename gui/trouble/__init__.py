"""What went wrong: said, logged, reported, and what a crash leaves behind."""
