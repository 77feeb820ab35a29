"""How well cases are grouped: ours beside other methods, on labelled and planted cases: `python -m benchmarks.patterns`."""
