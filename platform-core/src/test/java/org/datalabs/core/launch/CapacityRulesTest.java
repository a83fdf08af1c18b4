package org.datalabs.core.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datalabs.core.launch.CapacityRules.outlook;

import java.util.List;
import org.datalabs.core.catalogue.Resources;
import org.datalabs.core.launch.CapacityRules.Outlook;
import org.junit.jupiter.api.Test;

class CapacityRulesTest {
    private static final Capacity TWO_MACHINES = new Capacity(List.of(
            new Capacity.Room(Resources.of(1, 8), Resources.of(8, 32)),
            new Capacity.Room(Resources.of(4, 2), new Resources(4000, 16 * Resources.GB, 1))));

    @Test
    void startsWhatFitsOnOneMachine() {
        assertThat(outlook(Resources.of(1, 8), TWO_MACHINES)).isEqualTo(Outlook.STARTS_NOW);
        assertThat(outlook(Resources.of(4, 2), TWO_MACHINES)).isEqualTo(Outlook.STARTS_NOW);
    }

    @Test
    void addsNothingUpOverMachines() {
        assertThat(outlook(Resources.of(4, 8), TWO_MACHINES)).isEqualTo(Outlook.WAITS);
        assertThat(outlook(Resources.of(12, 8), TWO_MACHINES)).isEqualTo(Outlook.NEVER);
    }

    @Test
    void waitsForTheOnlyGpuAndNeverForTwo() {
        assertThat(outlook(new Resources(1000, Resources.GB, 1), TWO_MACHINES)).isEqualTo(Outlook.WAITS);
        assertThat(outlook(new Resources(1000, Resources.GB, 2), TWO_MACHINES)).isEqualTo(Outlook.NEVER);
    }

    @Test
    void promisesNothingWithoutMachines() {
        assertThat(outlook(Resources.NONE, new Capacity(List.of()))).isEqualTo(Outlook.NEVER);
    }
}
