package org.datalabs.core.client;

/**
 * One dispatched event (WHATWG HTML, section 9.2.6).
 *
 * @param type its {@code event} field, {@code message} when it has none
 * @param data its {@code data} lines, joined by line feeds
 */
record ServerSentEvent(String type, String data) {}
