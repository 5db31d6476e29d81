"""Tests of panels and meetings."""
