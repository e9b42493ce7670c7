"""The staff's screens of the safe-space map: precision, checks, notes, numbers that do not work."""
