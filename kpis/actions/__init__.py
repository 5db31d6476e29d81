"""Actions of kpis."""
