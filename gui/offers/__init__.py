"""What the window offers: the missing network, a recipe's restoring, a run that was cut off."""
