"""Papers that leave the building: their facts, composed once and frozen."""
