"""Core's own deeds: people, roles and sessions."""
