"""`python -m tests.equalcity.publication.concurrency FOLDER`: see `play`, which needs Django to be set up."""

import django

if __name__ == "__main__":
    django.setup()

    from tests.equalcity.publication.concurrency.play import main

    main()
