"""Tests of referrals and places."""
