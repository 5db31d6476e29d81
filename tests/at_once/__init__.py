"""Two people at once, and one person twice, against a real database."""
