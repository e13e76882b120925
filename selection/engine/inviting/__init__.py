"""Before the draw: how many letters, and to whom."""
