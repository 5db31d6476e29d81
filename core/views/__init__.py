"""Page bases, and core's own pages."""
