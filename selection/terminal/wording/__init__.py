"""What is said: sentences for people, and the same as data for programs."""
