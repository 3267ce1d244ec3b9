"""A page that asks the database as often as its address says, and one that needs a content type besides."""

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.urls import path
from tests.benchmarks.contenders.notes.models import Note


def notes(request: HttpRequest, queries: int) -> HttpResponse:
    found = [Note.objects.get(number=number) for number in range(queries)]
    return HttpResponse(" ".join(note.region for note in found))


def typed(request: HttpRequest) -> HttpResponse:
    note = Note.objects.get(number=0)
    kind = ContentType.objects.get_for_model(ContentType)
    return HttpResponse(f"{note.region} {kind.pk}")


urlpatterns = [path("notes/<int:queries>/", notes), path("typed/", typed)]
