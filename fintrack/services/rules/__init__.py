"""Rules: kept by people, loaded to be tried."""
