"""How the suite runs: loaded by pytest before Django reads its settings.

A test run never touches the data of a demo or a production house, whatever the
environment it is started from says.
"""

import os
from pathlib import Path

os.environ["RAATIHUONE_MODE"] = "test"
os.environ["RAATIHUONE_DATA"] = str(Path(__file__).parent.parent / ".data" / "test")
# Playwright's synchronous API keeps an event loop in the thread of the test, which Django would
# take for asynchronous code and refuse its queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
