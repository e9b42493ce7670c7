"""Equal(c)ity: a headless CMS and public site that publishes and spreads a toolbox against gender-based violence."""
