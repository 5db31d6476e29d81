"""Stand-ins for later migrations of core, of the usual kinds, which G46 takes forward and back while people write."""
