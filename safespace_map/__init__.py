"""The map of safer spaces: places, their precision, opening hours and city packs will stand here."""
