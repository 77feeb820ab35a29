"""What a build costs, as ratios to a plain MkDocs build of the same pages. Not part of the package, and no test."""
