"""Is there a panel, why not, and what would have to change."""
