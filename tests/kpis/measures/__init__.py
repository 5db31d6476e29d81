"""Measures of kpis."""
