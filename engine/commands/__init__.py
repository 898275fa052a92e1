"""What the command line says and does: a module for each subcommand, and the terminal."""
