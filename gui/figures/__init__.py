"""The paper's figures in the window: one is chosen, seen growing, and saved."""
