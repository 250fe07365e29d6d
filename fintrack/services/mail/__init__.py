"""Mail: queued with what caused it, sent by a job, one layout for all letters."""
