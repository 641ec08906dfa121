"""Settings of the application: `base` is shared, `local` is one PC; a server is one more file."""
