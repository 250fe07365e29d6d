"""How programs sign in: short access tokens, and refresh tokens used once each."""
