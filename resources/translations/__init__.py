"""The texts of the window in other languages, and the script that collects them."""
