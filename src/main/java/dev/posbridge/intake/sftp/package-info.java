/** The SFTP door: which files of a server are taken, how they come here, and what becomes of them there. */
package dev.posbridge.intake.sftp;
