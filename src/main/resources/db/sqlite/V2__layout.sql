-- Who opens the ledger sees by it that there is nothing to migrate; LedgerDatabase.VERSION says the same.
pragma user_version = 6;
