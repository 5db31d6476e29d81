"""Core's tables, step by step."""
