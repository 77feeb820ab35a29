"""What the privacy gate sees of labelled sentences, and what that costs."""
