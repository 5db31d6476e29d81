"""Tests of how everything starts."""
