"""Mentions to values: dates, numbers, ordinals, names, places. Pure functions on strings."""
