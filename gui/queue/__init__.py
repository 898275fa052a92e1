"""Renders that wait for their turn: kept on disk, painted one after the other, shown in a list."""
