"""Page state: parses input, calls one verb, shows the result."""
