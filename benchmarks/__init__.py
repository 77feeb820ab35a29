"""Measurements: what a build costs, how well cases are grouped. Not part of the package, and no tests."""
