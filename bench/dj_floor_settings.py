"""What `django-admin startproject` would set, on the database of the bench."""

import os

import environ
from django.conf import settings

database = environ.Env().db_url_config(os.environ["DATABASE_URL"])
database["CONN_MAX_AGE"] = None
settings.configure(
    SECRET_KEY="floor",
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": database},
    ROOT_URLCONF="floor_site",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    USE_TZ=True,
)
