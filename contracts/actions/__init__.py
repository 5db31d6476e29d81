"""Actions of contracts."""
