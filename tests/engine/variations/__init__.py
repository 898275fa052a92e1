"""Tests of the variations, plain and painted."""
