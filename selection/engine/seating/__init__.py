"""Tables over rounds."""
