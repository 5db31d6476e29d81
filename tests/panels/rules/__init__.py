"""Tests of the panel rules, without a database."""
