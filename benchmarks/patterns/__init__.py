"""How well cases are grouped, ours beside other methods: `python -m benchmarks.patterns`."""
