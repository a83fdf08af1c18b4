package org.datalabs.backend.vnc;

/** A peer did not keep to RFC 6143; the message is a plain sentence. */
final class RfbProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    RfbProtocolException(String what) {
        super(what);
    }
}
