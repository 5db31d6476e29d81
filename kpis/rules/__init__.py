"""Rules of kpis."""
