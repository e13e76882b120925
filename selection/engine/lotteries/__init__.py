"""The result: chances, panels, certificate, numbered tickets."""
