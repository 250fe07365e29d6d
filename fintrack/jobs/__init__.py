"""What the program does by itself; a door like pages and REST."""
