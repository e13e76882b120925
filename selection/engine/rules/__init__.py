"""What is fair: one rule a module."""
