/** The commands: what a person types, what they see, and with which code it ends. */
package dev.posbridge.cli;
