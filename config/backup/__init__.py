"""Copies of everything: made while people work, checked before anything is overwritten, put back beside what is there."""
