"""What a lottery or a record claims, checked claim by claim."""
