"""Settings of the site; the only place in the project that reads the environment."""
