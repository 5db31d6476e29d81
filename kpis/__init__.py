"""How the service is doing, and the packs that say so."""
