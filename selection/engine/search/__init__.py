"""How a lottery is found: bounds, panels, mixtures, proofs."""
