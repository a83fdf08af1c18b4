package org.datalabs.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.datalabs.bench.backend.BackendBench;
import org.datalabs.bench.cluster.ClusterLaunchBench;
import org.datalabs.bench.cluster.CrowdBench;
import org.datalabs.bench.desktop.DesktopBench;
import org.datalabs.bench.launch.LaunchBench;
import org.datalabs.bench.measure.Figures;
import org.datalabs.bench.measure.Setup;
import org.datalabs.bench.plane.PlaneBench;
import org.datalabs.bench.pulse.PulseBench;
import org.datalabs.bench.search.SearchAndScroll;
import org.datalabs.bench.start.StartBench;

/**
 * Takes the measurements that it is asked for, by name. A missed target is no failure; a measurement that cannot be taken
 * is, and the others are taken all the same.
 */
public final class Main {
    private static final String ALL = "all";
    /** What needs more than this machine is measured only when it is named. */
    private static final Set<String> ON_A_CLUSTER = Set.of("cluster", "crowd");

    private Main() {}

    /** A measurement that prints its figures. */
    private interface Measurement {
        void run() throws Exception;
    }

    public static void main(String[] names) {
        Figures figures = new Figures(System.out);
        Setup setup = Setup.ofProperties(figures);
        Map<String, Measurement> known = measurements(setup);
        Map<String, Measurement> wanted = new LinkedHashMap<>();
        for (String name : names) {
            Measurement one = known.get(name);
            if (name.equals(ALL)) {
                wanted.putAll(known);
                wanted.keySet().removeAll(ON_A_CLUSTER);
            } else if (one != null) {
                wanted.put(name, one);
            } else {
                System.err.println("There is no measurement " + name + "; there are " + known.keySet() + ".");
                System.exit(2);
            }
        }
        boolean failed = false;
        for (Map.Entry<String, Measurement> one : wanted.entrySet()) {
            figures.title(one.getKey());
            try {
                one.getValue().run();
            } catch (Exception | AssertionError e) {
                failed = true;
                figures.failure(one.getKey(), String.valueOf(e.getMessage()));
            }
        }
        figures.summary();
        System.exit(failed ? 1 : 0);
    }

    private static Map<String, Measurement> measurements(Setup setup) {
        Map<String, Measurement> known = new LinkedHashMap<>();
        known.put("start", () -> new StartBench(setup).run());
        known.put("backend", () -> new BackendBench(setup).run());
        known.put("launch", () -> new LaunchBench(setup).run());
        known.put("search", () -> new SearchAndScroll(setup).run());
        known.put("stream", () -> new DesktopBench(setup).run());
        known.put("pulse", () -> new PulseBench(setup).run());
        known.put("plane", () -> new PlaneBench(setup).run());
        known.put("cluster", () -> new ClusterLaunchBench(setup).run());
        known.put("crowd", () -> new CrowdBench(setup, CrowdBench.Size.ofProperties()).run());
        return known;
    }
}
