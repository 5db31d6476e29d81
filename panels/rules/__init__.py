"""Rules of panels."""
