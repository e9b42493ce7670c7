"""Home page, standard pages, the help page, navigation and the settings of the site."""
