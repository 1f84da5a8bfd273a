"""The arithmetic: pure functions over arrays of series, and the rules that judge them."""
