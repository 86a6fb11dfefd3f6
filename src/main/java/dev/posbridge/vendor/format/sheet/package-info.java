/** Workbooks of spreadsheets (XLSX), one sheet read row by row. */
package dev.posbridge.vendor.format.sheet;
