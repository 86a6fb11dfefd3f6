package dev.posbridge.vendor;

import dev.posbridge.FileRejectedException;

/** Where the receipts of a file come from, one after another. */
interface Receipts {
    /**
     * The next receipt; null after the last.
     *
     * @throws FileRejectedException where the file cannot be read on
     */
    Receipt next();
}
