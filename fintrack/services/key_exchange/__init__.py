"""Another master key: everything that is kept under the former one is encrypted anew.

First all of MainDB in one transaction, which also takes the new fingerprint and notes
that files are still to come; then one file after the other; then the note is crossed
out, and last the key file takes its name. Whoever is killed in between has both keys
and runs it again.
"""
