//! The versions directory: finds scripts, reads their headers without executing them, splits SQL, writes new ones. Must not know a database connection.
