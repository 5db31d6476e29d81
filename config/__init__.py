"""How the parts are wired; no domain word in it."""
