//! Files of the user: written atomically.
