from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from juries.views import public

urlpatterns = [
    path("", public.choose_language, name="choose_language"),
    path("", include("selection.root_urls")),
    *i18n_patterns(
        path("", include("juries.urls")),
        path("", include("selection.urls")),
        path("", include("sessions.urls")),
        path("", include("statements.urls")),
    ),
]
