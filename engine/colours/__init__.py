"""Colours: the photograph's kept, or the style's brought to them, before and after the painting."""
