package org.datalabs.core.catalogue;

/** Manifests that are right, to start from. */
final class ManifestSamples {
    /** Only what must be there, and one domain. */
    static final String SMALLEST = """
            apiVersion: datalabs/v1
            id: tiny
            name: Tiny
            kind: desktop
            summary: Something tiny.
            description: Does little.
            maintainer: {name: Someone}
            licence: MIT
            icon: {path: M4 4h16v16H4z, tint: teal}
            domains: [Astronomy]
            resources:
              least: {cpu: 0.5, memory: 512 MB}
              most: {cpu: 4, memory: 8 GB}
              recommended: small
              presets:
                - {id: small, name: Small, cpu: 1, memory: 2 GB}
            versions:
              - name: '1'
                released: 2026-01-31
                image: 'datalabs/tiny:1'
            """;

    /** Every field. */
    static final String FULL = """
            apiVersion: datalabs/v1
            id: topcat
            name: TOPCAT
            kind: web
            summary: Tables of any size.
            description: |
              Reads *tables*.

              And plots them.
            maintainer: {name: Mark Taylor, url: "https://www.star.bris.ac.uk/~mbt/"}
            licence: LGPL-3.0-or-later
            icon: {path: "M4 4h16v16H4z", tint: teal}
            domains: [Astronomy]
            missions: [Gaia]
            instruments: [BP/RP]
            themes: [Catalogues]
            keywords: [votable, samp]
            links: [{title: User guide, url: "https://www.star.bris.ac.uk/~mbt/topcat/sun253/"}]
            resources:
              least: {cpu: 0.5, memory: 512 MB}
              most: {cpu: 8, memory: 32 GB, gpu: 1}
              recommended: small
              presets:
                - {id: small, name: Small, cpu: 1, memory: 2 GB, note: Up to a million rows}
                - {id: large, name: Large, cpu: 4, memory: 1.5GB, gpu: 1}
            versions:
              - name: "4.8"
                released: 2022-03-01
                image: registry.example.org/datalabs/topcat:4.8
                port: 8888
                base: "{base}lab"
                ready: "api/status"
                authorization: "token {token}"
                home: temporary
                notes: First.
                size: 600 MB
                deprecated: false
                local:
                  command: [topcat, --socket, "{socket}", '{"a":1}', "{option.rows}", ""]
                  needs: [{program: topcat, package: topcat}]
                  environment: {OMP_NUM_THREADS: "2"}
              - name: 4.8-beta
                released: 2022-02-01
                image: datalabs/topcat@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                deprecated: true
            volumes:
              - {volume: samples, path: /data/samples, importance: required, readOnly: true}
              - {volume: gaia, path: /data/gaia}
            options:
              - {name: rows, label: Rows, type: integer, default: 1000, minimum: 1, maximum: 1000000,
                 help: How many rows to show., environment: ROWS}
              - {name: dark, label: Dark, type: boolean, default: false}
              - {name: quality, label: Quality, type: choice, default: fast, choices: [fast, exact]}
              - {name: file, label: File, type: path, default: "", help: Opened at the start.}
              - {name: title, label: Title, type: string, default: ""}
              - {name: scale, label: Scale, type: number, default: 1.5, minimum: 0.1}
            """;

    private ManifestSamples() {}
}
