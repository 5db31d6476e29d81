"""Actions of panels."""
