"""Tests of figures and packs."""
