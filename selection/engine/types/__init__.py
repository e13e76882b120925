"""People who are alike, and panels seen as counts of them."""
