"""Tests of the referral rules, without a database."""
