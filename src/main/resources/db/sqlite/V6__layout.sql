-- A server stores packed columns as they come since; a file always did. LedgerDatabase.VERSION says the same.
pragma user_version = 10;
