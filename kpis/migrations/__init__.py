"""Migrations of kpis."""
