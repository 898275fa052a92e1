"""What the panel of the pictures is made of."""
