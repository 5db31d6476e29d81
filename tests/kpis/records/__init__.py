"""Tests of what is kept, held, disposed of and given."""
