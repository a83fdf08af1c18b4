/**
 * The database: one pool, the migrations and the implementations of every feature's store port, in SQL that H2 and
 * PostgreSQL both take. Owns the data; every method may be called from any thread and blocks for as long as the database
 * takes. No other package names JDBI.
 */
@NullMarked
package org.datalabs.backend.store;

import org.jspecify.annotations.NullMarked;
