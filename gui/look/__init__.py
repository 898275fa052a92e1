"""The panel of the settings: a row for each, presets above, and what holds idle said."""
