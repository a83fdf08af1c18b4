# Sourced: one virtual display that only this user can open.

display_pid=
manager_pid=
display_folder=

# Starts Xvfb on a display number that it chooses itself, and exports DISPLAY and XAUTHORITY.
start_display() {
    local number= cookie
    display_folder=$(mktemp -d)
    mkfifo "$display_folder/number"
    cookie=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    xauth -q -f "$display_folder/authority" add :0 . "$cookie" 2>/dev/null
    Xvfb -displayfd 3 -screen 0 1440x900x24 -nolisten tcp -noreset -auth "$display_folder/authority" \
        3>"$display_folder/number" >"$display_folder/log" 2>&1 &
    display_pid=$!
    read -r -t 20 number <"$display_folder/number" || true
    if [[ -z $number ]]; then
        cat "$display_folder/log" >&2
        echo "Datalabs: the virtual display did not start; above is what Xvfb said." >&2
        stop_display
        return 1
    fi
    xauth -q -f "$display_folder/authority" add ":$number" . "$cookie" 2>/dev/null
    export DISPLAY=":$number" XAUTHORITY="$display_folder/authority"
    # Windows get the keyboard and their size from a window manager, as on a desk.
    openbox >>"$display_folder/log" 2>&1 &
    manager_pid=$!
}

stop_display() {
    if [[ -n $manager_pid ]]; then
        kill "$manager_pid" 2>/dev/null || true
        wait "$manager_pid" 2>/dev/null || true
        manager_pid=
    fi
    if [[ -n $display_pid ]]; then
        kill "$display_pid" 2>/dev/null || true
        wait "$display_pid" 2>/dev/null || true
        display_pid=
    fi
    if [[ -n $display_folder ]]; then
        rm -rf "$display_folder"
        display_folder=
    fi
}
