"""The window. Only `gui.worker` touches the engine's torch ring, and only inside its thread."""
