"""The pictures that were painted: the filmstrip, and the gallery that keeps them on disk."""
