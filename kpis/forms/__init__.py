"""Forms of kpis."""
