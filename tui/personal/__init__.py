"""What is one user's own: the settings of the config file, and what is kept from one run to the next."""
