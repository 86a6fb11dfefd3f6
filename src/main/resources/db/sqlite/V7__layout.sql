-- Several nodes take in beside each other since; a file has one. LedgerDatabase.VERSION says the same.
pragma user_version = 11;
