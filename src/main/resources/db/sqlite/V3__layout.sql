-- Nodes are told apart on a server only; LedgerDatabase.VERSION says the same.
pragma user_version = 7;
