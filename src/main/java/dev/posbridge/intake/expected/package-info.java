/** What has to come of a vendor each night, and has not. */
package dev.posbridge.intake.expected;
