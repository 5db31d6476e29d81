"""What the test of "exactly once" needs: servers of its own, faults at named places, and a look at what is left."""
