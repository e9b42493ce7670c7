"""How staff sign in: a password, a second factor, and a lock after five failures (safety rule 8)."""
