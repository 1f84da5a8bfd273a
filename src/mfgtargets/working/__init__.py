"""The kinds of step that the working of a result is made of."""
