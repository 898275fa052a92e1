"""How a picture was made: told, embedded in its file, and followed again."""
