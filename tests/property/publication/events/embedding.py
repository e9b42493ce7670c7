"""What pages refer to changes: terms, files, settings, the address of the site."""

from wagtail.models import Site

from equalcity.core.models import City, CustomDocument, CustomImage, ImageText
from home.models import SiteSettings
from tests.factories import locale
from tests.property.publication.events.choosing import Event, event, pick
from tests.property.publication.world import World


@event
def change_term(world: World, event: Event) -> bool:
    city = City.objects.get(pk=world.city)
    city.name = f"City {world.word()[3:-1]}"
    city.save()
    return True


@event
def change_picture(world: World, event: Event) -> bool:
    """Its credit, its description in one language, or until when the people in it agree."""
    image = CustomImage.objects.get(pk=pick(world.images, event.page))
    match event.other % 3:
        case 0:
            image.credit = f"Someone {world.word()[3:-1]}"
            image.save()
        case 1:
            ImageText.objects.update_or_create(
                image=image, locale=locale("en"), defaults={"alt_text": f"Picture {world.word()[3:-1]}"}
            )
        case _:
            image.title = f"Picture {world.word()[3:-1]}"
            image.save()
    return True


@event
def change_document(world: World, event: Event) -> bool:
    document = CustomDocument.objects.get(pk=world.document)
    document.title = f"Leaflet {world.word()[3:-1]}"
    document.save()
    return True


@event
def change_settings(world: World, event: Event) -> bool:
    """The settings of the site."""
    settings = SiteSettings.load()
    settings.contact_phone = world.word()[3:-1]
    settings.save()
    return True


@event
def change_site(world: World, event: Event) -> bool:
    """The address that the site has in the CMS."""
    site = Site.objects.get(pk=world.site)
    site.hostname = "localhost" if site.hostname == "testserver" else "testserver"
    site.save()
    return True
