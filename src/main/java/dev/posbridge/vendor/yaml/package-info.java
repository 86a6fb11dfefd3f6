/**
 * Reading YAML strictly: every value is asked for by name, whatever nobody asked for is reported, and all problems come
 * at once with file, line and column.
 */
package dev.posbridge.vendor.yaml;
