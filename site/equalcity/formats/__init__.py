"""How dates and times are written where Django's form does not fit readers in Europe."""
