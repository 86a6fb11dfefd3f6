/**
 * Documents that are trees, XML and JSON, read as a stream of rows: one element is one receipt, parts of it are its rows,
 * and a column is a path. {@link dev.posbridge.vendor.format.tree.TreePath} has the paths, {@link
 * dev.posbridge.vendor.format.tree.Grove} keeps of a receipt what the paths need, {@link
 * dev.posbridge.vendor.format.tree.Events} is what the two kinds of documents differ in.
 */
package dev.posbridge.vendor.format.tree;
