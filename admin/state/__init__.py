"""What the pages of the staff area show; every handler names the roles it is for."""
