import os

# Playwright's loop would otherwise keep Django from creating the test database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
