"""Networks that travel with the application."""
