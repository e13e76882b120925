"""The tables that people hand in, read into what the engine takes."""
