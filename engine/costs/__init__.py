"""What a render takes in time and memory, and how it makes do with less."""
