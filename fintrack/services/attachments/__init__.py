"""Files beside a transaction: added, read, removed, swept."""
