"""What ends as one line for the user; anything else is a fault of the program."""

from notifications.errors import NotificationError
from sql.errors import DatabaseError
from tasks.errors import ManadError

DATABASE_ERRORS = (DatabaseError,)
EXPECTED_ERRORS = (ManadError, DatabaseError, NotificationError)
