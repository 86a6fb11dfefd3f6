/** Text whose fields are told by their place in the line. */
package dev.posbridge.vendor.format.fixed;
