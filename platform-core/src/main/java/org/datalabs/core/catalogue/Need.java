package org.datalabs.core.catalogue;

/**
 * A program that must be on the machine before a local command can run.
 *
 * @param program name on the search path, or an absolute path
 * @param debianPackage the Debian package that brings it
 */
public record Need(String program, String debianPackage) {}
