"""How customers answer, how they are invited, and what is imported."""

from feedback_site.settings.place import SECRET_KEY, env

# How long a page that a customer opened can be sent without a second look (it can still be sent after that:
# the page comes back with every answer in it, and a new token).
FORM_TOKEN_HOURS = env.int("FORM_TOKEN_HOURS", default=7 * 24)

# Where a customer can go on to after answering: a function of the location, which knows no score.
ONWARD_LINKS = "reviews.onward.links"
# How many answers to one survey may come from one connection within CROWD_MINUTES, in each process; the rest are
# held for an editor to look at. 0 counts nothing.
CROWD_SIZE = env.int("CROWD_SIZE", default=20)
CROWD_MINUTES = env.int("CROWD_MINUTES", default=10)

# --- Inviting ----------------------------------------------------------------------------------------------

# How long what an invited person has not finished is kept, to go on with: never under 20 hours.
DRAFT_HOURS = max(20, env.int("DRAFT_HOURS", default=7 * 24))

# The key of the hashes by which addresses are known that want no invitations, that bounced, or that were invited
# a short time ago. Changing it forgets them all.
CONTACT_KEY = env.str("CONTACT_KEY", default="") or f"contacts:{SECRET_KEY}"

# --- Importing ---------------------------------------------------------------------------------------------

# The largest file that the import page takes; the command takes any.
IMPORT_MAX_MB = env.int("IMPORT_MAX_MB", default=50)
