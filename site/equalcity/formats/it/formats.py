"""Italian writes no zero before the day of a date in words."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
