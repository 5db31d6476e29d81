"""Tests of what every app needs."""
