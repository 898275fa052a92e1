"""What is written, where, and that it is whole: files, folders, names, the last picture."""
