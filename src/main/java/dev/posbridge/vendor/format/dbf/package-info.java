/** dBASE tables (DBF), as tills of the nineties and their heirs leave them. */
package dev.posbridge.vendor.format.dbf;
