"""Backups: one encrypted file of both databases and all files, and the way back."""
