# Starts bubblewrap. Arguments: bubblewrap's arguments file, the system call filter (or nothing), the control groups'
# files (separated by lines), bubblewrap, and the command inside. Standard error carries events.
arguments=$1 filter=$2 groups=$3 bwrap=$4
shift 4
IFS='
'
for group in $groups; do
  echo $$ >"$group" || echo "limits are not enforced: $group cannot be joined" >&2
done
ulimit -c 0
exec 3<"$arguments" 4>&2
if [ -n "$filter" ]; then
  exec 5<"$filter"
  set -- --seccomp 5 "$@"
fi
exec "$bwrap" --args 3 --json-status-fd 4 "$@"
