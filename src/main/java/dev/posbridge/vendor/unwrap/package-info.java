/** Takes files out of what they come packed in: gzip, zip, OpenPGP, or whatever a command of one's own understands. */
package dev.posbridge.vendor.unwrap;
