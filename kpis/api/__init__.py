"""What machines read: aggregated figures with small counts hidden, what they mean, and places; no record of a child."""
