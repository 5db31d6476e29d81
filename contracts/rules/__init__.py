"""Rules of contracts."""
