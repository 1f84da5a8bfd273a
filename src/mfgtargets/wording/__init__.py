"""Every word and sentence the program says, by language."""
