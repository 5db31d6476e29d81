"""Who gets what at every address: the table, the sweep that holds it, and no write by reading."""
