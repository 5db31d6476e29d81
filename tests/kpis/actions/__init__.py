"""Deeds of kpis."""
