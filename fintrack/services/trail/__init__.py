"""The audit trail: from MainDB to the chain in LogDB, signed, verified and told."""
