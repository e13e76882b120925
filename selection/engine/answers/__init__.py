"""Questions about a pool and its lottery, answered as data."""
