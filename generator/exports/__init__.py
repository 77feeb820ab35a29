"""Exports: what programs may read of the book. One canonical value, and every file a function of it."""
