package org.datalabs.backend.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.List;
import org.datalabs.backend.runtime.kubernetes.KubernetesSettings.Egress;

/**
 * Where sessions may connect to, as rules of a network policy. Pods, services, machines and the API server of a cluster
 * have private addresses as a rule, so these are closed as a whole and opened by block; other sessions are closed by
 * their own policies, too. Pure.
 */
final class EgressRules {
    /** Private, shared, loopback and link-local addresses (RFC 1918, 6598, 1122, 3927), with the metadata service. */
    private static final List<String> INNER_4 =
            List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16");
    /** Unique local and link-local addresses (RFC 4193, 4291). */
    private static final List<String> INNER_6 = List.of("fc00::/7", "fe80::/10");

    private static final List<String> METADATA = List.of("169.254.0.0/16", "fd00:ec2::254/128");
    /** By convention the address of a machine's own name server. */
    private static final String LOCAL_NAME_SERVER = "169.254.20.10/32";

    private static final int DNS = 53;

    private final Egress egress;

    EgressRules(Egress egress) {
        this.egress = egress;
    }

    /** Whether a block lies within what no setting opens. */
    static boolean isAlwaysClosed(String cidr) {
        Block block = Block.of(cidr);
        return METADATA.stream().map(Block::of).anyMatch(closed -> closed.equals(block) || closed.strictlyHolds(block));
    }

    List<NetworkPolicyEgressRule> rules() {
        if (egress.mode() == Egress.Mode.NONE) {
            return List.of();
        }
        List<NetworkPolicyPeer> peers = new ArrayList<>();
        if (egress.mode() == Egress.Mode.OPEN) {
            peers.add(block("0.0.0.0/0", INNER_4));
            peers.add(block("::/0", INNER_6));
        }
        egress.cidrs().forEach(cidr -> peers.add(block(cidr, METADATA)));
        return List.of(
                names(), new NetworkPolicyEgressRuleBuilder().withTo(peers).build());
    }

    private static NetworkPolicyEgressRule names() {
        return new NetworkPolicyEgressRuleBuilder()
                .addNewTo()
                .withNewNamespaceSelector()
                .endNamespaceSelector()
                .withNewPodSelector()
                .addToMatchLabels("k8s-app", "kube-dns")
                .endPodSelector()
                .endTo()
                .addNewTo()
                .withNewIpBlock()
                .withCidr(LOCAL_NAME_SERVER)
                .endIpBlock()
                .endTo()
                .withPorts(
                        new NetworkPolicyPort(null, new IntOrString(DNS), "UDP"),
                        new NetworkPolicyPort(null, new IntOrString(DNS), "TCP"))
                .build();
    }

    /** Exceptions outside of their block are refused by the API server, so only those inside are named. */
    private NetworkPolicyPeer block(String cidr, List<String> closed) {
        Block whole = Block.of(cidr);
        List<String> except = new ArrayList<>();
        for (String inner : closed) {
            addWithin(whole, inner, except);
        }
        for (String inner : egress.except()) {
            addWithin(whole, inner, except);
        }
        return new NetworkPolicyPeerBuilder()
                .withNewIpBlock()
                .withCidr(cidr)
                .withExcept(except)
                .endIpBlock()
                .build();
    }

    private static void addWithin(Block whole, String inner, List<String> except) {
        if (whole.strictlyHolds(Block.of(inner)) && !except.contains(inner)) {
            except.add(inner);
        }
    }
}
