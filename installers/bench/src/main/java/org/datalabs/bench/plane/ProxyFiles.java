package org.datalabs.bench.plane;

import java.nio.file.Path;
import java.util.Locale;

/** The configuration of the other proxies. Their logs of requests are off, as the data plane has none. */
final class ProxyFiles {
    private ProxyFiles() {}

    /**
     * The server of small and large answers; whatever stands before the last part of a path does not matter to it.
     *
     * @param folder holds the file {@code large}
     * @param webSockets port to which upgrades are handed on
     */
    static String origin(Path folder, int port, int webSockets) {
        return nginx(folder, 1, """
                upstream sockets { server 127.0.0.1:%d; }
                server {
                    listen 127.0.0.1:%d;
                    keepalive_requests 100000000;
                    sendfile on;
                    default_type application/json;
                    location ~ /small$ { return 200 '{"name":"M31","kind":"galaxy","ra":10.6847,"dec":41.269,"z":-0.001}'; }
                    location ~ /large$ { alias %s/large; }
                    location / { return 404; }
                }
                """.formatted(webSockets, port, folder));
    }

    /** As a web page of nginx's own advice has it: kept connections to the upstream, and else its defaults. */
    static String nginxUsual(Path folder, int port, int http, int webSockets) {
        return nginxProxy(folder, port, http, webSockets, "");
    }

    /** With buffers that hold what a request may bring at once, and nothing written to disk. */
    static String nginxTuned(Path folder, int port, int http, int webSockets) {
        return nginxProxy(folder, port, http, webSockets, """
                tcp_nopush on;
                keepalive_requests 100000000;
                proxy_buffer_size 16k;
                proxy_buffers 16 64k;
                proxy_busy_buffers_size 128k;
                proxy_max_temp_file_size 0;
                """);
    }

    private static String nginxProxy(Path folder, int port, int http, int webSockets, String more) {
        return nginx(folder, 2, """
                upstream http { server 127.0.0.1:%d; keepalive 64; keepalive_requests 100000000; }
                upstream sockets { server 127.0.0.1:%d; }
                server {
                    listen 127.0.0.1:%d;
                    %s
                    proxy_http_version 1.1;
                    proxy_set_header Host $http_host;
                    proxy_set_header X-Forwarded-For $remote_addr;
                    proxy_set_header X-Forwarded-Proto $scheme;
                    location ~ /(echo|pour)$ {
                        proxy_set_header Upgrade $http_upgrade;
                        proxy_set_header Connection upgrade;
                        proxy_pass http://sockets;
                    }
                    location / {
                        proxy_set_header Connection "";
                        proxy_pass http://http;
                    }
                }
                """.formatted(http, webSockets, port, more));
    }

    private static String nginx(Path folder, int workers, String rest) {
        return String.format(Locale.ROOT, """
                daemon off;
                user root;
                worker_processes %d;
                pid %s/nginx.pid;
                error_log stderr crit;
                events { worker_connections 4096; }
                http {
                    access_log off;
                    client_body_temp_path %s/body;
                    proxy_temp_path %s/proxy;
                    fastcgi_temp_path %s/fastcgi;
                    uwsgi_temp_path %s/uwsgi;
                    scgi_temp_path %s/scgi;
                    %s
                }
                """, workers, folder, folder, folder, folder, folder, folder, rest);
    }

    static String haproxy(int port, int http, int webSockets) {
        return """
                global
                    maxconn 4096
                    nbthread 2
                defaults
                    mode http
                    timeout connect 5s
                    timeout client 60s
                    timeout server 60s
                    timeout tunnel 1h
                    http-reuse always
                frontend front
                    bind 127.0.0.1:%d
                    option forwardfor
                    use_backend sockets if { path_end /echo /pour }
                    default_backend http
                backend http
                    server one 127.0.0.1:%d
                backend sockets
                    server one 127.0.0.1:%d
                """.formatted(port, http, webSockets);
    }
}
