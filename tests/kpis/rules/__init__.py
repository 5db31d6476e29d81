"""Tests of the figure rules, without a database."""
