"""Addresses without a language: a file that is the same in all of them."""

from django.urls import path

from selection.views.record import record

urlpatterns = [path("verify.py", record.verifier, name="verifier")]
