from django.contrib.auth.views import LogoutView
from django.urls import path

from juries.views import public
from juries.web import signed_in

urlpatterns = [
    path("", public.front, name="front"),
    path("sign-in/", public.sign_in, name="login"),
    path("sign-out/", signed_in(LogoutView.as_view()), name="logout"),
    path("accessibility/", public.notice("accessibility"), name="accessibility"),
    path("privacy/", public.notice("privacy"), name="privacy"),
    path("contact/", public.notice("contact"), name="contact"),
    path("juries/<slug:slug>/", public.jury_page, name="jury"),
]
