"""Forms of referrals."""
