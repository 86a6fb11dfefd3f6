/**
 * Posbridge: the main class and the exceptions that every package shares. Each exception is named by what the operator
 * must do about it.
 */
package dev.posbridge;
