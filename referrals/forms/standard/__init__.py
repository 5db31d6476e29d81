"""A referral in the words of the Placements Data Standard."""
