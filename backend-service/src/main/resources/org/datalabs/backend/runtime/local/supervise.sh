# The first program inside a sandbox: starts the datalab and tells how it fares.
# Standard input: its end asks the datalab to end. Standard output: the datalab's log. Standard error: events, one a line:
#   @inside         the sandbox stands
#   @started        the program has been started
#   @shown          the program has opened a window
#   @exit STATUS    the program has ended
exec 3>&2 2>&1 4<&0 0</dev/null
say() {
  echo "@$*" >&3
}

say inside

# Sets `kind`, `port` and the program's words.
. /run/datalab/program

mkdir -m 700 /tmp/runtime

desktop() {
  mkdir -m 1777 /tmp/.X11-unix
  mkfifo /tmp/.display
  Xvnc :1 -geometry 1280x800 -depth 24 -rfbport -1 -rfbunixpath /run/sockets/rfb -SecurityTypes None \
    -AlwaysShared -AcceptSetDesktopSize=1 -FrameRate=30 -MaxCutText 4194304 -nolisten tcp -nolisten local -noreset \
    -desktop "$title" -auth /run/datalab/authority -displayfd 9 9>/tmp/.display >/tmp/.xvnc 2>&1 3>&- 4<&- &
  if ! read -r display </tmp/.display; then
    echo 'The X server did not start:'
    cat /tmp/.xvnc
    exit 1
  fi
  rm /tmp/.display
  export DISPLAY=":$display" XAUTHORITY=/run/datalab/authority
  openbox --sm-disable --config-file /run/kit/openbox.xml >/tmp/.openbox 2>&1 3>&- 4<&- &
  mkfifo /tmp/.properties
  xprop -root -spy >/tmp/.properties 4<&- &
  exec 8</tmp/.properties
  # The list, still empty, is there once openbox manages windows. One that is mapped while it starts may never be shown.
  while read -r line <&8; do
    case $line in
      '_NET_CLIENT_LIST(WINDOW)'*) break ;;
    esac
  done
  while read -r line <&8; do
    case $line in
      '_NET_CLIENT_LIST(WINDOW)'*0x*)
        say shown
        break
        ;;
    esac
  done &
  exec 8<&-
  rm /tmp/.properties
}

case $kind in
  desktop) desktop ;;
  bridged) socat UNIX-LISTEN:/run/sockets/web,fork,mode=600 "TCP:127.0.0.1:$port" 3>&- 4<&- & ;;
esac

# A group of its own, so that a program behind a start script is asked to end as well.
setsid "$@" 3>&- 4<&- &
program=$!
say started

{
  while read -r word <&4; do :; done
  # The group does not exist before `setsid` has run.
  kill -TERM "-$program" 2>/dev/null || kill -TERM "$program" 2>/dev/null
} 3>&- &

# The shell's own words on a signal are no output of the datalab.
{ wait "$program"; } 2>/dev/null
say "exit $?"
