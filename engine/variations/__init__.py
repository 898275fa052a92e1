"""Variations: a sheet of small renders over one or two settings, each of which can be promoted."""
