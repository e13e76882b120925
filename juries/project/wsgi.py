import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juries.project.settings")

application = get_wsgi_application()

from juries.privacy.canary import require_keys_of_this_data

require_keys_of_this_data()
