package org.datalabs.bench.launch;

import java.nio.file.Path;
import java.util.List;
import org.datalabs.bench.measure.PrivateDisplay;

/** The commands that a user would type to run the same datalab without the platform. */
final class ByHand {
    private static final String DESKTOP = """
            Xvnc :"$1" -geometry 1280x800 -depth 24 -rfbport -1 -rfbunixpath "$2" -SecurityTypes None -AlwaysShared \
              -AcceptSetDesktopSize=1 -FrameRate=30 -nolisten tcp -ac -noreset -displayfd 9 9>"$2.number" 2>"$2.log" &
            until [ -s "$2.number" ]; do sleep 0.005; done
            export DISPLAY=":$1"
            openbox --sm-disable 2>"$2.openbox" &
            shift 2
            exec "$@"
            """;

    private ByHand() {}

    static ProcessBuilder topcat(Path home) {
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                "-c",
                DESKTOP,
                "sh",
                String.valueOf(PrivateDisplay.freeNumber()),
                home.resolve("rfb").toString(),
                "topcat",
                "-XX:MaxRAM=2048m",
                "-XX:MaxRAMPercentage=65",
                "-XX:+UseSerialGC",
                "-Dawt.useSystemAAFontSettings=on");
        builder.environment().put("HOME", home.toString());
        return builder;
    }

    static ProcessBuilder jupyter(Path home) {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                "/usr/bin/jupyter-notebook",
                "--no-browser",
                "--allow-root",
                "--NotebookApp.sock=" + home.resolve("web"),
                "--NotebookApp.base_url=/s/bench/",
                "--NotebookApp.allow_remote_access=True",
                "--NotebookApp.quit_button=False",
                "--NotebookApp.notebook_dir=" + home));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("JUPYTER_RUNTIME_DIR", home.resolve("runtime").toString());
        return builder;
    }
}
