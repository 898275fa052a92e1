"""The presets that come with Impasto, their thumbnails, and the script that paints those."""
