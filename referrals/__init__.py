"""A child is referred, signed off, and placed."""
