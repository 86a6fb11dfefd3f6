/**
 * The console: what a person sees of the service in a browser. Pages ask the same classes as the commands; nothing here is
 * started unless a port is set. Pages are templates in {@code src/main/jte}, compiled with the program.
 */
package dev.posbridge.console;
