"""One indicator a function; each reads the apps below."""
