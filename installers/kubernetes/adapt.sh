# Sourced: what older clusters need other than newer ones.

# for_this_cluster - from standard input to standard output: objects as the cluster of KUBECONFIG takes them
for_this_cluster() {
    local versions
    local -a changes=()
    versions=$(kubectl api-versions)
    # Before Kubernetes 1.21.
    grep -qx policy/v1 <<<"$versions" || changes+=(-e 's#^apiVersion: policy/v1$#apiVersion: policy/v1beta1#')
    if grep -q '^monitoring.coreos.com/' <<<"$versions"; then
        sed "${changes[@]}" -e ''
    else
        # Without the Prometheus operator nobody knows what a ServiceMonitor is.
        sed "${changes[@]}" -e '' | awk -v RS='---\n' '!/\nkind: ServiceMonitor\n/ && NF { printf "---\n%s", $0 }'
    fi
}
