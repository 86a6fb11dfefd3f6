/**
 * From text to values: templates, amounts, dates, phone numbers, conditions. Everything is compiled once, when the
 * profile is read; what may differ from file to file travels in {@link dev.posbridge.vendor.value.Facts}.
 */
package dev.posbridge.vendor.value;
