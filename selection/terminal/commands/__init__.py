"""One command a module: its arguments, and what it does."""
