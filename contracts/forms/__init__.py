"""Forms of contracts."""
