"""Migrations of panels."""
