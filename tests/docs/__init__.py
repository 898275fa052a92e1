"""Tests of what is written about Impasto: its commands, its links, its reference of settings."""
