"""The review inbox: what has no category yet, by payee."""
