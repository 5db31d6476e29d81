"""Actions of referrals."""
