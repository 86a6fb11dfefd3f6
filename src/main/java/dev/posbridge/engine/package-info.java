/** The running program, put together: data folder, ledger, broker, beans and routes. */
package dev.posbridge.engine;
